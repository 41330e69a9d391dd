import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'

/** A file being written. Nothing is safe from a power cut before `sync` resolved. */
export type DiskFile = {
  /** Writes all of it at the end of the file. */
  write(bytes: Buffer): Promise<void>
  truncate(length: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** Everything the json store asks of the disk, so that tests can let any single step fail. */
export type Disk = {
  /** Makes the folder, readable by its owner only; one that exists is left as it is. */
  makeFolder(folder: string): Promise<void>
  /** The names in a folder. */
  list(folder: string): Promise<string[]>
  /** The bytes of a file in pieces; the error has the code ENOENT when there is none. */
  read(file: string): AsyncIterable<Buffer>
  /**
   * `replace` starts the file anew, `create` fails with EEXIST when there is one, `append` fails with ENOENT
   * when there is none. New files are readable by their owner only.
   */
  open(file: string, how: 'replace' | 'create' | 'append'): Promise<DiskFile>
  /** Replaces `to` in one step. */
  rename(from: string, to: string): Promise<void>
  /** Removes a file; none there is fine. */
  remove(file: string): Promise<void>
  /** Makes what was created, renamed and removed in a folder safe from a power cut. */
  syncFolder(folder: string): Promise<void>
}

const PIECE_BYTES = 1024 * 1024

export const realDisk: Disk = {
  async makeFolder(folder) {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (first !== undefined) await syncFolder(path.dirname(first))
  },
  list: (folder) => readdir(folder),
  read: (file) => createReadStream(file, { highWaterMark: PIECE_BYTES }),
  async open(file, how) {
    // Without O_CREAT a missing journal stays missing, and is noticed.
    const flags = { replace: 'w', create: 'wx', append: 'r+' }[how]
    const handle = await open(file, flags, 0o600)
    return diskFile(handle, (await handle.stat()).size)
  },
  rename,
  remove: (file) => rm(file, { force: true }),
  syncFolder,
}

function diskFile(handle: FileHandle, size: number): DiskFile {
  let end = size
  return {
    async write(bytes) {
      let done = 0
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, end)
        done += bytesWritten
        end += bytesWritten
      }
    },
    async truncate(length) {
      await handle.truncate(length)
      end = length
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
