import type { Day } from '../clock.ts'
import { organizationIdOf, type Filing } from '../filings/filing.ts'
import { UNCLAIMED } from '../filings/ledger-import.ts'
import { isOpenPurge, type Purge, type PurgeItem } from '../filings/retention.ts'
import type { UserId } from '../messages.ts'
import { ACCESS_LOG, anchorReason } from '../store/access-chain.ts'
import type { Transaction } from '../store/store.ts'
import { findDue, type KeepingPack } from './due.ts'

/** Far more than are open at a time: the others lapsed or are done. */
const RECENT = 20

/** The list somebody proposed and nobody seconded yet. */
export const openPurge = async (tx: Transaction, now: Date): Promise<Purge | undefined> =>
  (await tx.listPurges(RECENT)).find((purge) => isOpenPurge(purge, now))

/** What of a list is still due: a filing may have been taken up again, a draft gone on with. */
export async function stillDue(
  items: readonly PurgeItem[],
  tx: Transaction,
  pack: KeepingPack,
  today: Day,
): Promise<PurgeItem[]> {
  const due = await findDue(tx, pack, today)
  return items.filter((item) =>
    due.some((one) => one.class === item.class && (isSpan(item) || one.id === item.id)),
  )
}

/** These name an instant, not a record. */
const isSpan = ({ class: kind }: PurgeItem): boolean =>
  kind === 'drafts' || kind === 'accesses' || kind === 'matters'

/** Destroys one item for good. Filing numbers and case numbers stay taken. */
export async function destroy(item: PurgeItem, tx: Transaction, by: UserId, at: string): Promise<void> {
  const voided = { reason: `资料按保存期限清理：${item.says}`, by, at }
  switch (item.class) {
    case 'drafts':
      await tx.forgetIdleDrafts(item.id)
      return
    case 'accesses':
      await forgetLooks(item.id, tx, by, at)
      return
    case 'matters':
      await tx.forgetMatters(item.id)
      return
    case 'ledgers': {
      const [authority = '', month = ''] = item.id.split(':')
      return tx.forgetLedger(authority, month)
    }
    case 'complaints':
      return tx.forgetComplaint(item.id)
    case 'declined':
    case 'withdrawn': {
      const filing = await tx.findFiling(item.id)
      // A change or renewal that came to nothing leaves the organization what it was.
      if (filing && organizationIdOf(filing) === filing.id) await forgetCharters([filing], tx)
      return tx.forgetFiling(item.id, voided)
    }
    case 'cancelled': {
      const chain = await tx.listChain(item.id)
      await forgetCharters(chain, tx)
      for (const { id } of chain) await tx.forgetFiling(id, voided)
    }
  }
}

/** A charter is kept with the person who wrote it, beside a copy of the answers it was written from. */
async function forgetCharters(filings: readonly Filing[], tx: Transaction): Promise<void> {
  const gone = new Set(filings.map(organizationIdOf))
  for (const applicant of new Set(filings.map((filing) => filing.applicant))) {
    if (applicant === UNCLAIMED) continue
    const session = await tx.getSession(applicant)
    const charters = session.charters.filter(({ organization }) => !gone.has(organization))
    if (charters.length < session.charters.length) await tx.saveSession(applicant, { ...session, charters })
  }
}

/** What is destroyed stays in the chain by its last link, so that what is left can still be checked. */
async function forgetLooks(before: string, tx: Transaction, by: UserId, at: string): Promise<void> {
  const [last] = await tx.listAccess({ until: before, limit: 1 })
  if (last?.link) await tx.logAccess({ by, filingId: ACCESS_LOG, reason: anchorReason(last.link), at })
  await tx.forgetAccess(before)
}
