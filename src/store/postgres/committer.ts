import type pg from 'pg'
import { isClash, type Runs } from './connect.ts'
import { DatabaseTransaction } from './database-transaction.ts'
import type { TableName } from '../memory/rows.ts'
import { columnsOf, statements, tableNames, type Write } from './tables.ts'

const MOST_TOGETHER = 64

/** Writes rows whose revisions are still those that were seen. False when one is not: then all must be undone. */
export async function write(runs: Runs, writes: readonly Write[]): Promise<boolean> {
  const done = tableNames.flatMap((table) => {
    const mine = writes.filter((one) => one.table === table)
    if (mine.length === 0) return []
    // Rows that are there in one order everywhere, so that two who write the same do not lock each other out.
    const inOrder = mine.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    const kinds = [
      ['remove', inOrder.filter(({ row }) => row === null)],
      ['update', inOrder.filter(({ row, seen }) => row !== null && seen > 0)],
      ['insert', mine.filter(({ row, seen }) => row !== null && seen === 0)],
    ] as const
    return kinds.flatMap(([kind, rows]) => (rows.length > 0 ? [writeRows(runs, table, kind, rows)] : []))
  })
  return (await Promise.all(done)).every(Boolean)
}

async function writeRows(
  runs: Runs,
  table: TableName,
  kind: 'insert' | 'update' | 'remove',
  writes: readonly Write[],
): Promise<boolean> {
  const rows = writes.map((one) =>
    one.row === null ? { key: one.key, revision: one.seen + 1 } : columnsOf(one),
  )
  const { rowCount } = await runs.query({
    name: `${table}.${kind}`,
    text: statements[table][kind],
    values: [JSON.stringify(rows), ...(kind === 'insert' ? [] : [writes.map(({ key }) => key)])],
  })
  return rowCount === writes.length
}

type Waiting = {
  writes: readonly Write[]
  resolve: (written: boolean) => void
  reject: (error: unknown) => void
}

/** Commits what several people's turns wrote in one transaction of the database: what comes while one is on its way goes with the next. */
export class Committer {
  readonly #pool: pg.Pool
  #waiting: Waiting[] = []
  #busy = false

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** False, with nothing written, when somebody else wrote one of the rows meanwhile. */
  commit(writes: readonly Write[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, resolve, reject })
      if (!this.#busy) void this.#serve()
    })
  }

  async #serve(): Promise<void> {
    this.#busy = true
    // Others of the same moment come along.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const group = this.#group()
      if (await this.#together(group)) continue
      // Somebody in the group is late; the others shall not suffer.
      for (const one of group) await this.#together([one])
    }
    this.#busy = false
  }

  /** The first that wait, each row written by one of them only. */
  #group(): Waiting[] {
    const taken = new Set<string>()
    const group: Waiting[] = []
    const later: Waiting[] = []
    for (const one of this.#waiting) {
      const keys = one.writes.map(({ table, key }) => `${table}:${key}`)
      if (group.length >= MOST_TOGETHER || keys.some((key) => taken.has(key))) later.push(one)
      else group.push(one)
      for (const key of keys) taken.add(key)
    }
    this.#waiting = later
    return group
  }

  /** Whether all in the group know their outcome. */
  async #together(group: readonly Waiting[]): Promise<boolean> {
    const writes = group.flatMap((one) => one.writes)
    let written: boolean
    try {
      written = await commitWrites(this.#pool, writes)
    } catch (error) {
      for (const { reject } of group) reject(error)
      return true
    }
    if (!written && group.length > 1) return false
    for (const { resolve } of group) resolve(written)
    return true
  }
}

async function commitWrites(pool: pg.Pool, writes: readonly Write[]): Promise<boolean> {
  const transaction = await DatabaseTransaction.begin(pool)
  try {
    if (await write(transaction, writes)) {
      await transaction.commit()
      return true
    }
  } catch (error) {
    await transaction.rollback()
    if (isClash(error)) return false
    throw error
  }
  await transaction.rollback()
  return false
}
