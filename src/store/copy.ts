import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { StoreError } from './error.ts'
import { KeptRow, rowSchemas } from './memory/rows.ts'
import type { Change } from './memory/table.ts'
import type { Seal } from './seal.ts'

/** A stream of rows as they are kept: sealed stays sealed, and opens for the same record wherever it lies. */
export type RowStream = AsyncIterable<Change>

/** Somewhere a whole store can lie: a folder, a database, a backup file. */
export type Place = {
  /** Every row, all of one moment. Throws StoreError when the place is in use or damaged. */
  rows(): RowStream
  /**
   * Takes all rows or none. `check` is given what was written, read back, before it counts; when it throws,
   * nothing was written. Throws StoreError when there is something already.
   */
  fill(rows: RowStream, check: (written: RowStream) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** How many rows each table has, and a fingerprint of all of them that does not depend on their order. */
export type Tally = ReadonlyMap<string, { count: number; fingerprint: string }>

/** Copies everything, compares what arrived with what left, and says what it was. Throws StoreError, SealError. */
export async function copy(from: Place, to: Place, seal: Seal): Promise<Tally> {
  const left = newTally()
  const arrived = newTally()
  await to.fill(checked(from.rows(), left, seal), async (written) => {
    if (left.result().size === 0) throw new StoreError('那里什么都没有，没有可搬的。请看看地址对不对。')
    for await (const change of written) arrived.add(change)
    if (arrived.text() !== left.text()) throw new StoreError('写过去的和原来的对不上，什么都没有改。')
  })
  return left.result()
}

/** The tables of the store, and what lies beside it, such as the directory. */
const schemas = new Map<string, z.ZodType>(Object.entries({ ...rowSchemas, kept: KeptRow }))

/** Every row is one that this version keeps, and sealed with a key that is there. */
async function* checked(rows: RowStream, tally: ReturnType<typeof newTally>, seal: Seal): RowStream {
  for await (const [table, key, found] of rows) {
    const read = schemas.get(table)?.safeParse(found)
    if (!read?.success) throw new StoreError(`${table} 里有这个版本不认识的内容，什么都没有改。`)
    const row = read.data as object
    if ('sealed' in row && typeof row.sealed === 'string') seal.requireKey(row.sealed)
    const change: Change = [table, key, row]
    tally.add(change)
    yield change
  }
}

const BITS = 256

function newTally() {
  const tables = new Map<string, { count: number; sum: bigint }>()
  return {
    add([table, key, row]: Change): void {
      const digest = createHash('sha256')
        .update(JSON.stringify([key, inOrder(row)]))
        .digest('hex')
      const { count, sum } = tables.get(table) ?? { count: 0, sum: 0n }
      tables.set(table, { count: count + 1, sum: BigInt.asUintN(BITS, sum + BigInt(`0x${digest}`)) })
    },
    result: (): Tally =>
      new Map(
        [...tables]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([table, { count, sum }]) => [
            table,
            { count, fingerprint: sum.toString(16).padStart(64, '0') },
          ]),
      ),
    text(): string {
      return JSON.stringify([...this.result()])
    },
  }
}

/** The fields of a row in one order; what is not there is left out. */
const inOrder = (row: unknown): unknown =>
  Object.entries(row as object)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
