import { valueOf, type Answers, type Rows } from '../forms/answers.ts'
import type { Cell, Column, Field, FormDefinition, Paper } from '../forms/definition.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import { walk } from '../forms/walk.ts'
import { cut, printable } from './printable.ts'

/** What is printed where: text by tag, or for repeating parts a list of rows, each of tags again. */
export type Values = { [tag: string]: string | Values[] }

/** Tags every paper has without naming them in its cells. */
export const ROW_NUMBER = '序号'
/** A repeating part of none or one: the continuation sheet, with what was cut in the cells in full. */
export const CONTINUATION = '附页'
export const CONTINUED = { items: '附页各项', label: '栏目', text: '全文' }

type RowsCell = Extract<Cell, { rows: string }>
type Overflow = { label: string; text: string }

/**
 * The values of one paper, from whatever has been answered so far: what is missing prints empty. Answers to
 * questions that do not apply any more are not printed.
 */
export function paperValues(form: FormDefinition, paper: Paper, answers: Answers, types: FieldTypes): Values {
  const applying = new Map(walk(form, answers).fields.map((field) => [field.id, field]))
  const overflow: Overflow[] = []

  const fitted = (text: string, fits: number | undefined, label: string): string => {
    if (fits === undefined) return text
    const short = cut(text, fits)
    if (short !== text && !overflow.some((item) => item.label === label)) overflow.push({ label, text })
    return short
  }

  /** The text of `field` or `field.part`, uncut. */
  const textOf = (source: string): string => {
    const [id = '', part = ''] = source.split('.')
    const field = applying.get(id)
    return field ? printed(types, field, valueOf(answers, id), part) : ''
  }

  const single = (source: string): string => {
    const field = applying.get(source.split('.')[0] ?? '')
    return field ? fitted(textOf(source), field.fits, field.label) : ''
  }

  const rowsOf = (cell: RowsCell): Values[] => {
    const field = applying.get(cell.rows)
    if (!field) return []
    const given = (valueOf(answers, field.id) as Rows | undefined)?.rows ?? []
    const columnOf = (tag: string): Column | undefined =>
      field.columns.find((column) => column.id === cell.columns[tag]?.split('.')[0])
    const texts: ((tag: string) => string)[] = given.map((row) => (tag) => {
      const column = columnOf(tag)
      return column ? printed(types, column, row[column.id], cell.columns[tag]?.split('.')[1] ?? '') : ''
    })
    const { first } = cell
    if (first) texts.unshift((tag) => (first[tag] === undefined ? '' : textOf(first[tag])))
    const least = texts.length === 0 ? Math.max(cell.whenEmpty, cell.atLeast) : cell.atLeast
    while (texts.length < least) texts.push(() => '')
    return texts.map((text, index) => {
      const row: Values = { [ROW_NUMBER]: String(index + 1) }
      for (const tag of Object.keys(cell.columns)) {
        row[tag] = fitted(text(tag), columnOf(tag)?.fits, `${field.label}第${index + 1}行·${tag}`)
      }
      return row
    })
  }

  const values: Values = {}
  for (const [tag, cell] of Object.entries(paper.cells)) {
    if (typeof cell === 'string') values[tag] = single(cell)
    else if (Array.isArray(cell)) {
      const holding = cell.find(
        ({ when }) => applying.has(when.field) && valueOf(answers, when.field) === when.is,
      )
      values[tag] = holding ? single(holding.from) : ''
    } else if ('blank' in cell) values[tag] = ''
    else values[tag] = rowsOf(cell)
  }
  const items = overflow.map(({ label, text }) => ({ [CONTINUED.label]: label, [CONTINUED.text]: text }))
  return { ...values, [CONTINUATION]: items.length > 0 ? [{ [CONTINUED.items]: items }] : [] }
}

function printed(types: FieldTypes, field: Field | Column, value: unknown, part: string): string {
  if (value === undefined || value === null) return ''
  return printable(types[field.type].print(value, field)[part] ?? '')
}
