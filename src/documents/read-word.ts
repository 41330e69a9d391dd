import PizZip from 'pizzip'
import { SaxesParser } from 'saxes'

/**
 * A Word file as rows of text: a paragraph is a row of one cell, a table row has its cells, and paragraphs and
 * line breaks inside a cell are lines. Deleted text and field codes do not count.
 */
export function readWord(bytes: Buffer): string[][] {
  const xml = new PizZip(bytes).file('word/document.xml')?.asText()
  if (xml === undefined) throw new Error('not a Word file: word/document.xml is missing')
  return readDocumentXml(xml)
}

/** Tables within tables take some ten elements each; what is deeper was not written by Word. */
const DEEPEST = 200

function readDocumentXml(xml: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell: string[] = []
  let paragraph = ''
  let cellDepth = 0
  let skipped = 0
  let inText = false
  let depth = 0

  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    if (++depth > DEEPEST) throw new Error('the elements are nested too deep')
    if (name === 'mc:Fallback') skipped += 1
    if (skipped > 0) return
    if (name === 'w:tc' && ++cellDepth === 1) cell = []
    else if (name === 'w:tr' && cellDepth === 0) row = []
    else if (name === 'w:p') {
      paragraph = ''
    } else if (name === 'w:t') inText = !isSelfClosing
    else if (name === 'w:tab') paragraph += paragraphTab(attributes)
    else if (name === 'w:cr' || (name === 'w:br' && attributes['w:type'] === undefined)) paragraph += '\n'
  })
  parser.on('text', (text) => {
    if (inText && skipped === 0) paragraph += text
  })
  parser.on('closetag', ({ name }) => {
    depth -= 1
    if (name === 'mc:Fallback') skipped -= 1
    if (skipped > 0) return
    if (name === 'w:t') inText = false
    else if (name === 'w:p') {
      if (cellDepth > 0) cell.push(paragraph)
      else rows.push([paragraph])
    } else if (name === 'w:tc' && --cellDepth === 0) row.push(cell.join('\n'))
    else if (name === 'w:tr' && cellDepth === 0) rows.push(row)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return rows
}

/** A tab in the text has no attributes; a tab stop of the paragraph's layout has. */
const paragraphTab = (attributes: Record<string, unknown>): string =>
  Object.keys(attributes).length === 0 ? '\t' : ''
