import type { Column, Field } from './definition.ts'
import type { FieldType, FieldTypes, ReadContext, Reading } from './field-type.ts'
import { ownTypes } from './field-types/own-types.ts'
import { isClearName } from './field-types/person-name.ts'
import { CONNECTOR, escaped, labelWords, printedWords } from './labels.ts'
import { couldAnswer, looksLikeQuestion } from './question-words.ts'
import { lengthOf, plain } from './said.ts'

/** A place an answer may belong to: a field, or one cell of the row being filled. */
export type Target = { field: Field; column?: Column }
export type Found = Target & { reading: Reading }

/** Unmistakable shapes first: what they use up cannot confuse the rest. */
const ORDER =
  'idNumber phone period venue organizationName place choice text personName month count longText rows roster'.split(
    ' ',
  )

/**
 * Several facts of one message. Labelled pieces (电话是…, 职务:队长) go where the label says; the rest only
 * where a type is sure, and never over an answer that already stands. In a row, a leading name is the name, and
 * what is left over goes to the one free-text cell that is still empty, as doubtful.
 */
export function gather(
  text: string,
  targets: readonly Target[],
  context: ReadContext,
  types: Partial<FieldTypes> = ownTypes,
): { found: Found[]; rest: string } {
  if (looksLikeQuestion(text)) return { found: [], rest: text }
  const found: Found[] = []
  let rest = plain(text)
  const typeOf = (target: Target): FieldType | undefined => types[asked(target).type]
  const isOpen = (target: Target): boolean =>
    !found.some((other) => asked(other) === asked(target)) &&
    (target.column !== undefined || !(target.field.id in context.answers))
  const take = (target: Target, reading: Reading, matched: string): void => {
    found.push({ ...target, reading })
    rest = rest.replace(matched, ',')
  }

  for (const { target, said, whole } of labelled(rest, targets)) {
    if (found.some((other) => asked(other) === asked(target))) continue
    const reading = typeOf(target)?.read(said, asked(target), context)
    if (reading && reading.type !== 'unlike') take(target, reading, whole)
  }
  for (const target of [...targets].sort(
    (a, b) => ORDER.indexOf(asked(a).type) - ORDER.indexOf(asked(b).type),
  )) {
    if (!isOpen(target)) continue
    // Two fields of one shape: only the first open one may take an unlabelled piece.
    if (found.some((other) => asked(other).type === asked(target).type && sharesShape(asked(target).type)))
      continue
    const piece = typeOf(target)?.find?.(rest, asked(target), context)
    if (piece) take(target, piece.reading, piece.matched)
  }
  takeLeadingName(rest, targets.filter(isOpen), found, take)
  takeLeftover(rest, targets, found, typeOf, context, take)
  return { found, rest: rest.replace(/^[\s,.;、。;]+|[\s,.;、。;]+$/g, '').replace(/(?:\s*,\s*)+/g, ',') }
}

const asked = ({ field, column }: Target): Field | Column => column ?? field

const sharesShape = (type: Field['type']): boolean =>
  type === 'phone' || type === 'idNumber' || type === 'personName'

/** 「李建国 副队长 …」: the first word is the name when it surely is one and more facts follow. */
function takeLeadingName(
  rest: string,
  open: Target[],
  found: Found[],
  take: (target: Target, reading: Reading, matched: string) => void,
): void {
  const target = open.find((target) => asked(target).type === 'personName')
  const first = rest.split(/[\s,.;、。;]+/).find((word) => word !== '')
  if (!target || !first || found.some((other) => asked(other).type === 'personName')) return
  const isRow = target.column !== undefined && target.field.columns[0] === target.column
  if (!isClearName(first) || (!isRow && found.length === 0)) return
  const reading: Reading = { type: 'clear', value: first.replace(/^(?:我叫|我是|叫)/u, '') }
  take(target, reading, first)
}

/** In a row, what nobody took is the one free text still missing. */
function takeLeftover(
  rest: string,
  targets: readonly Target[],
  found: Found[],
  typeOf: (target: Target) => FieldType | undefined,
  context: ReadContext,
  take: (target: Target, reading: Reading, matched: string) => void,
): void {
  if (found.length === 0) return
  const empty = targets.filter(
    (target) => target.column?.type === 'text' && !found.some((other) => other.column === target.column),
  )
  const [only] = empty
  const left = rest.replace(/^[\s,.;、。;:]+|[\s,.;、。;:]+$/g, '').replace(/(?:\s*,)+\s*/g, ',')
  if (!only || empty.length > 1 || lengthOf(left) < 2 || !couldAnswer(left)) return
  const reading = typeOf(only)?.read(
    left.replace(/^(?:我|他|她|就|都|一直|是|在)+(?=.{2})/u, ''),
    asked(only),
    context,
  )
  if (reading?.type !== 'clear') return
  take(only, { type: 'doubtful', value: reading.value, because: '其余的话记在这一项' }, rest)
}

type Labelled = { target: Target; said: string; whole: string }

/** Pieces introduced by the label or an alias of a target; a longer word wins over the shorter one inside it. */
function labelled(text: string, targets: readonly Target[]): Labelled[] {
  const words = targets.flatMap((target) => {
    const own = printedWords(asked(target))
    return labelWords(asked(target)).map((word) => ({ target, word, own: own.includes(word) }))
  })
  words.sort((a, b) => b.word.length - a.word.length)
  const marks: { target: Target; start: number; valueStart: number }[] = []
  for (const { target, word, own } of words) {
    // The printed label may stand directly before its value; a colloquial word needs 是 or a colon.
    const link = own ? `(?:${CONNECTOR}|\\s*)` : `(?:${CONNECTOR}|\\s+)`
    const pattern = new RegExp(
      `(?<=^|[\\s,.;、。;])(?:我们?的?|他的?|她的?|本人的?)?${escaped(word)}${link}(?=\\S)`,
      'gu',
    )
    for (const match of text.matchAll(pattern)) {
      const [start, valueStart] = [match.index, match.index + match[0].length]
      if (marks.some((mark) => mark.target === target)) continue
      if (marks.some((mark) => start < mark.valueStart && valueStart > mark.start)) continue
      marks.push({ target, start, valueStart })
    }
  }
  marks.sort((a, b) => a.start - b.start)
  return marks.map(({ target, start, valueStart }, index) => {
    const next = marks[index + 1]?.start ?? text.length
    const segment = text.slice(valueStart, next)
    const end = isWordy(asked(target).type) ? /\n|$/ : /[\n,;、。;]|$/
    const said = segment.slice(0, segment.search(end))
    return {
      target,
      said: said.replace(/[\s,.;、。;]+$/, ''),
      whole: text.slice(start, valueStart + said.length),
    }
  })
}

const isWordy = (type: Field['type']): boolean => type === 'venue' || type === 'longText'
