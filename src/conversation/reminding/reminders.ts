import { addDays, type Day } from '../../clock.ts'
import { lastWorkingDay, nextWorkingDay } from '../../calendar.ts'
import { isStaff } from '../../directory/scope.ts'
import { placeByCode } from '../../filings/places.ts'
import { lastDayOf, monthOf } from '../../reminders/days.ts'
import { capacityOf, OWNER } from '../../reminders/capacity.ts'
import type { ReminderAnswer } from '../../reminders/matter.ts'
import { hasHeardEnough, isDone, wantsToHear, type Matter } from '../../reminders/matter.ts'
import { smallNumber } from '../../forms/numbers.ts'
import { handInLedger, handsIn } from './ledgers.ts'
import { beginReport } from './monthly-report.ts'
import { reportNothing } from './report-hand-in.ts'
import { formOf } from './reporters.ts'
import { tidy } from '../tidy.ts'
import { listWords } from '../office/list-words.ts'
import { mannerOf } from './reminder-manners.ts'
import { words } from './reminder-words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'

/** What was said to a reminder; `which` is the number in the list last shown, or the id of a matter. */
export type ReminderWord = {
  answer: ReminderAnswer | 'nothing' | 'now' | 'close'
  which?: string
  /** Of 过几天: a day they named. */
  until?: Day
}

const patterns: [RegExp, Omit<ReminderWord, 'which'>][] = [
  [/^(?:已办好|已经办好|办好|已完成)了?/, { answer: 'done' }],
  [/^(?:过几天|晚几天|过几天再说|过两天)(?:再说|再办)?/, { answer: 'later' }],
  [/^(?:请(?:社区|上级)帮[我忙]|社区帮我)/, { answer: 'help' }],
  [/^不(?:是|归)我(?:负责|管)了?/, { answer: 'notMine' }],
  [/^现在就办/, { answer: 'now' }],
]

/** 过几天 until a day they named before they were asked which matter they mean, as the menu has it. */
const UNTIL = /^过几天到(\d{4}-\d\d-\d\d)(?=\w+:)/

/** An answer to a reminder, if a text is one as a whole: the words, and perhaps a number. */
export function reminderWordOf(text: string): ReminderWord | undefined {
  const said = tidy(text).replace(/\s+/g, '')
  const [named = '', until] = UNTIL.exec(said) ?? []
  if (until !== undefined) return { answer: 'later', until, which: said.slice(named.length) }
  for (const [pattern, word] of patterns) {
    const match = pattern.exec(said)
    if (!match) continue
    const rest = said.slice(match[0].length).replace(/^第|[件个项]$/g, '')
    if (rest === '') return word
    if (/^[a-z]\w*:\S+$/i.test(rest)) return { ...word, which: rest }
    const number = smallNumber(rest)
    if (number !== undefined) return { ...word, which: String(number) }
  }
  return undefined
}

/** 过几天 is three days. */
const LATER_DAYS = 3
const MOST_DAYS = 31

/** Until when they want to be left in peace: a day on which letters leave. The end of a month does not slip past it. */
function quietFor(until: ReminderWord['until'], { today, pack }: Talk['facts']): Day {
  const wanted = until ?? addDays(today, LATER_DAYS)
  const furthest = addDays(today, MOST_DAYS)
  const day = wanted < furthest ? wanted : furthest
  const before = lastWorkingDay(day, pack.calendar)
  return day === lastDayOf(monthOf(day)) && before > today ? before : nextWorkingDay(day, pack.calendar)
}

/** Answers what the person was reminded of last. Asks which matter is meant where there are several. */
export function answerReminder(talk: Talk, word: ReminderWord): Turn | Need {
  const { answer, which, until } = word
  const { facts, session } = talk
  if (!facts.reminded) return { needs: 'reminded' }
  const open = openMatters(facts.reminded, facts.person, facts.today)
  if (open.length === 0) return turn(session, words.nothingOpen)
  const id = which === undefined ? undefined : idOf(which, talk)
  const chosen = open.length === 1 ? open[0] : open.find((matter) => matter.id === id)
  if (!chosen) {
    const said = words.buttons[answer] + (until === undefined ? '' : words.until(until))
    const phrases = open.map((matter) => `${said} ${matter.id}`)
    const list = words.which(open.map((one) => titleOf(one, talk)))
    return turn({ ...session, pending: { type: 'menu', phrases } }, list)
  }
  return answerMatter(talk, chosen, word)
}

/**
 * The same in other words, from somebody who was reminded in the last days; undefined where nothing is open that
 * they could mean.
 */
export function hearManner(talk: Talk): Turn | Need | undefined {
  const { facts, text } = talk
  const word = mannerOf(text, facts.today)
  if (!word) return undefined
  if (!facts.reminded) return { needs: 'reminded' }
  const lately = addDays(facts.today, -LATELY_DAYS)
  const open = openMatters(facts.reminded, facts.person, facts.today, lately)
  return open.length > 0 ? answerReminder(talk, word) : undefined
}

/** A number means the list last shown. */
function idOf(which: string, { session }: Talk): string | undefined {
  const { pending } = session
  if (which.includes(':')) return which
  return pending?.type === 'menu' ? pending.phrases[Number(which) - 1]?.split(' ')[1] : undefined
}

/** A button names its matter, so the card of an older letter still means that one. */
export function pressReminder(talk: Talk, [answer, ...id]: string[]): Turn | Need {
  if (!talk.facts.reminded) return { needs: 'reminded' }
  const known = (['now', 'done', 'later', 'help', 'notMine', 'close', 'nothing'] as const).find(
    (one) => one === answer,
  )
  const matter = talk.facts.reminded.find((one) => one.id === id.join(':'))
  // Closed before or not, the ledger says so itself.
  if (matter?.duty === 'ledger' && (known === 'close' || known === 'nothing'))
    return handInLedger(talk, known === 'nothing', matter.id)
  if (known === 'nothing' && matter && isReport(matter, talk)) return reportNothing(talk, reportOf(matter))
  if (known === 'now' && matter && isReport(matter, talk)) return beginReport(talk, reportOf(matter))
  if (!known || !matter || isDone(matter)) return turn(talk.session, words.nothingOpen)
  return answerMatter(talk, matter, { answer: known })
}

const isReport = ({ duty }: Matter, { facts }: Talk): boolean => formOf(facts, duty) !== undefined

const reportOf = ({ duty, target, period }: Matter) => ({ duty, organization: target, month: period })

/** What only the leader can do. */
const LEADERS = ['validity', 'lapsed']

function answerMatter(talk: Talk, matter: Matter, word: ReminderWord): Turn | Need {
  const { answer } = word
  const { facts, session } = talk
  // To say that it is done is to hand it in.
  if (matter.duty === 'ledger' && answer === 'done' && handsIn(facts, matter.target))
    return handInLedger(talk, false, matter.id)
  if (answer === 'now' && isReport(matter, talk)) return beginReport(talk, reportOf(matter))
  if (answer === 'close' || answer === 'nothing') return turn(session, words.nothingOpen)
  const at = facts.now.toISOString()
  const by = facts.person
  const isLeaders = LEADERS.includes(matter.duty) && capacityOf(matter, by) !== OWNER
  if (answer === 'now')
    return turn(session, isLeaders ? words.howHelper : (words.how[matter.duty] ?? words.howOther))
  // An office cannot renew for the leader, who must not be left without a word because it has told them.
  if (answer === 'done' && isLeaders) {
    const until = nextWorkingDay(
      matter.period > facts.today ? matter.period : addDays(facts.today, MOST_DAYS),
      facts.pack.calendar,
    )
    return turn(session, words.answered.told(until, titleOf(matter, talk)), {
      effects: [
        {
          type: 'noteMatter',
          matter: matter.id,
          event: { type: 'answered', at, by, answer: 'later', until },
        },
      ],
    })
  }
  const until = quietFor(word.until, facts)
  const event = { type: 'answered' as const, at, by, answer, ...(answer === 'later' ? { until } : {}) }
  return turn(session, answeredText(talk, matter, answer, until), {
    effects: [{ type: 'noteMatter', matter: matter.id, event }],
  })
}

function answeredText(talk: Talk, matter: Matter, answer: ReminderAnswer, until: Day): string {
  const { answered } = words
  switch (answer) {
    case 'done':
      return answered.done(titleOf(matter, talk))
    case 'later':
      return hasHeardEnough(matter, talk.facts.person)
        ? answered.laterNoMore(titleOf(matter, talk))
        : answered.later(until, titleOf(matter, talk))
    case 'help':
      return isStaff(talk.facts.staff, talk.facts.person) ? answered.officeHelp : answered.help
    case 'notMine':
      return answered.notMine
  }
}

/** So long somebody may take to answer with the words of the letter. */
const OPEN_DAYS = 45
/** So long words that mean other things elsewhere are an answer to it. */
const LATELY_DAYS = 10

/** What this person was reminded of since a day, and is not done with, in a fixed order: the oldest first. */
function openMatters(
  matters: readonly Matter[],
  person: string,
  today: Day,
  since = addDays(today, -OPEN_DAYS),
): Matter[] {
  return matters
    .filter((matter) => !isDone(matter) && wantsToHear(matter, person, today))
    .filter(({ events }) =>
      events.some((event) => event.type === 'reminded' && event.to === person && event.day >= since),
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function titleOf({ duty, period, target, place }: Matter, { facts }: Talk): string {
  const title = facts.pack.duties.duties.find(({ id }) => id === duty)?.title ?? duty
  const what = listWords.about(duty, title, period, '', undefined)
  const whose = facts.remindedOf?.[target] ?? placeByCode(place, facts.pack.jurisdiction)?.name
  return whose === undefined ? what : listWords.ofWhom(whose, what)
}
