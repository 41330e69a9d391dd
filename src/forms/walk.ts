import { valueOf, type Answers, type Rows } from './answers.ts'
import { CHANGES } from './assemble.ts'
import type { Column, Condition, Field, FormDefinition } from './definition.ts'

/** One question: a field, or one cell of a repeating row, or "is there another row?". */
export type Question = {
  field: Field
  /** Rows only: which row; without a column, whether there is such a row at all. */
  row?: number
  column?: Column
}

export type Walk = {
  /** The fields that apply, in printed order; the place in this list is the number of the question. */
  fields: Field[]
  /** The next question, or undefined when nothing is missing. */
  next: Question | undefined
}

export const holds = (condition: Condition | undefined, answers: Answers): boolean =>
  condition === undefined || valueOf(answers, condition.field) === condition.is

/**
 * Finds the place in a form from the answers alone: back, edit, resume and a form that grew a question all
 * follow. A condition looks only at answers that themselves count. Postponed fields come last.
 */
export function walk(form: FormDefinition, answers: Answers, postponed: readonly string[] = []): Walk {
  const counting: Answers = {}
  const fields: Field[] = []
  for (const field of form.fields) {
    if (!holds(field.when, counting)) continue
    fields.push(field)
    const answer = answers[field.id]
    if (answer !== undefined) counting[field.id] = answer
  }
  const open = inAskingOrder(
    form,
    fields.filter((field) => openQuestion(field, counting) !== undefined),
    counting,
  )
  const first =
    open.find((field) => !postponed.includes(field.id)) ??
    [...open].sort((a, b) => postponed.indexOf(a.id) - postponed.indexOf(b.id))[0]
  return { fields, next: first && openQuestion(first, counting) }
}

/** In a change the new content of what was named comes before "is there anything else to change?" (附件2表行3). */
function inAskingOrder(form: FormDefinition, open: Field[], answers: Answers): Field[] {
  const list = form.kind === 'change' ? open.find(({ id }) => id === CHANGES) : undefined
  const question = list && openQuestion(list, answers)
  if (!list || !question || question.column || question.row === 0) return open
  const isContent = (field: Field): boolean => field !== list && field.sitting === list.sitting
  return [...open.filter(isContent), ...open.filter((field) => !isContent(field))]
}

/** What is still to be asked for one field, or undefined when it is complete. */
export function openQuestion(field: Field, answers: Answers): Question | undefined {
  const answer = answers[field.id]
  const repeats = field.type === 'rows' || field.type === 'roster'
  if (answer === undefined) return repeats ? { field, row: 0 } : { field }
  if ('skipped' in answer) return undefined
  if (!repeats) return answer.partial ? { field } : undefined
  const { rows, done } = answer.value as unknown as Rows
  if (field.type === 'rows') {
    for (const [row, cells] of rows.entries()) {
      const column = field.columns.find((column) => !(column.id in cells))
      if (column) return { field, row, column }
    }
  }
  return done || rows.length >= field.most ? undefined : { field, row: rows.length }
}
