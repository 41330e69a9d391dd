import { z } from 'zod'
import type { FieldType } from '../field-type.ts'
import { withoutLabel } from '../labels.ts'
import { quantities } from '../numbers.ts'
import { couldAnswer } from '../question-words.ts'

const MOST = 100_000

/** 一年两次: the one is no count. */
const PER_YEAR = /[一每1]\s*年(?=\D*[\d一两二三四五六七八九十])/u

/** How many people or things. */
export const count: FieldType<number> = {
  Value: z.int().min(0).max(MOST),
  read(text, field) {
    if (!couldAnswer(text)) return { type: 'unlike' }
    const numbers = quantities(withoutLabel(text, field).replace(PER_YEAR, ''))
    const [number] = numbers
    if (number === undefined) return { type: 'unlike' }
    if (numbers.length > 1) return { type: 'impossible', because: '请只说一个数' }
    if (number.range) return { type: 'impossible', because: '请说一个准数' }
    if (!Number.isInteger(number.value) || number.value > MOST) {
      return { type: 'impossible', because: '这个数不对，请再说一遍' }
    }
    return number.approximate
      ? { type: 'doubtful', value: number.value, because: '表上要写准数' }
      : { type: 'clear', value: number.value }
  },
  show: (value) => String(value),
  print: (value) => ({ '': String(value) }),
}
