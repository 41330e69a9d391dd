import { addDays, startOf, type Day } from '../clock.ts'
import { authorityOf } from '../filings/place-code.ts'
import type { UserId } from '../messages.ts'
import { communityOf, office, type Audience } from './audience.ts'
import type { Duty } from './duties.ts'
import { reportOf, type Matter } from './matter.ts'
import type { Owed } from './owed.ts'

/** Something was handed in, and an office it was handed in to should know. */
export type News = {
  duty: Duty
  matter: Matter
  /** The organization, when it is about one. */
  name?: string
  to: Audience
}

/** Older ones are left to the lists: nobody who is new in an office reads of last month. */
const NEWS_DAYS = 14

/**
 * What was handed in until yesterday, first come first, for each office that receives it (附件5五1(2), 七3, 八3); and
 * what an inspection found to be mended (附件5一7), for those who can help with it.
 */
function news(owed: Owed, day: Day): News[] {
  const names = new Map(owed.organizations.map(({ id, name }) => [id, name]))
  const duties = new Map(owed.duties.duties.map((duty) => [duty.id, duty]))
  const from = startOf(addDays(day, -NEWS_DAYS)).toISOString()
  const until = startOf(day).toISOString()
  return [...owed.matters.values()]
    .flatMap((matter) => {
      const at = reportOf(matter)?.at
      const duty = duties.get(matter.duty)
      return duty && at !== undefined && from <= at && at < until ? [{ duty, matter, at }] : []
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .flatMap(({ duty, matter }) => {
      const name = names.get(matter.target)
      const about = { duty, matter, ...(name === undefined ? {} : { name }) }
      return receiversOf(duty, matter, owed).map((to) => ({ ...about, to }))
    })
}

function receiversOf({ owes }: Duty, matter: Matter, { district, authorities }: Owed): Audience[] {
  const { place } = matter
  switch (owes) {
    case 'organization':
      return [communityOf(place), office('incubator', place)]
    case 'street':
      return [office('district', district)]
    case 'incubator':
      return [
        ...(place === district ? authorities : [place]).map((street) => office('street', street)),
        office('district', district),
      ]
    case 'district':
      return mendIn(matter) === undefined ? [] : [communityOf(place), office('street', authorityOf(place))]
    case 'community':
    case 'other':
      return []
  }
}

/** What was found on the spot that is to be mended. */
export const mendIn = (matter: Matter): string | undefined => reportOf(matter)?.said?.['mend']

/** What nobody told them of yet, for everybody of the offices it was handed in to; nobody else is told instead. */
export function untold(
  owed: Owed,
  day: Day,
  appointed: (audience: Audience) => UserId[],
): Map<UserId, News[]> {
  const untold = new Map<UserId, News[]>()
  for (const one of news(owed, day)) {
    for (const user of appointed(one.to)) {
      const known = untold.get(user) ?? []
      if (wasTold(one.matter, user) || known.some(({ matter }) => matter.id === one.matter.id)) continue
      known.push(one)
      untold.set(user, known)
    }
  }
  return untold
}

/** Whether a letter told this person of it. */
const wasTold = ({ events }: Matter, user: string): boolean =>
  events.some((event) => event.type === 'told' && event.to === user)
