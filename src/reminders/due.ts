import { lastWorkingDay, nextWorkingDay, type Calendar } from '../calendar.ts'
import { addDays, type Day } from '../clock.ts'
import { authorityOf, hasCommunityStep } from '../filings/place-code.ts'
import { communityOf, helperOf, leaderOf, office, type Audience } from './audience.ts'
import { OVERDUE, OWNER } from './capacity.ts'
import { chosen, stepOf, type Step, type Subject } from './choose.ts'
import {
  lastDayOf,
  lastDayOfQuarter,
  monthAfter,
  monthBefore,
  monthOf,
  quarterBefore,
  quarterOf,
  workingDayBefore,
} from './days.ts'
import { dutiesOf, type Duty, type DutyOf } from './duties.ts'
import { matterId } from './matter.ts'
import type { Lying, Owed, OwingOrganization, Reminder } from './owed.ts'

/**
 * What is to be reminded on a day. Done means not reminded; a step that was reminded never comes again; of
 * several missed steps only the last is caught up. Whoever sends them sees to one letter a day for each person.
 */
export const due = (owed: Owed, day: Day): Reminder[] => remindersOn(owed, day)

/** What was computed for a day just before, so that only what has come since must be. */
export type Since = {
  /** All that was due then was noted as reminded, but for what `again` holds. */
  day: Day
  /** Ids of matters that may come up again without a new step, by duty: what waited, what was put off until now. */
  again: ReadonlyMap<string, ReadonlySet<string>>
  /** Organizations that lapse on a day, with their place among all. */
  lapsing: (day: Day) => readonly [number, OwingOrganization][]
}

/** The same as `due` where only the steps of the days after `since` are new. */
export function remindersOn(owed: Owed, day: Day, since?: Since): Reminder[] {
  return [
    ...dutiesOf(owed.duties, day, ...PERIODIC).flatMap((duty) =>
      periodsOf(duty, day).flatMap(({ period, last }) => ofPeriod(duty, period, last, owed, day, since)),
    ),
    ...dutiesOf(owed.duties, day, 'validity').flatMap((duty) => ofValidity(duty, owed, day, since)),
    ...dutiesOf(owed.duties, day, 'lying').flatMap((duty) => ofLying(duty, owed, day)),
  ]
}

/** The kinds of dates that come by themselves, for everybody who owes the duty. */
export const PERIODIC = ['monthlyBefore', 'monthEnd', 'monthly', 'quarterly', 'yearly', 'once'] as const

type Periodic = DutyOf<(typeof PERIODIC)[number]>

/** So long a year that is over may still be asked for; after that the next one is what counts. */
const YEAR_ENDS_DAYS = 31

/** The present period and the one before, which may still be owed; each with its last day. */
export function periodsOf({ when }: Periodic, day: Day): { period: string; last: Day }[] {
  switch (when.type) {
    case 'once': {
      if (!when.reading) return []
      return [{ period: 'once', last: when[when.reading] }]
    }
    case 'quarterly': {
      const quarter = quarterOf(day)
      return [quarterBefore(quarter), quarter].map((period) => ({ period, last: lastDayOfQuarter(period) }))
    }
    case 'yearly': {
      const years = new Set([addDays(day, -YEAR_ENDS_DAYS), day].map((one) => one.slice(0, 4)))
      return [...years].map((period) => ({ period, last: `${period}-12-31` }))
    }
    case 'monthlyBefore':
    case 'monthEnd':
    case 'monthly': {
      const month = monthOf(day)
      return [monthBefore(month), month].flatMap((period) => {
        const last = lastDayIn(period, when)
        return last === undefined ? [] : [{ period, last }]
      })
    }
  }
}

function lastDayIn(
  month: string,
  when: Extract<Periodic['when'], { type: 'monthlyBefore' | 'monthEnd' | 'monthly' }>,
): Day | undefined {
  if (when.type === 'monthEnd') return lastDayOf(month)
  if (when.day === undefined) return undefined
  const following = when.type === 'monthly' && when.following
  const day = `${following ? monthAfter(month) : month}-${String(when.day).padStart(2, '0')}`
  return when.type === 'monthlyBefore' && !when.inclusive ? addDays(day, -1) : day
}

/** A duty of every target for one period: the organizations, or the places of an office. */
function ofPeriod(
  duty: Periodic,
  period: string,
  last: Day,
  owed: Owed,
  day: Day,
  since: Since | undefined,
): Reminder[] {
  const { calendar, district } = owed
  const { remind, helpAfter } = duty.when
  // All targets share their days, and of the steps that have come only the last counts.
  const own = remind
    .map((before) => ({ before, day: workingDayBefore(last, before, calendar) }))
    .filter((one) => one.day <= day)
    .reduce<{ before: number; day: Day } | undefined>(
      (latest, one) => (latest && one.day < latest.day ? latest : one),
      undefined,
    )
  const helpDay = helpAfter === undefined ? undefined : workingDayBefore(last, -helpAfter, calendar)
  const help = helpDay !== undefined && helpDay <= day ? helpDay : undefined
  if (!own && help === undefined) return []
  const isNew =
    !since ||
    [own?.day, help].some((one) => one !== undefined && one > since.day) ||
    !wasOwed(duty, period, owed, since.day)
  const again = isNew ? undefined : (since.again.get(duty.id) ?? NOTHING)
  if (again?.size === 0) return []
  return targetsOf(duty, last, owed).flatMap(({ since: from, ...about }) => {
    // Nobody is asked for a period that was over before the bot knew of them.
    if (last < from || again?.has(matterId(duty.id, period, about.target)) === false) return []
    const { owner: to, place } = about
    const steps = own ? [stepOf(OWNER, own.before, { day: own.day, to })] : []
    const next = help === undefined ? undefined : helperOf(to, place, district)
    if (help !== undefined && next) steps.push(stepOf(OVERDUE, 1, { day: help, to: next, help: 'overdue' }))
    return chosen({ duty, period, last, ...about }, steps, from, owed, day)
  })
}

const NOTHING: ReadonlySet<string> = new Set()

const wasOwed = (duty: Periodic, period: string, owed: Owed, day: Day): boolean =>
  dutiesOf(owed.duties, day, duty.when.type).includes(duty) &&
  periodsOf(duty, day).some((one) => one.period === period)

const later = (a: Day, b: Day): Day => (a > b ? a : b)

type Target = Pick<Subject, 'target' | 'place' | 'name' | 'owner'> & { since: Day }

/** Who owes a duty whose last day is `last`. */
export function targetsOf({ owes }: Duty, last: Day, owed: Owed): Target[] {
  const { since, authorities, incubators, organizations, district } = owed
  const at =
    (role: 'community' | 'street' | 'incubator' | 'district') =>
    (place: string): Target => ({ target: place, place, owner: office(role, place), since })
  switch (owes) {
    case 'organization':
      return organizations
        .filter(({ cancelled, filedOn, validUntil }) => !cancelled && filedOn <= last && validUntil >= last)
        .map(({ id: target, place, name, leader, knownSince }) => {
          return { target, place, name, owner: leaderOf(leader), since: later(knownSince, since) }
        })
    case 'street':
      return authorities.map(at(owes))
    case 'incubator':
      return incubators.map(at(owes))
    case 'community':
      return [...new Set(organizations.map(({ place }) => place).filter(hasCommunityStep))].map(at(owes))
    case 'district':
      return [district].map(at(owes))
    case 'other':
      return []
  }
}

/** What lapsed or lies longer than this is left to the lists; nobody is reminded of it any more. */
export const HORIZON_DAYS = 120

/** More than a long holiday: so much earlier may a step be taken ahead. */
const HOLIDAY_DAYS = 20

/** 附件1填表说明6. With every renewal the last day is another one, and all begins anew. */
function ofValidity(duty: DutyOf<'validity'>, owed: Owed, day: Day, since: Since | undefined): Reminder[] {
  const { leader, community, street } = duty.when
  const oldest = addDays(day, -HORIZON_DAYS)
  const furthest = addDays(day, Math.max(0, ...leader, ...community, ...street) + HOLIDAY_DAYS)
  const some = since && dutiesOf(owed.duties, since.day, 'validity').includes(duty)
  const organizations = some ? touched(duty, owed, day, since) : owed.organizations
  // Many lapse on the same day.
  const known = new Map<Day, (days: number) => Day>()
  return organizations.flatMap((one) => {
    if (one.cancelled || one.leaving || one.validUntil > furthest || one.validUntil < oldest) return []
    const { id: target, place, name, validUntil: last } = one
    const owner = leaderOf(one.leader)
    const on = known.get(last) ?? stepDays(last, owed.calendar)
    known.set(last, on)
    const steps: Step[] = [
      ...leader.map((days) => stepOf(OWNER, days, { day: on(days), to: owner })),
      ...community.map((days) => stepOf('community', days, { day: on(days), to: communityOf(place) })),
      ...street.map((days) =>
        stepOf('street', days, { day: on(days), to: office('street', authorityOf(place)) }),
      ),
    ]
    return chosen(
      { duty, period: last, target, place, name, last, owner },
      steps,
      later(one.knownSince, owed.since),
      owed,
      day,
    )
  })
}

/** On which day the step so many days before the last one is taken. */
function stepDays(last: Day, calendar: Calendar): (days: number) => Day {
  const found = new Map<number, Day>()
  return (days) => {
    const on = found.get(days) ?? dayOfStep(addDays(last, -days), days, calendar)
    found.set(days, on)
    return on
  }
}

/** The organizations of which a step falls on the days after `since`, or which may come up again; in their order. */
function touched(
  { id, when: { leader, community, street } }: DutyOf<'validity'>,
  { organizations, calendar }: Owed,
  day: Day,
  { day: before, again, lapsing }: Since,
): OwingOrganization[] {
  const found = new Map<number, OwingOrganization>()
  const [ahead, after] = daysMovedTo(before, day, calendar)
  for (const days of new Set([...leader, ...community, ...street])) {
    for (const on of days >= 0 ? ahead : after)
      for (const [index, one] of lapsing(addDays(on, days))) found.set(index, one)
  }
  const waiting = again.get(id) ?? NOTHING
  if (waiting.size > 0) {
    for (const [index, one] of organizations.entries())
      if (waiting.has(matterId(id, one.validUntil, one.id))) found.set(index, one)
  }
  return [...found].sort(([a], [b]) => a - b).map(([, one]) => one)
}

/** The days whose steps, moved as `dayOfStep` does, fall after `before` and not after `day`. */
function daysMovedTo(before: Day, day: Day, calendar: Calendar): [ahead: Day[], after: Day[]] {
  const ahead: Day[] = []
  for (let on = addDays(before, 1); lastWorkingDay(on, calendar) <= day; on = addDays(on, 1))
    if (lastWorkingDay(on, calendar) > before) ahead.push(on)
  const after: Day[] = []
  for (let on = day; nextWorkingDay(on, calendar) > before; on = addDays(on, -1))
    if (nextWorkingDay(on, calendar) <= day) after.push(on)
  return [ahead, after]
}

/** What comes before the last day is taken ahead of holidays; what follows it must not come before it. */
const dayOfStep = (day: Day, before: number, calendar: Calendar): Day =>
  before >= 0 ? lastWorkingDay(day, calendar) : nextWorkingDay(day, calendar)

function ofLying(duty: DutyOf<'lying'>, owed: Owed, day: Day): Reminder[] {
  const { remind, helpAfter } = duty.when
  const { calendar, district } = owed
  return owed.lying
    .filter((one) => one.duty === duty.id && one.since >= addDays(day, -HORIZON_DAYS))
    .flatMap((one) => {
      const { id: target, name, place, since } = one
      const owner = ownerOf(one)
      const after = (days: number): Day => workingDayBefore(since, -days, calendar)
      const steps = remind.map((days) => stepOf(OWNER, days, { day: after(days), to: owner }))
      const next = helperOf(owner, place, district)
      if (helpAfter !== undefined && next)
        steps.push(stepOf(OVERDUE, 1, { day: after(helpAfter), to: next, help: 'overdue' }))
      const subject = { duty, period: since, target, place, name, last: since, owner }
      return chosen(subject, steps, since, owed, day)
    })
}

function ownerOf({ duty, place, leader }: Lying): Audience {
  switch (duty) {
    case 'communityCase':
      return communityOf(place)
    case 'streetCase':
      return office('street', authorityOf(place))
    case 'draft':
    case 'returned':
      return leaderOf(leader)
  }
}
