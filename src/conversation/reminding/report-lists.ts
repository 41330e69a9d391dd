import { incubatorsIn, isStaff, reachOf } from '../../directory/scope.ts'
import { organizationsIn } from '../../filings/ledger.ts'
import type { Filing } from '../../filings/filing.ts'
import type { Organization } from '../../filings/organization.ts'
import { isWithin } from '../../filings/place-code.ts'
import { findPlaces, type Place } from '../../filings/places.ts'
import type { DocumentRef, UserId } from '../../messages.ts'
import { lastDayOf, monthBefore, monthOf, type Month } from '../../reminders/days.ts'
import { isDone, matterId, reportOf, type Matter } from '../../reminders/matter.ts'
import { INCUBATOR_REPORT, MONTHLY_REPORT } from '../../reminders/report-forms.ts'
import { monthIn } from './months.ts'
import { organizationsOf } from '../record/from-record.ts'
import { formOf, knownSince, reportersOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { tidy } from '../tidy.ts'
import { turn, type Talk } from '../talk.ts'
import type { Effect, Facts, Need, Turn } from '../turn.ts'

const MOST_LISTED = 40
const LONGEST_GLIMPSE = 30
/** Until this day of a month the month before is looked at. */
const LAST_DAY_FOR_MONTH_BEFORE = 15

/** 月报 名单 and 月报 汇总, for those who receive the reports; plain 月报 of staff who lead no organization. */
export function hearReportList(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const said = tidy(talk.text).replace(/\s+/g, '')
  const rest = /^(?:看)?月报(.*)$/.exec(said)?.[1]
  if (rest === undefined) return undefined
  const [word] = /名单|情况|汇总|导出/.exec(rest) ?? []
  const isMine = isStaff(facts.staff, facts.person) && organizationsOf(facts).length === 0
  if (word === undefined && !(rest === '' && isMine)) return undefined
  const present = monthOf(facts.today)
  const [whole, named] = monthIn(rest, present)
  const where = rest.replace(word ?? '', '').replace(whole, '')
  const place = where === '' ? undefined : findPlaces(where, facts.pack.jurisdiction, facts.today)[0]
  if (where !== '' && (!place || word === undefined)) return undefined
  if (reachOf(facts.staff, facts.person).size === 0) return turn(session, reviewWords.noRight)
  if (talk.group) return turn(session, reviewWords.singleChat)
  const isEarly = Number(facts.today.slice(8)) <= LAST_DAY_FOR_MONTH_BEFORE
  const month = named ?? (isEarly ? monthBefore(present) : present)
  if (month > present) return turn(session, words.future(month))
  return withReports(talk, month, (reports) =>
    word === '汇总' || word === '导出'
      ? collect(talk, month, reports)
      : list(talk, month, at(place, reports)),
  )
}

type Reported = { organization: Organization; matter: Matter | undefined }
/** An incubator whose reports a person sees, and what it reported. */
type Incubated = { code: string; name: string; isAppointed: boolean; matter: Matter | undefined }
type Reports = { organizations: Reported[]; incubators: Incubated[] }

/** Of all, what is at one place. */
const at = (place: Place | undefined, { organizations, incubators }: Reports): Reports =>
  place
    ? {
        organizations: organizations.filter(({ organization }) => isWithin(organization.place, place.code)),
        incubators: incubators.filter(({ code }) => code === place.code),
      }
    : { organizations, incubators }

/** Whether an organization owes a report for a month: filed by its end, and valid then. */
export const owesReport = ({ state, filedOn, validUntil }: Organization, month: Month): boolean =>
  state.type !== 'cancelled' && filedOn <= lastDayOf(month) && validUntil >= lastDayOf(month)

/** Whether the bot knew of it in a month: nobody is missed for what was over before. */
export const knownIn = (organization: Organization, month: Month): boolean => {
  const since = knownSince(organization)
  return since !== undefined && since <= lastDayOf(month)
}

function withReports(talk: Talk, month: Month, then: (reports: Reports) => Turn): Turn | Need {
  const { facts } = talk
  const { cases, matters } = facts
  const reach = reachOf(facts.staff, facts.person)
  if (!cases) return { needs: 'cases', places: [...reach] }
  const incubators = seenIncubators(facts, reach)
  const there = owing(cases, facts, reach, month)
  const idOf = ({ id }: Organization): string => matterId(MONTHLY_REPORT, month, id)
  const incubatorIdOf = ({ code }: { code: string }): string => matterId(INCUBATOR_REPORT, month, code)
  const ids = [...there.map(idOf), ...incubators.map(incubatorIdOf)]
  if (!ids.every((id) => id in matters)) return { needs: 'matters', ids }
  const isKnown = ({ organization, matter }: Reported): boolean =>
    isIn({ matter }) || knownIn(organization, month)
  return then({
    organizations: there
      .map((organization) => ({ organization, matter: matters[idOf(organization)] }))
      .filter(isKnown),
    // What somebody reported who is not appointed any more was reported all the same.
    incubators: incubators
      .map((one) => ({ ...one, matter: matters[incubatorIdOf(one)] }))
      .filter((one) => one.isAppointed || isIn(one)),
  })
}

/** Where incubators may be that a person sees: the streets seen as a whole, and the district, whose is for all streets. */
function seenIncubators({ staff, pack }: Facts, reach: ReadonlySet<string>): Omit<Incubated, 'matter'>[] {
  const { code: district, district: name, streets } = pack.jurisdiction
  const seen = streets.filter(({ code }) => reach.has(code))
  const there = new Set(incubatorsIn(staff, district))
  return [...(seen.length > 0 ? [{ code: district, name }] : []), ...seen].map(({ code, name }) => ({
    code,
    name,
    isAppointed: there.has(code),
  }))
}

const owing = (
  cases: readonly Filing[],
  { today }: Facts,
  reach: ReadonlySet<string>,
  month: Month,
): Organization[] =>
  organizationsIn(cases, today).filter((one) => reach.has(one.place) && owesReport(one, month))

const isIn = ({ matter }: { matter: Matter | undefined }): boolean => matter !== undefined && isDone(matter)

function list(talk: Talk, month: Month, { organizations, incubators }: Reports): Turn {
  const { session } = talk
  if (organizations.length === 0) return turn(session, words.nobodyThere(month))
  const reported = organizations.filter(isIn)
  const missing = organizations.filter((one) => !isIn(one))
  const byStreet = countsAt(missing, talk.facts)
  const isLong = missing.length > MOST_LISTED && byStreet.length > 1
  const named = isLong ? [] : missing.slice(0, MOST_LISTED)
  const text = [
    words.list(month, reported.length, missing.length),
    ...part(words.reported, reported.map(lineOf), () => '· '),
    ...(isLong
      ? [words.missing, ...byStreet, words.ofOnePlace]
      : part(
          words.missing,
          missing.map(({ organization }) => organization.name),
          (index) => `${index + 1}. `,
        )),
    ...incubatorLines(talk, month, incubators),
    ...(named.length > 0 ? [words.helpHow] : []),
    words.collect,
  ]
  return turn({ ...session, listed: named.map(({ organization }) => organization.id) }, text.join('\n'))
}

/** How many are missing in each street, for lists too long to be read. */
const countsAt = (missing: readonly Reported[], { pack }: Facts): string[] =>
  pack.jurisdiction.streets.flatMap(({ code, name }) => {
    const count = missing.filter(({ organization }) => isWithin(organization.place, code)).length
    return count > 0 ? [words.countAt(name, count)] : []
  })

/** To the incubator itself whether its own report is still to be handed in; to the others, whose is. */
function incubatorLines({ facts }: Talk, month: Month, incubators: readonly Incubated[]): string[] {
  const form = formOf(facts, INCUBATOR_REPORT)
  if (!form || incubators.length === 0) return []
  const own = new Set(reportersOf(facts, form).map(({ id }) => id))
  const mine = incubators.filter(({ code }) => own.has(code))
  if (mine.length > 0) return mine.every(isIn) ? [] : [words.ownMissing(form, month)]
  const namesOf = (some: readonly Incubated[]): string[] => some.map(({ name }) => name)
  const isMissing = (one: Incubated): boolean => !isIn(one)
  return [words.incubators(namesOf(incubators.filter(isIn)), namesOf(incubators.filter(isMissing)))]
}

function part(head: string, lines: readonly string[], mark: (index: number) => string): string[] {
  if (lines.length === 0) return []
  const more = lines.length - MOST_LISTED
  const shown = lines.slice(0, MOST_LISTED).map((line, index) => mark(index) + line)
  return [head, ...shown, ...(more > 0 ? [words.more(more)] : [])]
}

function lineOf({ organization: { name }, matter }: Reported): string {
  const report = matter && reportOf(matter)
  if (!report) return words.saidDone(name)
  const [, services] = Object.values(report.said ?? {})
  const glimpse = [...(services ?? '')].slice(0, LONGEST_GLIMPSE).join('')
  return words.line(name, report.nothing === true, report.activities, glimpse)
}

function collect(talk: Talk, month: Month, { organizations }: Reports): Turn {
  const { session } = talk
  if (organizations.length === 0) return turn(session, words.nobodyThere(month))
  const { reply, effects } = collected(talk, month)
  const text = words.collected(month, organizations.filter(isIn).length, organizations.length)
  return turn(session, text, { ...reply, effects })
}

/** The reports of a month as one file, at the places the person receives them for. */
export const reportsDocument = (id: UserId, month: Month, format: 'docx' | 'xlsx'): DocumentRef => ({
  of: 'reports',
  id,
  paper: month,
  format,
  name: words.fileName(month, format),
})

/** The reports of a month at the places somebody receives them for, as files; taking them is noted. */
export const collected = (
  { facts }: Talk,
  month: Month,
): { reply: { documents: DocumentRef[] }; effects: Effect[] } => ({
  reply: {
    documents: (['docx', 'xlsx'] as const).map((format) => reportsDocument(facts.person, month, format)),
  },
  effects: [{ type: 'noteExport', reason: words.taken(month) }],
})
