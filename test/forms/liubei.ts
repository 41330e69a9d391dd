import type { Answers } from '../../src/forms/answers.ts'
import type { Column, Field } from '../../src/forms/definition.ts'
import type { ReadContext, Reading } from '../../src/forms/field-type.ts'
import { checkDigit } from '../../src/forms/field-types/id-number.ts'
import { fieldTypes } from '../../src/filings/field-types.ts'
import { loadPack } from '../../src/pack.ts'

export const pack = await loadPack('templates/liubei')
export const types = fieldTypes(pack)
export const form = pack.forms.find(({ id }) => id === 'initial')!

export const field = (id: string): Field => form.fields.find((field) => field.id === id)!
export const column = (id: string, name: string): Column =>
  field(id).columns.find((column) => column.id === name)!

export const TODAY = '2026-11-23'

export const answered = (values: Record<string, unknown>): Answers =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      { value: value as never, by: 'wang', at: '2026-11-23T02:00:00.000Z' },
    ]),
  )

export const context = (values: Record<string, unknown> = {}): ReadContext => ({
  today: TODAY,
  answers: answered(values),
})

export const read = (id: string, text: string, values: Record<string, unknown> = {}): Reading =>
  types[field(id).type].read(text, field(id), context(values))

/** One line for a table: `clear 值`, `doubtful 值`, `ambiguous 甲/乙`, `impossible`, `unlike`. */
export function told(reading: Reading, asked: Field | Column): string {
  const inWords = (value: unknown) => types[asked.type].print(value, asked)['']
  switch (reading.type) {
    case 'clear':
      return `clear ${inWords(reading.value)}`
    case 'doubtful':
      return `doubtful ${inWords(reading.value)}`
    case 'ambiguous':
      return `ambiguous ${reading.options.map(({ value }) => inWords(value)).join('/')}`
    case 'impossible':
      return `impossible ${reading.because}`
    case 'unlike':
      return 'unlike'
  }
}

export const tell = (id: string, text: string, values: Record<string, unknown> = {}): string =>
  told(read(id, text, values), field(id))

/** An invented identity number with a valid check digit. */
export const idOf = (birthDay: string, sequence = '102', area = '450205'): string => {
  const first = `${area}${birthDay.replaceAll('-', '')}${sequence}`
  return first + checkDigit(`${first}0`)
}
