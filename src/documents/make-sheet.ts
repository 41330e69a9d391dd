import { readSheet } from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import type { Paper } from '../forms/definition.ts'
import { setUpForPrinting } from './print-setup.ts'
import { widthOf } from './printable.ts'
import { DocumentMismatch } from './word.ts'
import { ROW_NUMBER, type Values } from './values.ts'

/** For remarks by hand. */
const REMARKS = '备注'

/** What the sheet of a paper says: its title, its single values, and the table of its repeating part. */
type Sheet = { title: string; lines: string[]; header: string[]; rows: string[][] }

function sheetOf(paper: Paper, values: Values): Sheet {
  const lines: string[] = []
  let header: string[] = []
  let rows: string[][] = []
  for (const [tag, cell] of Object.entries(paper.cells)) {
    const value = values[tag]
    if (typeof value === 'string') lines.push(`${tag}：${value}`)
    else if (typeof cell === 'object' && 'rows' in cell && value !== undefined) {
      header = [ROW_NUMBER, ...Object.keys(cell.columns), REMARKS]
      rows = value.map((row) => header.map((column) => (typeof row[column] === 'string' ? row[column] : '')))
    }
  }
  return { title: paper.title, lines, header, rows }
}

/** A paper with one repeating part as .xlsx: A4, fitted to the width, the header on every page, all of it text. */
export async function makeSheet(paper: Paper, values: Values): Promise<Buffer> {
  const { title, lines, header, rows } = sheetOf(paper, values)
  const across = header.length
  const wide = (value: string, style: object) => [
    { value, type: String, columnSpan: across, ...style },
    ...Array.from({ length: across - 1 }, () => null),
  ]
  const framed = {
    type: String,
    borderStyle: 'thin',
    align: 'center',
    alignVertical: 'center',
    wrap: true,
  } as const
  const above = 1 + lines.length
  const widths = header.map((column) => WIDTHS[column] ?? 16)
  const written = await writeExcelFile(
    [
      wide(title, { align: 'center', alignVertical: 'center', fontSize: 18, height: 32 }),
      ...lines.map((line) => wide(line, { alignVertical: 'center', height: 22 })),
      header.map((value) => ({ value, ...framed, fontWeight: 'bold', height: 24 })),
      ...rows.map((row) => row.map((value) => ({ value, ...framed, height: heightOf(row, widths) }))),
    ],
    {
      sheet: title,
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: above + 1,
    },
    { fontFamily: '宋体', fontSize: 12 },
  ).toBuffer()
  return setUpForPrinting(written, [{ name: title, headerRow: above + 1 }], 'portrait')
}

const WIDTHS: Record<string, number> = { [ROW_NUMBER]: 7, 性别: 8, 联系电话: 18 }

/** In points: a line of text is 18, and a long one takes several. Widths count half-width characters. */
const heightOf = (row: string[], widths: number[]): number =>
  4 +
  18 * Math.max(1, ...row.map((text, index) => Math.ceil((widthOf(text) * 2) / ((widths[index] ?? 16) - 2))))

/** Reads a sheet back: title, values, header and every row stand where they belong, and nothing else. */
export async function assertSheetMatches(bytes: Buffer, paper: Paper, values: Values): Promise<void> {
  const { title, lines, header, rows } = sheetOf(paper, values)
  const expected = [[title], ...lines.map((line) => [line]), header, ...rows]
  const actual = await readSheet(bytes)
  for (const [index, row] of expected.entries()) {
    for (const [column, name] of header.entries()) {
      const said = actual[index]?.[column] ?? ''
      if (said !== (row[column] ?? '')) throw new DocumentMismatch(index > lines.length ? name : '标题')
    }
  }
  if (actual.length !== expected.length) throw new DocumentMismatch('表格')
}
