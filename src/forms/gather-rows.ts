import type { Day } from '../clock.ts'
import { dateText } from './dates.ts'
import type { Column, Field } from './definition.ts'
import type { FieldTypes, ReadContext } from './field-type.ts'
import { periodsIn } from './field-types/period.ts'
import { isClearName } from './field-types/person-name.ts'
import { ownTypes } from './field-types/own-types.ts'
import { gather, type Found } from './gather.ts'
import { looksLikeQuestion } from './question-words.ts'
import { plain } from './said.ts'

/**
 * Several rows of one repeating field in one message: a pasted list of officers or a whole career, one row a line
 * or between semicolons, or each beginning with its period. Empty unless at least two rows give their first cell.
 */
export function gatherRows(
  text: string,
  field: Field,
  context: ReadContext,
  types: Partial<FieldTypes> = ownTypes,
): Found[][] {
  const [first, another] = field.columns
  if (!first || looksLikeQuestion(text)) return []
  if (first.type === 'choice' && !another) return choicesIn(text, field, first, context, types)
  const targets = field.columns.map((column) => ({ field, column }))
  const rows = linesOf(plain(text), first, context.today)
    .slice(0, field.most)
    .map((line) => gather(line, targets, context, types).found)
  // A period that needs a second look is asked for again in its row.
  const isFirst = ({ column, reading }: Found): boolean =>
    column === first && (reading.type === 'clear' || (first.type === 'period' && reading.type === 'doubtful'))
  const whole = rows.filter((found) => found.some(isFirst))
  return whole.length >= 2 && whole.length === rows.length ? whole : []
}

/** 「电话和活动场所」: a list whose rows are one choice each. Every part has to be one, and another one. */
function choicesIn(
  text: string,
  field: Field,
  column: Column,
  context: ReadContext,
  types: Partial<FieldTypes>,
): Found[][] {
  const parts = plain(text)
    .split(/[\s,、;。]+|还有|以及|和|跟|与/u)
    .filter(Boolean)
  const read = parts.flatMap((part) => types.choice?.read(part, column, context) ?? [])
  const values = read.flatMap((reading) => (reading.type === 'clear' ? [reading.value] : []))
  const isEach = values.length === parts.length && new Set(values).size === values.length
  return isEach && parts.length > 1 ? read.map((reading) => [{ field, column, reading }]) : []
}

function linesOf(text: string, first: Column, today: Day): string[] {
  const lines = text
    .split(/[\n;。]/)
    .map((line) => line.replace(/^\s*(?:\d{1,2}[.、)]\s*(?!\d)|[(]\d{1,2}[)]\s*|[-•*]\s*)/u, '').trim())
    .filter((line) => line !== '')
  if (first.type === 'period') return lines.flatMap((line) => byPeriod(line, today))
  return first.type === 'personName' ? lines.flatMap(byName) : lines
}

/** 「李建国、赵小兰和陈大文」 and nothing else are three rows. */
function byName(line: string): string[] {
  const names = line.split(/[\s,、]+|(?<=^.{2,4}|[\s,、].{2,4})(?:和|跟|与|还有|以及)(?=.{2,4}$)/u)
  return names.length > 1 && names.every(isClearName) ? names : [line]
}

/** 「1976.9-2008.3柳钢工人，2008.3至今退休」 are two rows. */
function byPeriod(line: string, today: Day): string[] {
  const starts = periodsIn(line, today).map(({ start }) => start)
  if (starts.length < 2) return [line]
  const said = dateText(line)
  return starts.map((start, index) =>
    said.slice(index === 0 ? 0 : start, starts[index + 1]).replace(/[,、\s]+$/u, ''),
  )
}
