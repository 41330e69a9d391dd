import { CHANGES, withChanges } from '../forms/assemble.ts'
import type { Column, Condition, Field, FormDefinition, Paper } from '../forms/definition.ts'
import type { Problem } from './problem.ts'
import type { FieldTypes } from '../forms/field-type.ts'

/**
 * Checks one form: texts, clauses, conditions, and the cells of its papers. `whole` is the form they are printed
 * with, which has the fields of the record too.
 */
export function checkForm(
  own: FormDefinition,
  whole: FormDefinition,
  labels: ReadonlySet<string>,
  types: FieldTypes,
): Problem[] {
  const form = withChanges(own)
  return [
    ...fieldProblems(form, labels),
    ...form.papers.flatMap((paper) => cellProblems(whole, paper, types)),
    ...changeProblems(form, whole),
    ...sinceProblems(form),
  ].map(({ place, text }) => ({ file: `forms/${form.id}.yaml`, place, text }))
}

type Found = { place: string; text: string }

function fieldProblems(form: FormDefinition, labels: ReadonlySet<string>): Found[] {
  const problems: Found[] = []
  const printed = printedSources(form)
  const asked = conditionsOf(form).map(({ field }) => field)
  const sittings = form.sittings.map(({ id }) => id)
  for (const [index, field] of form.fields.entries()) {
    const place = `问题 ${field.id}`
    const add = (text: string) => problems.push({ place, text })
    if (!sittings.includes(field.sitting)) add(`sitting“${field.sitting}”不在 sittings 里`)
    if (field.when) {
      const earlier = form.fields.slice(0, index).find(({ id }) => id === field.when?.field)
      if (!earlier) add(`when 里的问题“${field.when.field}”不存在，或者排在后面`)
    }
    const isList = form.kind === 'change' && field.id === CHANGES
    if (form.papers.length > 0 && !printed.has(field.id) && !asked.includes(field.id) && !isList)
      add('没有印在任何一张表上')
    problems.push(...commonProblems(place, field, labels))
    if (field.type === 'rows' || field.type === 'roster') {
      if (field.columns.length === 0) add('重复的行没有 columns')
    } else if (field.columns.length > 0) add('只有 rows 和 roster 可以有 columns')
    for (const column of field.columns) {
      const columnPlace = `${place} 的 ${column.id}`
      problems.push(...commonProblems(columnPlace, column, labels))
      if (!printed.has(`${field.id}/${column.id}`) && !isList)
        problems.push({ place: columnPlace, text: '没有印在任何一张表上' })
    }
    for (const id of repeated(field.columns.map(({ id }) => id))) add(`columns 里“${id}”重复了`)
  }
  for (const id of repeated(form.fields.map(({ id }) => id)))
    problems.push({ place: `问题 ${id}`, text: '重复了' })
  for (const id of repeated(form.papers.map(({ id }) => id)))
    problems.push({ place: `papers ${id}`, text: '重复了' })
  for (const condition of conditionsOf(form)) problems.push(...conditionProblems(form, condition))
  if (form.kind === 'initial' && form.declaration.trim() === '')
    problems.push({ place: 'declaration', text: '是空的' })
  return problems
}

/** Every change names fields that the record has. */
function changeProblems({ changes }: FormDefinition, whole: FormDefinition): Found[] {
  const known = new Set(whole.fields.map(({ id }) => id))
  return changes.flatMap(({ text, fields, printed }) =>
    [...fields, ...printed]
      .filter((id) => !known.has(id))
      .map((id) => ({ place: `changes ${text}`, text: `没有问题“${id}”` })),
  )
}

function commonProblems(place: string, field: Field | Column, labels: ReadonlySet<string>): Found[] {
  const problems: Found[] = []
  const add = (text: string) => problems.push({ place, text })
  for (const key of ['label', 'ask', 'explain', 'example'] as const) {
    if (field[key].trim() === '') add(`${key} 是空的`)
  }
  if (!labels.has(field.clause)) add(`clause“${field.clause}”不在 labels.txt 里`)
  if ((field.type === 'choice') !== field.options.length > 0)
    add(field.type === 'choice' ? '选择题没有 options' : '只有选择题可以有 options')
  for (const value of repeated(field.options.map(({ value }) => value))) add(`options 里“${value}”重复了`)
  if (field.options.some(({ text }) => text.trim() === '')) add('有选项的 text 是空的')
  return problems
}

const conditionsOf = (form: FormDefinition): Condition[] => [
  ...form.fields.flatMap(({ when }) => (when ? [when] : [])),
  ...form.papers.flatMap((paper) =>
    Object.values(paper.cells).flatMap((cell) => (Array.isArray(cell) ? cell.map(({ when }) => when) : [])),
  ),
]

function conditionProblems(form: FormDefinition, { field: id, is }: Condition): Found[] {
  const field = form.fields.find((field) => field.id === id)
  if (!field) return [{ place: `条件 ${id}`, text: '没有这个问题' }]
  if (field.type === 'choice' && !field.options.some(({ value }) => value === is))
    return [{ place: `条件 ${id}`, text: `没有选项“${is}”` }]
  return []
}

/** What tells the age of a career's beginning is an identity number. */
function sinceProblems(form: FormDefinition): Found[] {
  const idNumbers = form.fields.filter(({ type }) => type === 'idNumber').map(({ id }) => id)
  return form.fields
    .flatMap((field) => [field, ...field.columns])
    .flatMap(({ id, since }) =>
      since && !idNumbers.includes(since.idNumber)
        ? [{ place: `${id} 的 since`, text: `没有身份证号码的问题“${since.idNumber}”` }]
        : [],
    )
}

/** Every `field`, and every `field/column`, some paper prints. */
function printedSources(form: FormDefinition): Set<string> {
  const printed = new Set<string>()
  const add = (source: string) => printed.add(source.split('.')[0] ?? '')
  for (const cell of form.papers.flatMap((paper) => Object.values(paper.cells))) {
    if (typeof cell === 'string') add(cell)
    else if (Array.isArray(cell)) for (const { from } of cell) add(from)
    else if ('rows' in cell) {
      add(cell.rows)
      for (const source of Object.values(cell.first ?? {})) add(source)
      for (const source of Object.values(cell.columns)) add(`${cell.rows}/${source}`)
    }
  }
  return printed
}

function cellProblems(form: FormDefinition, paper: Paper, types: FieldTypes): Found[] {
  const problems: Found[] = []
  for (const [tag, cell] of Object.entries(paper.cells)) {
    const place = `papers ${paper.id} 的 ${tag}`
    const check = (source: string, fields: readonly (Field | Column)[]) => {
      const text = sourceProblem(source, fields, types)
      if (text !== undefined) problems.push({ place, text })
    }
    if (typeof cell === 'string') check(cell, form.fields)
    else if (Array.isArray(cell)) for (const { from } of cell) check(from, form.fields)
    else if ('rows' in cell) {
      const field = form.fields.find(({ id }) => id === cell.rows)
      if (field?.type !== 'rows' && field?.type !== 'roster')
        problems.push({ place, text: `“${cell.rows}”不是会重复的问题` })
      for (const source of Object.values(cell.columns)) check(source, field?.columns ?? [])
      for (const [column, source] of Object.entries(cell.first ?? {})) {
        check(source, form.fields)
        if (!(column in cell.columns)) problems.push({ place, text: `first 里的“${column}”不在 columns 里` })
      }
    }
  }
  return problems
}

function sourceProblem(
  source: string,
  fields: readonly (Field | Column)[],
  types: FieldTypes,
): string | undefined {
  const [id, part] = source.split('.')
  const field = fields.find((field) => field.id === id)
  if (!field) return `没有问题“${id}”`
  if (part === undefined) return undefined
  const parts = partsOf(field, types)
  return parts && !(part in parts) ? `“${id}”没有“${part}”这一部分` : undefined
}

/** Readable wherever the field's own example is words rather than a value. */
const SAMPLES: Partial<Record<Field['type'], string>> = { idNumber: '450205190503150024' }

/** The parts a field prints, learned from a sample; undefined when there is no sample the type understands. */
function partsOf(field: Field | Column, types: FieldTypes): Record<string, string> | undefined {
  const type = types[field.type]
  if (field.type === 'rows' || field.type === 'roster') return type.print({ rows: [], done: true }, field)
  const reading = type.read(SAMPLES[field.type] ?? field.example, field, { today: '2026-01-01', answers: {} })
  return reading.type === 'clear' || reading.type === 'doubtful'
    ? type.print(reading.value, field)
    : undefined
}

const repeated = (names: string[]): string[] => [
  ...new Set(names.filter((name, at) => names.indexOf(name) !== at)),
]
