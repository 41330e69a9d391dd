import type { Bot } from './bot.ts'
import { dayOf } from './clock.ts'
import type { UserId } from './messages.ts'
import { nextSlot } from './reminders/slots.ts'
import { afterFailure, isGeneral, isToGroup, isTooDoubtful } from './deliver/retry.ts'
import { send } from './deliver/send.ts'
import { KEEPS_ORDER, type Delivery, type Outcome, type Transaction } from './store/store.ts'
import { WecomError } from './wecom/errors.ts'

const LEASE_MS = 90_000
/** The longest a message takes: a token, the call, and both again when the token was withdrawn. */
const CALL_MS = 45_000
const BATCH = 20
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** How long a letter of another day is left to `remind`, which takes it into the letter of the day. */
const LEFT_MS = 30 * MINUTE_MS
/** WeCom drops what is over thirty a minute or a thousand an hour for one member without a word (path 90236). */
const MOST_A_MINUTE = 20
const MOST_AN_HOUR = 800

/**
 * Sends what is due until nothing is, or until WeCom itself seems to be in trouble: then the rest is left to the
 * next run. Returns how many deliveries were tried.
 */
export async function deliver(bot: Bot): Promise<number> {
  let tried = 0
  for (;;) {
    const now = bot.clock.now()
    const until = new Date(now.getTime() + LEASE_MS)
    const due = await bot.store.transact(async (tx) =>
      paced(await tx.claimDeliveries(now.toISOString(), until.toISOString(), BATCH), now, tx),
    )
    tried += due.leased.length
    const lines = await Promise.allSettled(byPerson(due.leased).map((line) => sendInOrder(line, bot)))
    const broken = lines.find((line) => line.status === 'rejected')
    if (broken) throw broken.reason
    if (due.claimed === 0 || lines.some((line) => line.status === 'fulfilled' && line.value)) return tried
  }
}

/** Puts off what would be too much for one person, whichever process sent the rest. */
async function paced(
  claimed: Delivery[],
  now: Date,
  tx: Transaction,
): Promise<{ claimed: number; leased: Delivery[] }> {
  const since = (ms: number): string => new Date(now.getTime() - ms).toISOString()
  const leased: Delivery[] = []
  for (const line of byPerson(claimed)) {
    const [first] = line
    if (!first || !keepsOrder(first)) {
      leased.push(...line)
      continue
    }
    const inHour = await tx.countSent(first.body.to, since(HOUR_MS))
    const isFew = inHour + line.length <= MOST_A_MINUTE
    const inMinute = isFew ? inHour : await tx.countSent(first.body.to, since(MINUTE_MS))
    const free = Math.max(0, Math.min(MOST_A_MINUTE - inMinute, MOST_AN_HOUR - inHour))
    leased.push(...line.slice(0, free))
    const dueAt = since(-MINUTE_MS)
    for (const { key } of line.slice(free))
      await tx.settleDelivery(key, { state: 'waiting', dueAt, problem: 'paced: so many a minute' })
  }
  return { claimed: claimed.length, leased }
}

const keepsOrder = ({ body }: Delivery): boolean => KEEPS_ORDER.includes(body.type)

/** One person's deliveries stay in order; different people and ways are served at once. */
function byPerson(due: Delivery[]): Delivery[][] {
  const lines = new Map<UserId, Delivery[]>()
  for (const delivery of due) {
    const name = keepsOrder(delivery) ? `app:${delivery.body.to}` : delivery.key
    const line = lines.get(name)
    if (line) line.push(delivery)
    else lines.set(name, [delivery])
  }
  return [...lines.values()]
}

/** Whether something went wrong that concerns everything that is sent. */
async function sendInOrder(line: Delivery[], bot: Bot): Promise<boolean> {
  let isHeld = false
  let isInTrouble = false
  for (const delivery of line) {
    const { outcome, error, holdsBack }: Attempt = isHeld ? notYet(bot) : await attempt(delivery, bot)
    await bot.store.transact((tx) => tx.settleDelivery(delivery.key, outcome))
    if (isHeld) continue
    isHeld = holdsBack === true
    isInTrouble ||= isGeneral(error)
    report(delivery, outcome, error, bot)
  }
  return isInTrouble
}

/** `holdsBack`: what comes after it waits for it. */
type Attempt = { outcome: Outcome; error?: unknown; holdsBack?: boolean }

/** Not attempted, and due again at once. */
const notYet = ({ clock }: Bot): Attempt => ({
  outcome: { state: 'waiting', dueAt: clock.now().toISOString() },
  holdsBack: true,
})

const INTERRUPTED: Outcome = {
  state: 'unknown',
  problem: 'NetworkError: interrupted while it was being sent',
}

async function attempt(delivery: Delivery, bot: Bot): Promise<Attempt> {
  const now = bot.clock.now()
  if (isTooDoubtful(delivery, now)) return { outcome: INTERRUPTED }
  // However late it is claimed: after a failure, after the bot was down.
  const free = freeFrom(delivery, now, bot)
  if (isStale(delivery, free)) return { outcome: { state: 'failed', problem: 'its day is over' } }
  if (free > now) return { outcome: { state: 'waiting', dueAt: free.toISOString() } }
  const leasedUntil = Date.parse(delivery.leasedUntil ?? '')
  const holds = (): boolean => bot.clock.now().getTime() + CALL_MS <= leasedUntil
  try {
    const sent = await send(delivery, holds, bot)
    if (sent === 'unknown') return { outcome: INTERRUPTED }
    return sent === 'lapsed' ? notYet(bot) : { outcome: { state: sent } }
  } catch (error) {
    const outcome = afterFailure(delivery, error, bot.clock.now())
    if (outcome.state !== 'waiting' || outcome.dueAt === undefined) return { outcome, error }
    const again = new Date(outcome.dueAt)
    const next = freeFrom(delivery, again, bot)
    if (next <= again) return { outcome, error, holdsBack: true }
    if (isStale(delivery, next)) return { outcome: { ...outcome, state: 'failed' }, error }
    // Put off until other hours it holds nothing back any more.
    const { problem: _problem, ...putOff } = outcome
    return { outcome: { ...putOff, dueAt: next.toISOString() }, error }
  }
}

/**
 * Nobody asked for these, so they leave only in the hours in which people may be written to; what one person is
 * reminded of only on its day, so that nobody gets two letters on another.
 */
function freeFrom({ body }: Delivery, at: Date, bot: Bot): Date {
  if (body.type === 'reminders' && body.day < dayOf(at)) return new Date(at.getTime() + LEFT_MS)
  const waits = body.type === 'reminders' || body.type === 'letter' || isToGroup(body)
  return waits ? nextSlot(at, bot.pack.calendar) : at
}

/** A group hears on the next day what is owed then. */
const isStale = ({ body }: Delivery, at: Date): boolean => body.type === 'group' && body.day < dayOf(at)

function report({ body }: Delivery, { state, problem }: Outcome, error: unknown, bot: Bot): void {
  bot.metrics.delivery(state)
  if (error instanceof WecomError) bot.metrics.wecomError(error.errcode)
  if (problem === undefined && error === undefined) return
  const why = problem ?? String(error)
  bot.log.warn({ event: 'delivery', state, kind: body.type, problem: why }, 'delivery not done')
}
