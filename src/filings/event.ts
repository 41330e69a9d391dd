import { z } from 'zod'
import { Answer, Answers } from '../forms/answers.ts'

/** Longest reason, note or opinion a person may give. */
export const LONGEST_REASON = 500

/** One of the offices that decide, by the role its people have. */
export const Step = z.enum(['community', 'street'])
export type Step = z.infer<typeof Step>

/** The three copies of the form (附件1填表说明5), each named for who keeps it. */
export const Copy = z.enum(['authority', 'committee', 'organization'])
export type Copy = z.infer<typeof Copy>

const happened = { by: z.string(), at: z.iso.datetime() }
/** The person or office somebody stood in for, by name. */
const deputyFor = z.string().min(1).max(100).optional()
/** In the name of an office: `as` is the office whose step it was, also when a deputy took it. */
const decided = { ...happened, as: Step, deputyFor }
const words = z.string().min(1).max(LONGEST_REASON)

/** What the filing authority gives at its approval. Days in Asia/Shanghai. */
const Granted = {
  filingNumber: z.string().min(1).max(60),
  filedOn: z.iso.date(),
  /** The last day of validity. */
  validUntil: z.iso.date(),
}

/** One line of 附件2: an item of the record, what it was and what it becomes. */
export const Change = z.strictObject({ field: z.string(), before: Answer.optional(), after: Answer })
export type Change = z.infer<typeof Change>

/** What happened to a filing, in order; status, ledger, history and audit are read from this list. */
export const FilingEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('submitted'),
    ...happened,
    /** Typed by a helper; the leader heard the read-back. */
    helper: z.boolean().optional(),
  }),
  /** The committee agrees: 社区（村）居委会意见. */
  z.strictObject({ type: z.literal('endorsed'), ...decided, note: words.optional() }),
  z.strictObject({
    type: z.literal('returned'),
    ...happened,
    deputyFor,
    step: Step,
    /** Field ids of the form, or PAPERS. */
    items: z.array(z.string()).min(1).max(100),
    reason: words,
    /** Some of it could be seen at an earlier return and was not named then; `note` says why it comes late. */
    repeat: z.literal(true).optional(),
    note: words.optional(),
  }),
  z.strictObject({
    type: z.literal('resubmitted'),
    ...happened,
    helper: z.boolean().optional(),
    /** The answers that were replaced, so that every version is kept. */
    before: Answers.optional(),
    /** The changes asked for until then, when they were replaced. */
    changesBefore: z.array(Change).max(100).optional(),
    /** The place is another one now: the review begins anew there. */
    moved: z.literal(true).optional(),
  }),
  /** The filing authority agrees: 备案机关意见. A change or cancellation keeps the number and dates it found. */
  z.strictObject({ type: z.literal('approved'), ...decided, ...Granted, note: words.optional() }),
  z.strictObject({ type: z.literal('sealed'), ...decided, copies: z.array(Copy).min(1).max(3) }),
  /** Copies reached those who keep them. */
  z.strictObject({ type: z.literal('distributed'), ...decided, copies: z.array(Copy).min(1).max(3) }),
  z.strictObject({ type: z.literal('declined'), ...decided, reason: words }),
  z.strictObject({ type: z.literal('withdrawn'), ...happened }),
  /** The organization was cancelled: what still ran of it is over. */
  z.strictObject({ type: z.literal('closed'), ...happened }),
  /** A typing slip put right after the approval (更正); everything else is a change filing. */
  z.strictObject({
    type: z.literal('corrected'),
    ...decided,
    item: z.string(),
    before: Answer.optional(),
    reason: words,
  }),
  /** Filed on paper before there was the bot, and taken over from the old ledger. */
  z.strictObject({
    type: z.literal('imported'),
    ...happened,
    ...Granted,
    /** The number has a pattern of its own and no place in the authority's sequence. */
    unordered: z.literal(true).optional(),
  }),
])
export type FilingEvent = z.infer<typeof FilingEvent>
