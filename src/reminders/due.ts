import { lastWorkingDay, nextWorkingDay, type Calendar } from '../calendar.ts'
import { addDays, type Day } from '../clock.ts'
import { authorityOf, hasCommunityStep } from '../filings/place-code.ts'
import { communityOf, helperOf, leaderOf, office, type Audience } from './audience.ts'
import { chosen, OWNER, stepOf, type Step, type Subject } from './choose.ts'
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
import type { Lying, Owed, Reminder } from './owed.ts'

/**
 * What is to be reminded on a day. Done means not reminded; a step that was reminded never comes again; of
 * several missed steps only the last is caught up. Whoever sends them sees to one letter a day for each person.
 */
export function due(owed: Owed, day: Day): Reminder[] {
  return [
    ...dutiesOf(owed.duties, day, 'monthlyBefore', 'monthEnd', 'monthly', 'quarterly', 'once').flatMap(
      (duty) => periodsOf(duty, day).flatMap(({ period, last }) => ofPeriod(duty, period, last, owed, day)),
    ),
    ...dutiesOf(owed.duties, day, 'validity').flatMap((duty) => ofValidity(duty, owed, day)),
    ...dutiesOf(owed.duties, day, 'lying').flatMap((duty) => ofLying(duty, owed, day)),
  ]
}

type Periodic = DutyOf<'monthlyBefore' | 'monthEnd' | 'monthly' | 'quarterly' | 'once'>

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
function ofPeriod(duty: Periodic, period: string, last: Day, owed: Owed, day: Day): Reminder[] {
  const { calendar, district } = owed
  const { remind, helpAfter } = duty.when
  // All targets share their days.
  const own = remind.map((before) => ({ before, day: workingDayBefore(last, before, calendar) }))
  const help = helpAfter === undefined ? undefined : workingDayBefore(last, -helpAfter, calendar)
  if (own.every((one) => one.day > day) && (help === undefined || help > day)) return []
  return targetsOf(duty, last, owed).flatMap(({ since, ...about }) => {
    // Nobody is asked for a period that was over before the bot knew of them.
    if (last < since) return []
    const { owner: to, place } = about
    const steps = own.map((one) => stepOf(OWNER, one.before, { day: one.day, to }))
    const next = helperOf(to, place, district)
    if (help !== undefined && next) steps.push(stepOf('help', 1, { day: help, to: next, help: 'overdue' }))
    return chosen({ duty, period, last, ...about }, steps, since, owed, day)
  })
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

type Target = Pick<Subject, 'target' | 'place' | 'name' | 'owner'> & { since: Day }

/** Who owes a duty whose last day is `last`. */
export function targetsOf({ owes }: Duty, last: Day, owed: Owed): Target[] {
  const { since, authorities, organizations, district } = owed
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
    case 'incubator':
      return authorities.map(at(owes))
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
function ofValidity(duty: DutyOf<'validity'>, owed: Owed, day: Day): Reminder[] {
  const { leader, community, street } = duty.when
  const oldest = addDays(day, -HORIZON_DAYS)
  const furthest = addDays(day, Math.max(0, ...leader, ...community, ...street) + HOLIDAY_DAYS)
  return owed.organizations.flatMap((one) => {
    if (one.cancelled || one.leaving || one.validUntil > furthest || one.validUntil < oldest) return []
    const { id: target, place, name, validUntil: last } = one
    const owner = leaderOf(one.leader)
    const on = (days: number): Day => dayOfStep(addDays(last, -days), days, owed.calendar)
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
        steps.push(stepOf('help', 1, { day: after(helpAfter), to: next, help: 'overdue' }))
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
