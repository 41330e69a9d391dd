import { z } from 'zod'
import type { Column, Field } from '../definition.ts'
import type { FieldType } from '../field-type.ts'
import { withoutLabel } from '../labels.ts'
import { couldAnswer } from '../question-words.ts'
import { clean, lengthOf } from '../said.ts'
import { fitting, isForeign, toChinesePunctuation, tooLong } from './text.ts'

/** Hardly a sentence: it may have been meant for another question. */
const SHORT = 4

/** Sentences of free text, such as 宗旨 and 业务范围. Lines become one paragraph. */
export const longText: FieldType<string> = {
  Value: z.string().min(1).max(5000),
  read(said, field) {
    if (!couldAnswer(said) || isForeign(said)) return { type: 'unlike' }
    const value = paragraph(withoutLabel(said, field))
    // A lone number chose something that is not on offer.
    if (!couldAnswer(value) || /^\d{1,3}$/.test(value)) return { type: 'unlike' }
    if (lengthOf(value) < 2 || /^(?:没有?|无)(?:的|了)?$/u.test(value)) return { type: 'unlike' }
    const because = doubtIn(value, field) ?? (lengthOf(value) < SHORT ? '只有几个字' : undefined)
    return because === undefined
      ? fitting(value, field)
      : (tooLong(value, field) ?? { type: 'doubtful', value, because })
  },
  show: (value) => value,
  print: (value) => ({ '': value }),
}

/** Why what is said is not allowed; 没有分给成员 and 不分 say that it was not done. */
export function doubtIn(value: string, { doubts }: Field | Column): string | undefined {
  const clauses = value.split(/[，。；！？]/u).filter((clause) => !/[不没未无]/u.test(clause))
  return doubts.find(({ words }) => clauses.some((clause) => words.some((word) => clause.includes(word))))
    ?.because
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
