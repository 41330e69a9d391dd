import type { Calendar } from '../calendar.ts'
import type { Day } from '../clock.ts'
import type { UserId } from '../messages.ts'
import type { Audience } from './audience.ts'
import type { Duties, Duty } from './duties.ts'
import type { Matter } from './matter.ts'
import type { Help } from './sent.ts'

/** A filed organization, as far as reminders must know it. */
export type OwingOrganization = {
  id: string
  name: string
  /** Code of its place. */
  place: string
  leader: UserId
  filedOn: Day
  validUntil: Day
  /** Since when the bot knows this round; nothing from before is caught up. */
  knownSince: Day
  cancelled: boolean
  /** A renewal or cancellation was submitted and is not decided: nobody needs to be told that it lapses. */
  leaving: boolean
}

/** Something that waits for somebody: a draft, a returned case, a case before an office. */
export type Lying = {
  duty: 'draft' | 'returned' | 'communityCase' | 'streetCase'
  /** Id of the draft or filing. */
  id: string
  name: string
  place: string
  leader: UserId
  /** Since when it lies where it lies. */
  since: Day
}

/** Everything that decides what is owed, read beforehand. */
export type Owed = {
  duties: Duties
  calendar: Calendar
  organizations: readonly OwingOrganization[]
  lying: readonly Lying[]
  /** Codes of the streets and towns, each a filing authority. */
  authorities: readonly string[]
  /** Where there are incubators: codes of streets and towns, that of the district for the one of all. */
  incubators: readonly string[]
  /** Code of the district. */
  district: string
  /** What was reminded, said and handed in, by id. */
  matters: ReadonlyMap<string, Matter>
  /** Since when the bot works here. */
  since: Day
  /** People whom nothing reaches: their community is asked instead. */
  unreachable: ReadonlySet<UserId>
  /** People who declined the notice about personal data: they are left in peace, their community is asked instead. */
  declined: ReadonlySet<UserId>
}

export type Reminder = {
  /** `duty:period:target:step`: goes out once. */
  key: string
  duty: Duty
  period: string
  target: string
  /** Code of the place it belongs to. */
  place: string
  /** The organization, when it is about one. */
  name?: string
  step: string
  to: Audience
  /** The last day for it; since when it lies, for what lies. */
  last: Day
  /** Its day has passed: an outage, or somebody asked for some days. */
  late: boolean
  /** Not the one who owes it, but the next office, asked to help. Says why. */
  help?: Help
}
