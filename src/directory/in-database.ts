import type { Runs } from '../store/postgres/connect.ts'
import { readKept, revisionOf, saveKept } from '../store/postgres/kept.ts'
import { StoreError } from '../store/error.ts'
import { createSeal } from '../store/seal.ts'
import { emptyDirectory, type Directory } from './directory.ts'
import {
  bound,
  complaints,
  MOST_BYTES,
  NAME,
  opened,
  reasonOf,
  sealed,
  type DirectoryKeeper,
  type KeeperOptions,
} from './keep.ts'

const WHERE = '数据库里的人员名单'

/** Replaces the directory that all bots on a database share. */
export async function saveSharedDirectory(
  database: Runs,
  dataKeys: readonly Buffer[],
  directory: Directory,
): Promise<void> {
  const kept = sealed(directory, createSeal(dataKeys))
  if (kept.length > MOST_BYTES) throw new StoreError('人员名单太大。')
  await saveKept(database, NAME, kept)
}

/** The directory kept in a database; undefined when none was imported yet. Throws like `opened`. */
export async function readSharedDirectory(
  database: Runs,
  dataKeys: readonly Buffer[],
): Promise<Directory | undefined> {
  const kept = await readKept(database, NAME)
  return kept === undefined ? undefined : opened(kept, createSeal(dataKeys), WHERE)
}

/**
 * Opens the shared directory for a running bot. Throws when it cannot be read at the start; afterwards the last
 * good one stays in force, and what was imported counts from the next look on.
 */
export async function openSharedDirectory(
  options: KeeperOptions & { database: Runs },
): Promise<DirectoryKeeper> {
  const { database, dataKeys, initial = emptyDirectory, report } = options
  const complaint = complaints(report)
  let seen = await revisionOf(database, NAME)
  let staff = bound((await readSharedDirectory(database, dataKeys)) ?? initial, options)
  return {
    current: () => staff,
    async look() {
      try {
        const found = await revisionOf(database, NAME)
        if (found === seen) return
        const directory = await readSharedDirectory(database, dataKeys)
        if (directory) staff = bound(directory, options)
        seen = found
        complaint.end()
      } catch (error) {
        complaint.say(`人员名单读不出来，继续用原来的：${reasonOf(error)}`)
      }
    },
  }
}
