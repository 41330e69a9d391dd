import { z } from 'zod'
import { normalizeName } from '../../filings/names.ts'
import { StoreError } from '../error.ts'
import { rowSchemas, type FilingRow, type SessionRow, type TableName } from '../memory/rows.ts'

export const tableNames = Object.keys(rowSchemas) as TableName[]
export const isTable = (name: string): name is TableName => Object.hasOwn(rowSchemas, name)

/** The columns of each table that are fields of its rows. */
const columns = Object.fromEntries(
  tableNames.map((table) => {
    const schema = rowSchemas[table]
    return [table, Object.keys((schema instanceof z.ZodPipe ? schema.out : schema).shape)]
  }),
) as Record<TableName, string[]>

const quoted = (names: readonly string[], of = ''): string => names.map((name) => `${of}"${name}"`).join(', ')

/** Columns that only searches need, worked out from a row where the database cannot do it itself. */
const searched: Partial<Record<TableName, Record<string, (row: never) => unknown>>> = {
  sessions: {
    // Rows written before that was kept do not say when: they count as old until they are looked at.
    firstDraft: ({ drafts }: SessionRow) => (drafts ? drafts.toSorted()[0] : ''),
  },
  filings: {
    nameKey: ({ organizationName }: FilingRow) => normalizeName(organizationName),
    newNameKey: ({ newName }: FilingRow) => newName && normalizeName(newName),
    caseOrder: ({ caseNumber }: FilingRow) =>
      caseNumber.replace(/\d+/g, (digits) => digits.padStart(12, '0')),
  },
}

/** A row as it stands in the database; `row` has the fields of memory/rows.ts. */
export type StoredRow = {
  key: string
  revision: number
  row: Record<string, unknown>
  by?: string | undefined
}

const Head = z.looseObject({ key: z.string(), revision: z.int(), by: z.string().nullish() })

/** The columns to ask for, and with `by` one more that says what a row was found by. */
export const selected = (table: TableName, by?: string): string =>
  quoted(['key', 'revision', ...columns[table]]) + (by === undefined ? '' : `, "${by}" as by$`)

/** Takes a row out of what the database answered. */
export function storedRow(table: TableName, { by$: by, ...answer }: Record<string, unknown>): StoredRow {
  const { key, revision } = Head.parse(answer)
  const fields = columns[table].map((name) => [name, answer[name]])
  const row = Object.fromEntries(fields.filter(([, value]) => value !== null))
  return { key, revision, row, ...(typeof by === 'string' && { by }) }
}

/** A row to be written over the one of revision `seen`; 0: there was none. Without a row it is removed. */
export type Write = { table: TableName; key: string; row: unknown; seen: number }

/** A row with all its columns, as `json_populate_recordset` takes it. */
export function columnsOf({ table, key, row, seen }: Write): Record<string, unknown> {
  const derived = Object.entries(searched[table] ?? {}).map(([name, of]) => [name, of(row as never)])
  return { ...(row as object), ...Object.fromEntries(derived), key, revision: seen + 1 }
}

/** A new delivery gets its place in the order from the database, and keeps it. */
const given = (table: TableName): string[] => (table === 'deliveries' ? ['order'] : [])

/**
 * Statements that take rows as one JSON parameter and touch only those of the revision that was seen. Those that
 * change rows are given the keys too, so that they look these up however few rows a table has.
 */
export const statements = Object.fromEntries(
  tableNames.map((table) => {
    const all = [...columns[table], ...Object.keys(searched[table] ?? {})]
    const fields = all.filter((name) => !given(table).includes(name))
    const rows = `json_populate_recordset(null::"${table}", $1)`
    const insert = (names: string[]): string =>
      `insert into "${table}" ("key", "revision", ${quoted(names)})
        select "key", "revision", ${quoted(names)} from ${rows} on conflict do nothing`
    return [
      table,
      {
        insert: insert(fields),
        /** Whole, as it was kept elsewhere. */
        restore: insert(all),
        update: `update "${table}" as kept set "revision" = new."revision",
          ${fields.map((name) => `"${name}" = new."${name}"`).join(', ')}
          from ${rows} as new
          where kept."key" = any($2) and kept."key" = new."key" and kept."revision" = new."revision" - 1`,
        remove: `delete from "${table}" as kept using ${rows} as old
          where kept."key" = any($2) and kept."key" = old."key" and kept."revision" = old."revision" - 1`,
      },
    ]
  }),
) as Record<TableName, { insert: string; restore: string; update: string; remove: string }>

export function requireTable(name: string): TableName {
  if (isTable(name)) return name
  throw new StoreError(`unknown table ${name}`)
}
