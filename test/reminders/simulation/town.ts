import { addDays, type Day } from '../../../src/clock.ts'
import type { Role } from '../../../src/directory/roles.ts'
import type { Staff, StaffGroup } from '../../../src/directory/staff.ts'
import type { Filing } from '../../../src/filings/filing.ts'
import { UNCLAIMED } from '../../../src/filings/ledger-import.ts'
import { authorityOf } from '../../../src/filings/place-code.ts'
import { allPlaces } from '../../../src/filings/places.ts'
import type { Jurisdiction } from '../../../src/pack.ts'
import { lastDayOf, monthAfter } from '../../../src/reminders/days.ts'
import type { Chance } from '../../conversation/random.ts'

/** An invented organization and the person who leads it. */
export type Town = {
  organizations: Map<string, Organization>
  staff: Staff
  /** Known to WeCom. */
  members: Set<string>
  /** Keys and chat ids of groups, with the place of each. */
  groups: Map<string, string>
  /** Leaders who declined the notice. */
  declined: Set<string>
  /** Codes of the streets and towns. */
  streets: string[]
}

export type Organization = {
  id: string
  /** 0123, which stands in the name. */
  number: string
  leader: string
  place: string
  validUntil: Day
  /** When it was renewed, and until when it had been valid before. */
  renewals: { at: Date; on: Day; until: Day }[]
  rounds: number
  /** Cancelled on this day. */
  left?: Day
}

export const robotUrl = (key: string): string => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`

/** A district with so many organizations, staff in all its offices but a few, and a group for most places. */
export function foundTown(count: number, start: Day, jurisdiction: Jurisdiction, chance: Chance): Town {
  const places = allPlaces(jurisdiction)
  const communities = jurisdiction.streets.flatMap(({ communities }) => communities.map(({ code }) => code))
  const members = new Set<string>()
  const declined = new Set<string>()
  const organizations = new Map<string, Organization>()
  for (let n = 0; n < count; n++) {
    const number = String(n).padStart(4, '0')
    // Some lead two, some have not claimed theirs, some are not in WeCom.
    const leader = chance.happens(0.04) ? UNCLAIMED : `leader${chance.happens(0.1) && n > 0 ? n - 1 : n}`
    const validUntil = addDays(start, 20 + chance.below(720))
    const place = chance.happens(0.02) ? chance.pick(jurisdiction.streets).code : chance.pick(communities)
    organizations.set(`o${number}`, {
      id: `o${number}`,
      number,
      leader,
      place,
      validUntil,
      renewals: [],
      rounds: 1,
    })
    if (leader !== UNCLAIMED && chance.happens(0.97)) members.add(leader)
    if (leader !== UNCLAIMED && chance.happens(0.02)) declined.add(leader)
  }
  const appointments: Staff['appointments'][number][] = []
  const appoint = (role: Role, place: string | undefined, userId: string): void => {
    appointments.push({ userId, name: userId, role, place })
    members.add(userId)
  }
  for (const code of communities) if (chance.happens(0.95)) appoint('community', code, `worker${code}`)
  for (const { code } of jurisdiction.streets) {
    appoint('street', code, `officer${code}a`)
    if (chance.happens(0.5)) appoint('street', code, `officer${code}b`)
  }
  appoint('district', undefined, 'bureau')
  appoint('operator', undefined, 'operator')
  const groups = new Map<string, string>()
  const known: StaffGroup[] = places.flatMap(({ code, name }) => {
    if (!chance.happens(0.8)) return []
    const key = `group${code}`
    groups.set(key, code)
    const reach = chance.happens(0.7) ? { webhook: robotUrl(key) } : { chatId: key }
    return [{ name: `${name}群`, place: code, ...reach }]
  })
  const staff = { appointments, groups: known, places: new Map(places.map((place) => [place.code, place])) }
  return {
    organizations,
    staff,
    members,
    groups,
    declined,
    streets: jurisdiction.streets.map(({ code }) => code),
  }
}

/** Until when it was valid as it was known on a day. */
export const validUntilOn = ({ validUntil, renewals }: Organization, day: Day): Day =>
  renewals.find(({ on }) => on >= day)?.until ?? validUntil

/** The filing that gives an organization its present term, as it was taken over or filed anew. */
export function filingOf({ id, number, leader, place, validUntil, rounds }: Organization, at: Date): Filing {
  const isFirst = rounds === 1
  return {
    id: isFirst ? id : `${id}-${rounds}`,
    caseNumber: `2026-${number}${rounds}`,
    kind: isFirst ? 'initial' : 'renewal',
    form: { id: 'initial', version: 1 },
    applicant: leader,
    organizationName: nameOf(number),
    ...(isFirst ? {} : { organizationId: id }),
    place,
    answers: {},
    events: [granted(`柳北备〔2026〕${number}${rounds}号`, validUntil, at)],
  }
}

/** The organization is dissolved. */
export function cancellationOf(organization: Organization, at: Date): Filing {
  const { id, number, validUntil, rounds } = organization
  return {
    ...filingOf({ ...organization, rounds: rounds + 1 }, at),
    id: `${id}-end`,
    kind: 'cancellation',
    events: [granted(`柳北备〔2026〕${number}${rounds}号`, validUntil, at)],
  }
}

const granted = (filingNumber: string, validUntil: Day, at: Date): Filing['events'][number] => ({
  type: 'imported',
  by: 'bureau',
  at: at.toISOString(),
  filingNumber,
  filedOn: addDays(validUntil, -730),
  validUntil,
})

export const nameOf = (number: string): string => `柳北区第${number}支队伍`

/** The numbers of the organizations a text names. */
export const numbersIn = (text: string): string[] =>
  [...text.matchAll(/第(\d{4})支队伍/g)].map((found) => found[1]!)

/** Whether a person may be told of an organization. */
export function mayHear(user: string, { leader, place }: Organization, { staff }: Town): boolean {
  if (user === leader) return true
  return staff.appointments.some(
    (one) =>
      one.userId === user &&
      (one.place === undefined || one.place === place || one.place === authorityOf(place)),
  )
}

/** Whether a term as it was known on a day ends around the last day of a report. */
export const isShortOf = (organization: Organization, day: Day, last: Day): boolean =>
  validUntilOn(organization, day) < addDays(last, 60)

/** Every month from the one of a day, as long as its last day is before another one. */
export function monthsBetween(from: Day, to: Day): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); lastDayOf(month) < to; month = monthAfter(month)) months.push(month)
  return months
}
