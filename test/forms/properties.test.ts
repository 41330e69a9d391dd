import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Column, Field } from '../../src/forms/definition.ts'
import { gather } from '../../src/forms/gather.ts'
import { maskAddress, maskIdNumber, maskNumbers, maskPhone } from '../../src/forms/mask.ts'
import { numeral, quantities } from '../../src/forms/numbers.ts'
import { looksLikeQuestion } from '../../src/forms/question-words.ts'
import { mergeRoster, readRoster, readRosterSheet } from '../../src/forms/roster.ts'
import { clean, plain } from '../../src/forms/said.ts'
import { matchPlaces, allPlaces } from '../../src/filings/places.ts'
import { composeName, normalizeName, parseName } from '../../src/filings/names.ts'
import { context, field, form, idOf, pack, types } from './liubei.ts'

const asked: (Field | Column)[] = form.fields.flatMap((field) => [field, ...field.columns])
const targets = form.fields.flatMap((field) => [
  { field },
  ...field.columns.map((column) => ({ field, column })),
])

const shards =
  '我叫 王秀英 李建国 明珠 雅莲社区 解放街道 夕阳红 志愿服务队 80平方米 两百来平 一九六一年三月 1980.9-2015.6 至今 去年腊月 19900001234 0772-2801234 一三八 幺洞 党员 群众 退休了 队长 电话 职务 ： ， 。 、 \n \t （ ） ? 吗 不是 没有 1. ① ２ × X 450205190304121021 十几 万 #接龙 \u200b \ud800'.split(
    ' ',
  )
const words = fc.oneof(
  fc.array(fc.constantFrom(...shards), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...shards), { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'一二三四五六七八九十百千万零年月至到.-1290 队社区'), maxLength: 20 }),
)

test('no words make any reader throw, and what is read is a value of its type', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(...asked), (text, one) => {
      const type = types[one.type]
      const reading = type.read(text, one, context())
      const values =
        reading.type === 'ambiguous'
          ? reading.options.map(({ value }) => value)
          : reading.type === 'clear' || reading.type === 'doubtful'
            ? [reading.value]
            : []
      for (const value of values) {
        expect(type.Value.safeParse(value).success).toBe(true)
        expect(typeof type.show(value, one)).toBe('string')
        expect(Object.values(type.print(value, one)).every((part) => typeof part === 'string')).toBe(true)
      }
      const found = type.find?.(text, one, context())
      if (found) expect(found.matched.length).toBeGreaterThan(0)
    }),
    { numRuns: 600 },
  )
})

test('no words make the readers of whole messages throw', () => {
  fc.assert(
    fc.property(words, (text) => {
      gather(text, targets, context(), types)
      const { people } = readRoster(text, context())
      expect(people.every(({ name }) => name.length >= 2)).toBe(true)
      readRosterSheet(text.split('\n').map((line) => line.split(' ')))
      matchPlaces(text, pack.jurisdiction)
      parseName(text, pack.jurisdiction, pack.names)
      looksLikeQuestion(text)
      quantities(text)
      numeral(text)
    }),
    { numRuns: 200 },
  )
})

test('what is printed is read again as the same value', () => {
  const period = form.fields.flatMap(({ columns }) => columns).find(({ type }) => type === 'period')!
  const phone = fc.integer({ min: 0, max: 9999 }).map((n) => `1990000${String(n).padStart(4, '0')}`)
  const id = fc.integer({ min: 100, max: 999 }).map((n) => idOf('1903-04-12', String(n)))
  const place = fc
    .constantFrom(...allPlaces(pack.jurisdiction).filter(({ committee }) => committee))
    .map(({ code }) => ({ code }))
  const venue = fc
    .tuple(
      fc.constantFrom('跃进路58号活动室', '人民广场', '雅莲小学3栋2楼'),
      fc.integer({ min: 1, max: 9999 }),
    )
    .map(([address, area]) => ({ address, area }))
  const cases: [Field | Column, fc.Arbitrary<unknown>][] = [
    [field('principalPhone'), phone],
    [field('principalIdNumber'), id],
    [field('activityArea'), place],
    [field('venue'), venue],
    [field('principalName'), fc.constantFrom('王秀英', '欧阳明珠', '艾力·买买提', '韦明')],
    [
      field('principalPolitical'),
      fc.constantFrom(...field('principalPolitical').options.map(({ value }) => value)),
    ],
    [
      field('principalEducation'),
      fc.constantFrom(...field('principalEducation').options.map(({ value }) => value)),
    ],
    [field('businessScope'), fc.constantFrom(...field('businessScope').suggestions.map(({ text }) => text))],
    [field('purpose'), fc.constantFrom(...field('purpose').suggestions.map(({ text }) => text))],
    [period, fc.constant({ from: '1980-09', to: 'now' })],
  ]
  for (const [one, values] of cases) {
    fc.assert(
      fc.property(values, (value) => {
        const type = types[one.type]
        expect(type.read(type.print(value, one)['']!, one, context())).toEqual({ type: 'clear', value })
      }),
      { numRuns: 30 },
    )
  }
})

test('the example of every question is an answer to it', () => {
  const values = { activityArea: { code: '450205001008' } }
  for (const one of asked) {
    if (one.type === 'rows' || one.type === 'idNumber') continue
    const reading = types[one.type].read(one.example, one, context(one.id === 'activityArea' ? {} : values))
    expect([one.id, one.example, reading.type]).toEqual([one.id, one.example, 'clear'])
  }
})

test('every full name composed of a place and a rest comes apart again', () => {
  const rests = fc.constantFrom('夕阳红志愿服务队', '金秋艺术团', '老年人协会', '舞蹈队', '邻里互助会')
  fc.assert(
    fc.property(fc.constantFrom(...allPlaces(pack.jurisdiction)), rests, (place, rest) => {
      const parts = parseName(composeName(place, rest, pack.jurisdiction), pack.jurisdiction, pack.names)
      expect(parts.rest).toBe(rest)
      expect(parts.street).toBe(place.street.name)
      expect(parts.community).toBe(place.committee === undefined ? '' : place.name)
    }),
  )
})

test('masked text never contains the number', () => {
  const digits = fc.stringMatching(/^1[3-9]\d{9}$/)
  const id = fc.stringMatching(/^[1-9]\d{16}[\dX]$/)
  fc.assert(
    fc.property(digits, id, words, (phone, id, around) => {
      expect(maskPhone(phone)).not.toContain(phone.slice(3, 7) + phone.slice(7))
      expect(maskIdNumber(id)).not.toContain(id.slice(6, 14) + id.slice(14, 17))
      expect(maskNumbers(`${around} ${phone} ${around}`)).not.toContain(phone)
      expect(maskNumbers(`${around}，${id}，${around}`)).not.toContain(id)
      expect(maskAddress(`跃进路${phone.slice(0, 3)}号`)).not.toMatch(/\d/)
    }),
  )
})

test('what is said back of a refused number does not contain it', () => {
  const number = fc.stringMatching(/^\d{5,19}X?$/)
  fc.assert(
    fc.property(number, fc.constantFrom(...asked), (text, one) => {
      const reading = types[one.type].read(text, one, context())
      if (reading.type === 'impossible' || reading.type === 'doubtful')
        expect(reading.because).not.toContain(text)
      if (reading.type === 'ambiguous')
        expect(JSON.stringify(reading.options.map(({ text }) => text))).not.toContain(text)
      // Six digits and fewer are no phone: a line that says them is shown as it is.
      if (text.length >= 7) expect(JSON.stringify(readRoster(`王秀英 ${text}`).verdicts)).not.toContain(text)
    }),
    { numRuns: 300 },
  )
})

test('cleaning and normalizing twice is the same as once', () => {
  fc.assert(
    fc.property(words, (text) => {
      expect(clean(clean(text))).toBe(clean(text))
      expect(plain(plain(text))).toBe(plain(text))
      expect(normalizeName(normalizeName(text))).toBe(normalizeName(text))
    }),
  )
})

test('merging the same people again adds nobody', () => {
  const person = fc.record({
    name: fc.constantFrom('王秀英', '李建国', '张桂兰'),
    phone: fc.constantFrom('19900001234', '19900005678'),
  })
  fc.assert(
    fc.property(fc.array(person), (people) => {
      const once = mergeRoster([], people)
      expect(mergeRoster(once, people)).toEqual(once)
    }),
  )
})

/** A pattern that backtracks without end would never come back from one of these. */
test('long runs of the same words come back', () => {
  const runs = [
    '0',
    '一',
    '约',
    '大约',
    '团队',
    '的',
    '是',
    ',',
    '、',
    ' ',
    '1.',
    '王秀英',
    '几',
    '社区',
    '没有',
    '(',
  ]
  for (const run of runs) {
    for (const end of ['', '几x', '几几', '。', '平方米', '队', '\n']) {
      const text = run.repeat(60) + end
      numeral(text)
      quantities(text)
      gather(text, targets, context(), types)
      readRoster(text, context())
      for (const one of asked) expect(types[one.type].read(text, one, context()).type).toBeDefined()
    }
  }
})
