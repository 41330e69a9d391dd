/** Now, and calendar days in Asia/Shanghai: the only place that knows the time zone. */

/** A calendar day `YYYY-MM-DD` in Asia/Shanghai. */
export type Day = string

export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** China has had one offset and no summer time since 1991, so eight hours are exact for every day we handle. */
const OFFSET_MS = 8 * 60 * 60 * 1000

export const dayOf = (instant: Date): Day =>
  new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10)

/** `HH:MM` in Asia/Shanghai. */
export const timeOf = (instant: Date): string =>
  new Date(instant.getTime() + OFFSET_MS).toISOString().slice(11, 16)

/** The first instant of a day. */
export const startOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS)

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** From a day to the first of the next week: seven on a Monday, one on a Sunday. */
export const daysToMonday = (day: Day): number => 7 - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)

/** `2026年11月23日` */
export const inChinese = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
