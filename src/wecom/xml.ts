/** The little XML of the app's callbacks, read without trusting it and written without breaking. */

import { SaxesParser } from 'saxes'
import { EnvelopeError } from './envelope.ts'

/** Values stay text: a user id of digits, or the answer 35, is not a number. Children are always a list. */
export type XmlElement = { name: string; text: string; children: XmlElement[] }

/** The deepest callback of path 90240, an approval's node, has seven levels. */
const MAX_DEPTH = 12
const MAX_ELEMENTS = 2000

/** XML 1.0 has no way to write these; people paste them all the same. */
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * @returns the root element
 * @throws EnvelopeError 'malformed' for what is not plain, small XML: a document type is refused unread
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ position: false })
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let count = 0
  parser.on('doctype', () => refuse('has a document type'))
  parser.on('opentag', ({ name }) => {
    const element = { name, text: '', children: [] }
    if (open.length >= MAX_DEPTH || ++count > MAX_ELEMENTS) refuse('is too deep or too large')
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (part: string) => {
    const element = open.at(-1)
    if (element) element.text += part
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  try {
    parser.write(text.replace(UNWRITABLE, '')).close()
  } catch (error) {
    if (error instanceof EnvelopeError) throw error
    // The cause would quote the message.
    refuse('is not well formed')
  }
  return root ?? refuse('is empty')
}

/** The children called `name`, however many there are. */
export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** The text of the first child called `name`, '' when there is none. */
export const textOf = (element: XmlElement | undefined, name: string): string =>
  childrenOf(element, name)[0]?.text ?? ''

/** A text as CDATA; `]]>` inside is taken apart. */
export const cdata = (text: string): string =>
  `<![CDATA[${text.replace(UNWRITABLE, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

function refuse(why: string): never {
  throw new EnvelopeError('malformed', `the XML ${why}`)
}
