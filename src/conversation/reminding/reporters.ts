import { dayOf, type Day } from '../../clock.ts'
import { mayAct } from '../../directory/may-act.ts'
import { incubatorsIn, reachOf } from '../../directory/scope.ts'
import { organizationsIn } from '../../filings/ledger.ts'
import { grantOf } from '../../filings/filing.ts'
import type { Organization } from '../../filings/organization.ts'
import { placeByCode } from '../../filings/places.ts'
import { lastDayOf, monthBefore, monthOf, type Month } from '../../reminders/days.ts'
import { matterId, reportOf, type Matter } from '../../reminders/matter.ts'
import { MONTHLY_REPORT, reportFormOf, type ReportForm } from '../../reminders/report-forms.ts'
import { organizationsOf } from '../record/from-record.ts'
import { reportWords as words } from './report-words.ts'
import { serviceWords } from '../service/service-words.ts'
import { standing } from '../standing.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** So many months back a report may still be handed in or replaced. */
const MOST_MONTHS_BACK = 3
/** Until this day of a month the month before is meant, if its report is still missing. */
const LAST_DAY_FOR_MONTH_BEFORE = 15

/** Who reports: an organization, or the incubator of a street or of the district (`id` is then its code). */
export type Reporter = {
  id: string
  name: string
  place: string
  /** From when on it owes reports; undefined while it was never filed. */
  since: Day | undefined
  /** Somebody of an office reports for it, as for a leader who has no account. */
  helped?: true
}

/** What a report is about, as far as it was said: `organization` is the id of a reporter. */
export type ReportOf = { duty?: string; organization?: string; month?: Month }

export const formOf = ({ pack }: Facts, duty = MONTHLY_REPORT): ReportForm | undefined =>
  reportFormOf(pack.monthlyReports, duty)

/** Whom a person may report for: their own that are filed, lapsed or not; the incubators they work for. */
export function reportersOf(facts: Facts, form: ReportForm): Reporter[] {
  const duty = facts.pack.duties.duties.find(({ id }) => id === form.duty)
  if (duty?.owes === 'organization') {
    return organizationsOf(facts)
      .filter(({ state }) => state.type !== 'cancelled')
      .map((one) => ({ id: one.id, name: one.name, place: one.place, since: knownSince(one) }))
  }
  const { jurisdiction } = facts.pack
  return incubatorsIn(facts.staff, jurisdiction.code, facts.person).map((code) => {
    const place = placeByCode(code, jurisdiction)?.name ?? jurisdiction.district
    return { id: code, name: words.incubator(place), place: code, since: duty?.start }
  })
}

/** One a person may report for; an office helps the organizations of its places. Nobody else. */
export function reporterOf(facts: Facts, form: ReportForm, id: string): Reporter | Need | undefined {
  const own = reportersOf(facts, form).find((one) => one.id === id)
  const { staff, person, cases, today } = facts
  const reach = reachOf(staff, person)
  if (own || reach.size === 0 || form.duty !== MONTHLY_REPORT) return own
  if (!cases) return { needs: 'cases', places: [...reach] }
  const one = organizationsIn(cases, today).find((organization) => organization.id === id)
  if (!one || one.state.type === 'cancelled' || !mayAct(staff, person, 'help', { place: one.place }).ok)
    return undefined
  return { id, name: one.name, place: one.place, since: knownSince(one), helped: true }
}

/** The day on which the bot first knew of it as filed. */
export function knownSince({ versions }: Organization): Day | undefined {
  const granted = versions.flatMap(({ filing }) => grantOf(filing)?.at ?? []).sort()[0]
  return granted && dayOf(new Date(granted))
}

export type Chosen = {
  form: ReportForm
  reporter: Reporter
  month: Month
  matter: Matter | undefined
  before: Matter | undefined
}

export const isChosen = (result: Chosen | Turn | Need): result is Chosen => 'reporter' in result

/** The reporter and month meant; a question, or what is missing, while they are not known. */
export function choose(
  talk: Talk,
  about: ReportOf,
  phraseOf: (form: ReportForm) => string,
): Chosen | Turn | Need {
  const { facts, session } = talk
  const { duty, organization: id, month } = about
  const form = formOf(facts, duty)
  if (!form) return turn(session, wording.nothingFiled(wording.matters.report))
  if (talk.group) return turn(session, wording.groupPrivate)
  const named = id === undefined ? undefined : reporterOf(facts, form, id)
  if (named && 'needs' in named) return named
  const meant = id === undefined ? reportersOf(facts, form) : named ? [named] : []
  const [reporter, ...more] = meant
  if (!reporter) return standing(talk, [wording.nothingFiled(wording.matters.report), serviceWords.claimHow])
  if (more.length > 0) {
    const phrases = meant.map((one) => `${phraseOf(form)} ${month ?? ''}组织:${one.id}`)
    const list = words.which(meant.map(({ name }) => name))
    return turn({ ...session, pending: { type: 'menu', phrases } }, list)
  }
  const present = monthOf(facts.today)
  if (month !== undefined && month > present) return turn(session, words.future(month))
  if (month !== undefined && month < monthsBack(present, MOST_MONTHS_BACK))
    return turn(session, words.tooOld(month))
  const idOf = (of: Month): string => matterId(form.duty, of, reporter.id)
  const months = [present, monthBefore(present), ...(month === undefined ? [] : [month])]
  const ids = [...new Set(months.flatMap((one) => [idOf(one), idOf(monthBefore(one))]))]
  if (!ids.every((one) => one in facts.matters)) return { needs: 'matters', ids }
  const wanted = month ?? monthDue(reporter, facts, (of) => facts.matters[idOf(of)])
  return {
    form,
    reporter,
    month: wanted,
    matter: facts.matters[idOf(wanted)],
    before: facts.matters[idOf(monthBefore(wanted))],
  }
}

const monthsBack = (month: Month, count: number): Month =>
  Array.from({ length: count }).reduce<Month>((back) => monthBefore(back), month)

/** At the beginning of a month the one before it, as long as nothing was reported and it was filed by then. */
function monthDue(
  { since }: Reporter,
  { today }: Facts,
  matterOf: (month: Month) => Matter | undefined,
): Month {
  const present = monthOf(today)
  const before = monthBefore(present)
  const isKnown = since !== undefined && since <= lastDayOf(before)
  const matter = matterOf(before)
  const isMissing = matter === undefined || reportOf(matter) === undefined
  return Number(today.slice(8)) <= LAST_DAY_FOR_MONTH_BEFORE && isKnown && isMissing ? before : present
}
