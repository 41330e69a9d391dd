import type { Answers } from '../../forms/answers.ts'
import type { Pack } from '../../pack.ts'
import { shortName } from '../names.ts'
import { isStreetLevel, type Place } from '../places.ts'
import { charterRecord } from './record.ts'

/**
 * Answers to the charter form that follow from the filing form and the place, by field id: filled in beforehand
 * and read back, or offered. What the filing does not tell is not in it.
 */
export function charterDefaults(
  record: Answers,
  place: Place,
  { jurisdiction, names }: Pick<Pack, 'jurisdiction' | 'names'>,
): Record<string, string> {
  const { name, scope, positions } = charterRecord(record)
  const residence = isStreetLevel(place) ? [place.street.name] : [place.street.name, place.name]
  return {
    ...(name === undefined ? {} : { shortName: shortName(name, jurisdiction, names) }),
    founders: `${place.name}居民`,
    partyOrganization: residence.map((where) => `${where}党组织`).join('、'),
    ...(scope.length === 0 ? {} : { activities: scope.join('；') }),
    ...(positions.length === 0 ? {} : { leaderTitles: positions.join('、') }),
  }
}
