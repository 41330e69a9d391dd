import pg from 'pg'
import { refusal } from '../store/postgres/connect.ts'
import { migrations } from '../store/postgres/migrations.ts'
import type { Finding } from './doctor.ts'

const ABOUT = '数据库'
const PATIENCE_MS = 5_000
const SLOW_COMMIT_MS = 20
/** pg_current_xact_id and pg_xact_status came with it. */
const OLDEST_POSTGRES = 13

/** Whether the database can be reached and used, and how long it takes to make something durable. */
export async function checkDatabase(url: string): Promise<Finding[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return await examine(client)
  } catch (error) {
    return [
      { about: ABOUT, well: false, says: `${refusal(error).message.split(' / ')[0]}请检查 DATABASE_URL。` },
    ]
  } finally {
    await client.end().catch(() => {})
  }
}

async function examine(client: pg.Client): Promise<Finding[]> {
  const one = async (text: string): Promise<string> => {
    const { rows } = await client.query<{ it: unknown }>(text)
    return String(rows[0]?.it)
  }
  const unwell = (says: string): Finding[] => [{ about: ABOUT, well: false, says }]
  const version = Math.floor(Number(await one(`select current_setting('server_version_num') as it`)) / 10_000)
  if (version < OLDEST_POSTGRES) return unwell(`PostgreSQL ${version} 太旧。请用 ${OLDEST_POSTGRES} 以上。`)
  if ((await one(`select has_schema_privilege(current_schema(), 'create') as it`)) !== 'true')
    return unwell('这个用户不能建表。请让他拥有这个数据库。')
  const isMade = (await one(`select to_regclass('migrations') is not null as it`)) === 'true'
  const done = isMade ? Number(await one('select coalesce(max(version), 0) as it from migrations')) : 0
  if (done > migrations.length) return unwell('里面的表是更新的版本建的。请用新版程序。')
  const times: number[] = []
  for (let i = 0; i < 9; i++) {
    const start = performance.now()
    // An empty transaction with a number of its own has to be made durable like any other.
    await client.query('select pg_current_xact_id()')
    times.push(performance.now() - start)
  }
  const typical = times.sort((a, b) => a - b)[4] ?? 0
  const slow = typical > SLOW_COMMIT_MS ? '，偏慢。请把数据库放近一点，用固态硬盘' : ''
  const tables = isMade ? '' : '表还没有建，启动时会自动建好。'
  return [
    {
      about: ABOUT,
      well: true,
      says: `PostgreSQL ${version}，连得上，提交一次约 ${typical.toFixed(1)} 毫秒${slow}。${tables}`,
    },
  ]
}
