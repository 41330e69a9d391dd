/** Text within the limits of WeCom, which counts UTF-8 bytes for contents and 字 (characters) on cards. */

import type { Channel } from '../messages.ts'

/** One text of the app, passive or pushed (path 90236, 90241); what is longer is cut by WeCom without a word. */
export const APP_TEXT_BYTES = 2048

/** One answer of the robot, as a stream or through response_url (path 101031, 101138). */
export const ROBOT_TEXT_BYTES = 20480

/**
 * Splits a text into pieces of at most `maxBytes`: between lines where possible, else between code points.
 * Nothing is lost but line breaks at the seams and pieces that would be blank.
 */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = []
  let rest = text
  while (Buffer.byteLength(rest) > maxBytes) {
    const head = headWithin(rest, maxBytes)
    // A break directly behind the head is a seam too.
    const seam = rest[head.length] === '\n' ? head.length : head.lastIndexOf('\n')
    const piece = seam > 0 ? rest.slice(0, seam) : head
    pieces.push(piece)
    rest = rest.slice(seam > 0 ? seam + 1 : head.length)
  }
  return [...pieces, rest]
    .map((piece) => piece.replace(/^\n+|\n+$/g, ''))
    .filter((piece) => piece.trim() !== '')
}

/** The text itself, or its beginning with … when it has more than `maxBytes` bytes. */
export function cutBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  return `${headWithin(text, maxBytes - Buffer.byteLength('…'))}…`
}

/** The text itself, or its beginning with … when it has more than `max` 字. */
export function cutCharacters(text: string, max: number): string {
  if (text.length <= max) return text
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}

/**
 * A link to a document on a line of its own, in the way the channel shows links: the robot's Markdown, the
 * app's `<a>`. Brackets in the name become their full-width forms, because neither page documents escapes.
 */
export function linkLine(channel: Channel, name: string, url: string): string {
  const shown = name.replace(/\s+/g, ' ').trim()
  if (channel === 'robot') {
    return `[${shown.replaceAll('[', '［').replaceAll(']', '］')}](${percentEncoded(url, /[\s()<>]/g)})`
  }
  return `<a href="${percentEncoded(url, /[\s"<>]/g)}">${shown.replaceAll('<', '＜').replaceAll('>', '＞')}</a>`
}

/** The longest beginning of at most `maxBytes` bytes; never half a character, and at least one. */
function headWithin(text: string, maxBytes: number): string {
  // A UTF-16 unit takes at most three bytes, so what is shorter than a third always fits.
  let end = Math.min(text.length, Math.floor(maxBytes / 3))
  let bytes = Buffer.byteLength(text.slice(0, end))
  if (isLowSurrogate(text, end)) {
    end -= 1
    bytes = Buffer.byteLength(text.slice(0, end))
  }
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0)
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes && end > 0) break
    end += character.length
  }
  return text.slice(0, end)
}

const isLowSurrogate = (text: string, at: number) => /[\uDC00-\uDFFF]/.test(text.charAt(at))

const percentEncoded = (url: string, unsafe: RegExp) =>
  url.replace(unsafe, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
