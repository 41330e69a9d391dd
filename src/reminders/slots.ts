import { isWorkingDay, nextWorkingDay, type Calendar } from '../calendar.ts'
import { addDays, dayOf, startOf, timeOf } from '../clock.ts'

/** When people may be written to without having asked (contract: working days, 08:30–12:00 and 14:30–17:30). */
const SLOTS = [
  ['08:31', '11:59'],
  ['14:31', '17:29'],
] as const

const MINUTE_MS = 60_000

/** Not in the first minute of an hour or half hour, when everybody sends (WeCom's own advice). */
const isCrowded = (time: string): boolean => /:(00|30)$/.test(time)

/** The present instant if people may be written to now, else the first one at which they may. */
export function nextSlot(now: Date, calendar: Calendar): Date {
  const today = dayOf(now)
  const time = timeOf(now)
  if (isWorkingDay(today, calendar)) {
    for (const [from, to] of SLOTS) {
      if (time < from) return at(today, from)
      if (time <= to) return isCrowded(time) ? new Date(now.getTime() + MINUTE_MS) : now
    }
  }
  return at(nextWorkingDay(addDays(today, 1), calendar), SLOTS[0][0])
}

function at(day: string, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return new Date(startOf(day).getTime() + (hours * 60 + minutes) * MINUTE_MS)
}
