import PizZip from 'pizzip'
import { readXml, type Xml, textAt } from './xml.ts'

/** A rough look into Word and Excel files: paragraphs and tables as plain data, without styles. */

/** `span` is in columns; `rows` in rows. A cell below a merged one is left out. */
export type Cell = { text: string; span: number; rows: number }
export type Block = { type: 'paragraph'; text: string } | { type: 'table'; rows: Cell[][] }

const MOST_FILE_BYTES = 10 * 1024 * 1024
const MOST_XML_BYTES = 10 * 1024 * 1024
const MOST_ROWS = 200
const MOST_COLUMNS = 30

/** Undefined when the file cannot be read or is too large to show. */
export function preview(name: string, bytes: Uint8Array): Block[] | undefined {
  if (bytes.length > MOST_FILE_BYTES) return undefined
  try {
    const zip = new PizZip(bytes)
    return /\.docx$/i.test(name) ? readDocument(zip) : readSheet(zip)
  } catch {
    return undefined
  }
}

function part(zip: PizZip, path: string): Xml | undefined {
  const file = zip.file(path)
  if (!file) return undefined
  // The library says how large a part is only after inflating it; what it read in the directory is at hand before.
  const { _data: entry } = file as unknown as { _data?: { uncompressedSize?: number } }
  if ((entry?.uncompressedSize ?? 0) > MOST_XML_BYTES) throw new Error('too large')
  return readXml(file.asText(), { deepest: 64, inOrder: true })
}

function readDocument(zip: PizZip): Block[] {
  const body = part(zip, 'word/document.xml')?.children['w:document']?.[0]?.children['w:body']?.[0]
  return (body?.order ?? []).flatMap(({ name, element }): Block[] => {
    if (name === 'w:tbl') return [{ type: 'table', rows: readTable(element) }]
    if (name !== 'w:p') return []
    return [{ type: 'paragraph', text: readText(element) }]
  })
}

function readTable(table: Xml): Cell[][] {
  /** The cell above, by column, while a vertical merge goes on. */
  const open: (Cell | undefined)[] = []
  return (table.children['w:tr'] ?? []).slice(0, MOST_ROWS).map((row) => {
    let column = 0
    return (row.children['w:tc'] ?? []).flatMap((element) => {
      const properties = element.children['w:tcPr']?.[0]
      const span = Number(properties?.children['w:gridSpan']?.[0]?.attributes?.['w:val'] ?? 1) || 1
      const merge = properties?.children['w:vMerge']?.[0]
      const at = column
      column += span
      const above = open[at]
      if (merge && merge.attributes?.['w:val'] !== 'restart' && above) {
        above.rows++
        return []
      }
      const paragraphs = element.children['w:p'] ?? []
      const cell: Cell = { text: paragraphs.map(readText).join('\n').trim(), span, rows: 1 }
      open[at] = merge ? cell : undefined
      return [cell]
    })
  })
}

function readText(element: Xml): string {
  return (element.order ?? [])
    .map(({ name, element: child }) => {
      if (name === 'w:t') return child.text
      if (name === 'w:tab') return '　'
      if (name === 'w:br' || name === 'w:cr') return '\n'
      if (name === 'w:pPr' || name === 'w:rPr' || name === 'w:instrText') return ''
      return readText(child)
    })
    .join('')
}

function readSheet(zip: PizZip): Block[] {
  const shared = part(zip, 'xl/sharedStrings.xml')?.children['sst']?.[0]?.children['si'] ?? []
  const path = zip.file(/^xl\/worksheets\/sheet\d+\.xml$/)[0]?.name
  const sheet = path === undefined ? undefined : part(zip, path)?.children['worksheet']?.[0]
  const rows = sheet?.children['sheetData']?.[0]?.children['row'] ?? []
  return [
    {
      type: 'table',
      rows: rows.slice(0, MOST_ROWS).map((row) => {
        const texts: string[] = []
        for (const cell of row.children['c'] ?? []) {
          const at = columnOf(cell.attributes?.['r'] ?? '') ?? texts.length
          if (at >= MOST_COLUMNS) break
          while (texts.length < at) texts.push('')
          const value = textAt(cell, 'v')
          if (cell.attributes?.['t'] === 's') texts.push(plain(shared[Number(value)]))
          else texts.push(cell.attributes?.['t'] === 'inlineStr' ? plain(cell.children['is']?.[0]) : value)
        }
        return texts.map((text) => ({ text, span: 1, rows: 1 }))
      }),
    },
  ]
}

/** A shared or inline string, whole or in runs. */
const plain = (item: Xml | undefined): string =>
  [...(item?.children['t'] ?? []), ...(item?.children['r'] ?? []).flatMap((run) => run.children['t'] ?? [])]
    .map((run) => run.text)
    .join('')

/** `C7` → 2 */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (letters === undefined) return undefined
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
