import type { Day } from '../clock.ts'
import { dateText } from '../forms/dates.ts'

const WRITTEN = /^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?(?:\s*(?:T|\d{1,2}:).*)?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
/** Days as a spreadsheet counts them, from 30 December 1899: here 2000 to 2079. */
const SERIAL = /^(\d{5})(?:\.\d+)?$/
const SERIAL_FROM = Date.UTC(1899, 11, 30)

/**
 * The day a cell of a ledger names: 2022-03-05, 2022/3/5, 2022年3月5日, 二〇二二年三月五日, 20220305, or a spreadsheet's
 * number. Undefined when it is no day there is, or one before 2000.
 */
export function dayInCell(cell: string): Day | undefined {
  const text = dateText(cell).trim()
  const serial = SERIAL.exec(text)
  if (serial) {
    const day = new Date(SERIAL_FROM + Number(serial[1]) * 86_400_000).toISOString().slice(0, 10)
    return day >= '2000-01-01' && day < '2080-01-01' ? day : undefined
  }
  const [, year = '', month = '', date = ''] = WRITTEN.exec(text) ?? COMPACT.exec(text) ?? []
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const instant = new Date(`${day}T00:00:00Z`)
  const isThere = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day)
  return isThere && day >= '2000-01-01' ? day : undefined
}
