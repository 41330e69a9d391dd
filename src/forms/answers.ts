import { z } from 'zod'

/**
 * One answer: what was understood, who said it, when. `partial` is kept but not yet whole (an address without its
 * area); `skipped` leaves an optional cell empty on purpose.
 */
export const Answer = z.union([
  z.strictObject({
    value: z.json(),
    by: z.string(),
    at: z.iso.datetime(),
    partial: z.literal(true).optional(),
  }),
  z.strictObject({ skipped: z.literal(true), by: z.string(), at: z.iso.datetime() }),
])
export type Answer = z.infer<typeof Answer>

/** Answers by field id. Answers to questions that do not apply any more stay here and do not count. */
export const Answers = z.record(z.string(), Answer)
export type Answers = z.infer<typeof Answers>

/** A value of type `rows`: `done` once 没有了 was said. The last row may still lack cells. */
export type Rows = { rows: Record<string, unknown>[]; done: boolean }

/** The value of an answer, or undefined where there is none or it was skipped. */
export const valueOf = (answers: Answers, field: string): unknown => {
  const answer = answers[field]
  return answer && 'value' in answer ? answer.value : undefined
}
