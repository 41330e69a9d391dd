import type { Day } from '../clock.ts'
import { daysLeft } from '../filings/validity.ts'
import { placeByCode } from '../filings/places.ts'
import type { Jurisdiction } from '../pack.ts'
import type { Card } from '../messages.ts'
import { matterId } from '../reminders/matter.ts'
import type { Reminder } from '../reminders/owed.ts'
import { words, type Item } from './reminder-words.ts'

/** Reminders that are told in one line. */
export type Line = { reminders: [Reminder, ...Reminder[]] }

/** Matters of one duty, for one period and in one capacity, stand together. */
export function linesOf(reminders: readonly Reminder[]): Line[] {
  const lines = new Map<string, Line>()
  for (const reminder of reminders) {
    const { duty, period, help, to } = reminder
    const together = ['validity', 'lying'].includes(duty.when.type) ? '' : period
    const key = [duty.id, together, help ?? '', to.type].join(':')
    const line = lines.get(key)
    if (line) line.reminders.push(reminder)
    else lines.set(key, { reminders: [reminder] })
  }
  return [...lines.values()]
}

/** What a letter says. Complete without its card. */
export function letterText(reminders: readonly Reminder[], today: Day, jurisdiction: Jurisdiction): string {
  const lines = linesOf(reminders).map((line) => lineText(line, today, jurisdiction))
  const numbered = lines.length > 1 ? lines.map((line, index) => `${index + 1}. ${line}`) : lines
  const late = reminders.some((reminder) => reminder.late)
  return [
    lines.length > 1 ? words.several(lines.length) : words.one,
    ...numbered,
    ...(late ? [words.late] : []),
    words.tail(lines.length),
  ].join('\n')
}

/** A letter about one matter can be answered by a tap; the button names the matter, so an old card still means it. */
export function letterCard([first, ...more]: readonly Reminder[], id: string): Card | undefined {
  if (!first || more.length > 0 || first.help) return undefined
  const matter = matterId(first.duty.id, first.period, first.target)
  const buttons = (['now', 'done', 'later', 'help', 'notMine'] as const).map((answer) => ({
    text: words.buttons[answer],
    key: `remind:${answer}:${matter}`,
  }))
  return { id, title: words.cardTitle, hint: first.name ?? first.duty.title, buttons }
}

export function lineText({ reminders }: Line, today: Day, jurisdiction: Jurisdiction): string {
  const [first] = reminders
  const items = [...new Map(reminders.map((one) => [one.target, itemOf(one, today, jurisdiction)])).values()]
  return first.help ? words.help + helpText(first, items) : ownText(first, items)
}

const itemOf = (reminder: Reminder, today: Day, jurisdiction: Jurisdiction): Item => ({
  name: reminder.name ?? placeByCode(reminder.place, jurisdiction)?.name ?? reminder.duty.title,
  last: reminder.last,
  days: daysLeft(reminder.last, today),
})

function ownText({ duty, period, last, to }: Reminder, items: Item[]): string {
  const { lines } = words
  switch (duty.id) {
    case 'ledger':
      return lines.ledger(period, last, items.length > 1 ? items.map(({ name }) => name) : [])
    case 'monthlyReport':
      return lines.monthlyReport(period, items, last)
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

function helpText(reminder: Reminder, items: Item[]): string {
  const { helps } = words
  const { duty, period, help } = reminder
  switch (help) {
    case 'unreachable':
    case 'asked':
    case 'notMine':
    case 'declined':
      return helps[help](items) + ownText({ ...reminder, to: { type: 'leader', user: '' } }, items)
    case 'overdue':
    case undefined:
  }
  if (duty.id === 'ledger')
    return helps.ledger(
      period,
      items.map(({ name }) => name),
    )
  if (duty.id === 'monthlyReport') return helps.monthlyReport(period, items)
  return duty.when.type === 'lying' ? helps.lying(items) : helps.other(duty.title)
}
