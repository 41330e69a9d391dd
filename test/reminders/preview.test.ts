import { expect, test } from 'vitest'
import { addDays, startOf, type Day } from '../../src/clock.ts'
import { newSession } from '../../src/conversation/session.ts'
import { servedOn } from '../../src/deliver/letterbox.ts'
import { appointedIn, receiversIn } from '../../src/directory/scope.ts'
import { remind } from '../../src/remind.ts'
import { gatherOwed } from '../../src/remind/owing.ts'
import { lookAhead } from '../../src/reminders/look-ahead.ts'
import { matterId, type MatterEvent } from '../../src/reminders/matter.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { Chance } from '../conversation/random.ts'
import { botOver, loadParts } from '../support/bot.ts'
import { heapDisk } from './simulation/heap-disk.ts'
import { filingOf, foundTown } from './simulation/town.ts'

// What is foreseen from a store, against what the sender then puts into the outbox day by day when nobody does
// anything more: with people who declined, put off, asked for help, and with reports that came in today.

const parts = await loadParts()

test.each<[Day, number]>([
  ['2026-11-25', 1],
  ['2026-02-12', 2],
  ['2026-09-24', 3],
])('from %s on the thirty days come as they were foreseen', async (today, seed) => {
  const chance = new Chance(seed)
  let now = startOf(today).getTime() + 10 * 3_600_000 + 180_000
  const clock = { now: () => new Date(now) }
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 7)],
    disk: heapDisk(),
    clock,
    snapshotAfter: Infinity,
  })
  const town = foundTown(60, addDays(today, -100), parts.pack.jurisdiction, chance)
  const bot = {
    ...botOver(store, parts, clock),
    directory: { current: () => town.staff, look: async () => {} },
  }
  const month = today.slice(0, 7)
  await store.transact(async (tx) => {
    for (const one of town.organizations.values()) {
      await tx.saveFiling(filingOf(one, startOf(addDays(today, -90))))
      const note = (duty: string, period: string, event: MatterEvent): Promise<void> => {
        const about = { duty, period, target: one.id, place: one.place }
        return tx.saveMatter({ id: matterId(duty, period, one.id), ...about, events: [event] })
      }
      const stamp = { at: clock.now().toISOString(), by: one.leader }
      const until = addDays(today, chance.below(12))
      // Nobody puts off what they cannot have been reminded of yet.
      if (one.validUntil < addDays(today, 90) && chance.happens(0.5))
        await note('validity', one.validUntil, { type: 'answered', ...stamp, answer: 'later', until })
      const roll = chance.next()
      if (roll < 0.2) await note('monthlyReport', month, { type: 'reported', ...stamp, nothing: true })
      else if (roll < 0.4)
        await note('monthlyReport', month, { type: 'answered', ...stamp, answer: 'later', until })
      else if (roll < 0.5) await note('monthlyReport', month, { type: 'answered', ...stamp, answer: 'help' })
      else if (roll < 0.6)
        await note('monthlyReport', month, { type: 'answered', ...stamp, answer: 'notMine' })
    }
    for (const by of [...town.members].filter((user) => user.startsWith('leader') && chance.happens(0.2))) {
      const consents = [
        { version: '1', agreed: false, at: clock.now().toISOString(), channel: 'app' as const },
      ]
      await tx.saveSession(by, { ...newSession, consents })
    }
  })
  const days = Array.from({ length: 30 }, (_, after) => addDays(today, after))
  const served = await store.transact((tx) => servedOn(today, tx))
  const ahead = lookAhead(await gatherOwed(bot, today), days, {
    receivers: receiversIn(town.staff),
    appointed: appointedIn(town.staff),
    hasLetter: (user) => served.has(user),
    within: () => true,
  })
  const foreseen = ahead.flatMap(({ day, letters, news }) => [
    ...letters.flatMap(({ to, reminders }) => reminders.map(({ key }) => `${day} ${to} ${key}`)),
    ...[...news].flatMap(([to, came]) => came.map(({ matter }) => `${day} ${to} told ${matter.id}`)),
  ])

  for (let day = 0; day < days.length; day++, now += 86_400_000) await remind(bot)
  const sent = (await store.transact((tx) => tx.listMatters({ limit: 100_000 }))).flatMap(({ id, events }) =>
    events.flatMap((event) => {
      if (event.type === 'reminded') return [`${event.day} ${event.to} ${id}:${event.step}`]
      return event.type === 'told' ? [`${event.day} ${event.to} told ${id}`] : []
    }),
  )
  await store.close()
  expect(sent.length).toBeGreaterThan(100)
  expect(foreseen.sort()).toEqual(sent.sort())
})
