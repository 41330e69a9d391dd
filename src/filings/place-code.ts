// What the digits of the national code of a place say; no directory is needed for it.

/** In the national code, nine digits name a street or town and three more a community; 000 is the whole street. */
const isStreetCode = (place: string): boolean => place.endsWith('000')

/** Organizations of street level have no committee above them (附件4第一条注1). */
export const hasCommunityStep = (place: string): boolean => !isStreetCode(place)

/** Code of the street or town whose office is the filing authority of a place. */
export const authorityOf = (place: string): string => `${place.slice(0, 9)}000`

/** Whether a place is this one or lies in it. */
export const isWithin = (place: string, outer: string): boolean =>
  isStreetCode(outer) ? authorityOf(place) === outer : place === outer
