import { z } from 'zod'
import { addDays, type Day } from './clock.ts'

const Year = z.strictObject({
  year: z.int().min(2000).max(2100),
  holidays: z.array(z.strictObject({ from: z.iso.date(), to: z.iso.date(), name: z.string() })),
  /** Weekend days that are worked in exchange. */
  workdays: z.array(z.iso.date()),
  /** Whether the region's own days (壮族三月三) are among the holidays already. */
  regional: z.boolean(),
})

/** Holidays and exchanged working days by year, as published; a year that is missing is not known. */
export const Calendar = z.strictObject({ years: z.array(Year) })
export type Calendar = z.infer<typeof Calendar>

const yearOf = (day: Day, { years }: Calendar) => years.find(({ year }) => year === Number(day.slice(0, 4)))

/** Whether the year of this day was loaded. Without it Monday to Friday are taken for working days, and that must be said. */
export const isKnown = (day: Day, calendar: Calendar): boolean => yearOf(day, calendar) !== undefined

export function isWorkingDay(day: Day, calendar: Calendar): boolean {
  const year = yearOf(day, calendar)
  if (year?.workdays.includes(day)) return true
  if (year?.holidays.some(({ from, to }) => from <= day && day <= to)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** Working days after `from` up to and including `to`: what passed on Friday is one working day old on Monday. */
export function workingDaysBetween(from: Day, to: Day, calendar: Calendar): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day, calendar)) count++
  }
  return count
}

/** The first working day on or after a day. */
export function nextWorkingDay(day: Day, calendar: Calendar): Day {
  let next = day
  while (!isWorkingDay(next, calendar)) next = addDays(next, 1)
  return next
}

/** The last working day on or before a day: what is due on a holiday is due before it. */
export function lastWorkingDay(day: Day, calendar: Calendar): Day {
  let last = day
  while (!isWorkingDay(last, calendar)) last = addDays(last, -1)
  return last
}
