import { answersFor, rolesOf } from '../../directory/scope.ts'
import { isWithin } from '../../filings/place-code.ts'
import { findPlaces, placeByCode } from '../../filings/places.ts'
import { averageOf, measured, tallyOf, type Counted, type Tally } from '../../reminders/targets.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { listWords } from './list-words.ts'
import { scopeName } from './scope-name.ts'
import { targetWords as words } from './target-words.ts'

/** 目标: the numbers of the plan beside what there is, within one's reach or at a place of it; with a picture. */
export function showTargets(talk: Talk, where: string): Turn | Need {
  const { facts, session } = talk
  const { staff, person, pack, today } = facts
  const within = answersFor(staff, person)
  if (!rolesOf(staff, person).some(({ role }) => role !== 'operator')) return turn(session, words.noRight)
  const place = where === '' ? undefined : findPlaces(where, pack.jurisdiction)[0]
  if (where !== '' && !place) return turn(session, listWords.noSuchPlace(where))
  if (place && !within(place.code)) return turn(session, listWords.notYours)
  const { owed, noted } = facts
  if (!owed) return { needs: 'owed' }
  if (!noted) return { needs: 'noted' }
  const inside = (code: string): boolean => within(code) && (!place || isWithin(code, place.code))
  const tally = tallyOf(owed, pack.jurisdiction, today, inside)
  const name = place ? (placeByCode(place.code, pack.jurisdiction)?.name ?? '') : scopeName(talk)
  const lines = [
    words.title(name, today),
    pack.targets.targets.every(({ last }) => last < today) ? words.history : words.present,
    ...targetLines(talk, tally, inside),
    words.total(tally.total),
    ...(tally.streetLevel > 0 ? [words.streetLevel(tally.streetLevel)] : []),
    ...(tally.lapsed > 0 ? [words.lapsed(tally.lapsed)] : []),
    words.unclear,
    words.due(tally.quarter, tally.ending, tally.due),
    ...(tally.communities.length > 1 ? [words.each + eachOf(tally.communities).join('、')] : []),
    words.picture,
  ]
  const document = {
    of: 'chart' as const,
    id: place?.code ?? '',
    paper: 'targets',
    format: 'png' as const,
    name: words.fileName(name, today),
  }
  return turn(session, lines.join('\n'), { documents: [document] })
}

/** What a place has nothing to do with is left out: a village's number in a street without villages. */
function targetLines({ facts }: Talk, tally: Tally, inside: (code: string) => boolean): string[] {
  const { pack, owed, noted } = facts
  const district = pack.jurisdiction.code
  return pack.targets.targets.flatMap((target) => {
    const { among } = target
    const places = tally.communities.filter(({ kind }) => kind === among)
    if (among === 'district' ? !inside(district) : places.length === 0) return []
    const have = measured(target, tally, district, (id) => owed?.matters.get(id) ?? noted?.get(id))
    const line = words.target(target.title, have, target, target.printed, target.clause)
    const organizations = places.reduce((sum, { count }) => sum + count, 0)
    return [among === 'district' ? line : `${line}，${words.places(places.length, among, organizations)}`]
  })
}

/** Each community of one street; of several streets the average of each. */
function eachOf(communities: readonly Counted[]): string[] {
  const streets = new Map(communities.map(({ street }) => [street.code, street.name]))
  if (streets.size === 1) return communities.map(({ name, count }) => words.one(name, count))
  return [...streets].map(([code, name]) =>
    words.average(name, averageOf(communities.filter(({ street }) => street.code === code)) ?? 0),
  )
}
