import { createHash } from 'node:crypto'
import { z } from 'zod'
import { addDays, dayOf, startOf } from '../clock.ts'
import { grantOf, type Filing } from './filing.ts'
import { ledgerChanges } from './ledger-changes.ts'
import { LEDGER_COLUMNS, ledgerRow, organizationsIn, type LedgerRules } from './ledger.ts'
import type { Organization } from './organization.ts'
import { authorityOf } from './place-code.ts'
import { communitiesOf } from './places.ts'

/** One organization in a ledger: its cells under LEDGER_COLUMNS, without the number in sequence. */
export const LedgerRow = z.strictObject({ id: z.string(), cells: z.array(z.string()) })
export type LedgerRow = z.infer<typeof LedgerRow>

const month = z.string().regex(/^\d{4}-\d{2}$/)

/** The ledger of one filing authority for one month (附件5五1(2)), from what is held. */
export const MonthlyLedger = z.strictObject({
  month,
  /** Code of the street or town. */
  authority: z.string(),
  /** Its name when the ledger was made. */
  name: z.string(),
  /** What happened after `since` and up to `until` is what changed in it. */
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  columns: z.array(z.string()),
  rows: z.array(LedgerRow),
  /** Cells under CHANGE_COLUMNS, without the number in sequence. */
  changes: z.array(z.array(z.string())),
  /** Names of its communities and villages then, in the order of the pack. Ledgers closed earlier have none. */
  communities: z.array(z.string()).optional(),
})
export type MonthlyLedger = z.infer<typeof MonthlyLedger>

/** Handed in and frozen: it is never changed, and can be produced again exactly at any time. */
export const ClosedLedger = z.strictObject({
  ...MonthlyLedger.shape,
  closed: z.strictObject({ by: z.string(), name: z.string(), at: z.iso.datetime() }),
  /** SHA-256 in hex of what it says. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ClosedLedger = z.infer<typeof ClosedLedger>

/** The columns of a row, as the ledger keeps them. */
export const ROW_COLUMNS = LEDGER_COLUMNS.slice(1).map(({ title }) => title)

const CHANGES_AT = ROW_COLUMNS.indexOf('本月变化')

/** Of which authority and month, and what it builds on: the last ledger that was handed in, if any. */
export type LedgerOf = {
  authority: { code: string; name: string }
  month: string
  now: Date
  previous?: ClosedLedger
  rules: Omit<LedgerRules, 'today' | 'phones'>
}

/** The last instant of a month in Asia/Shanghai. */
const endOf = (month: string): Date =>
  new Date(startOf(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`).getTime() - 1)

const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7)

/**
 * What changed after the last ledger belongs into this one, so that nothing is told twice and nothing is left out;
 * with none handed in before, what changed in the month. A month that is over ends with its last instant.
 */
export function monthlyLedger(
  filings: readonly Filing[],
  { authority, month, now, previous, rules }: LedgerOf,
): MonthlyLedger {
  const until = new Date(Math.min(now.getTime(), endOf(month).getTime())).toISOString()
  const since = previous?.until ?? endOf(monthBefore(month)).toISOString()
  const standing = (from: string, to: string): Standing =>
    standingAt(filings, authority.code, from, to, rules)
  const present = standing(since, until)
  const before = previous ? standing(previous.since, previous.until) : standing(since, since)
  const changes = ledgerChanges(before, present, previous)
  const rows = present.here.map(({ organization, cells }) => {
    const kinds = changes.flatMap(({ id, kind }) => (id === organization.id ? [kind] : []))
    return { id: organization.id, cells: cells.with(CHANGES_AT, [...new Set(kinds)].join('、')) }
  })
  return {
    month,
    authority: authority.code,
    name: authority.name,
    since,
    until,
    columns: ROW_COLUMNS,
    rows,
    changes: changes.map((change) => change.cells),
    communities: communitiesOf(authority.code, rules.jurisdiction, dayOf(new Date(until))),
  }
}

/** How things stood at an instant: at this authority, and which organizations there were anywhere. */
export type Standing = {
  here: { organization: Organization; cells: string[] }[]
  anywhere: ReadonlyMap<string, Organization>
}

/** Cancelled ones stand in the ledger of their cancellation, and in no later one. */
function standingAt(
  filings: readonly Filing[],
  authority: string,
  since: string,
  until: string,
  rules: LedgerOf['rules'],
): Standing {
  const today = dayOf(new Date(until))
  const known = filings.flatMap((filing) => {
    const events = filing.events.filter(({ at }) => at <= until)
    return events.length > 0 ? [{ ...filing, events }] : []
  })
  const all = organizationsIn(known, today)
  const gone = new Set(
    known
      .filter((filing) => filing.kind === 'cancellation' && (grantOf(filing)?.at ?? until) <= since)
      .flatMap(({ organizationId }) => organizationId ?? []),
  )
  const here = all.filter(({ id, place }) => authorityOf(place) === authority && !gone.has(id))
  return {
    // Phones are masked for everybody: what is frozen is kept for good.
    here: here.map((organization) => ({
      organization,
      cells: ledgerRow(organization, { ...rules, today, phones: false }, ''),
    })),
    anywhere: new Map(all.map((organization) => [organization.id, organization])),
  }
}

/** SHA-256 of what a ledger says, in hex. */
export const fingerprintOf = ({ month, authority, columns, rows, changes }: MonthlyLedger): string =>
  createHash('sha256')
    .update(JSON.stringify([month, authority, columns, rows.map(({ cells }) => cells), changes]))
    .digest('hex')

export const closeLedger = (ledger: MonthlyLedger, closed: ClosedLedger['closed']): ClosedLedger => ({
  ...ledger,
  closed,
  fingerprint: fingerprintOf(ledger),
})
