import type { Field, FormDefinition } from '../../forms/definition.ts'
import { ask } from './advance.ts'
import { rowLines, rowsOf } from './asking.ts'
import { withoutDropped } from './changes.ts'
import { currentQuestion, known, putRows, withDraft } from './filling.ts'
import { settle } from './accepting.ts'
import type { Draft } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** The repeating field that rows are meant of: the one being asked. */
function repeatingField(draft: Draft, form: FormDefinition): Field | undefined {
  const field = currentQuestion(form, draft)?.field
  return field && (field.type === 'rows' || field.type === 'roster') ? field : undefined
}

export function editRow(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  row: number,
  what: string,
): Turn | Need {
  const field = repeatingField(draft, form)
  if (!field) return standing(talk, [wording.noSuchRow])
  if (talk.group && field.personal) return turn(talk.session, wording.groupPrivate)
  if (!rowsOf(draft.answers, field).rows[row]) return standing(talk, [wording.noSuchRow])
  return openRow(talk, draft, form, { field, row }, what, undefined)
}

/** Opens the cell that `what` names of one row, or changes it to `to`; without a name the cells are a numbered choice. */
export function openRow(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  { field, row }: { field: Field; row: number },
  what: string,
  to: string | undefined,
): Turn | Need {
  const named = field.columns.filter(
    (column) => what && [column.label, ...column.aliases].some((name) => name.includes(what)),
  )
  // 职务 stands in 工作单位职务 too, but is the other column's own name.
  const own = named.filter((column) => column.aliases.includes(what))
  const columns = own.length > 0 ? own : named
  const [column] = columns
  if (column && columns.length === 1) {
    const place = { field: field.id, row, column: column.id }
    const opened: Draft = { ...draft, reopened: place }
    const context = { today: talk.facts.today, answers: known(draft) }
    const reading = to === undefined ? undefined : talk.facts.types[column.type].read(to, column, context)
    return (reading && settle(talk, opened, form, place, column, reading)) ?? ask(talk, opened, [])
  }
  const names = field.columns.map((column) => column.label.split('·').at(-1)!)
  const phrases = names.map((name) => `改第${row + 1}位的${name}`)
  const text = wording.join(wording.whichField, ...names.map((name, index) => `${index + 1}. ${name}`))
  const isAsked = currentQuestion(form, draft)?.field === field
  const opened: Draft = isAsked ? draft : { ...draft, reopened: { field: field.id } }
  return turn({ ...withDraft(talk.session, opened), pending: { type: 'menu', phrases } }, text)
}

export function deleteRow(talk: Talk, draft: Draft, form: FormDefinition, row: number): Turn {
  const field = repeatingField(draft, form)
  if (!field) return standing(talk, [wording.noSuchRow])
  if (talk.group && field.personal) return turn(talk.session, wording.groupPrivate)
  const present = rowsOf(draft.answers, field)
  const line = rowLines(field, draft.answers, talk.facts)[row]
  if (line === undefined) return standing(talk, [wording.noSuchRow])
  const rows = { rows: present.rows.filter((_, index) => index !== row), done: false }
  const without = withoutDropped(form, draft, putRows(draft, field, rows, talk.facts))
  // The rows behind it move up, so what was heard of rows may mean another one now.
  const heard = without.heard.filter((place) => place.field !== field.id)
  return ask(talk, { ...without, heard, reopened: { field: field.id } }, [wording.rowDeleted(line)])
}
