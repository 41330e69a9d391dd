import { addDays, type Day } from '../clock.ts'
import { authorityOf } from '../filings/place-code.ts'
import type { UserId } from '../messages.ts'
import { lastWorkingDay, workingDaysBetween, type Calendar } from '../calendar.ts'
import { monthOf, workingDayBefore } from './days.ts'
import { PERIODIC, periodsOf, targetsOf } from './due.ts'
import { dutiesOf, type Duty } from './duties.ts'
import { isDone, matterId } from './matter.ts'
import type { Owed } from './owed.ts'

/** What is still owed of one duty for one period within a place. */
export type Owing = {
  duty: Duty
  period: string
  last: Day
  /** Ids of organizations or codes of places, and their leaders where they are organizations. */
  targets: { target: string; place: string; name?: string; leader?: UserId }[]
  /** How many owe it at all, those who have handed it in too. */
  of: number
}

/** What has not been handed in at places (codes) of some kind, for the periods open on this day. */
export const owingAt = (owed: Owed, day: Day, within: (place: string) => boolean): Owing[] =>
  owingOf(owed, day, () => true, within)

function owingOf(
  owed: Owed,
  day: Day,
  counts: (last: Day) => boolean,
  within: (place: string) => boolean,
): Owing[] {
  return dutiesOf(owed.duties, day, ...PERIODIC).flatMap((duty) =>
    periodsOf(duty, day)
      .filter(({ last }) => counts(last))
      .map(({ period, last }) => {
        const all = targetsOf(duty, last, owed).filter((one) => last >= one.since && within(one.place))
        const open = all.filter(({ target }) => {
          const matter = owed.matters.get(matterId(duty.id, period, target))
          return matter === undefined || !isDone(matter)
        })
        const targets = open.map(({ target, place, name, owner }) => ({
          target,
          place,
          ...(name === undefined ? {} : { name }),
          ...(owner.type === 'leader' ? { leader: owner.user } : {}),
        }))
        return { duty, period, last, targets, of: all.length }
      }),
  )
}

/** In a group only what is due within so many working days is mentioned. */
const NEAR = 2

/** What groups are told today, by the code of their place: only what is due now, and nothing where nobody owes. */
export function digestsOn(
  owed: Owed,
  day: Day,
): (place: string) => Pick<Owing, 'duty' | 'period' | 'last' | 'targets'>[] {
  const isNear = (last: Day): boolean =>
    workingDayBefore(last, NEAR, owed.calendar) <= day && day <= lastWorkingDay(last, owed.calendar)
  const near = owingOf(owed, day, isNear, () => true).map(({ targets, ...about }) => ({
    about,
    at: byPlace(targets),
  }))
  return (place) =>
    near.flatMap(({ about, at }) => {
      const targets = at.get(place)
      return targets ? [{ ...about, targets }] : []
    })
}

/** What lies in each place: in a street all of its communities. */
function byPlace<One extends { place: string }>(all: readonly One[]): Map<string, One[]> {
  const found = new Map<string, One[]>()
  for (const one of all) {
    for (const place of new Set([one.place, authorityOf(one.place)])) {
      const there = found.get(place)
      if (there) there.push(one)
      else found.set(place, [one])
    }
  }
  return found
}

/** Working days into a month. */
const MOST_LATE_DAYS = 5

/** The numbers of a month are told on its first working day, or as soon after as the bot is up again. */
export const isEarlyInMonth = (day: Day, calendar: Calendar): boolean =>
  workingDaysBetween(addDays(`${monthOf(day)}-01`, -1), day, calendar) <= MOST_LATE_DAYS
