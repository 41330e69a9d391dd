import path from 'node:path'
import { Low } from 'lowdb'
import { z } from 'zod'
import { StoreError } from '../error.ts'
import { damaged } from './damage.ts'
import { createData, type Data } from '../memory/data.ts'
import type { Disk } from './disk.ts'
import { eachLine, readLine, writeLine } from './line.ts'
import { snapshotFile, type Snapshot } from './snapshot.ts'
import type { Change } from '../memory/table.ts'

// A folder holds snapshot.jsonl and the journals journal-<generation>.jsonl that follow it. A new journal is
// begun before its snapshot is written, and the journals before it are removed after: a crash at any point in
// between leaves either the old snapshot with all journals, or the new one with journals it no longer needs.

/** What a folder held. */
export type Loaded = {
  data: Data
  /** Number of the last transaction. */
  seq: number
  /** Journals that the snapshot has made superfluous. */
  superfluous: number[]
  /** The journal to go on with, its length, and how much of an unfinished write must be cut off behind that. */
  journal: { generation: number; bytes: number; torn: number; isNew: boolean }
  db: Low<Snapshot>
}

export const snapshotPath = (folder: string): string => path.join(folder, 'snapshot.jsonl')
export const journalPath = (folder: string, generation: number): string =>
  path.join(folder, `journal-${generation}.jsonl`)

const JournalLine = z.strictObject({
  seq: z.int(),
  changes: z.array(z.tuple([z.string(), z.string(), z.unknown()])),
})

export const journalLine = (seq: number, changes: readonly Change[]): string => writeLine({ seq, changes })

/** Reads the snapshot and replays the journals. Changes nothing on disk. Throws StoreError naming what is wrong. */
export async function load(disk: Disk, folder: string): Promise<Loaded> {
  const db = new Low<Snapshot>(snapshotFile(disk, snapshotPath(folder)), { generation: 1, seq: 0, rows: [] })
  await db.read()
  const { generation: first, seq: snapshotSeq, rows } = db.data
  const data = createData()
  // The head.
  let line = 1
  for (const row of rows) take(data, row, snapshotPath(folder), ++line)
  // Only the tables keep the rows from here on.
  db.data = { generation: first, seq: snapshotSeq, rows: [] }

  const found = await journalsIn(disk, folder)
  const needed = found.filter((generation) => generation >= first)
  const last = needed.at(-1) ?? first
  const fresh = found.length === 0 && snapshotSeq === 0 && first === 1
  if (!fresh) {
    for (let generation = first; generation <= last; generation++) {
      if (!needed.includes(generation)) {
        throw new StoreError(
          `缺少数据文件 ${journalPath(folder, generation)}。没有改动任何文件。请从备份恢复。`,
        )
      }
    }
  }

  let seq = snapshotSeq
  let journal = { generation: last, bytes: 0, torn: 0, isNew: true }
  for (const generation of needed) {
    const file = journalPath(folder, generation)
    let lines = 0
    const { whole, torn } = await eachLine(disk.read(file), (bytes, number) => {
      const fields = readLine(bytes)
      if (fields === undefined) throw damaged(file, number, '校验和不符')
      const line = JournalLine.safeParse(fields)
      if (!line.success) throw damaged(file, number, '内容不是本版本写的')
      if (line.data.seq !== seq + 1) {
        throw damaged(file, number, `序号是 ${line.data.seq}，应为 ${seq + 1}`)
      }
      for (const change of line.data.changes) take(data, change, file, number)
      seq = line.data.seq
      lines = number
    })
    if (torn > 0 && generation !== last) throw damaged(file, lines + 1, '没有写完')
    journal = { generation, bytes: whole, torn, isNew: false }
  }
  const superfluous = found.filter((generation) => generation < first)
  return { data, seq, superfluous, journal, db }
}

function take(data: Data, change: Change, file: string, line: number): void {
  try {
    data.load(change)
  } catch (cause) {
    throw damaged(file, line, `${change[0]} 的内容不是本版本写的`, cause)
  }
}

async function journalsIn(disk: Disk, folder: string): Promise<number[]> {
  const generations = (await disk.list(folder)).flatMap((name) => {
    const generation = /^journal-(\d+)\.jsonl$/.exec(name)?.[1]
    return generation === undefined ? [] : [Number(generation)]
  })
  return generations.sort((a, b) => a - b)
}
