import { allPlaces, isStreetLevel, type Place } from '../filings/places.ts'
import { plain } from '../forms/said.ts'
import type { Jurisdiction } from '../pack.ts'

/** How the directory file names a place: 解放街道/明珠社区, or 解放街道 for the street or town itself. */
export const pathOf = (place: Place): string =>
  isStreetLevel(place) ? place.name : `${place.street.name}/${place.name}`

/** One way to write a path: half-width slash, no spaces. */
export const tidyPath = (text: string): string => plain(text).replace(/\s/g, '').replace(/\/$/, '')

export const placeAt = (path: string, jurisdiction: Jurisdiction): Place | undefined =>
  allPlaces(jurisdiction).find((place) => pathOf(place) === path)

/** The existing path most like one that does not exist; undefined only for a jurisdiction without places. */
export function nearestPath(path: string, jurisdiction: Jurisdiction): string | undefined {
  let nearest: { path: string; edits: number } | undefined
  for (const place of allPlaces(jurisdiction)) {
    const known = pathOf(place)
    const edits = path.includes('/') ? editsBetween(path, known) : editsBetween(path, place.name)
    if (nearest === undefined || edits < nearest.edits) nearest = { path: known, edits }
  }
  return nearest?.path
}

/** How many characters must be put in, taken out or changed to get from one to the other (Levenshtein). */
function editsBetween(from: string, to: string): number {
  const target = [...to]
  let row = [0, ...target.keys()].map((_, index) => index)
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1]
    for (const [at, other] of target.entries()) {
      const changed = (row[at] ?? 0) + (character === other ? 0 : 1)
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
