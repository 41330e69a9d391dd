import { z } from 'zod'
import type { Day } from '../clock.ts'
import { authorityOf } from '../filings/place-code.ts'
import type { Community, Jurisdiction } from '../pack.ts'
import { firstDayOf, lastDayOfQuarter, monthOf, quarterOf } from './days.ts'
import { matterId, type Matter } from './matter.ts'
import type { Owed, OwingOrganization } from './owed.ts'

const shared = {
  id: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  clause: z.string().min(1),
  title: z.string().min(1).max(40),
  unit: z.string().min(1).max(2),
  least: z.int().positive(),
  most: z.int().positive().optional(),
  /** Until when, as printed, and its last day. */
  printed: z.string().min(1),
  last: z.iso.date(),
}

/** A number the plan wants to be reached; what is beyond its last day is compared with and never demanded. */
export const Target = z.discriminatedUnion('counted', [
  /** Filed organizations: on average in the communities or villages, or in the whole district. */
  z.strictObject({
    ...shared,
    counted: z.literal('organizations'),
    among: z.enum(['community', 'village', 'district']),
    average: z.boolean().default(false),
  }),
  /** What the bureau noted in the list of responsibilities; `quantity` from 1. */
  z.strictObject({
    ...shared,
    counted: z.literal('noted'),
    among: z.literal('district'),
    duty: z.string(),
    quantity: z.int().min(1).max(4),
  }),
  /** The record does not know it. */
  z.strictObject({ ...shared, counted: z.literal('none'), among: z.literal('district') }),
])
export type Target = z.infer<typeof Target>

export const Targets = z.strictObject({ targets: z.array(Target).max(40) })
export type Targets = z.infer<typeof Targets>

/** A community or village, and how many organizations have their filing there now. */
export type Counted = Pick<Community, 'code' | 'name' | 'kind'> & {
  street: { code: string; name: string }
  count: number
}

/** How many organizations there are within some places. */
export type Tally = {
  /** In the order of the jurisdiction. */
  communities: Counted[]
  /** Valid ones, those of street level included. */
  total: number
  streetLevel: number
  /** Past their last day and not renewed: not counted. */
  lapsed: number
  /** The quarter, and for each of its months how many lapse in it. */
  quarter: string
  due: { month: string; count: number }[]
  /** All of them together. */
  ending: number
}

const isValid = ({ cancelled, filedOn, validUntil }: OwingOrganization, day: Day): boolean =>
  !cancelled && filedOn <= day && validUntil >= day

export function tallyOf(
  { organizations }: Pick<Owed, 'organizations'>,
  { streets }: Jurisdiction,
  day: Day,
  within: (place: string) => boolean,
): Tally {
  const here = organizations.filter(({ place }) => within(place))
  const valid = here.filter((one) => isValid(one, day))
  const counts = new Map<string, number>()
  for (const { place } of valid) counts.set(place, (counts.get(place) ?? 0) + 1)
  const communities = streets.flatMap(({ code, name, communities: all }) =>
    all
      .filter((one) => within(one.code) && (one.until === undefined || one.until > day))
      .map((one): Counted => ({
        code: one.code,
        name: one.name,
        kind: one.kind,
        street: { code, name },
        count: counts.get(one.code) ?? 0,
      })),
  )
  const inCommunities = communities.reduce((sum, { count }) => sum + count, 0)
  const quarter = quarterOf(day)
  const last = lastDayOfQuarter(quarter)
  const ending = here.filter(
    ({ cancelled, validUntil }) => !cancelled && firstDayOf(quarter) <= validUntil && validUntil <= last,
  )
  return {
    communities,
    total: valid.length,
    streetLevel: valid.length - inCommunities,
    lapsed: here.filter(({ cancelled, validUntil }) => !cancelled && validUntil < day).length,
    quarter,
    ending: ending.length,
    due: monthsOf(quarter).map((month) => ({
      month,
      count: ending.filter(({ validUntil }) => monthOf(validUntil) === month).length,
    })),
  }
}

/** Codes of the places, streets and towns included, whose tally of this day is not empty. */
export function placesWithNumbers({ organizations }: Pick<Owed, 'organizations'>, day: Day): Set<string> {
  const quarter = quarterOf(day)
  const [first, last] = [firstDayOf(quarter), lastDayOfQuarter(quarter)]
  const counted = organizations.filter(
    (one) => isValid(one, day) || (!one.cancelled && first <= one.validUntil && one.validUntil <= last),
  )
  return new Set(counted.flatMap(({ place }) => [place, authorityOf(place)]))
}

function monthsOf(quarter: string): string[] {
  const [year, month] = firstDayOf(quarter).split('-').map(Number) as [number, number]
  return [0, 1, 2].map((after) => `${year}-${String(month + after).padStart(2, '0')}`)
}

/** How many there are on average; undefined without places. */
export const averageOf = (places: readonly Counted[]): number | undefined =>
  places.length === 0 ? undefined : places.reduce((sum, { count }) => sum + count, 0) / places.length

/** What there is of a target; undefined where the record does not know it. */
export function measured(
  target: Target,
  { communities, total }: Tally,
  district: string,
  find: (id: string) => Matter | undefined,
): number | undefined {
  switch (target.counted) {
    case 'organizations': {
      if (target.among === 'district') return total
      const places = communities.filter(({ kind }) => kind === target.among)
      return target.average ? averageOf(places) : places.reduce((sum, { count }) => sum + count, 0)
    }
    case 'noted': {
      const matter = find(matterId(target.duty, 'once', district))
      const noted = matter?.events.findLast((event) => event.type === 'noted')
      return noted?.counts?.[target.quantity - 1]
    }
    case 'none':
      return undefined
  }
}

/** The number one community or village of this kind is compared with. */
export const targetFor = (kind: Counted['kind'], { targets }: Targets): number | undefined =>
  targets.find((one) => one.counted === 'organizations' && one.average && one.among === kind)?.least
