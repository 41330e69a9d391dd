import { CHANGES } from '../../forms/assemble.ts'
import type { Field, FormDefinition } from '../../forms/definition.ts'
import { isBetweenRows, rowsOf } from './asking.ts'
import { currentQuestion, isSamePlace, placeOf, walkDraft, type Place } from './filling.ts'
import type { Draft } from '../session.ts'

/** The place asked before the one that stands; undefined at the first. */
export function stepBefore(form: FormDefinition, draft: Draft): Place | undefined {
  const steps = stepsOf(form, draft)
  const question = currentQuestion(form, draft)
  if (!question) return steps.at(-1)
  const present = isBetweenRows(question) ? { field: question.field.id } : placeOf(question)
  return steps[steps.findIndex((step) => isSamePlace(step, present)) - 1]
}

/** Every place in the order in which it is asked: a list cell by cell and then whether there is more. */
function stepsOf(form: FormDefinition, draft: Draft): Place[] {
  const { fields } = walkDraft(form, draft)
  const list = form.kind === 'change' ? fields.find(({ id }) => id === CHANGES) : undefined
  if (!list) return fields.flatMap((field) => placesOf(field, draft))
  // What was chosen is followed by its new content (附件2表行3).
  const met = new Set<string>([list.id])
  const items = placesOf(list, draft).slice(0, -1)
  const chosen = items.flatMap((item) => {
    const own = contentOf(form, draft, item).filter((id) => !met.has(id))
    for (const id of own) met.add(id)
    return [item, ...fields.filter(({ id }) => own.includes(id)).flatMap((field) => placesOf(field, draft))]
  })
  const others = fields.filter(({ id }) => !met.has(id)).flatMap((field) => placesOf(field, draft))
  return [...chosen, { field: list.id }, ...others]
}

function contentOf(form: FormDefinition, { answers }: Draft, item: Place): string[] {
  const list = form.fields.find(({ id }) => id === item.field)
  const value = list && item.column && rowsOf(answers, list).rows[item.row ?? 0]?.[item.column]
  return form.changes.find((change) => change.value === value)?.fields ?? []
}

function placesOf(field: Field, { answers }: Draft): Place[] {
  const rows = field.type === 'rows' ? rowsOf(answers, field).rows : []
  const cells = rows.flatMap((_, row) =>
    field.columns.map((column): Place => ({ field: field.id, row, column: column.id })),
  )
  return [...cells, { field: field.id }]
}
