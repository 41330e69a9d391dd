import { z } from 'zod'
import { Answers } from '../forms/answers.ts'

/** What happened to a filing, in order; status, ledger, history and audit are read from this list. */
export const FilingEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('submitted'),
    by: z.string(),
    at: z.iso.datetime(),
    /** Typed by a helper; the leader heard the read-back. */
    helper: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('withdrawn'), by: z.string(), at: z.iso.datetime() }),
])
export type FilingEvent = z.infer<typeof FilingEvent>

/** A filing is what was submitted plus what happened to it. It pins its form version and keeps its answers. */
export const Filing = z.strictObject({
  id: z.string(),
  /** For people: `2026-0001`, in sequence over the district. Not the filing number, which the authority gives. */
  caseNumber: z.string(),
  kind: z.enum(['initial', 'change', 'cancellation', 'renewal']),
  form: z.strictObject({ id: z.string(), version: z.int() }),
  applicant: z.string(),
  organizationName: z.string(),
  /** Code of the community or village, or of the street or town for an organization of that level. */
  place: z.string(),
  answers: Answers,
  events: z.array(FilingEvent),
})
export type Filing = z.infer<typeof Filing>

export type FilingStatus = 'submitted' | 'withdrawn'

export const statusOf = (filing: Filing): FilingStatus => filing.events.at(-1)?.type ?? 'submitted'
