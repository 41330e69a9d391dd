import { dayOf } from '../../clock.ts'
import { grantOf } from '../../filings/filing.ts'
import type { Organization } from '../../filings/organization.ts'
import { countActivities } from '../../forms/count-activities.ts'
import { lengthOf } from '../../forms/said.ts'
import { lastDayOf, monthBefore, monthOf, type Month } from '../../reminders/days.ts'
import { matterId, reportOf, type Matter } from '../../reminders/matter.ts'
import { nextReportQuestion, type ReportQuestion } from '../../reminders/report-questions.ts'
import { cardOf, say } from '../interview/asking.ts'
import { commandOf } from '../commands.ts'
import { activeDraft } from '../interview/filling.ts'
import { organizationsOf } from '../record/from-record.ts'
import { monthIn } from './months.ts'
import { reportWords as words } from './report-words.ts'
import { serviceWords } from '../service/service-words.ts'
import { previousOf, type Pending } from '../session.ts'
import { holdsPersonalData } from '../shield.ts'
import { standing } from '../standing.ts'
import { tidy } from '../tidy.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

// 附件5八3: at the end of each month every organization reports what happened, what it did and what came of it.

export const MONTHLY_REPORT = 'monthlyReport'

const LONGEST_ANSWER = 500
const MOST_PHOTOS = 50
/** So many months back a report may still be handed in or replaced. */
const MOST_MONTHS_BACK = 3
/** Until this day of a month the month before is meant, if its report is still missing. */
const LAST_DAY_FOR_MONTH_BEFORE = 15

type Reporting = Extract<Pending, { type: 'report' }>

/** Which organization and month a report is about, as far as it was said. */
export type ReportOf = { organization?: string; month?: Month }

/** 月报, 月报 10月, 无活动, and what is said while a report is asked for; undefined for everything else. */
export function hearReport(talk: Talk): Turn | Need | undefined {
  const { pending } = talk.session
  const said = tidy(talk.text).replace(/\s+/g, '')
  const asked = /^(?:报|填|写)?月报(.+)$/.exec(said)?.[1]
  const named = asked === undefined ? undefined : aboutOf(asked, talk.facts)
  if (named) return beginReport(talk, named)
  if (pending?.type === 'report' && !talk.group) {
    const heard = hearAnswer(talk, pending, said)
    if (heard) return heard
  }
  const nothing = /^(?:月报)?(?:无活动|没有活动|没活动|无变化)(.*)$/.exec(said)
  // 没有活动 may be an answer to the form.
  if (!nothing || activeDraft(talk.session)) return undefined
  const about = nothing[1] === '' ? {} : aboutOf(nothing[1] ?? '', talk.facts)
  if (!about || mine(talk.facts).length === 0) return undefined
  return reportNothing(talk, about)
}

/** 10月, 组织:id, or both. */
function aboutOf(said: string, { today }: Facts): ReportOf | undefined {
  const [, head = '', organization] = /^(.*?)(?:组织:(\S+))?$/.exec(said) ?? []
  const [whole, month] = monthIn(head, monthOf(today))
  if (head !== whole) return undefined
  return {
    ...(organization === undefined ? {} : { organization }),
    ...(month === undefined ? {} : { month }),
  }
}

/** What a person may report for: their own that are filed, whether or not they have lapsed. */
const mine = (facts: Facts): Organization[] =>
  organizationsOf(facts).filter(({ state }) => state.type !== 'cancelled')

type Chosen = {
  organization: Organization
  month: Month
  matter: Matter | undefined
  before: Matter | undefined
}

/** The organization and month meant; a question, or what is missing, while they are not known. */
function choose(talk: Talk, { organization: id, month }: ReportOf, phrase: string): Chosen | Turn | Need {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const own = mine(facts)
  const meant = id === undefined ? own : own.filter((one) => one.id === id)
  const [organization, ...more] = meant
  if (!organization)
    return standing(talk, [wording.nothingFiled(wording.matters.report), serviceWords.claimHow])
  if (more.length > 0) {
    const phrases = meant.map((one) => `${phrase} ${month ?? ''}组织:${one.id}`)
    const list = words.which(meant.map(({ name }) => name))
    return turn({ ...session, pending: { type: 'menu', phrases } }, list)
  }
  const present = monthOf(facts.today)
  if (month !== undefined && month > present) return turn(session, words.future(month))
  if (month !== undefined && month < monthsBack(present, MOST_MONTHS_BACK))
    return turn(session, words.tooOld(month))
  const idOf = (of: Month): string => matterId(MONTHLY_REPORT, of, organization.id)
  const months = [present, monthBefore(present), ...(month === undefined ? [] : [month])]
  const ids = [...new Set(months.flatMap((one) => [idOf(one), idOf(monthBefore(one))]))]
  if (!ids.every((one) => one in facts.matters)) return { needs: 'matters', ids }
  const wanted = month ?? monthDue(organization, facts, (of) => facts.matters[idOf(of)])
  return {
    organization,
    month: wanted,
    matter: facts.matters[idOf(wanted)],
    before: facts.matters[idOf(monthBefore(wanted))],
  }
}

const monthsBack = (month: Month, count: number): Month =>
  Array.from({ length: count }).reduce<Month>((back) => monthBefore(back), month)

/** At the beginning of a month the one before it, as long as nothing was reported and it was filed by then. */
function monthDue(
  { versions }: Organization,
  { today }: Facts,
  matterOf: (month: Month) => Matter | undefined,
): Month {
  const present = monthOf(today)
  const before = monthBefore(present)
  const granted = versions.flatMap(({ filing }) => grantOf(filing)?.at ?? []).sort()[0]
  const isKnown = granted !== undefined && dayOf(new Date(granted)) <= lastDayOf(before)
  const matter = matterOf(before)
  const isMissing = matter === undefined || reportOf(matter) === undefined
  return Number(today.slice(8)) <= LAST_DAY_FOR_MONTH_BEFORE && isKnown && isMissing ? before : present
}

const isChosen = (result: Chosen | Turn | Need): result is Chosen => 'organization' in result

/** 月报: the first question, with what was reported last month, and 无活动 to tap. */
export function beginReport(talk: Talk, about: ReportOf): Turn | Need {
  const chosen = choose(talk, about, '月报')
  if (!isChosen(chosen)) return chosen
  const { organization, month, matter, before } = chosen
  const { questions } = talk.facts.pack.monthlyReport
  const reported = matter && reportOf(matter)
  const last = before && reportOf(before)
  const lead = [
    words.begin(organization.name, month, questions.length),
    ...(reported ? [words.replaces(reported.at)] : []),
    ...(last?.nothing ? [words.lastMonthNothing] : []),
    ...(last && !last.nothing && last.said
      ? [words.lastMonth(toldOf(last.said, talk.facts), last.activities)]
      : []),
  ]
  return ask(talk, { type: 'report', organization: organization.id, period: month, said: {} }, lead)
}

/** 无活动 and 无变化: nothing to tell and no activity. */
export function reportNothing(talk: Talk, about: ReportOf): Turn | Need {
  const chosen = choose(talk, about, words.nothing)
  if (!isChosen(chosen)) return chosen
  const { organization, month } = chosen
  return handIn(
    talk,
    organization,
    month,
    { nothing: true, activities: 0 },
    words.doneNothing(organization.name, month),
  )
}

type Report = { nothing?: true; activities?: number; photos?: number; said?: Record<string, string> }

function handIn(talk: Talk, { id, place }: Organization, month: Month, report: Report, text: string): Turn {
  const { facts } = talk
  const matter = matterId(MONTHLY_REPORT, month, id)
  const begin = { duty: MONTHLY_REPORT, period: month, target: id, place }
  const event = { type: 'reported' as const, at: facts.now.toISOString(), by: facts.person, ...report }
  return {
    ...standing(withoutPending(talk), [text]),
    effects: [{ type: 'noteMatter', matter, begin, event }],
  }
}

/** The question that stands, with `lead` before it. */
function ask(talk: Talk, pending: Reporting, lead: readonly string[]): Turn {
  const { facts, session } = talk
  const { questions } = facts.pack.monthlyReport
  const question = openQuestion(pending, facts)
  if (!question) return finish(talk, pending)
  const number = questions.findIndex(({ id }) => id === question.id) + 1
  const text = pending.counting
    ? words.howMany
    : words.question(number, questions.length, question.label, question.ask)
  const isFirst = number === 1 && !pending.counting
  const card = cardOf(`report@${facts.newId()}`, words.cardTitle(pending.period), question.label, [
    say(words.nothing),
  ])
  return turn(
    { ...session, pending, ...(isFirst ? { card: card.id } : {}) },
    [...lead, text].join('\n\n'),
    isFirst ? { card } : {},
  )
}

/** A count is asked for before anything else. */
function openQuestion(
  { said, activities, counting }: Reporting,
  { pack }: Facts,
): ReportQuestion | undefined {
  const { questions } = pack.monthlyReport
  return counting
    ? questions.find(({ counts }) => counts)
    : nextReportQuestion(pack.monthlyReport, said, activities)
}

const toldOf = (said: Readonly<Record<string, string>>, { pack }: Facts) =>
  pack.monthlyReport.questions.flatMap(({ id, label }) => {
    const text = said[id]
    return text === undefined ? [] : [{ label, text }]
  })

/** What was said while a report is asked for; a fixed word or a question about the rules is not an answer. */
function hearAnswer(talk: Talk, pending: Reporting, said: string): Turn | Need | undefined {
  if (/^(?:取消|算了|不报了|退出|以后再报|先不报)$/.test(said))
    return standing(withoutPending(talk), [words.dropped])
  if (/^(?:月报)?(?:无活动|无变化)$/.test(said))
    return reportNothing(withoutPending(talk), { organization: pending.organization, month: pending.period })
  const command = commandOf(talk.text)
  switch (command?.type) {
    case 'back':
      return ask(talk, withoutLast(pending, talk.facts), [])
    case 'repeat':
    case 'explain':
    case 'continue':
      return ask(talk, pending, [])
    case 'skip':
      return take(talk, pending, words.none)
    case undefined:
    case 'editField':
    case 'editNumber':
    case 'editRow':
    case 'deleteRow':
      break
    default:
      return undefined
  }
  if (/[?？]$|吗[。.]?$|^请问/.test(talk.text.trim())) {
    const told = talk.facts.tell(talk.text, previousOf(talk.session))
    if (told.kind !== 'suggest') return ask(talk, pending, [told.text])
  }
  return take(talk, pending, talk.text.trim())
}

function withoutLast(pending: Reporting, { pack }: Facts): Reporting {
  const answered = pack.monthlyReport.questions.filter(({ id }) => id in pending.said)
  const last = answered.at(-1)
  const { activities, counting: _counting, ...rest } = pending
  const said = Object.fromEntries(Object.entries(pending.said).filter(([id]) => id !== last?.id))
  return { ...rest, said, ...(last?.counts || activities === undefined ? {} : { activities }) }
}

function take(talk: Talk, pending: Reporting, text: string): Turn {
  const question = openQuestion(pending, talk.facts)
  if (!question) return finish(talk, pending)
  if (holdsPersonalData(text)) return ask(talk, pending, [words.personal])
  if (lengthOf(text) > LONGEST_ANSWER) return ask(talk, pending, [words.tooLong(LONGEST_ANSWER)])
  if (pending.counting) {
    const activities = countActivities(text)
    const { counting: _counting, ...rest } = pending
    return activities === undefined ? ask(talk, pending, []) : ask(talk, { ...rest, activities }, [])
  }
  const said = { ...pending.said, [question.id]: text }
  if (!question.counts) return ask(talk, { ...pending, said }, [])
  const activities = text === words.none ? 0 : countActivities(text)
  return activities === undefined
    ? ask(talk, { ...pending, said, counting: true }, [])
    : ask(talk, { ...pending, said, activities }, [])
}

function finish(talk: Talk, pending: Reporting): Turn {
  const { facts, session } = talk
  const organization = mine(facts).find(({ id }) => id === pending.organization)
  if (!organization) return turn({ ...session, pending: undefined }, words.dropped)
  const { said, activities = 0, photos = 0, period } = pending
  const text = words.done(organization.name, period, toldOf(said, facts), activities, photos)
  const report = { said, activities, ...(photos > 0 ? { photos } : {}) }
  return handIn(talk, organization, period, report, text)
}

/** Pictures sent while a report is asked for are counted and not kept; undefined when none is asked for. */
export function countPhotos(talk: Talk, count: number): Talk | undefined {
  const { pending } = talk.session
  if (talk.group || pending?.type !== 'report') return undefined
  const photos = Math.min((pending.photos ?? 0) + count, MOST_PHOTOS)
  return { ...talk, session: { ...talk.session, pending: { ...pending, photos } } }
}

/** What is said to a picture while a report is asked for. */
export function takePhoto(talk: Talk): Turn | undefined {
  const counted = countPhotos(talk, 1)
  const pending = counted?.session.pending
  if (!counted || pending?.type !== 'report') return undefined
  return ask(counted, pending, [words.photo(pending.photos ?? 0)])
}
