import type { Bot } from '../bot.ts'
import { isKnown } from '../calendar.ts'
import { addDays, type Day } from '../clock.ts'
import { words } from '../conversation/reminding/reminder-words.ts'
import { recipients } from '../directory/scope.ts'
import { dayIn, isDoubtful, isLetter } from '../deliver/letterbox.ts'
import type { UserId } from '../messages.ts'
import type { Owed } from '../reminders/owed.ts'
import type { Delivery } from '../store/store.ts'

type Promised = Pick<Delivery, 'key' | 'state' | 'doubtfulSince'>

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
  const promised = await bot.store.transact(async (tx) => {
    const letters = await tx.listKeys('letter:')
    return {
      reminders: [...letters, ...(await tx.listKeys('group:'))],
      lines: [...letters, ...(await tx.listKeys('morning:'))],
    }
  })
  const readers = morningReaders(bot)
  const told = promised.lines
    .filter(({ key, state }) => state === 'sent' && readers.some((user) => key.endsWith(`:${user}`)))
    .map(({ key }) => dayIn(key))
    .filter((other) => other < day)
    .sort()
    .at(-1)
  const days = new Map<Day, End[]>()
  for (const one of promised.reminders) {
    const on = dayIn(one.key)
    if (on >= day || on < (told ?? '') || !isLetter(one.key) || one.state === 'dropped') continue
    days.set(on, [...(days.get(on) ?? []), endOf(one)])
  }
  const sent = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...sent.map(([on, states]) => lineOf(on, states, day)),
    ...(nobody > 0 ? [words.nobody(nobody)] : []),
    ...calendarLines(owed, day),
  ]
}

type End = 'sent' | 'unknown' | 'failed' | 'late'

/** How what was promised on an earlier day ended, or will end today. */
function endOf(one: Promised): End {
  switch (one.state) {
    case 'waiting':
      if (isDoubtful(one)) return 'unknown'
      return one.key.startsWith('group:') ? 'failed' : 'late'
    case 'leased':
      // Nobody has looked again since the process that was sending it died.
      return 'unknown'
    case 'dropped':
      return 'late'
    default:
      return one.state
  }
}

function lineOf(on: Day, ends: readonly End[], today: Day): string {
  const count = (which: End): number => ends.filter((end) => end === which).length
  return words.morning(on === addDays(today, -1) ? undefined : on, {
    due: ends.length,
    sent: count('sent'),
    unknown: count('unknown'),
    failed: count('failed'),
    late: count('late'),
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
