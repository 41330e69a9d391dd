import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { newDatabase } from './postgres.ts'

/** Where a bot of a test keeps everything: the part of its environment that says so, empty at first. */
export type Home = { environment: { DATA_DIR: string } & Record<string, string>; remove(): Promise<void> }

/** A temporary folder, and where the run is one on PostgreSQL (vitest.config.ts) a database. */
export async function newHome(): Promise<Home> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trial-'))
  const database = process.env['TRIAL_STORE'] === 'postgres' ? await newDatabase() : undefined
  return {
    environment: {
      DATA_DIR: folder,
      ...(database && { STORE: 'postgres', DATABASE_URL: database.url }),
    },
    async remove() {
      await database?.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
