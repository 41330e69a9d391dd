import type { Column, Field } from './definition.ts'
import { CONNECTOR, CONNECTOR_OR_NOTHING, escaped, labelWords, printedWords } from './labels.ts'

/** A place an answer may belong to: a field, or one cell of the row being filled. */
export type Target = { field: Field; column?: Column }

export type Labelled = {
  target: Target
  /** What stands behind the label. */
  said: string
  /** Label and all. */
  whole: string
}

type Mark = { target: Target; start: number; valueStart: number }

/** Pieces introduced by the label or an alias of a target, in the order of the targets. */
export function labelled(text: string, targets: readonly Target[]): Labelled[] {
  const marks = marksIn(text, targets)
  const found = marks.map(({ target, start, valueStart }, index): Labelled => {
    const segment = text.slice(valueStart, marks[index + 1]?.start ?? text.length)
    const end = isWordy(asked(target)) ? /\n|$/ : /[\n,;、。]|$/
    const said = segment.slice(0, segment.search(end))
    return {
      target,
      said: said.replace(/[\s,.;、。]+$/, ''),
      whole: text.slice(start, valueStart + said.length),
    }
  })
  return found.sort((a, b) => targets.indexOf(a.target) - targets.indexOf(b.target))
}

/** Labels at the beginning of a piece; a longer word wins over the shorter one inside it. */
function marksIn(text: string, targets: readonly Target[]): Mark[] {
  const words = targets.flatMap((target) =>
    labelWords(asked(target))
      .filter((word) => text.includes(word))
      .map((word) => ({ target, word, direct: mayStandDirectly(word, target) })),
  )
  words.sort((a, b) => b.word.length - a.word.length)
  const marks: Mark[] = []
  for (const { target, word, direct } of words) {
    const link = direct ? CONNECTOR_OR_NOTHING : `(?:${CONNECTOR}|\\s+)`
    const lead = '(?<=^|[\\s,.;、。])(?:我们?的?|他的?|她的?|本人的?)?'
    for (const match of text.matchAll(new RegExp(`${lead}${escaped(word)}${link}(?=\\S)`, 'gu'))) {
      const [start, valueStart] = [match.index, match.index + match[0].length]
      const overlaps = marks.some((mark) => start < mark.valueStart && valueStart > mark.start)
      if (!overlaps && !marks.some((mark) => mark.target === target))
        marks.push({ target, start, valueStart })
    }
  }
  return marks.sort((a, b) => a.start - b.start)
}

const asked = ({ field, column }: Target): Field | Column => column ?? field

/** A label may stand directly before its value, 籍贯广西柳州; a colloquial word for a free text needs 是 or a colon. */
const mayStandDirectly = (word: string, target: Target): boolean =>
  printedWords(asked(target)).includes(word) ||
  word.length >= 4 ||
  target.column !== undefined ||
  !isFree(asked(target))

const isWordy = ({ type }: Field | Column): boolean => type === 'venue' || type === 'longText'

const isFree = (field: Field | Column): boolean =>
  isWordy(field) || field.type === 'text' || field.type === 'place' || field.type === 'organizationName'
