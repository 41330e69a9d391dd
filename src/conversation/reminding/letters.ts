import { lastWorkingDay, type Calendar } from '../../calendar.ts'
import type { Day } from '../../clock.ts'
import { daysLeft } from '../../filings/validity.ts'
import { placeByCode } from '../../filings/places.ts'
import type { Jurisdiction, Pack } from '../../pack.ts'
import { capacityIn, isFromOffice, OVERDUE, OWNER } from '../../reminders/capacity.ts'
import type { Card } from '../../messages.ts'
import { matterId } from '../../reminders/matter.ts'
import { mendIn, type News } from '../../reminders/news.ts'
import type { Reminder } from '../../reminders/owed.ts'
import { INCUBATOR_REPORT, MONTHLY_REPORT } from '../../reminders/report-forms.ts'
import { words, type Item } from './reminder-words.ts'

/** Reminders that are told in one line. */
export type Line = { reminders: [Reminder, ...Reminder[]] }

/** Matters of one duty, for one period and in one capacity, stand together. */
export function linesOf(reminders: readonly Reminder[]): Line[] {
  const lines = new Map<string, Line>()
  for (const reminder of reminders) {
    const { duty, period, help, to, step } = reminder
    const together = ['validity', 'lying'].includes(duty.when.type) ? '' : period
    const key = [duty.id, together, help ?? '', isFromOffice(step), capacityIn(step) === OWNER, to.type].join(
      ':',
    )
    const line = lines.get(key)
    if (line) line.reminders.push(reminder)
    else lines.set(key, { reminders: [reminder] })
  }
  return [...lines.values()]
}

/** Before somebody who has it twice, in place of an office that nobody holds and to help it: what came last. */
function withoutRepeated(reminders: readonly Reminder[]): Reminder[] {
  const overdue = new Set(reminders.filter(isOverdue).map(idOf))
  return reminders.filter((one) => isOverdue(one) || one.help !== 'overdue' || !overdue.has(idOf(one)))
}

const isOverdue = ({ step }: Reminder): boolean => capacityIn(step) === OVERDUE

/** What the draft of a ledger says in short, by the id of its matter. */
export type Drafts = ReadonlyMap<string, { totals: string; unchanged: boolean }>

const idOf = ({ duty, period, target }: Reminder): string => matterId(duty.id, period, target)

type Rules = Pick<Pack, 'jurisdiction' | 'calendar'>

/** What a letter says. Complete without its card and files. */
export function letterText(reminders: readonly Reminder[], today: Day, pack: Rules, drafts: Drafts): string {
  const lines = linesOf(withoutRepeated(reminders)).map((line) => {
    const totals = line.reminders.flatMap((one) => (one.help ? [] : (drafts.get(idOf(one))?.totals ?? [])))
    return [lineText(line, today, pack), ...totals].join('\n')
  })
  const numbered = lines.length > 1 ? lines.map((line, index) => `${index + 1}. ${line}`) : lines
  const late = reminders.some((reminder) => reminder.late)
  return [
    lines.length > 1 ? words.several(lines.length) : words.one,
    ...numbered,
    ...(late ? [words.late] : []),
    words.tail(
      lines.length,
      reminders.every(({ to }) => to.type !== 'leader'),
    ),
  ].join('\n')
}

/** What the card of a letter is about: its only matter, else the last ledger if all are of one authority. */
export function cardAbout(reminders: readonly Reminder[]): Reminder | undefined {
  const ledgers = reminders.filter(({ duty, help }) => duty.id === 'ledger' && !help)
  const [latest] = ledgers.toSorted((a, b) => (a.period > b.period ? -1 : 1))
  const isClear = latest && ledgers.every(({ target }) => target === latest.target)
  const [one, ...more] = isClear ? [latest] : reminders
  return !one || more.length > 0 || one.help ? undefined : one
}

/** Such a letter can be answered by a tap; the button names the matter, so an old card still means it. */
export function letterCard(reminders: readonly Reminder[], id: string, drafts: Drafts): Card | undefined {
  const one = cardAbout(reminders)
  if (!one) return undefined
  const matter = idOf(one)
  const draft = drafts.get(matter)
  const answers = draft
    ? ([draft.unchanged ? 'nothing' : 'close', 'later', 'notMine'] as const)
    : one.duty.id === MONTHLY_REPORT || one.duty.id === INCUBATOR_REPORT
      ? (['now', 'nothing', 'done', 'later', 'help', 'notMine'] as const)
      : (['now', 'done', 'later', 'help', 'notMine'] as const)
  const buttons = answers.map((answer) => ({
    text: buttonText(answer, one, draft !== undefined),
    key: `remind:${answer}:${matter}`,
  }))
  const title = draft ? words.ledgerCardTitle(one.period) : words.cardTitle
  return { id, title, hint: one.name ?? one.duty.title, buttons }
}

function buttonText(answer: keyof typeof words.buttons, { duty, to }: Reminder, hasDraft: boolean): string {
  if (answer === 'help' && to.type !== 'leader') return words.askAbove
  if (answer !== 'nothing' || hasDraft) return words.buttons[answer]
  return duty.id === INCUBATOR_REPORT ? words.noNews : words.noActivity
}

/** What was handed in to somebody's office, a line for each duty and period. */
export function newsText(news: readonly News[], jurisdiction: Jurisdiction): string {
  const lines = new Map<string, [News, ...News[]]>()
  for (const one of news) {
    const key = `${one.duty.id}:${one.matter.period}`
    const line = lines.get(key)
    if (line) line.push(one)
    else lines.set(key, [one])
  }
  return [...lines.values()]
    .map((line) => {
      const { duty, matter } = line[0]
      const toMend = line.flatMap((one) => mendLine(one))
      if (toMend.length > 0) return words.toMend(matter.period, toMend)
      const names = line.map(({ name, matter: { place } }) => name ?? placeName(place, jurisdiction) ?? '')
      return words.news(duty.id, matter.period, duty.title, names)
    })
    .join('\n')
}

const mendLine = ({ name, matter }: News): string[] => {
  const mend = mendIn(matter)
  return mend === undefined || name === undefined ? [] : [words.mend(name, mend)]
}

function lineText({ reminders }: Line, today: Day, { jurisdiction, calendar }: Rules): string {
  const [first] = reminders
  const items = [...new Map(reminders.map((one) => [one.target, itemOf(one, today, jurisdiction)])).values()]
  return first.help
    ? words.help + helpText(first, items)
    : ownText(first, items, lastDayIn(first.last, today, calendar))
}

const placeName = (code: string, jurisdiction: Jurisdiction): string | undefined =>
  code === jurisdiction.code ? jurisdiction.district : placeByCode(code, jurisdiction)?.name

const itemOf = (reminder: Reminder, today: Day, jurisdiction: Jurisdiction): Item => ({
  name: reminder.name ?? placeName(reminder.place, jurisdiction) ?? reminder.duty.title,
  last: reminder.last,
  days: daysLeft(reminder.last, today),
})

/** Offices do not work on holidays. */
export function lastDayIn(last: Day, today: Day, calendar: Calendar): string {
  const before = lastWorkingDay(last, calendar)
  return words.lastDay(last, before < last && today <= before ? before : undefined)
}

/** `lastDay` in words, for offices. */
function ownText({ duty, period, last, to }: Reminder, items: Item[], lastDay: string): string {
  const { lines } = words
  switch (duty.id) {
    case 'ledger':
      return lines.ledger(
        period,
        duty.when.type === 'monthlyBefore' ? words.everyMonthBefore(duty.when.day) : '',
        lastDay,
        items.length > 1 ? items.map(({ name }) => name) : [],
      )
    case MONTHLY_REPORT:
      return lines.monthlyReport(period, items, last)
    case INCUBATOR_REPORT:
      return lines.incubatorReport(
        period,
        lastDay,
        items.map(({ name }) => name),
        duty.when.type === 'monthly' && duty.when.proposal,
      )
    case 'inspection':
      return lines.inspection(period, last)
    case 'validity':
      return to.type === 'leader' ? lines.validity(items) : lines.expiring(items)
    case 'lapsed':
      return to.type === 'leader' ? lines.lapsed(items) : lines.expiring(items)
    case 'draft':
      return lines.draft(items)
    case 'returned':
      return lines.returned(items)
    case 'communityCase':
    case 'streetCase':
      return lines.cases(items)
  }
  return lines.other(duty.title, last)
}

/** Cases lie before offices. */
const isOfOffice = ({ id }: Reminder['duty']): boolean => id === 'communityCase' || id === 'streetCase'

function helpText(reminder: Reminder, items: Item[]): string {
  const { helps } = words
  const { duty, period, last, help, step } = reminder
  switch (help) {
    case 'asked':
    case 'notMine':
    case 'unreachable':
    case 'declined': {
      const byOffice = isOfOffice(duty) || isFromOffice(step)
      const ask = byOffice && (help === 'asked' || help === 'notMine') ? helps.byOffice[help] : helps[help]
      // Who reads it cannot hand it in with the words of the one who owes it, and has read the names just before.
      if (duty.id === MONTHLY_REPORT) return ask(items) + helps.reportFor(period, last)
      if (duty.id === INCUBATOR_REPORT) return ask(items) + helps.incubatorFor(period, last)
      if (duty.id === 'ledger') return ask(items) + helps.ledgerFor(period, last)
      const about = words.helpsAbout[duty.id]
      // For what lapses with its day.
      if (about !== undefined)
        return ask(duty.when.type === 'validity' ? items.map(words.withLastDay) : items) + about
      return (
        ask(items) + ownText({ ...reminder, to: { type: 'leader', user: '' } }, items, words.lastDay(last))
      )
    }
    case 'overdue':
    case undefined:
  }
  if (duty.id === 'ledger') {
    const places = items.map(({ name }) => name)
    // Its own reminder, before somebody who cannot hand it in.
    return capacityIn(step) === OWNER
      ? helps.ledgerUntold(period, last, places)
      : helps.ledger(period, places)
  }
  if (duty.id === MONTHLY_REPORT) return helps.monthlyReport(period, items)
  if (duty.id === 'returned') return helps.returned(items)
  return duty.when.type === 'lying' ? helps.lying(items) : helps.other(duty.title, items)
}
