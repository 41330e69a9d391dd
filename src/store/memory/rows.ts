import { z } from 'zod'

// What is kept, by whatever store. Whatever a person said or is told is in `sealed`; in clear is only what
// is searched for. Keys of rows stand beside them and are not repeated.

export const ReplyRow = z.strictObject({ streamId: z.string(), at: z.string(), sealed: z.string() })
export type ReplyRow = z.infer<typeof ReplyRow>

export const SessionRow = z.strictObject({
  /** When each draft was last touched; rows written before that was kept do not say. */
  drafts: z.array(z.string()).optional(),
  /** Whether the notice about personal data was last declined; rows written before that was kept do not say. */
  declined: z.boolean().optional(),
  sealed: z.string(),
})
export type SessionRow = z.infer<typeof SessionRow>

/** Rows written before there was a review say what happened instead of the status that follows from it. */
const upgraded = (row: unknown): unknown => {
  if (typeof row !== 'object' || row === null || !('happened' in row)) return row
  const { happened, ...rest } = row
  return { ...rest, status: Array.isArray(happened) ? happened.at(-1) : undefined }
}

export const FilingRow = z.preprocess(
  upgraded,
  z.strictObject({
    caseNumber: z.string(),
    kind: z.string(),
    applicant: z.string(),
    organizationName: z.string(),
    /** The name a change gives the organization. */
    newName: z.string().optional(),
    /** Id of the first filing of the organization; the first one itself has none. */
    organizationId: z.string().optional(),
    place: z.string(),
    status: z.string(),
    /** The filing number, in the form in which numbers are compared. */
    number: z.string().optional(),
    /** The whole filing. */
    sealed: z.string(),
  }),
)
export type FilingRow = z.infer<typeof FilingRow>

export const DeliveryRow = z.strictObject({
  /** Grows with every delivery: which is older. */
  order: z.int(),
  to: z.string(),
  type: z.string(),
  enqueuedAt: z.string(),
  dueAt: z.string(),
  attempts: z.int(),
  state: z.enum(['waiting', 'leased', 'sent', 'failed', 'unknown', 'dropped']),
  leasedAt: z.string().optional(),
  leasedUntil: z.string().optional(),
  doubtfulSince: z.string().optional(),
  mediaId: z.string().optional(),
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

/** A filing number that no filing may have. */
export const VoidedNumberRow = z.strictObject({
  filingNumber: z.string(),
  by: z.string(),
  at: z.string(),
  /** The reason. */
  sealed: z.string(),
})
export type VoidedNumberRow = z.infer<typeof VoidedNumberRow>

/** A question the answers fell short of. */
export const QuestionRow = z.strictObject({
  status: z.string(),
  firstAt: z.string(),
  /** The question, who asked it, and what staff said. */
  sealed: z.string(),
})
export type QuestionRow = z.infer<typeof QuestionRow>

/** What was reminded, said and handed in of one duty. */
export const MatterRow = z.strictObject({
  /** When something last happened to it. */
  at: z.string(),
  /** Who was reminded of it. */
  to: z.array(z.string()),
  sealed: z.string(),
})
export type MatterRow = z.infer<typeof MatterRow>

/** A ledger that was handed in; the key names authority and month. */
export const LedgerRow = z.strictObject({ sealed: z.string() })
export type LedgerRow = z.infer<typeof LedgerRow>

/** Somebody looked at the full personal data of a filing. */
export const AccessRow = z.strictObject({
  filingId: z.string(),
  by: z.string(),
  at: z.string(),
  /** The reason. */
  sealed: z.string(),
})
export type AccessRow = z.infer<typeof AccessRow>

/** A complaint; who wrote it is sealed too. */
export const ComplaintRow = z.strictObject({ at: z.string(), sealed: z.string() })
export type ComplaintRow = z.infer<typeof ComplaintRow>

/** A list of what two people destroyed, or one proposed to. */
export const PurgeRow = z.strictObject({ at: z.string(), sealed: z.string() })
export type PurgeRow = z.infer<typeof PurgeRow>

/** What is kept whole under a name, such as the directory. */
export const KeptRow = z.strictObject({ sealed: z.string() })

/** What a row of each table must be: the tables there are, in whatever store. */
export const rowSchemas = {
  replies: ReplyRow,
  sessions: SessionRow,
  filings: FilingRow,
  voidedNumbers: VoidedNumberRow,
  questions: QuestionRow,
  accesses: AccessRow,
  complaints: ComplaintRow,
  purges: PurgeRow,
  matters: MatterRow,
  ledgers: LedgerRow,
  deliveries: DeliveryRow,
  spentKeys: SpentKeyRow,
  sequences: SequenceRow,
}
export type TableName = keyof typeof rowSchemas
