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

/**
 * The text if it fits into `fits` full-width characters, else its beginning with （见附页）: up to the last
 * whole sentence when that uses at least half of the room, else up to the last whole character.
 */
export function cut(text: string, fits: number): string {
  if (widthOf(text) <= fits) return text
  const room = Math.max(fits - widthOf(MARK), 0)
  let width = 0
  let end = 0
  let sentence = 0
  let sentenceWidth = 0
  for (const { segment, index } of graphemes.segment(text)) {
    width += widthOf(segment)
    if (width > room) break
    end = index + segment.length
    if (/[。；！？;!?\n]/.test(segment)) {
      sentence = end
      sentenceWidth = width
    }
  }
  return text.slice(0, sentenceWidth >= room / 2 ? sentence : end).trimEnd() + MARK
}
