import type { Day } from '../clock.ts'
import { authorityOf, hasCommunityStep } from '../filings/place-code.ts'
import { monthBefore, monthOf, quarterOf } from './days.ts'
import type { Duty, Unit } from './duties.ts'
import { isDone, matterId, type Matter, type MatterEvent } from './matter.ts'
import type { Owed, OwingOrganization } from './owed.ts'

export type RowState = Extract<MatterEvent, { type: 'noted' }>['state']

/** How much is wanted of something, and how much there is; undefined while nobody said it. */
export type Reached = {
  of: string
  least: number
  most?: number
  have: number | undefined
  isCounted: boolean
}

/** One row of the list of responsibilities (附件5) for one unit. */
export type Row = {
  duty: Duty
  /** The matter it is noted in. */
  id: string
  period: string
  /** Code of the unit's place; that of the district for its own departments. */
  place: string
  /** Nobody has said anything, and nothing is on record: `undefined`. */
  state: RowState | undefined
  reached: Reached[]
  /** How many of the organizations there have done it, where each owes it. */
  share?: { done: number; all: number }
  said?: { by: string; at: string; evidence?: string }
}

/** Whether a duty is a row of the list; deadlines of single filings are not. */
const isRow = ({ when }: Duty): boolean => when.type !== 'validity' && when.type !== 'lying'

/** The rows of all units at some places; `find` knows what was noted, however long ago. */
export function rowsOf(
  owed: Owed,
  day: Day,
  places: readonly string[],
  find: (id: string) => Matter | undefined,
): Row[] {
  const present = owed.organizations.filter(
    ({ cancelled, filedOn, validUntil }) => !cancelled && filedOn <= day && validUntil >= day,
  )
  return owed.duties.duties
    .filter(isRow)
    .toSorted((a, b) => inOrder.compare(orderOf(a), orderOf(b)))
    .flatMap((duty) =>
      unitsOf(duty.owes, owed, present, places).map((place) => rowOf(duty, place, owed, present, day, find)),
    )
}

/** 附件5五1(2) stands after 附件5五1(1), as printed; clauses that are counted otherwise stay as the file has them. */
const orderOf = ({ clause }: Duty): string =>
  clause.replace(
    /[一二三四五六七八九]/g,
    (numeral) => String('一二三四五六七八九'.indexOf(numeral) + 1) + ' ',
  )

const inOrder = new Intl.Collator('zh', { numeric: true })

/** The ids under which these rows may have been noted. */
export const noteIdsOf = (owed: Owed, day: Day, places: readonly string[]): string[] =>
  rowsOf(owed, day, places, () => undefined).map(({ id }) => id)

/**
 * Where the units of a kind are: every street, every community, organizations wherever there are some, and
 * incubators too, or in every street while nobody is known to work for one.
 */
function unitsOf(
  owes: Unit,
  { authorities, incubators, district }: Owed,
  organizations: readonly OwingOrganization[],
  places: readonly string[],
): readonly string[] {
  switch (owes) {
    case 'district':
    case 'other':
      return places.filter((place) => place === district)
    case 'street':
      return places.filter((place) => authorities.includes(place))
    case 'incubator': {
      const there = incubators.length > 0 ? incubators : authorities
      return places.filter((place) => there.includes(place))
    }
    case 'community':
      return places.filter((place) => place !== district && hasCommunityStep(place))
    case 'organization': {
      const having = new Set(organizations.map(({ place }) => place))
      return places.filter((place) => having.has(place))
    }
  }
}

/** The present round of a duty; what is done once has one. */
function periodOf({ when }: Duty, day: Day): string {
  switch (when.type) {
    case 'monthlyBefore':
    case 'monthEnd':
      return monthOf(day)
    case 'monthly':
      return when.following && Number(day.slice(8)) <= (when.day ?? 0)
        ? monthBefore(monthOf(day))
        : monthOf(day)
    case 'quarterly':
      return quarterOf(day)
    case 'yearly':
      return day.slice(0, 4)
    case 'once':
    case 'window':
    case 'validity':
    case 'lying':
      return 'once'
  }
}

function rowOf(
  duty: Duty,
  place: string,
  owed: Owed,
  organizations: readonly OwingOrganization[],
  day: Day,
  find: (id: string) => Matter | undefined,
): Row {
  const period = periodOf(duty, day)
  const id = matterId(duty.id, period, place)
  const matter = find(id)
  const here = organizations.filter((one) => one.place === place)
  const noted = matter?.events.findLast((event) => event.type === 'noted')
  const isKey = owed.duties.keyStreets.includes(authorityOf(place))
  const typed = duty.quantities.filter(({ counted }) => counted === undefined)
  const reached = duty.quantities.map((quantity): Reached => {
    const { least, most } = (isKey && quantity.key) || quantity
    const isCounted = quantity.counted !== undefined
    const have = quantity.counted === 'organizations' ? here.length : noted?.counts?.[typed.indexOf(quantity)]
    return { of: quantity.of, least, ...(most === undefined ? {} : { most }), have, isCounted }
  })
  const share = duty.owes === 'organization' ? shareOf(duty, period, here, reached, owed, day) : undefined
  const said = matter && saidIn(matter)
  const row = { duty, id, period, place, reached, ...(share ? { share } : {}), ...(said ? { said } : {}) }
  return { ...row, state: noted?.state ?? stateOf(matter, row) }
}

/** Of these organizations, how many have handed in or done what each owes; undefined where nobody counts it. */
function shareOf(
  duty: Duty,
  period: string,
  here: readonly OwingOrganization[],
  reached: readonly Reached[],
  owed: Owed,
  day: Day,
): Row['share'] {
  const [quantity] = duty.quantities
  if (quantity?.counted === 'activities') {
    const least = reached[0]?.least ?? quantity.least
    const held = activitiesIn(owed, day.slice(0, 4))
    return { done: here.filter(({ id }) => (held.get(id) ?? 0) >= least).length, all: here.length }
  }
  if (duty.when.type === 'window' || duty.when.type === 'once') return undefined
  const done = here.filter(({ id }) => {
    const matter = owed.matters.get(matterId(duty.id, period, id))
    return matter !== undefined && isDone(matter)
  })
  return { done: done.length, all: here.length }
}

/** Activities reported in a year, by organization. */
function activitiesIn(owed: Owed, year: string): Map<string, number> {
  const held = new Map<string, number>()
  for (const { target, period, events } of owed.matters.values()) {
    if (!period.startsWith(`${year}-`)) continue
    const report = events.findLast((event) => event.type === 'reported')
    if (report?.activities) held.set(target, (held.get(target) ?? 0) + report.activities)
  }
  return held
}

/** What is on record says how far it is where nobody has noted it. */
function stateOf(
  matter: Matter | undefined,
  { reached, share }: Pick<Row, 'reached' | 'share'>,
): RowState | undefined {
  if (matter && isDone(matter)) return 'done'
  if (share) return share.done === share.all ? 'done' : share.done > 0 ? 'underway' : 'open'
  const counted = reached.filter(({ isCounted }) => isCounted)
  if (counted.length === 0) return undefined
  if (counted.every(({ have = 0, least }) => have >= least)) return 'done'
  return counted.some(({ have = 0 }) => have > 0) ? 'underway' : 'open'
}

/** Who said last how far it is, by a note, a word or a report. */
function saidIn({ events }: Matter): Row['said'] {
  const event = events.findLast(
    (one) =>
      one.type === 'noted' || one.type === 'reported' || (one.type === 'answered' && one.answer === 'done'),
  )
  if (!event || event.type === 'reminded' || event.type === 'told') return undefined
  const evidence = event.type === 'noted' ? event.evidence : undefined
  return { by: event.by, at: event.at, ...(evidence === undefined ? {} : { evidence }) }
}
