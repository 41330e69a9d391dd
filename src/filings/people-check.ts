import type { Day } from '../clock.ts'
import { valueOf, type Answers } from '../forms/answers.ts'
import type { Field, FormDefinition } from '../forms/definition.ts'
import { idNumber } from '../forms/field-types/id-number.ts'
import { Period } from '../forms/field-types/period.ts'
import { phone } from '../forms/field-types/phone.ts'
import { RowsValue } from '../forms/field-types/rows.ts'
import type { Finding } from './precheck.ts'

/** Officers, roster and CV against each other (domain notes 14: K12 to K15, K20; practice.md 8). */
export function peopleFindings(
  form: FormDefinition,
  fields: readonly Field[],
  answers: Answers,
  today: Day,
): Finding[] {
  return [
    ...idFindings(fields, answers, today),
    ...rosterFindings(form, fields, answers),
    ...phoneFindings(fields, answers),
    ...careerFindings(fields, answers),
  ]
}

type Cell = { field: Field; row?: number; value: unknown; who?: string }

/** All cells of one type: single fields, and columns of rows with the name that stands in their row. */
function cellsOf(fields: readonly Field[], answers: Answers, type: Field['type']): Cell[] {
  return fields.flatMap((field): Cell[] => {
    if (field.type === type) return [{ field, value: valueOf(answers, field.id) }]
    const column = field.columns.find((column) => column.type === type)
    if (!column) return []
    return rowsIn(answers, field).map((row, index) => ({
      field,
      row: index,
      value: row[column.id],
      ...(typeof row['name'] === 'string' ? { who: row['name'] } : {}),
    }))
  })
}

function rowsIn(answers: Answers, { id }: Field): Record<string, unknown>[] {
  const value = RowsValue.safeParse(valueOf(answers, id))
  return value.success ? value.data.rows : []
}

const whoIn = ({ field, who }: Cell): string => who ?? field.label

/** Check digit, real date, eighteen years of age; one number belongs to one person. */
function idFindings(fields: readonly Field[], answers: Answers, today: Day): Finding[] {
  const label = '身份证号码'
  const cells = cellsOf(fields, answers, 'idNumber').filter(({ value }) => typeof value === 'string')
  const findings = cells.flatMap((cell): Finding[] => {
    const reading = idNumber.read(String(cell.value), cell.field, { today, answers: {} })
    if (reading.type === 'clear') return []
    const because = reading.type === 'impossible' ? reading.because : '不是18位号码'
    return [{ level: 'error', label, words: `${whoIn(cell)}：${because}` }]
  })
  if (new Set(cells.map(({ value }) => value)).size < cells.length) {
    findings.push({ level: 'error', label, words: '有两位负责人的号码一样' })
  }
  if (findings.length > 0 || cells.length === 0) return findings
  return [{ level: 'ok', label, words: `${cells.length}个号码校验正确，都满18岁` }]
}

/** 附件1填表说明3: there is a roster; its length is the number of members, and officers come from the members. */
function rosterFindings(form: FormDefinition, fields: readonly Field[], answers: Answers): Finding[] {
  const field = fields.find(({ type }) => type === 'roster')
  if (!field) return []
  const label = field.label
  const people = rowsIn(answers, field)
  if (people.length === 0) return [{ level: 'error', label, words: '没有附名册' }]
  const names = new Set(people.map((row) => row['name']))
  const findings: Finding[] = []
  for (const { field: counted, value } of cellsOf(fields, answers, 'count')) {
    if (!/会员数|成员数|工作人员数/.test(counted.label) || typeof value !== 'number') continue
    if (value === people.length) continue
    const words = `和名册人数不一致：表上${value}人，名册${people.length}人`
    findings.push({ level: 'warning', label: counted.label, words })
  }
  for (const leader of leadersOf(form, fields, answers)) {
    if (!names.has(leader)) findings.push({ level: 'warning', label, words: `名册里没有负责人${leader}` })
  }
  for (const { name, sex } of sexesById(form, fields, answers)) {
    const [row, another] = people.filter((one) => one['name'] === name)
    if (!row || another || typeof row['gender'] !== 'string' || row['gender'] === sex) continue
    const words = `${name}写的是${row['gender']}，按身份证号码是${sex}，请核对`
    findings.push({ level: 'warning', label, words })
  }
  const shared = sharedPhones(people)
  if (shared > 0) findings.push({ level: 'warning', label, words: `有${shared}个电话几个人共用，请核对` })
  return findings.length > 0
    ? findings
    : [{ level: 'ok', label, words: `共${people.length}人，负责人都在名册里` }]
}

/** What the seventeenth digit says of everybody whose number stands on the form. */
function sexesById(
  form: FormDefinition,
  fields: readonly Field[],
  answers: Answers,
): { name: string; sex: '男' | '女' }[] {
  const principal = form.rosterIncludes.find((source) => !source.includes('.'))
  return cellsOf(fields, answers, 'idNumber').flatMap(({ value, row, who }) => {
    const name = row === undefined && principal !== undefined ? valueOf(answers, principal) : who
    if (typeof value !== 'string' || typeof name !== 'string') return []
    return [{ name, sex: Number(value[16]) % 2 === 1 ? '男' : '女' }]
  })
}

function leadersOf(form: FormDefinition, fields: readonly Field[], answers: Answers): string[] {
  const names = form.rosterIncludes.flatMap((source): unknown[] => {
    const [id = '', column] = source.split('.')
    const field = fields.find((field) => field.id === id)
    if (!field) return []
    return column === undefined ? [valueOf(answers, id)] : rowsIn(answers, field).map((row) => row[column])
  })
  return [...new Set(names.filter((name) => typeof name === 'string'))]
}

function sharedPhones(people: Record<string, unknown>[]): number {
  const holders = new Map<unknown, Set<unknown>>()
  for (const { name, phone } of people) {
    if (typeof phone === 'string') holders.set(phone, (holders.get(phone) ?? new Set()).add(name))
  }
  return [...holders.values()].filter((names) => names.size > 1).length
}

function phoneFindings(fields: readonly Field[], answers: Answers): Finding[] {
  const label = '联系电话'
  const cells = cellsOf(fields, answers, 'phone').filter(
    ({ field, value }) => field.type !== 'roster' && value !== undefined,
  )
  const wrong = cells.filter(({ value }) => !phone.Value.safeParse(value).success)
  if (wrong.length > 0) {
    return wrong.map((cell) => ({ level: 'error', label, words: `${whoIn(cell)}：号码不对` }))
  }
  return cells.length === 0 ? [] : [{ level: 'ok', label, words: '号码格式正确' }]
}

/** K20: the stretches of a CV follow one another and begin after birth. */
function careerFindings(fields: readonly Field[], answers: Answers): Finding[] {
  const id = cellsOf(fields, answers, 'idNumber').find(({ row }) => row === undefined)?.value
  const born = typeof id === 'string' ? `${id.slice(6, 10)}-${id.slice(10, 12)}` : ''
  const stretches = new Map<Field, Period[]>()
  for (const { field, value } of cellsOf(fields, answers, 'period')) {
    const period = Period.safeParse(value)
    if (period.success) stretches.set(field, [...(stretches.get(field) ?? []), period.data])
  }
  return [...stretches].flatMap(([field, periods]): Finding[] => {
    const findings = careerProblems(periods, born).map((words): Finding => ({
      level: 'warning',
      label: field.label,
      words,
    }))
    return findings.length > 0
      ? findings
      : [{ level: 'ok', label: field.label, words: '时间前后接得上，没有重叠' }]
  })
}

function careerProblems(periods: readonly Period[], born: string): string[] {
  const problems = new Set<string>()
  for (const [index, { from, to }] of periods.entries()) {
    if (isBefore(from, born)) problems.add(`第${index + 1}段早于出生年月`)
    if (to !== 'now' && isBefore(to, from)) problems.add(`第${index + 1}段结束早于开始`)
    const next = periods[index + 1]
    if (!next) continue
    if (isBefore(next.from, from)) problems.add(`第${index + 2}段早于第${index + 1}段，次序反了`)
    else if (to === 'now' || isBefore(next.from, to)) {
      problems.add(`第${index + 1}段和第${index + 2}段时间重叠`)
    }
  }
  return [...problems]
}

/** Compared as far as both are known: 1980 is not before 1980-09. */
const isBefore = (a: string, b: string): boolean => {
  const length = Math.min(a.length, b.length)
  return a.slice(0, length) < b.slice(0, length)
}
