import { inChinese, type Day } from '../../clock.ts'
import { answersFor, incubatorsIn, rolesOf, staffName } from '../../directory/scope.ts'
import type { Role } from '../../directory/roles.ts'
import { authorityOf, isWithin } from '../../filings/place-code.ts'
import { placeByCode } from '../../filings/places.ts'
import { daysLeft } from '../../filings/validity.ts'
import { owingAt, type Owing } from '../../reminders/digest.ts'
import type { Unit } from '../../reminders/duties.ts'
import { isDone, matterId, reportOf, type Matter } from '../../reminders/matter.ts'
import type { Owed } from '../../reminders/owed.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { listWords as words } from './list-words.ts'
import { itemOf, showPage, type Item } from './pages.ts'
import { scopeName } from './scope-name.ts'

/** Whose duties an office looks after, its own among them. */
const LOOKS_AFTER: Record<Exclude<Role, 'operator'>, readonly Unit[]> = {
  community: ['organization', 'community'],
  incubator: ['organization', 'incubator'],
  street: ['organization', 'community', 'incubator', 'street'],
  district: ['organization', 'community', 'incubator', 'street', 'district'],
}

/** Above so many the names are left to the list of one place. */
const MOST_NAMED = 36

/** 谁没交: what is owed within a person's reach, or at one place of it, the longest overdue first. */
export function listOwing(talk: Talk, of: string | undefined, page: number): Turn | Need {
  const { facts, session } = talk
  const owed = facts.owed
  if (!owed) return { needs: 'owed' }
  const within = answersFor(facts.staff, facts.person)
  if (of !== undefined && !within(of)) return turn(session, words.notYours)
  const owing = owingOf(talk, owed, of)
  if (owing.length === 0) return turn(session, reviewWords.noRight)
  const isLong = owing.reduce((sum, { targets }) => sum + targets.length, 0) > MOST_NAMED
  const items = owing.flatMap((one) => {
    const head = headOf(one, facts.today)
    if (one.targets.length === 0) return [{ text: words.allIn(titleOf(one), countOf(one, one.of)) }]
    return isLong && one.duty.owes === 'organization' ? byPlace(talk, one, head, of) : byName(talk, one, head)
  })
  const told = saidBy(talk, owed, owing)
  const title = words.owing(inChinese(facts.today), of === undefined ? scopeName(talk) : nameOf(talk, of))
  const all = told === undefined ? items : [...items, { text: told }]
  const next = isLong ? words.ofOnePlace : words.markDone
  return showPage(talk, { list: 'owing', of, title, items: all, next }, page)
}

function owingOf({ facts }: Talk, owed: Owed, of: string | undefined): Owing[] {
  const { staff, person, today, pack } = facts
  const own = incubatorsIn(staff, pack.jurisdiction.code, person)
  const isSeen = answersFor(staff, person)
  const within = (place: string): boolean => isSeen(place) || own.includes(place)
  const roles = rolesOf(staff, person).map(({ role }) => role)
  const units = roles.flatMap((role) => (role === 'operator' ? [] : LOOKS_AFTER[role]))
  return owingAt(owed, today, (place) => within(place) && (of === undefined || isWithin(place, of)))
    .filter(({ duty, of: count }) => count > 0 && units.includes(duty.owes))
    .sort((a, b) => (a.last < b.last ? -1 : Number(a.last > b.last)))
}

const titleOf = ({ duty, period }: Owing): string => words.title(duty.title, period)
const countOf = ({ duty }: Owing, count: number): string => words.count(count, duty.owes === 'organization')

function headOf(owing: Owing, today: Day): string {
  const { last, targets, of } = owing
  const [open, all] = [countOf(owing, targets.length), countOf(owing, of)]
  return words.owingHead(titleOf(owing), last, daysLeft(last, today), open, all)
}

const nameOf = ({ facts }: Talk, code: string): string =>
  placeByCode(code, facts.pack.jurisdiction)?.name ?? facts.pack.jurisdiction.district

const byName = (talk: Talk, { duty, period, targets }: Owing, head: string): Item[] =>
  targets.map(({ target, place, name }) => ({
    head,
    id: matterId(duty.id, period, target),
    text: name ?? nameOf(talk, place),
  }))

/** How many at each street, or at each community of one street. */
function byPlace(talk: Talk, { targets }: Owing, head: string, of: string | undefined): Item[] {
  const streets = new Set(targets.map(({ place }) => authorityOf(place)))
  const partOf = (place: string): string =>
    of === undefined && streets.size > 1 ? authorityOf(place) : place
  const counts = new Map<string, number>()
  for (const { place } of targets) counts.set(partOf(place), (counts.get(partOf(place)) ?? 0) + 1)
  const order = [...talk.facts.staff.places.keys()]
  return [...counts]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([place, count]) => ({ head, text: words.countAt(nameOf(talk, place), count) }))
}

/** Of what was handed in, what somebody merely said to be done, and who. */
function saidBy({ facts }: Talk, owed: Owed, owing: readonly Owing[]): string | undefined {
  const within = answersFor(facts.staff, facts.person)
  const periods = new Set(owing.map(({ duty, period }) => `${duty.id}:${period}`))
  const names = new Map(owed.organizations.map(({ id, name }) => [id, name]))
  const said = [...owed.matters.values()].flatMap((matter) => {
    if (!periods.has(`${matter.duty}:${matter.period}`) || !within(matter.place)) return []
    const event = matter.events.findLast((one) => one.type === 'answered' && one.answer === 'done')
    if (!event || reportOf(matter)) return []
    const by = 'by' in event ? event.by : ''
    const organization = owed.organizations.find(({ id }) => id === matter.target)
    const who = organization?.leader === by ? words.leader : staffName(facts.staff, by)
    return [words.saidDone(names.get(matter.target) ?? placeName(facts, matter), who)]
  })
  return said.length > 0 ? words.saidDoneList(said) : undefined
}

const placeName = ({ pack }: Talk['facts'], { place }: Matter): string =>
  placeByCode(place, pack.jurisdiction)?.name ?? pack.jurisdiction.district

/** 已完成 N: the office says of something in its list that it is done; who said so is kept. */
export function markDone(talk: Talk, number: number): Turn | Need {
  const { facts, session } = talk
  const id = itemOf(talk, 'owing', number)
  if (id === undefined) return turn(session, words.notOnPage(number))
  const owed = facts.owed
  if (!owed) return { needs: 'owed' }
  const found = owingOf(talk, owed, undefined).flatMap((owing) =>
    owing.targets.flatMap((target) =>
      matterId(owing.duty.id, owing.period, target.target) === id ? [{ owing, target }] : [],
    ),
  )[0]
  const known = owed.matters.get(id)
  if (!found) return turn(session, known && isDone(known) ? words.doneBefore : words.notOnPage(number))
  const { owing, target } = found
  const { duty, period } = owing
  const event = {
    type: 'answered' as const,
    at: facts.now.toISOString(),
    by: facts.person,
    answer: 'done' as const,
  }
  const begin = { duty: duty.id, period, target: target.target, place: target.place }
  const what = words.ofWhom(target.name ?? nameOf(talk, target.place), titleOf(owing))
  return turn(session, words.markedDone(what, staffName(facts.staff, facts.person)), {
    effects: [{ type: 'noteMatter', matter: id, begin, event }],
  })
}
