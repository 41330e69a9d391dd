import type { Runs } from './connect.ts'
import type { Query } from './queries.ts'
import type { TableName } from '../memory/rows.ts'
import { selected, storedRow, type StoredRow } from './tables.ts'

/** Which rows: those with a value in a column, or what a query finds. */
export type Ask = { table: TableName; by: string; value: string } | Query

type Waiting = { value: string; resolve: (rows: StoredRow[]) => void; reject: (error: unknown) => void }

/** Reads rows. Asks by the same column share a round trip: what comes while one is out goes with the next. */
export class Reader {
  readonly #runs: Runs
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(runs: Runs) {
    this.#runs = runs
  }

  read(ask: Ask): Promise<StoredRow[]> {
    return 'by' in ask ? this.#readBy(ask.table, ask.by, ask.value) : this.#query(ask)
  }

  /** Only in which revision they stand. */
  async revisions(ask: Ask): Promise<{ key: string; revision: number }[]> {
    const [where, values] =
      'by' in ask ? [`where "${ask.by}" = $1`, [ask.value]] : [ask.where, [...ask.values]]
    const text = `select key, revision from "${ask.table}" ${where}`
    return (await this.#runs.query<{ key: string; revision: number }>(text, values)).rows
  }

  async #query({ table, where, values }: Query): Promise<StoredRow[]> {
    const text = `select ${selected(table)} from "${table}" ${where}`
    const { rows } = await this.#runs.query(text, [...values])
    return rows.map((row: Record<string, unknown>) => storedRow(table, row))
  }

  #readBy(table: TableName, by: string, value: string): Promise<StoredRow[]> {
    const lane = `${table}.${by}`
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(lane)
      if (waiting) {
        waiting.push({ value, resolve, reject })
        return
      }
      this.#waiting.set(lane, [{ value, resolve, reject }])
      void this.#serve(lane, table, by)
    })
  }

  async #serve(lane: string, table: TableName, by: string): Promise<void> {
    const text = `select ${selected(table, by)} from "${table}" where "${by}" = any($1)`
    // Others of the same moment come along.
    await Promise.resolve()
    for (;;) {
      const asked = this.#waiting.get(lane) ?? []
      if (asked.length === 0) return void this.#waiting.delete(lane)
      this.#waiting.set(lane, [])
      try {
        const values = [...new Set(asked.map(({ value }) => value))]
        const { rows } = await this.#runs.query({ name: lane, text, values: [values] })
        const found = new Map<string | undefined, StoredRow[]>()
        for (const row of rows.map((row: Record<string, unknown>) => storedRow(table, row))) {
          const those = found.get(row.by)
          if (those) those.push(row)
          else found.set(row.by, [row])
        }
        for (const { value, resolve } of asked) resolve(found.get(value) ?? [])
      } catch (error) {
        for (const { reject } of asked) reject(error)
      }
    }
  }
}
