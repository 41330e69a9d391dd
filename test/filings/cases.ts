import type { FilingEvent } from '../../src/filings/event.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { decide, type Act, type Actor } from '../../src/filings/review.ts'
import type { Answer, Answers } from '../../src/forms/answers.ts'

// Invented cases for the tests of the review.

export const MINGZHU = '450205001008'
export const JIEFANG = '450205001000'

export const leader: Actor = { userId: 'wang', as: 'applicant' }
export const worker: Actor = { userId: 'wangfang', as: 'community' }
export const officer: Actor = { userId: 'lijie', as: 'street' }

/** The nth minute of the story. */
export const minute = (n: number): string => new Date(Date.UTC(2026, 10, 23, 1, n)).toISOString()

export const answer = (value: unknown, n = 0, by = 'wang'): Answer => ({
  value: value as never,
  by,
  at: minute(n),
})

export const answersOf = (values: Record<string, unknown>, n = 0): Answers =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, answer(value, n)]))

export const submitted = (over: Partial<Filing> = {}): Filing => ({
  id: 'f1',
  caseNumber: '2026-0001',
  kind: 'initial',
  form: { id: 'initial', version: 1 },
  applicant: 'wang',
  organizationName: '柳州市柳北区解放街道明珠社区夕阳红志愿服务队',
  place: MINGZHU,
  answers: answersOf({ venue: { address: '跃进路58号', area: 80 }, principalPhone: '19900000001' }),
  events: [{ type: 'submitted', by: 'wang', at: minute(0) }],
  ...over,
})

export const approve: Act = {
  type: 'approve',
  filingNumber: '柳北解备〔2026〕1号',
  filedOn: '2026-11-23',
  validUntil: '2028-11-23',
}

export const giveBack = (...items: string[]): Act => ({ type: 'return', items, reason: '请核对' })

export const resubmit = (filing: Filing, changed: Record<string, unknown> = {}, n = 1): Act => ({
  type: 'resubmit',
  revised: {
    answers: { ...filing.answers, ...answersOf(changed, n) },
    organizationName: filing.organizationName,
    place: filing.place,
  },
})

export type Move = [act: Act | ((filing: Filing) => Act), by: Actor]

/** Plays moves one a minute; each must be possible. */
export function play(filing: Filing, ...moves: Move[]): Filing {
  let now = filing
  for (const [what, by] of moves) {
    const act = typeof what === 'function' ? what(now) : what
    const decision = decide(now, act, by, minute(now.events.length * 10))
    if (!decision.ok) throw new Error(`${act.type}: ${decision.because}`)
    now = decision.filing
  }
  return now
}

/** What is said to an act that must not be possible. */
export function refused(filing: Filing, act: Act, by: Actor, nameOf?: (id: string) => string): string {
  const decision = decide(filing, act, by, minute(59), nameOf)
  return decision.ok ? `possible: ${decision.event.type}` : decision.because
}

export const lastEvent = (filing: Filing): FilingEvent | undefined => filing.events.at(-1)
