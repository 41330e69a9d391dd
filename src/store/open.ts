import type { Clock } from '../clock.ts'
import { StoreError } from './error.ts'
import { openJsonStore } from './json/open.ts'
import { openPostgresStore } from './postgres/open.ts'
import type { Store } from './store.ts'

export type StoreOptions = {
  store: 'json' | 'postgres'
  /** Where the json store lives. */
  dataDir: string
  /** Where the postgres store lives. */
  databaseUrl: string | undefined
  dataKeys: readonly Buffer[]
  clock?: Clock | undefined
  report?: ((line: string) => void) | undefined
  /** How long a database that is away is waited for. */
  waitMs?: number
}

/** Opens the store that the configuration names, for the bot and the commands alike. */
export function openStore({ store, dataDir, databaseUrl, ...rest }: StoreOptions): Promise<Store> {
  return store === 'json'
    ? openJsonStore({ folder: dataDir, ...rest })
    : openPostgresStore({ url: addressOf(databaseUrl), ...rest })
}

/** Throws StoreError when there is none. */
export function addressOf(databaseUrl: string | undefined): string {
  if (databaseUrl !== undefined) return databaseUrl
  throw new StoreError('没有填 DATABASE_URL。')
}
