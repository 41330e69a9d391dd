import PizZip from 'pizzip'
import { fixDates } from './word.ts'

/** One sheet of a workbook as it leaves the printer. */
export type PrintedSheet = {
  name: string
  /** The row, counted from 1, that every page begins with. */
  headerRow: number
}

const MARGINS = { portrait: 'left="0.7" right="0.7"', landscape: 'left="0.4" right="0.4"' }

/**
 * Adds to a workbook what its writer cannot say: A4, as wide as the page, the header and a number on every page.
 * The same bytes give the same bytes.
 */
export function setUpForPrinting(
  bytes: Buffer,
  sheets: readonly PrintedSheet[],
  orientation: 'portrait' | 'landscape',
): Buffer {
  const zip = new PizZip(bytes)
  const edit = (file: string, change: (xml: string) => string) => {
    const xml = zip.file(file)?.asText()
    if (xml === undefined) throw new Error(`the sheet writer made no ${file}`)
    zip.file(file, change(xml))
  }
  for (const at of sheets.keys()) {
    edit(`xl/worksheets/sheet${at + 1}.xml`, (xml) =>
      xml
        .replace('<sheetViews>', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
        .replace(/<pageSetup[^>]*\/>/, '')
        .replace(
          '</worksheet>',
          '<printOptions horizontalCentered="1"/>' +
            `<pageMargins ${MARGINS[orientation]} top="0.8" bottom="0.8" header="0.3" footer="0.4"/>` +
            `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>` +
            '<headerFooter><oddFooter>&amp;C第&amp;P页 共&amp;N页</oddFooter></headerFooter></worksheet>',
        ),
    )
  }
  const titles = sheets.map(
    ({ name, headerRow }, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${name}'!$${headerRow}:$${headerRow}</definedName>`,
  )
  edit('xl/workbook.xml', (xml) =>
    xml.replace('<definedNames/>', `<definedNames>${titles.join('')}</definedNames>`),
  )
  return fixDates(zip)
}
