import { z } from 'zod'

/** Longest complaint and longest answer to one, in characters. */
export const LONGEST_COMPLAINT = 1000

/**
 * 投诉建议, for the district (practice.md 4.1: it reaches the bureau and no street can switch it off). Who wrote it
 * is kept so that the answer finds the person, and shown to staff only where the person gave the name.
 */
export const Complaint = z.strictObject({
  /** The receipt: `投2026-0001`, in sequence over the district. */
  number: z.string(),
  by: z.string(),
  named: z.boolean(),
  /** The person lets the street or town of `place` see it too; nobody else decides that. */
  shared: z.boolean(),
  /** Code of the person's place, as far as it is known. */
  place: z.string().optional(),
  text: z.string().min(1).max(LONGEST_COMPLAINT),
  at: z.iso.datetime(),
  /** Oldest first. */
  answers: z
    .array(
      z.strictObject({
        by: z.string(),
        at: z.iso.datetime(),
        text: z.string().min(1).max(LONGEST_COMPLAINT),
      }),
    )
    .max(100),
})
export type Complaint = z.infer<typeof Complaint>

export const isAnswered = ({ answers }: Pick<Complaint, 'answers'>): boolean => answers.length > 0

/** The store's sequence that receipts of a year are taken from. */
export const complaintSequence = (year: string): string => `complaint:${year}`

export const complaintNumber = (year: string, number: number): string =>
  `投${year}-${String(number).padStart(4, '0')}`

export const isComplaintNumber = (text: string | undefined): boolean => text?.startsWith('投') === true
