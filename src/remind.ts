import type { Bot } from './bot.ts'
import { isKnown } from './calendar.ts'
import { dayOf, type Day } from './clock.ts'
import { letterCard, letterText } from './conversation/letters.ts'
import { words } from './conversation/reminder-words.ts'
import { groupsOf, receiversIn, recipients } from './directory/scope.ts'
import { placeByCode } from './filings/places.ts'
import { dayIn, groupKey, isLetter, letterKey, servedOn } from './letterbox.ts'
import { gatherOwed } from './owing.ts'
import { digestOf } from './reminders/digest.ts'
import { due } from './reminders/due.ts'
import { lettersOf, noted, type Letter } from './reminders/letters.ts'
import { isDone, matterId, type Matter } from './reminders/matter.ts'
import type { Owed } from './reminders/owed.ts'
import { nextSlot } from './reminders/slots.ts'
import type { Delivery, Transaction } from './store/store.ts'

const MINUTE_MS = 60_000
/** So many letters leave a minute, spread out over the slot. */
const LETTERS_A_MINUTE = 40
const MOST_LISTED = 100_000
const MOST_MENTIONED = 50

/**
 * Puts what is due today into the outbox, once, whenever and wherever it runs: the key of a letter is taken
 * together with what is noted in its matters. Does nothing outside the hours in which people may be written to.
 * Returns how many letters and group messages were promised.
 */
export async function remind(bot: Bot): Promise<number> {
  const now = bot.clock.now()
  const first = nextSlot(now, bot.pack.calendar)
  if (first.getTime() - now.getTime() > MINUTE_MS) return 0
  const day = dayOf(now)
  const owed = await gatherOwed(bot, day)
  const letters = await withMorningLine(await lettersFor(owed, day, bot), owed, day, bot)
  let promised = 0
  for (let at = 0; at < letters.length; at += LETTERS_A_MINUTE) {
    const dueAt = nextSlot(new Date(first.getTime() + (at / LETTERS_A_MINUTE) * MINUTE_MS), bot.pack.calendar)
    const batch = letters.slice(at, at + LETTERS_A_MINUTE)
    promised += await bot.store.transact((tx) => promise(batch, day, now, dueAt, bot, tx))
  }
  return promised + (await promiseDigests(owed, day, now, first, bot))
}

type Message = Letter & { more: string[] }

async function lettersFor(owed: Owed, day: Day, bot: Bot): Promise<{ letters: Message[]; nobody: number }> {
  const receivers = receiversIn(bot.directory.current())
  const reminders = due(owed, day)
  const people = new Set(reminders.flatMap(({ to }) => receivers(to)))
  const served = await bot.store.transact((tx) => servedOn(day, people, tx))
  const { letters, nobody } = lettersOf(reminders, receivers, (user) => served.has(user))
  return { letters: letters.map((letter) => ({ ...letter, more: [] })), nobody: nobody.length }
}

/** Takes the key of each letter and notes it in its matters; one that another process took changes nothing. */
async function promise(
  letters: readonly Message[],
  day: Day,
  now: Date,
  dueAt: Date,
  bot: Bot,
  tx: Transaction,
): Promise<number> {
  const at = now.toISOString()
  let promised = 0
  for (const { to, reminders, more } of letters) {
    const matters = new Map<string, Matter>()
    for (const { duty, period, target } of reminders) {
      const matter = await tx.findMatter(matterId(duty.id, period, target))
      if (matter) matters.set(matter.id, matter)
    }
    const open = reminders.filter(({ duty, period, target }) => {
      const matter = matters.get(matterId(duty.id, period, target))
      return !matter || !isDone(matter)
    })
    if (open.length === 0 && more.length === 0) continue
    const own = open.length > 0 ? [letterText(open, day, bot.pack.jurisdiction)] : []
    const key = letterKey(day, to)
    const times = { enqueuedAt: at, dueAt: dueAt.toISOString() }
    const text = [...own, ...more].join('\n')
    if (!(await tx.enqueue({ key, body: { type: 'letter', to, reply: { text } }, ...times }))) continue
    const card = letterCard(open, `letter@${bot.newId()}`)
    if (card) {
      const body = { type: 'letter' as const, to, reply: { text: '', card } }
      await tx.enqueue({ key: `${key}#card`, body, ...times })
    }
    for (const matter of noted({ to, reminders: open }, (id) => matters.get(id), day, at))
      await tx.saveMatter(matter)
    promised++
  }
  return promised
}

/** One message a day for each group whose place owes something now: counts, and whom it mentions. */
async function promiseDigests(owed: Owed, day: Day, now: Date, dueAt: Date, bot: Bot): Promise<number> {
  const staff = bot.directory.current()
  const groups = [...staff.places.keys()].flatMap((place) => groupsOf(staff, place))
  let promised = 0
  for (const group of groups) {
    if (!group.webhook) continue
    const owing = digestOf(owed, day, group.place)
    if (owing.length === 0) continue
    const lines = owing.map(({ duty, period, last, targets }) =>
      duty.owes === 'organization'
        ? words.groupReports(period, targets.length, last)
        : duty.id === 'ledger'
          ? words.groupLedger(period, last)
          : words.lines.other(duty.title, last),
    )
    const mentions = owing.flatMap(({ duty, targets }) =>
      targets.flatMap(({ leader, place }) =>
        duty.owes === 'street' ? recipients(staff, 'street', place) : leader ? [leader] : [],
      ),
    )
    const name = placeByCode(group.place, bot.pack.jurisdiction)?.name ?? group.name
    const body = {
      type: 'group' as const,
      to: group.name,
      text: words.group(name, lines),
      mentions: [...new Set(mentions)].slice(0, MOST_MENTIONED),
    }
    const key = groupKey(day, group)
    const times = { enqueuedAt: now.toISOString(), dueAt: dueAt.toISOString() }
    if (await bot.store.transact((tx) => tx.enqueue({ key, body, ...times }))) promised++
  }
  return promised
}

/** The operators read each morning what became of yesterday's letters, and what nobody could be found for. */
async function withMorningLine(
  { letters, nobody }: { letters: Message[]; nobody: number },
  owed: Owed,
  day: Day,
  bot: Bot,
): Promise<Message[]> {
  const operators = bot.directory
    .current()
    .appointments.filter(({ role }) => role === 'operator')
    .map(({ userId }) => userId)
  const served = await bot.store.transact((tx) => servedOn(day, operators, tx))
  const waiting = [...new Set(operators)].filter((user) => !served.has(user))
  if (waiting.length === 0) return letters
  const more = [
    ...(await yesterday(day, bot)),
    ...(nobody > 0 ? [words.nobody(nobody)] : []),
    ...(isKnown(day, owed.calendar) ? [] : [words.unknownYear(day.slice(0, 4))]),
  ]
  if (more.length === 0) return letters
  const others = letters.filter(({ to }) => !waiting.includes(to))
  const theirs = waiting.map(
    (to) => letters.find((letter) => letter.to === to) ?? { to, reminders: [], more },
  )
  return [...others, ...theirs.map((letter) => ({ ...letter, more }))]
}

const STATES = ['sent', 'unknown', 'failed', 'waiting', 'leased'] as const

/** Of the last day on which letters were promised: 应发, 已达, 未知, 没发成. */
async function yesterday(day: Day, bot: Bot): Promise<string[]> {
  const states = await bot.store.transact(async (tx) => {
    const all: Delivery[] = []
    for (const state of STATES) all.push(...(await tx.listDeliveries(state, MOST_LISTED)))
    return all.filter(({ body, key }) => isLetter(key) && (body.type === 'letter' || body.type === 'group'))
  })
  const last = states
    .map(({ key }) => dayIn(key))
    .filter((other) => other < day)
    .sort()
    .at(-1)
  const those = states.filter(({ key }) => dayIn(key) === last)
  const count = (state: Delivery['state']): number => those.filter((one) => one.state === state).length
  return last === undefined
    ? []
    : [words.morning(those.length, count('sent'), count('unknown'), count('failed'))]
}
