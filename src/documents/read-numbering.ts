import type PizZip from 'pizzip'
import { SaxesParser } from 'saxes'
import { chineseNumeral } from '../filings/charter/numerals.ts'
import type { Numbered } from './read-word.ts'

/** The files of a Word document that say how it counts. */
export const NUMBERING_FILES = ['word/numbering.xml', 'word/styles.xml']

/** One level of a list: 第%1条 counted in Chinese, from 1. */
type Level = { start: number; format: string; text: string; style?: string }
/** Word has nine levels. */
const DEEPEST = 9
type Style = { basedOn?: string; numId?: string; level?: number }

/**
 * Counts the paragraphs of a Word file in their order, as Word does: the text of the number in front of each, and
 * nothing in front of a paragraph without one. Lists, their levels and styles that carry a number.
 */
export function counting(zip: PizZip): (paragraph: Numbered) => string {
  const [numbering = '', styling = ''] = NUMBERING_FILES.map((name) => zip.file(name)?.asText())
  if (numbering === '') return () => ''
  const { lists, listOf } = readLists(numbering)
  const styles = readStyles(styling)
  const counts = new Map<string, number[]>()

  const ofStyle = (id: string | undefined, left = 10): Style => {
    const style = id === undefined ? undefined : styles.get(id)
    if (!style || style.numId !== undefined || left === 0) return style ?? {}
    return ofStyle(style.basedOn, left - 1)
  }

  return ({ style, numId, level }) => {
    const inherited = ofStyle(style)
    const list = listOf.get(numId ?? inherited.numId ?? '')
    const levels = list === undefined ? undefined : lists.get(list)
    if (list === undefined || !levels) return ''
    const linked = levels.findIndex((one) => style !== undefined && one?.style === style)
    const at = level ?? (linked >= 0 ? linked : (inherited.level ?? 0))
    const own = levels[at]
    if (!own) return ''
    const before = counts.get(list) ?? []
    const now = before.slice(0, at)
    now[at] = (before[at] ?? own.start - 1) + 1
    counts.set(list, now)
    if (own.format === 'bullet' || own.format === 'none') return ''
    return own.text.replace(/%(\d)/g, (_, digit: string) => {
      const other = levels[Number(digit) - 1]
      return written(now[Number(digit) - 1] ?? other?.start ?? 1, other?.format ?? 'decimal')
    })
  }
}

/** The ways in which Word counts 一, 二, 三. */
const IN_CHINESE = /^(?:chinese|japanese|taiwanese|ideograph|korean)/u

const written = (number: number, format: string): string =>
  IN_CHINESE.test(format) && number > 0 && number < 100 ? chineseNumeral(number) : String(number)

function readLists(xml: string): { lists: Map<string, Level[]>; listOf: Map<string, string> } {
  const lists = new Map<string, Level[]>()
  const listOf = new Map<string, string>()
  let levels: Level[] = []
  let level: Level | undefined
  let number = ''
  eachTag(xml, (name, value, attribute) => {
    if (name === 'w:abstractNum') lists.set(attribute('w:abstractNumId'), (levels = []))
    else if (name === 'w:lvl') {
      level = { start: 1, format: '', text: '' }
      const at = Number(attribute('w:ilvl'))
      if (at >= 0 && at < DEEPEST) levels[at] = level
    } else if (name === 'w:num') [number, level] = [attribute('w:numId'), undefined]
    else if (name === 'w:abstractNumId') listOf.set(number, value)
    else if (!level) return
    else if (name === 'w:start') level.start = Number(value)
    else if (name === 'w:numFmt') level.format = value
    else if (name === 'w:lvlText') level.text = value
    else if (name === 'w:pStyle') level.style = value
  })
  return { lists, listOf }
}

function readStyles(xml: string): Map<string, Style> {
  const styles = new Map<string, Style>()
  let style: Style = {}
  eachTag(xml, (name, value, attribute) => {
    if (name === 'w:style') styles.set(attribute('w:styleId'), (style = {}))
    else if (name === 'w:basedOn') style.basedOn = value
    else if (name === 'w:numId') style.numId = value
    else if (name === 'w:ilvl') style.level = Number(value)
  })
  return styles
}

type Tag = (name: string, value: string, attribute: (name: string) => string) => void

function eachTag(xml: string, tell: Tag): void {
  if (xml === '') return
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const attribute = (wanted: string): string => String(attributes[wanted] ?? '')
    tell(name, attribute('w:val'), attribute)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
}
