import { valueOf, type Answers, type Rows } from './answers.ts'
import type { Change, Field, FormDefinition } from './definition.ts'

/** The field of a change form whose rows name what changes. */
export const CHANGES = 'changes'

/** What the person chose to change, in the order of the form. */
export function chosenChanges(form: FormDefinition, answers: Answers): Change[] {
  const { rows } = (valueOf(answers, CHANGES) as Rows | undefined) ?? { rows: [] }
  const column = form.fields.find(({ id }) => id === CHANGES)?.columns[0]
  if (!column) return []
  const chosen = rows.map((row) => row[column.id])
  return form.changes.filter(({ value }) => chosen.includes(value))
}

/**
 * The form as it is asked. A change asks, after its list of changes, the record's own fields for what was chosen; a
 * renewal asks all of the record's fields after its own. Other forms stand by themselves.
 */
export function assemble(
  form: FormDefinition,
  record: FormDefinition | undefined,
  answers: Answers,
): FormDefinition {
  if (!record) return form
  switch (form.kind) {
    case 'change': {
      const wanted = new Set(chosenChanges(form, answers).flatMap(({ fields }) => fields))
      const at = form.fields.findIndex(({ id }) => id === CHANGES) + 1
      const sitting = form.fields[at - 1]?.sitting ?? form.sittings[0]!.id
      const asked = record.fields
        .filter(({ id }) => wanted.has(id))
        .map((field): Field => ({ ...field, sitting }))
      const own = form.fields.map((field) =>
        field.id === CHANGES ? withOptions(field, form.changes) : field,
      )
      return { ...form, fields: [...own.slice(0, at), ...asked, ...own.slice(at)] }
    }
    case 'renewal':
      return {
        ...form,
        declaration: form.declaration || record.declaration,
        rosterIncludes: record.rosterIncludes,
        sittings: [...form.sittings, ...record.sittings],
        fields: [...form.fields, ...record.fields],
        papers: form.papers.length > 0 ? form.papers : record.papers,
      }
    case 'initial':
    case 'cancellation':
    case 'charter':
      return form
  }
}

/** The form with what may be changed as the choice of its list's first column. */
export const withChanges = (form: FormDefinition): FormDefinition => ({
  ...form,
  fields: form.fields.map((field) =>
    form.kind === 'change' && field.id === CHANGES ? withOptions(field, form.changes) : field,
  ),
})

function withOptions(field: Field, changes: Change[]): Field {
  const options = changes.map(({ value, text, say }) => ({ value, text, say, maybe: [] }))
  return {
    ...field,
    columns: field.columns.map((column, index) => (index === 0 ? { ...column, options } : column)),
  }
}
