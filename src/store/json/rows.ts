import { z } from 'zod'

// What stands on disk and in memory. Whatever a person said or is told is in `sealed`; in clear is only what
// is searched for. Keys of rows stand beside them and are not repeated.

export const ReplyRow = z.strictObject({ streamId: z.string(), at: z.string(), sealed: z.string() })
export type ReplyRow = z.infer<typeof ReplyRow>

export const SessionRow = z.strictObject({ sealed: z.string() })
export type SessionRow = z.infer<typeof SessionRow>

export const FilingRow = z.strictObject({
  caseNumber: z.string(),
  kind: z.string(),
  applicant: z.string(),
  organizationName: z.string(),
  place: z.string(),
  /** The types of what happened, in order. */
  happened: z.array(z.string()),
  /** The whole filing. */
  sealed: z.string(),
})
export type FilingRow = z.infer<typeof FilingRow>

export const DeliveryRow = z.strictObject({
  /** Grows with every delivery: which is older. */
  order: z.int(),
  to: z.string(),
  type: z.string(),
  enqueuedAt: z.string(),
  dueAt: z.string(),
  attempts: z.int(),
  state: z.enum(['waiting', 'leased', 'sent', 'failed', 'unknown']),
  leasedUntil: z.string().optional(),
  settledAt: z.string().optional(),
  problem: z.string().optional(),
  /** The body. */
  sealed: z.string(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

/** The key of a delivery that was sent and forgotten; it is still taken. */
export const SpentKeyRow = z.strictObject({ sentAt: z.string() })
export type SpentKeyRow = z.infer<typeof SpentKeyRow>

export const SequenceRow = z.strictObject({ last: z.int() })
export type SequenceRow = z.infer<typeof SequenceRow>
