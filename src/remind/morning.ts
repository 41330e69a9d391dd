import type { Bot } from '../bot.ts'
import { isKnown } from '../calendar.ts'
import { addDays, type Day } from '../clock.ts'
import { words } from '../conversation/reminding/reminder-words.ts'
import { recipients } from '../directory/scope.ts'
import { dayIn, isDoubtful, isLetter } from '../deliver/letterbox.ts'
import type { UserId } from '../messages.ts'
import type { Owed } from '../reminders/owed.ts'
import type { Delivery, LostOn } from '../store/store.ts'

/** An end that is known later than that is left to 提醒 and the metrics. */
const LATELY_DAYS = 20

type Promised = Pick<Delivery, 'key' | 'state' | 'doubtfulSince'>

/** What stands at the end of the readers' letter. */
export type Morning = { lines: string[]; lost: LostOn[] }

/**
 * Who reads each morning what became of what was promised: the operators; without any, or where WeCom knows none of
 * them, the bureau.
 */
export function morningReaders({ unreachable }: Owed, { directory, pack }: Bot): UserId[] {
  const staff = directory.current()
  const { code } = pack.jurisdiction
  const operators = recipients(staff, 'operator', code)
  return operators.some((user) => !unreachable.has(user)) ? operators : recipients(staff, 'district', code)
}

/**
 * What became of all that was promised since somebody last read of it, for whom nobody could be found, and what
 * the calendar lacks. A day that somebody has read of is said again when more of it turned out not to have arrived.
 * Nothing on a day on which there is nothing to say.
 */
export async function morningOf(
  owed: Owed,
  readers: readonly UserId[],
  nobody: number,
  day: Day,
  bot: Bot,
): Promise<Morning> {
  const { reminders, read } = await bot.store.transact(async (tx) => {
    const letters = await tx.listKeys('letter:')
    const read: Read = { last: '', lost: new Map() }
    for (const { key, state } of [...letters, ...(await tx.listKeys('morning:'))]) {
      const on = dayIn(key)
      // Without an app it is said at the next message.
      const isRead = state === 'sent' || (state === 'dropped' && !bot.client)
      if (!isRead || on >= day || !readers.some((user) => key.endsWith(`:${user}`))) continue
      const body = (await tx.findDelivery(key))?.body
      // Who was no reader then had a letter without it.
      if (body?.type !== 'reminders' || body.more.length === 0) continue
      if (on > read.last) read.last = on
      for (const { day: about, count } of body.lost ?? [])
        read.lost.set(about, Math.max(count, read.lost.get(about) ?? 0))
    }
    return { reminders: [...letters, ...(await tx.listKeys('group:'))], read }
  })
  const days = new Map<Day, End[]>()
  for (const one of reminders) {
    const on = dayIn(one.key)
    if (on >= day || !isLetter(one.key) || one.state === 'dropped') continue
    days.set(on, [...(days.get(on) ?? []), endOf(one)])
  }
  const since = addDays(day, -LATELY_DAYS)
  const told = [...days]
    .map(([on, ends]) => ({ on, ends, count: ends.filter(isLost).length }))
    .filter(({ on, count }) => on >= read.last || (on >= since && count > (read.lost.get(on) ?? 0)))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
  return {
    lines: [
      ...told.map(({ on, ends }) => lineOf(on, ends, day)),
      ...(nobody > 0 ? [words.nobody(nobody)] : []),
      ...calendarLines(owed, day),
    ],
    lost: told.flatMap(({ on, count }) => (count > 0 ? [{ day: on, count }] : [])),
  }
}

/** Until which day somebody read of all there was, and what they read of each day not to have arrived. */
type Read = { last: Day; lost: Map<Day, number> }

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

const isLost = (end: End): boolean => end === 'unknown' || end === 'failed'

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
