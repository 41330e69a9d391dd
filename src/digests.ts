import type { Bot } from './bot.ts'
import type { Day } from './clock.ts'
import { words } from './conversation/reminder-words.ts'
import { groupsOf, recipients } from './directory/scope.ts'
import type { Staff } from './directory/staff.ts'
import { placeByCode } from './filings/places.ts'
import { groupKey } from './letterbox.ts'
import type { UserId } from './messages.ts'
import { digestsOn, type Owing } from './reminders/digest.ts'
import { isDone, type Matter } from './reminders/matter.ts'
import { matterOf, type SentOwing } from './reminders/sent.ts'
import type { Owed } from './reminders/owed.ts'

const MOST_MENTIONED = 50

/** One message a day for each group whose place owes something now. */
export async function promiseDigests(
  owed: Owed,
  day: Day,
  now: Date,
  dueAt: Date,
  bot: Bot,
): Promise<number> {
  const staff = bot.directory.current()
  const groups = [...staff.places.keys()].flatMap((place) => groupsOf(staff, place))
  const digestAt = digestsOn(owed, day)
  let promised = 0
  for (const { name: to, place, webhook, chatId } of groups) {
    if (!webhook && !chatId) continue
    const owing = digestAt(place).map((one) => asSentOwing(one, owed, staff))
    if (owing.length === 0) continue
    const body = { type: 'group' as const, to, place, day, owing }
    const times = { enqueuedAt: now.toISOString(), dueAt: dueAt.toISOString() }
    const key = groupKey(day, { place, name: to })
    if (await bot.store.transact((tx) => tx.enqueue({ key, body, ...times }))) promised++
  }
  return promised
}

/** With each who owes, whom to mention: nobody who declined the notice. */
const asSentOwing = (
  { duty, period, last, targets }: Omit<Owing, 'of'>,
  owed: Owed,
  staff: Staff,
): SentOwing => ({
  duty: duty.id,
  period,
  last,
  targets: targets.map(({ target, leader, place }) => {
    if (duty.owes === 'street') return { target, mentions: recipients(staff, 'street', place) }
    return { target, mentions: leader && !owed.declined.has(leader) ? [leader] : [] }
  }),
})

/** What a group is told now, by the matters as they are: counts, and whom it mentions; nothing when nobody owes any more. */
export function digestNow(
  owing: readonly SentOwing[],
  matters: ReadonlyMap<string, Matter>,
  place: string,
  { pack }: Bot,
): { text: string; mentions: UserId[] } | undefined {
  const mentions = new Set<UserId>()
  const lines = owing.flatMap(({ targets, ...about }) => {
    const duty = pack.duties.duties.find(({ id }) => id === about.duty)
    const open = targets.filter(({ target }) => {
      const matter = matters.get(matterOf({ ...about, target }))
      return !matter || !isDone(matter)
    })
    if (!duty || open.length === 0) return []
    for (const { target, mentions: people } of open) {
      const matter = matters.get(matterOf({ ...about, target }))
      for (const user of people) if (!saysNotMine(matter, user)) mentions.add(user)
    }
    const { period, last } = about
    if (duty.owes === 'organization') return [words.groupReports(period, open.length, last)]
    return [duty.id === 'ledger' ? words.groupLedger(period, last) : words.lines.other(duty.title, last)]
  })
  if (lines.length === 0) return undefined
  const title = placeByCode(place, pack.jurisdiction)?.name ?? ''
  return { text: words.group(title, lines), mentions: [...mentions].slice(0, MOST_MENTIONED) }
}

const saysNotMine = (matter: Matter | undefined, user: UserId): boolean =>
  matter?.events.some(
    (event) => event.type === 'answered' && event.answer === 'notMine' && event.by === user,
  ) ?? false
