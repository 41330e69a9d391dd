import { valueOf } from '../../forms/answers.ts'
import type { FormDefinition } from '../../forms/definition.ts'
import { rowsOf } from './asking.ts'
import { walkDraft, type Place } from './filling.ts'
import type { Draft } from '../session.ts'

/** Two people with one identity number is an error (practice.md 8): the label that already has this number. */
export function sameId(form: FormDefinition, draft: Draft, at: Place, value: unknown): string | undefined {
  return idsIn(form, draft).find(
    ({ place, id }) =>
      id === value && (place.field !== at.field || place.row !== at.row || place.column !== at.column),
  )?.label
}

/** A form filled before such numbers were refused at once may still hold two. */
export function hasSameIdTwice(form: FormDefinition, draft: Draft): boolean {
  const all = idsIn(form, draft)
  return new Set(all.map(({ id }) => id)).size < all.length
}

function idsIn(form: FormDefinition, draft: Draft): { place: Place; label: string; id: string }[] {
  return walkDraft(form, draft).fields.flatMap((field) => {
    const single =
      field.type === 'idNumber'
        ? [{ place: {}, label: field.label, id: valueOf(draft.answers, field.id) }]
        : []
    const inRows = field.columns
      .filter(({ type }) => type === 'idNumber')
      .flatMap((column) =>
        rowsOf(draft.answers, field).rows.map((cells, row) => ({
          place: { row, column: column.id },
          label: column.label,
          id: cells[column.id],
        })),
      )
    return [...single, ...inRows].flatMap(({ place, label, id }) =>
      typeof id === 'string' ? [{ place: { field: field.id, ...place }, label, id }] : [],
    )
  })
}
