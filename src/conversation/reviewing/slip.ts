import { inChinese } from '../../clock.ts'
import { dayInCell } from '../../filings/ledger-day.ts'
import { numberInLedger } from '../../filings/ledger-number.ts'
import type { Organization } from '../../filings/organization.ts'
import { placeByCode } from '../../filings/places.ts'
import type { Column, Field } from '../../forms/definition.ts'
import { smallNumber } from '../../forms/numbers.ts'
import { walk } from '../../forms/walk.ts'
import { rowsOf } from '../interview/asking.ts'
import { formFor, type Facts } from '../turn.ts'
import { fieldsMeant } from './mend.ts'
import { words } from './words.ts'

/** What is put right: the item, how it is called, what is right as it is kept and as it is shown. */
export type Slip = { item: string; label: string; value: unknown; was: string; is: string; unordered?: true }

/** What the words put right, or why nothing. */
export function slipIn(name: string, text: string, organization: Organization, facts: Facts): Slip | string {
  const { answers } = organization
  const granted = Object.entries(words.grantItems).find(([, label]) => label === name)
  if (granted) return grantSlip(granted[0], granted[1], text, organization, facts)
  const form = formFor(facts, { form: organization.form, answers })
  const { fields } = walk(form, answers)
  const [, list = name, row, cell] =
    /^(.+?)第?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:行|个|位)的?(.+)$/u.exec(name) ?? []
  const found = fieldsMeant(list, fields)
  const [field, another] = found
  if (!field || another)
    return words.correctWhich(
      list,
      found.map(({ label }) => label),
    )
  const isList = field.columns.length > 0
  if (field.type === 'place') return words.correctPlace
  if (!isList && row !== undefined) return words.correctWhich(name, [])
  if (isList && row === undefined) return words.correctWhole(field.label)
  if (!isList) {
    const read = valueIn(text, field, organization, facts)
    if (typeof read === 'string') return words.correctUnread(field.label, read)
    const present = answers[field.id]
    const was = present && 'value' in present ? shown(field, present.value, facts) : ''
    return { item: field.id, label: field.label, was, ...read }
  }
  const present = rowsOf(answers, field)
  const at = (smallNumber(row ?? '') ?? 0) - 1
  const cells = present.rows[at]
  if (!cells) return words.correctNoRow(field.label, present.rows.length)
  const columns = fieldsMeant(cell ?? '', field.columns)
  const [column] = columns
  if (!column || columns.length > 1)
    return words.correctWhich(
      cell ?? '',
      columns.map(({ label }) => label),
    )
  const read = valueIn(text, column, organization, facts)
  if (typeof read === 'string') return words.correctUnread(column.label, read)
  const rows = present.rows.with(at, { ...cells, [column.id]: read.value })
  const old = cells[column.id]
  return {
    item: field.id,
    label: words.cell(field.label, at + 1, column.label),
    value: { ...present, rows },
    was: old == null ? '' : shown(column, old, facts),
    is: read.is,
  }
}

type Read = { value: unknown; is: string }

/** Read as the question of the form would; a doubt is settled by the read-back. Else why it is none. */
function valueIn(
  text: string,
  field: Field | Column,
  { answers }: Organization,
  facts: Facts,
): Read | string {
  const type = facts.types[field.type]
  const reading = type.read(text, field, { today: facts.today, answers })
  switch (reading.type) {
    case 'clear':
    case 'doubtful':
      return (
        type.missing?.(reading.value, field) ?? {
          value: reading.value,
          is: type.print(reading.value, field)[''] ?? type.show(reading.value, field),
        }
      )
    case 'ambiguous':
      return [reading.ask, ...reading.options.map((option) => option.text)].join('；')
    case 'impossible':
      return reading.because
    case 'unlike':
      return field.explain
  }
}

/** What stands there is masked for staff as everywhere; what they typed themselves is read back whole. */
const shown = (field: Field | Column, value: unknown, { types }: Facts): string => {
  const type = types[field.type]
  const parsed = type.Value.safeParse(value)
  if (!parsed.success) return ''
  return field.sensitive
    ? type.show(parsed.data, field)
    : (type.print(parsed.data, field)[''] ?? type.show(parsed.data, field))
}

/** Number and days of an old ledger, by the rules its import has. */
function grantSlip(
  item: string,
  label: string,
  text: string,
  organization: Organization,
  { pack, today }: Facts,
): Slip | string {
  const { filingNumber, filedOn, validUntil } = organization
  const place = placeByCode(organization.place, pack.jurisdiction)
  if (item === 'filingNumber' && place) {
    const number = numberInLedger(text.trim(), place, { pack, today })
    if ('because' in number) return words.correctUnread(label, number.because)
    const { filingNumber: value, unordered } = number
    return {
      item,
      label,
      value,
      was: filingNumber,
      is: value,
      ...(unordered && { unordered: true as const }),
    }
  }
  const day = dayInCell(text)
  if (day === undefined) return words.correctUnread(label, words.dayUnread)
  const [from, until] = item === 'filedOn' ? [day, validUntil] : [filedOn, day]
  if (from > today || until <= from) return words.correctUnread(label, words.dayOrder)
  return {
    item,
    label,
    value: day,
    was: inChinese(item === 'filedOn' ? filedOn : validUntil),
    is: inChinese(day),
  }
}
