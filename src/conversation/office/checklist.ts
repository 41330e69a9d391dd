import { inChinese } from '../../clock.ts'
import { incubatorsIn, reaches, rolesOf, staffName } from '../../directory/scope.ts'
import type { Role } from '../../directory/roles.ts'
import { isWithin } from '../../filings/place-code.ts'
import { placeByCode } from '../../filings/places.ts'
import { toChinesePunctuation } from '../../forms/field-types/text.ts'
import { rowsOf, type Row, type RowState } from '../../reminders/checklist.ts'
import type { Duty, Unit } from '../../reminders/duties.ts'
import type { Owed } from '../../reminders/owed.ts'
import { holdsPersonalData } from '../shield.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { checklistWords as words, stateWords, unitOf } from './checklist-words.ts'
import { listWords } from './list-words.ts'
import { itemOf, showPage, type Item } from './pages.ts'
import { scopeName } from './scope-name.ts'

/** Rows are long. */
const PER_PAGE = 8
const LONGEST_EVIDENCE = 100

/** Whose rows an office fills in itself; the bureau also for units that have no account here. */
const OWN: Record<Exclude<Role, 'operator'>, readonly Unit[]> = {
  community: ['community', 'organization'],
  incubator: ['incubator'],
  street: ['street'],
  district: ['district', 'other'],
}

/** Of whom an office sees how far they are. */
const BELOW: Record<Exclude<Role, 'operator'>, readonly Unit[]> = {
  community: [],
  incubator: [],
  street: ['community', 'incubator', 'organization'],
  district: ['street', 'community', 'incubator', 'organization'],
}

/** Codes of all places whose rows a person sees: that of the district itself for the bureau and its incubator. */
export function checklistPlaces({ staff, person, pack }: Pick<Facts, 'staff' | 'person' | 'pack'>): string[] {
  const district = pack.jurisdiction.code
  const incubated = incubatorsIn(staff, district, person)
  const offices = rolesOf(staff, person).filter(({ role }) => role !== 'operator' && role !== 'incubator')
  const isMine = (code: string): boolean =>
    offices.some((one) => (code === district ? one.role === 'district' : reaches(staff, one, code)))
  return [district, ...staff.places.keys()].filter((code) => incubated.includes(code) || isMine(code))
}

const unitsOf = ({ staff, person }: Pick<Facts, 'staff' | 'person'>, of: typeof OWN): Unit[] =>
  rolesOf(staff, person).flatMap(({ role }) => (role === 'operator' ? [] : of[role]))

/** The rows a person may see, as far as the store has told what was noted. */
export function visibleRows(
  facts: Pick<Facts, 'staff' | 'person' | 'pack' | 'today'>,
  owed: Owed,
  noted: NonNullable<Facts['noted']>,
): Row[] {
  const units = [...unitsOf(facts, OWN), ...unitsOf(facts, BELOW)]
  return rowsOf(owed, facts.today, checklistPlaces(facts), (id) => noted.get(id)).filter(({ duty }) =>
    units.includes(duty.owes),
  )
}

type Known = { rows: Row[] }

function known({ facts }: Talk): Known | Need {
  const { owed, noted } = facts
  if (!owed) return { needs: 'owed' }
  if (!noted) return { needs: 'noted' }
  return { rows: visibleRows(facts, owed, noted) }
}

/**
 * 责任清单: one's own rows, then how far the units below are, row by row, as printed. `of` is a duty, then all its
 * units; or the code of a place, then all rows there.
 */
export function listChecklist(talk: Talk, of: string | undefined, page: number): Turn | Need {
  const { facts, session } = talk
  if (checklistPlaces(facts).length === 0) return turn(session, words.nobody)
  const found = known(talk)
  if ('needs' in found) return found
  const { rows } = found
  const duty = rows.find((row) => row.duty.id === of)?.duty
  if (duty) return listUnits(talk, duty, rows, page)
  if (of !== undefined) return listPlace(talk, of, rows, page)
  const own = unitsOf(facts, OWN)
  const mine = rows.filter((row) => own.includes(row.duty.owes))
  const below = unitsOf(facts, BELOW)
  const duties = [...new Set(rows.map((row) => row.duty))]
  const items: Item[] = [
    ...mine.map((row) => ({
      ...(below.length > 0 ? { head: words.ours } : {}),
      id: row.id,
      text: words.row(row.duty.title, row.duty.clause, standing(row, facts)),
    })),
    ...duties
      .filter(({ owes }) => below.includes(owes) && !own.includes(owes))
      .map((one) => {
        const those = rows.filter((row) => row.duty === one)
        return { head: words.below(one.unit), id: `all:${one.id}`, text: sumLine(one, those) }
      }),
  ]
  const title = [words.title(scopeName(talk), inChinese(facts.today)), words.history].join('\n')
  return showPage(
    talk,
    { list: 'checklist', title, items, next: `${words.how}${words.exportHint}`, perPage: PER_PAGE },
    page,
  )
}

/** All rows of one place, and in a street how far its communities are. */
function listPlace(talk: Talk, code: string, rows: readonly Row[], page: number): Turn {
  const { facts, session } = talk
  const there = rows.filter((row) => row.place === code)
  if (there.length === 0) return turn(session, listWords.notYours)
  const within = rows.filter((row) => row.place !== code && isWithin(row.place, code))
  const items: Item[] = [
    ...there.map((row) => ({
      head: words.below(row.duty.unit),
      id: row.id,
      text: words.row(row.duty.title, row.duty.clause, standing(row, facts)),
    })),
    ...[...new Set(within.map((row) => row.duty))].map((one) => ({
      head: words.below(one.unit),
      text: sumLine(
        one,
        within.filter((row) => row.duty === one),
      ),
    })),
  ]
  const title = words.title(placeName(facts, code), inChinese(facts.today))
  return showPage(
    talk,
    { list: 'checklist', of: code, title, items, next: words.detailHow, perPage: PER_PAGE },
    page,
  )
}

const sumLine = ({ title, clause }: Duty, rows: readonly Row[]): string =>
  words.sum(title, clause, rows.some(({ share }) => share) ? undefined : rows.length, sumOf(rows))

/** All units of one row, and who has not said anything. */
function listUnits(talk: Talk, duty: Duty, rows: readonly Row[], page: number): Turn {
  const { facts } = talk
  const those = rows.filter((row) => row.duty === duty)
  const items = those.map((row) => ({
    id: row.id,
    text: words.unit(placeName(facts, row.place), standing(row, facts)),
  }))
  const title = [
    words.detailTitle(duty.title, duty.clause),
    ...conditions(those[0], facts),
    sumOf(those),
  ].join('\n')
  const next = duty.registration ? words.noNote : words.detailHow
  return showPage(talk, { list: 'checklist', of: duty.id, title, items, next }, page)
}

export const placeName = ({ pack }: Pick<Facts, 'pack'>, code: string): string =>
  placeByCode(code, pack.jurisdiction)?.name ?? pack.jurisdiction.district

/** How far a row is, in one line: state, numbers, what was said, by whom. */
export function standing(row: Row, { staff }: Pick<Facts, 'staff'>): string {
  const { duty, period, state, share, said } = row
  if (duty.registration) return words.registration
  const present = period === 'once' ? [] : [words.period(period)]
  const numbers = [...present, ...(share ? [] : [words.state(state)]), ...numbersOf(row)]
  const who = said ? [words.said(staffName(staff, said.by), said.at)] : []
  return [...numbers, ...(said?.evidence ? [said.evidence] : []), ...who].join('，')
}

export const numbersOf = ({ share, reached }: Row): string[] =>
  share ? [words.share(share.done, share.all)] : reached.map(words.have).filter(Boolean)

export function sumOf(rows: readonly Row[]): string {
  if (rows.some(({ duty }) => duty.registration)) return words.registration
  const shares = rows.flatMap(({ share }) => share ?? [])
  if (shares.length > 0)
    return words.share(
      shares.reduce((sum, { done }) => sum + done, 0),
      shares.reduce((sum, { all }) => sum + all, 0),
    )
  const of = (state: RowState | undefined): number => rows.filter((row) => row.state === state).length
  return words.counts({
    done: of('done'),
    underway: of('underway'),
    open: of('open'),
    notApplicable: of('notApplicable'),
    none: of(undefined),
  })
}

/** What a row asks for and until when, as printed. */
export function conditions(row: Row | undefined, { pack, today }: Pick<Facts, 'pack' | 'today'>): string[] {
  if (!row) return []
  const { keyStreets } = pack.duties
  return [words.wants(row.duty, keyStreets.length > 0), words.deadline(row.duty, today)].filter(Boolean)
}

/** 责任清单 N: what the row asks for, or all its units; 责任清单 N 已完成 12人 名单已发文: notes it. */
export function openRow(talk: Talk, number: number, said: string): Turn | Need {
  const { facts, session } = talk
  const id = itemOf(talk, 'checklist', number)
  if (id === undefined) return turn(session, words.noSuch(number))
  const found = known(talk)
  if ('needs' in found) return found
  const all = /^all:(.+)$/.exec(id)?.[1]
  if (all !== undefined) return listChecklist(talk, all, 0)
  const row = found.rows.find((one) => one.id === id)
  if (!row) return turn(session, words.noSuch(number))
  if (said !== '') return note(talk, row, number, said)
  const { duty } = row
  const lines = [
    words.row(duty.title, duty.clause, standing(row, facts)),
    ...conditions(row, facts),
    duty.registration ? words.noNote : row.share ? words.computed : words.noteHow(number),
  ]
  return turn(session, lines.join('\n'))
}

/** Notes what an office says of a row: the state, numbers for what is not counted, and a few words. */
function note({ facts, session }: Talk, row: Row, number: number, said: string): Turn {
  const { duty, id, period, place } = row
  if (duty.registration) return turn(session, words.noNote)
  if (row.share) return turn(session, words.computed)
  const [state, pattern] = stateWords.find(([, one]) => one.test(said)) ?? []
  if (state === undefined || pattern === undefined) return turn(session, words.noSuchState(number))
  const typed = row.reached.filter(({ isCounted }) => !isCounted)
  const { counts, rest } = countsIn(
    said.replace(pattern, ''),
    typed.map(({ of }) => unitOf(of)),
  )
  if (holdsPersonalData(rest)) return turn(session, words.personal)
  if ([...rest].length > LONGEST_EVIDENCE) return turn(session, words.tooLong(LONGEST_EVIDENCE))
  const event = {
    type: 'noted' as const,
    at: facts.now.toISOString(),
    by: facts.person,
    state,
    ...(counts.length > 0 ? { counts } : {}),
    ...(rest === '' ? {} : { evidence: toChinesePunctuation(rest) }),
  }
  const reached = row.reached.map((one) =>
    one.isCounted ? one : { ...one, have: counts[typed.indexOf(one)] },
  )
  const after: Row = { ...row, state, reached, said: event }
  const what =
    duty.owes === 'district' || duty.owes === 'other'
      ? duty.title
      : `${placeName(facts, place)}的${duty.title}`
  return turn(session, words.noted(what, standing(after, facts)), {
    effects: [
      { type: 'noteMatter', matter: id, begin: { duty: duty.id, period, target: place, place }, event },
    ],
  })
}

/** 名 and 人 count the same; a number in another unit (2名 of 活动) is evidence. */
const SAME_UNITS: readonly string[] = ['人名', '场次', '个家项处份']

const countsAs = (said: string, unit: string): boolean =>
  said === '' ||
  said === unit ||
  said === '个' ||
  SAME_UNITS.some((same) => same.includes(said) && same.includes(unit))

/** The numbers that stand first, one for each quantity in its unit, and what is said after them. */
function countsIn(said: string, units: readonly string[]): { counts: number[]; rest: string } {
  let rest = said.replace(/^[\s:：，,、]+/, '')
  const counts: number[] = []
  for (const unit of units) {
    const [whole = '', number, counted = ''] =
      /^(\d{1,5})(?:\s*(人|家|场|次|项|名|处|份|个(?!月))|(?=$|[\s、,，。;；/和]))[\s、,，。;；/和]*/.exec(
        rest,
      ) ?? []
    if (number === undefined || !countsAs(counted, unit)) break
    counts.push(Number(number))
    rest = rest.slice(whole.length)
  }
  return { counts, rest: rest.trim() }
}

/** 责任清单 导出 */
export function exportChecklist(talk: Talk): Turn {
  const { facts, session } = talk
  if (checklistPlaces(facts).length === 0) return turn(session, words.nobody)
  const name = words.fileName(facts.today)
  const document = {
    of: 'checklist' as const,
    id: facts.person,
    paper: 'checklist',
    format: 'xlsx' as const,
    name,
  }
  return turn(session, words.fileReady, { documents: [document] })
}
