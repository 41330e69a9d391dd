import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { StoreError } from '../error.ts'
import { isAway } from './connect.ts'

const OUTCOME_WITHIN_MS = 5_000
const ASK_AGAIN_MS = 100

/** The connection broke, and nothing of the transaction was written: it may be tried again. */
export class Undone extends Error {
  override name = 'Undone'
}

/** One transaction of the database, on a connection of its own. */
export class DatabaseTransaction {
  readonly #pool: pg.Pool
  readonly #client: pg.PoolClient
  /** By this the database knows afterwards what became of it. */
  readonly #id: Promise<string>
  #ended = false

  private constructor(pool: pg.Pool, client: pg.PoolClient) {
    this.#pool = pool
    this.#client = client
    const begun = client.query('begin')
    const asked = client.query<{ id: string }>('select pg_current_xact_id()::text as id')
    this.#id = Promise.all([begun, asked]).then(([, { rows }]) => rows[0]?.id ?? '')
    // Whoever commits hears of it.
    this.#id.catch(() => {})
  }

  static async begin(pool: pg.Pool): Promise<DatabaseTransaction> {
    return new DatabaseTransaction(pool, await pool.connect())
  }

  query: pg.Pool['query'] = ((...words: Parameters<pg.PoolClient['query']>) =>
    this.#client.query(...words)) as pg.Pool['query']

  /**
   * Throws Undone when it certainly did not happen, StoreError when nobody can say. A connection that breaks in
   * this very moment leaves that open, so the database is asked for the outcome.
   */
  async commit(): Promise<void> {
    const id = await this.#id
    this.#ended = true
    try {
      await this.#client.query('commit')
    } catch (cause) {
      this.#client.release(true)
      return this.#learnOutcome(id, cause)
    }
    this.#client.release()
  }

  async rollback(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    try {
      await this.#client.query('rollback')
      this.#client.release()
    } catch {
      // Without its connection the database rolls it back itself.
      this.#client.release(true)
    }
  }

  async #learnOutcome(id: string, cause: unknown): Promise<void> {
    const until = performance.now() + OUTCOME_WITHIN_MS
    while (performance.now() < until) {
      try {
        const { rows } = await this.#pool.query<{ status: string | null }>(
          'select pg_xact_status($1::xid8) as status',
          [id],
        )
        if (rows[0]?.status === 'committed') return
        if (rows[0]?.status === 'aborted') throw new Undone('the commit did not happen', { cause })
      } catch (error) {
        if (!isAway(error)) throw error
      }
      await wait(ASK_AGAIN_MS)
    }
    throw new StoreError('数据库在提交时断开，不知道有没有写成。 / The outcome of a commit is not known.', {
      cause,
    })
  }
}
