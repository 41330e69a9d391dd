import { setImmediate as afterWhatCameIn } from 'node:timers/promises'
import type { Low } from 'lowdb'
import { StoreError } from '../error.ts'
import { inTime } from '../in-time.ts'
import type { Store, Transaction } from '../store.ts'
import type { Data } from '../memory/data.ts'
import type { Journal } from './journal.ts'
import { journalLine } from './load.ts'
import { NOT_WRITTEN, reasonOf } from './reopening.ts'
import type { Snapshot } from './snapshot.ts'
import { MemoryTransaction } from '../memory/transaction.ts'
import type { Vault } from '../memory/vault.ts'

export type JsonStoreParts = {
  data: Data
  /** Number of the last transaction. */
  seq: number
  vault: Vault
  journal: Journal
  /** Of the journal. */
  generation: number
  db: Low<Snapshot>
  now: () => Date
  snapshotAfter: number
  report: (line: string) => void
  journalPath: (generation: number) => string
  removeJournal: (generation: number) => Promise<void>
  unlock: () => Promise<void>
}

/**
 * The whole state in memory, every transaction one line in the journal. Transactions run one after another, so
 * a person's session needs no lock of its own; the next one runs while the disk still syncs the last.
 */
export class JsonStore implements Store {
  readonly #parts: JsonStoreParts
  #seq: number
  #generation: number
  /** The oldest journal on disk. */
  #oldest: number
  #snapshotSeq: number
  /** Ends when no transaction runs. */
  #idle: Promise<void> = Promise.resolve()
  /** Transactions that run or wait for their turn. */
  #unfinished = 0
  #snapshotting: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(parts: JsonStoreParts) {
    this.#parts = parts
    this.#seq = parts.seq
    this.#generation = parts.generation
    this.#oldest = parts.db.data.generation
    this.#snapshotSeq = parts.db.data.seq
  }

  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new StoreError('数据存储已关闭。'))
    // All messages that have come in are taken in first, then decided one behind the other, then written: a message
    // that goes the whole way alone finds no code in the processor's cache and takes a fifth longer.
    if (this.#unfinished++ === 0) this.#idle = this.#idle.then(() => afterWhatCameIn())
    const run = this.#idle.then(() => this.#run(work))
    this.#idle = run.then(this.#ended, this.#ended)
    return run.then(({ value, durable }) => durable.then(() => value, this.#refuse))
  }

  isReady(): boolean {
    return this.#closing === undefined && this.#parts.journal.failure === undefined
  }

  async counts() {
    const { filings, sessions, deliveriesByState } = this.#parts.data
    const count = (state: string): number => deliveriesByState.keys(state).size
    return {
      filings: filings.size,
      sessions: sessions.size,
      waiting: count('waiting') + count('leased'),
      failed: count('failed'),
      unknown: count('unknown'),
    }
  }

  /** Begins a snapshot between two transactions; resolves when it is durable. */
  async snapshot(): Promise<void> {
    const begun = this.#idle.then(() => {
      this.#beginSnapshot()
    })
    this.#idle = begun
    await begun
    await this.#snapshotting
  }

  /** After a failure of the disk: takes back what nobody was promised, so that the folder can be opened anew. */
  takeBack(): Promise<void> {
    return this.#parts.journal.takeBack()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const { journal, unlock } = this.#parts
    try {
      await this.#idle
      await this.#snapshotting
      if (this.#seq > this.#snapshotSeq && !journal.failure) await this.snapshot()
      await journal.close()
    } finally {
      await unlock()
    }
  }

  async #run<T>(work: (tx: Transaction) => Promise<T>): Promise<{ value: T; durable: Promise<void> }> {
    const { data, vault, journal, now, snapshotAfter } = this.#parts
    if (journal.failure) this.#refuse(journal.failure.cause)
    const tx = new MemoryTransaction(data, vault, now)
    let value: T
    try {
      value = await inTime(work(tx))
    } catch (cause) {
      data.rollback()
      throw cause
    } finally {
      tx.end()
    }
    const changes = data.commit()
    // What was only read may come from a transaction that is not durable yet.
    if (changes.length === 0) return { value, durable: journal.settled() }
    const seq = ++this.#seq
    const durable = journal.append(() => journalLine(seq, changes))
    if (journal.bytes > snapshotAfter) this.#beginSnapshot()
    return { value, durable }
  }

  /** The copy is made here, between two transactions; writing it goes on in the background. */
  #beginSnapshot(): void {
    if (this.#snapshotting) return
    const { data, journal, journalPath, report } = this.#parts
    const generation = ++this.#generation
    const snapshot = { generation, seq: this.#seq, rows: data.copy() }
    const begun = journal.continueIn(journalPath(generation))
    this.#snapshotting = begun
      .then(() => this.#writeSnapshot(snapshot))
      .catch((cause: unknown) => {
        // Not fatal: the journals hold everything.
        report(`快照没有写成，数据仍完整地保存在日志文件中：${String(cause)}`)
      })
      .finally(() => {
        this.#snapshotting = undefined
      })
  }

  async #writeSnapshot(snapshot: Snapshot): Promise<void> {
    const { db, removeJournal } = this.#parts
    db.data = snapshot
    try {
      await db.write()
    } finally {
      db.data = { ...snapshot, rows: [] }
    }
    this.#snapshotSeq = snapshot.seq
    while (this.#oldest < snapshot.generation) await removeJournal(this.#oldest++)
  }

  readonly #ended = (): void => {
    this.#unfinished--
  }

  readonly #refuse = (cause: unknown): never => {
    throw new StoreError(NOT_WRITTEN + reasonOf(cause), { cause })
  }
}
