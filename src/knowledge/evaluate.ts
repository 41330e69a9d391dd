import { z } from 'zod'
import type { Day } from '../clock.ts'
import { answer, previousOf } from './answer.ts'
import type { Answer } from './compose.ts'
import type { Knowledge } from './knowledge.ts'

/** One question of a bank: all groups of `must` are needed, any one text of a group will do. */
export const BankQuestion = z.object({
  id: z.string(),
  q: z.string(),
  /** What was asked just before: 备案管几年, then 那变更呢. */
  after: z.string().optional(),
  topic: z.string(),
  must: z.array(z.array(z.string())),
  mustNot: z.array(z.string()),
  cite: z.array(z.string()).default([]),
})
export type BankQuestion = z.infer<typeof BankQuestion>

export type Verdict = {
  question: BankQuestion
  answer: Answer
  /** Groups of which nothing was said. */
  missing: string[][]
  /** What should not have been said and was. */
  wrong: string[]
  /** None of the expected labels is among the sources. */
  uncited: boolean
  milliseconds: number
}

/** Reads a bank, one JSON object a line. Throws with the line number. */
export function readBank(text: string): BankQuestion[] {
  return text
    .split('\n')
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => {
      try {
        return BankQuestion.parse(JSON.parse(line))
      } catch (cause) {
        throw new Error(`第 ${at + 1} 行不是一道题：${(cause as Error).message}`, { cause })
      }
    })
}

const NUMERALS: [RegExp, string][] = [
  [/[两二]/g, '2'],
  [/[〇零]/g, '0'],
  [/一/g, '1'],
  [/三/g, '3'],
  [/四/g, '4'],
  [/五/g, '5'],
  [/六/g, '6'],
  [/七/g, '7'],
  [/八/g, '8'],
  [/九/g, '9'],
  [/[—–~〜至]/g, '-'],
]

/** Width, spaces, and one way to write a numeral, so that 二年, 两年 and 2年 are the same. */
export const normalised = (text: string): string =>
  NUMERALS.reduce(
    (said, [from, to]) => said.replace(from, to),
    text.normalize('NFKC').toLowerCase().replace(/\s/g, ''),
  )

/** Whether a text says a phrase; 2年 is not in 2022年. */
export function saysPhrase(text: string, phrase: string): boolean {
  const wanted = normalised(phrase)
  const said = normalised(text)
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    const cutBefore = /^\d/.test(wanted) && /\d/.test(said[at - 1] ?? '')
    const cutBehind = /\d$/.test(wanted) && /\d/.test(said[at + wanted.length] ?? '')
    if (!cutBefore && !cutBehind) return true
  }
  return false
}

export function judge(question: BankQuestion, given: Answer, milliseconds: number): Verdict {
  return {
    question,
    answer: given,
    missing: question.must.filter((group) => !group.some((phrase) => saysPhrase(given.text, phrase))),
    wrong: question.mustNot.filter((phrase) => saysPhrase(given.text, phrase)),
    uncited: question.cite.length > 0 && !question.cite.some((label) => given.sources.includes(label)),
    milliseconds,
  }
}

export const isRight = ({ missing, wrong }: Verdict): boolean => missing.length === 0 && wrong.length === 0

/** Questions the document does not answer carry this topic. */
export const OUT_OF_SCOPE = '超范围'

/** Each question is asked so often and the fastest counts: what else the machine does is not measured. */
const RUNS = 3

/** Asks every question of a bank. `clock` gives milliseconds. */
export function evaluate(
  bank: BankQuestion[],
  knowledge: Knowledge,
  today: Day,
  clock: () => number,
  runs = RUNS,
): Verdict[] {
  const timed = ({ q, after }: BankQuestion) => {
    const before = after === undefined ? undefined : previousOf(after, answer(after, { today }, knowledge))
    const start = clock()
    const given = answer(q, { today, ...(before && { previous: before }) }, knowledge)
    return { given, milliseconds: clock() - start }
  }
  return bank.map((question) => {
    const { given, milliseconds } = timed(question)
    const again = Array.from({ length: runs - 1 }, () => timed(question).milliseconds)
    return judge(question, given, Math.min(milliseconds, ...again))
  })
}
