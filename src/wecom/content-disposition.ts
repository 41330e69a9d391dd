/** The name of a downloaded file: `filename*` (RFC 6266) before `filename`, percent-encoded or raw UTF-8. */

import { isUtf8 } from 'node:buffer'

const MOST_CHARACTERS = 120

/** @param header as HTTP libraries hand it over, each byte a character */
export function fileNameOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const extended = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1]
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]?.replace(/\\(.)/g, '$1')
  const plain = /filename\s*=\s*([^";]+)/i.exec(header)?.[1]
  const name = (extended && decoded(extended)) ?? decoded(asUtf8(quoted ?? plain ?? ''))
  return nameOnly(name ?? asUtf8(quoted ?? plain ?? ''))
}

/** A path or a control character has no business in a name that is shown and kept. */
function nameOnly(given: string): string | undefined {
  const name = (given.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}|\p{Cf}/gu, '').trim()
  return name === '' || name === '.' || name === '..' ? undefined : [...name].slice(-MOST_CHARACTERS).join('')
}

function asUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  return bytes.toString('latin1') === text && isUtf8(bytes) ? bytes.toString('utf8') : text
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A name with a bare %: it stays as it is.
    return undefined
  }
}
