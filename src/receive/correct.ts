import { isGrantItem, textOf, withGrant, type Correction } from '../filings/correcting.ts'
import { nameIn, ORGANIZATION_NAME, organizationIdOf, type Filing } from '../filings/filing.ts'
import { normalizeName } from '../filings/names.ts'
import type { Transaction } from '../store/store.ts'

/** Names and numbers are nobody else's, also after a correction. Undefined when it is free to be made. */
export async function takenByOthers(
  filing: Filing,
  { item, after }: Correction,
  tx: Transaction,
): Promise<string | undefined> {
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
