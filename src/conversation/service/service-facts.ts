import type { Complaint } from '../../filings/complaint.ts'
import type { Filing } from '../../filings/filing.ts'
import type { Purge, PurgeItem } from '../../filings/retention.ts'
import type { UserId } from '../../messages.ts'

/** What complaints, claims and the keeping of data may ask for before they decide. */
export type ServiceNeed =
  | { needs: 'complaints' }
  | { needs: 'due' }
  | { needs: 'accesses' }
  | { needs: 'number'; filingNumber: string }

/** Somebody looked at personal data; `what` names the case or the list. */
export type Look = { by: UserId; at: string; reason: string; what: string }

/** What was asked for, once it is known. */
export type ServiceFacts = {
  /** Latest first. */
  complaints?: Complaint[]
  /** What is kept longer than the rules say, and the list somebody proposed to destroy. */
  due?: { items: PurgeItem[]; open?: Purge }
  /** Latest first. */
  looks?: Look[]
  /** All filings of the organization with this number; empty when there is none. */
  numbers: Record<string, Filing[]>
}

/** What a turn of these wants done inside its transaction. */
export type ServiceEffect =
  | { type: 'complain'; text: string; named: boolean; shared: boolean; place?: string }
  | { type: 'answerComplaint'; number: string; text: string }
  /** The person says to be the principal, by this name, of the organization with this number. */
  | { type: 'claim'; filingNumber: string; name: string }
  /** The organization of this case goes to another account, with all that was filed for it. */
  | { type: 'handOver'; filingId: string; to: UserId }
  | { type: 'proposePurge' }
  | { type: 'agreePurge'; id: string }
  /** Somebody takes away a list with personal data. */
  | { type: 'noteExport'; reason: string }
