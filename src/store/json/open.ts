import { systemClock, type Clock } from '../../clock.ts'
import { createSeal } from '../seal.ts'
import type { Store } from '../store.ts'
import { realDisk, type Disk } from './disk.ts'
import { Journal } from './journal.ts'
import { journalPath, load, type Loaded } from './load.ts'
import { lockFolder } from './lock.ts'
import { renewSeals } from './renew.ts'
import { JsonStore } from './json-store.ts'
import { createVault } from '../memory/vault.ts'

/** About twice a snapshot of ten thousand filings: writing it stays a small part of the work, and a start reads three times that at most. */
const SNAPSHOT_AFTER_BYTES = 128 * 1024 * 1024

export type JsonStoreOptions = {
  /** Everything is in here; made when missing. One process at a time. */
  folder: string
  /** 32 bytes each. The first seals; the others open what they sealed before. */
  dataKeys: readonly Buffer[]
  clock?: Clock
  disk?: Disk
  /** Bytes of journal after which a snapshot is due. */
  snapshotAfter?: number
  /** Told what an operator should know: an unfinished write cut off, a snapshot that failed. */
  report?: (line: string) => void
}

/**
 * Opens the store in a folder: snapshot read, journals replayed, everything durable. Throws StoreError when the
 * folder is in use or a file is damaged, SealError when a key is missing; then nothing on disk was changed.
 */
export async function openJsonStore(options: JsonStoreOptions): Promise<Store> {
  const { folder, dataKeys, clock = systemClock, disk = realDisk, report = () => {} } = options
  const { snapshotAfter = SNAPSHOT_AFTER_BYTES } = options
  const seal = createSeal(dataKeys)
  await disk.makeFolder(folder)
  const unlock = await lockFolder(disk, folder)
  try {
    const loaded = await load(disk, folder)
    const renewed = renewSeals(loaded.data, seal)
    const { generation } = loaded.journal
    const store = new JsonStore({
      data: loaded.data,
      seq: loaded.seq,
      db: loaded.db,
      vault: createVault(seal),
      journal: await openJournal(disk, folder, loaded, report),
      generation,
      now: () => clock.now(),
      snapshotAfter,
      report,
      journalPath: (generation) => journalPath(folder, generation),
      removeJournal: (generation) => disk.remove(journalPath(folder, generation)),
      unlock,
    })
    for (const old of loaded.superfluous) await disk.remove(journalPath(folder, old))
    if (renewed > 0) await store.snapshot()
    return store
  } catch (cause) {
    // What went wrong first is what must be told.
    await unlock().catch(() => {})
    throw cause
  }
}

/** Cuts off what was never finished and makes sure that what was read is durable: others rely on it from now on. */
async function openJournal(
  disk: Disk,
  folder: string,
  { journal: { generation, bytes, torn, isNew } }: Loaded,
  report: (line: string) => void,
): Promise<Journal> {
  const path = journalPath(folder, generation)
  const file = await disk.open(path, isNew ? 'create' : 'append')
  if (torn > 0) {
    await file.truncate(bytes)
    report(`${path} 的末尾有 ${torn} 字节没有写完（上次意外停止），已截去；已确认的数据都在。`)
  }
  await file.sync()
  await disk.syncFolder(folder)
  return new Journal(disk, folder, file, bytes)
}
