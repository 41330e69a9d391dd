import readSheets from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { setUpForPrinting } from './print-setup.ts'
import { printable, widthOf } from './printable.ts'
import { DocumentMismatch } from './word.ts'

/** One sheet: a title, lines below it, a header and rows, all of it text. Widths count half-width characters. */
export type Table = {
  sheet: string
  title: string
  notes: string[]
  columns: { title: string; width: number }[]
  rows: string[][]
  /** Lines below the table. */
  foot?: string[]
}

/** A cell of a spreadsheet holds no more. */
const LONGEST_CELL = 32_000

const cellsOf = ({ title, notes, columns, rows, foot = [] }: Table): string[][] =>
  [
    [title],
    ...notes.map((note) => [note]),
    columns.map((column) => column.title),
    ...rows,
    ...foot.map((line) => [line]),
  ].map((row) => row.map((cell) => writable(printable(cell).slice(0, LONGEST_CELL))))

/** The library keeps its texts by themselves in an object that has these names already: valueOf, constructor. */
const writable = (text: string): string => (text in {} ? `${text} ` : text)

/** Tables as an .xlsx, A4 across and fitted to the width. Read back and compared: throws DocumentMismatch. */
export async function makeTables(tables: readonly Table[]): Promise<Buffer> {
  const written = await writeExcelFile(tables.map(sheetOf), { fontFamily: '宋体', fontSize: 11 }).toBuffer()
  const sheets = tables.map(({ sheet, notes }) => ({ name: sheet, headerRow: notes.length + 2 }))
  const bytes = setUpForPrinting(written, sheets, 'landscape')
  await assertTables(bytes, tables)
  return bytes
}

function sheetOf(table: Table) {
  const { sheet, notes, columns, rows } = table
  const head = 1 + notes.length
  const framed = { type: String, borderStyle: 'thin', alignVertical: 'center', wrap: true } as const
  const across = columns.length
  return {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: head + 1,
    orientation: 'landscape' as const,
    data: cellsOf(table).map((row, index) => {
      if (index === 0) return wide(row[0]!, across, { fontSize: 16, fontWeight: 'bold', align: 'center' })
      if (index < head || index > head + rows.length) return wide(row[0]!, across, {})
      const style = index === head ? ({ fontWeight: 'bold', align: 'center' } as const) : {}
      return columns.map((_, at) => ({
        value: row[at] ?? '',
        ...framed,
        ...style,
        height: heightOf(row, table),
      }))
    }),
  }
}

const wide = (value: string, columnSpan: number, style: object) => [
  { value, type: String, columnSpan, alignVertical: 'center' as const, height: 24, ...style },
  ...Array.from({ length: columnSpan - 1 }, () => null),
]

/** In points: a line of text is 16, and a long one takes several. */
const heightOf = (row: string[], { columns }: Table): number =>
  4 +
  16 *
    Math.max(
      1,
      ...row.map((text, at) =>
        text
          .split('\n')
          .reduce(
            (lines, line) =>
              lines + Math.max(1, Math.ceil((widthOf(line) * 2) / ((columns[at]?.width ?? 16) - 2))),
            0,
          ),
      ),
    )

async function assertTables(bytes: Buffer, tables: readonly Table[]): Promise<void> {
  const sheets = await readSheets(bytes, { trim: false })
  for (const [number, table] of tables.entries()) {
    const expected = cellsOf(table)
    const { sheet, data = [] } = sheets[number] ?? {}
    // The reader leaves out empty rows at the end.
    if (sheet !== table.sheet || data.length > expected.length) throw new DocumentMismatch('表格')
    for (const [index, row] of expected.entries()) {
      for (const [at, column] of table.columns.entries()) {
        if ((data[index]?.[at] ?? '') !== (row[at] ?? '')) throw new DocumentMismatch(column.title)
      }
    }
  }
}
