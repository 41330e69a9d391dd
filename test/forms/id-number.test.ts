import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit } from '../../src/forms/field-types/id-number.ts'
import { context, field, idOf, read, TODAY, types } from './liubei.ts'

const id = idOf('1903-04-12', '102')
const withX = Array.from({ length: 99 }, (_, n) => idOf('1905-06-07', String(n + 100))).find((id) =>
  id.endsWith('X'),
)!

test('every remainder has its check digit, the last one too', () => {
  const ends = new Set(Array.from({ length: 99 }, (_, n) => idOf('1905-06-07', String(n + 100))[17]))
  expect([...ends].sort().join('')).toBe('0123456789X')
})

describe('a number is read', () => {
  const spoken = [...id].map((char) => '零一二三四五六七八九'[Number(char)] ?? char).join('')
  test.each([
    ['plain', id, id],
    ['with words around', `身份证号是${id}。`, id],
    ['with spaces', `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`, id],
    ['with dashes', `${id.slice(0, 6)}-${id.slice(6, 14)}-${id.slice(14)}`, id],
    ['full-width', [...id].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join(''), id],
    ['digit by digit', spoken, id],
    ['with 幺', spoken.replaceAll('一', '幺'), id],
    ['with a small x', withX.toLowerCase(), withX],
    ['with a full-width X', `${withX.slice(0, 17)}Ｘ`, withX],
    ['with a multiplication sign', `${withX.slice(0, 17)}×`, withX],
    [
      'of an area that was abolished',
      idOf('1902-02-03', '015', '452221'),
      idOf('1902-02-03', '015', '452221'),
    ],
  ])('%s', (_, text, value) => {
    expect(read('principalIdNumber', text)).toEqual({ type: 'clear', value })
  })
})

describe('a number is refused with the rule it breaks and never repeated', () => {
  const wrongEnd = id.slice(0, 17) + (id[17] === '5' ? '6' : '5')
  test.each([
    ['wrong check digit', wrongEnd, /最后一位对不上/],
    ['no such day', idOf('1903-02-30'), /没有这一天/],
    ['month 13', idOf('1903-13-01'), /没有这一天/],
    ['29 February of 1900', idOf('1900-02-29'), /没有这一天/],
    ['a day to come', idOf('2027-01-01'), /还没到/],
    ['a century too early', idOf('1803-04-12'), /太早/],
    ['17 years old', idOf('2008-11-24'), /18岁/],
    ['15 digits', '450205030412102', /15位的老号码/],
    ['17 digits', id.slice(0, 17), /读到17位/],
    ['19 digits', `${id}1`, /读到19位/],
  ])('%s', (_, text, reason) => {
    const reading = read('principalIdNumber', text)
    expect(reading).toMatchObject({ type: 'impossible', because: expect.stringMatching(reason) })
    expect(JSON.stringify(reading)).not.toContain(text.slice(6, 14))
  })
})

test('eighteen today is old enough', () => {
  expect(read('principalIdNumber', idOf('2008-11-23')).type).toBe('clear')
})

test.each(['王秀英', '19900001234', '没有', '要原件吗', '58号'])('「%s」 is no identity number', (text) => {
  expect(read('principalIdNumber', text).type).toBe('unlike')
})

test('sex and month of birth come from the number', () => {
  const print = (value: string) => types.idNumber.print(value, field('principalIdNumber'))
  expect(print(id)).toEqual({ '': id, sex: '女', birthMonth: '1903年4月' })
  expect(print(idOf('1909-11-02', '013'))).toMatchObject({ sex: '男', birthMonth: '1909年11月' })
})

test('it is shown with its middle hidden', () => {
  expect(types.idNumber.show(id, field('principalIdNumber'))).toBe(`450205********${id.slice(-4)}`)
})

test('any valid number is taken, and no number with one digit changed', () => {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2008-11-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 17 }),
      fc.integer({ min: 1, max: 9 }),
      (day, n, at, by) => {
        const value = idOf(day, String(n).padStart(3, '0'))
        const asked = field('principalIdNumber')
        expect(types.idNumber.read(value, asked, context())).toEqual({ type: 'clear', value })
        expect(checkDigit(value)).toBe(value[17])
        const digit = at === 17 && value[17] === 'X' ? 10 : Number(value[at])
        const changed = `${value.slice(0, at)}${(digit + by) % 10}${value.slice(at + 1)}`
        if (changed === value || (at === 0 && changed.startsWith('0'))) return
        expect(types.idNumber.read(changed, asked, { today: TODAY, answers: {} }).type).toBe('impossible')
      },
    ),
  )
})

describe('of several numbers', () => {
  const other = idOf('1905-06-07', '201')
  const wrong = other.slice(0, 17) + (other[17] === '5' ? '6' : '5')

  test('none is picked silently: which one is asked, masked', () => {
    const reading = read('principalIdNumber', `${id} ${other}`)
    expect(reading).toMatchObject({ type: 'ambiguous', options: [{ value: id }, { value: other }] })
    expect(reading.type === 'ambiguous' && reading.options.map(({ text }) => text).join()).not.toContain(id)
    expect(types.idNumber.find?.(`${id}，${other}`, field('principalIdNumber'), context())).toBeUndefined()
  })

  test('the only right one is proposed, and the same one twice is one', () => {
    expect(read('principalIdNumber', `${wrong}，${id}`)).toMatchObject({ type: 'doubtful', value: id })
    expect(read('principalIdNumber', `${id}，${id}`)).toEqual({ type: 'clear', value: id })
  })
})
