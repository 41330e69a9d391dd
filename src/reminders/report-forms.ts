import { z } from 'zod'

const Question = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  /** As the document calls it (附件5七3, 八3); a column of the collected reports. */
  label: z.string().min(1).max(20),
  ask: z.string().min(1).max(200),
  /** How many activities there were is read from its answer. */
  counts: z.literal(true).optional(),
  /** Not asked of those who had none. */
  afterActivity: z.literal(true).optional(),
})
export type ReportQuestion = z.infer<typeof Question>

const phrase = z.string().min(2).max(12)

/** A monthly report: the duty it fulfils, how it is called, and what it asks, in this order. */
const ReportForm = z
  .strictObject({
    /** Id of a duty of organizations or of the incubators. */
    duty: z.string(),
    /** What is said to begin it. */
    word: phrase,
    /** What is said when there is nothing to report; the first is told to people. */
    nothing: z.tuple([phrase], phrase),
    /** Who sees it once it is in, as it is told to the one who reports. */
    readers: z.string().min(1).max(40),
    questions: z.array(Question).min(1).max(6),
  })
  .refine(({ questions }) => new Set(questions.map(({ id }) => id)).size === questions.length, {
    error: 'two questions have the same id',
  })
  .refine(({ questions }) => questions.filter(({ counts }) => counts).length <= 1, {
    error: 'more than one question counts the activities',
  })
export type ReportForm = z.infer<typeof ReportForm>

/** Every monthly report, and the Word file of the pack in which they are collected for the bureau. */
export const MonthlyReports = z
  .strictObject({ collected: z.string().endsWith('.docx'), reports: z.array(ReportForm).min(1).max(4) })
  .refine(({ reports }) => new Set(reports.map(({ word }) => word)).size === reports.length, {
    error: 'two reports have the same word',
  })
export type MonthlyReports = z.infer<typeof MonthlyReports>

/** 附件5八3 and 附件5七3: what the lists for the bureau are collected from. */
export const MONTHLY_REPORT = 'monthlyReport'
export const INCUBATOR_REPORT = 'incubatorReport'

export const reportFormOf = ({ reports }: MonthlyReports, duty: string): ReportForm | undefined =>
  reports.find((form) => form.duty === duty)

/** The next question of a report that was begun; undefined when it is complete. */
export const nextReportQuestion = (
  { questions }: ReportForm,
  said: Readonly<Record<string, string>>,
  activities: number | undefined,
): ReportQuestion | undefined =>
  questions.find(({ id, afterActivity }) => !(id in said) && !(afterActivity && activities === 0))
