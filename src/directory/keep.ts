import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { UserId } from '../messages.ts'
import type { Jurisdiction } from '../pack.ts'
import { StoreError } from '../store/error.ts'
import { realDisk } from '../store/json/disk.ts'
import { createSeal, SealError, type Seal } from '../store/seal.ts'
import { Directory, emptyDirectory } from './directory.ts'
import { staffOf, type Staff } from './staff.ts'

/** The file in DATA_DIR where the command leaves the directory for the bot; also what it is sealed as. */
const NAME = 'directory'
const MOST_BYTES = 16 * 1024 * 1024

const Kept = z.strictObject({ version: z.literal(1), directory: Directory })

/** Replaces the kept directory in one step, whether a bot runs on the folder or not. */
export async function saveDirectory(
  folder: string,
  dataKeys: readonly Buffer[],
  directory: Directory,
): Promise<void> {
  const file = path.join(folder, NAME)
  const draft = `${file}.${process.pid}.new`
  const sealed = createSeal(dataKeys).seal(JSON.stringify({ version: 1, directory }), NAME)
  await realDisk.makeFolder(folder)
  try {
    const handle = await realDisk.open(draft, 'replace')
    try {
      await handle.write(Buffer.from(sealed))
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
  const sealed = readFileSync(file, 'utf8')
  if (/^k[0-9a-f]{8}\./.test(sealed)) seal.requireKey(sealed)
  let text: string
  try {
    text = seal.open(sealed, NAME)
  } catch (cause) {
    throw new StoreError(`${file} 坏了，或者被改动过。请重新导入人员名单。`, { cause })
  }
  const kept = Kept.safeParse(JSON.parse(text))
  if (kept.success) return kept.data.directory
  throw new StoreError(`${file} 不是这个版本写的。请重新导入人员名单。`)
}

/** Differs whenever the file was replaced; undefined when there is none. */
function signatureOf(folder: string): string | undefined {
  const found = statSync(path.join(folder, NAME), { bigint: true, throwIfNoEntry: false })
  return found && `${found.ino}.${found.mtimeNs}.${found.size}`
}

export type DirectoryKeeper = {
  /** Everyone with a role as of now: looks whether the file was replaced, and reads it if so. Never throws. */
  current(): Staff
  /** The same look; whether there was something new. */
  refresh(): boolean
}

export type KeeperOptions = {
  folder: string
  dataKeys: readonly Buffer[]
  admins: readonly UserId[]
  jurisdiction: Jurisdiction
  /** Counts as long as nothing was imported; the sandbox has its cast. */
  initial?: Directory
  /** A line for the operator; never personal data. */
  report(line: string): void
}

/**
 * Opens the kept directory for a running bot. Throws when it cannot be read at the start; once it runs, a file
 * that is damaged or gone is reported and the last good one stays in force.
 */
export function openDirectory(options: KeeperOptions): DirectoryKeeper {
  const { folder, dataKeys, admins, jurisdiction, initial = emptyDirectory, report } = options
  const seal = createSeal(dataKeys)
  let seen = signatureOf(folder)
  let staff = bound(seen === undefined ? initial : openKept(folder, seal))
  let said: string | undefined

  function bound(directory: Directory): Staff {
    const { staff, unknown } = staffOf(directory, jurisdiction, admins)
    if (unknown.length > 0)
      report(`人员名单里有模板包没有的地方：${unknown.join('、')}。在那里的角色不起作用。`)
    return staff
  }

  function complain(line: string): void {
    if (line !== said) report(line)
    said = line
  }

  // Looked at in place: a stat takes some microseconds, and what was imported counts from the next message on.
  function refresh(): boolean {
    let found: string | undefined
    try {
      found = signatureOf(folder)
      if (found === seen) return false
      if (found === undefined) {
        complain('人员名单文件不见了，继续用原来的。请重新导入。')
        return false
      }
      staff = bound(openKept(folder, seal))
      seen = found
      said = undefined
      return true
    } catch (error) {
      complain(`人员名单读不出来，继续用原来的：${reasonOf(error)}`)
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
  }
}

const reasonOf = (error: unknown): string => {
  if (error instanceof SealError || error instanceof StoreError) return error.message
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
