const MOST_BYTES = 1024 * 1024

/**
 * A .csv or .txt table: UTF-8, UTF-16 with a mark, or GBK as Excel in China writes it; commas, tabs or neither
 * between the cells, quotes as in CSV. Undefined when it is not text.
 */
export function readTextTable(bytes: Buffer): string[][] | undefined {
  if (bytes.length > MOST_BYTES) return undefined
  const text = decode(bytes)
  if (text === undefined || text.includes('\0')) return undefined
  const separator = text.includes('\t') ? '\t' : ','
  return cellsOf(text.replace(/\r\n?/g, '\n'), separator)
}

function decode(bytes: Buffer): string | undefined {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe
  for (const encoding of marked ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not this one.
    }
  }
  return undefined
}

function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '"' && quoted && text[index + 1] === '"') {
      cell += '"'
      index += 1
    } else if (character === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted
    } else if (character === separator && !quoted) endCell()
    else if (character === '\n' && !quoted) endRow()
    else cell += character
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}
