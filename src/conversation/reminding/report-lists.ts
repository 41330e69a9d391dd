import { isStaff, reachOf } from '../../directory/scope.ts'
import { organizationsIn } from '../../filings/ledger.ts'
import type { Filing } from '../../filings/filing.ts'
import type { Organization } from '../../filings/organization.ts'
import type { DocumentRef, UserId } from '../../messages.ts'
import { lastDayOf, monthBefore, monthOf, type Month } from '../../reminders/days.ts'
import { isDone, matterId, reportOf, type Matter } from '../../reminders/matter.ts'
import { MONTHLY_REPORT } from './monthly-report.ts'
import { monthIn } from './months.ts'
import { organizationsOf } from '../record/from-record.ts'
import { reportWords as words } from './report-words.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { tidy } from '../tidy.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'

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
  if (rest.replace(word ?? '', '').replace(whole, '') !== '') return undefined
  if (reachOf(facts.staff, facts.person).size === 0) return turn(session, reviewWords.noRight)
  if (talk.group) return turn(session, reviewWords.singleChat)
  const isEarly = Number(facts.today.slice(8)) <= LAST_DAY_FOR_MONTH_BEFORE
  const month = named ?? (isEarly ? monthBefore(present) : present)
  if (month > present) return turn(session, words.future(month))
  return withReports(talk, month, (reports) =>
    word === '汇总' || word === '导出' ? collect(talk, month, reports) : list(talk, month, reports),
  )
}

type Reported = { organization: Organization; matter: Matter | undefined }

/** Whether an organization owes a report for a month: filed by its end, and valid then. */
export const owesReport = ({ state, filedOn, validUntil }: Organization, month: Month): boolean =>
  state.type !== 'cancelled' && filedOn <= lastDayOf(month) && validUntil >= lastDayOf(month)

function withReports(talk: Talk, month: Month, then: (reports: Reported[]) => Turn): Turn | Need {
  const { facts } = talk
  const reach = reachOf(facts.staff, facts.person)
  if (!facts.cases) return { needs: 'cases', places: [...reach] }
  const there = owing(facts.cases, facts, reach, month)
  const ids = there.map(({ id }) => matterId(MONTHLY_REPORT, month, id))
  if (!ids.every((id) => id in facts.matters)) return { needs: 'matters', ids }
  return then(there.map((organization, index) => ({ organization, matter: facts.matters[ids[index] ?? ''] })))
}

const owing = (
  cases: readonly Filing[],
  { today }: Facts,
  reach: ReadonlySet<string>,
  month: Month,
): Organization[] =>
  organizationsIn(cases, today).filter((one) => reach.has(one.place) && owesReport(one, month))

const isIn = ({ matter }: Reported): boolean => matter !== undefined && isDone(matter)

function list(talk: Talk, month: Month, all: readonly Reported[]): Turn {
  const { session } = talk
  if (all.length === 0) return turn(session, words.nobodyThere)
  const reported = all.filter(isIn)
  const missing = all.filter((one) => !isIn(one))
  const text = [
    words.list(month, reported.length, missing.length),
    ...part(words.reported, reported.map(lineOf)),
    ...part(
      words.missing,
      missing.map(({ organization }) => organization.name),
    ),
    words.collect,
  ]
  return turn(session, text.join('\n'))
}

function part(head: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length - MOST_LISTED
  const shown = lines.slice(0, MOST_LISTED).map((line, index) => `${index + 1}. ${line}`)
  return [head, ...shown, ...(more > 0 ? [words.more(more)] : [])]
}

function lineOf({ organization: { name }, matter }: Reported): string {
  const report = matter && reportOf(matter)
  if (!report) return words.saidDone(name)
  const [, services] = Object.values(report.said ?? {})
  const glimpse = [...(services ?? '')].slice(0, LONGEST_GLIMPSE).join('')
  return words.line(name, report.nothing === true, report.activities, glimpse)
}

function collect({ facts, session }: Talk, month: Month, all: readonly Reported[]): Turn {
  if (all.length === 0) return turn(session, words.nobodyThere)
  return turn(session, words.collected(month, all.filter(isIn).length, all.length), {
    documents: [reportsDocument(facts.person, month)],
    effects: [{ type: 'noteExport', reason: words.taken(month) }],
  })
}

/** The reports of a month at the places somebody receives them for. */
const reportsDocument = (person: UserId, month: Month): DocumentRef => ({
  of: 'reports',
  id: person,
  paper: month,
  format: 'xlsx',
  name: words.fileName(month),
})
