import PizZip from 'pizzip'

/** What of a workbook `hiddenSheets` reads. */
const PART = 'xl/workbook.xml'
export const WORKBOOK_PART = { names: [PART], mostBytes: 1024 * 1024 }

const SHEET = /<(?:\w+:)?sheet\s[^>]*>/g
const HIDDEN = /\sstate\s*=\s*["'](?:hidden|veryHidden)["']/

/**
 * Which sheets of a workbook somebody who opens it does not see, by their place among the sheets; none where all are
 * hidden. The file was looked at with `zipProblem` before.
 */
export function hiddenSheets(bytes: Buffer): ReadonlySet<number> {
  const xml = new PizZip(bytes).file(PART)?.asText() ?? ''
  const sheets = xml.match(SHEET) ?? []
  const hidden = sheets.flatMap((tag, index) => (HIDDEN.test(tag) ? [index] : []))
  return new Set(hidden.length < sheets.length ? hidden : [])
}
