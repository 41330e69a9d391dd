import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterAll, expect, test } from 'vitest'
import type { Calendar } from '../../../src/calendar.ts'
import type { Day } from '../../../src/clock.ts'
import { openJsonStore } from '../../../src/store/json/open.ts'
import { openPostgresStore } from '../../../src/store/postgres/open.ts'
import type { Store } from '../../../src/store/store.ts'
import { newDatabase } from '../../support/postgres.ts'
import { botOver, loadParts } from '../../support/bot.ts'
import { seed } from '../../support/seed.ts'
import { heapDisk } from './heap-disk.ts'
import { breachesOf } from './invariants.ts'
import type { History } from './history.ts'
import { playTwoYears } from './two-years.ts'

const isPostgres = process.env['TRIAL_STORE'] === 'postgres'
const chosen = process.env['ORGANIZATIONS']

const FROM = '2026-01-05'
/** Two years, for which a database takes too long among all the other tests: there the first ones go over 春节. */
const TO = isPostgres && chosen === undefined ? '2026-04-10' : '2028-01-10'

const parts = await loadParts()
const dispatcher = getGlobalDispatcher()
afterAll(() => setGlobalDispatcher(dispatcher))

/** The next year's holidays are entered in December; those of 2028 nobody enters. */
const year2027: Calendar['years'][number] = {
  year: 2027,
  holidays: [
    { from: '2027-01-01', to: '2027-01-03', name: '元旦' },
    { from: '2027-02-05', to: '2027-02-11', name: '春节' },
    { from: '2027-04-03', to: '2027-04-05', name: '清明节' },
    { from: '2027-04-09', to: '2027-04-12', name: '三月三' },
    { from: '2027-05-01', to: '2027-05-05', name: '劳动节' },
    { from: '2027-09-15', to: '2027-09-17', name: '中秋节' },
    { from: '2027-10-01', to: '2027-10-07', name: '国庆节' },
  ],
  workdays: ['2027-01-30', '2027-02-14', '2027-05-08', '2027-09-26', '2027-10-09'],
  regional: true,
}
const later: Calendar = { years: [...parts.pack.calendar.years, year2027] }
const calendarOn = (day: Day): Calendar => (day < '2026-12-01' ? parts.pack.calendar : later)

const nowhere = new Proxy({} as Store, {
  get: () => () => Promise.reject(new Error('every process has a store of its own')),
})

async function play(organizations: number): Promise<History> {
  const clock = { now: () => new Date(`${FROM}T00:00:00Z`) }
  return playTwoYears({
    organizations,
    seed,
    from: FROM,
    to: TO,
    parts: botOver(nowhere, parts, clock),
    calendarOn,
    openStore: async (clock) => {
      if (isPostgres) return openPostgresStore({ url: (await newDatabase()).url, dataKeys, clock })
      return openJsonStore({ folder: '/data', dataKeys, disk: heapDisk(), clock, snapshotAfter: Infinity })
    },
  })
}

const dataKeys = [Buffer.alloc(32, 7)]

/** A whole district, or a larger one, by hand: see the README. */
const sizes = (chosen ?? (isPostgres ? '6' : '40')).split(',').map(Number)

test.each(sizes)('the days of %i organizations break no promise', { timeout: 3_600_000 }, async (count) => {
  const history = await play(count)
  expect({ seed, breaches: breachesOf(history, FROM, TO, calendarOn) }).toEqual({ seed, breaches: [] })
})
