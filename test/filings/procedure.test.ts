import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  judgeMeeting,
  majorityOf,
  procedureSentence,
  quorumOf,
  type Judgement,
} from '../../src/filings/procedure.ts'

const judge = (members: number, present: number, inFavour: number): Judgement =>
  judgeMeeting({ members, present, inFavour })
const told = (members: number, present: number, inFavour: number): string => {
  const judgement = judge(members, present, inFavour)
  return judgement.type === 'passed' && judgement.warning !== undefined ? 'half' : judgement.type
}

test.each([
  [3, 2, 1],
  [10, 7, 4],
  [15, 10, 5],
  [20, 14, 7],
  [25, 17, 9],
  [30, 20, 10],
  [31, 21, 11],
  [45, 30, 15],
  [50, 34, 17],
  [100, 67, 34],
  [1, 1, 1],
  [2, 2, 1],
])('%i members need %i present, of whom %i agree', (members, present, inFavour) => {
  expect(quorumOf(members)).toBe(present)
  expect(majorityOf(present)).toBe(inFavour)
  const isHalf = 2 * inFavour === present
  expect(told(members, present, inFavour)).toBe(isHalf ? 'half' : 'passed')
  expect(told(members, present, inFavour - 1)).toBe('failed')
  expect(told(members, present - 1, present - 1)).toBe(present === 1 ? 'impossible' : 'short')
})

describe('the examples of the notes', () => {
  test.each([
    [30, 19, 19, 'short', '差1人'],
    [30, 20, 12, 'passed', ''],
    [45, 31, 15, 'failed', '至少要16人同意'],
    [45, 40, 20, 'half', ''],
    [20, 13, 13, 'short', '至少要到14人'],
    [12, 8, 4, 'half', ''],
  ])('%i members, %i present, %i in favour: %s', (members, present, inFavour, expected, because) => {
    expect(told(members, present, inFavour)).toBe(expected)
    const judgement = judge(members, present, inFavour)
    if ('because' in judgement) expect(judgement.because).toContain(because)
  })
})

test.each([
  [30, 31, 10, '比全体30人还多'],
  [30, 20, 21, '比到会的20人还多'],
  [0, 0, 0, '成员总数不能是0'],
  [30, 0, 0, '到会人数不能是0'],
  [30, 20.5, 12, '整数'],
  [30, 20, -1, '整数'],
  [Number.NaN, 20, 12, '整数'],
])('%d members, %d present, %d in favour cannot be', (members, present, inFavour, because) => {
  expect(judge(members, present, inFavour)).toMatchObject({
    type: 'impossible',
    because: expect.stringContaining(because),
  })
})

test('it agrees with the article word for word, for every number', () => {
  const numbers = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.nat(), fc.nat())
  fc.assert(
    fc.property(numbers, ([members, a, b]) => {
      const present = 1 + (a % members)
      const inFavour = b % (present + 1)
      const judgement = judge(members, present, inFavour)
      const counts = present / members >= 2 / 3 || 3 * present === 2 * members
      expect(judgement.type).toBe(!counts ? 'short' : inFavour / present >= 1 / 2 ? 'passed' : 'failed')
      expect(present >= quorumOf(members)).toBe(counts)
      expect(inFavour >= majorityOf(present)).toBe(inFavour / present >= 1 / 2)
    }),
  )
})

describe('the sentence for 履行的内部程序', () => {
  const date = '2026-10-08'

  test('says day, who was due, who came, who agreed', () => {
    expect(procedureSentence({ date, members: 30, present: 20, inFavour: 12 })).toEqual({
      ok: true,
      text: '2026年10月8日召开全体成员会议，应到30人，实到20人，达到2/3以上；12人同意，达到到会成员半数以上，表决通过。',
    })
  })

  test('warns of exactly half', () => {
    const sentence = procedureSentence({ date, members: 30, present: 20, inFavour: 10 })
    expect(sentence).toMatchObject({ ok: true, warning: expect.stringContaining('正好一半') })
  })

  test.each([
    [30, 19, 19],
    [30, 20, 9],
    [30, 31, 20],
  ])('is refused for %i members, %i present, %i in favour', (members, present, inFavour) => {
    expect(procedureSentence({ date, members, present, inFavour })).toMatchObject({ ok: false })
  })
})
