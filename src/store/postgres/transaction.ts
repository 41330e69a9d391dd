import { z } from 'zod'
import type { Session } from '../../conversation/session.ts'
import type { Complaint } from '../../filings/complaint.ts'
import { grantOf, type Filing } from '../../filings/filing.ts'
import type { ClosedLedger } from '../../filings/monthly-ledger.ts'
import { numberKey, type VoidedNumber } from '../../filings/number.ts'
import type { Purge } from '../../filings/retention.ts'
import type { OpenQuestion, QuestionStatus } from '../../knowledge/questions.ts'
import type { UserId } from '../../messages.ts'
import type { Matter } from '../../reminders/matter.ts'
import { ledgerKey } from '../memory/records.ts'
import { DeliveryRow } from '../memory/rows.ts'
import type { Access, Delivery, FilingQuery, Outcome, StoredReply, Transaction } from '../store.ts'
import * as sql from './queries.ts'
import type { WorkingSet } from './working-set.ts'

const KeyAndState = DeliveryRow.pick({ state: true }).extend({
  key: z.string(),
  doubtfulSince: z.string().nullable(),
})

/**
 * A transaction that answers from memory: every method brings the rows it needs there, and the memory decides,
 * the same way as in the other store. What it writes reaches the database at the end, whole.
 */
export class PostgresTransaction implements Transaction {
  readonly #rows: WorkingSet

  constructor(rows: WorkingSet) {
    this.#rows = rows
  }

  async findReply(messageId: string) {
    await this.#rows.bring('replies', 'key', messageId)
    return this.#rows.memory.findReply(messageId)
  }

  async findReplyByStream(streamId: string) {
    await this.#rows.bring('replies', 'streamId', streamId)
    return this.#rows.memory.findReplyByStream(streamId)
  }

  async saveReply(reply: StoredReply) {
    await this.#rows.bring('replies', 'key', reply.messageId)
    return this.#rows.memory.saveReply(reply)
  }

  async forgetReplies(before: string) {
    return this.#rows.execute(sql.forgetReplies(before))
  }

  async getSession(userId: UserId) {
    await this.#rows.line(userId)
    await this.#rows.bring('sessions', 'key', userId)
    return this.#rows.memory.getSession(userId)
  }

  async saveSession(userId: UserId, session: Session) {
    await this.#rows.bring('sessions', 'key', userId)
    return this.#rows.memory.saveSession(userId, session)
  }

  async findFiling(id: string) {
    await this.#rows.bring('filings', 'key', id)
    return this.#rows.memory.findFiling(id)
  }

  async saveFiling(filing: Filing) {
    const number = grantOf(filing)?.filingNumber
    await Promise.all([
      this.#rows.bring('filings', 'key', filing.id),
      ...(number === undefined ? [] : [this.#bringNumber(number)]),
    ])
    return this.#rows.memory.saveFiling(filing)
  }

  async listFilingsOf(applicant: UserId) {
    await this.#rows.bring('filings', 'applicant', applicant)
    return this.#rows.memory.listFilingsOf(applicant)
  }

  async listFilings(query: FilingQuery) {
    await this.#rows.query(sql.filings(query), query.limit)
    return this.#rows.memory.listFilings(query)
  }

  async listChain(organizationId: string) {
    await Promise.all([
      this.#rows.bring('filings', 'key', organizationId),
      this.#rows.bring('filings', 'chain', organizationId),
    ])
    return this.#rows.memory.listChain(organizationId)
  }

  async findByNumber(filingNumber: string) {
    await this.#rows.bring('filings', 'number', numberKey(filingNumber))
    return this.#rows.memory.findByNumber(filingNumber)
  }

  async isNumberTaken(filingNumber: string) {
    await this.#bringNumber(filingNumber)
    return this.#rows.memory.isNumberTaken(filingNumber)
  }

  async #bringNumber(filingNumber: string): Promise<void> {
    const key = numberKey(filingNumber)
    await Promise.all([
      this.#rows.bring('filings', 'number', key),
      this.#rows.bring('voidedNumbers', 'key', key),
    ])
  }

  async findOrganizations(normalizedName: string) {
    const [named, renamed] = await Promise.all([
      this.#rows.bring('filings', 'nameKey', normalizedName),
      this.#rows.bring('filings', 'newNameKey', normalizedName),
    ])
    const chains = [...named, ...renamed].map(({ key, row }) => String(row['organizationId'] ?? key))
    await Promise.all([...new Set(chains)].map((chain) => this.#rows.bring('filings', 'chain', chain)))
    return this.#rows.memory.findOrganizations(normalizedName)
  }

  async nextNumber(sequence: string, first?: number) {
    await this.#rows.bring('sequences', 'key', sequence)
    return this.#rows.memory.nextNumber(sequence, first)
  }

  async lastNumber(sequence: string) {
    await this.#rows.bring('sequences', 'key', sequence)
    return this.#rows.memory.lastNumber(sequence)
  }

  async voidNumber(voided: VoidedNumber) {
    await this.#bringNumber(voided.filingNumber)
    return this.#rows.memory.voidNumber(voided)
  }

  async listVoidedNumbers() {
    await this.#rows.query(sql.voidedNumbers)
    return this.#rows.memory.listVoidedNumbers()
  }

  async findQuestion(id: string) {
    await this.#rows.bring('questions', 'key', id)
    return this.#rows.memory.findQuestion(id)
  }

  async saveQuestion(question: OpenQuestion) {
    await this.#rows.bring('questions', 'key', question.id)
    return this.#rows.memory.saveQuestion(question)
  }

  async listQuestions(statuses: readonly QuestionStatus[], limit: number) {
    await this.#rows.query(sql.questions(statuses), limit)
    return this.#rows.memory.listQuestions(statuses, limit)
  }

  async logAccess(access: Access) {
    const last = await this.lastNumber('access')
    await Promise.all([last, last + 1].map((key) => this.#rows.bring('accesses', 'key', String(key))))
    return this.#rows.memory.logAccess(access)
  }

  async listAccess(query: Parameters<Transaction['listAccess']>[0]) {
    await this.#rows.query(sql.accesses(query), query.limit)
    return this.#rows.memory.listAccess(query)
  }

  async saveComplaint(complaint: Complaint) {
    await this.#rows.bring('complaints', 'key', complaint.number)
    return this.#rows.memory.saveComplaint(complaint)
  }

  async findComplaint(number: string) {
    await this.#rows.bring('complaints', 'key', number)
    return this.#rows.memory.findComplaint(number)
  }

  async listComplaints(limit: number) {
    await this.#rows.query(sql.latest('complaints'), limit)
    return this.#rows.memory.listComplaints(limit)
  }

  async forgetComplaint(number: string) {
    await this.#rows.bring('complaints', 'key', number)
    return this.#rows.memory.forgetComplaint(number)
  }

  async listIdleDrafts(before: string) {
    await this.#rows.query(sql.idleSessions(before))
    return this.#rows.memory.listIdleDrafts(before)
  }

  async listDeclined() {
    await this.#rows.query(sql.declinedSessions)
    return this.#rows.memory.listDeclined()
  }

  async countIdleDrafts(before: string) {
    await this.#rows.query(sql.idleSessions(before))
    return this.#rows.memory.countIdleDrafts(before)
  }

  async forgetIdleDrafts(before: string) {
    await this.#rows.query(sql.idleSessions(before))
    return this.#rows.memory.forgetIdleDrafts(before)
  }

  async forgetFiling(id: string, voided: Omit<VoidedNumber, 'filingNumber'>) {
    const filing = await this.findFiling(id)
    const number = filing && grantOf(filing)?.filingNumber
    if (number !== undefined) await this.#bringNumber(number)
    return this.#rows.memory.forgetFiling(id, voided)
  }

  async forgetAccess(before: string) {
    return this.#rows.execute(sql.forgetAccess(before))
  }

  async savePurge(purge: Purge) {
    await this.#rows.bring('purges', 'key', purge.id)
    return this.#rows.memory.savePurge(purge)
  }

  async listPurges(limit: number) {
    await this.#rows.query(sql.latest('purges'), limit)
    return this.#rows.memory.listPurges(limit)
  }

  async findMatter(id: string) {
    await this.#rows.bring('matters', 'key', id)
    return this.#rows.memory.findMatter(id)
  }

  async saveMatter(matter: Matter) {
    await this.#rows.bring('matters', 'key', matter.id)
    return this.#rows.memory.saveMatter(matter)
  }

  async listMatters(query: Parameters<Transaction['listMatters']>[0]) {
    await this.#rows.query(sql.matters(query), query.limit)
    return this.#rows.memory.listMatters(query)
  }

  async forgetMatters(before: string) {
    return this.#rows.execute(sql.forgetMatters(before))
  }

  async saveLedger(ledger: ClosedLedger) {
    await this.#rows.bring('ledgers', 'key', ledgerKey(ledger.authority, ledger.month))
    return this.#rows.memory.saveLedger(ledger)
  }

  async findLedger(authority: string, month: string) {
    await this.#rows.bring('ledgers', 'key', ledgerKey(authority, month))
    return this.#rows.memory.findLedger(authority, month)
  }

  async findLedgerBefore(authority: string, month: string) {
    await this.#rows.query(sql.ledgerBefore(authority, month))
    return this.#rows.memory.findLedgerBefore(authority, month)
  }

  async forgetLedger(authority: string, month: string) {
    await this.#rows.bring('ledgers', 'key', ledgerKey(authority, month))
    return this.#rows.memory.forgetLedger(authority, month)
  }

  async enqueue(delivery: Parameters<Transaction['enqueue']>[0]) {
    await Promise.all([
      this.#rows.bring('deliveries', 'key', delivery.key),
      this.#rows.bring('spentKeys', 'key', delivery.key),
    ])
    return this.#rows.memory.enqueue(delivery)
  }

  async claimDeliveries(now: string, leaseUntil: string, limit: number) {
    await this.#rows.claim(now, leaseUntil, limit)
    return this.#rows.memory.claimDeliveries(now, leaseUntil, limit)
  }

  async findDelivery(key: string) {
    await this.#rows.bring('deliveries', 'key', key)
    return this.#rows.memory.findDelivery(key)
  }

  async noteUpload(key: string, mediaId: string) {
    await this.#rows.bring('deliveries', 'key', key)
    return this.#rows.memory.noteUpload(key, mediaId)
  }

  async settleDelivery(key: string, outcome: Outcome) {
    await this.#rows.bring('deliveries', 'key', key)
    return this.#rows.memory.settleDelivery(key, outcome)
  }

  async listDeliveries(state: Delivery['state'], limit: number) {
    await this.#rows.query(sql.deliveries(state), limit)
    return this.#rows.memory.listDeliveries(state, limit)
  }

  async listKeys(prefix: string) {
    const elsewhere = await this.#rows.listElsewhere('deliveries', sql.keysWith(prefix))
    const others = elsewhere.map((row) => {
      const { key, state, doubtfulSince } = KeyAndState.parse(row)
      return { key, state, ...(doubtfulSince === null ? {} : { doubtfulSince }) }
    })
    return [...(await this.#rows.memory.listKeys(prefix)), ...others]
  }

  async countSent(to: UserId, since: string) {
    await this.#rows.query(sql.sentTo(to, since))
    return this.#rows.memory.countSent(to, since)
  }

  async forgetDeliveries(before: string) {
    return this.#rows.execute(sql.forgetDeliveries(before))
  }
}
