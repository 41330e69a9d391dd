import PizZip from 'pizzip'
import { readSheet } from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import type { Paper } from '../forms/definition.ts'
import { DocumentMismatch, fixDates } from './word.ts'
import { widthOf } from './printable.ts'
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
  return printable(written, title, above + 1)
}

const WIDTHS: Record<string, number> = { [ROW_NUMBER]: 7, 性别: 8, 联系电话: 18 }

/** In points: a line of text is 18, and a long one takes several. Widths count half-width characters. */
const heightOf = (row: string[], widths: number[]): number =>
  4 +
  18 * Math.max(1, ...row.map((text, index) => Math.ceil((widthOf(text) * 2) / ((widths[index] ?? 16) - 2))))

/** Adds what the library cannot say: paper, fitting, and the rows repeated on every page. Same values, same bytes. */
function printable(bytes: Buffer, title: string, headerRow: number): Buffer {
  const zip = new PizZip(bytes)
  const edit = (file: string, change: (xml: string) => string) => {
    const xml = zip.file(file)?.asText()
    if (xml === undefined) throw new Error(`the sheet writer made no ${file}`)
    zip.file(file, change(xml))
  }
  edit('xl/worksheets/sheet1.xml', (xml) =>
    xml
      .replace('<sheetViews>', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
      .replace(
        '</worksheet>',
        '<printOptions horizontalCentered="1"/>' +
          '<pageMargins left="0.7" right="0.7" top="0.8" bottom="0.8" header="0.3" footer="0.4"/>' +
          '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>' +
          '<headerFooter><oddFooter>&amp;C第&amp;P页 共&amp;N页</oddFooter></headerFooter></worksheet>',
      ),
  )
  edit('xl/workbook.xml', (xml) =>
    xml.replace(
      '<definedNames/>',
      `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${title}'!$${headerRow}:$${headerRow}</definedName></definedNames>`,
    ),
  )
  return fixDates(zip)
}

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
