import { dayOf, inChinese, type Day } from '../clock.ts'
import { AGREED } from '../filings/filing.ts'
import { dueComplaints, dueFilings, keptFrom, type PurgeItem } from '../filings/retention.ts'
import type { Pack } from '../pack.ts'
import { monthOf } from '../reminders/days.ts'
import type { Transaction } from '../store/store.ts'

/** Most of each class looked at in one go; the rest is due the next time. */
const MOST = 1000

/** How long things are kept, and whose ledgers there are. */
export type KeepingPack = Pick<Pack, 'retention' | 'jurisdiction'>

/** Everything that is kept longer than the rules of the pack say. Reads a lot: for 清理 only. */
export async function findDue(tx: Transaction, pack: KeepingPack, today: Day): Promise<PurgeItem[]> {
  const rules = pack.retention
  const over = await tx.listFilings({ statuses: ['declined', 'withdrawn'], limit: MOST })
  const cancelled = await tx.listFilings({ statuses: AGREED, kinds: ['cancellation'], limit: MOST })
  const complaints = await tx.listComplaints(MOST)
  const [drafts, accesses] = [keptFrom(rules, 'drafts', today), keptFrom(rules, 'accesses', today)]
  const asleep = await tx.countIdleDrafts(drafts)
  const looks = (await tx.listAccess({ until: accesses, limit: MOST })).length
  const matters = keptFrom(rules, 'matters', today)
  const reported = (await tx.listMatters({ until: matters, limit: MOST })).length
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
    ...(reported > 0
      ? [
          {
            class: 'matters' as const,
            id: matters,
            says: `${before(matters)}的月报、巡检、提醒等${reported}件`,
          },
        ]
      : []),
    ...(await dueLedgers(tx, pack, today)),
  ]
}

async function dueLedgers(tx: Transaction, pack: KeepingPack, today: Day): Promise<PurgeItem[]> {
  const keptMonth = monthOf(dayOf(new Date(keptFrom(pack.retention, 'ledgers', today))))
  const due: PurgeItem[] = []
  for (const { code } of pack.jurisdiction.streets) {
    let ledger = await tx.findLedgerBefore(code, keptMonth)
    while (ledger && due.length < MOST) {
      due.push({
        class: 'ledgers',
        id: `${code}:${ledger.month}`,
        says: `${ledger.name}${ledger.month}的台账`,
      })
      ledger = await tx.findLedgerBefore(code, ledger.month)
    }
  }
  return due
}
