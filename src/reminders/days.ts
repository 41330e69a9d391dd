import { isWorkingDay, lastWorkingDay, type Calendar } from '../calendar.ts'
import { addDays, type Day } from '../clock.ts'

/** `2026-11` */
export type Month = string

export const monthOf = (day: Day): Month => day.slice(0, 7)

export const monthBefore = (month: Month): Month => monthOf(addDays(`${month}-01`, -1))

export const monthAfter = (month: Month): Month => monthOf(addDays(lastDayOf(month), 1))

export function lastDayOf(month: Month): Day {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** `2026-Q4` */
export const quarterOf = (day: Day): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

export const quarterBefore = (quarter: string): string => quarterOf(addDays(firstDayOf(quarter), -1))

export const firstDayOf = (quarter: string): Day =>
  `${quarter.slice(0, 4)}-${String(Number(quarter.at(-1)) * 3 - 2).padStart(2, '0')}-01`

export const lastDayOfQuarter = (quarter: string): Day =>
  lastDayOf(`${quarter.slice(0, 4)}-${String(Number(quarter.at(-1)) * 3).padStart(2, '0')}`)

/**
 * The working day that lies `count` working days before `day` (after it where negative); with 0 the day itself.
 * What falls on a holiday is taken ahead to the last working day before it.
 */
export function workingDayBefore(day: Day, count: number, calendar: Calendar): Day {
  let found = lastWorkingDay(day, calendar)
  const step = count < 0 ? 1 : -1
  for (let left = Math.abs(count); left > 0;) {
    found = addDays(found, step)
    if (isWorkingDay(found, calendar)) left--
  }
  return found
}
