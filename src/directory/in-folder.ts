import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { StoreError } from '../store/error.ts'
import { realDisk } from '../store/json/disk.ts'
import { createSeal, SealError, type Seal } from '../store/seal.ts'
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

/** Replaces the directory kept in a folder in one step, whether a bot runs on it or not. */
export async function saveDirectory(
  folder: string,
  dataKeys: readonly Buffer[],
  directory: Directory,
): Promise<void> {
  const file = path.join(folder, NAME)
  const draft = `${file}.${process.pid}.new`
  const kept = sealed(directory, createSeal(dataKeys))
  await realDisk.makeFolder(folder)
  try {
    const handle = await realDisk.open(draft, 'replace')
    try {
      await handle.write(Buffer.from(kept))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await realDisk.rename(draft, file)
  } catch (error) {
    await realDisk.remove(draft)
    throw error
  }
  await realDisk.syncFolder(folder)
}

/**
 * The directory kept in a folder; undefined when none was imported yet. Throws SealError when its key is not
 * there, StoreError when it is damaged or not what this version keeps.
 */
export const readKeptDirectory = (folder: string, dataKeys: readonly Buffer[]): Directory | undefined =>
  signatureOf(folder) === undefined ? undefined : openKept(folder, createSeal(dataKeys))

function openKept(folder: string, seal: Seal): Directory {
  const file = path.join(folder, NAME)
  if (statSync(file).size > MOST_BYTES) throw new StoreError(`${file} 太大，不像人员名单。`)
  return opened(readFileSync(file, 'utf8'), seal, file)
}

/** Differs whenever the file was replaced; undefined when there is none. */
function signatureOf(folder: string): string | undefined {
  const found = statSync(path.join(folder, NAME), { bigint: true, throwIfNoEntry: false })
  return found && `${found.ino}.${found.mtimeNs}.${found.size}`
}

export type FolderKeeper = DirectoryKeeper & {
  /** Whether there was something new. */
  refresh(): boolean
}

/**
 * Opens the directory kept in a folder for a running bot. Throws when it cannot be read at the start; once it
 * runs, a file that is damaged or gone is reported and the last good one stays in force.
 */
export function openDirectory(options: KeeperOptions & { folder: string }): FolderKeeper {
  const { folder, dataKeys, initial = emptyDirectory, report } = options
  const seal = createSeal(dataKeys)
  const complaint = complaints(report)
  let seen = signatureOf(folder)
  let staff = bound(seen === undefined ? initial : openKept(folder, seal), options)

  // Looked at in place: a stat takes some microseconds, and what was imported counts from the next message on.
  function refresh(): boolean {
    let found: string | undefined
    try {
      found = signatureOf(folder)
      if (found === seen) return false
      if (found === undefined) {
        complaint.say('人员名单文件不见了，继续用原来的。请重新导入。')
        return false
      }
      staff = bound(openKept(folder, seal), options)
      seen = found
      complaint.end()
      return true
    } catch (error) {
      complaint.say(`人员名单读不出来，继续用原来的：${reasonOf(error)}`)
      // A damaged file stays damaged; a disk or a permission may come back.
      if (error instanceof SealError || error instanceof StoreError) seen = found
      return false
    }
  }

  return {
    refresh,
    current() {
      refresh()
      return staff
    },
    look: async () => void refresh(),
  }
}
