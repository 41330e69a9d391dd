/** One row: how many there are, and how many the plan wanted. */
export type Bar = { label: string; value: number; target?: number; note?: string }

/** What a picture shows: sections of bars under one title. All of it information: no order but the given one. */
export type Chart = {
  title: string
  lines: string[]
  sections: { title: string; bars: Bar[] }[]
  foot: string
}

/** The family name of the font in the repository. */
export const FONT = 'Filing Chart Sans SC'
const WIDTH = 1080
const MARGIN = 48
const LABEL_WIDTH = 300
const NUMBER_WIDTH = 96
const BAR_WIDTH = WIDTH - 2 * MARGIN - LABEL_WIDTH - NUMBER_WIDTH
const ROW = 58
const THICK = 34
const LINE = 46

const INK = '#222222'
const PALE = '#6b6b6b'
const BLUE = '#3d6fa8'
const MARK = '#222222'

/** The picture as SVG, for phones: few large words, bars from one common zero, a mark at each target. */
export function chartSvg({ title, lines, sections, foot }: Chart): string {
  const parts: string[] = []
  let y = MARGIN + 40
  parts.push(text(MARGIN, y, title, 46, INK, 'start'))
  for (const line of lines) parts.push(text(MARGIN, (y += LINE + 4), line, 32, PALE, 'start'))
  for (const { title: heading, bars } of sections) {
    y += 76
    parts.push(text(MARGIN, y, heading, 36, INK, 'start'))
    y += 24
    const most = Math.max(1, ...bars.flatMap(({ value, target = 0 }) => [value, target]))
    const across = (value: number): number => (value / most) * BAR_WIDTH
    for (const bar of bars) {
      parts.push(row(bar, y, across))
      y += ROW
    }
  }
  y += 56
  parts.push(text(MARGIN, y, foot, 28, PALE, 'start'))
  const height = y + MARGIN
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="${FONT}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
  ].join('\n')
}

function row({ label, value, target, note }: Bar, top: number, across: (value: number) => number): string {
  const left = MARGIN + LABEL_WIDTH
  const middle = top + ROW / 2
  const width = across(value)
  const marks =
    target === undefined
      ? ''
      : `<rect x="${round(left + across(target) - 2)}" y="${top}" width="4" height="${ROW}" fill="${MARK}"/>`
  return [
    text(left - 16, middle + 11, label, Math.min(31, (LABEL_WIDTH - 16) / label.length), INK, 'end'),
    `<rect x="${left}" y="${middle - THICK / 2}" width="${round(width)}" height="${THICK}" fill="${BLUE}"/>`,
    marks,
    text(WIDTH - MARGIN, middle + 11, shown(value) + (note ?? ''), 31, INK, 'end'),
  ].join('')
}

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1))

const round = (value: number): number => Math.round(value * 10) / 10

const text = (x: number, y: number, said: string, size: number, fill: string, anchor: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(said)}</text>`

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (said: string): string => said.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
