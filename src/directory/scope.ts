import type { Step } from '../filings/event.ts'
import { isStreetLevel, type Place } from '../filings/places.ts'
import type { UserId } from '../messages.ts'
import type { Audience } from '../reminders/audience.ts'
import type { Role } from './roles.ts'
import type { Appointment, Staff, StaffGroup } from './staff.ts'

/** Everything a person is appointed to; none for a leader. */
export const rolesOf = (staff: Staff, userId: UserId): Appointment[] =>
  staff.appointments.filter((appointment) => appointment.userId === userId)

export const isStaff = (staff: Staff, userId: UserId): boolean =>
  staff.appointments.some((appointment) => appointment.userId === userId)

/** The name in the directory; the user id for someone who is not in it. */
export const staffName = (staff: Staff, userId: UserId): string =>
  staff.appointments.find((appointment) => appointment.userId === userId)?.name ?? userId

/**
 * Whether what belongs to a place (a code) is within an appointment: a community's own place only, a street's
 * own and everything in it, an incubator's street or all, everything for the district and, where the question
 * is of machines and not of people, for the operator. What a role may do there is for `mayAct` to say.
 */
export function reaches(staff: Staff, { role, place }: Appointment, code: string): boolean {
  switch (role) {
    case 'community':
      return place === code
    case 'street':
      return place !== undefined && place === staff.places.get(code)?.street.code
    case 'incubator':
      return place === undefined || place === staff.places.get(code)?.street.code
    case 'district':
    case 'operator':
      return true
  }
}

/** The codes of all places whose cases a person may list; the operator lists none. */
export const reachOf = (staff: Staff, userId: UserId): ReadonlySet<string> => {
  const appointments = rolesOf(staff, userId).filter(({ role }) => role !== 'operator')
  return new Set(
    [...staff.places.keys()].filter((code) => appointments.some((one) => reaches(staff, one, code))),
  )
}

/**
 * Whether a person answers for what belongs to a place: a code, or that of the district itself, which is the
 * bureau's alone. The operator oversees what the machine did, and nothing else.
 */
export function answersFor(
  staff: Staff,
  userId: UserId,
  { asOperator = false } = {},
): (code: string) => boolean {
  const mine = rolesOf(staff, userId).filter(({ role }) => asOperator || role !== 'operator')
  return (code) =>
    mine.some(
      (one) =>
        reaches(staff, one, code) &&
        (staff.places.has(code) || one.role === 'district' || one.role === 'operator'),
    )
}

/** An office of the review: the committee of a community or village, or the filing authority. */
export type Office = { role: Step; place: string }

/** The office that takes this step for an organization's place. Street-level ones have no committee. */
export function officeFor(role: Step, place: Place): Office | undefined {
  if (role === 'street') return { role, place: place.street.code }
  return isStreetLevel(place) ? undefined : { role, place: place.code }
}

/** 明珠社区居民委员会, 解放街道办事处. */
export function officeInWords(staff: Staff, office: Office): string {
  const place = staff.places.get(office.place)
  return (office.role === 'community' ? place?.committee : place?.authority) ?? place?.name ?? ''
}

/** Who sits in an office, without those who must keep out of the matter. */
export const holdersOf = (
  staff: Staff,
  { role, place }: Office,
  except: readonly UserId[] = [],
): Appointment[] =>
  staff.appointments.filter((one) => one.role === role && one.place === place && !except.includes(one.userId))

/**
 * Who is told of something that is due from a role at a place, each once. Where nobody is appointed, or only
 * people who must keep out of it, the next higher office: the street, then the district.
 */
export function recipients(
  staff: Staff,
  role: Role,
  place: string,
  except: readonly UserId[] = [],
): UserId[] {
  const there = appointed(staff, role, place).filter((userId) => !except.includes(userId))
  const next = nextHigher[role]
  return there.length === 0 && next !== undefined ? recipients(staff, next, place, except) : there
}

/** Who has this role at a place, each once. */
export const appointed = (staff: Staff, role: Role, place: string): UserId[] => [
  ...new Set(
    staff.appointments
      .filter((one) => one.role === role && reaches(staff, one, place))
      .map(({ userId }) => userId),
  ),
]

const nextHigher: Record<Role, Role | undefined> = {
  community: 'street',
  incubator: 'street',
  street: 'district',
  district: undefined,
  operator: undefined,
}

/**
 * The same for an audience of reminders; nobody for a leader without an account. What the incubator of a street owes
 * is not for the one of the whole district.
 */
export const receiversIn =
  (staff: Staff) =>
  (to: Audience): UserId[] => {
    if (to.type === 'leader') return to.user === '' ? [] : [to.user]
    const own = staff.appointments.filter(({ role, place }) => role === 'incubator' && place === to.place)
    return to.role === 'incubator' && own.length > 0
      ? own.map(({ userId }) => userId)
      : recipients(staff, to.role, to.place)
  }

/** Of an audience only those who have the role there themselves; nobody for a leader. */
export const appointedIn =
  (staff: Staff) =>
  (to: Audience): UserId[] =>
    to.type === 'office' ? appointed(staff, to.role, to.place) : []

/**
 * Where there are incubators (附件5七), or where one person works for them: codes of streets and towns, and that of
 * the district for the one of all.
 */
export const incubatorsIn = (staff: Staff, district: string, userId?: UserId): string[] => [
  ...new Set(
    staff.appointments
      .filter((one) => one.role === 'incubator' && (userId === undefined || one.userId === userId))
      .map(({ place }) => place ?? district),
  ),
]

/** The groups of exactly this place. */
export const groupsOf = (staff: Staff, place: string): StaffGroup[] =>
  staff.groups.filter((group) => group.place === place)

/** The groups of this name. */
export const groupsNamed = (staff: Staff, name: string): StaffGroup[] =>
  staff.groups.filter((group) => group.name === name)
