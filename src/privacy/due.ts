import { dayOf, inChinese, type Day } from '../clock.ts'
import { AGREED } from '../filings/filing.ts'
import { dueComplaints, dueFilings, keptFrom, type PurgeItem } from '../filings/retention.ts'
import type { RetentionRules } from '../pack.ts'
import type { Transaction } from '../store/store.ts'

/** Most of each class looked at in one go; the rest is due the next time. */
const MOST = 1000

/** Everything that is kept longer than the rules of the pack say. Reads a lot: for 清理 only. */
export async function findDue(tx: Transaction, rules: RetentionRules, today: Day): Promise<PurgeItem[]> {
  const over = await tx.listFilings({ statuses: ['declined', 'withdrawn'], limit: MOST })
  const cancelled = await tx.listFilings({ statuses: AGREED, kinds: ['cancellation'], limit: MOST })
  const complaints = await tx.listComplaints(MOST)
  const [drafts, accesses] = [keptFrom(rules, 'drafts', today), keptFrom(rules, 'accesses', today)]
  const asleep = await tx.countIdleDrafts(drafts)
  const looks = (await tx.listAccess({ until: accesses, limit: MOST })).length
  const before = (instant: string): string => `${inChinese(dayOf(new Date(instant)))}以前`
  return [
    ...(asleep > 0
      ? [{ class: 'drafts' as const, id: drafts, says: `${before(drafts)}停下、没交的表${asleep}份` }]
      : []),
    ...dueFilings([...over, ...cancelled], rules, today),
    ...dueComplaints(complaints, rules, today),
    ...(looks > 0
      ? [{ class: 'accesses' as const, id: accesses, says: `${before(accesses)}的查阅记录${looks}条` }]
      : []),
  ]
}
