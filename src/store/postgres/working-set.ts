import type pg from 'pg'
import { StoreError } from '../error.ts'
import { createData, type Data } from '../memory/data.ts'
import { MemoryTransaction } from '../memory/transaction.ts'
import type { TableName } from '../memory/rows.ts'
import type { Vault } from '../memory/vault.ts'
import { write, type Committer } from './committer.ts'
import { DatabaseTransaction } from './database-transaction.ts'
import { due, type Query, type Statement } from './queries.ts'
import { Reader, type Ask } from './reader.ts'
import { requireTable, type StoredRow, type Write } from './tables.ts'

/** Locks of the database that its own rows cannot stand for. */
const locks = { records: 7_300_001, claims: 7_300_002 } as const

/** What must hold among several rows at once (names, numbers, a proposal to destroy) is decided by one at a time. */
const RECORDS: readonly TableName[] = ['filings', 'voidedNumbers', 'purges']

/** Deliveries get their place in the order when they are written; until then they stand behind all others. */
const BEHIND_ALL = 2_000_000_000

/** Somebody else wrote meanwhile what this transaction relies on; it has to begin anew. */
export class Clash extends Error {
  override name = 'Clash'
}

export type Parts = {
  pool: pg.Pool
  reader: Reader
  committer: Committer
  vault: Vault
  now: () => Date
}

/**
 * The rows one transaction works on: brought from the database when they are first needed, changed in memory,
 * and written at the end if each is still as it was seen. Nothing is locked while somebody thinks, except in a
 * transaction that had to be begun in the database itself.
 */
export class WorkingSet {
  readonly #parts: Parts
  readonly #line: (person: string) => Promise<void>
  #data: Data
  #memory: MemoryTransaction
  /** The revision in which each row was seen; 0: it was not there. */
  #seen = new Map<string, number>()
  #brought = new Map<string, { ask: Ask; rows: Promise<StoredRow[]> }>()
  #begun: Promise<DatabaseTransaction> | undefined
  #reader: Reader
  #locked = new Set<number>()
  /** Rows that this transaction has written to the database already. */
  #flushed = new Set<string>()
  #over = false
  /** What the database refused, whatever became of it on its way through the work. */
  failure: unknown

  constructor(parts: Parts, line: (person: string) => Promise<void>) {
    this.#parts = parts
    this.#line = line
    this.#reader = parts.reader
    this.#data = createData(BEHIND_ALL)
    this.#memory = new MemoryTransaction(this.#data, parts.vault, parts.now)
  }

  get memory(): MemoryTransaction {
    return this.#memory
  }

  /** The transactions of one person in this process follow one another. */
  async line(person: string): Promise<void> {
    this.#requireLive()
    await this.#line(person)
  }

  bring(table: TableName, by: string, value: string): Promise<StoredRow[]> {
    return this.#bring(`${table}.${by}=${value}`, { table, by, value })
  }

  async query({ table, where, values }: Query, limit?: number): Promise<void> {
    // What was changed here may push others out of the first ones.
    const most = limit === undefined ? '' : ` limit ${limit + this.#data.changes().length}`
    await this.#bring(JSON.stringify([table, where, values, limit]), { table, where: where + most, values })
  }

  /** Takes what is due for this transaction alone; the claims of several processes wait for each other. */
  async claim(now: string, leaseUntil: string, limit: number): Promise<void> {
    const { table, where, values } = due(now, leaseUntil, limit)
    await this.#ask(async () => {
      await this.#begin()
      await this.#lock(locks.claims)
      await this.#flush()
      return this.#take({ table, where, values }, await this.#reader.read({ table, where, values }))
    })
  }

  /** Keys and states of rows that are not here; what is here, `memory` knows better. */
  async listElsewhere(table: TableName, { text, values }: Statement): Promise<unknown[]> {
    const { rows } = await this.#ask(async () => {
      const runs = this.#begun ? await this.#begun : this.#parts.pool
      return runs.query<{ key: string }>(text, [...values])
    })
    return rows.filter(({ key }) => !this.#seen.has(`${table}:${key}`))
  }

  /** Runs a statement in the database and forgets what is in memory; returns how many rows it concerned. */
  execute({ text, values }: Statement): Promise<number> {
    return this.#ask(async () => {
      const transaction = await this.#begin()
      await this.#flush()
      const { rowCount } = await transaction.query(text, [...values])
      this.#data = createData(BEHIND_ALL)
      this.#memory.end()
      this.#memory = new MemoryTransaction(this.#data, this.#parts.vault, this.#parts.now)
      this.#seen.clear()
      this.#brought.clear()
      return rowCount ?? 0
    })
  }

  /** Makes everything durable. Throws Clash. */
  async commit(): Promise<void> {
    this.end()
    const isRecord = this.#data.changes().some(([table]) => RECORDS.includes(requireTable(table)))
    if (!this.#begun && !isRecord) {
      const writes = this.#writes()
      if (writes.length > 0 && !(await this.#parts.committer.commit(writes))) throw new Clash()
      return
    }
    const transaction = await this.#begin()
    await this.#flush()
    await transaction.commit()
  }

  async rollback(): Promise<void> {
    this.end()
    const transaction = await this.#begun?.catch(() => undefined)
    await transaction?.rollback()
  }

  /** From here on every use is an error. */
  end(): void {
    this.#over = true
    this.#memory.end()
  }

  #requireLive(): void {
    if (this.#over) throw new StoreError('a transaction was used after its end')
  }

  /** Asks the database; what it refuses decides what becomes of the whole transaction. */
  async #ask<T>(asking: () => Promise<T>): Promise<T> {
    this.#requireLive()
    let answer: T
    try {
      answer = await asking()
    } catch (error) {
      this.failure ??= error
      throw error
    }
    this.#requireLive()
    return answer
  }

  #bring(id: string, ask: Ask): Promise<StoredRow[]> {
    const known = this.#brought.get(id)
    if (known) return known.rows
    const rows = this.#ask(async () => this.#take(ask, await this.#reader.read(ask)))
    this.#brought.set(id, { ask, rows })
    return rows
  }

  #take(ask: Ask, rows: StoredRow[]): StoredRow[] {
    for (const { key, revision, row } of rows) {
      const id = `${ask.table}:${key}`
      // What was seen or written here before stays.
      if (this.#seen.has(id)) continue
      this.#seen.set(id, revision)
      this.#data.load([ask.table, key, row])
    }
    if ('by' in ask && ask.by === 'key' && rows.length === 0) {
      const id = `${ask.table}:${ask.value}`
      if (!this.#seen.has(id)) this.#seen.set(id, 0)
    }
    return rows
  }

  #begin(): Promise<DatabaseTransaction> {
    this.#begun ??= DatabaseTransaction.begin(this.#parts.pool).then((transaction) => {
      this.#reader = new Reader(transaction)
      return transaction
    })
    return this.#begun
  }

  async #lock(lock: number): Promise<void> {
    if (this.#locked.has(lock)) return
    this.#locked.add(lock)
    await (await this.#begin()).query('select pg_advisory_xact_lock($1)', [lock])
  }

  #writes(): Write[] {
    return this.#data.commit().flatMap(([name, key, row]): Write[] => {
      const table = requireTable(name)
      const seen = this.#seen.get(`${table}:${key}`)
      if (seen === undefined) throw new StoreError(`${table} was written without being read`)
      return row === null && seen === 0 ? [] : [{ table, key, row, seen }]
    })
  }

  /** Writes to the database what stands in memory only. */
  async #flush(): Promise<void> {
    const transaction = await this.#begin()
    const writes = this.#writes()
    if (writes.some(({ table }) => RECORDS.includes(table)) && !this.#locked.has(locks.records)) {
      await this.#lock(locks.records)
      await this.#requireUnchanged()
    }
    if (writes.length > 0 && !(await write(transaction, writes))) throw new Clash()
    for (const { table, key, row, seen } of writes) {
      this.#flushed.add(`${table}:${key}`)
      this.#seen.set(`${table}:${key}`, row === null ? 0 : seen + 1)
    }
  }

  /** Asks everything again and compares: what was decided by it must still be so. */
  async #requireUnchanged(): Promise<void> {
    const compare = async ({ ask, rows }: { ask: Ask; rows: Promise<StoredRow[]> }): Promise<void> => {
      const others = ({ key }: { key: string }): boolean => !this.#flushed.has(`${ask.table}:${key}`)
      const before = (await rows)
        .filter(others)
        .map(({ key }) => `${key} ${this.#seen.get(`${ask.table}:${key}`)}`)
      const now = (await this.#reader.revisions(ask))
        .filter(others)
        .map(({ key, revision }) => `${key} ${revision}`)
      if (before.sort().join('\n') !== now.sort().join('\n')) throw new Clash()
    }
    await Promise.all([...this.#brought.values()].map(compare))
  }
}
