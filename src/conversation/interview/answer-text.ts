import { valueOf, type Answers } from '../../forms/answers.ts'
import type { Field } from '../../forms/definition.ts'
import { rowLines, shown } from './asking.ts'
import type { Facts } from '../turn.ts'
import { wording } from '../wording.ts'

const MOST_ROWS_SHOWN = 12

/** What was answered to one field, masked as `show` does it, the rows of a list below each other. */
export function answerText(field: Field, answers: Answers, facts: Facts, show: typeof shown = shown): string {
  if (field.type !== 'rows') return show(field, valueOf(answers, field.id), facts)
  const rows = rowLines(field, answers, facts)
  if (rows.length === 0) return answers[field.id] ? wording.none : wording.blank
  const lines = rows.slice(0, MOST_ROWS_SHOWN).map((row, index) => `\n   (${index + 1}) ${row}`)
  const more = rows.length - MOST_ROWS_SHOWN
  return lines.join('') + (more > 0 ? `\n   ${wording.moreRows(more)}` : '')
}
