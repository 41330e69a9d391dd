import path from 'node:path'
import type { Adapter } from 'lowdb'
import { z } from 'zod'
import { StoreError } from '../error.ts'
import { damaged } from './damage.ts'
import type { Disk, DiskFile } from './disk.ts'
import { eachLine, readLine, writeLine } from './line.ts'
import type { Change } from '../memory/table.ts'

/** The whole state after transaction `seq`; what followed stands in the journals from `generation` on. */
export type Snapshot = { generation: number; seq: number; rows: Iterable<Change> }

const FORMAT = 1
/** Written at a time, so that messages are answered in between. */
const PIECE_CHARACTERS = 128 * 1024
/** Synced at a time, so that a journal's sync never waits for a whole snapshot to reach the disk. */
const SYNC_BYTES = 4 * 1024 * 1024

const Head = z.looseObject({ format: z.int(), generation: z.int(), seq: z.int() })
const Row = z.strictObject({ table: z.string(), key: z.string(), row: z.unknown() })
const End = z.looseObject({ rows: z.int() })

/**
 * lowdb's adapter for a snapshot: JSON lines (a head, the rows, and their number at the end), each with its
 * checksum, written beside the old file and put in its place in one step. lowdb's own file adapters never sync
 * and rewrite everything in one go; that is why this is not one of them.
 */
export function snapshotFile(disk: Disk, file: string): Adapter<Snapshot> {
  return {
    async read() {
      try {
        return await readSnapshot(disk, file)
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
        throw cause
      }
    },
    async write(snapshot) {
      const beside = `${file}.new`
      const target = await disk.open(beside, 'replace')
      try {
        await writePieces(target, lines(snapshot))
        await target.sync()
      } finally {
        await target.close()
      }
      await disk.rename(beside, file)
      await disk.syncFolder(path.dirname(file))
    },
  }
}

function* lines({ generation, seq, rows }: Snapshot): Generator<string> {
  yield writeLine({ format: FORMAT, generation, seq })
  let written = 0
  for (const [table, key, row] of rows) {
    yield writeLine({ table, key, row })
    written++
  }
  yield writeLine({ rows: written })
}

async function writePieces(file: DiskFile, all: Iterable<string>): Promise<void> {
  let piece = ''
  let unsynced = 0
  const write = async (): Promise<void> => {
    const bytes = Buffer.from(piece)
    piece = ''
    await file.write(bytes)
    unsynced += bytes.length
    if (unsynced < SYNC_BYTES) return
    unsynced = 0
    await file.sync()
  }
  for (const line of all) {
    piece += line
    if (piece.length >= PIECE_CHARACTERS) await write()
  }
  await write()
}

async function readSnapshot(disk: Disk, file: string): Promise<Snapshot> {
  let head: z.infer<typeof Head> | undefined
  let ended = false
  const rows: Change[] = []
  const { torn } = await eachLine(disk.read(file), (line, number) => {
    const fields = readLine(line)
    if (fields === undefined || ended) throw damaged(file, number, '校验和不符')
    if (!head) {
      const result = Head.safeParse(fields)
      if (!result.success) throw damaged(file, number, '缺少文件头')
      head = result.data
      if (head.format !== FORMAT) {
        throw new StoreError(
          `${file} 的格式是 ${head.format}，本程序只认识 ${FORMAT}。请用写出它的版本打开。`,
        )
      }
      return
    }
    const row = Row.safeParse(fields)
    if (row.success) return void rows.push([row.data.table, row.data.key, row.data.row])
    if (End.safeParse(fields).data?.rows !== rows.length) throw damaged(file, number, '行数不符')
    ended = true
  })
  if (!head || !ended || torn > 0) throw damaged(file, rows.length + 2, '文件不完整')
  return { generation: head.generation, seq: head.seq, rows }
}
