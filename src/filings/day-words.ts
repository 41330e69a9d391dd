import { addDays, type Day } from '../clock.ts'
import { dateText } from '../forms/dates.ts'

/** The past day a text names, and the text without it. */
export type DayTaken = { day?: Day; problem?: string; doubt?: string; rest: string }

const LUNAR = /农历|阴历|旧历|腊月|正月|冬月|初[一二三四五六七八九十]|三月三|大年|除夕/
const DAYS_AGO: Record<string, number> = { 今天: 0, 今日: 0, 昨天: 1, 昨日: 1, 前天: 2, 大前天: 3 }
const YEARS_AGO: Record<string, number> = { 今年: 0, 本年: 0, 去年: 1, 上年: 1, 前年: 2 }
const WEEKDAYS = '一二三四五六日'

type Read = { day: Day; doubt?: string } | { problem: string }
type Shape = [RegExp, (parts: string[], today: Day) => Read]

const SHAPES: Shape[] = [
  [
    /(?<!\d)(20\d{2}|\d{2}(?=年))\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})(?!\d)\s*[日号]?/,
    ([year = '', month, date], today) => dayIn(Number(year.padStart(4, '20')), month, date, today),
  ],
  [
    /(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/,
    ([year, month, date], today) => dayIn(Number(year), month, date, today),
  ],
  [
    /(今年|本年|去年|上年|前年)的?\s*(\d{1,2})\s*月份?\s*(\d{1,2})(?!\d)\s*[日号]?/,
    ([year = '', month, date], today) =>
      dayIn(Number(today.slice(0, 4)) - (YEARS_AGO[year] ?? 0), month, date, today),
  ],
  [
    /(?<!\d)(\d{1,2})\s*月份?\s*(\d{1,2})(?!\d)\s*[日号]?/,
    ([month, date], today) => latest(month, date, today),
  ],
  [
    /(这个?月|本月|上个?月)\s*(\d{1,2})(?!\d)\s*[日号]?/,
    ([month = '', date], today) => ofMonth(month.startsWith('上') ? 1 : 0, date, today),
  ],
  [
    /(大前天|前天|昨天|昨日|今天|今日)/,
    ([word = ''], today) => past(addDays(today, -(DAYS_AGO[word] ?? 0)), today),
  ],
  [
    /(上个?)?(?:周|星期|礼拜)([一二三四五六日天])/,
    ([last, weekday = ''], today) => ofWeek(last !== undefined, weekday === '天' ? '日' : weekday, today),
  ],
]

/** Shapes that are a day only where a day was asked for: 8号, 10.8. */
const ASKED_SHAPES: Shape[] = [
  [/^\D{0,4}(\d{1,2})\s*[./-]\s*(\d{1,2})(?!\d)/, ([month, date], today) => latest(month, date, today)],
  [
    /(?<!\d)(\d{1,2})\s*[日号](?!人)/,
    ([date = ''], today) => {
      const read = ofMonth(Number(date) <= Number(today.slice(8)) ? 0 : 1, date, today)
      return 'problem' in read ? read : { ...read, doubt: '没说是几月' }
    },
  ],
]

/** `asked`: the text answers the question for the day. */
export function takeDay(text: string, today: Day, asked: boolean): DayTaken {
  const said = dateText(text)
  if (LUNAR.test(said)) return { problem: '要写公历。请换成公历，说是哪年哪月哪日', rest: said }
  for (const [pattern, read] of asked ? [...SHAPES, ...ASKED_SHAPES] : SHAPES) {
    const match = pattern.exec(said)
    if (!match) continue
    const rest = `${said.slice(0, match.index)}，${said.slice(match.index + match[0].length)}`
    return { ...read(match.slice(1), today), rest }
  }
  if (/(?<!\d)\d{1,2}\s*月/.test(said)) return { problem: '请说具体是哪一天', rest: said }
  return { rest: said }
}

function dayIn(year: number, month: string | undefined, date: string | undefined, today: Day): Read {
  const day = `${year}-${two(month)}-${two(date)}`
  const instant = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(day)) {
    return { problem: '没有这一天，请核对' }
  }
  return past(day, today)
}

const two = (part: string | undefined): string => (part ?? '').padStart(2, '0')

const past = (day: Day, today: Day): Read => (day > today ? { problem: '这一天还没到，请核对' } : { day })

/** Without a year: the last such day that has come. */
function latest(month: string | undefined, date: string | undefined, today: Day): Read {
  const year = Number(today.slice(0, 4))
  const isLater = `${two(month)}-${two(date)}` > today.slice(5)
  const read = dayIn(isLater ? year - 1 : year, month, date, today)
  return isLater && 'day' in read ? { ...read, doubt: `没说哪一年，当作${year - 1}年` } : read
}

function ofMonth(monthsAgo: number, date: string | undefined, today: Day): Read {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - monthsAgo
  return dayIn(Math.floor(months / 12), String((months % 12) + 1), date, today)
}

function ofWeek(last: boolean, weekday: string, today: Day): Read {
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const day = addDays(today, WEEKDAYS.indexOf(weekday) - sinceMonday - (last ? 7 : 0))
  const read = past(day, today)
  return 'problem' in read ? read : { ...read, doubt: '日期是按星期推算的' }
}
