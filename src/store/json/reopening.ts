import path from 'node:path'
import { StoreError } from '../error.ts'
import type { Store, Transaction } from '../store.ts'
import type { Disk } from './disk.ts'
import type { JsonStore } from './json-store.ts'

/** With less than this free, the disk would soon be full again. */
const SPARE_BYTES = 8 * 1024 * 1024
const PIECE_BYTES = 64 * 1024

export type ReopeningParts = {
  folder: string
  disk: Disk
  report: (line: string) => void
  spareBytes?: number | undefined
  open: () => Promise<JsonStore>
}

/**
 * A store that is read anew from its folder when the disk failed and works again, so that a disk that was full
 * needs room and no restart. It tries whenever a transaction is wanted, as the timers do every few seconds.
 */
export class ReopeningStore implements Store {
  readonly #parts: ReopeningParts
  #store: JsonStore
  #reopening: Promise<void> | undefined
  #told = false
  #closed = false

  constructor(store: JsonStore, parts: ReopeningParts) {
    this.#store = store
    this.#parts = parts
  }

  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.#closed || this.#store.isReady()) return this.#store.transact(work)
    return this.#again().then(() => this.#store.transact(work))
  }

  isReady(): boolean {
    return this.#store.isReady()
  }

  counts() {
    return this.#store.counts()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#reopening?.catch(() => {})
    await this.#store.close()
  }

  #again(): Promise<void> {
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined
    })
    return this.#reopening
  }

  async #reopen(): Promise<void> {
    const { open, report } = this.#parts
    try {
      await this.#store.takeBack()
      await this.#makeSureOfRoom()
      await this.#store.close()
      this.#store = await open()
    } catch (cause) {
      if (!this.#told) report(`${NOT_WRITTEN}${reasonOf(cause)}`)
      this.#told = true
      throw new StoreError(NOT_WRITTEN + reasonOf(cause), { cause })
    }
    this.#told = false
    report('磁盘又能写了，已重新打开数据，继续接收消息。 / The disk works again; messages are taken.')
  }

  /** Written and synced, because some file systems promise room that they do not have. */
  async #makeSureOfRoom(): Promise<void> {
    const { disk, folder, spareBytes = SPARE_BYTES } = this.#parts
    const file = path.join(folder, 'room')
    const room = await disk.open(file, 'replace')
    try {
      for (let written = 0; written < spareBytes; written += PIECE_BYTES) {
        await room.write(Buffer.alloc(Math.min(PIECE_BYTES, spareBytes - written)))
      }
      await room.sync()
    } finally {
      await room.close()
      await disk.remove(file)
    }
  }
}

export const NOT_WRITTEN =
  '数据没有写到磁盘上，已停止接收。请检查磁盘空间和数据目录的权限；磁盘恢复以后会自己继续，不必重启。' +
  ' / The journal could not be written; check the disk. It goes on by itself once the disk works.'

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EIO: 'the disk does not read or write',
}

/** For the operator: what the system calls it, and in words. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  return code === undefined ? '' : ` (${code}${REASONS[code] ? `: ${REASONS[code]}` : ''})`
}
