import { isDeepStrictEqual } from 'node:util'
import { ACTIVITY_AREA, ORGANIZATION_NAME, type Filing } from '../../filings/filing.ts'
import { valueOf, type Answers } from '../../forms/answers.ts'
import { chosenChanges } from '../../forms/assemble.ts'
import type { Change, Field, FormDefinition } from '../../forms/definition.ts'
import { rowsOf } from './asking.ts'
import type { Draft } from '../session.ts'

/** What a change finds different from the record (附件2表行3), whether it was asked for or follows. */
export function changesOf(draft: Draft, record: FormDefinition): NonNullable<Filing['changes']> {
  return record.fields.flatMap(({ id }) => {
    const after = draft.answers[id]
    const before = draft.record?.answers[id]
    if (!after || isAsOnRecord(draft, id)) return []
    return [{ field: id, after, ...(before ? { before } : {}) }]
  })
}

/** The items that were named and whose content is the one on record. */
export const unchangedItems = (form: FormDefinition, draft: Draft): Change[] =>
  chosenChanges(form, draft.answers).filter(({ fields }) => fields.every((id) => isAsOnRecord(draft, id)))

const isAsOnRecord = ({ answers, record }: Draft, id: string): boolean =>
  answers[id] === undefined || isDeepStrictEqual(valueOf(answers, id), record && valueOf(record.answers, id))

/** What changes by itself with a field: the name carries the place, a new principal leaves the list of officers. */
const FOLLOWING: Record<string, string[]> = {
  [ACTIVITY_AREA]: [ORGANIZATION_NAME],
  principalIdNumber: ['officers'],
}

/** An item that was taken off the list takes its new content with it. */
export function withoutDropped(form: FormDefinition, before: Draft, after: Draft): Draft {
  const kept = chosenChanges(form, after.answers)
  const stay = new Set(withFollowing(kept))
  const gone = withFollowing(chosenChanges(form, before.answers).filter((change) => !kept.includes(change)))
  const answers = Object.entries(after.answers).filter(([id]) => stay.has(id) || !gone.includes(id))
  return { ...after, answers: Object.fromEntries(answers) }
}

/** An item whose content changed already, with another one, is asked all the same now that it is named. */
export function reopenFollowing(form: FormDefinition, before: Draft, after: Draft): Draft {
  const earlier = chosenChanges(form, before.answers)
  const named = chosenChanges(form, after.answers).find(
    (change) => !earlier.includes(change) && change.fields.every((id) => id in after.answers),
  )
  const [field] = named?.fields ?? []
  return field === undefined ? after : { ...after, reopened: { field } }
}

const withFollowing = (changes: Change[]): string[] =>
  changes.flatMap(({ fields }) => fields).flatMap((id) => [id, ...(FOLLOWING[id] ?? [])])

/** Lists of people on record without the one who has this identity number; only the lists that had him. */
export function listsWithout(
  idNumber: unknown,
  record: FormDefinition,
  answers: Answers,
): { field: Field; rows: Record<string, unknown>[] }[] {
  return record.fields.flatMap((field) => {
    const column = field.type === 'rows' && field.columns.find(({ type }) => type === 'idNumber')
    if (!column) return []
    const { rows } = rowsOf(answers, field)
    const others = rows.filter((row) => row[column.id] !== idNumber)
    return others.length < rows.length ? [{ field, rows: others }] : []
  })
}
