import type { Bot } from '../../../src/bot.ts'
import { isWorkingDay, nextWorkingDay, type Calendar } from '../../../src/calendar.ts'
import { addDays, dayOf, startOf, type Clock, type Day } from '../../../src/clock.ts'
import { newSession } from '../../../src/conversation/session.ts'
import { deliver } from '../../../src/deliver.ts'
import { remind } from '../../../src/remind.ts'
import { isDone, matterId, type MatterEvent } from '../../../src/reminders/matter.ts'
import type { Delivery, Store } from '../../../src/store/store.ts'
import { Chance } from '../../conversation/random.ts'
import { live, startProcess, type Process } from './processes.ts'
import { cancellationOf, filingOf, foundTown, numbersIn, type Organization } from './town.ts'
import { openFrontDoor } from './front-door.ts'
import { outagesOf } from './outages.ts'
import { setGlobalDispatcher } from 'undici'
import { periodOf, type History } from './history.ts'
import { troubles, Wire, type Post } from './wire.ts'

export type Plan = {
  organizations: number
  seed: number
  from: Day
  to: Day
  /** What the bot is made of; store, clock and channels are replaced. */
  parts: Bot
  calendarOn(day: Day): Calendar
  openStore(clock: Clock): Promise<Store>
}

const MINUTE_MS = 60_000
const KEPT_MS = 30 * 24 * 60 * MINUTE_MS
const TROUBLE = 0.02
/** Whoever leads an organization whose number ends so puts off every report, again and again. */
const ALWAYS_LATER = '7'
/** Of what leaders answer to the reminder of a report. */
const BY_CALLBACK = 0.3
/** How long a run goes on, minute by minute, while something waits. */
const MOST_MINUTES = 45

/** Plays every day of the plan: people answer, hand in, snooze, refuse, leave; WeCom and processes fail. */
export async function playTwoYears(plan: Plan): Promise<History> {
  const chance = new Chance(plan.seed)
  const { jurisdiction } = plan.parts.pack
  const town = foundTown(plan.organizations, plan.from, jurisdiction, chance)
  let now = startOf(plan.from).getTime()
  let waited = false
  const clock: Clock = { now: () => new Date(now) }
  const store = await plan.openStore(clock)
  const outages = outagesOf(plan, chance)
  const processes = new Map<string, Process>()
  let started = 0
  let kills = 0
  const wire = new Wire({
    clock,
    members: town.members,
    groups: new Set(town.groups.keys()),
    // Those who wait, wait together.
    forward: (ms) => {
      if (!waited) now += ms
      waited = true
    },
    trouble: () => {
      const outage = outages.get(dayOf(new Date(now)))
      if (outage !== undefined && outage !== 'stopped') return outage
      return chance.happens(TROUBLE) ? chance.pick(troubles) : undefined
    },
    kill: (name) => {
      const process = processes.get(name)
      if (process) process.isAlive = false
    },
  })

  setGlobalDispatcher(wire)

  const openProcess = (): Process => {
    const pack = { ...plan.parts.pack, calendar: plan.calendarOn(dayOf(new Date(now))) }
    const directory = { current: () => town.staff, look: async () => {} }
    const process = startProcess(`p${++started}`, { ...plan.parts, pack, directory }, store, clock)
    processes.set(process.name, process)
    return process
  }

  /** One or two processes at once, each of which may die on the way. Whether one did not. */
  const work = async (what: (bot: Bot) => Promise<unknown>): Promise<boolean> => {
    waited = false
    const together = chance.happens(0.2) ? 2 : 1
    const working: Process[] = []
    for (const process of processes.values()) if (!process.isAlive) processes.delete(process.name)
    for (let n = 0; n < together; n++) {
      const process = [...processes.values()][n] ?? openProcess()
      if (chance.happens(0.02)) process.steps = chance.below(40)
      working.push(process)
    }
    await Promise.all(working.map((process) => live(process, what)))
    const dead = working.filter(({ isAlive }) => !isAlive).length
    kills += dead
    return dead < working.length
  }

  const door = await openFrontDoor(clock, () => {
    const alive = [...processes.values()].find(({ isAlive }) => isAlive)
    return (alive ?? openProcess()).bot
  })

  const doneAt = new Map<string, Date>()
  const outcomes = new Map<string, Delivery['state']>()
  const ran = new Set<Day>()

  const note = (duty: string, period: string, target: string, place: string, event: MatterEvent) => {
    const id = matterId(duty, period, target)
    if (event.type === 'reported' || (event.type === 'answered' && event.answer === 'done'))
      doneAt.set(id, doneAt.get(id) ?? new Date(now))
    return store.transact(async (tx) => {
      const matter = (await tx.findMatter(id)) ?? { id, duty, period, target, place, events: [] }
      await tx.saveMatter({ ...matter, events: [...matter.events, event] })
    })
  }
  const report = (organization: Organization, period: string): Promise<void> =>
    note('monthlyReport', period, organization.id, organization.place, {
      type: 'reported',
      at: clock.now().toISOString(),
      by: organization.leader,
      nothing: true,
    })

  const closeLedger = (street: string, period: string): Promise<void> =>
    note('ledger', period, street, street, {
      type: 'reported',
      at: clock.now().toISOString(),
      by: `officer${street}a`,
      nothing: true,
    })

  /** The leader says it to the bot; the others' answers stand in the store at once, as they would in the end. */
  const says = async ({ id, leader }: Organization, period: string, word: string): Promise<void> => {
    const matter = matterId('monthlyReport', period, id)
    await door.says(leader, word === '无活动' ? `无活动 ${period}组织:${id}` : `${word} ${matter}`)
    const heard = await store.transact((tx) => tx.findMatter(matter))
    if (heard && isDone(heard)) doneAt.set(matter, doneAt.get(matter) ?? new Date(now))
    if (!heard?.events.some(({ type }) => type === 'reported' || type === 'answered'))
      wire.violations.push(`${leader} said ${word} and was not heard`)
  }

  /** What somebody does who reads this. */
  const read = async ({ to, text, at }: Post): Promise<void> => {
    const today = dayOf(at)
    for (const line of text.split('\n')) {
      const month = /(\d+)月(?:月报|备案台账)，/.exec(line)?.[1]
      const period = month === undefined ? undefined : periodOf(Number(month), today)
      if (to.startsWith('officer') && period && line.includes('月备案台账') && chance.happens(0.6)) {
        await closeLedger(to.slice('officer'.length, -1), period)
      }
      if (!to.startsWith('leader')) continue
      const named = numbersIn(line).map((number) => town.organizations.get(`o${number}`)!)
      for (const organization of named) {
        if (line.includes('有效期到') || line.includes('已经到期')) await renew(organization)
        if (!period || !line.includes('月月报')) continue
        if (organization.number.endsWith(ALWAYS_LATER)) {
          await answers(organization, period, 'later')
          continue
        }
        const roll = chance.next()
        const word = wordOf(roll)
        if (word !== undefined && organization.left === undefined && chance.happens(BY_CALLBACK)) {
          await says(organization, period, word)
          continue
        }
        if (roll < 0.5) await report(organization, period)
        else if (roll < 0.72) {
          const answer = roll < 0.58 ? 'done' : roll < 0.66 ? 'later' : roll < 0.7 ? 'help' : 'notMine'
          await answers(organization, period, answer)
        }
      }
    }
  }
  const answers = (
    { id, place, leader }: Organization,
    period: string,
    answer: Extract<MatterEvent, { type: 'answered' }>['answer'],
  ): Promise<void> => {
    const until = nextWorkingDay(addDays(dayOf(clock.now()), 3), plan.calendarOn(dayOf(clock.now())))
    const event = { type: 'answered' as const, at: clock.now().toISOString(), by: leader, answer }
    return note('monthlyReport', period, id, place, { ...event, ...(answer === 'later' ? { until } : {}) })
  }
  /** Between the promise of a letter and its leaving: it must not say any more what is not so. */
  const actsUnasked = async (organization: Organization, day: Day): Promise<void> => {
    if (organization.left !== undefined) return
    const roll = chance.next()
    if (roll < 0.3) await renew(organization)
    else if (roll < 0.6) await report(organization, day.slice(0, 7))
    else await answers(organization, day.slice(0, 7), roll < 0.9 ? 'later' : 'notMine')
  }
  const renew = async (organization: Organization): Promise<void> => {
    const roll = chance.next()
    if (organization.left !== undefined || roll > 0.35) return
    if (roll < 0.03) {
      organization.left = dayOf(clock.now())
      await store.transact((tx) => tx.saveFiling(cancellationOf(organization, clock.now())))
      return
    }
    organization.rounds++
    organization.renewals.push({ at: clock.now(), on: dayOf(clock.now()), until: organization.validUntil })
    organization.validUntil = addDays(organization.validUntil, 730)
    await store.transact((tx) => tx.saveFiling(filingOf(organization, clock.now())))
  }

  let seen = 0
  const everybodyReads = async (): Promise<void> => {
    while (seen < wire.posts.length) {
      const post = wire.posts[seen++]!
      if (post.into === 'person' && post.type === 'text') await read(post)
    }
  }
  const keepOutcomes = async (): Promise<void> => {
    const keys = await store.transact(async (tx) => [
      ...(await tx.listKeys('letter:')),
      ...(await tx.listKeys('group:')),
    ])
    for (const { key, state } of keys) outcomes.set(key, state)
  }

  await store.transact(async (tx) => {
    for (const organization of town.organizations.values())
      await tx.saveFiling(filingOf(organization, clock.now()))
    for (const user of town.declined) {
      const consents = [
        { version: '1', agreed: false, at: clock.now().toISOString(), channel: 'app' as const },
      ]
      await tx.saveSession(user, { ...newSession, consents })
    }
  })

  const all = [...town.organizations.values()]
  for (let day = plan.from; day <= plan.to; day = addDays(day, 1)) {
    const calendar = plan.calendarOn(day)
    const works = isWorkingDay(day, calendar)
    // A calendar that was entered counts from the next start on.
    if (day.endsWith('-01')) processes.clear()
    if (works && Number(day.slice(8)) >= 8 && Number(day.slice(8)) <= 24) {
      now = startOf(day).getTime() + 8 * 60 * MINUTE_MS
      for (const organization of chance.some(all, Math.ceil(all.length / 12)))
        await report(organization, day.slice(0, 7))
      // Most streets do not wait for a reminder, which would come with a file.
      for (const { code } of jurisdiction.streets)
        if (Number(day.slice(8)) <= 15 && chance.happens(0.4)) await closeLedger(code, day.slice(0, 7))
    }
    if (outages.get(day) === 'stopped') continue
    const times = works
      ? [8 * 60 + 31 + chance.below(9), ...(chance.happens(0.3) ? [14 * 60 + 31 + chance.below(120)] : [])]
      : chance.happens(0.15)
        ? [10 * 60]
        : []
    for (const time of times) {
      now = startOf(day).getTime() + time * MINUTE_MS
      if ((await work(remind)) && works) ran.add(day)
      for (const organization of chance.some(all, Math.ceil(all.length / 20)))
        await actsUnasked(organization, day)
      now += MINUTE_MS
      await work(deliver)
      await everybodyReads()
      for (let minute = 0; minute < MOST_MINUTES && (await store.counts()).waiting > 0; minute++) {
        now += MINUTE_MS
        // Somebody hands in what they have not read about yet.
        if (chance.happens(0.5)) await report(chance.pick(all), day.slice(0, 7))
        await work(deliver)
        await everybodyReads()
      }
      if (chance.happens(0.01)) await moveClockBack(day, time)
    }
    wire.sweep()
    if (day.endsWith('5')) {
      await keepOutcomes()
      await store.transact((tx) => tx.forgetDeliveries(new Date(now - KEPT_MS).toISOString()))
    }
  }

  /** Somebody sets the clock back by a day, sees it, and sets it right again. */
  async function moveClockBack(day: Day, time: number): Promise<void> {
    const right = now
    now = startOf(addDays(day, -1)).getTime() + time * MINUTE_MS
    await work(async (bot) => {
      await remind(bot)
      await deliver(bot)
    })
    now = right
    await work(deliver)
  }

  await keepOutcomes()
  const { matters, open } = await store.transact(async (tx) => ({
    matters: await tx.listMatters({ limit: 1_000_000 }),
    open: [...(await tx.listDeliveries('waiting', 100_000)), ...(await tx.listDeliveries('leased', 100_000))],
  }))
  await door.close()
  await store.close()
  const { posts, violations, most, calls } = wire
  return { town, posts, violations, most, outcomes, open, doneAt, matters, ran, kills, calls }
}

const wordOf = (roll: number): string | undefined => {
  if (roll < 0.5) return '无活动'
  if (roll < 0.58) return '已办好'
  if (roll < 0.66) return '过几天'
  if (roll < 0.7) return '请社区帮我'
  return roll < 0.72 ? '不是我负责' : undefined
}
