import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAttendance } from '../../src/knowledge/rules/attendance.ts'
import { majorityOf, quorumOf } from '../../src/knowledge/rules/meeting.ts'
import { ask } from './pack.ts'

test('the quorum is the least number that reaches two thirds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (members) => {
      const quorum = quorumOf(members)
      expect(3 * quorum).toBeGreaterThanOrEqual(2 * members)
      expect(3 * (quorum - 1)).toBeLessThan(2 * members)
    }),
  )
})

test('the majority is the least number that reaches half of those present', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (present) => {
      const majority = majorityOf(present)
      expect(2 * majority).toBeGreaterThanOrEqual(present)
      expect(2 * (majority - 1)).toBeLessThan(present)
    }),
  )
})

const sentences: ((total: number, present: number, favour: number) => string)[] = [
  (n, m, k) => `我们一共${n}个人，来了${m}个，${k}个同意，算过吗`,
  (n, m, k) => `${n}个成员来了${m}个,改章程有${k}个同意,算通过了没?`,
  (n, m, k) => `全队${n}人，到会${m}人，赞成${k}票，通过没有`,
  (n, m, k) => `队里${n}个会员，开会到了${m}个，举手同意的${k}个，作数不`,
]

test('a meeting counts only with two thirds there and half of them in favour, however it is told', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 300 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...sentences),
      (total, ofTotal, ofPresent, sentence) => {
        const present = Math.max(2, Math.round(total * ofTotal))
        const favour = Math.max(2, Math.round(present * ofPresent))
        const { kind, text } = ask(sentence(total, present, favour))
        expect(kind).toBe('computed')
        const open = 3 * present >= 2 * total
        const carried = open && 2 * favour >= present
        expect(/(?<!没有)(?<!不算)通过。|按字面算通过/.test(text.replace(/决议要到会[^\n]*/, ''))).toBe(
          carried,
        )
        expect(text.includes('开不成')).toBe(!open)
        expect(text.includes('正好一半')).toBe(open && 2 * favour === present)
      },
    ),
  )
})

test.each([
  ['我们一共30个队员,昨天开会来了19个', { total: 30, present: 19 }],
  ['六十个会员,到会四十个,赞成的十九个', { total: 60, present: 40, favour: 19 }],
  ['40个人的协会,请假了15个', { total: 40, present: 25 }],
  [
    '开会36个人到了24个,12票赞成8票反对4票弃权',
    { total: 36, present: 24, favour: 12, against: 8, abstained: 4 },
  ],
  ['三十个人全到齐了', { total: 30, present: 30 }],
  ['20人开会到15人，一致同意', { total: 20, present: 15, favour: 15 }],
  ['30个人，3个请假2个没来', { total: 30, present: 25 }],
  ['30个人，5个请假，其中2个住院', { total: 30, present: 25 }],
])('%s is read', (said, expected) => {
  const { total, present, favour, against, abstained } = readAttendance(said)
  expect({ total: total?.from, present: present?.from, favour, against, abstained }).toMatchObject(expected)
})

test.each([
  ['30人的队一半请假能开会吗', /至少要来20人。\n一半没来，不够三分之二，会开不成/],
  ['队里20个人，30%没来，会还能开吗', /至少要来14人。\n30%没来，够了/],
  ['全队22人,昨晚来14个,差不差人', /至少要15人。\n来了14人，差1人/],
  ['协会75人,最少到几个人,到这么多最少几票过', /最少要来50人.*至少要25人同意/],
])('%s is counted', (question, expected) => expect(ask(question).text).toMatch(expected))

test('a vague number is answered for its bounds', () => {
  const { text } = ask('二十几个人的队来了一半多,开会算数吗')
  expect(text).toContain('21人的队至少来14人')
  expect(text).toContain('29人的队至少来20人')
})

test('rounding two thirds of 20 down to 13 is not accepted', () => {
  expect(ask('我们队20个人,只来了13个,按四舍五入三分之二就是13,能开会吧?').text).toMatch(
    /至少要14人[\s\S]*差1人/,
  )
})

test('numbers that are no people are left alone', () => {
  expect(ask('备案表要打几份，2份够不够').article).toBe('copies')
  expect(ask('最少几个人才能备案').kind).toBe('silent')
  expect(ask('“是否同意备案”这几个字,三张表里印在哪张?').kind).toBe('found')
  expect(ask('有个会员讲他要算三票,章程讲一个人几票').text).toContain('1人1票')
})

test.each([
  '全队40人来了30人，反对票20票，通过没',
  '40个队员来了30个，不赞同的16个，通过没',
  '全队40人来了30人，不支持的有16个，通过没',
  '全队40人来了30人，没投赞成票的20个，通过没',
  '全队40人来了30人，没有同意的16个，通过没',
])('who did not agree is not counted as having agreed: %s', (question) => {
  expect(ask(question).text).not.toMatch(/够了，通过/)
})

test.each([
  '全队36人有三分之二来不了，能开会吗',
  '全队40人，到会不到27人，能开吗',
  '队里30人，来了一大半，会能开吗',
  '全队50多人，来了35人，能开会吗',
  '20人来了15人又走了3人，会还能开吗',
  '30人的队，来了三分之二少一个，会能开吗',
])('numbers that are not exact are asked for, and nothing is counted: %s', (question) => {
  const { text } = ask(question)
  expect(text).toContain('三个准数')
  expect(text).not.toMatch(/够了|开不成/)
})
