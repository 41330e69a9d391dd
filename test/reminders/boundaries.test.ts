import { describe, expect, test } from 'vitest'
import type { Calendar } from '../../src/calendar.ts'
import { dayOf, type Day } from '../../src/clock.ts'
import { periodsOf } from '../../src/reminders/due.ts'
import { digestsOn } from '../../src/reminders/digest.ts'
import { nextSlot } from '../../src/reminders/slots.ts'
import type { Owed } from '../../src/reminders/owed.ts'
import { Days, jiefang, mingzhu, noHolidays, organization, owed, pack } from './world.ts'

const street = `street@${jiefang}`
const community = `community@${mingzhu}`

const calendarOf = (year: number, holidays: [Day, Day][], workdays: Day[] = []): Calendar => ({
  years: [
    { year, holidays: holidays.map(([from, to]) => ({ from, to, name: '放假' })), workdays, regional: true },
  ],
})

/** On which days somebody hears of a duty between two days, when nothing is handed in. */
function heard(user: string, duty: string, from: Day, to: Day, facts: Partial<Owed>): Day[] {
  const days = new Days(owed({ since: from, ...facts }))
  days.through(from, to)
  return days.heardBy(user, duty).map((line) => line.slice(0, 10))
}

describe('the ledger before the 25th', () => {
  const spring: [Day, Day][] = [['2026-02-15', '2026-02-26']]
  test.each<[string, Day, Day, Calendar, boolean, Day[]]>([
    [
      'on working days',
      '2026-11-01',
      '2026-11-30',
      noHolidays,
      false,
      ['2026-11-17', '2026-11-20', '2026-11-24'],
    ],
    [
      'the 24th is a Saturday',
      '2026-10-08',
      '2026-10-31',
      noHolidays,
      false,
      ['2026-10-16', '2026-10-21', '2026-10-23'],
    ],
    [
      'the 25th itself counts and is a Sunday',
      '2026-10-08',
      '2026-10-31',
      noHolidays,
      true,
      ['2026-10-16', '2026-10-21', '2026-10-23'],
    ],
    [
      'the 25th itself counts',
      '2026-11-01',
      '2026-11-30',
      noHolidays,
      true,
      ['2026-11-18', '2026-11-23', '2026-11-25'],
    ],
    [
      'in 春节, with a Saturday that is worked',
      '2026-02-01',
      '2026-02-27',
      calendarOf(2026, spring, ['2026-02-14']),
      false,
      ['2026-02-09', '2026-02-12', '2026-02-14'],
    ],
    [
      'in 春节, and nobody works before it',
      '2026-02-01',
      '2026-02-27',
      calendarOf(2026, spring),
      false,
      ['2026-02-06', '2026-02-11', '2026-02-13'],
    ],
    [
      'a year that is not loaded',
      '2031-02-01',
      '2031-02-28',
      pack.calendar,
      false,
      ['2031-02-17', '2031-02-20', '2031-02-24'],
    ],
  ])('%s', (_, from, to, calendar, inclusive, days) => {
    const duties = structuredClone(pack.duties)
    const ledger = duties.duties.find(({ id }) => id === 'ledger')!
    if (ledger.when.type === 'monthlyBefore') ledger.when.inclusive = inclusive
    expect(heard(street, 'ledger', from, to, { organizations: [], calendar, duties })).toEqual(days)
  })
})

describe('the report at the end of the month', () => {
  test.each<[string, Day, Day, Calendar, Day[], Day[]]>([
    ['29 February', '2028-02-10', '2028-03-05', noHolidays, ['2028-02-22', '2028-02-25'], ['2028-03-01']],
    ['28 February', '2027-02-10', '2027-03-05', noHolidays, ['2027-02-19', '2027-02-24'], ['2027-03-01']],
    [
      'a month that ends on a Saturday',
      '2026-10-10',
      '2026-11-05',
      noHolidays,
      ['2026-10-23', '2026-10-28'],
      ['2026-11-02'],
    ],
    [
      '31 December, before 元旦',
      '2026-12-10',
      '2027-01-08',
      calendarOf(2027, [['2027-01-01', '2027-01-03']]),
      ['2026-12-24', '2026-12-29'],
      ['2027-01-04'],
    ],
    [
      '30 September, before 国庆',
      '2026-09-10',
      '2026-10-12',
      calendarOf(2026, [['2026-10-01', '2026-10-07']]),
      ['2026-09-23', '2026-09-28'],
      ['2026-10-08'],
    ],
  ])('%s', (_, from, to, calendar, leader, helped) => {
    const organizations = [organization({ validUntil: '2029-06-01' })]
    const facts = { organizations, calendar }
    expect(heard('wang', 'monthlyReport', from, to, facts)).toEqual(leader)
    expect(heard(community, 'monthlyReport', from, to, facts)).toEqual(helped)
  })
})

describe('the end of a filing in 三月三', () => {
  const regional = calendarOf(2027, [['2027-04-09', '2027-04-12']], ['2027-04-17'])
  test.each<[Day, Day, Day[]]>([
    // Sixty, thirty and fifteen days before, taken ahead of the holiday.
    ['2027-06-10', '2027-04-30', ['2027-04-08']],
    ['2027-05-10', '2027-04-30', ['2027-03-11', '2027-04-08', '2027-04-23']],
    ['2027-05-02', '2027-04-30', ['2027-03-03', '2027-04-02', '2027-04-17']],
  ])('on %s', (validUntil, to, days) => {
    const facts = { organizations: [organization({ filedOn: '2025-05-01', validUntil })], calendar: regional }
    expect(heard('wang', 'validity', '2027-02-15', to, facts)).toEqual(days)
  })
})

test.each<[string, Day, string[]]>([
  ['2026-11-30T15:59:59Z', '2026-11-30', ['2026-10', '2026-11']],
  ['2026-11-30T16:00:00Z', '2026-12-01', ['2026-11', '2026-12']],
  ['2026-12-31T16:00:00Z', '2027-01-01', ['2026-12', '2027-01']],
  ['2028-02-28T16:00:00Z', '2028-02-29', ['2028-01', '2028-02']],
])('at %s it is %s here, and these months are open', (instant, day, months) => {
  expect(dayOf(new Date(instant))).toBe(day)
  const duty = pack.duties.duties.find(({ id }) => id === 'monthlyReport')!
  if (duty.when.type !== 'monthEnd') throw new Error('the report is due at the end of the month')
  expect(periodsOf({ ...duty, when: duty.when }, day).map(({ period }) => period)).toEqual(months)
})

test.each<[string, string]>([
  ['2026-11-23T00:29:59Z', '2026-11-23T00:31:00.000Z'],
  ['2026-11-23T01:00:30Z', '2026-11-23T01:01:30.000Z'],
  ['2026-11-23T03:59:00Z', '2026-11-23T03:59:00.000Z'],
  ['2026-11-23T04:00:00Z', '2026-11-23T06:31:00.000Z'],
  ['2026-11-23T09:30:00Z', '2026-11-24T00:31:00.000Z'],
  // The evening before the longest holiday: nothing leaves before it is over, on a Saturday that is worked.
  ['2026-02-14T10:00:00Z', '2026-02-24T00:31:00.000Z'],
  ['2026-09-19T16:00:00Z', '2026-09-20T00:31:00.000Z'],
])('people may be written to from %s at %s', (now, slot) => {
  expect(nextSlot(new Date(now), pack.calendar).toISOString()).toBe(slot)
})

test('a group is told on the last two working days, and not in the holiday between', () => {
  const calendar = calendarOf(2026, [['2026-10-01', '2026-10-07']])
  const facts = owed({ calendar, organizations: [organization({ validUntil: '2028-06-01' })] })
  const days = ['2026-09-24', '2026-09-25', '2026-09-28', '2026-09-29', '2026-09-30', '2026-10-08']
  const told = days.filter((day) =>
    digestsOn(facts, day)(mingzhu).some(({ duty }) => duty.id === 'monthlyReport'),
  )
  expect(told).toEqual(['2026-09-28', '2026-09-29', '2026-09-30'])
})
