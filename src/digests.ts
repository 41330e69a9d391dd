import type { Bot } from './bot.ts'
import type { Day } from './clock.ts'
import { words } from './conversation/reminder-words.ts'
import { groupsOf, recipients } from './directory/scope.ts'
import type { Staff } from './directory/staff.ts'
import { placeByCode } from './filings/places.ts'
import { groupKey } from './letterbox.ts'
import type { UserId } from './messages.ts'
import { digestOf, type Owing } from './reminders/digest.ts'
import { matterId } from './reminders/matter.ts'
import type { Owed } from './reminders/owed.ts'

const MOST_MENTIONED = 50

/** One message a day for each group whose place owes something now: counts, and whom it mentions. */
export async function promiseDigests(
  owed: Owed,
  day: Day,
  now: Date,
  dueAt: Date,
  bot: Bot,
): Promise<number> {
  const staff = bot.directory.current()
  const groups = [...staff.places.keys()].flatMap((place) => groupsOf(staff, place))
  let promised = 0
  for (const { name, place, webhook, chatId } of groups) {
    if (!webhook && !chatId) continue
    const owing = digestOf(owed, day, place)
    if (owing.length === 0) continue
    const title = placeByCode(place, bot.pack.jurisdiction)?.name ?? name
    const body = {
      type: 'group' as const,
      to: name,
      place,
      day,
      text: words.group(title, owing.map(lineOf)),
      mentions: [...new Set(owing.flatMap((one) => mentioned(one, owed, staff)))].slice(0, MOST_MENTIONED),
    }
    const times = { enqueuedAt: now.toISOString(), dueAt: dueAt.toISOString() }
    const key = groupKey(day, { place, name })
    if (await bot.store.transact((tx) => tx.enqueue({ key, body, ...times }))) promised++
  }
  return promised
}

function lineOf({ duty, period, last, targets }: Owing): string {
  if (duty.owes === 'organization') return words.groupReports(period, targets.length, last)
  return duty.id === 'ledger' ? words.groupLedger(period, last) : words.lines.other(duty.title, last)
}

/** Only who still owes, and neither who declined the notice nor who said 不是我负责. */
function mentioned({ duty, period, targets }: Owing, owed: Owed, staff: Staff): UserId[] {
  return targets.flatMap(({ target, leader, place }) => {
    if (duty.owes === 'street') return recipients(staff, 'street', place)
    if (!leader || owed.declined.has(leader)) return []
    const matter = owed.matters.get(matterId(duty.id, period, target))
    const refused = matter?.events.some(
      (event) => event.type === 'answered' && event.answer === 'notMine' && event.by === leader,
    )
    return refused ? [] : [leader]
  })
}
