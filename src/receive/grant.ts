import type { Day } from '../clock.ts'
import { AGREED, grantOf, type Filing } from '../filings/filing.ts'
import { configuredFirst, formatNumber, numberSequence, sequenceIn } from '../filings/number.ts'
import { organizationOf } from '../filings/organization.ts'
import { authorityOf } from '../filings/place-code.ts'
import { validUntil } from '../filings/validity.ts'
import type { NumberRules, Pack } from '../pack.ts'
import type { Transaction } from '../store/store.ts'

export type Grant = { filingNumber: string; filedOn: Day; validUntil: Day }

/**
 * Number and days as the authority's approval of this filing gives them. A new number is taken from the sequence
 * of the authority and year here, so call it only once the approval is known to be possible, and save the approval
 * in the same transaction. A change and a cancellation keep what the organization has.
 */
export async function grantFor(
  filing: Filing,
  tx: Transaction,
  { numbers, validity }: Pick<Pack, 'numbers' | 'validity'>,
  today: Day,
): Promise<{ ok: true; grant: Grant } | { ok: false; because: string }> {
  const { kind, organizationId } = filing
  const chain = organizationId === undefined ? [] : await tx.listChain(organizationId)
  const organization = organizationOf(chain, today)
  if (organization?.state.type === 'cancelled') return { ok: false, because: '不能办：这个组织已经注销了' }
  if (kind === 'change' || kind === 'cancellation') {
    if (!organization) return { ok: false, because: '不能办：这个组织还没有备案' }
    const { filingNumber, filedOn, validUntil } = organization
    return { ok: true, grant: { filingNumber, filedOn, validUntil } }
  }
  const kept = kind === 'renewal' && numbers.renewalKeepsNumber ? organization?.filingNumber : undefined
  const filingNumber =
    kept ?? (await issueNumber(tx, numbers, authorityOf(filing.place), Number(today.slice(0, 4))))
  return { ok: true, grant: { filingNumber, filedOn: today, validUntil: validUntil(today, validity) } }
}

/**
 * 附件1填表说明4: the next number in sequence, passing over those that are taken. It begins where the pack says, else
 * after the highest of the old ledger, which was given before it; what is missing below stays missing.
 */
export async function issueNumber(
  tx: Transaction,
  rules: NumberRules,
  authority: string,
  year: number,
): Promise<string> {
  const sequence = numberSequence(authority, year)
  const first = configuredFirst(rules, authority, year) ?? 1 + (await lastOnPaper(tx, authority, year))
  for (;;) {
    const number = await tx.nextNumber(sequence, first)
    const filingNumber = formatNumber(rules, authority, year, number)
    if (!(await tx.isNumberTaken(filingNumber))) return filingNumber
  }
}

/** More filings than any street will ever have. */
const MOST = 100_000

/** The highest number of this authority and year that the old ledger brought in; 0 when it has none. */
async function lastOnPaper(tx: Transaction, authority: string, year: number): Promise<number> {
  const filings = await tx.listFilings({ places: [authority], statuses: AGREED, limit: MOST })
  const given = filings.flatMap((filing) => {
    const grant = grantOf(filing)
    const given = grant?.type === 'imported' && !grant.unordered ? sequenceIn(grant.filingNumber) : undefined
    return given?.year === year ? [given.number] : []
  })
  return given.reduce((highest, number) => Math.max(highest, number), 0)
}
