import { allPlaces, type Place } from '../filings/places.ts'
import type { UserId } from '../messages.ts'
import type { Jurisdiction } from '../pack.ts'
import type { Directory } from './directory.ts'
import { placeAt } from './place-path.ts'
import type { Role } from './roles.ts'

/** One role of one person, bound to its place. */
export type Appointment = {
  userId: UserId
  name: string
  role: Role
  /** Code of a community, village, street or town; undefined is the whole district. */
  place: string | undefined
  phone?: string
}

export type StaffGroup = { name: string; place: string; webhook?: string; chatId?: string }

/** Everyone with a role, as one value for a whole turn. */
export type Staff = {
  appointments: readonly Appointment[]
  groups: readonly StaffGroup[]
  /** All places of the district by code. */
  places: ReadonlyMap<string, Place>
}

/**
 * Binds a directory to the places of a jurisdiction. ADMIN_USERIDS count as district and operator. What names a
 * place that is not there (any more) holds no role; `unknown` names these places.
 */
export function staffOf(
  directory: Directory,
  jurisdiction: Jurisdiction,
  admins: readonly UserId[],
): { staff: Staff; unknown: string[] } {
  const unknown = new Set<string>()
  const codeOf = (path: string): string | undefined => {
    const code = placeAt(path, jurisdiction)?.code
    if (code === undefined) unknown.add(path)
    return code
  }
  const appointments: Appointment[] = []
  const appoint = (appointment: Appointment) => {
    const { userId, role, place } = appointment
    const known = appointments.some(
      (other) => other.userId === userId && other.role === role && other.place === place,
    )
    if (!known) appointments.push(appointment)
  }
  for (const { userid, name, role, place: path, phone } of directory.people) {
    const place = path === undefined ? undefined : codeOf(path)
    if (path !== undefined && place === undefined) continue
    appoint({ userId: userid, name, role, place, ...(phone === undefined ? {} : { phone }) })
  }
  for (const userId of admins) {
    const name = directory.people.find(({ userid }) => userid === userId)?.name ?? userId
    appoint({ userId, name, role: 'district', place: undefined })
    appoint({ userId, name, role: 'operator', place: undefined })
  }
  const groups = directory.groups.flatMap(({ name, place: path, webhook, chatid }) => {
    const place = codeOf(path)
    if (place === undefined) return []
    return [{ name, place, ...(webhook ? { webhook } : {}), ...(chatid ? { chatId: chatid } : {}) }]
  })
  const places = new Map(allPlaces(jurisdiction).map((place) => [place.code, place]))
  return { staff: { appointments, groups, places }, unknown: [...unknown] }
}
