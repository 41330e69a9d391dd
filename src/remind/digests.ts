import type { Bot } from '../bot.ts'
import type { Day } from '../clock.ts'
import { targetWords } from '../conversation/office/target-words.ts'
import { lastDayIn } from '../conversation/reminding/letters.ts'
import { words } from '../conversation/reminding/reminder-words.ts'
import { groupsOf, receiversIn } from '../directory/scope.ts'
import type { Staff } from '../directory/staff.ts'
import { hasCommunityStep, isWithin } from '../filings/place-code.ts'
import { placeByCode } from '../filings/places.ts'
import { groupKey, monthlyKey, tableKey } from '../deliver/letterbox.ts'
import type { UserId } from '../messages.ts'
import { office } from '../reminders/audience.ts'
import { monthOf } from '../reminders/days.ts'
import { digestsOn, isEarlyInMonth, type Owing } from '../reminders/digest.ts'
import { isDone, isRefusedBy, type Matter } from '../reminders/matter.ts'
import { INCUBATOR_REPORT } from '../reminders/report-forms.ts'
import { matterOf, type SentOwing } from '../reminders/sent.ts'
import type { Owed } from '../reminders/owed.ts'
import { tallyOf } from '../reminders/targets.ts'
import type { DeliveryBody } from '../store/store.ts'

const MOST_MENTIONED = 50

/**
 * One message a day for each group whose place owes something now. The first of a month tells how many there are as
 * well, with a picture below.
 */
export async function promiseDigests(
  owed: Owed,
  day: Day,
  now: Date,
  dueAt: Date,
  bot: Bot,
): Promise<number> {
  const staff = bot.directory.current()
  const times = { enqueuedAt: now.toISOString(), dueAt: dueAt.toISOString() }
  const groups = [...staff.places.keys()].flatMap((place) => groupsOf(staff, place))
  const digestAt = digestsOn(owed, day)
  let promised = 0
  for (const group of groups) {
    const { name: to, place, webhook, chatId } = group
    if (!webhook && !chatId) continue
    const owing = digestAt(place).map((one) => asSentOwing(one, owed, staff))
    const numbers = numbersOf(owed, day, place, bot)
    if (owing.length === 0 && numbers === undefined) continue
    promised += await bot.store.transact(async (tx) => {
      const monthly = monthlyKey(monthOf(day), group)
      const isFirst = numbers !== undefined && !(await tx.findDelivery(monthly))
      if (owing.length === 0 && !isFirst) return 0
      const body = { type: 'group' as const, to, place, day, owing, ...(isFirst ? { numbers } : {}) }
      if (!(await tx.enqueue({ key: groupKey(day, group), body, ...times }))) return 0
      if (!isFirst) return 1
      await tx.enqueue({ key: monthly, body: { type: 'groupChart', to, place }, ...times })
      // One community needs no sheet.
      if (hasCommunityStep(place)) return 2
      await tx.enqueue({
        key: tableKey(monthOf(day), group),
        body: { type: 'groupTable', to, place },
        ...times,
      })
      return 3
    })
  }
  return promised
}

/** Early in a month, where there is any organization. */
function numbersOf(owed: Owed, day: Day, place: string, { pack }: Bot): string | undefined {
  if (!isEarlyInMonth(day, owed.calendar)) return undefined
  const { total, ending } = tallyOf(owed, pack.jurisdiction, day, (code) => isWithin(code, place))
  return total + ending === 0 ? undefined : targetWords.monthly(total, ending)
}

/** With each who owes, whom to mention: nobody who declined the notice, nor whom WeCom does not know. */
const asSentOwing = (
  { duty, period, last, targets }: Omit<Owing, 'of'>,
  owed: Owed,
  staff: Staff,
): SentOwing => ({
  duty: duty.id,
  period,
  last,
  targets: targets.map(({ target, leader, place }) => {
    if (duty.owes === 'street' || duty.owes === 'incubator')
      return { target, mentions: receiversIn(staff)(office(duty.owes, place)) }
    const isLeftOut = leader === undefined || owed.declined.has(leader) || owed.unreachable.has(leader)
    return { target, mentions: isLeftOut ? [] : [leader] }
  }),
})

/**
 * What a group is told now, by the matters as they are: counts, and whom it mentions; nothing when nobody owes any
 * more and there are no numbers to tell.
 */
export function digestNow(
  { owing, numbers, place, day }: Extract<DeliveryBody, { type: 'group' }>,
  matters: ReadonlyMap<string, Matter>,
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
      for (const user of people) if (!matter || !isRefusedBy(matter, user)) mentions.add(user)
    }
    const { period, last } = about
    const lastDay = lastDayIn(last, day, pack.calendar)
    if (duty.owes === 'organization') return [words.groupReports(period, open.length, last)]
    if (duty.id === 'ledger') return [words.groupLedger(period, lastDay)]
    if (duty.id === INCUBATOR_REPORT) return [words.groupIncubator(period, lastDay)]
    return [words.lines.other(duty.title, last)]
  })
  const title = placeByCode(place, pack.jurisdiction)?.name ?? ''
  const own = numbers === undefined ? [] : [numbers]
  if (lines.length === 0)
    return own.length > 0 ? { text: targetWords.ofPlace(title, own), mentions: [] } : undefined
  return { text: words.group(title, [...lines, ...own]), mentions: [...mentions].slice(0, MOST_MENTIONED) }
}
