import type { Column, Field } from './definition.ts'
import type { FieldType, FieldTypes, ReadContext, Reading } from './field-type.ts'
import { apart } from './apart.ts'
import { withoutFillers } from './fillers.ts'
import { ownTypes } from './field-types/own-types.ts'
import { isClearName, personName } from './field-types/person-name.ts'
import { labelled, type Target } from './labelled.ts'
import { CONNECTOR_OR_NOTHING, escaped, labelWords } from './labels.ts'
import { couldAnswer, looksLikeQuestion } from './question-words.ts'
import { lengthOf, plain } from './said.ts'

/** One fact, and where it belongs. */
export type Found = Target & { reading: Reading }

/** Unmistakable shapes first: what they use up cannot confuse the rest. */
const ORDER =
  'idNumber phone period venue place organizationName choice text personName month count longText rows roster'.split(
    ' ',
  )

/**
 * Several facts of one message. Labelled pieces (电话是…, 职务:队长) go where the label says; the rest only
 * where a type is sure, and never over an answer that already stands. In a row, a leading name is the name, and
 * what is left over goes to the one free-text cell that is still empty, as doubtful.
 */
export function gather(
  text: string,
  all: readonly Target[],
  context: ReadContext,
  types: Partial<FieldTypes> = ownTypes,
): { found: Found[]; rest: string } {
  if (looksLikeQuestion(text)) return { found: [], rest: text }
  const found: Found[] = []
  let known = context
  const targets = meant(text, all)
  let rest = apart(withoutFillers(text), targets.map(asked))
  const typeOf = (target: Target): FieldType | undefined => types[asked(target).type]
  const isOpen = (target: Target): boolean =>
    !found.some((other) => asked(other) === asked(target)) &&
    (target.column !== undefined || !(target.field.id in context.answers))
  const take = (target: Target, reading: Reading, matched: string): void => {
    found.push({ ...target, reading })
    known = withFound(known, target, reading)
    rest = without(rest, matched, asked(target))
  }

  const ordered = [...targets].sort(inOrder)
  const takeLabelled = (takes: (reading: Reading) => boolean): void => {
    for (const { target, said, whole } of labelled(rest, ordered)) {
      if (found.some((other) => asked(other) === asked(target))) continue
      const reading = typeOf(target)?.read(said, asked(target), known)
      if (reading && takes(reading)) take(target, reading, whole)
    }
  }

  takeLabelled(({ type }) => type === 'clear' || type === 'doubtful')
  for (const target of ordered) {
    if (!isOpen(target)) continue
    // Two fields of one shape: only the first open one may take an unlabelled piece.
    if (found.some((other) => asked(other).type === asked(target).type && sharesShape(asked(target).type)))
      continue
    const piece = typeOf(target)?.find?.(rest, asked(target), known)
    if (piece) take(target, piece.reading, piece.matched)
  }
  // What was wrong may be right by now, when the place of a name has been found.
  takeLabelled(({ type }) => type !== 'unlike')
  takeLeadingName(rest, targets.filter(isOpen), found, take)
  takeLeftover(rest, targets, found, typeOf, context, take)
  return { found, rest: rest.replace(/^[\s,.;、。;]+|[\s,.;、。;]+$/g, '').replace(/(?:\s*,\s*)+/g, ',') }
}

/**
 * 「联系人是李建国，电话…」 speaks of the contact: 电话 then means no other person's phone. Persons are the first
 * parts of labels (联系人·联系电话) and the yes-or-no questions about one (联系人).
 */
function meant(text: string, all: readonly Target[]): readonly Target[] {
  const personOf = ({ field }: Target): string | undefined =>
    field.label.includes('·') ? field.label.split('·')[0] : isYesOrNo(field) ? field.label : undefined
  const persons = new Set(all.map(personOf).filter((person) => person !== undefined))
  const said = plain(text)
  const named = [...persons].filter(
    (person) =>
      said.includes(person) &&
      new RegExp(`(?:^|[\\s,.;、。])${escaped(person)}(?!就?是?本人|就?是?我)`, 'u').test(said),
  )
  const [person] = named
  if (person === undefined || named.length > 1) return all
  return all.filter(
    (target) => target.column !== undefined || !target.field.personal || personOf(target) === person,
  )
}

const isYesOrNo = ({ options }: Field): boolean => options.some(({ say }) => say.includes('是'))

/** What the same message says of other fields counts: a name is built on the place said before it. */
const withFound = (context: ReadContext, { field, column }: Target, reading: Reading): ReadContext =>
  column === undefined && reading.type === 'clear'
    ? {
        ...context,
        answers: { ...context.answers, [field.id]: { value: reading.value as never, by: '', at: '' } },
      }
    : context

/** The text without a piece and the label that led to it. */
const without = (text: string, piece: string, field: Field | Column): string => {
  const label = `(?:(?:我们?的|他的|她的)?(?:${labelWords(field).map(escaped).join('|')})${CONNECTOR_OR_NOTHING})?`
  return text.replace(new RegExp(`${label}${escaped(piece)}`, 'u'), ',')
}

const asked = ({ field, column }: Target): Field | Column => column ?? field

const sharesShape = (type: Field['type']): boolean =>
  type === 'phone' || type === 'idNumber' || type === 'personName'

const inOrder = (a: Target, b: Target): number => ORDER.indexOf(asked(a).type) - ORDER.indexOf(asked(b).type)

/** 「李建国 副队长 …」: the first word is the name when it surely is one and more facts follow. */
function takeLeadingName(
  rest: string,
  open: Target[],
  found: Found[],
  take: (target: Target, reading: Reading, matched: string) => void,
): void {
  const target = open.find((target) => asked(target).type === 'personName')
  const first = rest.split(/[\s,.;、。;]+/).find((word) => !/^(?:|有|还有|就|嗯|对|那|就是)$/u.test(word))
  if (!target || !first || found.some((other) => asked(other).type === 'personName')) return
  const isRow = target.column !== undefined && target.field.columns[0] === target.column
  if (!isClearName(first) || (!isRow && found.length === 0)) return
  const reading = personName.read(first, asked(target), { today: '', answers: {} })
  if (reading.type === 'clear') take(target, reading, first)
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
