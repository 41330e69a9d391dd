import { crc32 } from 'node:zlib'

// A line is one JSON object. Its first field is the checksum of everything behind it, so that damage is
// noticed before anything is believed, and the file still reads as JSON lines in any tool.
const START = '{"sum":"'
const SUM_END = START.length + 8

const hex = (sum: number): string => sum.toString(16).padStart(8, '0')

/** One line of a journal or snapshot, with its newline. */
export function writeLine(fields: Record<string, unknown>): string {
  const rest = JSON.stringify(fields).slice(1)
  return `${START}${hex(crc32(rest))}",${rest}\n`
}

/** The fields of a line (given without its newline) but the checksum; undefined when a bit of it is wrong. */
export function readLine(line: Buffer): unknown {
  if (line.toString('latin1', 0, START.length) !== START) return undefined
  if (line.toString('latin1', SUM_END, SUM_END + 2) !== '",') return undefined
  const rest = line.subarray(SUM_END + 2)
  if (line.toString('latin1', START.length, SUM_END) !== hex(crc32(rest))) return undefined
  return JSON.parse(`{${rest.toString('utf8')}`)
}

/**
 * Calls `visit` with each line (without its newline, numbered from 1). Resolves to the number of bytes in
 * whole lines and the number of bytes behind the last newline.
 */
export async function eachLine(
  pieces: AsyncIterable<Buffer>,
  visit: (line: Buffer, number: number) => void,
): Promise<{ whole: number; torn: number }> {
  let whole = 0
  let number = 0
  let rest: Buffer[] = []
  for await (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      const line = Buffer.concat([...rest, piece.subarray(from, end)])
      visit(line, ++number)
      whole += line.length + 1
      rest = []
      from = end + 1
    }
    if (from < piece.length) rest.push(piece.subarray(from))
  }
  return { whole, torn: rest.reduce((sum, piece) => sum + piece.length, 0) }
}
