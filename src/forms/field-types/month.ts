import { z } from 'zod'
import { findDates, monthInChinese } from '../dates.ts'
import type { FieldType } from '../field-type.ts'
import { couldAnswer } from '../question-words.ts'

/** A month of the Gregorian calendar, `YYYY-MM`. */
export const month: FieldType<string> = {
  Value: z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/),
  read(text, _field, context) {
    if (!couldAnswer(text)) return { type: 'unlike' }
    const { points, problem } = findDates(text, context.today)
    if (problem !== undefined) return { type: 'impossible', because: problem }
    const months = [...new Map(points.map((point) => [point.at, point])).values()]
    const [first] = months
    if (first === undefined) {
      return /\d/.test(text) ? { type: 'impossible', because: '请说是哪年哪月' } : { type: 'unlike' }
    }
    if (months.length > 1) {
      if (months.some(({ at }) => at.length !== 7)) return { type: 'impossible', because: '请只说一个年月' }
      const options = months.map(({ at }) => ({ text: monthInChinese(at), value: at }))
      return { type: 'ambiguous', ask: '是哪一个？', options }
    }
    if (first.at === 'now') return { type: 'impossible', because: '请说是哪年哪月' }
    if (first.at.length === 4) return { type: 'impossible', because: '还要说是几月' }
    return first.doubt === undefined
      ? { type: 'clear', value: first.at }
      : { type: 'doubtful', value: first.at, because: first.doubt }
  },
  show: (value) => monthInChinese(value),
  print: (value) => ({ '': monthInChinese(value) }),
}
