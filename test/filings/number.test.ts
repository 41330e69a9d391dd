import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  configuredFirst,
  formatNumber,
  gapsIn,
  normalizeNumber,
  numberKey,
  numberSequence,
  parseNumber,
} from '../../src/filings/number.ts'
import { loadPack, NumberRules } from '../../src/pack.ts'

const { numbers, jurisdiction } = await loadPack('templates/liubei')
const JIEFANG = '450205001000'
const authorities = jurisdiction.streets.map(({ code }) => code)

test('a number is prefix, year in 〔〕, and how manieth, without zeros before it', () => {
  expect(formatNumber(numbers, JIEFANG, 2026, 1)).toBe('柳北解备〔2026〕1号')
  expect(formatNumber({ ...numbers, padding: 3 }, JIEFANG, 2026, 12)).toBe('柳北解备〔2026〕012号')
  expect(formatNumber({ ...numbers, padding: 3 }, JIEFANG, 2026, 1234)).toBe('柳北解备〔2026〕1234号')
  expect(formatNumber(numbers, JIEFANG, 2026, 1)).toMatch(/\u3014\d{4}\u3015\d+号$/)
})

test('every street and town has a prefix of its own, 柳长街道 and 长塘镇 too', () => {
  const first = authorities.map((code) => formatNumber(numbers, code, 2026, 1))
  expect(new Set(first).size).toBe(12)
  expect(formatNumber(numbers, '450205009000', 2026, 1)).toBe('柳北柳长备〔2026〕1号')
  expect(formatNumber(numbers, '450205102000', 2026, 1)).toBe('柳北长塘备〔2026〕1号')
})

test('an authority without a prefix is an error, not a guess', () => {
  expect(() => formatNumber(numbers, '450202001000', 2026, 1)).toThrow(RangeError)
})

test('no two authorities, years or places in the sequence have the same number', () => {
  const given = fc.tuple(
    fc.constantFrom(...authorities),
    fc.integer({ min: 2022, max: 2040 }),
    fc.integer({ min: 1, max: 3000 }),
  )
  fc.assert(
    fc.property(given, given, fc.nat(6), (a, b, padding) => {
      const rules = { ...numbers, padding }
      const [one, other] = [formatNumber(rules, ...a), formatNumber(rules, ...b)]
      expect(numberKey(one) === numberKey(other)).toBe(a.join() === b.join())
      const [authority, year, number] = a
      expect(parseNumber(rules, one)).toEqual({ authority, year, number })
    }),
  )
})

test.each([
  '柳北解备〔2026〕1号',
  '柳北解备[2026]1号',
  '柳北解备(2026)001号',
  '柳北解备（２０２６）１号',
  ' 柳北解备【2026】 01 号 ',
  '柳北解备{2026}1号',
])('「%s」 is the first of 解放街道 in 2026', (text) => {
  expect(parseNumber(numbers, text)).toEqual({ authority: JIEFANG, year: 2026, number: 1 })
  expect(numberKey(text)).toBe('柳北解备〔2026〕1号')
})

test.each([
  '',
  '1号',
  '柳北解备〔2026〕号',
  '柳北解备〔26〕1号',
  '柳北解备〔2026〕0号',
  '城中解备〔2026〕1号',
  '柳北解备〔2026〕1',
])('「%s」 is no number of this pack', (text) => {
  expect(parseNumber(numbers, text)).toBeUndefined()
})

test('a number keeps its own form whatever its pattern', () => {
  expect(normalizeNumber('备字第（2022）第05号')).toBe('备字第〔2022〕第05号')
})

describe('a sequence', () => {
  const rules: NumberRules = { ...numbers, first: { [JIEFANG]: { '2026': 13 } } }

  test('is of one authority and one year', () => {
    expect(numberSequence(JIEFANG, 2026)).toBe('number:450205001000:2026')
  })

  test('begins where the pack says, if it says so', () => {
    expect(configuredFirst(rules, JIEFANG, 2026)).toBe(13)
    expect(configuredFirst(rules, JIEFANG, 2027)).toBeUndefined()
    expect(configuredFirst(rules, '450205002000', 2026)).toBeUndefined()
  })

  test('has its gaps explained: what was voided with its reason, what is missing without', () => {
    const number = (n: number): string => formatNumber(rules, JIEFANG, 2026, n)
    const voided = [{ filingNumber: number(18), reason: '写坏了，作废', by: 'lijie', at: '' }]
    const filed = [number(14), number(16), '柳北解备〔2025〕40号']
    expect(gapsIn(rules, JIEFANG, 2026, filed, voided)).toEqual([
      { number: 13, filingNumber: number(13) },
      { number: 15, filingNumber: number(15) },
      { number: 17, filingNumber: number(17) },
      { number: 18, filingNumber: number(18), reason: '写坏了，作废' },
    ])
    expect(gapsIn(rules, JIEFANG, 2026, [number(13), number(14)], [])).toEqual([])
    expect(gapsIn(rules, JIEFANG, 2027, [], [])).toEqual([])
  })

  test('goes on where pattern and prefix became others in the middle of the year', () => {
    const now: NumberRules = {
      ...numbers,
      pattern: '{prefix}字〔{year}〕第{number}号',
      prefixes: { ...numbers.prefixes, [JIEFANG]: '柳北解放备' },
      padding: 3,
    }
    const voided = [{ filingNumber: '柳北解备〔2026〕3号', reason: '写坏了，作废', by: 'lijie', at: '' }]
    const filed = ['柳北解备（2026）1号', '柳北解备〔2026〕2号', '柳北解放备字〔2026〕第005号']
    expect(gapsIn(now, JIEFANG, 2026, filed, voided)).toEqual([
      { number: 3, filingNumber: '柳北解放备字〔2026〕第003号', reason: '写坏了，作废' },
      { number: 4, filingNumber: '柳北解放备字〔2026〕第004号' },
    ])
  })
})

test('the brackets of the pattern are as good as those people type', () => {
  const square = { ...numbers, pattern: '{prefix}[{year}]{number}号' }
  expect(parseNumber(square, '柳北解备〔2026〕7号')).toEqual({ authority: JIEFANG, year: 2026, number: 7 })
  expect(parseNumber(square, '柳北解备[2026]7号')).toEqual({ authority: JIEFANG, year: 2026, number: 7 })
})

test.each([
  [{ prefixes: { [JIEFANG]: '柳北长备', '450205102000': '柳北长备' } }, 'same prefix'],
  [{ pattern: '{prefix}{year}{number}号' }, 'pattern'],
  [{ pattern: '{prefix}〔{year}〕号' }, '要像 {prefix}〔{year}〕{number}号'],
  [{ padding: -1 }, 'padding'],
  [{ first: { [JIEFANG]: { '2026': 0 } } }, 'first'],
])('rules that would give a number twice or none are refused: %j', (wrong, where) => {
  const result = NumberRules.safeParse({ ...numbers, ...wrong })
  expect(JSON.stringify(result.error?.issues)).toContain(where)
})
