import type { Column, Field, FormDefinition } from '../../forms/definition.ts'
import type { Reading } from '../../forms/field-type.ts'
import { gather, type Found } from '../../forms/gather.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { openQuestion, type Question } from '../../forms/walk.ts'
import { accept } from './accepting.ts'
import { asked, isBetweenRows, rowsOf } from './asking.ts'
import { isSamePlace, known, placeOf, put, walkDraft, type Place } from './filling.ts'
import { proposeSeveral } from './proposing.ts'
import type { Draft, Placed } from '../session.ts'
import type { Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'

/** Whether a message has parts that may be facts of their own. */
export const isManyFacts = (text: string): boolean =>
  text
    .trim()
    .split(/[\s,，、；;。\n]+/)
    .filter(Boolean).length >= 2

type Aim = { field: Field; column?: Column; row?: number }

/** Fields a stray fact may belong to: the cells of the row being filled, else every single field that applies. */
function targets(form: FormDefinition, draft: Draft, question: Question | undefined, group: boolean): Aim[] {
  if (question?.column && question.row !== undefined) {
    const { field, row } = question
    const cells = rowsOf(draft.answers, field).rows[row] ?? {}
    return field.columns.filter((column) => !(column.id in cells)).map((column) => ({ field, column, row }))
  }
  return walkDraft(form, draft)
    .fields.filter((field) => field.type !== 'rows' && field.type !== 'roster')
    .filter((field) => !group || !field.personal)
    .map((field) => ({ field }))
}

/** Several facts in one message, or one that answers another question: all shown, then confirmed. */
export function severalFacts(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question | undefined,
  atLeast: number,
): Turn | undefined {
  const { facts } = talk
  if (looksLikeQuestion(talk.text)) return undefined
  const among = targets(form, draft, question, talk.group)
  const context = contextOf(talk, draft, form)
  const { found, rest } = gather(talk.text, among, context, facts.types)
  const values = valuesOf(found, among)
  // Nothing else has the shape of these numbers: what is said beside one is the answer, and not the whole message.
  const isAnswered = question !== undefined && values.some((value) => isSamePlace(value, placeOf(question)))
  const hasNumber =
    !isAnswered && found.some(({ field, column }) => ['phone', 'idNumber'].includes((column ?? field).type))
  if (question && hasNumber) {
    const field = asked(question)
    values.push(...placed(placeOf(question), facts.types[field.type].read(rest, field, context)))
  }
  if (values.length === 0 || (values.length < atLeast && !hasNumber)) return undefined
  return proposeSeveral(talk, draft, values)
}

/** A text takes anything: 群众 at 职务 is a word of another question that is still open. */
export function choiceElsewhere(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question,
): Turn | undefined {
  const choices = targets(form, draft, question, talk.group).filter(
    ({ field, column }) => (column ?? field).type === 'choice',
  )
  const { found, rest } = gather(talk.text, choices, contextOf(talk, draft, form), talk.facts.types)
  return rest === '' && found.length === 1 ? proposeSeveral(talk, draft, valuesOf(found, choices)) : undefined
}

/** What the record says of a question that is asked anew is no answer to it. */
function contextOf({ facts }: Talk, draft: Draft, form: FormDefinition) {
  const open = walkDraft(form, draft).fields.filter(
    (field) => openQuestion(field, draft.answers) !== undefined,
  )
  const ids = new Set(open.map(({ id }) => id))
  const answers = Object.fromEntries(Object.entries(known(draft)).filter(([id]) => !ids.has(id)))
  return { today: facts.today, answers }
}

/** What was found, each at its place on the form. */
const valuesOf = (found: readonly Found[], among: readonly Aim[]): Placed[] =>
  found.flatMap(({ field, column, reading }) => {
    const row = among.find((target) => target.field === field && target.column === column)?.row
    const place = {
      field: field.id,
      ...(row === undefined ? {} : { row }),
      ...(column ? { column: column.id } : {}),
    }
    return placed(place, reading)
  })

const placed = (place: Place, reading: Reading): Placed[] =>
  reading.type === 'clear' || reading.type === 'doubtful' ? [{ ...place, value: reading.value as never }] : []

/** At a choice, facts that only make sense under one of its options choose it: a name at "is the contact you?". */
export function branchFacts(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question,
): Turn | Need | undefined {
  const { field } = question
  if (field.type !== 'choice' || isBetweenRows(question)) return undefined
  for (const option of field.options) {
    const guess = put(form, draft, { field: field.id }, option.value, talk.facts).draft
    const own = walkDraft(form, guess).fields.filter((other) => other.when?.field === field.id)
    const context = { today: talk.facts.today, answers: known(draft) }
    if (own.length === 0) continue
    const several = severalFacts(talk, guess, form, { field: own[0]! }, isManyFacts(talk.text) ? 2 : 1)
    if (several) return several
    for (const other of own) {
      const reading = talk.facts.types[other.type].read(talk.text, other, context)
      if (reading.type === 'clear') return accept(talk, guess, form, { field: other.id }, reading.value)
    }
  }
  return undefined
}
