import { addDays, daysToMonday, type Day } from '../../clock.ts'
import { numeral } from '../../forms/numbers.ts'
import { lastDayOf, monthAfter, monthOf } from '../../reminders/days.ts'

// A coming day as people name it: 明天, 下周三, 周五, 5天后, 月底, 25号, 12月3号.

const WEEK = '(?:周|星期|礼拜)'
const NUMBER = '(\\d{1,2}|[一二两三四五六七八九十]{1,3})'
const NEXT_MONTH = '下个?月'
const LATER = '(?:以后|之后|过后|后)'
const WEEKDAYS = '一二三四五六日天'

type Reading = [said: string, read: (parts: (string | undefined)[], today: Day) => Day | undefined]

/** The longer words first: what is found first counts. */
const READINGS: Reading[] = [
  ['明[天日儿]', (_, today) => addDays(today, 1)],
  ['大后[天日儿]', (_, today) => addDays(today, 3)],
  ['后[天日儿]', (_, today) => addDays(today, 2)],
  [
    `([这本]个?|下{0,2}个?)${WEEK}([${WEEKDAYS}末])`,
    ([which = '', weekday = ''], today) => onWeekday(which, weekday, today),
  ],
  [`下个?${WEEK}`, (_, today) => addDays(today, daysToMonday(today))],
  [`(?:过|等|晚|迟|缓|隔|推|拖)了?${NUMBER}(天|个?${WEEK})${LATER}?`, after],
  [`${NUMBER}(天|个?${WEEK})${LATER}`, after],
  [`(?:过|等|晚|迟|缓|隔|推|拖)了?半个?月${LATER}?|半个?月${LATER}`, (_, today) => addDays(today, 15)],
  [
    `(${NEXT_MONTH}|(?:这个?|本)月)?月?[底末]`,
    ([which = ''], today) => lastDayOf(which.startsWith('下') ? monthAfter(monthOf(today)) : monthOf(today)),
  ],
  [`(${NEXT_MONTH}|(?:这个?|本)月|${NUMBER}月份?)?${NUMBER}[号日]`, onDate],
  [`${NEXT_MONTH}初?|月初`, (_, today) => `${monthAfter(monthOf(today))}-01`],
]

/** All of these words, for a pattern of more. */
export const COMING_DAY = `(?:${READINGS.map(([said]) => said.replace(/\((?!\?)/g, '(?:')).join('|')})`

const readings = READINGS.map(([said, read]) => [new RegExp(said), read] as const)

/** The day after today that some words name; undefined where they name none, or one that is over or does not exist. */
export function comingDay(text: string, today: Day): Day | undefined {
  for (const [said, read] of readings) {
    const match = said.exec(text)
    if (!match) continue
    const day = read(match.slice(1), today)
    return day !== undefined && day > today ? day : undefined
  }
  return undefined
}

/** 周四 is the next one; 下周四 is that of the week that begins on Monday. */
function onWeekday(which: string, weekday: string, today: Day): Day {
  const index = weekday === '末' ? 5 : Math.min(WEEKDAYS.indexOf(weekday), 6)
  const weeks = [...which].filter((sign) => sign === '下').length
  const monday = addDays(today, daysToMonday(today) - 7)
  const day = addDays(monday, weeks * 7 + index)
  return day > today ? day : addDays(day, 7)
}

function after([count = '', unit]: (string | undefined)[], today: Day): Day | undefined {
  const number = numeral(count)
  return number === undefined ? undefined : addDays(today, unit === '天' ? number : number * 7)
}

/** Without a month the next such day; a day that the month does not have is none. */
function onDate([which = '', month, date = '']: (string | undefined)[], today: Day): Day | undefined {
  const number = numeral(date) ?? 0
  const dayIn = (of: string): Day => `${of}-${String(number).padStart(2, '0')}`
  const present = monthOf(today)
  if (month !== undefined) {
    const of = (year: number): string => `${year}-${String(numeral(month) ?? 0).padStart(2, '0')}`
    const year = Number(today.slice(0, 4))
    return existing(dayIn(of(dayIn(of(year)) > today ? year : year + 1)))
  }
  if (which.startsWith('下')) return existing(dayIn(monthAfter(present)))
  return existing(dayIn(which !== '' || dayIn(present) > today ? present : monthAfter(present)))
}

const existing = (day: Day): Day | undefined =>
  /^\d{4}-(?:0[1-9]|1[0-2])-\d\d$/.test(day) && day >= `${monthOf(day)}-01` && day <= lastDayOf(monthOf(day))
    ? day
    : undefined
