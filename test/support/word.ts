import { readWord } from '../../src/documents/read-word.ts'

const bare = (text: string): string => text.replace(/\s/g, '')

/** What stands right of a label in a Word file; the n-th time the label stands there, from 0. */
export function cellAfter(bytes: Buffer, label: string, occurrence = 0): string | undefined {
  const found = readWord(bytes).flatMap((row) =>
    row.flatMap((cell, index) => (bare(cell) === label ? [row[index + 1]] : [])),
  )
  return found[occurrence]
}

/** The table rows that contain a text, as lists of cells. */
export const rowsWith = (bytes: Buffer, text: string): string[][] =>
  readWord(bytes).filter((row) => row.some((cell) => cell.includes(text)))

/** Everything the file says, as one text. */
export const wholeText = (bytes: Buffer): string => readWord(bytes).flat().join('\n')
