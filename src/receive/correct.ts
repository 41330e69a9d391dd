import { isGrantItem, textOf, withGrant, type Correction } from '../filings/correcting.ts'
import {
  grantOf,
  isOpen,
  nameIn,
  ORGANIZATION_NAME,
  organizationIdOf,
  type Filing,
} from '../filings/filing.ts'
import { normalizeName } from '../filings/names.ts'
import type { Transaction } from '../store/store.ts'

/**
 * Names and numbers are nobody else's, also after a correction; what is under way goes on from what was read, and what
 * is cancelled has ended. Undefined when nothing is in the way.
 */
export async function whyNotCorrected(
  filing: Filing,
  { item, after }: Correction,
  tx: Transaction,
): Promise<string | undefined> {
  const chain = await tx.listChain(organizationIdOf(filing))
  if (chain.some((one) => one.kind === 'cancellation' && grantOf(one))) return '不能更正：已经注销了'
  const open = chain.find(isOpen)
  if (open) return `不能更正：有一件（${open.caseNumber}）正在办，请先办完或退回`
  if (item === 'filingNumber' && (await tx.isNumberTaken(textOf(after))))
    return `不能更正：${textOf(after)}已经有了`
  const name = item === ORGANIZATION_NAME ? nameIn(after) : undefined
  const having = name === undefined ? [] : await tx.findOrganizations(normalizeName(name))
  const isOthers = having.some(({ organizationId }) => organizationId !== organizationIdOf(filing))
  return isOthers ? `不能更正：已经有组织叫“${name}”` : undefined
}

/** The changes and the cancellation of a round bear its number and days too. */
export async function carryOn(
  filing: Filing,
  before: string,
  { item, after }: Correction,
  tx: Transaction,
): Promise<void> {
  if (!isGrantItem(item)) return
  for (const one of await tx.listChain(organizationIdOf(filing))) {
    if (one.kind === 'change' || one.kind === 'cancellation')
      await tx.saveFiling(withGrant(one, item, before, { text: textOf(after) }))
  }
}
