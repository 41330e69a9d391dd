import type pg from 'pg'
import { recordNames } from '../memory/records.ts'
import { keyId, SealError, type Seal } from '../seal.ts'

const AT_ONCE = 200

/**
 * Checks that every key that ever sealed anything is there, and seals anew with the current key what older ones
 * sealed: after that they are not needed any more. Throws SealError naming a missing key.
 */
export async function renewSeals(
  client: pg.ClientBase,
  seal: Seal,
  dataKeys: readonly Buffer[],
): Promise<void> {
  const known = dataKeys.map(keyId)
  const current = known[0]!
  await client.query('insert into "dataKeys" values ($1) on conflict do nothing', [current])
  const { rows } = await client.query<{ id: string }>('select id from "dataKeys" where id <> $1', [current])
  const older = rows.map(({ id }) => id)
  for (const id of older) {
    if (!known.includes(id)) throw new SealError(`DATA_KEY 中缺少编号为 ${id} 的密钥，数据是用它加密的。`)
  }
  if (older.length === 0) return
  for (const [table, record] of Object.entries(recordNames)) {
    await renewTable(client, seal, `"${table}"`, 'key', `k${current}.`, record)
  }
  await renewTable(client, seal, 'kept', 'name', `k${current}.`, (name) => name)
  await client.query('delete from "dataKeys" where id = any($1)', [older])
}

async function renewTable(
  client: pg.ClientBase,
  seal: Seal,
  table: string,
  key: string,
  prefix: string,
  record: (key: string) => string,
): Promise<void> {
  for (;;) {
    await client.query('begin')
    try {
      const { rows } = await client.query<{ key: string; sealed: string }>(
        `select ${key} as key, sealed from ${table} where not starts_with(sealed, $1) limit ${AT_ONCE} for update`,
        [prefix],
      )
      for (const row of rows) {
        const sealed = seal.seal(seal.open(row.sealed, record(row.key)), record(row.key))
        await client.query(`update ${table} set sealed = $2, revision = revision + 1 where ${key} = $1`, [
          row.key,
          sealed,
        ])
      }
      await client.query('commit')
      if (rows.length < AT_ONCE) return
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
  }
}
