import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day } from '../../src/clock.ts'
import { isWithin } from '../../src/filings/place-code.ts'
import { lookAhead, type DayAhead } from '../../src/reminders/look-ahead.ts'
import type { Owed } from '../../src/reminders/owed.ts'
import { Days, jiefang, mingzhu, organization, owed, receivers } from './world.ts'

const yaru = '450205002000'
const yalian = '450205002002'
/** Each case is thirty days. */
const few = { numRuns: 40 }
const nobody = () => false
const everywhere = () => true
const appointed = () => []

const daysFrom = (day: Day, count = 30): Day[] => Array.from({ length: count }, (_, n) => addDays(day, n))

const worlds = fc
  .record({
    start: fc.integer({ min: 0, max: 500 }).map((n) => addDays('2025-10-01', n)),
    organizations: fc.array(
      fc.record({
        place: fc.constantFrom(mingzhu, '450205001002', yalian, jiefang),
        leader: fc.constantFrom('wang', 'chen', 'he', ''),
        lapses: fc.integer({ min: -100, max: 400 }),
        known: fc.integer({ min: 0, max: 90 }),
        cancelled: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    cases: fc.array(
      fc.record({
        duty: fc.constantFrom('draft', 'returned', 'communityCase', 'streetCase'),
        place: fc.constantFrom(mingzhu, yalian),
        lain: fc.integer({ min: 0, max: 30 }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ start, organizations, cases }): { start: Day; world: Owed } => ({
    start,
    world: owed({
      authorities: [jiefang, yaru],
      since: addDays(start, -60),
      organizations: organizations.map(({ place, leader, lapses, known, cancelled }, index) =>
        organization({
          id: `o${index}`,
          place,
          leader,
          cancelled,
          validUntil: addDays(start, lapses),
          filedOn: addDays(start, lapses - 730),
          knownSince: addDays(start, -known),
        }),
      ),
      lying: cases.map(({ duty, place, lain }, index) => ({
        duty,
        place,
        id: `c${index}`,
        name: `案${index}`,
        leader: 'wang',
        since: addDays(start, -lain),
      })),
      unreachable: new Set(['', 'he']),
    }),
  }))

const told = (ahead: readonly Pick<DayAhead, 'day' | 'letters'>[]): string[] =>
  ahead.flatMap(({ day, letters }) =>
    letters.flatMap(({ to, reminders }) => reminders.map(({ key }) => `${day} ${to} ${key}`)),
  )

test('what is foreseen for a day is what is sent on it when nothing happens', () => {
  fc.assert(
    fc.property(worlds, ({ start, world }) => {
      const days = daysFrom(start)
      const looking = { receivers, appointed, hasLetter: nobody, within: everywhere }
      const foreseen = lookAhead(world, days, looking)
      const real = new Days(world)
      const sent = days.flatMap((day) => {
        const letters = real.morning(day)
        return letters.length > 0 ? [{ day, letters }] : []
      })
      expect(told(foreseen)).toEqual(told(sent))
    }),
    few,
  )
})

test('looking changes nothing, and looking from any later day foresees the rest', () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 1, max: 20 }), ({ start, world }, later) => {
      const days = daysFrom(start)
      const looking = { receivers, appointed, hasLetter: nobody, within: everywhere }
      const before = JSON.stringify([...world.matters])
      const foreseen = told(lookAhead(world, days, looking))
      expect(JSON.stringify([...world.matters])).toBe(before)
      const real = new Days(world)
      for (const day of days.slice(0, later)) real.morning(day)
      const rest = told(lookAhead(real.owed, days.slice(later), looking))
      expect(rest).toEqual(foreseen.filter((line) => line.slice(0, 10) >= days[later]!))
    }),
    few,
  )
})

test('a street foresees of all exactly what concerns its places', () => {
  fc.assert(
    fc.property(worlds, ({ start, world }) => {
      const days = daysFrom(start)
      const within = (place: string) => isWithin(place, jiefang)
      const mine = lookAhead(world, days, { receivers, appointed, hasLetter: nobody, within })
      const all = lookAhead(world, days, { receivers, appointed, hasLetter: nobody, within: everywhere })
      const here = all.map(({ day, letters }) => ({
        day,
        letters: letters.map((letter) => ({
          ...letter,
          reminders: letter.reminders.filter(({ place }) => within(place)),
        })),
      }))
      expect(told(mine).sort()).toEqual(told(here).sort())
    }),
    few,
  )
})

test('who had a letter today is not foreseen for today, and what waits comes the next working day', () => {
  const days = daysFrom('2026-11-23', 4)
  const world = owed({ since: '2026-11-01' })
  const all = { receivers, appointed, within: everywhere }
  const free = told(lookAhead(world, days, { ...all, hasLetter: nobody }))
  const served = told(lookAhead(world, days, { ...all, hasLetter: (user) => user === 'wang' }))
  expect(free).toContain('2026-11-23 wang monthlyReport:2026-11:choir:owner-5')
  expect(served).toContain('2026-11-24 wang monthlyReport:2026-11:choir:owner-5')
  expect(served.filter((line) => line.startsWith('2026-11-23 wang'))).toEqual([])
})
