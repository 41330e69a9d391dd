import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '../../src/calendar.ts'
import { addDays, dayOf } from '../../src/clock.ts'
import { due, periodsOf } from '../../src/reminders/due.ts'
import { dutiesOf } from '../../src/reminders/duties.ts'
import { matterId } from '../../src/reminders/matter.ts'
import type { Owed } from '../../src/reminders/owed.ts'
import { Days, jiefang, mingzhu, noHolidays, organization, owed, pack } from './world.ts'

const street = `street@${jiefang}`
const community = `community@${mingzhu}`
const bureau = 'district@450205000000'
const at = '2026-11-20T01:00:00.000Z'

const month = (facts: Partial<Owed>, from: string, to: string): Days => {
  const days = new Days(owed({ since: from, ...facts }))
  days.through(from, to)
  return days
}

describe('the ledger of an authority', () => {
  test('is reminded of five and two working days before the 24th and on it, then the bureau is asked to help', () => {
    const days = month({ organizations: [] }, '2026-11-01', '2026-11-30')
    expect(days.heardBy(street, 'ledger')).toEqual([
      '2026-11-17 owner-5',
      '2026-11-20 owner-2',
      '2026-11-24 owner-0',
    ])
    expect(days.heardBy(bureau, 'ledger')).toEqual(['2026-11-25 help-1'])
  })

  test('comes three times before the bureau too where nobody sits in the street', () => {
    const days = new Days(owed({ organizations: [], since: '2026-11-01' }), () => ['zhaomin'])
    days.through('2026-11-01', '2026-12-10')
    const november = days.sent.filter(({ letter }) =>
      letter.reminders.some(({ duty, period }) => duty.id === 'ledger' && period === '2026-11'),
    )
    expect(november.map(({ day }) => day)).toEqual(['2026-11-17', '2026-11-20', '2026-11-24'])
  })

  test('comes ahead of a weekend', () => {
    // 24 and 25 October 2026 are a weekend.
    const days = month({ organizations: [] }, '2026-10-08', '2026-10-31')
    expect(days.heardBy(street, 'ledger').at(-1)).toBe('2026-10-23 owner-0')
  })

  test('comes ahead of Spring Festival', () => {
    const calendar = structuredClone(pack.calendar)
    calendar.years[0]!.holidays = [{ from: '2026-02-15', to: '2026-02-26', name: '春节' }]
    const days = month({ organizations: [], calendar }, '2026-02-01', '2026-02-27')
    expect(days.heardBy(street, 'ledger').at(-1)).toBe('2026-02-14 owner-0')
  })

  test('is not reminded of once it was handed in', () => {
    const days = new Days(owed({ organizations: [], since: '2026-11-01' }))
    days.through('2026-11-01', '2026-11-18')
    days.happens('ledger', '2026-11', jiefang, jiefang, { type: 'reported', at, by: 'li', nothing: true })
    days.through('2026-11-19', '2026-12-10')
    expect(days.heardBy(street, 'ledger')).toEqual(['2026-11-17 owner-5'])
    expect(days.heardBy(bureau, 'ledger')).toEqual([])
  })

  test('after an outage only the last step is caught up, and it says that it is late', () => {
    const later = new Days(owed({ organizations: [], since: '2026-11-01' }))
    later.morning('2026-11-23')
    expect(later.heardBy(street, 'ledger')).toEqual(['2026-11-23 owner-2'])
    expect(later.reminders[0]!.reminder.late).toBe(true)
  })
})

describe('the monthly report', () => {
  test('is asked of the leader twice, then the community is asked to help', () => {
    const days = month({}, '2026-11-10', '2026-12-10')
    expect(days.heardBy('wang', 'monthlyReport')).toEqual(['2026-11-23 owner-5', '2026-11-26 owner-2'])
    expect(days.heardBy(community, 'monthlyReport')).toEqual(['2026-12-01 help-1'])
  })

  test('is due on 29 February in a leap year', () => {
    const days = month({ calendar: noHolidays }, '2028-02-10', '2028-02-29')
    const [first] = days.reminders.filter(({ reminder }) => reminder.duty.id === 'monthlyReport')
    // The filing lapsed in 2027, so nobody owes; one that is valid does.
    expect(first).toBeUndefined()
    const valid = month(
      { calendar: noHolidays, organizations: [organization({ validUntil: '2029-01-01' })] },
      '2028-02-10',
      '2028-02-29',
    )
    const [asked] = valid.reminders.filter(({ reminder }) => reminder.duty.id === 'monthlyReport')
    expect(asked?.reminder.last).toBe('2028-02-29')
  })

  test('is not owed by an organization filed after the month, nor by a cancelled one', () => {
    const facts = [organization({ filedOn: '2026-12-01' }), organization({ id: 'b', cancelled: true })]
    expect(
      month({ organizations: facts }, '2026-11-10', '2026-11-30').heardBy('wang', 'monthlyReport'),
    ).toEqual([])
  })

  test('goes to the community where nothing reaches the leader', () => {
    const days = month({ unreachable: new Set(['wang']) }, '2026-11-10', '2026-11-30')
    expect(days.heardBy('wang')).toEqual([])
    expect(days.heardBy(community, 'monthlyReport')).toEqual(['2026-11-23 unreachable-1'])
  })
})

describe('the two years of a filing', () => {
  const lapsing = (from: string, to: string) => month({ since: '2025-01-01' }, from, to)

  test('leader and community are told step by step, and each at most three times', () => {
    const days = lapsing('2026-09-01', '2027-02-15')
    expect(days.heardBy('wang', 'validity')).toEqual([
      '2026-11-11 owner-60',
      '2026-12-11 owner-30',
      '2026-12-25 owner-15',
    ])
    expect(days.heardBy(community, 'validity')).toEqual([
      '2026-10-12 community-90',
      '2026-12-25 community-15',
      '2027-01-01 community-7',
    ])
  })

  test('once it has lapsed leader and community hear it once, the street two weeks later', () => {
    const days = lapsing('2026-12-28', '2027-02-15')
    expect(days.heardBy('wang', 'lapsed')).toEqual(['2027-01-11 owner--1'])
    expect(days.heardBy(street, 'lapsed')).toEqual(['2027-01-25 street--15'])
  })

  test('nobody is told while a renewal is before the offices, nor after it', () => {
    const leaving = month({ organizations: [organization({ leaving: true })] }, '2026-09-01', '2027-02-15')
    expect(leaving.heardBy('wang', 'validity')).toEqual([])
    expect(leaving.heardBy('wang', 'lapsed')).toEqual([])
  })
})

describe('what people answer', () => {
  const answered = (answer: 'done' | 'later' | 'help' | 'notMine', until?: string): Days => {
    const days = new Days(owed({ since: '2026-11-01' }))
    days.through('2026-11-10', '2026-11-23')
    const event = { type: 'answered' as const, at, by: 'wang', answer, ...(until ? { until } : {}) }
    days.happens('monthlyReport', '2026-11', 'choir', mingzhu, event)
    days.through('2026-11-24', '2026-12-10')
    return days
  }

  test('过几天 is quiet until then, and then comes back once', () => {
    expect(answered('later', '2026-11-27').heardBy('wang', 'monthlyReport')).toEqual([
      '2026-11-23 owner-5',
      '2026-11-27 owner-2026-11-27',
    ])
  })

  test('已办好 ends it for everybody', () => {
    const days = answered('done')
    expect(days.heardBy('wang', 'monthlyReport')).toEqual(['2026-11-23 owner-5'])
    expect(days.heardBy(community, 'monthlyReport')).toEqual([])
  })

  test('请社区帮我 brings it before the community the next morning', () => {
    expect(answered('help').heardBy(community, 'monthlyReport')[0]).toBe('2026-11-24 asked-1')
  })

  test('不是我负责 leaves the person alone and asks the community', () => {
    const days = answered('notMine')
    expect(days.heardBy('wang', 'monthlyReport')).toEqual(['2026-11-23 owner-5'])
    expect(days.heardBy(community, 'monthlyReport')[0]).toBe('2026-11-24 notMine-1')
  })

  const answering = (days: Days, by: string, answer: 'later' | 'help' | 'notMine', until?: string): void =>
    days.happens('monthlyReport', '2026-11', 'choir', mingzhu, {
      type: 'answered',
      at,
      by,
      answer,
      ...(until ? { until } : {}),
    })

  test('过几天 after 不是我负责 takes nothing from the community', () => {
    const days = new Days(owed({ since: '2026-11-01' }))
    answering(days, 'wang', 'notMine')
    answering(days, 'wang', 'later', '2026-11-20')
    days.through('2026-11-10', '2026-12-10')
    expect(days.heardBy('wang', 'monthlyReport')).toEqual([])
    expect(days.heardBy(community, 'monthlyReport')[0]).toBe('2026-11-23 notMine-1')
  })

  test('whoever was asked instead and says 过几天 is asked again, and not who handed it on', () => {
    const days = new Days(owed({ since: '2026-11-01' }))
    days.through('2026-11-10', '2026-11-23')
    answering(days, 'wang', 'notMine')
    days.through('2026-11-24', '2026-11-24')
    answering(days, community, 'later', '2026-11-27')
    days.through('2026-11-25', '2026-12-10')
    expect(days.heardBy(community, 'monthlyReport').slice(0, 2)).toEqual([
      '2026-11-24 notMine-1',
      '2026-11-27 notMine-2026-11-27',
    ])
    expect(days.heardBy('wang', 'monthlyReport')).toEqual(['2026-11-23 owner-5'])
  })

  test('过几天 holds for who said it: a helper hears again on their own day, and so does the leader', () => {
    const days = new Days(owed({ since: '2026-11-01' }))
    days.through('2026-11-10', '2026-12-01')
    answering(days, 'wang', 'later', '2026-12-07')
    answering(days, community, 'later', '2026-12-03')
    days.through('2026-12-02', '2026-12-15')
    expect(days.heardBy(community, 'monthlyReport')).toEqual([
      '2026-12-01 help-1',
      '2026-12-03 help-2026-12-03',
    ])
    expect(days.heardBy('wang', 'monthlyReport').at(-1)).toBe('2026-12-07 owner-2026-12-07')
  })

  test.each([
    // The day after the leader heard of it again; and after a week all the same.
    ['2026-12-03', '2026-12-04 help-1'],
    ['2026-12-24', '2026-12-08 help-1'],
  ])('nobody is asked to help with what was put off until %s, for a week', (until, heard) => {
    const days = new Days(owed({ since: '2026-11-01' }))
    days.through('2026-11-10', '2026-11-26')
    answering(days, 'wang', 'later', until)
    days.through('2026-11-27', '2026-12-20')
    expect(days.heardBy(community, 'monthlyReport')).toEqual([heard])
  })

  test('a helper who asks for help or says 不是我负责 is heard by the office above, not by themselves', () => {
    for (const answer of ['help', 'notMine'] as const) {
      const days = new Days(owed({ since: '2026-11-01' }))
      days.through('2026-11-10', '2026-12-01')
      answering(days, community, answer)
      days.through('2026-12-02', '2026-12-15')
      expect(days.heardBy(community, 'monthlyReport')).toEqual(['2026-12-01 help-1'])
      expect(days.heardBy(street, 'monthlyReport')).toEqual([
        `2026-12-02 ${answer === 'help' ? 'asked' : answer}.street-1`,
      ])
    }
  })

  test('of two in an office the one who put it off is left in peace, the other is not', () => {
    const officers = ({ type }: { type: string }) => (type === 'office' ? ['li', 'he'] : [])
    const days = new Days(owed({ organizations: [], since: '2026-11-01' }), officers)
    days.through('2026-11-10', '2026-11-18')
    days.happens('ledger', '2026-11', jiefang, jiefang, {
      type: 'answered',
      at,
      by: 'li',
      answer: 'later',
      until: '2026-11-24',
    })
    days.through('2026-11-19', '2026-11-24')
    const heard = (user: string): string[] => days.heardBy(user, 'ledger').map((line) => line.slice(0, 10))
    expect(heard('li')).toEqual(['2026-11-17', '2026-11-24'])
    expect(heard('he')).toEqual(['2026-11-17', '2026-11-20', '2026-11-24'])
  })
})

test('a case that lies is brought before its office, then before the next one', () => {
  const lying = [
    {
      duty: 'communityCase' as const,
      id: 'c',
      name: '合唱队',
      place: mingzhu,
      leader: 'wang',
      since: '2026-11-02',
    },
  ]
  const days = month({ organizations: [], lying, authorities: [] }, '2026-11-02', '2026-11-20')
  expect(days.heardBy(community)).toEqual(['2026-11-05 owner-3', '2026-11-09 owner-5'])
  expect(days.heardBy(street)).toEqual(['2026-11-11 help-1'])
})

test('what is owed once a year is asked for before its end, and not in a year in which it was done', () => {
  const years = (before: (days: Days) => void): string[] => {
    const days = new Days(owed({ since: '2026-01-01', calendar: noHolidays }))
    before(days)
    days.through('2026-01-01', '2027-12-31')
    return days.heardBy(bureau, 'yearlyTraining')
  }
  const done = { type: 'noted' as const, at, by: 'zhaomin', state: 'done' as const }
  expect(years(() => {})).toEqual([
    '2026-12-03 owner-20',
    '2026-12-24 owner-5',
    '2027-12-03 owner-20',
    '2027-12-24 owner-5',
  ])
  expect(
    years((days) => days.happens('yearlyTraining', '2026', '450205000000', '450205000000', done)),
  ).toEqual(['2027-12-03 owner-20', '2027-12-24 owner-5'])
})

test.each<[string, string[]]>([
  ['2027-01-05', ['2026', '2027']],
  ['2027-02-05', ['2027']],
])('on %s these years are open', (day, years) => {
  const [duty] = dutiesOf(pack.duties, day, 'yearly')
  expect(duty && periodsOf(duty, day).map(({ period }) => period)).toEqual(years)
})

test('a day ends at midnight in China, not in UTC', () => {
  expect(dayOf(new Date('2026-11-23T15:59:59Z'))).toBe('2026-11-23')
  expect(dayOf(new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24')
})

test('a clock that is moved back reminds of nothing again', () => {
  const days = month({}, '2026-09-01', '2026-12-10')
  const before = days.sent.length
  days.through('2026-09-01', '2026-12-10')
  expect(days.sent.slice(before).flatMap(({ letter }) => letter.reminders)).toEqual([])
})

test('duties of 2022 and those without a day are reminded of by nobody', () => {
  const on = new Set(month({}, '2026-01-01', '2026-12-31').reminders.map(({ reminder }) => reminder.duty.id))
  expect([...on].sort()).toEqual(['inspection', 'ledger', 'monthlyReport', 'validity', 'yearlyTraining'])
})

/** Two years of organizations that file, report, renew or forget, with mornings on which the bot was away. */
const lives = fc.record({
  organizations: fc.array(
    fc.record({
      place: fc.constantFrom(mingzhu, '450205001002', '450205002001', jiefang),
      leader: fc.constantFrom('wang', 'chen', 'zhou', 'he'),
      filed: fc.integer({ min: -700, max: 400 }),
      renews: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
  reports: fc.array(fc.record({ on: fc.nat(729), who: fc.nat(8) }), { maxLength: 30 }),
  answers: fc.array(
    fc.record({ on: fc.nat(729), what: fc.constantFrom('later', 'help', 'notMine', 'done') }),
    {
      maxLength: 12,
    },
  ),
  away: fc.array(fc.record({ from: fc.nat(729), days: fc.integer({ min: 1, max: 40 }) }), { maxLength: 4 }),
  twice: fc.boolean(),
})

test('over two years: no duplicates, nothing after done, one letter a day, three a matter, working days only', () => {
  const start = '2026-01-01'
  fc.assert(
    fc.property(lives, ({ organizations, reports, answers, away, twice }) => {
      const days = new Days(owed({ since: start, authorities: [jiefang, '450205002000'] }))
      const list = organizations.map(({ filed, place, leader }, index) =>
        organization({
          id: `o${index}`,
          place,
          leader,
          filedOn: addDays(start, filed),
          validUntil: addDays(start, filed + 730),
          knownSince: addDays(start, Math.max(filed, 0)),
        }),
      )
      const done = new Map<string, number>()
      for (let number = 0; number < 730; number++) {
        const day = addDays(start, number)
        const now = list.map((one, index) =>
          organizations[index]!.renews && one.validUntil < addDays(day, 20)
            ? { ...one, filedOn: day, validUntil: addDays(one.validUntil, 730) }
            : one,
        )
        days.owed = { ...days.owed, organizations: now.filter(({ filedOn }) => filedOn <= day) }
        for (const { on, who } of reports) {
          if (on !== number || !list[who]) continue
          const id = matterId('monthlyReport', day.slice(0, 7), `o${who}`)
          done.set(id, number)
          const event = { type: 'reported' as const, at: `${day}T01:00:00.000Z`, by: 'x' }
          days.happens('monthlyReport', day.slice(0, 7), `o${who}`, list[who].place, event)
        }
        for (const { on, what } of answers) {
          const last = on === number ? days.reminders.at(-1) : undefined
          if (!last) continue
          const { duty, period, target, place } = last.reminder
          if (what === 'done') done.set(matterId(duty.id, period, target), number)
          days.happens(duty.id, period, target, place, {
            type: 'answered',
            at: `${day}T00:00:00.000Z`,
            by: last.to,
            answer: what as 'later',
            ...(what === 'later' ? { until: addDays(day, 3) } : {}),
          })
        }
        if (away.some(({ from, days: length }) => from <= number && number < from + length)) continue
        days.morning(day)
        if (twice) days.morning(day)
      }
      const keys = new Set<string>()
      const perMatter = new Map<string, number>()
      const perDay = new Set<string>()
      for (const { day, letter } of days.sent) {
        expect(isWorkingDay(day, days.owed.calendar)).toBe(true)
        expect(perDay.has(`${day} ${letter.to}`)).toBe(false)
        perDay.add(`${day} ${letter.to}`)
      }
      for (const { day, to, reminder } of days.reminders) {
        expect(keys.has(`${reminder.key} ${to}`)).toBe(false)
        keys.add(`${reminder.key} ${to}`)
        const id = matterId(reminder.duty.id, reminder.period, reminder.target)
        const since = done.get(id)
        expect(since === undefined || day < addDays(start, since)).toBe(true)
        if (!reminder.help) {
          const kind = `${id} ${to} ${reminder.step.split('-')[0]}`
          perMatter.set(kind, (perMatter.get(kind) ?? 0) + 1)
        }
      }
      expect(Math.max(0, ...perMatter.values())).toBeLessThanOrEqual(3)
    }),
    { numRuns: 5 },
  )
})

test('without outages every month of every authority is reminded of or handed in', () => {
  const days = month({ organizations: [], calendar: noHolidays }, '2026-01-01', '2027-12-31')
  const months = new Set(
    days.reminders.map(({ reminder }) => reminder.period).filter((p) => /^\d{4}-\d\d$/.test(p)),
  )
  expect(months.size).toBe(24)
})

test('what is due is the same however often it is asked', () => {
  const facts = owed({ since: '2026-01-01' })
  expect(due(facts, '2026-11-24')).toEqual(due(facts, '2026-11-24'))
})
