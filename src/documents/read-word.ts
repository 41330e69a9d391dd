import PizZip from 'pizzip'
import { SaxesParser } from 'saxes'

/** What a paragraph says of its number: its own, or that of its style. */
export type Numbered = { style?: string; numId?: string; level?: number }

/**
 * A Word file as rows of text: a paragraph is a row of one cell, a table row has its cells, and paragraphs and
 * line breaks inside a cell are lines. Deleted and moved text and field codes do not count; a text box stands
 * before the paragraph it hangs on. `numberOf` gives the number Word shows in front of a paragraph.
 */
export function readWord(
  bytes: Buffer,
  numberOf: (zip: PizZip) => (paragraph: Numbered) => string = () => () => '',
): string[][] {
  const zip = new PizZip(bytes)
  const xml = zip.file('word/document.xml')?.asText()
  if (xml === undefined) throw new Error('not a Word file: word/document.xml is missing')
  return readDocumentXml(xml, numberOf(zip))
}

/** Tables within tables take some ten elements each; what is deeper was not written by Word. */
const DEEPEST = 200

/** The same again for old programs, the place a text was moved from, and the layout before a tracked change. */
const SKIPPED = new Set(['mc:Fallback', 'w:moveFrom', 'w:pPrChange'])

type Paragraph = Numbered & { text: string }

function readDocumentXml(xml: string, numberOf: (paragraph: Numbered) => string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell: string[] = []
  /** A paragraph may hold a text box with paragraphs of its own. */
  const open: Paragraph[] = []
  let cellDepth = 0
  let skipped = 0
  let inText = false
  let depth = 0
  const add = (text: string): void => {
    const paragraph = open.at(-1)
    if (paragraph) paragraph.text += text
  }

  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    if (++depth > DEEPEST) throw new Error('the elements are nested too deep')
    if (SKIPPED.has(name)) skipped += 1
    if (skipped > 0) return
    if (name === 'w:tc' && ++cellDepth === 1) cell = []
    else if (name === 'w:tr' && cellDepth === 0) row = []
    else if (name === 'w:p') open.push({ text: '' })
    else if (name === 'w:t') inText = !isSelfClosing
    else if (name === 'w:tab') add(paragraphTab(attributes))
    else if (name === 'w:cr' || (name === 'w:br' && attributes['w:type'] === undefined)) add('\n')
    else noteNumber(open.at(-1), name, attributes['w:val'])
  })
  parser.on('text', (text) => {
    if (inText && skipped === 0) add(text)
  })
  parser.on('closetag', ({ name }) => {
    depth -= 1
    if (SKIPPED.has(name)) skipped -= 1
    if (skipped > 0) return
    if (name === 'w:t') inText = false
    else if (name === 'w:p') {
      const paragraph = open.pop()
      if (!paragraph) return
      const text = `${numberOf(paragraph)}${paragraph.text}`
      if (cellDepth > 0) cell.push(text)
      else rows.push([text])
    } else if (name === 'w:tc' && --cellDepth === 0) row.push(cell.join('\n'))
    else if (name === 'w:tr' && cellDepth === 0) rows.push(row)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return rows
}

function noteNumber(paragraph: Paragraph | undefined, name: string, value: string | undefined): void {
  if (!paragraph || value === undefined) return
  if (name === 'w:pStyle') paragraph.style = value
  else if (name === 'w:numId') paragraph.numId = value
  else if (name === 'w:ilvl') paragraph.level = Number(value)
}

/** A tab in the text has no attributes; a tab stop of the paragraph's layout has. */
const paragraphTab = (attributes: Record<string, unknown>): string =>
  Object.keys(attributes).length === 0 ? '\t' : ''
