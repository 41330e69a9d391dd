import { numeral } from '../../forms/numbers.ts'
import { monthBefore, type Month } from '../../reminders/days.ts'

/**
 * The month some words name, seen from the present one, and the words that do: 2026-10, 2026年10月, 10月, 十月, 上个月,
 * 本月. Without its year it is the last one of that name.
 */
export function monthIn(said: string, present: Month): [whole: string, month: Month | undefined] {
  const [relative] = /这个月|本月|上个?月/.exec(said) ?? []
  if (relative) return [relative, relative.startsWith('上') ? monthBefore(present) : present]
  const [whole, year, digits, written] =
    /(?:(\d{4})[-./年])?(?:(\d{1,2})月?|([一二三四五六七八九十]{1,2})月)(?:份)?/.exec(said) ?? []
  const number = numeral(digits ?? written ?? '')
  if (whole === undefined || number === undefined || number < 1 || number > 12) return ['', undefined]
  const of = (year: number): Month => `${year}-${String(number).padStart(2, '0')}`
  if (year !== undefined) return [whole, of(Number(year))]
  const thisYear = Number(present.slice(0, 4))
  return [whole, of(thisYear) <= present ? of(thisYear) : of(thisYear - 1)]
}
