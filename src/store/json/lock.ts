import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { StoreError } from '../error.ts'
import type { Disk } from './disk.ts'

/** A process, told apart from a later one with the same number where the system says when it started. */
const Holder = z.strictObject({ pid: z.int(), started: z.string(), boot: z.string() })
type Holder = z.infer<typeof Holder>

const TRIES = 5

/**
 * Takes the folder for this process; the lock of a process that is gone is taken over at once. Returns how to
 * let go. Throws StoreError while another process lives. The processes must see each other: two containers on
 * one folder do not.
 */
export async function lockFolder(disk: Disk, folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'lock')
  const mine = JSON.stringify(await holderOf(process.pid))
  for (let tried = 0; tried < TRIES; tried++) {
    if (await create(disk, file, mine)) return () => disk.remove(file)
    const theirs = await contents(disk, file)
    if (theirs === undefined) continue
    const holder = parse(theirs)
    if (holder && (await isAlive(holder))) {
      throw new StoreError(
        `数据目录 ${folder} 正在被另一个进程（pid ${holder.pid}）使用。请先停止它，再启动。` +
          ` / The data folder is in use by process ${holder.pid}; stop it first.`,
      )
    }
    await discard(disk, file, theirs)
  }
  throw new StoreError(`数据目录 ${folder} 的锁文件 ${file} 无法取得。请确认没有别的进程，再删除它。`)
}

/** Removes a dead process's lock, unless somebody else has just replaced it. */
async function discard(disk: Disk, file: string, theirs: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  try {
    await disk.rename(file, aside)
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return
    throw cause
  }
  const moved = await contents(disk, aside)
  if (moved === theirs) await disk.remove(aside)
  else await disk.rename(aside, file)
}

async function create(disk: Disk, file: string, text: string): Promise<boolean> {
  try {
    const lock = await disk.open(file, 'create')
    await lock.write(Buffer.from(text))
    await lock.close()
    return true
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false
    throw cause
  }
}

async function contents(disk: Disk, file: string): Promise<string | undefined> {
  try {
    let text = ''
    for await (const piece of disk.read(file)) text += piece.toString()
    return text
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

function parse(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return undefined // Its process died while writing it.
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0)
  } catch (cause) {
    if (hasCode(cause, 'ESRCH')) return false
  }
  const now = await holderOf(holder.pid)
  // Where the system does not tell, a living process with that number is taken for the holder.
  return now.started === '' || (now.started === holder.started && now.boot === holder.boot)
}

async function holderOf(pid: number): Promise<Holder> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  // The command's name, in brackets, may hold spaces; the start is the 20th field behind it.
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return { pid, started, boot: boot.trim() }
}

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code
