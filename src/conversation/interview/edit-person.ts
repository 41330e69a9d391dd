import type { Field, FormDefinition } from '../../forms/definition.ts'
import { isClearName } from '../../forms/field-types/person-name.ts'
import { valueOf } from '../../forms/answers.ts'
import { ask } from './advance.ts'
import { rowsOf } from './asking.ts'
import { openRow } from './edit-rows.ts'
import { currentQuestion, findFields, walkDraft } from './filling.ts'
import type { Draft } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** Somebody in the form: a row of a list, or the single fields about one person. */
type Somebody = { field: Field; row?: number; name: string }

/** 改李建国的职务: of the person of that name and nobody else. Undefined when no person is named. */
export function editPerson(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  what: string,
  to: string | undefined,
): Turn | Need | undefined {
  const { fields } = walkDraft(form, draft)
  const people = peopleIn(fields, draft).filter(({ name }) => what.includes(name))
  if (people.length === 0) {
    const stranger = /^(\p{Script=Han}{2,4})的(.+)$/u.exec(what)
    const [, name = '', rest = ''] = stranger ?? []
    if (!stranger || !isClearName(name) || findFields(name, fields).length > 0) return undefined
    const cells = fields.flatMap((field) => [field, ...field.columns])
    const isField = cells.some(({ label, aliases }) => label.endsWith(rest) || aliases.includes(rest))
    return isField ? standing(talk, [wording.noSuchPerson(name)]) : undefined
  }
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  const asked = currentQuestion(form, draft)?.field
  const meant =
    people.find(({ field }) => what.startsWith(field.label)) ??
    (people.length === 1 ? people[0] : people.find(({ field }) => field === asked))
  if (!meant) {
    const places = people.map(({ field, row }) => (row === undefined ? personOf(field) : field.label))
    const text = wording.join(
      wording.whichField,
      ...people.map(({ name }, index) => `${index + 1}. ${places[index]}：${name}`),
    )
    const phrases = people.map(({ field, name }) => {
      const cell = what.replace(name, '').replace(/^的/, '')
      const opens = `改${field.label}${name}的${cell}`
      return to === undefined ? opens : `${field.label}${name}的${cell}改成${to}`
    })
    return turn({ ...talk.session, pending: { type: 'menu', phrases } }, text)
  }
  const cell = what
    .replace(meant.field.label, '')
    .replace(meant.name, '')
    .replace(/^的|的$/g, '')
  if (meant.row !== undefined)
    return openRow(talk, draft, form, { field: meant.field, row: meant.row }, cell, to)
  const own = ownFields(fields, meant.field, cell)
  return own && ask(talk, { ...draft, reopened: { field: own.id } }, [])
}

function peopleIn(fields: Field[], draft: Draft): Somebody[] {
  return fields.flatMap((field): Somebody[] => {
    if (field.type === 'personName') {
      const name = valueOf(draft.answers, field.id)
      return typeof name === 'string' ? [{ field, name }] : []
    }
    const [first] = field.columns
    if (first?.type !== 'personName') return []
    return rowsOf(draft.answers, field).rows.flatMap((row, index) => {
      const name = row[first.id]
      return typeof name === 'string' ? [{ field, row: index, name }] : []
    })
  })
}

/** 主要负责人 of 主要负责人·姓名. */
const personOf = (field: Field): string => field.label.split('·')[0] ?? field.label

/** The field of this person: one that names the person in its label before one that names nobody. */
function ownFields(fields: Field[], name: Field, cell: string): Field | undefined {
  if (cell === '') return name
  const found = findFields(cell, fields)
  return (
    found.find((field) => field.label.startsWith(`${personOf(name)}·`)) ??
    found.find((field) => !field.label.includes('·') && field.columns.length === 0)
  )
}
