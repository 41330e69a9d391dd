import { z } from 'zod'
import { inChinese, type Day } from '../clock.ts'
import type { FieldType } from '../forms/field-type.ts'
import { withoutLabel } from '../forms/labels.ts'
import { couldAnswer } from '../forms/question-words.ts'
import { takeDay } from './day-words.ts'

/** A day that has come: 章程通过日期. */
export const dayField: FieldType<Day> = {
  Value: z.iso.date(),
  read(text, field, { today }) {
    if (!couldAnswer(text)) return { type: 'unlike' }
    const { day, problem, doubt } = takeDay(withoutLabel(text, field), today, true)
    if (problem !== undefined) return { type: 'impossible', because: problem }
    if (day === undefined)
      return /\d/.test(text) ? { type: 'impossible', because: '请说是哪年哪月哪日' } : { type: 'unlike' }
    return doubt === undefined
      ? { type: 'clear', value: day }
      : { type: 'doubtful', value: day, because: doubt }
  },
  show: (value) => inChinese(value),
  print: (value) => ({ '': inChinese(value) }),
}
