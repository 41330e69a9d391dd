import type { AccessLink } from './access-chain.ts'
import type { Draft, Session } from '../conversation/session.ts'
import type { Complaint } from '../filings/complaint.ts'
import type { Filing, FilingStatus } from '../filings/filing.ts'
import type { ClosedLedger } from '../filings/monthly-ledger.ts'
import type { VoidedNumber } from '../filings/number.ts'
import type { Purge } from '../filings/retention.ts'
import type { OpenQuestion, QuestionStatus } from '../knowledge/questions.ts'
import type { Day } from '../clock.ts'
import type { Matter } from '../reminders/matter.ts'
import type { SentOwing, SentReminder } from '../reminders/sent.ts'
import type { Channel, DocumentRef, Media, Reply, UserId } from '../messages.ts'

/** What was answered to one message, kept so that a redelivery gets the same. */
export type StoredReply = {
  messageId: string
  from: UserId
  at: string
  reply: Reply
  /** Robot only: the id of the stream the answer is shown in. */
  streamId: string
  /** False while something slow (a file, a model) is still being worked on. */
  finished: boolean
  /** Click only: what its card shows from now on. */
  notice?: string
  /** Unfinished only: when the answer is given up (ISO instant). */
  until?: string
  /** The question it answers, without personal data; people may then rate the answer. */
  asked?: string
  /** Somebody did. */
  disliked?: boolean
}

/** How much of what was promised on a day did not arrive, or perhaps not. */
export type LostOn = { day: Day; count: number }

/** An effect on the outside. Composed and sent by `deliver` after the turn is durable. */
export type DeliveryBody =
  /** A text (and card) to one person by the app. */
  | { type: 'message'; to: UserId; reply: Reply }
  /** A made document to one person by the app. */
  | { type: 'document'; to: UserId; document: DocumentRef }
  /** News for one person by the app, only in the hours in which people may be written to. */
  | { type: 'letter'; to: UserId; reply: Reply }
  /**
   * What one person is reminded of on one day, in the same hours of that day. It is composed when it leaves, of
   * what is still open then; `news` and `more` are said below, and `lost` is what `more` says of earlier days. With
   * `card` only the card of that id, with `file` only the draft that belongs to the matter of that id.
   */
  | {
      type: 'reminders'
      to: UserId
      day: Day
      reminders: SentReminder[]
      news?: string[]
      more: string[]
      lost?: LostOn[]
      card?: string
      file?: string
    }
  /**
   * What is owed at its place, into the group of this name, in the same hours of one day: at most once. Composed
   * when it leaves, of who still owes; `numbers` is a line that is told in any case.
   */
  | { type: 'group'; to: string; place: string; day: Day; owing: SentOwing[]; numbers?: string }
  /** The picture of a place's numbers into the group of this name and place, in the same hours: at most once. */
  | { type: 'groupChart'; to: string; place: string }
  /** The same numbers as a sheet, for the staff group of a street. */
  | { type: 'groupTable'; to: string; place: string }
  /** One use of a robot message's response_url: at most once. */
  | { type: 'responseUrl'; to: UserId; url: string; reply: Reply }
  /** A file somebody sent is fetched and read, and what it says goes on as a message of its own. */
  | { type: 'readFile'; to: UserId; messageId: string; channel: Channel; media: Media }

/**
 * How long the key of a delivery stays taken after the delivery itself was forgotten: longer than anything
 * is promised again under the same key.
 */
export const SPENT_KEY_DAYS = 400

/** What the app sends to one person arrives in the order it was promised; the other ways have no order. */
export const KEEPS_ORDER: readonly DeliveryBody['type'][] = ['message', 'document', 'letter', 'reminders']

/** How an attempt to deliver ended. */
export type Outcome = {
  state: Exclude<Delivery['state'], 'leased'>
  dueAt?: string
  problem?: string
  doubtful?: true
}

export type Delivery = {
  /** Promised once, whatever crashes. */
  key: string
  body: DeliveryBody
  enqueuedAt: string
  /** Not before. */
  dueAt: string
  attempts: number
  /** `dropped`: it was not needed any more before it left. */
  state: 'waiting' | 'leased' | 'sent' | 'failed' | 'unknown' | 'dropped'
  leasedUntil?: string
  /** Since when an attempt may have arrived: its process died over it, or the answer to it was lost. */
  doubtfulSince?: string
  /** Under which its file was uploaded for this delivery. */
  mediaId?: string
  /** When the last attempt was settled, by the store's clock. */
  settledAt?: string
  /** Why the last attempt failed, in words for the operator; never personal data. */
  problem?: string
}

/** `filingId` is the filing that gives it this name, `organizationId` the first of its chain. */
export type OrganizationRef = {
  name: string
  place: string
  filingId: string
  organizationId: string
  applicant: UserId
}

/** Which filings: those of a place in a status. */
export type FilingQuery = {
  /** Codes of communities, villages, streets and towns; a street or town with all that lies in it. Without: everywhere. */
  places?: readonly string[]
  statuses: readonly FilingStatus[]
  /** Without: of every kind. */
  kinds?: readonly Filing['kind'][]
  limit: number
}

/** Somebody looked at the full personal data of a filing, and why. */
export type Access = {
  by: UserId
  filingId: string
  reason: string
  at: string
  /** Given by the store; absent for what was noted before there were any. */
  link?: AccessLink | undefined
}

/**
 * Where everything lives. One contract, tested against every implementation.
 * Transactions happen whole or not at all; they may be retried, so `work` must not act on the outside, and
 * nothing slow belongs inside: a person's session is locked until the end. `work` may not open another
 * transaction, and one that takes longer than ten seconds is rejected.
 * What is read or saved stays as it is: changing it changes nothing in the store, and may throw.
 */
export interface Store {
  /**
   * Resolves once everything `work` wrote and read is durable. Rejects, with nothing written, when `work`
   * rejects. Rejects with StoreError when the store is closed or cannot write any more; then what `work` wrote
   * may or may not be there, whole, when it is opened again.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Whether messages can be taken now. */
  isReady(): boolean
  /** Counts for /metrics; `waiting` deliveries are all that are not settled for good, leased ones too. */
  counts(): Promise<Record<'filings' | 'sessions' | 'waiting' | 'failed' | 'unknown', number>>
  /** Finishes what is running, writes a snapshot and lets go of the lock. */
  close(): Promise<void>
}

export interface Transaction {
  findReply(messageId: string): Promise<StoredReply | undefined>
  findReplyByStream(streamId: string): Promise<StoredReply | undefined>
  /** Inserts, or replaces the reply of the same message (a stream that went on). */
  saveReply(reply: StoredReply): Promise<void>
  /** Forgets replies older than `before` (ISO instant); returns how many. */
  forgetReplies(before: string): Promise<number>

  /** The person's session, locked until the end of the transaction; a new one when there is none. */
  getSession(userId: UserId): Promise<Session>
  saveSession(userId: UserId, session: Session): Promise<void>

  findFiling(id: string): Promise<Filing | undefined>
  /**
   * Inserts or replaces. Rejects with StoreError when its filing number belongs to another organization or was
   * voided: a number is given once and never again.
   */
  saveFiling(filing: Filing): Promise<void>
  /** In the order of their case numbers. */
  listFilingsOf(applicant: UserId): Promise<Filing[]>
  /** For the lists of staff, in the order of their case numbers. Takes no longer the more filings there are elsewhere. */
  listFilings(query: FilingQuery): Promise<Filing[]>
  /** All filings of an organization, in the order of their case numbers. */
  listChain(organizationId: string): Promise<Filing[]>
  /** The first filing that was given this number, with whatever brackets and leading zeros it is written. */
  findByNumber(filingNumber: string): Promise<Filing | undefined>
  /** Whether a filing has this number or it was voided. */
  isNumberTaken(filingNumber: string): Promise<boolean>
  /**
   * Organizations whose normalized name (see `filings/names.ts`) equals `normalizedName`: filed ones, expired or
   * not, and those whose filing is under way. Not those whose filing was withdrawn or declined, nor cancelled
   * ones, nor the old name of one that has changed it.
   */
  findOrganizations(normalizedName: string): Promise<OrganizationRef[]>
  /** The next number of a sequence, from `first` (1), without gaps among committed transactions. */
  nextNumber(sequence: string, first?: number): Promise<number>
  /** The number given last of a sequence; 0 when there was none. */
  lastNumber(sequence: string): Promise<number>
  /** Takes a filing number out of use for good. Rejects with StoreError when a filing has it or it is voided. */
  voidNumber(voided: VoidedNumber): Promise<void>
  /** In the order in which they were voided. */
  listVoidedNumbers(): Promise<VoidedNumber[]>

  findQuestion(id: string): Promise<OpenQuestion | undefined>
  /** Inserts or replaces. */
  saveQuestion(question: OpenQuestion): Promise<void>
  /** At most `limit` of these statuses, the first asked first. */
  listQuestions(statuses: readonly QuestionStatus[], limit: number): Promise<OpenQuestion[]>

  /**
   * Notes that somebody looked at full personal data; what was noted is never changed. Each entry is linked to
   * the one before (see `access-chain.ts`); their numbers are those of the sequence `access`.
   */
  logAccess(access: Access): Promise<void>
  /** Latest first: of one filing or of all, between two instants (`until` excluded). */
  listAccess(query: { filingId?: string; from?: string; until?: string; limit: number }): Promise<Access[]>

  /** Inserts or replaces. */
  saveComplaint(complaint: Complaint): Promise<void>
  findComplaint(number: string): Promise<Complaint | undefined>
  /** Latest first. */
  listComplaints(limit: number): Promise<Complaint[]>
  forgetComplaint(number: string): Promise<void>

  /** Drafts nobody touched since `before` (ISO instant), of people who did not refuse the notice. */
  listIdleDrafts(before: string): Promise<{ by: UserId; draft: Draft; touchedAt: string }[]>
  /** Who declined the notice about personal data, the last time they were asked; in no order. */
  listDeclined(): Promise<UserId[]>
  /** How many drafts nobody touched since `before` (ISO instant). */
  countIdleDrafts(before: string): Promise<number>
  /** Forgets these drafts, and nothing else of their sessions; returns how many. */
  forgetIdleDrafts(before: string): Promise<number>
  /**
   * Forgets a filing for good. When no other filing has its filing number, that is voided with the reason given:
   * it is never issued again.
   */
  forgetFiling(id: string, voided: Omit<VoidedNumber, 'filingNumber'>): Promise<void>
  /** Forgets what was noted before `before` (ISO instant); returns how many. */
  forgetAccess(before: string): Promise<number>
  /** Inserts or replaces. */
  savePurge(purge: Purge): Promise<void>
  /** Latest first. */
  listPurges(limit: number): Promise<Purge[]>

  findMatter(id: string): Promise<Matter | undefined>
  /** Inserts or replaces. */
  saveMatter(matter: Matter): Promise<void>
  /**
   * Matters in which something happened last at or after `since` and before `until` (ISO instants), and of which
   * `to` was reminded, if given; the latest first.
   */
  listMatters(query: { since?: string; until?: string; to?: UserId; limit: number }): Promise<Matter[]>
  /** Forgets matters in which nothing happened since `before` (ISO instant); returns how many. */
  forgetMatters(before: string): Promise<number>

  /** Rejects with StoreError when this authority's ledger of this month was closed before: it is never changed. */
  saveLedger(ledger: ClosedLedger): Promise<void>
  /** The ledger an authority (a code) handed in for a month. */
  findLedger(authority: string, month: string): Promise<ClosedLedger | undefined>
  /** The last one it handed in for a month before this one. */
  findLedgerBefore(authority: string, month: string): Promise<ClosedLedger | undefined>
  forgetLedger(authority: string, month: string): Promise<void>

  /** Adds a delivery in state `waiting`; returns false, changing nothing, when the key is known or spent. */
  enqueue(delivery: { key: string; body: DeliveryBody; enqueuedAt: string; dueAt: string }): Promise<boolean>
  /**
   * Leases up to `limit` deliveries that are due at `now`: waiting ones, and leased ones whose lease ran out
   * (their process died; `attempts` was counted when they were leased, and they are doubtful since then). A lease
   * that was taken after `leaseUntil` is over too: the clock was moved back. Oldest enqueued first.
   * What the app sends one person (see KEEPS_ORDER) keeps its order: none is leased while an older one is
   * leased, or failed (it has a `problem`) and waits for its next attempt. One claim may lease several, to be
   * sent one after another.
   */
  claimDeliveries(now: string, leaseUntil: string, limit: number): Promise<Delivery[]>
  findDelivery(key: string): Promise<Delivery | undefined>
  /** Keeps the media id of a delivery's file, so that a repetition is the same message. */
  noteUpload(key: string, mediaId: string): Promise<void>
  /**
   * Writes how an attempt ended. `waiting` tries again at `dueAt`, after a failure when there is a `problem`,
   * otherwise merely put off, which does not count as an attempt. `doubtful`: this attempt may have arrived.
   * Throws StoreError when there is no such delivery.
   */
  settleDelivery(key: string, outcome: Outcome): Promise<void>
  /** Oldest first. */
  listDeliveries(state: Delivery['state'], limit: number): Promise<Delivery[]>
  /** How far all deliveries are whose key begins with `prefix`, in no order. */
  listKeys(prefix: string): Promise<Pick<Delivery, 'key' | 'state' | 'doubtfulSince'>[]>
  /** How many of what the app sends (see KEEPS_ORDER) were settled as sent to a person since an instant. */
  countSent(to: UserId, since: string): Promise<number>
  /**
   * Forgets deliveries that were settled for good before `before` (ISO instant); returns how many. Their keys
   * stay taken for SPENT_KEY_DAYS more.
   */
  forgetDeliveries(before: string): Promise<number>
}
