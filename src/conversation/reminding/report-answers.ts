import { countActivities, noActivity } from '../../forms/count-activities.ts'
import { looksLikeChatter } from '../../forms/question-words.ts'
import { lengthOf } from '../../forms/said.ts'
import { monthBefore } from '../../reminders/days.ts'
import { matterId, reportOf } from '../../reminders/matter.ts'
import { nextReportQuestion, type ReportForm, type ReportQuestion } from '../../reminders/report-forms.ts'
import { cardOf, say } from '../interview/asking.ts'
import { commandOf } from '../commands.ts'
import { previousOf, type Pending } from '../session.ts'
import { holdsPersonalData } from '../shield.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { again, countsActivities, handIn, reportNothing, toldOf } from './report-hand-in.ts'
import { formOf, reporterOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'

const LONGEST_ANSWER = 500

export type Reporting = Extract<Pending, { type: 'report' }>

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

/** What was said while a report is asked for; a fixed word or a question about the rules is not an answer. */
export function hearAnswer(talk: Talk, pending: Reporting, said: string): Turn | Need | undefined {
  const form = formOf(talk.facts, pending.duty)
  if (!form) return undefined
  const reporter = reporterOf(talk.facts, form, pending.organization)
  if (reporter && 'needs' in reporter) return reporter
  if (/^(?:取消|算了|不报了|退出|以后再报|先不报)$/.test(said))
    return standing(withoutPending(talk), [words.dropped(form)])
  const { duty, organization, period } = pending
  // Said before anything else was told it is the whole report; later it answers how many there were.
  const isNothing = countsActivities(form) && noActivity(said) && Object.keys(pending.said).length === 0
  if (isNothing || [form.nothing[0], '无变化'].some((word) => said === word || said === form.word + word))
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

const NONE =
  /^(?:(?:这个?|本)月)?(?:都|也)?(?:没有?|无|没有?了|没得|说不上来?|没什么|没啥)(?:啊|呀|的|了)?[。.!！]?$/

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
  const reporter = reporterOf(facts, form, pending.organization)
  if (!reporter || 'needs' in reporter) return turn({ ...session, pending: undefined }, words.dropped(form))
  const { said, photos = 0, period } = pending
  const activities = countsActivities(form) ? (pending.activities ?? 0) : undefined
  const text = words.done(
    reporter.name,
    period,
    again(reporter, form),
    form,
    toldOf(said, form),
    activities,
    photos,
  )
  const report = {
    said,
    ...(activities === undefined ? {} : { activities }),
    ...(photos > 0 ? { photos } : {}),
  }
  return handIn(talk, form, reporter, period, report, text)
}
