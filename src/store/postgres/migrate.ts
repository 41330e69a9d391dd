import type pg from 'pg'
import { StoreError } from '../error.ts'
import { migrations } from './migrations.ts'

const MIGRATING = 7_300_000

/** Brings the tables up to this version of the program; of several processes that start at once, one does. */
export async function migrate(client: pg.ClientBase): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATING])
    await client.query('create table if not exists migrations (version integer primary key)')
    const { rows } = await client.query<{ done: number }>(
      'select coalesce(max(version), 0)::integer as done from migrations',
    )
    const done = rows[0]?.done ?? 0
    if (done > migrations.length) {
      throw new StoreError(
        `数据库是更新的版本写的（第 ${done} 版），这个程序只认得第 ${migrations.length} 版。请用新版程序。`,
      )
    }
    for (const [index, migration] of migrations.entries()) {
      if (index < done) continue
      await client.query(migration)
      await client.query('insert into migrations values ($1)', [index + 1])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
