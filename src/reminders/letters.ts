import type { Day } from '../clock.ts'
import type { UserId } from '../messages.ts'
import type { Audience } from './audience.ts'
import { hasHeardEnough, matterId, wantsToHear, type Matter } from './matter.ts'
import type { Reminder } from './owed.ts'

/** All that one person is reminded of on one day: one letter a day for each person. */
export type Letter = { to: UserId; reminders: Reminder[] }

/**
 * Who gets what today. What concerns somebody who had today's letter waits until tomorrow, for all of an office at
 * once; so does a call for help where those who owe it are only told today, as after an outage. Who heard enough of a
 * matter, perhaps in place of an office that nobody holds, hears no more unless somebody asks for them; who put it off
 * or refused it is left in peace, their colleagues are not. `nobody` are those that have no receiver at all: an operator
 * must hear of them.
 */
export function lettersOf(
  reminders: readonly Reminder[],
  receivers: (audience: Audience) => UserId[],
  hasLetter: (user: UserId) => boolean,
  matters: ReadonlyMap<string, Matter>,
  day: Day,
): { letters: Letter[]; nobody: Reminder[] } {
  const letters = new Map<UserId, Letter>()
  const nobody: Reminder[] = []
  const hearing = (reminder: Reminder, users: UserId[]): UserId[] => {
    const matter = matters.get(idOf(reminder))
    const isAsked = reminder.help === 'asked' || reminder.help === 'notMine'
    if (!matter) return users
    return users.filter(
      (user) => wantsToHear(matter, user, day) && (isAsked || !hasHeardEnough(matter, user)),
    )
  }
  const owners = new Map(
    reminders.flatMap((one) => (one.help ? [] : [[idOf(one), hearing(one, receivers(one.to))] as const])),
  )
  for (const reminder of reminders) {
    const all = receivers(reminder.to)
    if (all.length === 0) nobody.push(reminder)
    const to = hearing(reminder, all)
    if (to.some(hasLetter)) continue
    const told = reminder.help === 'overdue' ? (owners.get(idOf(reminder)) ?? []) : []
    if (told.length > 0 && !to.every((user) => told.includes(user))) continue
    for (const user of to) {
      const letter = letters.get(user)
      if (letter) letter.reminders.push(reminder)
      else letters.set(user, { to: user, reminders: [reminder] })
    }
  }
  return { letters: [...letters.values()], nobody }
}

const idOf = ({ duty, period, target }: Reminder): string => matterId(duty.id, period, target)

/** The matters of a letter, with the letter noted in them: what stands there is never reminded of again. */
export function noted(
  { to, reminders }: Letter,
  find: (id: string) => Matter | undefined,
  day: Day,
  at: string,
): Matter[] {
  const matters = new Map<string, Matter>()
  for (const { duty, period, target, place, step } of reminders) {
    const id = matterId(duty.id, period, target)
    const matter = matters.get(id) ?? find(id) ?? { id, duty: duty.id, period, target, place, events: [] }
    matters.set(id, { ...matter, events: [...matter.events, { type: 'reminded', at, day, step, to }] })
  }
  return [...matters.values()]
}

/**
 * Letters that share a reminder, together: its step is noted once for all who get it, so they must be promised
 * together or not at all.
 */
export function families<One extends Letter>(letters: readonly One[]): One[][] {
  const familyOf = new Map<string, One[]>()
  const families = new Set<One[]>()
  for (const letter of letters) {
    const family = [letter]
    for (const { key } of letter.reminders) {
      const other = familyOf.get(key)
      if (!other || other === family || !families.has(other)) continue
      family.push(...other)
      families.delete(other)
    }
    families.add(family)
    for (const { reminders } of family) for (const { key } of reminders) familyOf.set(key, family)
  }
  return [...families]
}

/** What an earlier letter held comes late; of one matter in one capacity only the newest is said. */
export function joined(earlier: readonly Reminder[], now: readonly Reminder[]): Reminder[] {
  const about = ({ duty, period, target, help }: Reminder): string =>
    `${matterId(duty.id, period, target)} ${help ?? ''}`
  const all = [...earlier.map((reminder) => ({ ...reminder, late: true })), ...now]
  return [...new Map(all.map((reminder) => [about(reminder), reminder])).values()]
}
