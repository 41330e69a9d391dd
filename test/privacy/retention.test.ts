import { describe, expect, test } from 'vitest'
import { addDays, startOf } from '../../src/clock.ts'
import type { Complaint } from '../../src/filings/complaint.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { dueComplaints, dueFilings, isOpenPurge, keptFrom } from '../../src/filings/retention.ts'
import { loadPack } from '../../src/pack.ts'

const { retention } = await loadPack('templates/liubei')
const today = '2036-12-01'
/** Nine in the morning so many days ago. */
const ago = (days: number): string =>
  new Date(startOf(addDays(today, -days)).getTime() + 9 * 3_600_000).toISOString()

const filingOf = (kind: Filing['kind'], ...events: Filing['events']): Filing => ({
  id: 'f2',
  caseNumber: '2026-0002',
  kind,
  form: { id: 'initial', version: 1 },
  applicant: 'wang',
  organizationName: '夕阳红舞蹈队',
  organizationId: 'f1',
  place: '450205001008',
  answers: {},
  events: [{ type: 'submitted', by: 'wang', at: ago(5000) }, ...events],
})
const office = { by: 'lijie', as: 'street' as const }
const grant = { filingNumber: '柳北解备〔2026〕1号', filedOn: '2026-01-05', validUntil: '2028-01-05' }

describe('a filing is due the day after its time is over', () => {
  test.each<[string, Filing, Filing, string]>([
    [
      'declined',
      filingOf('initial', { type: 'declined', ...office, at: ago(retention.declined.days), reason: '重名' }),
      filingOf('initial', {
        type: 'declined',
        ...office,
        at: ago(retention.declined.days + 1),
        reason: '重名',
      }),
      'f2',
    ],
    [
      'withdrawn',
      filingOf('initial', { type: 'withdrawn', by: 'wang', at: ago(retention.withdrawn.days) }),
      filingOf('initial', { type: 'withdrawn', by: 'wang', at: ago(retention.withdrawn.days + 1) }),
      'f2',
    ],
    [
      'cancelled',
      filingOf('cancellation', { type: 'approved', ...office, at: ago(retention.cancelled.days), ...grant }),
      filingOf('cancellation', {
        type: 'approved',
        ...office,
        at: ago(retention.cancelled.days + 1),
        ...grant,
      }),
      'f1',
    ],
  ])('%s', (kind, kept, over, id) => {
    expect(dueFilings([kept], retention, today)).toEqual([])
    const due = dueFilings([over], retention, today)
    expect(due).toMatchObject([{ class: kind, id }])
    expect(due[0]?.says).not.toContain('wang')
  })
})

test('what is filed or under way is never due', () => {
  const old = ago(20_000)
  const living = [
    filingOf('initial'),
    filingOf('initial', { type: 'approved', ...office, at: old, ...grant }),
    filingOf('renewal', { type: 'approved', ...office, at: old, ...grant }),
    filingOf('cancellation'),
    filingOf('initial', { type: 'imported', by: 'ledger', at: old, ...grant }),
  ]
  expect(dueFilings(living, retention, today)).toEqual([])
})

test('a complaint is due long after its last answer, and without one never', () => {
  const days = retention.complaints.days
  const of = (...answered: number[]): Complaint => ({
    number: '投2026-0001',
    by: 'wang',
    named: false,
    shared: false,
    text: '总是锁着',
    at: ago(9000),
    answers: answered.map((day) => ({ by: 'zhao', at: ago(day), text: '好的' })),
  })
  expect(dueComplaints([of(), of(days), of(days + 5, days)], retention, today)).toEqual([])
  expect(dueComplaints([of(days + 1)], retention, today)).toHaveLength(1)
})

test('a time is counted in whole days of Asia/Shanghai', () => {
  expect(keptFrom({ ...retention, drafts: { days: 90, proposal: true } }, 'drafts', '2026-04-01')).toBe(
    '2025-12-31T16:00:00.000Z',
  )
})

test('a proposal is open until somebody seconds it, thirty days at most', () => {
  const purge = { id: 'p', items: [], proposed: { by: 'zhao', at: ago(30) } }
  const at = (days: number): Date => new Date(Date.parse(purge.proposed.at) + days * 86_400_000)
  expect(isOpenPurge(purge, at(29))).toBe(true)
  expect(isOpenPurge(purge, at(30))).toBe(false)
  expect(isOpenPurge({ ...purge, done: { by: 'qian', at: ago(1), items: [] } }, at(1))).toBe(false)
})
