import pg from 'pg'
import { StoreError } from '../error.ts'

const MOST_CONNECTIONS = 10
const CONNECT_MS = 3_000
const STATEMENT_MS = 10_000
const IDLE_IN_TRANSACTION_MS = 15_000
const LOCK_MS = 5_000

/** Whatever statements run on: the pool, or one connection in the middle of a transaction. */
export type Runs = Pick<pg.Pool, 'query'>

/** Connections with an end to every wait. Statements sent together share a round trip. */
export function connect(url: string, most = MOST_CONNECTIONS): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'filing-guide',
    max: most,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    // For a network that swallows everything; the database itself gives up earlier.
    query_timeout: STATEMENT_MS + CONNECT_MS,
    keepAlive: true,
    pipeline: true,
  } as pg.PoolConfig)
  // A connection that breaks is replaced when the next one is needed; whoever uses it hears of it there.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const code = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Two transactions got into each other's way; one of them begins anew. */
const CLASHES = ['40001', '40P01', '55P03', '23505']

export const isClash = (error: unknown): boolean => CLASHES.includes(code(error))

/** The database is away, is coming or going, or is too busy: the same may well succeed in a moment. */
export const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(08...|57P0.|57014|53300|25P0.)$/.test(code(error)) ||
    /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/.test(code(error)) ||
    /connection|timeout|not queryable|Client was closed/i.test(code(error) === '' ? error.message : ''))

/** Whether it will not get better by waiting, in words for the operator; the address and the password are not in it. */
export function refusal(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const why = code(error)
  const advice: Record<string, string> = {
    '28P01': 'DATABASE_URL 里的用户名或密码不对',
    '28000': 'DATABASE_URL 里的用户不让登录',
    '3D000': 'DATABASE_URL 里的数据库不存在，请先建好',
    '42501': '这个用户没有权限建表或读写',
    '53100': '数据库的磁盘满了',
    '25006': '数据库现在只能读（可能是备机）',
  }
  const said = advice[why] ?? (isAway(error) ? '数据库连不上或没有回答' : '数据库拒绝了')
  return new StoreError(`${said}${why && `（${why}）`}。 / The database refused or could not be reached.`, {
    cause: error,
  })
}
