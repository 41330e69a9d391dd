import { z } from 'zod'
import { Session, type Draft } from '../../conversation/session.ts'
import { Complaint } from '../../filings/complaint.ts'
import { Filing, grantOf, newNameOf, statusOf } from '../../filings/filing.ts'
import { ClosedLedger } from '../../filings/monthly-ledger.ts'
import { numberKey, type VoidedNumber } from '../../filings/number.ts'
import { Purge } from '../../filings/retention.ts'
import { OpenQuestion, statusOfQuestion } from '../../knowledge/questions.ts'
import type { UserId } from '../../messages.ts'
import { Matter } from '../../reminders/matter.ts'
import { DeliveryContent, StoredReplyContent } from '../contents.ts'
import { AccessLink } from '../access-chain.ts'
import type { Access, Delivery, DeliveryBody, StoredReply } from '../store.ts'
import type {
  AccessRow,
  ComplaintRow,
  DeliveryRow,
  FilingRow,
  LedgerRow,
  MatterRow,
  PurgeRow,
  QuestionRow,
  ReplyRow,
  SessionRow,
  VoidedNumberRow,
  TableName,
} from './rows.ts'
import type { Vault } from './vault.ts'

// Rows and the records they stand for. The names given to the vault tie a sealed value to its record.

/** What each table's sealed values are tied to, by key. */
export const recordNames: Record<string, (key: string) => string> = {
  replies: (messageId) => `reply:${messageId}`,
  sessions: (userId) => `session:${userId}`,
  filings: (id) => `filing:${id}`,
  voidedNumbers: (key) => `voidedNumber:${key}`,
  questions: (id) => `question:${id}`,
  accesses: (key) => `access:${key}`,
  complaints: (number) => `complaint:${number}`,
  purges: (id) => `purge:${id}`,
  matters: (id) => `matter:${id}`,
  ledgers: (key) => `ledger:${key}`,
  deliveries: (key) => `delivery:${key}`,
} satisfies Record<Exclude<TableName, 'spentKeys' | 'sequences'>, (key: string) => string>

export function replyRow(vault: Vault, { messageId, streamId, at, ...said }: StoredReply): ReplyRow {
  return { streamId, at, sealed: vault.seal(`reply:${messageId}`, said) }
}

export function replyOf(vault: Vault, messageId: string, { streamId, at, sealed }: ReplyRow): StoredReply {
  return { messageId, streamId, at, ...vault.open(`reply:${messageId}`, sealed, StoredReplyContent) }
}

export function sessionRow(vault: Vault, userId: UserId, session: Session): SessionRow {
  const drafts = session.drafts.map(touchedAt)
  return {
    drafts,
    declined: isDeclined(session),
    sealed: vault.seal(`session:${userId}`, session),
  }
}

export const isDeclined = ({ consents }: Session): boolean => consents.at(-1)?.agreed === false

/** When the last of its answers was given. */
export const touchedAt = ({ startedAt, answers }: Draft): string =>
  Object.values(answers).reduce((last, { at }) => (at > last ? at : last), startedAt)

export function sessionOf(vault: Vault, userId: UserId, row: SessionRow): Session {
  return vault.open(`session:${userId}`, row.sealed, Session)
}

export function filingRow(vault: Vault, filing: Filing): FilingRow {
  const { caseNumber, kind, applicant, organizationName, organizationId, place } = filing
  const newName = newNameOf(filing)
  const grant = grantOf(filing)
  return {
    caseNumber,
    kind,
    applicant,
    organizationName,
    ...(newName !== undefined && { newName }),
    ...(organizationId !== undefined && { organizationId }),
    place,
    status: statusOf(filing),
    ...(grant && { number: numberKey(grant.filingNumber) }),
    sealed: vault.seal(`filing:${filing.id}`, filing),
  }
}

export function filingOf(vault: Vault, id: string, row: FilingRow): Filing {
  return vault.open(`filing:${id}`, row.sealed, Filing)
}

export function voidedNumberRow(vault: Vault, voided: VoidedNumber): VoidedNumberRow {
  const { filingNumber, reason, by, at } = voided
  return { filingNumber, by, at, sealed: vault.seal(`voidedNumber:${numberKey(filingNumber)}`, reason) }
}

export function voidedNumberOf(vault: Vault, key: string, row: VoidedNumberRow): VoidedNumber {
  const { sealed, ...rest } = row
  return { ...rest, reason: vault.open(`voidedNumber:${key}`, sealed, z.string()) }
}

export function questionRow(vault: Vault, question: OpenQuestion): QuestionRow {
  const { id, firstAt } = question
  return { status: statusOfQuestion(question), firstAt, sealed: vault.seal(`question:${id}`, question) }
}

export function questionOf(vault: Vault, id: string, row: QuestionRow): OpenQuestion {
  return vault.open(`question:${id}`, row.sealed, OpenQuestion)
}

/** The reason alone is what was kept before there was a chain. */
const SealedAccess = z.union([
  z.string().transform((reason) => ({ reason })),
  z.strictObject({ reason: z.string(), link: AccessLink.optional() }),
])

export function accessRow(vault: Vault, key: string, { reason, link, ...rest }: Access): AccessRow {
  return { ...rest, sealed: vault.seal(`access:${key}`, { reason, link }) }
}

export function accessOf(vault: Vault, key: string, { sealed, ...rest }: AccessRow): Access {
  return { ...rest, ...vault.open(`access:${key}`, sealed, SealedAccess) }
}

export const complaintRow = (vault: Vault, complaint: Complaint): ComplaintRow => ({
  at: complaint.at,
  sealed: vault.seal(`complaint:${complaint.number}`, complaint),
})

export const complaintOf = (vault: Vault, number: string, row: ComplaintRow): Complaint =>
  vault.open(`complaint:${number}`, row.sealed, Complaint)

export const purgeRow = (vault: Vault, purge: Purge): PurgeRow => ({
  at: purge.proposed.at,
  sealed: vault.seal(`purge:${purge.id}`, purge),
})

export const purgeOf = (vault: Vault, id: string, row: PurgeRow): Purge =>
  vault.open(`purge:${id}`, row.sealed, Purge)

export function deliveryRow(
  vault: Vault,
  order: number,
  { key, body, enqueuedAt, dueAt }: { key: string; body: DeliveryBody; enqueuedAt: string; dueAt: string },
): DeliveryRow {
  const sealed = vault.seal(`delivery:${key}`, body)
  // A kind of delivery that could not be read back must not compile.
  const type = body.type satisfies z.infer<typeof DeliveryContent>['type']
  return { order, to: body.to, type, enqueuedAt, dueAt, attempts: 0, state: 'waiting', sealed }
}

export function deliveryOf(vault: Vault, key: string, row: DeliveryRow): Delivery {
  const { enqueuedAt, dueAt, attempts, state, settledAt, problem, sealed } = row
  const { leasedUntil, doubtfulSince, mediaId } = row
  return {
    key,
    body: vault.open(`delivery:${key}`, sealed, DeliveryContent),
    enqueuedAt,
    dueAt,
    attempts,
    state,
    ...(leasedUntil !== undefined && { leasedUntil }),
    ...(doubtfulSince !== undefined && { doubtfulSince }),
    ...(mediaId !== undefined && { mediaId }),
    ...(settledAt !== undefined && { settledAt }),
    ...(problem !== undefined && { problem }),
  }
}

export function matterRow(vault: Vault, matter: Matter): MatterRow {
  const to = matter.events.flatMap((event) => (event.type === 'reminded' ? [event.to] : []))
  const at = matter.events.at(-1)?.at ?? ''
  return { at, to: [...new Set(to)], sealed: vault.seal(`matter:${matter.id}`, matter) }
}

export const matterOf = (vault: Vault, id: string, { sealed }: MatterRow): Matter =>
  vault.open(`matter:${id}`, sealed, Matter)

/** Keys of one authority follow each other by month. */
export const ledgerKey = (authority: string, month: string): string => `${authority}:${month}`

export const ledgerRow = (vault: Vault, ledger: ClosedLedger): LedgerRow => ({
  sealed: vault.seal(`ledger:${ledgerKey(ledger.authority, ledger.month)}`, ledger),
})

export const ledgerOf = (vault: Vault, key: string, { sealed }: LedgerRow): ClosedLedger =>
  vault.open(`ledger:${key}`, sealed, ClosedLedger)
