import type { Bot } from '../bot.ts'
import type { Day } from '../clock.ts'
import type { Drafts } from '../conversation/reminding/letters.ts'
import { ledgerWords as words } from '../conversation/reminding/ledger-words.ts'
import type { Effect, Facts, Turn } from '../conversation/turn.ts'
import type { Session } from '../conversation/session.ts'
import { ledgerDocument } from '../conversation/reminding/ledgers.ts'
import { mayAct } from '../directory/may-act.ts'
import { staffName } from '../directory/scope.ts'
import { totals } from '../documents/monthly-ledger.ts'
import { AGREED, organizationIdOf, type Filing } from '../filings/filing.ts'
import { filingsAt } from '../receive/filings-at.ts'
import { closeLedger, monthlyLedger, type LedgerRow, type MonthlyLedger } from '../filings/monthly-ledger.ts'
import { organizationOf } from '../filings/organization.ts'
import { placeByCode } from '../filings/places.ts'
import { valueOf } from '../forms/answers.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import type { Pack } from '../pack.ts'
import { matterId } from '../reminders/matter.ts'
import type { Reminder } from '../reminders/owed.ts'
import type { Transaction } from '../store/store.ts'

/** What the access log says instead of a filing's id when somebody took a ledger away. */
export const LEDGER = 'ledger'

/** Every filing of the organizations that are or were at this authority. */
export async function chainsAt(authority: string, tx: Transaction): Promise<Filing[]> {
  const ids = new Set((await filingsAt([authority], AGREED, tx)).map(organizationIdOf))
  const chains: Filing[] = []
  for (const id of ids) chains.push(...(await tx.listChain(id)))
  return chains
}

/** The ledger of an authority for a month from what is held now, not handed in. */
export async function draftLedger(
  { authority: code, month }: { authority: string; month: string },
  { pack, types, now }: { pack: Pack; types: FieldTypes; now: Date },
  tx: Transaction,
): Promise<MonthlyLedger> {
  const name = placeByCode(code, pack.jurisdiction)?.name ?? code
  const previous = await tx.findLedgerBefore(code, month)
  const rules = { jurisdiction: pack.jurisdiction, forms: pack.forms, types }
  return monthlyLedger(await chainsAt(code, tx), {
    authority: { code, name },
    month,
    now,
    rules,
    ...(previous ? { previous } : {}),
  })
}

/**
 * The same ledger with whole phone numbers as the record has them now: what is frozen never held them. Everything
 * else stays as it was handed in.
 */
export async function withPhones<Ledger extends MonthlyLedger>(
  ledger: Ledger,
  today: Day,
  tx: Transaction,
): Promise<Ledger> {
  const at = ledger.columns.indexOf('联系电话')
  if (at < 0) return ledger
  const rows: LedgerRow[] = []
  for (const { id, cells } of ledger.rows) {
    const phone = valueOf(organizationOf(await tx.listChain(id), today)?.answers ?? {}, 'principalPhone')
    rows.push({ id, cells: typeof phone === 'string' ? cells.with(at, phone) : cells })
  }
  return { ...ledger, rows }
}

type Performing = { turn: Turn; before: Session; tx: Transaction; facts: Facts }

/** Freezes the ledger of a month, decided anew under the lock. Once closed it says so and changes nothing. */
export async function performClosing(
  { month, authority, nothing }: Extract<Effect, { type: 'closeLedger' }>,
  { turn, before, tx, facts }: Performing,
): Promise<Turn> {
  const lost = (text: string): Turn => ({ ...turn, session: before, reply: { text } })
  const { person, staff, now, pack, types } = facts
  const may = mayAct(staff, person, 'closeLedger', { place: authority })
  if (!may.ok) return lost(may.because)
  const known = await tx.findLedger(authority, month)
  if (known) return lost(words.closedBefore(known.name, month, known.closed.name, known.closed.at))
  const draft = await draftLedger({ authority, month }, { pack, types, now }, tx)
  if (nothing && draft.changes.length > 0) return lost(words.changed(month, totals(draft)))
  const at = now.toISOString()
  const closed = closeLedger(draft, { by: person, name: staffName(staff, person), at })
  await tx.saveLedger(closed)
  const id = matterId('ledger', month, authority)
  const matter = (await tx.findMatter(id)) ?? {
    id,
    duty: 'ledger',
    period: month,
    target: authority,
    place: authority,
    events: [],
  }
  const event = {
    type: 'reported' as const,
    at,
    by: person,
    ...(draft.changes.length === 0 ? { nothing: true as const } : {}),
    fingerprint: closed.fingerprint,
  }
  await tx.saveMatter({ ...matter, events: [...matter.events, event] })
  await tx.logAccess({ by: person, filingId: LEDGER, reason: words.closingNoted(closed.name, month), at })
  return {
    ...turn,
    reply: {
      text: words.closed(closed.name, month, totals(closed), closed.fingerprint),
      documents: [ledgerDocument(person, month, { code: authority, name: closed.name }, 'closed')],
    },
  }
}

/** In short what the drafts say that officers are reminded of, by the ids of their matters. */
export async function ledgerDrafts(reminders: readonly Reminder[], bot: Bot): Promise<Drafts> {
  const { store, pack, types, clock } = bot
  const drafts = new Map<string, { totals: string; unchanged: boolean }>()
  for (const { duty, period: month, target: authority } of reminders) {
    const id = matterId(duty.id, month, authority)
    if (drafts.has(id)) continue
    const of = { authority, month }
    const draft = await store.transact((tx) => draftLedger(of, { pack, types, now: clock.now() }, tx))
    drafts.set(id, { totals: totals(draft), unchanged: draft.changes.length === 0 })
  }
  return drafts
}
