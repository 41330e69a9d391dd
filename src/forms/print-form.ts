import type { Answer, Answers } from './answers.ts'
import { chosenChanges } from './assemble.ts'
import type { Change, Column, Field, FormDefinition } from './definition.ts'
import type { FieldTypes } from './field-type.ts'
import { holds } from './walk.ts'

/** Fields a paper may print beside the form's own: 备案编号 of the record, and one row for each thing changed. */
export const RECORD_NUMBER = 'recordNumber'
export const CHANGE_ROWS = 'changeRows'

/** The record's number as an answer, for the papers that print it. */
export const recordNumber = (number: string | undefined): Answers =>
  number === undefined ? {} : { [RECORD_NUMBER]: { value: number, by: '', at: '1970-01-01T00:00:00.000Z' } }

/** `recordVenue` is the venue as it stands in the record, `venue` as it will be. */
export const inRecord = (id: string): string => `record${id[0]!.toUpperCase()}${id.slice(1)}`

const text = (id: string, label: string): Column => ({
  id,
  label,
  aliases: [],
  vague: [],
  type: 'longText',
  ask: label,
  explain: label,
  example: label,
  clause: '',
  options: [],
  optional: true,
  personal: false,
  sensitive: false,
  longest: 2000,
  suggestions: [],
  quick: [],
  several: false,
  doubts: [],
  early: [],
})

/** The form its papers are printed with: its own fields, the record's as they will be, and the record's as they are. */
export function printForm(form: FormDefinition, record: FormDefinition | undefined): FormDefinition {
  if (!record) return form
  const asTheyAre = record.fields.map((field): Field => ({
    ...field,
    id: inRecord(field.id),
    ...(field.when ? { when: { ...field.when, field: inRecord(field.when.field) } } : {}),
  }))
  const sitting = form.sittings[0]?.id ?? ''
  const rows = { least: 0, most: 50, sitting, columns: [] }
  return {
    ...form,
    papers: form.papers.length > 0 ? form.papers : record.papers,
    fields: [
      ...form.fields,
      ...record.fields,
      ...asTheyAre,
      { ...text(RECORD_NUMBER, '备案编号'), ...rows },
      {
        ...text(CHANGE_ROWS, '变更的事项'),
        ...rows,
        type: 'rows',
        columns: [
          { ...text('item', '变更的事项'), fits: 24 },
          { ...text('before', '变更前内容'), fits: 70 },
          { ...text('after', '变更后内容'), fits: 70 },
        ],
      },
    ],
  }
}

/**
 * The answers its papers are printed from. `before` are those of the record; `answers` hold what the form asked and,
 * for what did not change, nothing or the record's own.
 */
export function printAnswers(
  form: FormDefinition,
  record: FormDefinition | undefined,
  answers: Answers,
  before: Answers,
  types: FieldTypes,
): Answers {
  if (!record) return answers
  const after = { ...before, ...answers }
  const asTheyAre = Object.fromEntries(Object.entries(before).map(([id, answer]) => [inRecord(id), answer]))
  const printed = (field: Field, answer: Answer | undefined): string =>
    answer && 'value' in answer ? inWords(field, answer.value, types) : ''
  const chosen = chosenChanges(form, answers)
  const printedOf = ({ printed: some, fields }: Change): string[] => (some.length > 0 ? some : fields)
  const covered = new Set(chosen.flatMap(printedOf))
  const rows = form.changes.flatMap((change) => {
    const fields = record.fields.filter(({ id }) => printedOf(change).includes(id))
    const wordsOf = (from: Answers) =>
      fields.map((field) => (holds(field.when, from) ? printed(field, from[field.id]) : ''))
    const [old, now] = [wordsOf(before), wordsOf(after)]
    const differing = fields.filter((_, at) => old[at] !== now[at])
    // 主要负责人 and 主要负责人联系电话 print the same phone: only what was named is an item.
    if (!chosen.includes(change) && differing.every(({ id }) => covered.has(id))) return []
    if (differing.length === 0) return []
    const joined = (words: string[]): string => words.filter(Boolean).join('，')
    return [{ item: change.text, before: joined(old), after: joined(now) }]
  })
  const made = { by: '', at: '1970-01-01T00:00:00.000Z' }
  return {
    ...after,
    ...asTheyAre,
    [CHANGE_ROWS]: { value: { rows, done: true }, ...made },
  }
}

/** A list without rows is told apart from a cell that was left blank. */
const NOBODY = '无'

/** One value as the change form prints it; the rows of a list one after another, without identity numbers. */
function inWords(field: Field, value: unknown, types: FieldTypes): string {
  if (field.type === 'rows') {
    const { rows } = value as { rows: Record<string, unknown>[] }
    if (rows.length === 0) return NOBODY
    const columns = field.columns.filter(({ sensitive }) => !sensitive)
    return rows
      .map((row) =>
        columns
          .flatMap((column) =>
            row[column.id] == null ? [] : [types[column.type].print(row[column.id], column)['']],
          )
          .join(' '),
      )
      .join('；')
  }
  return types[field.type].print(value, field)[''] ?? ''
}
