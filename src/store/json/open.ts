import { systemClock, type Clock } from '../../clock.ts'
import { StoreError } from '../error.ts'
import { createSeal } from '../seal.ts'
import type { Store } from '../store.ts'
import { realDisk, type Disk } from './disk.ts'
import { Journal } from './journal.ts'
import { journalPath, load, type Loaded } from './load.ts'
import { lockFolder } from './lock.ts'
import { renewSeals } from './renew.ts'
import { JsonStore } from './json-store.ts'
import { createVault } from '../memory/vault.ts'
import { reasonOf, ReopeningStore } from './reopening.ts'

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
  /** Told what an operator should know: an unfinished write cut off, a snapshot that failed, a disk that is full. */
  report?: ((line: string) => void) | undefined
  /** Room there must be on a disk that failed before it is used again. */
  spareBytes?: number
}

/**
 * Opens the store in a folder: snapshot read, journals replayed, everything durable. Throws StoreError when the
 * folder is in use or a file is damaged, SealError when a key is missing; then nothing on disk was changed.
 */
export async function openJsonStore(options: JsonStoreOptions): Promise<Store> {
  const { folder, disk = realDisk, report = () => {}, spareBytes } = options
  const open = () => openFolder({ ...options, disk, report })
  return new ReopeningStore(await open(), { folder, disk, report, spareBytes, open })
}

async function openFolder(
  options: JsonStoreOptions & { disk: Disk; report: (line: string) => void },
): Promise<JsonStore> {
  const {
    folder,
    dataKeys,
    clock = systemClock,
    disk,
    report,
    snapshotAfter = SNAPSHOT_AFTER_BYTES,
  } = options
  const seal = createSeal(dataKeys)
  const unlock = await take(disk, folder)
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

/** Makes the folder and locks it; what forbids that is told in words, because a person has to change it. */
async function take(disk: Disk, folder: string): Promise<() => Promise<void>> {
  try {
    await disk.makeFolder(folder)
    return await lockFolder(disk, folder)
  } catch (cause) {
    if (cause instanceof StoreError || reasonOf(cause) === '') throw cause
    throw new StoreError(`数据目录 ${folder} 写不进去，请检查它的权限和磁盘空间。${reasonOf(cause)}`, {
      cause,
    })
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
