import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { StoreError } from '../error.ts'
import { inTime } from '../in-time.ts'
import type { Vault } from '../memory/vault.ts'
import type { Store, Transaction } from '../store.ts'
import { Committer } from './committer.ts'
import { isAway, isClash, refusal } from './connect.ts'
import { Undone } from './database-transaction.ts'
import { Lines } from './lines.ts'
import { Reader } from './reader.ts'
import { PostgresTransaction } from './transaction.ts'
import { Clash, WorkingSet } from './working-set.ts'

const MOST_CLASHES = 60
/** WeCom waits five seconds for an answer: a database that comes back within three is not noticed. */
const PATIENCE_MS = 3_000
const FIRST_WAIT_MS = 50
const PROBE_MS = 1_000

/** Everything in a database that several processes share; each holds nothing that the others would miss. */
export class PostgresStore implements Store {
  readonly #pool: pg.Pool
  readonly #parts: ConstructorParameters<typeof WorkingSet>[0]
  readonly #people = new Lines()
  /** Those who clashed try again one after another. */
  readonly #again = new Lines()
  readonly #running = new Set<Promise<unknown>>()
  readonly #probing: NodeJS.Timeout
  #isReachable = true
  #closing: Promise<void> | undefined

  constructor(pool: pg.Pool, vault: Vault, now: () => Date) {
    this.#pool = pool
    this.#parts = { pool, vault, now, reader: new Reader(pool), committer: new Committer(pool) }
    let probe: Promise<void> | undefined
    this.#probing = setInterval(() => {
      probe ??= this.#probe().finally(() => (probe = undefined))
    }, PROBE_MS)
    this.#probing.unref()
  }

  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new StoreError('数据存储已关闭。'))
    const run = this.#untilDone(work)
    const settled = run.then(ignore, ignore)
    this.#running.add(settled)
    void settled.then(() => this.#running.delete(settled))
    return run
  }

  isReady(): boolean {
    return this.#closing === undefined && this.#isReachable
  }

  async counts() {
    const { rows } = await this.#pool
      .query<Awaited<ReturnType<Store['counts']>>>(
        `select (select count(*) from filings)::integer as filings,
          (select count(*) from sessions)::integer as sessions,
          (select count(*) from deliveries where state in ('waiting', 'leased'))::integer as waiting,
          (select count(*) from deliveries where state = 'failed')::integer as failed,
          (select count(*) from deliveries where state = 'unknown')::integer as unknown`,
      )
      .catch((error: unknown) => {
        throw refusal(error)
      })
    return rows[0]!
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearInterval(this.#probing)
    await Promise.all(this.#running)
    await this.#pool.end()
  }

  /** Tries until it is done: after a clash at once, after a lost connection for as long as a person waits. */
  async #untilDone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const until = performance.now() + PATIENCE_MS
    for (let clashes = 0, waited = FIRST_WAIT_MS; ;) {
      const turn = this.#again.begin()
      try {
        if (clashes > 0) await turn.take('')
        const value = await this.#once(work)
        this.#isReachable = true
        return value
      } catch (error) {
        if (error instanceof WorkFailed) throw error.cause
        if (error instanceof Clash || isClash(error)) {
          if (++clashes > MOST_CLASHES)
            throw new StoreError('太多人同时改同一条记录，请再试一次。', { cause: error })
        } else {
          const mayPass = error instanceof Undone || isAway(error)
          if (!mayPass || performance.now() + waited > until) {
            this.#isReachable = !mayPass
            throw refusal(error)
          }
          await wait(waited)
          waited *= 2
        }
      } finally {
        turn.leave()
      }
    }
  }

  async #once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const line = this.#people.begin()
    const rows = new WorkingSet(this.#parts, (person) => line.take(person))
    try {
      const value = await this.#work(work, rows)
      await rows.commit()
      return value
    } catch (error) {
      await rows.rollback()
      throw error
    } finally {
      line.leave()
    }
  }

  async #work<T>(work: (tx: Transaction) => Promise<T>, rows: WorkingSet): Promise<T> {
    try {
      return await inTime(work(new PostgresTransaction(rows)))
    } catch (error) {
      // What the database refused counts, whatever the work made of it.
      throw rows.failure ?? new WorkFailed(error)
    }
  }

  async #probe(): Promise<void> {
    try {
      await this.#pool.query('select 1')
      this.#isReachable = true
    } catch {
      this.#isReachable = false
    }
  }
}

/** The work itself failed: nothing is tried again. */
class WorkFailed extends Error {
  constructor(cause: unknown) {
    super('the work failed', { cause })
  }
}

const ignore = (): void => {}
