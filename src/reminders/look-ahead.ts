import { isWorkingDay } from '../calendar.ts'
import { startOf, type Day } from '../clock.ts'
import type { UserId } from '../messages.ts'
import type { Audience } from './audience.ts'
import { due } from './due.ts'
import { lettersOf, noted, type Letter } from './letters.ts'
import type { Owed } from './owed.ts'

/** What goes out on one day. */
export type DayAhead = { day: Day; letters: Letter[] }

type Looking = {
  receivers: (audience: Audience) => UserId[]
  /** Who was written to on the first of the days already. */
  hasLetter: (user: UserId) => boolean
  /** Whether what belongs to a place (a code) is looked at. */
  within: (place: string) => boolean
}

/**
 * What will go out on these days if nothing happens meanwhile. The letters of each day are noted as the sender does
 * it, so that no step comes twice.
 */
export function lookAhead(
  owed: Owed,
  days: readonly Day[],
  { receivers, hasLetter, within }: Looking,
): DayAhead[] {
  const matters = new Map(owed.matters)
  const here = { ...owedWithin(owed, within), matters }
  return days
    .filter((day) => isWorkingDay(day, owed.calendar))
    .map((day) => {
      const reminders = due(here, day).filter(({ place }) => within(place))
      const { letters } = lettersOf(reminders, receivers, (user) => day === days[0] && hasLetter(user))
      const at = startOf(day).toISOString()
      for (const letter of letters)
        for (const matter of noted(letter, (id) => matters.get(id), day, at)) matters.set(matter.id, matter)
      return { day, letters }
    })
}

/** What concerns other places changes nothing at these, so it need not be computed. */
function owedWithin(owed: Owed, within: (place: string) => boolean): Owed {
  const isHere = ({ place }: { place: string }): boolean => within(place)
  return {
    ...owed,
    organizations: owed.organizations.filter(isHere),
    lying: owed.lying.filter(isHere),
    authorities: owed.authorities.filter(within),
  }
}
