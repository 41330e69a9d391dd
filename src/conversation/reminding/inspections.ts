import { isStaff, reachOf } from '../../directory/scope.ts'
import { mayAct } from '../../directory/may-act.ts'
import { organizationsIn } from '../../filings/ledger.ts'
import type { Organization } from '../../filings/organization.ts'
import { isWithin } from '../../filings/place-code.ts'
import { findPlaces } from '../../filings/places.ts'
import { toChinesePunctuation } from '../../forms/field-types/text.ts'
import { smallNumber } from '../../forms/numbers.ts'
import { lengthOf } from '../../forms/said.ts'
import { quarterBefore, quarterOf } from '../../reminders/days.ts'
import { matterId, reportOf, type MatterEvent } from '../../reminders/matter.ts'
import { inspectionWords as words } from './inspection-words.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { holdsPersonalData } from '../shield.ts'
import { turn, type Talk } from '../talk.ts'
import { tidy } from '../tidy.ts'
import type { Effect, Facts, Need, Turn } from '../turn.ts'

// 附件5一7: each quarter the bureau looks at organizations on the spot. What it finds is kept for the quarter and
// organization, and what was to be mended stands in the lists until it was found mended.

const INSPECTION = 'inspection'
const MOST_LISTED = 30
const LONGEST_NOTE = 300
/** So many quarters back, the present one included, something to be mended is followed up. */
const QUARTERS = 4

type Said =
  | { type: 'summary' }
  | { type: 'place'; name: string }
  | { type: 'note'; which: string; isFine: boolean; text: string }
  /** An organization without a result. */
  | { type: 'unclear'; which: string }

const FINE = '情况正常|情况良好|正常|良好|合格|没问题|没有问题|没什么问题'
const MEND = '需要?整改|要整改|整改|不合格'
const NOTE = new RegExp(`^(\\S+?)\\s*(${FINE}|整改好了|已整改|${MEND})\\s*[:：,，。]?\\s*(.*)$`, 'su')
/** 2 名册没有更新，要整改: the result last. */
const NOTE_FIRST = new RegExp(`^(\\S+?)\\s+(.{2,}?)[\\s，,。；;]*(?<![不没未])(${FINE}|${MEND})[。.]?$`, 'su')

function saidOf(text: string): Said | undefined {
  const [, rest] = /^巡检\s*(.*)$/su.exec(tidy(text)) ?? []
  if (rest === undefined) return undefined
  if (rest === '') return { type: 'summary' }
  const noted = noteIn(rest)
  if (!noted) {
    if (/[?？吗]$/u.test(rest)) return undefined
    const [which = ''] = rest.split(/[\s:：,，]/u)
    return numberIn(which) === undefined
      ? { type: 'place', name: rest.replace(/\s/g, '') }
      : { type: 'unclear', which }
  }
  const { which, result, note } = noted
  const isMended = result === '整改好了' || result === '已整改'
  const isFine = isMended || new RegExp(`^(?:${FINE})$`).test(result)
  const told = (isMended ? `${result}${note && `，${note}`}` : note).trim()
  return { type: 'note', which, isFine, text: toChinesePunctuation(told) }
}

function noteIn(rest: string): { which: string; result: string; note: string } | undefined {
  const [, which, result, note = ''] = NOTE.exec(rest) ?? []
  if (which !== undefined && result !== undefined) return { which, result, note }
  const [, whichFirst = '', before = '', verdict = ''] = NOTE_FIRST.exec(rest) ?? []
  return numberIn(whichFirst) === undefined ? undefined : { which: whichFirst, result: verdict, note: before }
}

const numberIn = (which: string): number | undefined => smallNumber(which.replace(/^第|[家个号]$/g, ''))

/** 巡检, 巡检 解放街道, 巡检 1 情况正常; undefined for everything else, and from people without a role. */
export function hearInspection(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const said = saidOf(talk.text)
  if (!said || !isStaff(facts.staff, facts.person)) return undefined
  const may = mayAct(facts.staff, facts.person, 'inspect', {})
  if (!may.ok) return turn(session, may.because)
  if (talk.group) return turn(session, reviewWords.singleChat)
  const reach = reachOf(facts.staff, facts.person)
  if (!facts.cases) return { needs: 'cases', places: [...reach] }
  const all = organizationsIn(facts.cases, facts.today).filter(({ state }) => state.type !== 'cancelled')
  switch (said.type) {
    case 'summary':
      return summary(talk, all)
    case 'place':
      return listPlace(talk, said.name, all)
    case 'note':
      return note(talk, said, all)
    case 'unclear':
      return turn(
        session,
        (meantBy(said.which, all, talk).length === 1 ? words.resultHow : words.unknown)(said.which),
      )
  }
}

/** The present quarter first. */
const quarters = ({ today }: Facts): string[] => {
  const found = [quarterOf(today)]
  while (found.length < QUARTERS) found.push(quarterBefore(found.at(-1)!))
  return found
}

const idsOf = (facts: Facts, organizations: readonly Organization[]): string[] =>
  organizations.flatMap(({ id }) => quarters(facts).map((quarter) => matterId(INSPECTION, quarter, id)))

const missing = ({ matters }: Facts, ids: readonly string[]): Need | undefined =>
  ids.every((id) => id in matters) ? undefined : { needs: 'matters', ids: [...ids] }

type Visit = { at: string; quarter: string; mend?: string; note?: string }

function visitIn(facts: Facts, quarter: string, organization: Organization): Visit | undefined {
  const matter = facts.matters[matterId(INSPECTION, quarter, organization.id)]
  const report = matter && reportOf(matter)
  if (!report) return undefined
  const { mend, note } = report.said ?? {}
  return { at: report.at, quarter, ...(mend === undefined ? {} : { mend }), ...(note ? { note } : {}) }
}

type Seen = { organization: Organization; visit: Visit | undefined; open: Visit | undefined }

/** What was found this quarter, and what an earlier one left to be mended. */
function seenOf(facts: Facts, organization: Organization): Seen {
  const [present = '', ...earlier] = quarters(facts)
  const last = earlier.flatMap((quarter) => visitIn(facts, quarter, organization) ?? [])[0]
  return {
    organization,
    visit: visitIn(facts, present, organization),
    open: last?.mend === undefined ? undefined : last,
  }
}

const isOpen = ({ visit, open }: Seen): boolean => open !== undefined && visit === undefined

function summary(talk: Talk, all: readonly Organization[]): Turn | Need {
  const { facts, session } = talk
  const need = missing(facts, idsOf(facts, all))
  if (need) return need
  const seen = all.map((organization) => seenOf(facts, organization))
  const lines = facts.pack.jurisdiction.streets.map((street) => {
    const there = seen.filter(({ organization }) => isWithin(organization.place, street.code))
    const visited = there.filter(({ visit }) => visit).length
    return words.street(street.name, visited, there.length, there.filter(isOpen).length)
  })
  const text = [
    words.summary(
      quarterOf(facts.today),
      seen.filter(({ visit }) => visit).length,
      seen.filter(isOpen).length,
    ),
    ...lines.map((line, index) => `${index + 1}. ${line}`),
    words.choose,
  ]
  return turn(session, text.join('\n'))
}

/** First what is to be mended, then who was not seen yet. */
function listPlace(talk: Talk, name: string, all: readonly Organization[]): Turn | Need | undefined {
  const { facts, session } = talk
  const [place, ...others] = findPlaces(name, facts.pack.jurisdiction, facts.today)
  // 巡检多久一次 is a question.
  if (!place) return undefined
  if (others.length > 0) return turn(session, words.whichPlace(name))
  const there = all.filter((organization) => isWithin(organization.place, place.code))
  if (there.length === 0) return turn({ ...session, listed: [] }, words.empty(place.name))
  const need = missing(facts, idsOf(facts, there))
  if (need) return need
  const rank = (one: Seen): number => (isOpen(one) ? 0 : one.visit ? 2 : 1)
  const seen = there.map((organization) => seenOf(facts, organization)).sort((a, b) => rank(a) - rank(b))
  const shown = seen.slice(0, MOST_LISTED)
  const more = seen.length - shown.length
  const visited = seen.filter(({ visit }) => visit).length
  const text = [
    words.place(place.name, quarterOf(facts.today), visited, seen.length),
    ...shown.map((one, index) => `${index + 1}. ${one.organization.name}：${lineOf(one)}`),
    ...(more > 0 ? [words.more(more)] : []),
    words.how,
  ]
  return turn({ ...session, listed: shown.map(({ organization }) => organization.id) }, text.join('\n'))
}

function lineOf({ visit, open }: Seen): string {
  if (visit)
    return visit.mend === undefined ? words.fine(visit.at, visit.note) : words.mend(visit.at, visit.mend)
  return open?.mend === undefined ? words.waiting : words.followUp(open.quarter, open.mend)
}

function meantBy(which: string, all: readonly Organization[], { session }: Talk): Organization[] {
  const number = numberIn(which)
  return number === undefined
    ? all.filter(({ name }) => name.includes(which))
    : all.filter(({ id }) => id === session.listed[number - 1])
}

/** 巡检 1 …, by the number in the list last shown or by a name. One visit fulfils the duty of the quarter. */
function note(
  talk: Talk,
  { which, isFine, text }: Extract<Said, { type: 'note' }>,
  all: readonly Organization[],
): Turn | Need {
  const { facts, session } = talk
  const [organization, ...others] = meantBy(which, all, talk)
  if (!organization || others.length > 0) return turn(session, words.unknown(which))
  if (!isFine && lengthOf(text) < 2) return turn(session, words.mendWhat(which))
  if (lengthOf(text) > LONGEST_NOTE) return turn(session, words.tooLong(LONGEST_NOTE))
  if (holdsPersonalData(text)) return turn(session, words.personal)
  const quarter = quarterOf(facts.today)
  const district = facts.pack.jurisdiction.code
  const ofDistrict = matterId(INSPECTION, quarter, district)
  const need = missing(facts, [...idsOf(facts, all), ofDistrict])
  if (need) return need
  const stillOpen = all.filter((one) => one !== organization && isOpen(seenOf(facts, one))).length
  const said: Record<string, string> = !isFine ? { mend: text } : text === '' ? {} : { note: text }
  const report = { type: 'reported' as const, at: facts.now.toISOString(), by: facts.person }
  const noted = (target: string, place: string, event: MatterEvent): Effect => ({
    type: 'noteMatter',
    matter: matterId(INSPECTION, quarter, target),
    begin: { duty: INSPECTION, period: quarter, target, place },
    event,
  })
  const fulfilled = facts.matters[ofDistrict]
  const isFirst = fulfilled === undefined || reportOf(fulfilled) === undefined
  const again = visitIn(facts, quarter, organization) !== undefined
  const reply = words.noted(organization.name, isFine ? words.saidFine(text) : words.saidMend(text), again)
  return turn(session, isFirst ? `${reply}\n${words.fulfilled(quarter, stillOpen)}` : reply, {
    effects: [
      noted(organization.id, organization.place, {
        ...report,
        ...(isFine ? { nothing: true as const } : {}),
        said,
      }),
      ...(isFirst ? [noted(district, district, report)] : []),
    ],
  })
}
