import { z } from 'zod'
import type { FieldType } from '../field-type.ts'
import { withoutLabel } from '../labels.ts'
import { couldAnswer } from '../question-words.ts'
import { clean, lengthOf } from '../said.ts'
import { fitting, isForeign, toChinesePunctuation } from './text.ts'

/** Sentences of free text, such as 宗旨 and 业务范围. Lines become one paragraph. */
export const longText: FieldType<string> = {
  Value: z.string().min(1).max(5000),
  read(said, field) {
    if (!couldAnswer(said) || isForeign(said)) return { type: 'unlike' }
    const value = paragraph(withoutLabel(said, field))
    // A lone number chose something that is not on offer.
    if (!couldAnswer(value) || /^\d{1,3}$/.test(value)) return { type: 'unlike' }
    if (lengthOf(value) < 2 || /^(?:没有?|无)(?:的|了)?$/u.test(value)) return { type: 'unlike' }
    return fitting(value, field)
  },
  show: (value) => value,
  print: (value) => ({ '': value }),
}

const paragraph = (said: string): string => {
  const lines = clean(said)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines
    .map(toChinesePunctuation)
    .map((line, index) => (index < lines.length - 1 && !/[，。；：、？！]$/u.test(line) ? `${line}；` : line))
    .join('')
}
