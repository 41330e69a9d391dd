/** Control characters, halves of pairs and marks that turn the direction of reading: nothing one can print. */
const UNPRINTABLE = /(?!\n)\p{Cc}|\p{Cs}|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu

/** The text as it can stand on paper: printable characters and `\n`, nothing else changed. */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(UNPRINTABLE, '')
    .trim()

/** A line break costs half a line of a wide cell. */
const LINE_BREAK = 12

/** The room a text takes, in full-width characters. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    if (character === '\n') width += LINE_BREAK
    else width += character.charCodeAt(0) < 0x2e80 && !/[“”‘’…—·×℃㎡]/.test(character) ? 0.5 : 1
  }
  return width
}

const MARK = '（见附页）'
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Where a text may be cut, the best first: behind a sentence, a clause. */
const STOPS = [/[。；！？;!?\n]/u, /[，、：,:)）\s]/u]
/** Words that want another behind them, and numbers without what they count. */
const HANGING = /[\d的和与及或]$/u

/**
 * The text if it fits into `fits` full-width characters, else its beginning with （见附页）: up to the last whole
 * sentence or else clause when that uses at least half of the room, else up to the last whole word, and only within a
 * word that is longer than the room up to the last whole character.
 */
export function cut(text: string, fits: number): string {
  if (widthOf(text) <= fits) return text
  const room = Math.max(fits - widthOf(MARK), 0)
  const characters: { segment: string; end: number; width: number }[] = []
  let width = 0
  for (const { segment, index } of graphemes.segment(text)) {
    width += widthOf(segment)
    if (width > room) break
    characters.push({ segment, end: index + segment.length, width })
  }
  const most = characters.at(-1)?.end ?? 0
  const stops = STOPS.map((stop) => characters.findLast(({ segment }) => stop.test(segment)))
  const stop = stops.find((one) => one !== undefined && one.width >= room / 2)
  const ends = [...words.segment(text)].map(({ index }) => index)
  const word = ends.findLast((end) => end <= most && !HANGING.test(text.slice(0, end))) ?? 0
  return text.slice(0, stop?.end ?? (word > 0 ? word : most)).trimEnd() + MARK
}
