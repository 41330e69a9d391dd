import { authorityOf } from '../../filings/place-code.ts'
import { ledgerKey } from '../memory/records.ts'
import { KEEPS_ORDER, SPENT_KEY_DAYS, type Delivery, type FilingQuery, type Transaction } from '../store.ts'
import type { TableName } from '../memory/rows.ts'

// What is asked besides single values, in words of the tables. Every one has an index (explain.test.ts).

/** The end of a `select`, in the order in which the first rows are wanted. */
export type Query = { table: TableName; where: string; values: readonly unknown[] }

const DAY_MS = 86_400_000

export function filings({ places, statuses, kinds }: FilingQuery): Query {
  const values: unknown[] = [[...new Set(statuses)]]
  const conditions = ['status = any($1)']
  if (places) {
    // A place with all that lies in it, or one community or village of a street or town.
    const whole = places.filter((place) => authorityOf(place) === place)
    values.push([...new Set(places.map(authorityOf))], whole, [...places])
    conditions.push('authority = any($2)', '(authority = any($3) or place = any($4))')
  }
  if (kinds) {
    values.push([...kinds])
    conditions.push(`kind = any($${values.length})`)
  }
  return { table: 'filings', where: `where ${conditions.join(' and ')} order by "caseOrder"`, values }
}

export const voidedNumbers: Query = { table: 'voidedNumbers', where: '', values: [] }

export const questions = (statuses: readonly string[]): Query => ({
  table: 'questions',
  where: 'where status = any($1) order by "firstAt", key',
  values: [[...statuses]],
})

export function accesses({ filingId, from, until }: Parameters<Transaction['listAccess']>[0]): Query {
  const values: unknown[] = []
  const conditions: string[] = []
  const ask = (condition: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`)
  }
  ask('"filingId" =', filingId)
  ask('at >=', from)
  ask('at <', until)
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')} ` : ''
  return { table: 'accesses', where: `${where}order by place desc`, values }
}

export const latest = (table: 'complaints' | 'purges'): Query => ({
  table,
  where: 'order by at desc',
  values: [],
})

export const idleSessions = (before: string): Query => ({
  table: 'sessions',
  where: 'where "firstDraft" < $1 order by key',
  values: [before],
})

/** Those of old rows, which do not say, are looked at. */
export const declinedSessions: Query = {
  table: 'sessions',
  where: 'where declined is not false',
  values: [],
}

export function matters({ since = '', until, to }: Parameters<Transaction['listMatters']>[0]): Query {
  const values: unknown[] = [since]
  const conditions = ['at >= $1']
  if (until !== undefined) conditions.push(`at < $${values.push(until)}`)
  if (to !== undefined) conditions.push(`"to" @> $${values.push([to])}`)
  return { table: 'matters', where: `where ${conditions.join(' and ')} order by at desc`, values }
}

/** The last one of an authority before a month. */
export const ledgerBefore = (authority: string, month: string): Query => ({
  table: 'ledgers',
  where: 'where key >= $1 and key < $2 order by key desc limit 1',
  values: [ledgerKey(authority, ''), ledgerKey(authority, month)],
})

export const deliveries = (state: Delivery['state']): Query => ({
  table: 'deliveries',
  where: 'where state = $1 order by "order"',
  values: [state],
})

/**
 * The oldest that are due at `now` and not held back: what the app sends one person waits for an older one that
 * is out, or failed and waits (see memory/outbox.ts). Those another process just settles are passed over.
 */
export const due = (now: string, leaseUntil: string, limit: number): Query => ({
  table: 'deliveries',
  where: `as mine where state in ('waiting', 'leased')
    and ("dueFrom" <= $1 or state = 'leased' and "leasedAt" > $2)
    and (type <> all($3) or not exists (
      select from deliveries as older where older."to" = mine."to" and older."order" < mine."order"
        and older.state in ('waiting', 'leased') and older.type = any($3) and older."dueFrom" > $1
        and (older.state = 'leased' and coalesce(older."leasedAt", '') <= $2
          or older.state = 'waiting' and older.problem is not null)))
    order by "order" limit $4 for update of mine skip locked`,
  values: [now, leaseUntil, [...KEEPS_ORDER], limit],
})

export const sentTo = (person: string, since: string): Query => ({
  table: 'deliveries',
  where: `where "to" = $1 and state = 'sent' and "doneAt" >= $2`,
  values: [person, since],
})

/** Keys and states only: there may be as many as a city has people. */
export const keysWith = (prefix: string): Statement => ({
  text: 'select key, state, "doubtfulSince" from deliveries where key >= $1 and key < $2',
  values: [prefix, `${prefix}\u{10ffff}`],
})

/** What is done in the database itself, because it may concern a great many rows. */
export type Statement = { text: string; values: readonly unknown[] }

export const forgetReplies = (before: string): Statement => ({
  text: 'delete from replies where at < $1',
  values: [before],
})

export const forgetAccess = (before: string): Statement => ({
  text: 'delete from accesses where at < $1',
  values: [before],
})

export const forgetMatters = (before: string): Statement => ({
  text: 'delete from matters where at < $1',
  values: [before],
})

/** The keys of what is forgotten stay taken, those spent long enough are free again. */
export const forgetDeliveries = (before: string): Statement => ({
  text: `with free as (delete from "spentKeys" where "sentAt" < $2),
    gone as (delete from deliveries where state in ('sent', 'failed', 'unknown', 'dropped') and "doneAt" < $1
      returning key, "doneAt")
    insert into "spentKeys" (key, revision, "sentAt") select key, 1, "doneAt" from gone`,
  values: [before, new Date(Date.parse(before) - SPENT_KEY_DAYS * DAY_MS).toISOString()],
})
