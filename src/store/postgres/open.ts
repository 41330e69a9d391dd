import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { systemClock, type Clock } from '../../clock.ts'
import { createVault } from '../memory/vault.ts'
import { createSeal } from '../seal.ts'
import type { Store } from '../store.ts'
import { connect, isAway, isClash, refusal } from './connect.ts'
import { migrate } from './migrate.ts'
import { PostgresStore } from './postgres-store.ts'
import { renewSeals } from './renew.ts'

/** A database that starts at the same time as the program needs some seconds. */
const START_WITHIN_MS = 30_000
const TRY_AGAIN_MS = 500

export type PostgresStoreOptions = {
  /** postgres://user:password@host:port/database */
  url: string
  /** 32 bytes each. The first seals; the others open what they sealed before. */
  dataKeys: readonly Buffer[]
  clock?: Clock | undefined
  /** Told what an operator should know. */
  report?: ((line: string) => void) | undefined
  /** How long a database that is away at the start is waited for. */
  waitMs?: number
}

/** Opens the store in a database, whose tables are made or brought up to date. Throws StoreError, SealError. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, dataKeys, clock = systemClock } = options
  const seal = createSeal(dataKeys)
  await prepare(options)
  return new PostgresStore(connect(url), createVault(seal), () => clock.now())
}

/** Tables up to date, and every key there that anything was sealed with. */
export async function prepare(options: Omit<PostgresStoreOptions, 'clock'>): Promise<void> {
  const { url, dataKeys, report = () => {}, waitMs = START_WITHIN_MS } = options
  const until = performance.now() + waitMs
  for (let said = false; ; said = true) {
    try {
      return await prepareOnce(url, dataKeys)
    } catch (error) {
      if (!(isAway(error) || isClash(error)) || performance.now() > until) {
        throw error instanceof pg.DatabaseError || isAway(error) ? refusal(error) : error
      }
      if (!said) report('数据库还连不上，等它一会儿。')
      await wait(TRY_AGAIN_MS)
    }
  }
}

async function prepareOnce(url: string, dataKeys: readonly Buffer[]): Promise<void> {
  // Not from the pool: making an index on much data takes longer than any transaction of the bot may.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await migrate(client)
    await renewSeals(client, createSeal(dataKeys), dataKeys)
  } finally {
    await client.end().catch(() => {})
  }
}
