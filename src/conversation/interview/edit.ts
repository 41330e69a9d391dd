import type { Field, FormDefinition } from '../../forms/definition.ts'
import { ask } from './advance.ts'
import { editPerson } from './edit-person.ts'
import { findFields, known, walkDraft, type Place } from './filling.ts'
import { settle } from './accepting.ts'
import type { Draft } from '../session.ts'
import { stepBefore } from './steps.ts'
import { turn, type Talk } from '../talk.ts'
import { formFor, type Need, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** Opens what was asked before the question that stands. */
export function back(talk: Talk, draft: Draft, form: FormDefinition): Turn {
  const before = stepBefore(form, draft)
  const field = form.fields.find(({ id }) => id === before?.field)
  return before && field ? reopen(talk, draft, before, field) : ask(talk, draft, [wording.first])
}

export function reopen(talk: Talk, draft: Draft, place: Place, field: Field): Turn {
  if (talk.group && field.personal) return turn(talk.session, wording.groupPrivate)
  return ask(talk, { ...draft, reopened: place }, [])
}

/** 改电话: the field meant, a numbered choice when there are several, or undefined when none is. */
export function editField(
  talk: Talk,
  draft: Draft,
  what: string,
  to: string | undefined,
): Turn | Need | undefined {
  const form = formFor(talk.facts, draft)
  const { fields } = walkDraft(form, draft)
  const ofPerson = editPerson(talk, draft, form, what, to)
  if (ofPerson) return ofPerson
  const found = findFields(what, fields)
  if (found.length === 0) return undefined
  if (found.length > 1) {
    const options = found.slice(0, 9)
    const text = wording.join(
      wording.whichField,
      ...options.map((field, index) => `${index + 1}. ${field.label}`),
    )
    const phrases = options.map((field) =>
      to ? `${field.label}改成${to}` : `改第${fields.indexOf(field) + 1}项`,
    )
    return turn({ ...talk.session, pending: { type: 'menu', phrases } }, text)
  }
  const [field] = found as [Field]
  if (to === undefined || field.columns.length > 0) return reopen(talk, draft, { field: field.id }, field)
  if (talk.group && field.personal) return turn(talk.session, wording.groupPrivate)
  const reading = talk.facts.types[field.type].read(to, field, {
    today: talk.facts.today,
    answers: known(draft),
  })
  const reopened: Draft = { ...draft, reopened: { field: field.id } }
  return (
    settle(talk, reopened, form, { field: field.id }, field, reading) ??
    reopen(talk, draft, { field: field.id }, field)
  )
}
