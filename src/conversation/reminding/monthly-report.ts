import { isStaff, reachOf } from '../../directory/scope.ts'
import { organizationsIn } from '../../filings/ledger.ts'
import { noActivity } from '../../forms/count-activities.ts'
import { monthOf } from '../../reminders/days.ts'
import { reportOf } from '../../reminders/matter.ts'
import { MONTHLY_REPORT, type ReportForm } from '../../reminders/report-forms.ts'
import { activeDraft } from '../interview/filling.ts'
import { tidy } from '../tidy.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { monthIn } from './months.ts'
import { ask, hearAnswer, type Reporting } from './report-answers.ts'
import { countsActivities, reportNothing, toldOf } from './report-hand-in.ts'
import { collected } from './report-lists.ts'
import { choose, isChosen, reportersOf, type ReportOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'

// 附件5八3: at the end of each month every organization reports what happened, what it did and what came of it.
// 附件5七3: the incubator gathers that and reports to the bureau. Both are asked as the pack says.

/** 我要交这个月的月报 begins it as well. */
const WANTS =
  '^(?:我们?)?(?:要|想|来|现在|帮我)*(?:报|填|写|交)?(?:一下|个)?((?:这个月|本月|上个?月|\\d{1,2}月份?)?)的?'

/** 月报, 月报 10月, 无活动, and what is said while a report is asked for; undefined for everything else. */
export function hearReport(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const helped = hearHelped(talk)
  if (helped) return helped
  const { reports } = facts.pack.monthlyReports
  const said = tidy(talk.text).replace(/\s+/g, '')
  for (const form of reports) {
    const [, month = '', rest] = new RegExp(`${WANTS}${form.word}(.*)$`).exec(said) ?? []
    // 月报 alone is a word of the commands, and of staff for the list.
    if (rest === undefined || (said === form.word && form.duty === MONTHLY_REPORT)) continue
    const asked = month + rest
    const about = aboutOf(asked, form, facts)
    if (about && (asked !== '' || reportersOf(facts, form).length > 0)) return beginReport(talk, about)
  }
  if (session.pending?.type === 'report' && !talk.group) {
    const heard = hearAnswer(talk, session.pending, said)
    if (heard) return heard
  }
  // 没有活动 may be an answer to the form.
  if (activeDraft(session)) return undefined
  for (const form of reports) {
    const about = nothingOf(said, form, facts)
    if (about && reportersOf(facts, form).length > 0) return reportNothing(talk, about)
  }
  return undefined
}

/** 这个月没有 without a word of what. */
const NONE_OF_MONTH = /^(?:我们队?|队里)?((?:这个?|本|上个?)月)(?:的?月报)?(?:都|也)?没有?[了啊呀呢的]*$/

/** 无活动, 无活动 10月, 这个月没搞活动. At the beginning of a month 这个月 may be the one whose report is still missing. */
function nothingOf(said: string, form: ReportForm, facts: Facts): ReportOf | undefined {
  const [, rest] = new RegExp(`^(?:${form.word})?(?:${form.nothing.join('|')})(.*)$`).exec(said) ?? []
  const about = rest === undefined ? undefined : aboutOf(rest, form, facts)
  if (about || !countsActivities(form)) return about
  const [, none] = NONE_OF_MONTH.exec(said) ?? []
  const nothing = none === undefined ? noActivity(said) : { month: none }
  return nothing && aboutOf(nothing.month?.replace(/^(?:这个?|本)月$/, '') ?? '', form, facts)
}

/** 代报 1, by the number in the list last shown, or 代报 晨光合唱团: an office reports for a leader who cannot. */
function hearHelped(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const [, said] = /^代报\s*(\S.*)$/su.exec(tidy(talk.text)) ?? []
  if (said === undefined || activeDraft(session) || !isStaff(facts.staff, facts.person)) return undefined
  const reach = reachOf(facts.staff, facts.person)
  if (!facts.cases) return { needs: 'cases', places: [...reach] }
  const [which = '', ...rest] = said.split(/\s+/u)
  const [, number] = /^第?(\d{1,3})[家个号]?$/u.exec(which) ?? []
  const about = aboutOf(rest.join(''), { duty: MONTHLY_REPORT }, facts)
  const meant = organizationsIn(facts.cases, facts.today).filter(({ id, name }) =>
    number === undefined ? name.includes(which) : id === session.listed[Number(number) - 1],
  )
  const [one, ...more] = meant
  if (!one || more.length > 0 || !about) return turn(session, words.helpWhom(said))
  return beginReport(talk, { ...about, duty: MONTHLY_REPORT, organization: one.id })
}

/** 10月, 组织:id, or both. */
function aboutOf(said: string, { duty }: Pick<ReportForm, 'duty'>, { today }: Facts): ReportOf | undefined {
  const [, head = '', organization] = /^(.*?)(?:组织:(\S+))?$/.exec(said) ?? []
  const [whole, month] = monthIn(head, monthOf(today))
  if (head !== whole) return undefined
  return {
    duty,
    ...(organization === undefined ? {} : { organization }),
    ...(month === undefined ? {} : { month }),
  }
}

/**
 * 月报: the first question, with what was reported last month, and 无活动 to tap. An incubator, which gathers the
 * reports of others, gets them first.
 */
export function beginReport(talk: Talk, about: ReportOf): Turn | Need {
  const chosen = choose(talk, about, ({ word }) => word)
  if (!isChosen(chosen)) return chosen
  const { form, reporter, month, matter, before } = chosen
  const reported = matter && reportOf(matter)
  const last = before && reportOf(before)
  const gathered = form.duty === MONTHLY_REPORT ? undefined : collected(talk, month)
  const lead = [
    words.begin(reporter.name, month, form),
    ...(reporter.helped ? [words.helping] : []),
    ...(gathered ? [words.gathered] : []),
    ...(reported ? [words.replaces(reported.at), ...shown(reported, form, words.reportedSo)] : []),
    ...(last && !reported ? shown(last, form, words.lastMonth) : []),
  ]
  const pending: Reporting = {
    type: 'report',
    duty: form.duty,
    organization: reporter.id,
    period: month,
    said: {},
  }
  const asked = ask(talk, pending, form, lead)
  return gathered
    ? { ...asked, reply: { ...asked.reply, ...gathered.reply }, effects: gathered.effects }
    : asked
}

type Reported = NonNullable<ReturnType<typeof reportOf>>

const shown = ({ nothing, said, activities }: Reported, form: ReportForm, as: string): string[] =>
  nothing ? [words.toldNothing(as, form)] : said ? [words.told(as, toldOf(said, form), activities)] : []
