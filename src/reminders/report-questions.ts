import { z } from 'zod'

const Question = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  /** As the document calls it (附件5八3); a column of the collected reports. */
  label: z.string().min(1).max(20),
  ask: z.string().min(1).max(200),
  /** How many activities there were is read from its answer. */
  counts: z.literal(true).optional(),
  /** Not asked of those who had none. */
  afterActivity: z.literal(true).optional(),
})
export type ReportQuestion = z.infer<typeof Question>

/** What the monthly report of an organization asks, in this order. */
export const ReportQuestions = z
  .strictObject({ questions: z.array(Question).min(1).max(6) })
  .refine(({ questions }) => new Set(questions.map(({ id }) => id)).size === questions.length, {
    error: 'two questions have the same id',
  })
  .refine(({ questions }) => questions.filter(({ counts }) => counts).length === 1, {
    error: 'exactly one question counts the activities',
  })
export type ReportQuestions = z.infer<typeof ReportQuestions>

/** The next question of a report that was begun; undefined when it is complete. */
export const nextReportQuestion = (
  { questions }: ReportQuestions,
  said: Readonly<Record<string, string>>,
  activities: number | undefined,
): ReportQuestion | undefined =>
  questions.find(({ id, afterActivity }) => !(id in said) && !(afterActivity && activities === 0))
