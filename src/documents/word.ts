import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { expectedRows } from './expected.ts'
import { readWord } from './read-word.ts'
import type { Values } from './values.ts'

/** A Word file with tags, and its text (see `readWord`). */
export type WordTemplate = { bytes: Buffer; rows: string[][] }

/** A made document does not say what its record says. Names the tag, never a value. */
export class DocumentMismatch extends Error {
  override name = 'DocumentMismatch'
  readonly tag: string

  constructor(tag: string) {
    super(`the made document differs from its record at ${tag}`)
    this.tag = tag
  }
}

/** Every entry gets this date, so that the same values give the same bytes. */
const ENTRY_DATE = new Date(2022, 8, 30)

/** Throws docxtemplater's error, which lists every malformed tag, when the template cannot be filled. */
export function openTemplate(bytes: Buffer): WordTemplate {
  compile(bytes)
  return { bytes, rows: readWord(bytes) }
}

/** Fills a template. The same template and values give the same bytes. */
export function fillWord(template: WordTemplate, values: Values): Buffer {
  const document = compile(template.bytes)
  document.render(values)
  return fixDates(document.getZip())
}

/** The bytes of an Office file that do not tell when it was made. */
export function fixDates(zip: PizZip): Buffer {
  for (const entry of Object.values(zip.files)) entry.date = ENTRY_DATE
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

/**
 * Reads a filled file back: every value stands in the cell of its tag, everything else stands as the template has
 * it, what is blank is blank, and there is nothing more. Throws DocumentMismatch.
 */
export function assertMatches(bytes: Buffer, template: WordTemplate, values: Values): void {
  const expected = expectedRows(template.rows, values)
  const actual = readWord(bytes)
  for (const [index, row] of expected.entries()) {
    for (const [column, cell] of row.entries()) {
      if (actual[index]?.[column] !== cell.text)
        throw new DocumentMismatch(cell.tags.join('、') || '印刷文字')
    }
    if (actual[index]?.length !== row.length) throw new DocumentMismatch('表格')
  }
  if (actual.length !== expected.length) throw new DocumentMismatch('表格')
}

const compile = (template: Buffer): Docxtemplater =>
  new Docxtemplater(new PizZip(template), {
    delimiters: { start: '{{', end: '}}' },
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
    nullGetter: () => '',
    parser: (tag) => ({ get: (scope: Values) => scope[tag.trim()] }),
  })
