import { addDays, dayOf, type Day } from '../clock.ts'
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

/** What was handed in until yesterday, first come first, for each office that receives it (附件5五1(2), 七3, 八3). */
export function news(owed: Owed, day: Day): News[] {
  const names = new Map(owed.organizations.map(({ id, name }) => [id, name]))
  return [...owed.matters.values()]
    .flatMap((matter) => {
      const report = reportOf(matter)
      const duty = owed.duties.duties.find(({ id }) => id === matter.duty)
      const on = report && dayOf(new Date(report.at))
      return duty && on !== undefined && on < day && on >= addDays(day, -NEWS_DAYS)
        ? [{ duty, matter, at: report?.at ?? '' }]
        : []
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .flatMap(({ duty, matter }) => {
      const name = names.get(matter.target)
      const about = { duty, matter, ...(name === undefined ? {} : { name }) }
      return receiversOf(duty, matter.place, owed.district).map((to) => ({ ...about, to }))
    })
}

function receiversOf({ owes }: Duty, place: string, district: string): Audience[] {
  switch (owes) {
    case 'organization':
      return [communityOf(place), office('incubator', place)]
    case 'street':
      return [office('district', district)]
    case 'incubator':
      return [office('street', place), office('district', district)]
    case 'community':
    case 'district':
    case 'other':
      return []
  }
}

/** Whether a letter told this person of it. */
export const wasTold = ({ events }: Matter, user: string): boolean =>
  events.some((event) => event.type === 'told' && event.to === user)
