import { newSession, type Session } from '../../conversation/session.ts'
import type { Complaint } from '../../filings/complaint.ts'
import { grantOf, organizationIdOf, type Filing } from '../../filings/filing.ts'
import type { ClosedLedger } from '../../filings/monthly-ledger.ts'
import { numberKey, type VoidedNumber } from '../../filings/number.ts'
import type { Purge } from '../../filings/retention.ts'
import type { OpenQuestion, QuestionStatus } from '../../knowledge/questions.ts'
import type { UserId } from '../../messages.ts'
import type { Matter } from '../../reminders/matter.ts'
import { StoreError } from '../error.ts'
import {
  SPENT_KEY_DAYS,
  type Access,
  type Delivery,
  type FilingQuery,
  type Outcome,
  type StoredReply,
  type Transaction,
} from '../store.ts'
import { CHAIN_START, linkOf } from '../access-chain.ts'
import { chooseDue, keepsOrder, leasedRow, SETTLED, settledAtOf, settledRow } from './outbox.ts'
import { byCaseNumber, chainRows, filingRows, organizationsNamed } from './find.ts'
import type { Data } from './data.ts'
import {
  accessOf,
  accessRow,
  complaintOf,
  complaintRow,
  deliveryOf,
  deliveryRow,
  filingOf,
  filingRow,
  ledgerKey,
  ledgerOf,
  ledgerRow,
  matterOf,
  matterRow,
  purgeOf,
  purgeRow,
  questionOf,
  questionRow,
  replyOf,
  replyRow,
  sessionOf,
  sessionRow,
  isDeclined,
  touchedAt,
  voidedNumberOf,
  voidedNumberRow,
} from './records.ts'
import type { DeliveryRow, FilingRow, SessionRow } from './rows.ts'
import type { Vault } from './vault.ts'

const DAY_MS = 86_400_000

/** One transaction on rows in memory; whoever runs it commits the data or rolls it back, then ends it. */
export class MemoryTransaction implements Transaction {
  readonly #data: Data
  readonly #vault: Vault
  readonly #now: () => Date
  #over = false

  constructor(data: Data, vault: Vault, now: () => Date) {
    this.#data = data
    this.#vault = vault
    this.#now = now
  }

  /** From here on every use is an error: it would write into somebody else's transaction. */
  end(): void {
    this.#over = true
  }

  get #live(): Data {
    if (this.#over) throw new StoreError('a transaction was used after its end')
    return this.#data
  }

  async findReply(messageId: string) {
    const row = this.#live.replies.get(messageId)
    return row && replyOf(this.#vault, messageId, row)
  }

  async findReplyByStream(streamId: string) {
    const [messageId] = this.#live.repliesByStream.keys(streamId)
    return messageId === undefined ? undefined : this.findReply(messageId)
  }

  async saveReply(reply: StoredReply) {
    this.#live.replies.put(reply.messageId, replyRow(this.#vault, reply))
  }

  async forgetReplies(before: string) {
    const { replies } = this.#live
    const old = [...replies.entries()].filter(([, row]) => row.at < before)
    for (const [messageId] of old) replies.put(messageId, undefined)
    return old.length
  }

  async getSession(userId: UserId) {
    const row = this.#live.sessions.get(userId)
    return row ? sessionOf(this.#vault, userId, row) : structuredClone(newSession)
  }

  async saveSession(userId: UserId, session: Session) {
    this.#live.sessions.put(userId, sessionRow(this.#vault, userId, session))
  }

  async findFiling(id: string) {
    const row = this.#live.filings.get(id)
    return row && filingOf(this.#vault, id, row)
  }

  async saveFiling(filing: Filing) {
    const row = filingRow(this.#vault, filing)
    if (row.number !== undefined) this.#requireFree(row.number, organizationIdOf(filing))
    this.#live.filings.put(filing.id, row)
  }

  async listFilingsOf(applicant: UserId) {
    const { filings, filingsByApplicant } = this.#live
    return this.#opened(filings.among(filingsByApplicant.keys(applicant)))
  }

  async listFilings({ places, statuses, kinds, limit }: FilingQuery) {
    const rows = filingRows(this.#live, places, statuses)
    const wanted = kinds ? rows.filter(([, { kind }]) => kinds.some((one) => one === kind)) : rows
    return this.#opened(wanted, limit)
  }

  async listChain(organizationId: string) {
    return this.#opened(chainRows(this.#live, organizationId))
  }

  async findByNumber(filingNumber: string) {
    const { filings, filingsByNumber } = this.#live
    const [first] = this.#opened(filings.among(filingsByNumber.keys(numberKey(filingNumber))), 1)
    return first
  }

  async isNumberTaken(filingNumber: string) {
    return this.#isTaken(numberKey(filingNumber))
  }

  async findOrganizations(normalizedName: string) {
    return organizationsNamed(this.#live, normalizedName)
  }

  async nextNumber(sequence: string, first = 1) {
    const { sequences } = this.#live
    const number = Math.max((sequences.get(sequence)?.last ?? 0) + 1, first)
    sequences.put(sequence, { last: number })
    return number
  }

  async lastNumber(sequence: string) {
    return this.#live.sequences.get(sequence)?.last ?? 0
  }

  async voidNumber(voided: VoidedNumber) {
    const key = numberKey(voided.filingNumber)
    this.#requireFree(key)
    this.#live.voidedNumbers.put(key, voidedNumberRow(this.#vault, voided))
  }

  async listVoidedNumbers() {
    const rows = [...this.#live.voidedNumbers.entries()]
    return rows
      .map(([key, row]) => voidedNumberOf(this.#vault, key, row))
      .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
  }

  async findQuestion(id: string) {
    const row = this.#live.questions.get(id)
    return row && questionOf(this.#vault, id, row)
  }

  async saveQuestion(question: OpenQuestion) {
    this.#live.questions.put(question.id, questionRow(this.#vault, question))
  }

  async listQuestions(statuses: readonly QuestionStatus[], limit: number) {
    const { questions, questionsByStatus } = this.#live
    return [...new Set(statuses)]
      .flatMap((status) => questions.among(questionsByStatus.keys(status)))
      .sort(([idA, a], [idB, b]) => (`${a.firstAt} ${idA}` < `${b.firstAt} ${idB}` ? -1 : 1))
      .slice(0, limit)
      .map(([id, row]) => questionOf(this.#vault, id, row))
  }

  async logAccess(access: Access) {
    const number = await this.nextNumber('access')
    const before = this.#live.accesses.get(String(number - 1))
    const link = before && accessOf(this.#vault, String(number - 1), before).link
    const linked = { ...access, link: linkOf(access, number, link?.digest ?? CHAIN_START) }
    this.#live.accesses.put(String(number), accessRow(this.#vault, String(number), linked))
  }

  async listAccess({ filingId, from = '', until, limit }: Parameters<Transaction['listAccess']>[0]) {
    const { accesses, accessesByFiling } = this.#live
    const rows =
      filingId === undefined ? [...accesses.entries()] : accesses.among(accessesByFiling.keys(filingId))
    return rows
      .filter(([, { at }]) => at >= from && (until === undefined || at < until))
      .sort(([a], [b]) => Number(b) - Number(a))
      .slice(0, limit)
      .map(([key, row]) => accessOf(this.#vault, key, row))
  }

  async saveComplaint(complaint: Complaint) {
    this.#live.complaints.put(complaint.number, complaintRow(this.#vault, complaint))
  }

  async findComplaint(number: string) {
    const row = this.#live.complaints.get(number)
    return row && complaintOf(this.#vault, number, row)
  }

  async listComplaints(limit: number) {
    return latest(this.#live.complaints.entries(), limit).map(([number, row]) =>
      complaintOf(this.#vault, number, row),
    )
  }

  async forgetComplaint(number: string) {
    this.#live.complaints.put(number, undefined)
  }

  async listIdleDrafts(before: string) {
    const rows = [...this.#live.sessions.entries()]
    return rows
      .filter((row) => this.#touched(row).some((at) => at < before))
      .flatMap(([by, row]) => {
        const session = sessionOf(this.#vault, by, row)
        if (isDeclined(session)) return []
        return session.drafts.map((draft) => ({ by, draft, touchedAt: touchedAt(draft) }))
      })
      .filter((idle) => idle.touchedAt < before)
  }

  async listDeclined() {
    return [...this.#live.sessions.entries()].flatMap(([userId, row]) =>
      (row.declined ?? isDeclined(sessionOf(this.#vault, userId, row))) ? [userId] : [],
    )
  }

  async countIdleDrafts(before: string) {
    const rows = [...this.#live.sessions.entries()]
    return rows.flatMap((row) => this.#touched(row)).filter((at) => at < before).length
  }

  async forgetIdleDrafts(before: string) {
    const rows = [...this.#live.sessions.entries()]
    const idle = rows.filter((row) => this.#touched(row).some((at) => at < before))
    let forgotten = 0
    for (const [userId, row] of idle) {
      const session = sessionOf(this.#vault, userId, row)
      const drafts = session.drafts.filter((draft) => touchedAt(draft) >= before)
      forgotten += session.drafts.length - drafts.length
      const isActiveGone = !drafts.some(({ id }) => id === session.active)
      const rest = isActiveGone ? { active: undefined, pending: undefined } : {}
      await this.saveSession(userId, { ...session, drafts, ...rest })
    }
    return forgotten
  }

  #touched([userId, row]: [string, SessionRow]): string[] {
    return row.drafts ?? sessionOf(this.#vault, userId, row).drafts.map(touchedAt)
  }

  async forgetFiling(id: string, voided: Omit<VoidedNumber, 'filingNumber'>) {
    const filing = await this.findFiling(id)
    if (!filing) return
    this.#live.filings.put(id, undefined)
    const number = grantOf(filing)?.filingNumber
    if (number !== undefined && !this.#isTaken(numberKey(number))) {
      await this.voidNumber({ ...voided, filingNumber: number })
    }
  }

  async forgetAccess(before: string) {
    const { accesses } = this.#live
    const old = [...accesses.entries()].filter(([, row]) => row.at < before)
    for (const [key] of old) accesses.put(key, undefined)
    return old.length
  }

  async savePurge(purge: Purge) {
    this.#live.purges.put(purge.id, purgeRow(this.#vault, purge))
  }

  async listPurges(limit: number) {
    return latest(this.#live.purges.entries(), limit).map(([id, row]) => purgeOf(this.#vault, id, row))
  }

  async findMatter(id: string) {
    const row = this.#live.matters.get(id)
    return row && matterOf(this.#vault, id, row)
  }

  async saveMatter(matter: Matter) {
    this.#live.matters.put(matter.id, matterRow(this.#vault, matter))
  }

  async listMatters({ since = '', until, to, limit }: Parameters<Transaction['listMatters']>[0]) {
    return [...this.#live.matters.entries()]
      .filter(([, { at }]) => at >= since && (until === undefined || at < until))
      .filter(([, row]) => to === undefined || row.to.includes(to))
      .sort(([, a], [, b]) => (a.at < b.at ? 1 : Number(a.at > b.at) * -1))
      .slice(0, limit)
      .map(([id, row]) => matterOf(this.#vault, id, row))
  }

  async forgetMatters(before: string) {
    const { matters } = this.#live
    const old = [...matters.entries()].filter(([, { at }]) => at < before)
    for (const [key] of old) matters.put(key, undefined)
    return old.length
  }

  async saveLedger(ledger: ClosedLedger) {
    const key = ledgerKey(ledger.authority, ledger.month)
    if (this.#live.ledgers.get(key)) throw new StoreError(`the ledger ${key} is closed`)
    this.#live.ledgers.put(key, ledgerRow(this.#vault, ledger))
  }

  async findLedger(authority: string, month: string) {
    const key = ledgerKey(authority, month)
    const row = this.#live.ledgers.get(key)
    return row && ledgerOf(this.#vault, key, row)
  }

  async findLedgerBefore(authority: string, month: string) {
    const end = ledgerKey(authority, month)
    const [key] = [...this.#live.ledgers.entries()]
      .map(([other]) => other)
      .filter((other) => other.startsWith(`${authority}:`) && other < end)
      .sort()
      .slice(-1)
    const row = key === undefined ? undefined : this.#live.ledgers.get(key)
    return key === undefined || row === undefined ? undefined : ledgerOf(this.#vault, key, row)
  }

  async forgetLedger(authority: string, month: string) {
    this.#live.ledgers.put(ledgerKey(authority, month), undefined)
  }

  async enqueue(delivery: Parameters<Transaction['enqueue']>[0]) {
    const { deliveries, spentKeys, nextOrder } = this.#live
    if (deliveries.get(delivery.key) || spentKeys.get(delivery.key)) return false
    deliveries.put(delivery.key, deliveryRow(this.#vault, nextOrder(), delivery))
    return true
  }

  async claimDeliveries(now: string, leaseUntil: string, limit: number) {
    const due = chooseDue(this.#byAge('waiting', 'leased'), now, leaseUntil, limit)
    return due.map(([key, row]) => {
      const leased = leasedRow(row, now, leaseUntil)
      this.#live.deliveries.put(key, leased)
      return deliveryOf(this.#vault, key, leased)
    })
  }

  async findDelivery(key: string) {
    const row = this.#live.deliveries.get(key)
    return row && deliveryOf(this.#vault, key, row)
  }

  async noteUpload(key: string, mediaId: string) {
    const { deliveries } = this.#live
    const row = deliveries.get(key)
    if (!row) throw new StoreError(`there is no delivery ${key}`)
    deliveries.put(key, { ...row, mediaId })
  }

  async settleDelivery(key: string, outcome: Outcome) {
    const row = this.#live.deliveries.get(key)
    if (!row) throw new StoreError(`there is no delivery ${key}`)
    this.#live.deliveries.put(key, settledRow(row, outcome, this.#now().toISOString()))
  }

  async listDeliveries(state: Delivery['state'], limit: number) {
    const rows = this.#byAge(state).slice(0, limit)
    return rows.map(([key, row]) => deliveryOf(this.#vault, key, row))
  }

  async listKeys(prefix: string) {
    const found: Pick<Delivery, 'key' | 'state' | 'doubtfulSince'>[] = []
    for (const [key, { state, doubtfulSince }] of this.#live.deliveries.entries()) {
      if (key.startsWith(prefix))
        found.push({ key, state, ...(doubtfulSince === undefined ? {} : { doubtfulSince }) })
    }
    return found
  }

  async countSent(to: UserId, since: string) {
    const { deliveries, deliveriesByPerson } = this.#live
    return deliveries
      .among(deliveriesByPerson.keys(to))
      .filter(([, row]) => row.state === 'sent' && keepsOrder(row) && settledAtOf(row) >= since).length
  }

  async forgetDeliveries(before: string) {
    const { deliveries, deliveriesByState, spentKeys } = this.#live
    const keysUntil = new Date(Date.parse(before) - SPENT_KEY_DAYS * DAY_MS).toISOString()
    for (const [key, { sentAt }] of spentKeys.entries()) {
      if (sentAt < keysUntil) spentKeys.put(key, undefined)
    }
    const old = SETTLED.flatMap((state) => deliveries.among(deliveriesByState.keys(state))).filter(
      ([, row]) => settledAtOf(row) < before,
    )
    for (const [key, row] of old) {
      deliveries.put(key, undefined)
      spentKeys.put(key, { sentAt: settledAtOf(row) })
    }
    return old.length
  }

  /** Throws when a number is voided, or another organization than this has it. */
  #requireFree(number: string, organizationId?: string): void {
    if (this.#isTaken(number, organizationId)) {
      throw new StoreError(`the filing number ${number} is taken`)
    }
  }

  #isTaken(number: string, exceptFor?: string): boolean {
    const { filings, filingsByNumber, voidedNumbers } = this.#live
    const holders = filings.among(filingsByNumber.keys(number))
    return (
      voidedNumbers.get(number) !== undefined ||
      holders.some(([id, row]) => organizationIdOf({ ...row, id }) !== exceptFor)
    )
  }

  /** The filings of these rows in the order of their case numbers. */
  #opened(rows: readonly [string, FilingRow][], limit = rows.length): Filing[] {
    return rows
      .toSorted(([, a], [, b]) => byCaseNumber(a.caseNumber, b.caseNumber))
      .slice(0, limit)
      .map(([id, row]) => filingOf(this.#vault, id, row))
  }

  #byAge(...states: Delivery['state'][]): [string, DeliveryRow][] {
    const { deliveries, deliveriesByState } = this.#live
    return states
      .flatMap((state) => deliveries.among(deliveriesByState.keys(state)))
      .sort(([, a], [, b]) => a.order - b.order)
  }
}

/** The latest first; of one instant the one written last. */
const latest = <Row extends { at: string }>(rows: Iterable<[string, Row]>, limit: number): [string, Row][] =>
  [...rows]
    .reverse()
    .sort(([, a], [, b]) => (a.at > b.at ? -1 : Number(a.at < b.at)))
    .slice(0, limit)
