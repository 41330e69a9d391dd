import { expect, test } from 'vitest'
import { field, read, tell, types } from './liubei.ts'

test.each([
  ['19900001234', '19900001234'],
  ['199 0000 1234', '19900001234'],
  ['199-0000-1234', '19900001234'],
  ['1 9 9 0 0 0 0 1 2 3 4', '19900001234'],
  ['199，0000，1234', '19900001234'],
  ['一九九，零零零零，一二三四。', '19900001234'],
  ['１９９００００１２３４', '19900001234'],
  ['+86 199 0000 1234', '19900001234'],
  ['+8619900001234', '19900001234'],
  ['008619900001234', '19900001234'],
  ['86-19900001234', '19900001234'],
  ['我的电话是19900001234', '19900001234'],
  ['手机号：199 0000 1234。', '19900001234'],
  ['一九九零零零零一二三四', '19900001234'],
  ['幺九九 洞洞洞洞 幺二三四', '19900001234'],
  ['电话幺九九〇〇〇〇一二三四', '19900001234'],
  ['0772-2801234', '0772-2801234'],
  ['07722801234', '0772-2801234'],
  ['(0772)2801234', '0772-2801234'],
  ['0772 280 1234', '0772-2801234'],
  ['座机0772－2801234', '0772-2801234'],
  ['010-62345678', '010-62345678'],
  ['021 6234 5678', '021-62345678'],
])('「%s」 is %s', (text, value) => {
  expect(read('principalPhone', text)).toEqual({ type: 'clear', value })
})

test.each([
  ['1990000123', /读到10位/],
  ['199000012345', /读到12位/],
  ['199 0000 123', /读到10位/],
  ['一九九零零零零一二三', /读到10位/],
  ['12900001234', /13到19/],
  ['29900001234', /13到19/],
  ['2801234', /区号/],
  ['280 1234', /区号/],
  ['0772-280123', /读到10位/],
  ['12345', /读到5位/],
])('「%s」 is refused with what was read', (text, reason) => {
  expect(read('principalPhone', text)).toMatchObject({
    type: 'impossible',
    because: expect.stringMatching(reason),
  })
})

test.each(['没有电话', '王秀英', '58号', '电话是多少？', '450205190304121029', '跃进路58号3栋501'])(
  '「%s」 is no phone at all',
  (text) => {
    expect(tell('principalPhone', text)).toBe('unlike')
  },
)

test('so many of one digit are read back', () => {
  expect(read('principalPhone', '一九九四个零一二三四')).toEqual({
    type: 'doubtful',
    value: '19900001234',
    because: '“四个零”是连着几个一样的数',
  })
})

test('two numbers are asked back masked', () => {
  const reading = read('principalPhone', '19900001234或者13700005678')
  expect(reading).toMatchObject({
    type: 'ambiguous',
    options: [
      { text: '199****1234', value: '19900001234' },
      { text: '137****5678', value: '13700005678' },
    ],
  })
})

test('a phone is shown masked and printed whole', () => {
  const asked = field('principalPhone')
  expect(types.phone.show('19900001234', asked)).toBe('199****1234')
  expect(types.phone.show('0772-2801234', asked)).toBe('0772-****1234')
  expect(types.phone.print('0772-2801234', asked)['']).toBe('0772-2801234')
})
