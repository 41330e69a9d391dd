import { z } from 'zod'
import type { UserId } from '../messages.ts'
import type { Jurisdiction } from '../pack.ts'
import { StoreError } from '../store/error.ts'
import { SealError, type Seal } from '../store/seal.ts'
import { Directory } from './directory.ts'
import { staffOf, type Staff } from './staff.ts'

/** The name the directory is kept under; also what it is sealed as. */
export const NAME = 'directory'
export const MOST_BYTES = 16 * 1024 * 1024

const Kept = z.strictObject({ version: z.literal(1), directory: Directory })

export const sealed = (directory: Directory, seal: Seal): string =>
  seal.seal(JSON.stringify({ version: 1, directory }), NAME)

/**
 * Opens a directory that was kept at `where`. Throws SealError when its key is not there, StoreError when it is
 * damaged or not what this version keeps.
 */
export function opened(kept: string, seal: Seal, where: string): Directory {
  if (/^k[0-9a-f]{8}\./.test(kept)) seal.requireKey(kept)
  let text: string
  try {
    text = seal.open(kept, NAME)
  } catch (cause) {
    throw new StoreError(`${where} 坏了，或者被改动过。请重新导入人员名单。`, { cause })
  }
  const read = Kept.safeParse(JSON.parse(text))
  if (read.success) return read.data.directory
  throw new StoreError(`${where} 不是这个版本写的。请重新导入人员名单。`)
}

export type DirectoryKeeper = {
  /** Everyone with a role as of now. Never throws. */
  current(): Staff
  /** Looks whether the directory was replaced elsewhere; to be called every few seconds. Never throws. */
  look(): Promise<void>
}

export type KeeperOptions = {
  dataKeys: readonly Buffer[]
  admins: readonly UserId[]
  jurisdiction: Jurisdiction
  /** Counts as long as nothing was imported; the sandbox has its cast. */
  initial?: Directory
  /** A line for the operator; never personal data. */
  report(line: string): void
}

/** The staff of a directory; places the pack does not know are reported. */
export function bound(directory: Directory, { jurisdiction, admins, report }: KeeperOptions): Staff {
  const { staff, unknown } = staffOf(directory, jurisdiction, admins)
  if (unknown.length > 0)
    report(`人员名单里有模板包没有的地方：${unknown.join('、')}。在那里的角色不起作用。`)
  return staff
}

/** Says each complaint once, until things are well again. */
export function complaints(report: (line: string) => void): { say(line: string): void; end(): void } {
  let said: string | undefined
  return {
    say(line) {
      if (line !== said) report(line)
      said = line
    },
    end() {
      said = undefined
    },
  }
}

export const reasonOf = (error: unknown): string => {
  if (error instanceof SealError || error instanceof StoreError) return error.message
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
