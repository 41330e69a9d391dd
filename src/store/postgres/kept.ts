import { z } from 'zod'
import { refusal, type Runs } from './connect.ts'

// What is kept whole under a name, sealed, for all processes on the database.

const Revision = z.object({ revision: z.int() })
const Kept = z.object({ sealed: z.string() })

/** Differs whenever it was replaced; undefined when there is none. */
export async function revisionOf(runs: Runs, name: string): Promise<number | undefined> {
  const [row] = await query(runs, 'select revision from kept where name = $1', [name])
  return row === undefined ? undefined : Revision.parse(row).revision
}

export async function readKept(runs: Runs, name: string): Promise<string | undefined> {
  const [row] = await query(runs, 'select sealed from kept where name = $1', [name])
  return row === undefined ? undefined : Kept.parse(row).sealed
}

export async function saveKept(runs: Runs, name: string, sealed: string): Promise<void> {
  await query(
    runs,
    `insert into kept values ($1, 1, $2)
      on conflict (name) do update set sealed = excluded.sealed, revision = kept.revision + 1`,
    [name, sealed],
  )
}

async function query(runs: Runs, text: string, values: unknown[]): Promise<unknown[]> {
  try {
    return (await runs.query(text, values)).rows
  } catch (error) {
    throw refusal(error)
  }
}
