import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numeral, quantities, spokenDigits } from '../../src/forms/numbers.ts'

test.each([
  ['35', 35],
  ['３５', 35],
  ['1,200', 1200],
  ['80.5', 80.5],
  ['三十五', 35],
  ['十', 10],
  ['十二', 12],
  ['二十', 20],
  ['一百', 100],
  ['一百零二', 102],
  ['一百二', 120],
  ['一百二十', 120],
  ['一百一十五', 115],
  ['两百', 200],
  ['两千五', 2500],
  ['两千零五', 2005],
  ['一千零五十', 1050],
  ['一万两千', 12000],
  ['一万二', 12000],
  ['一万零二', 10002],
  ['1.5万', 15000],
  ['3百', 300],
  ['廿三', 23],
  ['卅', 30],
  ['二〇一五', 2015],
  ['叁拾伍', 35],
  ['零', 0],
  ['八十六点五', 86.5],
  ['十二点二五', 12.25],
])('%s is %d', (text, value) => {
  expect(numeral(text)).toBe(value)
})

test.each(['', '十几', '两百来', '八十平', 'abc', '一二百', '1.', '万亿'])(
  '%s is no plain numeral',
  (text) => {
    expect(numeral(text)).toBeUndefined()
  },
)

test.each([
  ['两百来平', '200 about'],
  ['大概八十平方', '80 about'],
  ['80平左右', '80 about'],
  ['一百多万', '1000000 about'],
  ['三十五个人', '35'],
  ['二十几个', '21-29'],
  ['十几个', '11-19'],
  ['几十个人', '20-90'],
  ['三四十平', '30-40'],
  ['七八个', '7-8'],
  ['两三百', '200-300'],
  ['二十七八', '27-28'],
  ['58号80平', '58 80'],
  ['１２０平', '120'],
  ['没有数', ''],
  ['八十六点五平方米', '86.5'],
  ['百把平方', '100 about'],
  ['晚上七点半', '7'],
  ['三点五十分', '3 50'],
])('in 「%s」 there is %s', (text, expected) => {
  const told = quantities(text).map(({ value, range, approximate }) =>
    range ? `${range.from}-${range.to}` : `${value}${approximate ? ' about' : ''}`,
  )
  expect(told.join(' ')).toBe(expected)
})

test('every number up to a hundred thousand is understood as it is spoken', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), (value) => {
      expect(numeral(spoken(value))).toBe(value)
    }),
  )
})

test('digits said one by one become digits', () => {
  expect(spokenDigits('幺九九，洞洞洞洞 一二三四')).toBe('199,0000 1234')
})

/** 12305 as 一万二千三百零五. */
function spoken(value: number): string {
  if (value === 0) return '零'
  const digits = String(value).split('').map(Number)
  const words = digits.map((digit, at) => {
    const unit = ['', '十', '百', '千', '万'][digits.length - 1 - at]
    return digit === 0 ? '零' : `${'零一二三四五六七八九'[digit]}${unit}`
  })
  return words.join('').replace(/零+/g, '零').replace(/零$/, '').replace(/^一十/, '十')
}
