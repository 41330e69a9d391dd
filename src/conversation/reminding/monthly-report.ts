import { countActivities } from '../../forms/count-activities.ts'
import { looksLikeChatter } from '../../forms/question-words.ts'
import { lengthOf } from '../../forms/said.ts'
import { monthBefore, monthOf, type Month } from '../../reminders/days.ts'
import { matterId, reportOf } from '../../reminders/matter.ts'
import {
  MONTHLY_REPORT,
  nextReportQuestion,
  type ReportForm,
  type ReportQuestion,
} from '../../reminders/report-forms.ts'
import { cardOf, say } from '../interview/asking.ts'
import { commandOf } from '../commands.ts'
import { activeDraft } from '../interview/filling.ts'
import { monthIn } from './months.ts'
import { collected } from './report-lists.ts'
import { choose, formOf, isChosen, reportersOf, type Reporter, type ReportOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'
import { previousOf, type Pending } from '../session.ts'
import { holdsPersonalData } from '../shield.ts'
import { standing } from '../standing.ts'
import { tidy } from '../tidy.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'

// 附件5八3: at the end of each month every organization reports what happened, what it did and what came of it.
// 附件5七3: the incubator gathers that and reports to the bureau. Both are asked as the pack says.

const LONGEST_ANSWER = 500

/** 我要交这个月的月报 begins it as well. */
const WANTS =
  '^(?:我们?)?(?:要|想|来|现在|帮我)*(?:报|填|写|交)?(?:一下|个)?((?:这个月|本月|上个?月|\\d{1,2}月份?)?)的?'

export type Reporting = Extract<Pending, { type: 'report' }>

/** 月报, 月报 10月, 无活动, and what is said while a report is asked for; undefined for everything else. */
export function hearReport(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
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
    const nothing = new RegExp(`^(?:${form.word})?(?:${form.nothing.join('|')})(.*)$`).exec(said)
    const about = nothing && aboutOf(nothing[1] ?? '', form, facts)
    if (about && reportersOf(facts, form).length > 0) return reportNothing(talk, about)
  }
  return undefined
}

/** 10月, 组织:id, or both. */
function aboutOf(said: string, { duty }: ReportForm, { today }: Facts): ReportOf | undefined {
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

/**
 * 无活动 and 无变化: nothing to tell and no activity. One word, perhaps on an old card, does not take the place of what
 * was told in full; somebody who began the report anew was told that it will.
 */
export function reportNothing(talk: Talk, about: ReportOf, isAnew = false): Turn | Need {
  const chosen = choose(talk, about, ({ nothing }) => nothing[0])
  if (!isChosen(chosen)) return chosen
  const { form, reporter, month, matter } = chosen
  const reported = matter && reportOf(matter)
  if (reported && !reported.nothing && !isAnew)
    return standing(withoutPending(talk), [words.toldBefore(reporter.name, month, reported.at, form)])
  const none = { nothing: true as const, ...(countsActivities(form) ? { activities: 0 } : {}) }
  return handIn(talk, form, reporter, month, none, words.doneNothing(reporter.name, month, form))
}

const countsActivities = ({ questions }: ReportForm): boolean => questions.some(({ counts }) => counts)

type Report = { nothing?: true; activities?: number; photos?: number; said?: Record<string, string> }

function handIn(
  talk: Talk,
  { duty }: ReportForm,
  { id, place }: Reporter,
  month: Month,
  report: Report,
  text: string,
): Turn {
  const { facts } = talk
  const begin = { duty, period: month, target: id, place }
  const event = { type: 'reported' as const, at: facts.now.toISOString(), by: facts.person, ...report }
  return {
    ...standing(withoutPending(talk), [text]),
    effects: [{ type: 'noteMatter', matter: matterId(duty, month, id), begin, event }],
  }
}

/** The question that stands, with `lead` before it. */
export function ask(talk: Talk, pending: Reporting, form: ReportForm, lead: readonly string[]): Turn {
  const { facts, session } = talk
  const { questions, nothing } = form
  const question = openQuestion(pending, form)
  if (!question) return finish(talk, pending, form)
  const number = questions.findIndex(({ id }) => id === question.id) + 1
  const text = pending.counting
    ? words.howMany
    : words.question(number, questions.length, question.label, question.ask)
  const isFirst = number === 1 && !pending.counting
  const card = cardOf(`report@${facts.newId()}`, words.cardTitle(pending.period, form), question.label, [
    say(nothing[0]),
  ])
  return turn(
    { ...session, pending, ...(isFirst ? { card: card.id } : {}) },
    [...lead, text].join('\n\n'),
    isFirst ? { card } : {},
  )
}

/** A count is asked for before anything else. */
const openQuestion = (
  { said, activities, counting }: Reporting,
  form: ReportForm,
): ReportQuestion | undefined =>
  counting ? form.questions.find(({ counts }) => counts) : nextReportQuestion(form, said, activities)

const toldOf = (said: Readonly<Record<string, string>>, { questions }: ReportForm) =>
  questions.flatMap(({ id, label }) => {
    const text = said[id]
    return text === undefined ? [] : [{ label, text }]
  })

/** What was said while a report is asked for; a fixed word or a question about the rules is not an answer. */
function hearAnswer(talk: Talk, pending: Reporting, said: string): Turn | Need | undefined {
  const form = formOf(talk.facts, pending.duty)
  if (!form) return undefined
  if (/^(?:取消|算了|不报了|退出|以后再报|先不报)$/.test(said))
    return standing(withoutPending(talk), [words.dropped(form)])
  const { duty, organization, period } = pending
  if ([form.nothing[0], '无变化'].some((word) => said === word || said === form.word + word))
    return reportNothing(withoutPending(talk), { duty, organization, month: period }, true)
  if (SAME.test(said)) return takeSame(talk, pending, form)
  const command = commandOf(talk.text)
  switch (command?.type) {
    case 'back':
      return ask(talk, withoutLast(pending, form), form, [])
    case 'explain':
      return ask(talk, pending, form, [plainly(pending)])
    case 'repeat':
    case 'continue':
      return ask(talk, pending, form, [])
    case 'skip':
      return take(talk, pending, form, words.none)
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
    if (told.kind !== 'suggest') return ask(talk, pending, form, [told.text])
  }
  return take(talk, pending, form, talk.text.trim())
}

const plainly = ({ counting }: Reporting): string => (counting ? words.countPlainly : words.plainly)

/** 跟上个月一样 */
const SAME =
  /^(?:同上|照旧|老样子|(?:还是|还)?(?:跟|和|同|与)?(?:上个?月|以前|原来)的?(?:一样|相同|差不多|那样))(?:了|的|吧)?$/

/** Takes what was told last month as the answer, and its count with it. */
function takeSame(talk: Talk, pending: Reporting, form: ReportForm): Turn | Need {
  const id = matterId(pending.duty, monthBefore(pending.period), pending.organization)
  if (!(id in talk.facts.matters)) return { needs: 'matters', ids: [id] }
  const matter = talk.facts.matters[id]
  const last = matter && reportOf(matter)
  const question = openQuestion(pending, form)
  if (!last || !question) return ask(talk, pending, form, [words.noLastMonth])
  const told = last.said?.[question.id] ?? words.none
  const { counting, ...rest } = pending
  return ask(
    talk,
    {
      ...rest,
      said: counting ? rest.said : { ...rest.said, [question.id]: told },
      ...(question.counts ? { activities: last.activities ?? 0 } : {}),
    },
    form,
    [],
  )
}

function withoutLast(pending: Reporting, { questions }: ReportForm): Reporting {
  const last = questions.findLast(({ id }) => id in pending.said)
  const { activities, counting: _counting, ...rest } = pending
  const said = Object.fromEntries(Object.entries(pending.said).filter(([id]) => id !== last?.id))
  return { ...rest, said, ...(last?.counts || activities === undefined ? {} : { activities }) }
}

const NONE = /^(?:没有?|无|没有?了|说不上来?)[。.!！]?$/

function take(talk: Talk, pending: Reporting, form: ReportForm, text: string): Turn {
  const question = openQuestion(pending, form)
  if (!question) return finish(talk, pending, form)
  if (holdsPersonalData(text)) return ask(talk, pending, form, [words.personal])
  if (lengthOf(text) > LONGEST_ANSWER) return ask(talk, pending, form, [words.tooLong(LONGEST_ANSWER)])
  if (pending.counting) {
    const activities = countActivities(text)
    if (activities === undefined) return ask(talk, pending, form, [words.countPlainly])
    const { counting: _counting, ...rest } = pending
    return ask(talk, { ...rest, activities }, form, [])
  }
  const isNone = NONE.test(text)
  // 没听懂 and 谢谢 are nothing for the bureau to read.
  if (!isNone && looksLikeChatter(text)) return ask(talk, pending, form, [words.plainly])
  const said = { ...pending.said, [question.id]: isNone ? words.none : text }
  if (!question.counts) return ask(talk, { ...pending, said }, form, [])
  const activities = isNone ? 0 : countActivities(text)
  const counted = activities === undefined ? { counting: true as const } : { activities }
  return ask(talk, { ...pending, said, ...counted }, form, [])
}

function finish(talk: Talk, pending: Reporting, form: ReportForm): Turn {
  const { facts, session } = talk
  const reporter = reportersOf(facts, form).find(({ id }) => id === pending.organization)
  if (!reporter) return turn({ ...session, pending: undefined }, words.dropped(form))
  const { said, photos = 0, period } = pending
  const activities = countsActivities(form) ? (pending.activities ?? 0) : undefined
  const text = words.done(reporter.name, period, form, toldOf(said, form), activities, photos)
  const report = {
    said,
    ...(activities === undefined ? {} : { activities }),
    ...(photos > 0 ? { photos } : {}),
  }
  return handIn(talk, form, reporter, period, report, text)
}
