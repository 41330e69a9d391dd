import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { readTextTable } from './text-table.ts'
import { zipProblem } from './zip-guard.ts'

/** A table somebody sent, or why it cannot be read, in a sentence for that person. */
export type SheetReading = { type: 'rows'; rows: string[][] } | Refused
type Refused = { type: 'refused'; because: string }

/** A workbook's sheets in their order, each as text; a sheet without content has no rows. */
export type WorkbookReading = { type: 'sheets'; sheets: Sheet[] } | Refused
export type Sheet = { name: string; rows: string[][] }

const MOST_BYTES = 10 * 1024 * 1024
const MOST_ROWS = 5000
const MOST_COLUMNS = 50
const MOST_SHEETS = 20
const MOST_MILLISECONDS = 5000

const refused = (because: string): Refused => ({ type: 'refused', because })
const TOO_LARGE = '这个文件太大了，请只留下名单，再发一次。'
const UNREADABLE = '这个文件打不开，请另存为Excel文件（.xlsx）再发，或者直接打字。'

/**
 * Reads the first sheet of an uploaded .xlsx, or a .csv or .txt table, as text; empty rows are left out. The file
 * is not trusted: its size is checked before it is opened, and it is parsed in a worker with little memory and time.
 */
export async function readSheet(bytes: Buffer): Promise<SheetReading> {
  if (bytes.length <= MOST_BYTES && !isZip(bytes) && !isOldWorkbook(bytes)) {
    const rows = readTextTable(bytes)
    return rows ? withinLimits(rows) : refused(UNREADABLE)
  }
  const reading = await parse(bytes, 'first')
  return reading.type === 'refused' ? reading : withinLimits(reading.sheets[0]?.rows ?? [])
}

/** Reads all sheets of an .xlsx, as guarded as `readSheet`; the limits hold for each sheet. */
export async function readWorkbook(bytes: Buffer): Promise<WorkbookReading> {
  const reading = await parse(bytes, 'all')
  if (reading.type === 'refused') return reading
  if (reading.sheets.length > MOST_SHEETS) return refused(TOO_LARGE)
  const sheets: Sheet[] = []
  for (const { name, rows } of reading.sheets) {
    const filled = rows.filter(hasContent)
    const limited = filled.length === 0 ? undefined : withinLimits(filled)
    if (limited?.type === 'refused') return limited
    sheets.push({ name, rows: filled })
  }
  return { type: 'sheets', sheets }
}

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK'
const isOldWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('hex') === 'd0cf11e0'
const hasContent = (row: string[]): boolean => row.some((cell) => cell !== '')

async function parse(bytes: Buffer, which: 'first' | 'all'): Promise<WorkbookReading> {
  if (bytes.length > MOST_BYTES) return refused(TOO_LARGE)
  if (isOldWorkbook(bytes))
    return refused('这是旧的.xls文件，或者加了密码。请另存为没有密码的.xlsx文件再发。')
  const problem = await zipProblem(bytes)
  if (problem === 'tooLarge') return refused(TOO_LARGE)
  if (problem === 'malformed') return refused(UNREADABLE)
  return inTurn(() => parseInWorker(bytes, which))
}

function withinLimits(rows: string[][]): SheetReading {
  const filled = rows.filter(hasContent)
  if (filled.length === 0) return refused('这个文件里没有内容，请检查后再发。')
  if (filled.length > MOST_ROWS || filled.some((row) => row.length > MOST_COLUMNS)) return refused(TOO_LARGE)
  return { type: 'rows', rows: filled }
}

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
const { default: readSheets, readSheet } = require(workerData.library)
const text = (value) => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number' && !Number.isSafeInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return value.toExponential()
  return String(value).trim()
}
const bytes = Buffer.from(workerData.bytes)
const read = workerData.which === 'all' ? readSheets(bytes) : readSheet(bytes).then((data) => [{ sheet: '', data }])
const textOf = ({ sheet, data }) => ({
  name: sheet,
  rows: data.slice(0, workerData.mostRows + 1).map((row) => row.map(text)),
})
read.then(
  (sheets) => parentPort.postMessage(sheets.slice(0, workerData.mostSheets + 1).map(textOf)),
  () => parentPort.postMessage(undefined),
)
`
const library = createRequire(import.meta.url).resolve('read-excel-file/node')

const Sheets = z.array(z.object({ name: z.string(), rows: z.array(z.array(z.string())) }))

function parseInWorker(bytes: Buffer, which: 'first' | 'all'): Promise<WorkbookReading> {
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: { library, bytes, which, mostRows: MOST_ROWS, mostSheets: MOST_SHEETS },
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
