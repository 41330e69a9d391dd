import pg from 'pg'
import type { Place, RowStream } from '../copy.ts'
import { StoreError } from '../error.ts'
import type { Change } from '../memory/table.ts'
import { refusal } from './connect.ts'
import { prepare } from './open.ts'
import { columnsOf, requireTable, selected, statements, storedRow, tableNames } from './tables.ts'

const AT_ONCE = 500

/** A database as a place to copy from and to. Bots may run on it while it is read. */
export async function postgresPlace(url: string, dataKeys: readonly Buffer[]): Promise<Place> {
  await prepare({ url, dataKeys, waitMs: 0 })
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw refusal(error)
  })

  async function* rows(): RowStream {
    // Everything as it was at one moment, whatever is written meanwhile.
    await client.query('begin isolation level repeatable read read only')
    try {
      yield* everything(client)
    } finally {
      await client.query('rollback')
    }
  }

  return {
    rows,
    async fill(incoming, check) {
      await client.query('begin')
      try {
        await requireEmpty(client)
        await insert(client, incoming)
        await check(everything(client))
        await client.query('commit')
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error instanceof pg.DatabaseError ? refusal(error) : error
      }
    },
    close: () => client.end(),
  }
}

const quoted = [...tableNames, 'kept'].map((name) => `"${name}"`)

async function* everything(client: pg.Client): RowStream {
  for (const table of tableNames) {
    await client.query(`declare "all" cursor for select ${selected(table)} from "${table}"`)
    for (;;) {
      const { rows } = await client.query<Record<string, unknown>>(`fetch ${AT_ONCE} from "all"`)
      for (const row of rows.map((one) => storedRow(table, one))) yield [table, row.key, row.row]
      if (rows.length < AT_ONCE) break
    }
    await client.query('close "all"')
  }
  const { rows } = await client.query<{ name: string; sealed: string }>('select name, sealed from kept')
  for (const { name, sealed } of rows) yield ['kept', name, { sealed }]
}

/** Bots that run on the database wait until the end, and then see everything. */
async function requireEmpty(client: pg.Client): Promise<void> {
  await client.query(`lock table ${quoted.join(', ')} in share row exclusive mode`)
  for (const table of quoted) {
    const { rows } = await client.query(`select from ${table} limit 1`)
    if (rows.length > 0) throw new StoreError('数据库里已经有数据，什么都没有改。请换一个空的数据库。')
  }
}

async function insert(client: pg.Client, incoming: RowStream): Promise<void> {
  const waiting = new Map<string, Change[]>()
  const keys = new Set<string>()
  const write = async (table: string): Promise<void> => {
    const changes = waiting.get(table) ?? []
    waiting.delete(table)
    const rows = changes.map(([, key, row]) => columnsOf({ table: requireTable(table), key, row, seen: 0 }))
    const { rowCount } = await client.query(statements[requireTable(table)].restore, [JSON.stringify(rows)])
    if (rowCount !== rows.length) throw new StoreError(`${table} 里有重复的内容，什么都没有改。`)
  }
  for await (const change of incoming) {
    const [table, key, row] = change
    const sealed = (row as { sealed?: string }).sealed
    if (sealed !== undefined) keys.add(sealed.slice(1, sealed.indexOf('.')))
    if (table === 'kept') {
      await client.query('insert into kept values ($1, 1, $2)', [key, sealed])
      continue
    }
    const those = waiting.get(table)
    if (those) those.push(change)
    else waiting.set(table, [change])
    if ((those?.length ?? 0) >= AT_ONCE) await write(table)
  }
  for (const table of waiting.keys()) await write(table)
  await client.query(
    `select setval(pg_get_serial_sequence('deliveries', 'order'), coalesce(max("order"), 0) + 1, false) from deliveries`,
  )
  await client.query('insert into "dataKeys" select unnest($1::text[]) on conflict do nothing', [[...keys]])
}
