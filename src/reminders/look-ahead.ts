import { isWorkingDay } from '../calendar.ts'
import { startOf, type Day } from '../clock.ts'
import type { UserId } from '../messages.ts'
import type { Audience } from './audience.ts'
import { remindersOn, type Since } from './due.ts'
import { lettersOf, noted, type Letter } from './letters.ts'
import { isDone, lastAnswers, matterId, type Matter } from './matter.ts'
import { untold, type News } from './news.ts'
import type { Owed, OwingOrganization, Reminder } from './owed.ts'

/** What goes out on one day. `news` came in before it, for the offices it was handed in to. */
export type DayAhead = { day: Day; letters: Letter[]; news: ReadonlyMap<UserId, News[]> }

type Looking = {
  receivers: (audience: Audience) => UserId[]
  /** Those who have a role at a place themselves, and nobody instead of them. */
  appointed: (audience: Audience) => UserId[]
  /** Who was written to on the first of the days already. */
  hasLetter: (user: UserId) => boolean
  /** Whether what belongs to a place (a code) is looked at. */
  within: (place: string) => boolean
}

/**
 * What will go out on these days if nothing happens meanwhile. The letters of each day are noted as the sender does
 * it, so that no step comes twice; after the first day only what is new on a day is worked out.
 */
export function lookAhead(
  owed: Owed,
  days: readonly Day[],
  { receivers, appointed, hasLetter, within }: Looking,
): DayAhead[] {
  const matters = new Map(owed.matters)
  const here = { ...owedWithin(owed, within), matters }
  const lapsing = byLastDay(here.organizations)
  const putOff = putOffAfter(here)
  const told = new Set<string>()
  const waiting: Reminder[] = []
  const ahead: DayAhead[] = []
  for (const day of days) {
    if (!isWorkingDay(day, owed.calendar)) continue
    const before = ahead.at(-1)?.day
    const since =
      before === undefined ? undefined : { day: before, again: againOn(waiting, putOff(before)), lapsing }
    const reminders = remindersOn(here, day, since).filter(({ place }) => within(place))
    const isServed = (user: UserId): boolean => day === days[0] && hasLetter(user)
    const { letters } = lettersOf(reminders, receivers, isServed, matters, day)
    const written = new Set(letters.flatMap((letter) => letter.reminders))
    waiting.splice(0, waiting.length, ...reminders.filter((reminder) => !written.has(reminder)))
    const at = startOf(day).toISOString()
    for (const letter of letters)
      for (const matter of noted(letter, (id) => matters.get(id), day, at)) matters.set(matter.id, matter)
    const news = ahead.length < NEWS_DAYS ? newsOn(here, day, { appointed, isServed, told }) : new Map()
    ahead.push({ day, letters, news })
  }
  return ahead
}

/** Whoever was not told on the first of the days is on the second; after that nothing new has come in. */
const NEWS_DAYS = 2

/** What came in and nobody was told of yet. */
function newsOn(
  owed: Owed,
  day: Day,
  {
    appointed,
    isServed,
    told,
  }: Pick<Looking, 'appointed'> & { isServed: Looking['hasLetter']; told: Set<string> },
): Map<UserId, News[]> {
  const news = new Map<UserId, News[]>()
  for (const [user, came] of untold(owed, day, appointed)) {
    const fresh = came.filter(({ matter }) => !told.has(`${user} ${matter.id}`))
    if (isServed(user) || fresh.length === 0) continue
    for (const { matter } of fresh) told.add(`${user} ${matter.id}`)
    news.set(user, fresh)
  }
  return news
}

function byLastDay(organizations: readonly OwingOrganization[]): Since['lapsing'] {
  const found = new Map<Day, [number, OwingOrganization][]>()
  for (const [index, one] of organizations.entries()) {
    const same = found.get(one.validUntil)
    if (same) same.push([index, one])
    else found.set(one.validUntil, [[index, one]])
  }
  return (day) => found.get(day) ?? []
}

/** What somebody put off until after a day: on the day they said it comes again, or sooner before those who help. */
function putOffAfter({ matters }: Owed): (before: Day) => Matter[] {
  const open = [...matters.values()].flatMap((matter) => {
    const until = lastAnswers(matter)
      .map((answer) => answer.until ?? '')
      .sort()
      .at(-1)
    return !until || isDone(matter) ? [] : [{ matter, until }]
  })
  return (before) => open.flatMap(({ matter, until }) => (before < until ? [matter] : []))
}

function againOn(waiting: readonly Reminder[], putOff: readonly Matter[]): Map<string, Set<string>> {
  const again = new Map<string, Set<string>>()
  const add = (duty: string, id: string): void => {
    const known = again.get(duty)
    if (known) known.add(id)
    else again.set(duty, new Set([id]))
  }
  for (const { duty, period, target } of waiting) add(duty.id, matterId(duty.id, period, target))
  for (const { duty, id } of putOff) add(duty, id)
  return again
}

/** What concerns other places changes nothing at these, so it need not be computed. */
function owedWithin(owed: Owed, within: (place: string) => boolean): Owed {
  const isHere = ({ place }: { place: string }): boolean => within(place)
  return {
    ...owed,
    organizations: owed.organizations.filter(isHere),
    lying: owed.lying.filter(isHere),
    authorities: owed.authorities.filter(within),
    incubators: owed.incubators.filter(within),
  }
}
