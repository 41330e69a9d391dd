import type { Bot } from './bot.ts'
import { dayOf, type Day } from './clock.ts'
import { cardAbout, letterText, newsText } from './conversation/reminding/letters.ts'
import { draftFor } from './conversation/reminding/drafts.ts'
import { keepMissed } from './conversation/missed.ts'
import { promiseDigests } from './remind/digests.ts'
import { mayAct } from './directory/may-act.ts'
import { appointedIn, receiversIn } from './directory/scope.ts'
import { LEDGER } from './papers/ledgers.ts'
import { fileKey, isDoubtful, letterKey, lineKey, servedOn } from './deliver/letterbox.ts'
import type { UserId } from './messages.ts'
import { morningOf, morningReaders, type Morning } from './remind/morning.ts'
import { gatherOwed } from './remind/owing.ts'
import { due } from './reminders/due.ts'
import { families, joined, lettersOf, noted, type Letter } from './reminders/letters.ts'
import { isDone, matterId, type Matter } from './reminders/matter.ts'
import { untold, type News } from './reminders/news.ts'
import type { Owed, Reminder } from './reminders/owed.ts'
import { asSent, recalled } from './reminders/sent.ts'
import { nextSlot } from './reminders/slots.ts'
import type { Delivery, DeliveryBody, Transaction } from './store/store.ts'

const MINUTE_MS = 60_000
/** So many letters leave a minute, spread out over the slot. */
const LETTERS_A_MINUTE = 40
const MOST_OPEN = 100_000

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
  const letters = await lettersFor(due(owed, day), owed, day, bot)
  let promised = 0
  let next = first
  for (const batch of batches(letters)) {
    const dueAt = nextSlot(next, bot.pack.calendar)
    promised += await bot.store.transact((tx) => promise(batch, now, dueAt, bot, tx))
    next = new Date(dueAt.getTime() + Math.ceil(batch.length / LETTERS_A_MINUTE) * MINUTE_MS)
  }
  return promised + (await promiseDigests(owed, day, now, first, bot))
}

/** `left`: earlier letters to this person that did not leave on their day; `news`: what came in to their office. */
type Message = Letter & { left: Delivery[]; news: News[]; morning?: Morning }

function batches(letters: readonly Message[]): Message[][] {
  const all: Message[][] = [[]]
  for (const family of families(letters)) {
    if (all.at(-1)!.length > 0 && all.at(-1)!.length + family.length > LETTERS_A_MINUTE) all.push([])
    all.at(-1)!.push(...family)
  }
  return all
}

async function lettersFor(
  reminders: readonly Reminder[],
  owed: Owed,
  day: Day,
  bot: Bot,
): Promise<Message[]> {
  const receivers = receiversIn(bot.directory.current())
  const cameIn = untold(owed, day, appointedIn(bot.directory.current()))
  const readers = morningReaders(owed, bot)
  const { served, left } = await servedToday(day, bot)
  const hasLetter = (user: UserId): boolean => served.has(user)
  const { letters, nobody } = lettersOf(reminders, receivers, hasLetter, owed.matters, day)
  const messages = new Map<UserId, Message>()
  const messageTo = (to: UserId): Message => {
    const known = messages.get(to)
    if (known) return known
    const added: Message = { to, reminders: [], left: left.get(to) ?? [], news: [] }
    messages.set(to, added)
    return added
  }
  // First of all, so that they read of yesterday however late in the day the last letters leave.
  const waiting = readers.filter((user) => !served.has(user))
  if (waiting.length > 0) {
    const morning = await morningOf(owed, readers, nobody.length, day, bot)
    if (morning.lines.length > 0) for (const to of waiting) messageTo(to).morning = morning
  }
  for (const { to, reminders } of letters) messageTo(to).reminders = reminders
  for (const to of left.keys()) if (!served.has(to)) messageTo(to)
  for (const [to, came] of cameIn) if (!served.has(to)) messageTo(to).news = came
  return [...messages.values()]
}

/** Who has a letter of today, or one under way; and what did not leave on an earlier day. */
async function servedToday(
  day: Day,
  bot: Bot,
): Promise<{ served: Set<UserId>; left: Map<UserId, Delivery[]> }> {
  return bot.store.transact(async (tx) => {
    const served = await servedOn(day, tx)
    const left = new Map<UserId, Delivery[]>()
    for (const state of ['waiting', 'leased'] as const) {
      for (const delivery of await tx.listDeliveries(state, MOST_OPEN)) {
        const { body } = delivery
        if (body.type !== 'reminders' || body.day >= day) continue
        if (isLeft(delivery)) left.set(body.to, [...(left.get(body.to) ?? []), delivery])
        else served.add(body.to)
      }
    }
    return { served, left }
  })
}

/** Neither on its way nor perhaps arrived. */
const isLeft = (delivery: Delivery): boolean => delivery.state === 'waiting' && !isDoubtful(delivery)

/** Takes the key of each letter and notes it in its matters; one that another process took changes nothing. */
async function promise(
  letters: readonly Message[],
  now: Date,
  dueAt: Date,
  bot: Bot,
  tx: Transaction,
): Promise<number> {
  const at = now.toISOString()
  const day = dayOf(dueAt)
  const times = { enqueuedAt: at, dueAt: dueAt.toISOString() }
  let promised = 0
  for (const { to, reminders, left, news: came, morning } of letters) {
    const { lines: more, lost } = morning ?? SILENT
    const matters = new Map<string, Matter>()
    for (const reminder of reminders) {
      const matter = await tx.findMatter(idOf(reminder))
      if (matter) matters.set(matter.id, matter)
    }
    const open = reminders.filter((reminder) => {
      const matter = matters.get(idOf(reminder))
      return !matter || !isDone(matter)
    })
    const late = await takeOver(left, tx)
    const said = joined(recalled(late.flatMap(remindersOf), bot.pack.duties), open).map((one) =>
      asTold(one, to, bot),
    )
    const told = [
      ...late.flatMap(newsOf),
      ...(came.length > 0 ? [newsText(came, bot.pack.jurisdiction)] : []),
    ]
    if (said.length === 0 && told.length === 0 && more.length === 0) {
      await drop(late, 'nothing of it is left', tx)
      continue
    }
    const [key, other] =
      said.length > 0 ? [letterKey(day, to), lineKey(day, to)] : [lineKey(day, to), letterKey(day, to)]
    // Another process may have seen a little more or less of this morning, and was first.
    if (await tx.findDelivery(other)) continue
    const body = { type: 'reminders' as const, to, day, reminders: said.map(asSent), news: told, more, lost }
    if (!(await tx.enqueue({ key, body, ...times }))) continue
    await drop(late, `is in ${key}`, tx)
    if (bot.client) {
      const part = { ...body, news: [], more: [], lost: [] }
      for (const matter of await draftsFor(to, said, at, bot, tx))
        await tx.enqueue({ key: fileKey(key, matter), body: { ...part, file: matter }, ...times })
      const card = `letter@${bot.newId()}`
      if (cardAbout(said)) await tx.enqueue({ key: `${key}#card`, body: { ...part, card }, ...times })
    } else {
      await sayLater(to, key, [...textOf(said, day, bot), ...told, ...more], tx)
    }
    for (const matter of noted({ to, reminders: open }, (id) => matters.get(id), day, at))
      await tx.saveMatter(matter)
    for (const { matter: known } of came) {
      const matter = (await tx.findMatter(known.id)) ?? known
      await tx.saveMatter({ ...matter, events: [...matter.events, { type: 'told', at, day, to }] })
    }
    promised++
  }
  return promised
}

const SILENT: Morning = { lines: [], lost: [] }
const idOf = ({ duty, period, target }: Reminder): string => matterId(duty.id, period, target)
const remindersOf = ({ body }: Delivery) => (isText(body) ? body.reminders : [])
const newsOf = ({ body }: Delivery): string[] => (isText(body) ? (body.news ?? []) : [])
const isText = (body: DeliveryBody): body is Extract<DeliveryBody, { type: 'reminders' }> =>
  body.type === 'reminders' && body.card === undefined && body.file === undefined
const textOf = (said: readonly Reminder[], day: Day, { pack }: Bot): string[] =>
  said.length > 0 ? [letterText(said, day, pack, new Map())] : []

/** Where a street has nobody, the district hears of its ledger as of something to ask after: it cannot hand it in. */
const asTold = (one: Reminder, to: UserId, { directory }: Bot): Reminder =>
  one.duty.id === 'ledger' &&
  one.help === undefined &&
  !mayAct(directory.current(), to, 'closeLedger', { place: one.target }).ok
    ? { ...one, help: 'overdue' }
    : one

/** The matters whose drafts follow the letter of this person; it is noted that they do. */
async function draftsFor(
  to: UserId,
  said: readonly Reminder[],
  at: string,
  { directory, pack }: Bot,
  tx: Transaction,
): Promise<string[]> {
  const staff = directory.current()
  const drafts = said.flatMap((one) => {
    const draft = draftFor(to, one, staff, pack)
    return draft ? [{ matter: idOf(one), reason: draft.noted }] : []
  })
  for (const { reason } of drafts) await tx.logAccess({ by: to, filingId: LEDGER, reason, at })
  return drafts.map(({ matter }) => matter)
}

/** Those that nobody began to send meanwhile. */
async function takeOver(left: readonly Delivery[], tx: Transaction): Promise<Delivery[]> {
  const taken: Delivery[] = []
  for (const { key } of left) {
    const now = await tx.findDelivery(key)
    if (now && isLeft(now)) taken.push(now)
  }
  return taken
}

async function drop(late: readonly Delivery[], problem: string, tx: Transaction): Promise<void> {
  for (const { key } of late) await tx.settleDelivery(key, { state: 'dropped', problem })
}

/** Without an app nobody can be written to first. */
async function sayLater(to: UserId, key: string, texts: string[], tx: Transaction): Promise<void> {
  await tx.saveSession(to, keepMissed(await tx.getSession(to), texts.join('\n')))
  await tx.settleDelivery(key, { state: 'dropped', problem: 'no app: it is said at the next message' })
}
