import { addDays, type Day } from '../clock.ts'
import type { ValidityRules } from '../pack.ts'

/**
 * 附件1填表说明6: a filing is valid for two years and must then be filed anew. From which day and to which day is
 * not said; by default from the filing date to the corresponding day, and where that month has no such day to its
 * end (29 February to 28 February), as periods are counted otherwise. `dayBefore` counts the filing date itself as
 * the first day, so that the last is the one before.
 */
export function validUntil(filedOn: Day, { years, lastDay }: ValidityRules): Day {
  const [year = 0, month = 1, date = 1] = filedOn.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate()
  const hasSameDay = date <= lastOfMonth
  const corresponding = `${year + years}-${two(month)}-${two(hasSameDay ? date : lastOfMonth)}`
  // The day before a 29 February that is not there is the 28th already.
  return lastDay === 'dayBefore' && hasSameDay ? addDays(corresponding, -1) : corresponding
}

const two = (number: number): string => String(number).padStart(2, '0')

/** The last day still counts. */
export const isExpired = (validUntil: Day, today: Day): boolean => today > validUntil

/** Days until the last one; 0 on that day, negative after it. */
export const daysLeft = (validUntil: Day, today: Day): number =>
  Math.round((Date.parse(`${validUntil}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
