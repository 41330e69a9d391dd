import { authorityOf, hasCommunityStep } from '../filings/place-code.ts'
import type { UserId } from '../messages.ts'
import type { Unit } from './duties.ts'

/** An office of the directory, or one leader. */
export type Audience =
  | { type: 'leader'; user: UserId }
  | { type: 'office'; role: 'community' | 'street' | 'incubator' | 'district'; place: string }

export const leaderOf = (user: UserId): Audience => ({ type: 'leader', user })

export const office = (role: Exclude<Unit, 'organization' | 'other'>, place: string): Audience => ({
  type: 'office',
  role,
  place,
})

/** The community of a place, or its street where there is none. */
export const communityOf = (place: string): Audience =>
  hasCommunityStep(place) ? office('community', place) : office('street', authorityOf(place))

/** Who is asked to help: person, community, street, bureau, one step each. */
export function helperOf(to: Audience, place: string, district: string): Audience | undefined {
  if (to.type === 'leader') return communityOf(place)
  switch (to.role) {
    case 'incubator':
      return place === district ? office('district', district) : office('street', place)
    case 'community':
      return office('street', authorityOf(place))
    case 'street':
      return office('district', district)
    case 'district':
      return undefined
  }
}
