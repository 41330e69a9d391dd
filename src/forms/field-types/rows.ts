import { z } from 'zod'
import type { Rows } from '../answers.ts'
import type { FieldType } from '../field-type.ts'

export const RowsValue = z.strictObject({
  rows: z.array(z.record(z.string(), z.json())).max(5000),
  done: z.boolean(),
})

/** Repeating rows are asked cell by cell, so a whole message is never one value. */
export const rows: FieldType<Rows> = {
  Value: RowsValue as z.ZodType<Rows>,
  read: () => ({ type: 'unlike' }),
  show: (value) => (value.rows.length === 0 ? '无' : `共${value.rows.length}项`),
  print: (value) => ({ '': String(value.rows.length), count: String(value.rows.length) }),
}
