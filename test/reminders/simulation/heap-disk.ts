import path from 'node:path'
import type { Disk, DiskFile } from '../../../src/store/json/disk.ts'

/** A disk in memory that never fails, for so many writes that copying what is there would take the time. */
export function heapDisk(): Disk {
  const files = new Map<string, Buffer[]>()
  const missing = (): Error => Object.assign(new Error('no such file'), { code: 'ENOENT' })
  return {
    makeFolder: async () => {},
    list: async (folder) =>
      [...files.keys()].filter((file) => path.dirname(file) === folder).map((file) => path.basename(file)),
    async *read(file) {
      const pieces = files.get(file)
      if (!pieces) throw missing()
      yield* pieces
    },
    async open(file, how): Promise<DiskFile> {
      if (how === 'append' && !files.has(file)) throw missing()
      if (how === 'create' && files.has(file)) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
      const pieces = how === 'append' ? files.get(file)! : []
      files.set(file, pieces)
      return {
        write: async (bytes) => void pieces.push(bytes),
        truncate: async () => {},
        sync: async () => {},
        close: async () => {},
      }
    },
    rename: async (from, to) => {
      files.set(to, files.get(from)!)
      files.delete(from)
    },
    remove: async (file) => void files.delete(file),
    syncFolder: async () => {},
  }
}
