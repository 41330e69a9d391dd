import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** Runs one statement in a database. */
export async function execute(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

/** An empty database on the server of this run of the tests, and how to drop it. */
export async function newDatabase(): Promise<{ url: string; remove(): Promise<void> }> {
  const server = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await execute(server, `create database ${name}`)
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    remove: async () => void (await execute(server, `drop database if exists ${name} with (force)`)),
  }
}

/** Takes every row out of a database, quicker than making a new one. */
export const emptyDatabase = async (url: string): Promise<void> =>
  void (await execute(
    url,
    `do $$ declare name text; begin
      for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations' loop
        execute format('delete from %I', name);
      end loop;
    end $$`,
  ))
