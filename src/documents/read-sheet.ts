import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { hiddenSheets, WORKBOOK_PART } from './hidden-sheets.ts'
import { readTextTable } from './text-table.ts'
import { zipProblem } from './zip-guard.ts'

/**
 * A table somebody sent, or why it cannot be read, in a sentence for that person. `rows` stand as in the sheet: the
 * one at 4 is its fifth, an empty one in between has no cells.
 */
export type SheetReading =
  | { type: 'rows'; rows: string[][]; /** Other sheets with a table in them, by name. */ unread: string[] }
  | Refused
type Refused = { type: 'refused'; because: string }

/** A workbook's sheets in their order, each as text, without hidden ones; a sheet without content has no rows. */
export type WorkbookReading = { type: 'sheets'; sheets: Sheet[] } | Refused
export type Sheet = { name: string; rows: string[][] }

const MOST_BYTES = 10 * 1024 * 1024
/** Five thousand entries, and what stands above and below them. */
const MOST_FILLED_ROWS = 5020
/** With the empty ones in between. */
const MOST_ROWS = 4 * MOST_FILLED_ROWS
const MOST_COLUMNS = 50
const MOST_SHEETS = 20
const MOST_MILLISECONDS = 5000

const refused = (because: string): Refused => ({ type: 'refused', because })
const TOO_LARGE = '这个文件太大了，最多5000行，请只留下名单再试。'
const UNREADABLE = '这个文件打不开，请另存为Excel文件（.xlsx）再试。'

/**
 * Reads the sheet of an uploaded .xlsx that is most of a table, or a .csv or .txt table, as text. The file is not
 * trusted: its size is checked before it is opened, and it is parsed in a worker with little memory and time.
 */
export async function readSheet(bytes: Buffer): Promise<SheetReading> {
  const reading = await readWorkbook(bytes)
  if (reading.type === 'refused') return reading
  const tables = reading.sheets.filter(({ rows }) => rows.some(hasContent))
  const [read] = [...tables].sort((a, b) => tableRows(b) - tableRows(a))
  if (!read) return refused('这个文件里没有内容，请检查后再试。')
  const others = tables.filter((sheet) => sheet !== read && tableRows(sheet) > 1)
  return { type: 'rows', rows: read.rows, unread: others.map(({ name }) => name) }
}

/** A cover or a page of advice has a cell in a row. */
const tableRows = ({ rows }: Sheet): number => rows.filter((row) => row.filter(Boolean).length > 1).length

/** Reads all sheets, as guarded as `readSheet`; the limits hold for each sheet. */
export async function readWorkbook(bytes: Buffer): Promise<WorkbookReading> {
  const reading = isText(bytes) ? readText(bytes) : await parse(bytes)
  if (reading.type === 'refused') return reading
  const { sheets } = reading
  return sheets.length > MOST_SHEETS || !sheets.every(isWithinLimits) ? refused(TOO_LARGE) : reading
}

const isText = (bytes: Buffer): boolean =>
  bytes.length <= MOST_BYTES && !isZip(bytes) && !isOldWorkbook(bytes)
const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK'
const isOldWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('hex') === 'd0cf11e0'
const hasContent = (row: string[]): boolean => row.some((cell) => cell !== '')

function readText(bytes: Buffer): WorkbookReading {
  const rows = readTextTable(bytes)?.map((row) => (hasContent(row) ? row : []))
  return rows ? { type: 'sheets', sheets: [{ name: '', rows }] } : refused(UNREADABLE)
}

async function parse(bytes: Buffer): Promise<WorkbookReading> {
  if (bytes.length > MOST_BYTES) return refused(TOO_LARGE)
  if (isOldWorkbook(bytes))
    return refused('这是旧的.xls文件，或者加了密码。请另存为没有密码的.xlsx文件再试。')
  const problem = await zipProblem(bytes, WORKBOOK_PART)
  if (problem === 'tooLarge') return refused(TOO_LARGE)
  if (problem === 'malformed') return refused(UNREADABLE)
  const reading = await inTurn(() => parseInWorker(bytes))
  if (reading.type === 'refused') return reading
  const hidden = hiddenSheets(bytes)
  return { type: 'sheets', sheets: reading.sheets.filter((_, index) => !hidden.has(index)) }
}

const isWithinLimits = ({ rows }: Sheet): boolean =>
  rows.length <= MOST_ROWS &&
  rows.filter(hasContent).length <= MOST_FILLED_ROWS &&
  rows.every((row) => row.length <= MOST_COLUMNS)

/** One file at a time, so that many uploads do not take many times the memory. */
let last: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}

/** Plain JavaScript, so that it runs the same from the sources and from the built files. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads')
const { default: readSheets } = require(workerData.library)
const text = (value) => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number' && !Number.isSafeInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return value.toExponential()
  return String(value).trim()
}
const textOf = ({ sheet, data }) => {
  let end = data.length
  while (end > 0 && data[end - 1].every((cell) => text(cell) === '')) end -= 1
  const rows = data.slice(0, Math.min(end, workerData.mostRows + 1)).map((row) => row.map(text))
  return { name: sheet, rows: rows.map((row) => (row.every((cell) => cell === '') ? [] : row)) }
}
readSheets(Buffer.from(workerData.bytes)).then(
  (sheets) => parentPort.postMessage(sheets.slice(0, workerData.mostSheets + 1).map(textOf)),
  () => parentPort.postMessage(undefined),
)
`
const library = createRequire(import.meta.url).resolve('read-excel-file/node')

const Sheets = z.array(z.object({ name: z.string(), rows: z.array(z.array(z.string())) }))

function parseInWorker(bytes: Buffer): Promise<WorkbookReading> {
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: { library, bytes, mostRows: MOST_ROWS, mostSheets: MOST_SHEETS },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  return new Promise((resolve) => {
    const finish = (reading: WorkbookReading) => {
      clearTimeout(timer)
      resolve(reading)
      void worker.terminate()
    }
    const timer = setTimeout(() => finish(refused(TOO_LARGE)), MOST_MILLISECONDS)
    worker.once('message', (message: unknown) => {
      const sheets = Sheets.safeParse(message)
      finish(sheets.success ? { type: 'sheets', sheets: sheets.data } : refused(UNREADABLE))
    })
    // Out of memory ends here too.
    worker.once('error', () => finish(refused(TOO_LARGE)))
    worker.once('exit', () => finish(refused(UNREADABLE)))
  })
}
