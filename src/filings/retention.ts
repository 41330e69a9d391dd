import { z } from 'zod'
import { addDays, dayOf, startOf, type Day } from '../clock.ts'
import type { RetentionRules } from '../pack.ts'
import type { Complaint } from './complaint.ts'
import { grantOf, organizationIdOf, statusOf, type Filing } from './filing.ts'

/** Classes of data, each kept for its own time (retention.yaml of the template pack). */
export const RetentionClass = z.enum([
  ...(['drafts', 'declined', 'withdrawn', 'cancelled', 'complaints', 'accesses'] as const),
  ...(['matters', 'ledgers'] as const),
])
export type RetentionClass = z.infer<typeof RetentionClass>

/** One thing whose time is over. It stays in the list of what was destroyed, so it says nothing about a person. */
export const PurgeItem = z.strictObject({
  class: RetentionClass,
  /**
   * A filing, an organization, a complaint, a ledger as `authority:month`; for drafts, matters and the access log the
   * instant before which they go.
   */
  id: z.string(),
  /** What it is, in words. */
  says: z.string().max(300),
})
export type PurgeItem = z.infer<typeof PurgeItem>

const Agreed = z.strictObject({ by: z.string(), at: z.iso.datetime() })

/** A list proposed by one person and carried out by another (practice.md 6.3: two persons, logged). Kept for ever. */
export const Purge = z.strictObject({
  id: z.string(),
  items: z.array(PurgeItem).min(1),
  proposed: Agreed,
  /** What was really destroyed: what was still due then. */
  done: z.strictObject({ ...Agreed.shape, items: z.array(PurgeItem) }).optional(),
})
export type Purge = z.infer<typeof Purge>

/** A proposal nobody seconds lapses. */
export const PROPOSAL_DAYS = 30

export const isOpenPurge = ({ proposed, done }: Purge, now: Date): boolean =>
  done === undefined && now.getTime() - Date.parse(proposed.at) < PROPOSAL_DAYS * 86_400_000

/** The instant before which what happened is no longer kept; at midnight, so that it holds for a whole day. */
export const keptFrom = (rules: RetentionRules, kind: RetentionClass, today: Day): string =>
  startOf(addDays(today, -rules[kind].days)).toISOString()

/** Filings declined or withdrawn long ago, and organizations cancelled long ago with all that was filed for them. */
export function dueFilings(filings: readonly Filing[], rules: RetentionRules, today: Day): PurgeItem[] {
  return filings.flatMap((filing): PurgeItem[] => {
    const { organizationName, caseNumber } = filing
    const status = statusOf(filing)
    const grant = grantOf(filing)
    if (status === 'declined' || status === 'withdrawn') {
      const at = filing.events.findLast(({ type }) => type === status)?.at
      const what = status === 'declined' ? '不予备案' : '已撤回'
      return at !== undefined && at < keptFrom(rules, status, today)
        ? [
            {
              class: status,
              id: filing.id,
              says: `${organizationName}（${caseNumber}），${dayOf(new Date(at))}${what}`,
            },
          ]
        : []
    }
    if (filing.kind !== 'cancellation' || !grant || grant.at >= keptFrom(rules, 'cancelled', today)) return []
    const says = `${organizationName}（${grant.filingNumber}），${dayOf(new Date(grant.at))}注销，全部档案`
    return [{ class: 'cancelled', id: organizationIdOf(filing), says }]
  })
}

/** Complaints answered long ago; one without an answer is kept until it has one. */
export const dueComplaints = (
  complaints: readonly Complaint[],
  rules: RetentionRules,
  today: Day,
): PurgeItem[] =>
  complaints.flatMap(({ number, answers }) => {
    const last = answers.at(-1)
    return last && last.at < keptFrom(rules, 'complaints', today)
      ? [{ class: 'complaints', id: number, says: `${number}，${dayOf(new Date(last.at))}答复` }]
      : []
  })
