import path from 'node:path'
import { z } from 'zod'
import type { Place, RowStream } from './copy.ts'
import { StoreError } from './error.ts'
import { realDisk } from './json/disk.ts'
import { readLine, writeLine } from './json/line.ts'

// A backup: JSON lines, each with its checksum. A head, every row, and how many there were. What is personal is
// sealed in it as in the store; without the data key it cannot be read.

const FORMAT = 'filing-guide backup'
const VERSION = 1
const PIECE_CHARACTERS = 256 * 1024
const LONGEST_LINE = 32 * 1024 * 1024

const Head = z.strictObject({ format: z.literal(FORMAT), version: z.int(), at: z.string() })
const Row = z.strictObject({ table: z.string(), key: z.string(), row: z.unknown() })
const End = z.strictObject({ rows: z.int() })

/** A file as a place to copy from and to. `at` is noted in it. */
export function backupFile(file: string, at: Date): Place {
  return {
    rows: () => readRows(file),
    async fill(rows, check) {
      const [folder, name] = [path.dirname(file), path.basename(file)]
      if ((await realDisk.list(folder)).includes(name))
        throw new StoreError(`已经有 ${file}，没有覆盖。请换一个文件名。`)
      const beside = `${file}.new`
      try {
        const target = await realDisk.open(beside, 'replace')
        try {
          let piece = writeLine({ format: FORMAT, version: VERSION, at: at.toISOString() })
          let count = 0
          for await (const [table, key, row] of rows) {
            piece += writeLine({ table, key, row })
            count++
            if (piece.length < PIECE_CHARACTERS) continue
            await target.write(Buffer.from(piece))
            piece = ''
          }
          await target.write(Buffer.from(piece + writeLine({ rows: count })))
          await target.sync()
        } finally {
          await target.close()
        }
        await check(readRows(beside))
        await realDisk.rename(beside, file)
        await realDisk.syncFolder(folder)
      } catch (error) {
        await realDisk.remove(beside)
        throw error
      }
    },
    close: async () => {},
  }
}

async function* readRows(file: string): RowStream {
  const damaged = (why: string): StoreError =>
    new StoreError(`备份文件 ${file} 坏了（${why}），什么都没有改。请换一份备份。`)
  let isBegun = false
  let isEnded = false
  let count = 0
  for await (const line of linesOf(file, damaged)) {
    const fields = readLine(line)
    if (fields === undefined || isEnded) throw damaged(`第 ${count + 2} 行校验和不符`)
    if (!isBegun) {
      const head = Head.safeParse(fields)
      if (!head.success) throw damaged('不是备份文件')
      if (head.data.version !== VERSION)
        throw new StoreError(`${file} 是第 ${head.data.version} 版的备份，本程序只认识第 ${VERSION} 版。`)
      isBegun = true
      continue
    }
    const row = Row.safeParse(fields)
    if (row.success) {
      count++
      yield [row.data.table, row.data.key, row.data.row]
      continue
    }
    if (End.safeParse(fields).data?.rows !== count) throw damaged('行数不符')
    isEnded = true
  }
  if (!isEnded) throw damaged('不完整')
}

async function* linesOf(file: string, damaged: (why: string) => StoreError): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  for await (const piece of realDisk.read(file)) {
    const all = Buffer.concat([rest, piece])
    let from = 0
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
      yield all.subarray(from, end)
      from = end + 1
    }
    rest = all.subarray(from)
    if (rest.length > LONGEST_LINE) throw damaged('有一行太长')
  }
  if (rest.length > 0) throw damaged('最后一行没有写完')
}
