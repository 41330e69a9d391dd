import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aboutMeeting } from '../../src/filings/meeting-words.ts'
import { meetingField, type MeetingValue } from '../../src/filings/meeting-field.ts'
import { Field } from '../../src/forms/definition.ts'
import type { Reading } from '../../src/forms/field-type.ts'
import { answered } from '../forms/liubei.ts'

const TODAY = '2026-11-23'
const field = Field.parse({
  id: 'internalProcedure',
  sitting: 'change',
  label: '履行的内部程序',
  type: 'meeting',
  ask: '这件事开会表决了吗？',
  explain: '',
  example: '10月8日开的会，一共30人，到了20人，12人同意',
  clause: '附件2表行5',
})
const context = { today: TODAY, answers: {} }

/** `clear 2026-10-08 30/20/12`, `doubtful …`, `impossible 原因`. */
function told(reading: Reading<MeetingValue>): string {
  if (reading.type === 'ambiguous') {
    return `ambiguous ${reading.options.map(({ value }) => numbersOf(value)).join(' or ')}`
  }
  if (reading.type === 'impossible') return `impossible ${reading.because}`
  if (reading.type !== 'clear' && reading.type !== 'doubtful') return reading.type
  return `${reading.type} ${numbersOf(reading.value)}`
}

const numbersOf = ({ date, members, present, inFavour }: MeetingValue): string =>
  `${date ?? '-'} ${[members, present, inFavour].map((n) => n ?? '-').join('/')}`

const read = (text: string): string => told(meetingField.read(text, field, context))
const merge = (value: MeetingValue, text: string): string =>
  told(meetingField.merge?.(value, text, field, context) ?? { type: 'unlike' })

test.each([
  ['10月8日开的会,一共30人,到了20人,12人同意', 'clear 2026-10-08 30/20/12'],
  ['十月八号开会，总共三十人，来了二十个，十二个同意', 'clear 2026-10-08 30/20/12'],
  ['2026年10月8日，30人到了20人12人同意', 'clear 2026-10-08 30/20/12'],
  ['2026-10-08 应到30人，实到20人，同意12人', 'clear 2026-10-08 30/20/12'],
  ['20261008开会，成员30人，到会20人，同意12票', 'clear 2026-10-08 30/20/12'],
  ['二〇二六年十月八日下午3点，全体成员30人，出席20人，赞成12人，反对8人', 'clear 2026-10-08 30/20/12'],
  ['10月8日19:30开的会，我们队30个人，20个人参加，举手同意的12个', 'clear 2026-10-08 30/20/12'],
  ['10月8号开会 30人 到20 同意12', 'clear 2026-10-08 30/20/12'],
  ['昨天开的会，30人都到了，全票通过', 'clear 2026-11-22 30/30/30'],
  ['11月1号开会3个人都到了同意', 'clear 2026-11-01 3/3/3'],
  ['11月1号开会3个人都到了，同意2人', 'clear 2026-11-01 3/3/2'],
  ['昨天开会，30人，10人请假，15人同意，5人反对', 'clear 2026-11-22 30/20/15'],
  ['昨天开会，一共30人，到会20人，一致同意', 'clear 2026-11-22 30/20/20'],
  ['本月3日开的，共15人，到10人，8人同意', 'clear 2026-11-03 15/10/8'],
  ['上个月8号，共15人，到10人，8人同意', 'clear 2026-10-08 15/10/8'],
  ['去年12月1日，共15人，到10人，8人同意', 'clear 2025-12-01 15/10/8'],
  ['10月8日开的会', 'clear 2026-10-08 -/-/-'],
  ['一共30人，到了20人', 'clear - 30/20/-'],
  ['12月1日开的会，一共30人，到了20人，12人同意', 'doubtful 2025-12-01 30/20/12'],
  ['上周六开会，共30人，到了20人，12人同意', 'doubtful 2026-11-21 30/20/12'],
  ['10月8日开会，30人，到20人，8人反对', 'doubtful 2026-10-08 30/20/12'],
  ['10月8日，20人到了13人同意', 'doubtful 2026-10-08 -/20/13'],
  ['10月8日，20人到了16人同意', 'ambiguous 2026-10-08 -/20/16 or 2026-10-08 20/16/16'],
  ['二十个人来了十六个举手同意', 'ambiguous - -/20/16 or - 20/16/16'],
  ['10月8日，一共30人，20人到了16人同意', 'clear 2026-10-08 30/20/16'],
  ['10月8日，20人到了，16人同意', 'clear 2026-10-08 -/20/16'],
  ['10月8日，30、20、12', 'doubtful 2026-10-08 30/20/12'],
  ['10月8日，共30人，到20人，10人同意', 'doubtful 2026-10-08 30/20/10'],
  ['10月8日，共30人，到19人，19人同意', 'impossible 共30人，至少要到20人（2/3）会才开得成；到了19人，差1人'],
  ['10月8日，共45人，到31人，15人同意', 'impossible 到了31人，至少要16人同意才算通过；同意15人，差1人'],
  ['10月8日，共30人，到35人', 'impossible 到会的35人比全体30人还多，请核对'],
  ['10月8日，共30人，到20人，22人同意', 'impossible 同意的22人比到会的20人还多，请核对'],
  ['2026年12月8日开的会', 'impossible 这一天还没到，请核对'],
  ['2月30日开的会', 'impossible 没有这一天，请核对'],
  ['10月开的会，共30人', 'impossible 请说具体是哪一天'],
  ['农历八月十五开的会', 'impossible 要写公历。请换成公历，说是哪年哪月哪日'],
  ['10月8日，二十几个人', 'impossible 人数要准数，请按签到的人数说'],
  ['10月8日，大概30人', 'impossible 人数要准数，请按签到的人数说'],
  ['没开会', 'unlike'],
  ['要开会吗', 'unlike'],
  ['不知道', 'unlike'],
])('「%s」 → %s', (text, expected) => {
  expect(read(text)).toBe(expected)
})

describe('told piece by piece', () => {
  test('what is missing is asked for in order', () => {
    const steps: [MeetingValue, string | undefined][] = [
      [{}, '哪一天'],
      [{ date: '2026-10-08' }, '一共有多少成员'],
      [{ date: '2026-10-08', members: 30 }, '到会多少人'],
      [{ date: '2026-10-08', members: 30, present: 20 }, '多少人同意'],
      [{ date: '2026-10-08', members: 30, present: 20, inFavour: 12 }, undefined],
    ]
    for (const [value, expected] of steps) {
      const question = meetingField.missing?.(value, field)
      if (expected === undefined) expect(question).toBeUndefined()
      else expect(question).toContain(expected)
    }
  })

  test.each<[MeetingValue, string, string]>([
    [{}, '10.8', 'clear 2026-10-08 -/-/-'],
    [{}, '8号', 'doubtful 2026-11-08 -/-/-'],
    [{}, '28号', 'doubtful 2026-10-28 -/-/-'],
    [{}, '8', 'unlike'],
    [{ date: '2026-10-08' }, '30', 'clear 2026-10-08 30/-/-'],
    [{ date: '2026-10-08' }, '三十个人', 'clear 2026-10-08 30/-/-'],
    [{ date: '2026-10-08', members: 30 }, '20', 'clear 2026-10-08 30/20/-'],
    [{ date: '2026-10-08', members: 30 }, '都到了', 'clear 2026-10-08 30/30/-'],
    [{ date: '2026-10-08', members: 30 }, '5人请假', 'clear 2026-10-08 30/25/-'],
    [{ date: '2026-10-08', members: 30 }, '来了20个，12个同意', 'clear 2026-10-08 30/20/12'],
    [
      { date: '2026-10-08', members: 30 },
      '19',
      'impossible 共30人，至少要到20人（2/3）会才开得成；到了19人，差1人',
    ],
    [{ date: '2026-10-08', members: 30, present: 20 }, '12', 'clear 2026-10-08 30/20/12'],
    [{ date: '2026-10-08', members: 30, present: 20 }, '全部同意', 'clear 2026-10-08 30/20/20'],
    [{ date: '2026-10-08', members: 30, present: 20 }, '10个', 'doubtful 2026-10-08 30/20/10'],
    [{ date: '2026-10-08', members: 30, present: 20 }, '说错了，到了25人', 'clear 2026-10-08 30/25/-'],
  ])('%j and 「%s」 → %s', (value, text, expected) => {
    expect(merge(value, text)).toBe(expected)
  })

  test('the question itself completes what was stored by half', () => {
    const answers = answered({ internalProcedure: { date: '2026-10-08', members: 30, present: 20 } })
    expect(told(meetingField.read('12', field, { today: TODAY, answers }))).toBe('clear 2026-10-08 30/20/12')
  })
})

test('the sentence is printed, and its parts apart', () => {
  const value = { date: '2026-10-08', members: 30, present: 20, inFavour: 12 }
  const parts = meetingField.print(value, field)
  expect(parts['']).toContain('应到30人，实到20人')
  expect(parts).toMatchObject({ date: '2026年10月8日', members: '30', present: '20', inFavour: '12' })
  expect(meetingField.show(value, field)).toBe(parts[''])
})

test('a meeting that decided nothing has no such sentence', () => {
  const parts = meetingField.print({ date: '2026-10-08', members: 30, present: 19, inFavour: 19 }, field)
  expect(parts['']).toBe('2026年10月8日开会，共30人，到会19人，同意19人')
  expect(parts['']).not.toContain('通过')
})

test('whatever is said, what is taken can be stored and no meeting is taken that decided nothing', () => {
  const word = fc.constantFrom(
    ...'10月8日 昨天 一共 到了 同意 反对 请假 30人 20 12个 0 全票 都到了 ， 。 的 上周六 8号 2026 -5 3/2'.split(
      ' ',
    ),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word, { maxLength: 12 }).map((words) => words.join('')),
        fc.string(),
      ),
      (text) => {
        const reading = meetingField.read(text, field, context)
        if (reading.type !== 'clear' && reading.type !== 'doubtful') return
        const value = meetingField.Value.parse(reading.value)
        if (meetingField.missing?.(value, field) === undefined) {
          expect(meetingField.print(value, field)['']).toContain('表决通过')
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('exactly half is told, whatever else is doubtful', () => {
  const reading = meetingField.read('10月8日，30、20、10', field, context)
  expect(reading).toMatchObject({ because: expect.stringMatching(/次序.*正好一半/u) })
})

test('of two meanings the one that cannot be is told with its reason', () => {
  const reading = meetingField.read('10月8日，20人到了13人同意', field, context)
  expect(reading).toMatchObject({ type: 'doubtful', because: expect.stringContaining('至少要到14人') })
})

test.each([
  ['6月1日开的会，20人到了15人同意', '6月1日开的会，20人到了15人同意', ''],
  ['老房子要拆，6月1号开会，20个人来了18个，都同意', '6月1号开会，20个人来了18个，都同意', '老房子要拆'],
  ['开会大家都同意了', '开会大家都同意了', ''],
  ['王姐病了 11月1号 开会 3个人都来了 都同意', '11月1号，开会，3个人都来了，都同意', '王姐病了'],
  ['来的人少了，只有3个人来', '', '来的人少了，只有3个人来'],
  ['经大家商量同意，换个近的地方', '', '经大家商量同意，换个近的地方'],
  ['队长搬家了', '', '队长搬家了'],
])('of “%s” the meeting is “%s”, the rest “%s”', (text, about, rest) => {
  expect(aboutMeeting(text)).toEqual({ about, rest })
})
