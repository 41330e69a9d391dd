import type { FormDefinition } from '../../forms/definition.ts'
import { isPosition } from '../../forms/positions.ts'
import { rowsOf } from './asking.ts'
import { known, type Place } from './filling.ts'
import type { Draft, Placed } from '../session.ts'
import { formOf, type Facts } from '../turn.ts'

/**
 * What a list on record says of somebody who is to be principal: never asked again, but read back, since a name alone
 * may be another person's. Which cell is which question is what the paper prints the list with, principal first.
 */
export function listedFacts(
  form: FormDefinition,
  draft: Draft,
  place: Place,
  name: unknown,
  facts: Facts,
): Placed[] {
  if (form.kind !== 'change' || form.record === undefined || place.row !== undefined) return []
  const record = formOf(facts, form.record)
  return record.papers
    .flatMap((paper) => Object.values(paper.cells))
    .flatMap((cell): Placed[] => {
      if (typeof cell !== 'object' || !('rows' in cell) || !cell.first) return []
      const { first, columns } = cell
      const list = record.fields.find(({ id }) => id === cell.rows)
      // Many are 群众 and 退休: only a name says who somebody is.
      const isName = (tag: string): boolean =>
        list?.columns.some(({ id, type }) => id === columns[tag] && type === 'personName') === true
      const nameTag = Object.keys(first).find((tag) => first[tag] === place.field && isName(tag))
      if (!list || nameTag === undefined) return []
      const [row, another] = rowsOf(known(draft), list).rows.filter(
        (cells) => cells[columns[nameTag] ?? ''] === name,
      )
      if (!row || another) return []
      return Object.entries(first).flatMap(([tag, field]): Placed[] => {
        const value = row[columns[tag] ?? '']
        // The post is the one thing that changes with becoming principal.
        const isNew = field === place.field || (typeof value === 'string' && isPosition(value))
        const isAsked = form.fields.some(({ id }) => id === field)
        return isNew || !isAsked || value == null || field in draft.answers
          ? []
          : [{ field, value: value as never }]
      })
    })
}
