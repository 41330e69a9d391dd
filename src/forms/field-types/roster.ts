import type { z } from 'zod'
import { valueOf, type Rows } from '../answers.ts'
import type { FieldType } from '../field-type.ts'
import type { Person } from '../roster-line.ts'
import { mergeRoster, readRoster } from '../roster.ts'
import { RowsValue } from './rows.ts'

/** The people who take part (附件1填表说明3); its count is the number of members or staff. */
export const roster: FieldType<Rows> = {
  Value: RowsValue as z.ZodType<Rows>,
  read(text, field, context) {
    const { people, verdicts } = readRoster(text, context)
    if (people.length === 0) return { type: 'unlike' }
    const present = RowsValue.safeParse(valueOf(context.answers, field.id))
    const known = present.success ? (present.data.rows as Person[]) : []
    const value: Rows = { rows: mergeRoster(known, people), done: false }
    const wrong = verdicts.filter(({ problem }) => problem !== undefined).length
    return wrong === 0 ? { type: 'clear', value } : { type: 'doubtful', value, because: `有${wrong}行要核对` }
  },
  show: (value) => `共${value.rows.length}人`,
  print: (value) => ({ '': String(value.rows.length), count: String(value.rows.length) }),
}
