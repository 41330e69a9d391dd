import type { Day } from '../../clock.ts'
import { dateText } from '../../forms/dates.ts'

const DAY = /^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?$/

/** 2026年11月20日, 二〇二六年十一月二十日, 2026-11-20 as a day; undefined for anything that is no real day. */
export function readDay(said: string): Day | undefined {
  const [, year, month, date] = DAY.exec(dateText(said).trim()) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const instant = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : undefined
}
