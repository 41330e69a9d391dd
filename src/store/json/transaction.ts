import { newSession, type Session } from '../../conversation/session.ts'
import type { Filing } from '../../filings/filing.ts'
import type { UserId } from '../../messages.ts'
import { StoreError } from '../error.ts'
import { SPENT_KEY_DAYS, type Delivery, type StoredReply, type Transaction } from '../store.ts'
import { chooseDue } from './due.ts'
import type { Data } from './data.ts'
import {
  deliveryOf,
  deliveryRow,
  filingOf,
  filingRow,
  organizationOf,
  replyOf,
  replyRow,
  sessionOf,
  sessionRow,
} from './records.ts'
import type { DeliveryRow } from './rows.ts'
import type { Vault } from './vault.ts'

const DAY_MS = 86_400_000
const inNumberOrder = new Intl.Collator('en', { numeric: true }).compare

/** One transaction on the data in memory; whoever runs it commits the data or rolls it back, then ends it. */
export class JsonTransaction implements Transaction {
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
    this.#live.filings.put(filing.id, filingRow(this.#vault, filing))
  }

  async listFilingsOf(applicant: UserId) {
    const { filings, filingsByApplicant } = this.#live
    return filings
      .among(filingsByApplicant.keys(applicant))
      .map(([id, row]) => filingOf(this.#vault, id, row))
      .sort((a, b) => inNumberOrder(a.caseNumber, b.caseNumber))
  }

  async findOrganizations(normalizedName: string) {
    const { filings, filingsByName } = this.#live
    return filings
      .among(filingsByName.keys(normalizedName))
      .filter(([, row]) => row.happened.at(-1) !== 'withdrawn')
      .map(([id, row]) => organizationOf(id, row))
  }

  async nextNumber(sequence: string) {
    const { sequences } = this.#live
    const number = (sequences.get(sequence)?.last ?? 0) + 1
    sequences.put(sequence, { last: number })
    return number
  }

  async enqueue(delivery: Parameters<Transaction['enqueue']>[0]) {
    const { deliveries, spentKeys, nextOrder } = this.#live
    if (deliveries.get(delivery.key) || spentKeys.get(delivery.key)) return false
    deliveries.put(delivery.key, deliveryRow(this.#vault, nextOrder(), delivery))
    return true
  }

  async claimDeliveries(now: string, leaseUntil: string, limit: number) {
    const due = chooseDue(this.#byAge('waiting', 'leased'), now, limit)
    return due.map(([key, row]) => {
      const attempts = row.attempts + 1
      const leased: DeliveryRow = { ...row, state: 'leased', leasedUntil: leaseUntil, attempts }
      this.#live.deliveries.put(key, leased)
      return deliveryOf(this.#vault, key, leased)
    })
  }

  async findDelivery(key: string) {
    const row = this.#live.deliveries.get(key)
    return row && deliveryOf(this.#vault, key, row)
  }

  async settleDelivery(key: string, outcome: Parameters<Transaction['settleDelivery']>[1]) {
    const row = this.#live.deliveries.get(key)
    if (!row) throw new StoreError(`there is no delivery ${key}`)
    const { state, dueAt = row.dueAt, problem } = outcome
    const settledAt = this.#now().toISOString()
    const { leasedUntil: _lease, problem: _problem, ...rest } = row
    const settled: DeliveryRow = { ...rest, state, dueAt, settledAt }
    this.#live.deliveries.put(key, problem === undefined ? settled : { ...settled, problem })
  }

  async listDeliveries(state: Delivery['state'], limit: number) {
    const rows = this.#byAge(state).slice(0, limit)
    return rows.map(([key, row]) => deliveryOf(this.#vault, key, row))
  }

  async forgetDeliveries(before: string) {
    const { deliveries, spentKeys } = this.#live
    const keysUntil = new Date(Date.parse(before) - SPENT_KEY_DAYS * DAY_MS).toISOString()
    for (const [key, { sentAt }] of spentKeys.entries()) {
      if (sentAt < keysUntil) spentKeys.put(key, undefined)
    }
    const old = this.#byAge('sent').filter(([, row]) => sentAtOf(row) < before)
    for (const [key, row] of old) {
      deliveries.put(key, undefined)
      spentKeys.put(key, { sentAt: sentAtOf(row) })
    }
    return old.length
  }

  #byAge(...states: Delivery['state'][]): [string, DeliveryRow][] {
    const { deliveries, deliveriesByState } = this.#live
    return states
      .flatMap((state) => deliveries.among(deliveriesByState.keys(state)))
      .sort(([, a], [, b]) => a.order - b.order)
  }
}

const sentAtOf = (row: DeliveryRow): string => row.settledAt ?? row.enqueuedAt
