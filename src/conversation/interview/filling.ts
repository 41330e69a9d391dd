import { membersDiffer } from '../../filings/meeting-check.ts'
import { MeetingValue } from '../../filings/meeting-field.ts'
import { composeName } from '../../filings/names.ts'
import { placeByCode } from '../../filings/places.ts'
import type { Answers, Rows } from '../../forms/answers.ts'
import { valueOf } from '../../forms/answers.ts'
import { CHANGES } from '../../forms/assemble.ts'
import type { Column, Field, FormDefinition } from '../../forms/definition.ts'
import { oncePer } from '../../forms/once-per.ts'
import { openQuestion, walk, type Question, type Walk } from '../../forms/walk.ts'
import { rowsOf, shown } from './asking.ts'
import { listsWithout, reopenFollowing, withoutDropped } from './changes.ts'
import type { Draft, Session } from '../session.ts'
import { formOf, type Facts } from '../turn.ts'
import { wording } from '../wording.ts'

/** Where an answer goes: a field, or one cell of a row. */
export type Place = { field: string; row?: number; column?: string }

export const isSamePlace = (a: Place, b: Place): boolean =>
  a.field === b.field && a.row === b.row && a.column === b.column

export const placeOf = (question: Question): Place => ({
  field: question.field.id,
  ...(question.row === undefined ? {} : { row: question.row }),
  ...(question.column ? { column: question.column.id } : {}),
})

export const activeDraft = (session: Session): Draft | undefined =>
  session.drafts.find((draft) => draft.id === session.active)

export const withDraft = (session: Session, draft: Draft): Session => ({
  ...session,
  active: draft.id,
  drafts: session.drafts.some(({ id }) => id === draft.id)
    ? session.drafts.map((other) => (other.id === draft.id ? draft : other))
    : [...session.drafts, draft],
})

/** Everything that is known when an answer is read: what was said, else what is on record. */
export const known = (draft: Draft): Answers => ({ ...draft.record?.answers, ...draft.answers })

// A turn asks for the place of one draft a dozen times.
const walks = oncePer((form: FormDefinition) =>
  oncePer((draft: Draft): Walk => walk(form, draft.answers, draft.postponed)),
)

export const walkDraft = (form: FormDefinition, draft: Draft): Walk => walks(form)(draft)

/** The question a place names, if it exists in the form as it applies now. */
export function questionAt(fields: Field[], answers: Answers, place: Place): Question | undefined {
  const field = fields.find((field) => field.id === place.field)
  if (!field) return undefined
  if (place.row === undefined) {
    return field.type === 'rows' || field.type === 'roster'
      ? { field, row: rowsOf(answers, field).rows.length }
      : { field }
  }
  const column = field.columns.find((column) => column.id === place.column)
  return column ? { field, row: place.row, column } : { field, row: place.row }
}

/** The question that stands: a reopened one, else the next of the walk. */
export function currentQuestion(form: FormDefinition, draft: Draft): Question | undefined {
  const { fields, next } = walkDraft(form, draft)
  return (draft.reopened && questionAt(fields, draft.answers, draft.reopened)) ?? next
}

/** A question that was opened anew is answered, kept or put off: it is not asked again. */
export const settled = (draft: Draft, field = draft.reopened?.field): Draft => ({
  ...draft,
  reopened: undefined,
  redo: draft.redo.filter((id) => id !== field),
})

/** Writes one value. A value for a further row opens that row. Later answers stay; `notes` says what had to follow. */
export function put(
  form: FormDefinition,
  draft: Draft,
  place: Place,
  value: unknown,
  facts: Facts,
): { draft: Draft; notes: string[] } {
  const field = form.fields.find((field) => field.id === place.field)
  if (!field) return { draft, notes: [] }
  const next = place.row === undefined ? value : putCell(rowsOf(draft.answers, field), place, value)
  const answers = { ...draft.answers, [field.id]: { ...stamp(next, facts), ...partial(field, value, facts) } }
  const complete = openQuestion(field, answers) === undefined
  const changed: Draft = {
    ...settled(draft, field.id),
    version: form.version,
    answers,
    leaderConfirmed: false,
    postponed: complete ? draft.postponed.filter((id) => id !== field.id) : draft.postponed,
  }
  if (field.id === CHANGES) {
    return { draft: reopenFollowing(form, draft, withoutDropped(form, draft, changed)), notes: [] }
  }
  if (field.type === 'place') return recomposeName(form, changed, facts)
  if (field.type === 'idNumber' && form.kind === 'change') return leaveLists(form, changed, value, facts)
  if (field.type === 'meeting') return { draft: changed, notes: membersNote(draft, field, next) }
  return { draft: changed, notes: [] }
}

/** Told with the number of members, and not again with what is told of the meeting later. */
function membersNote(draft: Draft, field: Field, value: unknown): string[] {
  const before = MeetingValue.safeParse(valueOf(draft.answers, field.id)).data
  const meeting = MeetingValue.safeParse(value).data
  const differing = meeting && membersDiffer(meeting, known(draft))
  return differing === undefined || before?.members === meeting?.members
    ? []
    : [wording.membersDiffer(differing)]
}

/** Whoever becomes principal is no longer one of the officers on record: one number, one person (practice.md 8). */
function leaveLists(
  form: FormDefinition,
  draft: Draft,
  idNumber: unknown,
  facts: Facts,
): { draft: Draft; notes: string[] } {
  const record = form.record === undefined ? undefined : formOf(facts, form.record)
  const lists = record ? listsWithout(idNumber, record, known(draft)) : []
  const left = lists.map(({ field, rows }) => [field.id, stamp({ rows, done: true }, facts)])
  return {
    draft: { ...draft, answers: { ...draft.answers, ...Object.fromEntries(left) } },
    notes: lists.map(({ field }) => wording.leavesList(field.label)),
  }
}

/** A value with something missing is kept, and its question stays open. */
const partial = (field: Field, value: unknown, facts: Facts): { partial?: true } =>
  facts.types[field.type].missing?.(value, field) === undefined ? {} : { partial: true }

function putCell({ rows, done }: Rows, place: Place, value: unknown): Rows {
  const row = place.row ?? rows.length
  if (!place.column) return { rows, done: true }
  const cells = { ...rows[row], [place.column]: value }
  const isNew = row >= rows.length
  return {
    rows: isNew ? [...rows, cells] : rows.map((other, index) => (index === row ? cells : other)),
    // A cell that is mended does not open a list that was complete.
    done: done && !isNew,
  }
}

const stamp = (value: unknown, facts: Facts): Answers[string] =>
  ({ value, by: facts.person, at: facts.now.toISOString() }) as Answers[string]

export const putRows = (draft: Draft, field: Field, rows: Rows, facts: Facts): Draft => ({
  ...draft,
  answers: { ...draft.answers, [field.id]: stamp(rows, facts) },
  leaderConfirmed: false,
  postponed: rows.done ? draft.postponed.filter((id) => id !== field.id) : draft.postponed,
})

export const leaveBlank = (draft: Draft, field: Field, facts: Facts): Draft => ({
  ...settled(draft, field.id),
  answers: { ...draft.answers, [field.id]: { skipped: true, by: facts.person, at: facts.now.toISOString() } },
  postponed: draft.postponed.filter((id) => id !== field.id),
})

/** The full name carries street and community, so it follows when the place changes (附件4第一条注1). */
function recomposeName(form: FormDefinition, draft: Draft, facts: Facts): { draft: Draft; notes: string[] } {
  const record = form.record === undefined ? [] : formOf(facts, form.record).fields
  const field = [...form.fields, ...record].find((field) => field.type === 'organizationName')
  const placeField = form.fields.find((field) => field.type === 'place')
  // A name that is about to be asked need not follow.
  const isAsked = field !== undefined && form.fields.some(({ id }) => id === field.id)
  const from = isAsked ? draft.answers : known(draft)
  const name = field && (valueOf(from, field.id) as { rest: string; full: string } | undefined)
  const code = placeField && (valueOf(draft.answers, placeField.id) as { code: string } | undefined)?.code
  const place = code && placeByCode(code, facts.pack.jurisdiction)
  if (!field || !name || !place) return { draft, notes: [] }
  const full = composeName(place, name.rest, facts.pack.jurisdiction)
  if (full === name.full) return { draft, notes: [] }
  const value = { ...name, full }
  return {
    draft: { ...draft, answers: { ...draft.answers, [field.id]: stamp(value, facts) } },
    notes: [wording.follows(field.label, shown(field, value, facts))],
  }
}

/** Fields (and columns of the row being filled) a word such as 电话 or 联系人姓名 may mean. */
export function findFields<Asked extends Field | Column>(what: string, fields: readonly Asked[]): Asked[] {
  const plain = (text: string): string => text.replace(/[·\s的]/g, '')
  const word = plain(what)
  if (!word) return []
  const names = (field: Field | Column): string[] => [field.label, ...field.aliases].map(plain)
  const exact = fields.filter((field) => names(field).includes(word))
  if (exact.length > 0) return exact
  if (word.length < 2) return []
  return fields.filter((field) => names(field).some((name) => name.includes(word) || word.includes(name)))
}
