import type { Bot } from './bot.ts'
import { isKnown } from './calendar.ts'
import { addDays, type Day } from './clock.ts'
import { words } from './conversation/reminder-words.ts'
import { recipients } from './directory/scope.ts'
import { dayIn, isLetter } from './letterbox.ts'
import type { UserId } from './messages.ts'
import type { Owed } from './reminders/owed.ts'
import type { Delivery } from './store/store.ts'

/** Who reads each morning what became of what was promised: the operators, without any the bureau. */
export function morningReaders(bot: Bot): UserId[] {
  const staff = bot.directory.current()
  const { code } = bot.pack.jurisdiction
  const operators = recipients(staff, 'operator', code)
  return operators.length > 0 ? operators : recipients(staff, 'district', code)
}

/**
 * What became of all that was promised since somebody last read of it, for whom nobody could be found, and what
 * the calendar lacks. Nothing on a day on which there is nothing to say.
 */
export async function morningLines(owed: Owed, nobody: number, day: Day, bot: Bot): Promise<string[]> {
  const promised = await bot.store.transact(async (tx) => ({
    reminders: [...(await tx.listKeys('letter:')), ...(await tx.listKeys('group:'))],
    lines: [...(await tx.listKeys('letter:')), ...(await tx.listKeys('morning:'))],
  }))
  const readers = morningReaders(bot)
  const told = promised.lines
    .filter(({ key, state }) => state === 'sent' && readers.some((user) => key.endsWith(`:${user}`)))
    .map(({ key }) => dayIn(key))
    .filter((other) => other < day)
    .sort()
    .at(-1)
  const days = new Map<Day, Delivery['state'][]>()
  for (const { key, state } of promised.reminders) {
    const on = dayIn(key)
    if (on >= day || on < (told ?? '') || !isLetter(key) || state === 'dropped') continue
    const kept = key.startsWith('group:') && state === 'waiting' ? 'failed' : state
    days.set(on, [...(days.get(on) ?? []), kept])
  }
  const sent = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...sent.map(([on, states]) => lineOf(on, states, day)),
    ...(nobody > 0 ? [words.nobody(nobody)] : []),
    ...calendarLines(owed, day),
  ]
}

function lineOf(on: Day, states: readonly Delivery['state'][], today: Day): string {
  const count = (...which: Delivery['state'][]): number =>
    states.filter((state) => which.includes(state)).length
  return words.morning(on === addDays(today, -1) ? undefined : on, {
    due: states.length,
    sent: count('sent'),
    // Nobody has looked again since the process that was sending it died.
    unknown: count('unknown', 'leased'),
    failed: count('failed'),
    late: count('waiting'),
  })
}

const MONDAY = 1

/** A year that is missing is said every day, one that is coming every Monday from November on (practice.md 10). */
function calendarLines({ calendar }: Owed, day: Day): string[] {
  const year = day.slice(0, 4)
  if (!isKnown(day, calendar)) return [words.unknownYear(year)]
  if (new Date(`${day}T00:00:00Z`).getUTCDay() !== MONDAY) return []
  const next = String(Number(year) + 1)
  const isComing = day >= `${year}-11-01` && !isKnown(`${next}-01-01`, calendar)
  // 三月三 lies between the end of March and the end of April.
  const lacksRegional =
    day < `${year}-05-01` && calendar.years.some((one) => String(one.year) === year && !one.regional)
  return [...(isComing ? [words.comingYear(next)] : []), ...(lacksRegional ? [words.noRegional(year)] : [])]
}
