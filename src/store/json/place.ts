import path from 'node:path'
import type { Place, RowStream } from '../copy.ts'
import { StoreError } from '../error.ts'
import type { Change } from '../memory/table.ts'
import { realDisk, type Disk } from './disk.ts'
import { load, snapshotPath } from './load.ts'
import { lockFolder } from './lock.ts'
import { snapshotFile } from './snapshot.ts'

/** The directory lies beside the snapshot (directory/in-folder.ts). */
const DIRECTORY = 'directory'

/** A folder as a place to copy from and to; it belongs to this process until `close`. */
export async function jsonPlace(folder: string, disk: Disk = realDisk): Promise<Place> {
  await disk.makeFolder(folder)
  const unlock = await lockFolder(disk, folder)
  const directoryFile = path.join(folder, DIRECTORY)

  async function* rows(): RowStream {
    yield* (await load(disk, folder)).data.copy()
    if (!(await disk.list(folder)).includes(DIRECTORY)) return
    const pieces: Buffer[] = []
    for await (const piece of disk.read(directoryFile)) pieces.push(piece)
    yield ['kept', DIRECTORY, { sealed: Buffer.concat(pieces).toString() }]
  }

  return {
    rows,
    async fill(incoming, check) {
      const held = (await disk.list(folder)).filter((name) => /^(snapshot|journal-|directory)/.test(name))
      if (held.length > 0)
        throw new StoreError(`${folder} 里已经有数据（${held.join('、')}），什么都没有改。`)
      const all: Change[] = []
      let directory: Change | undefined
      for await (const change of incoming) {
        if (change[0] === 'kept') directory = change
        else all.push(change)
      }
      const beside = path.join(folder, 'incoming.jsonl')
      try {
        const snapshot = snapshotFile(disk, beside)
        await snapshot.write({ generation: 1, seq: 0, rows: all })
        const written = await snapshot.read()
        await check(every([...(written?.rows ?? []), ...(directory ? [directory] : [])]))
        if (directory) await writeDirectory(disk, directoryFile, directory)
        await disk.rename(beside, snapshotPath(folder))
        await disk.syncFolder(folder)
      } catch (error) {
        await disk.remove(beside)
        await disk.remove(directoryFile)
        throw error
      }
    },
    close: unlock,
  }
}

async function writeDirectory(disk: Disk, path: string, [, , row]: Change): Promise<void> {
  const file = await disk.open(path, 'create')
  try {
    await file.write(Buffer.from((row as { sealed: string }).sealed))
    await file.sync()
  } finally {
    await file.close()
  }
}

async function* every(changes: readonly Change[]): RowStream {
  yield* changes
}
