import path from 'node:path'
import type { Disk, DiskFile } from '../../src/store/json/disk.ts'

/** What a crash leaves: with `process` everything written, with `power` only what was synced and a piece more. */
export type Crash = 'process' | 'power'

type Inode = { bytes: Buffer; synced: Buffer }

export class Crashed extends Error {
  override name = 'Crashed'
}

/**
 * A disk in memory that knows what would survive a power cut. With `crashAt`, its n-th operation (from 1) is
 * done in part and it and all later ones fail, until `restart`. With `failAt`, only that one operation fails.
 */
export class MemoryDisk implements Disk {
  operations = 0
  crashAt = Infinity
  failAt = Infinity
  #seen = new Map<string, Inode>()
  #durable = new Map<string, Inode>()
  /** Removed, and the folder not synced since. */
  #removed = new Set<string>()
  #crashed = false
  /** While set: what such a disk refuses fails with this code. What is full can still be read, cut and emptied. */
  refuses: 'ENOSPC' | 'EROFS' | 'EIO' | undefined
  /** Syncs of files wait for this. */
  pause: Promise<void> = Promise.resolve()

  /**
   * The process or machine comes back; locks of dead processes are gone. After a power cut, `share` of the bytes
   * that were not synced are there, and when there is any share, files removed without a sync are gone.
   */
  restart(crash: Crash, share = 0): void {
    if (crash === 'power') {
      this.#seen = new Map(this.#durable)
      if (share > 0) for (const file of this.#removed) this.#seen.delete(file)
      for (const inode of this.#seen.values()) {
        const unsynced = Math.max(0, inode.bytes.length - inode.synced.length)
        const kept = inode.bytes.subarray(inode.synced.length, inode.synced.length + unsynced * share)
        inode.bytes = inode.synced = Buffer.concat([inode.synced, kept])
      }
      this.#durable = new Map(this.#seen)
      this.#removed.clear()
    }
    for (const name of this.#seen.keys()) if (path.basename(name) === 'lock') this.#seen.delete(name)
    this.#crashed = false
    this.crashAt = Infinity
    this.failAt = Infinity
    this.operations = 0
  }

  /** The files as they are seen now, for damaging and comparing. */
  files(): Map<string, Buffer> {
    return new Map(Array.from(this.#seen, ([name, inode]) => [name, inode.bytes]))
  }

  put(file: string, bytes: Buffer): void {
    const inode = { bytes, synced: bytes }
    this.#seen.set(file, inode)
    this.#durable.set(file, inode)
  }

  async makeFolder(): Promise<void> {
    this.#step('read')
  }

  async list(folder: string): Promise<string[]> {
    this.#step('read')
    return [...this.#seen.keys()].filter((f) => path.dirname(f) === folder).map((f) => path.basename(f))
  }

  async *read(file: string): AsyncIterable<Buffer> {
    this.#step('read')
    const inode = this.#seen.get(file)
    if (!inode) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    // Small pieces, so that lines are split across them.
    for (let at = 0; at < inode.bytes.length; at += 997) yield inode.bytes.subarray(at, at + 997)
  }

  async open(file: string, how: 'replace' | 'create' | 'append'): Promise<DiskFile> {
    this.#step(how === 'append' ? 'change' : 'grow')
    const known = this.#seen.get(file)
    if (how === 'create' && known) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
    if (how === 'append' && !known) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    const inode = known ?? { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) }
    if (how === 'replace') inode.bytes = inode.synced = Buffer.alloc(0)
    this.#seen.set(file, inode)
    return this.#handle(inode)
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('change')
    const inode = this.#seen.get(from)
    if (!inode) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    this.#seen.delete(from)
    this.#seen.set(to, inode)
  }

  async remove(file: string): Promise<void> {
    this.#step('change')
    this.#seen.delete(file)
    this.#removed.add(file)
  }

  async syncFolder(): Promise<void> {
    this.#step('read')
    this.#durable = new Map(this.#seen)
    this.#removed.clear()
  }

  #handle(inode: Inode): DiskFile {
    return {
      write: async (bytes) => {
        const half = bytes.subarray(0, Math.floor(bytes.length / 2))
        this.#step('grow', () => (inode.bytes = Buffer.concat([inode.bytes, half])))
        inode.bytes = Buffer.concat([inode.bytes, bytes])
      },
      truncate: async (length) => {
        this.#step('change')
        inode.bytes = inode.bytes.subarray(0, length)
      },
      sync: async () => {
        await this.pause
        this.#step('read')
        inode.synced = inode.bytes
      },
      close: async () => this.#step('read'),
    }
  }

  #step(what: 'read' | 'change' | 'grow', half: () => void = () => {}): void {
    if (this.#crashed) throw new Crashed('the disk is gone')
    this.operations++
    const refused = { ENOSPC: ['grow'], EROFS: ['grow', 'change'], EIO: ['grow', 'change', 'read'] }
    if (this.refuses && refused[this.refuses].includes(what)) {
      if (this.refuses === 'ENOSPC') half()
      throw Object.assign(new Error(`${this.refuses}: refused`), { code: this.refuses })
    }
    if (this.operations === this.crashAt || this.operations === this.failAt) {
      this.#crashed = this.operations === this.crashAt
      half()
      throw new Crashed(`operation ${this.operations} failed`)
    }
  }
}
