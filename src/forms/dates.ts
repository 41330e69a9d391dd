import type { Day } from '../clock.ts'
import { numeral } from './numbers.ts'
import { plain } from './said.ts'

/** Years and months as people say them: 61年3月, 1961.3, 一九六一年三月, 前年6月, 上个月, 2015年6月至今. */

/** `YYYY-MM`, or `YYYY` where only a year was said. */
export type Month = string

export type DatePoint = {
  at: Month | 'now'
  /** Why this is only one likely reading. */
  doubt?: string
  /** Place of the words in `dateText(text)`. */
  start: number
  end: number
}

export type DatesFound = { points: DatePoint[]; problem?: undefined } | { points: []; problem: string }

const DIGIT = '零〇○一二三四五六七八九'

/** The text with the numerals of years and months as digits: what the places of points refer to. */
export const dateText = (text: string): string =>
  plain(text)
    .replace(/公历|阳历|新历|西历|公元/g, '')
    .replace(/元月/g, '1月')
    .replace(new RegExp(`[${DIGIT}]{2,4}(?=\\s*年)`, 'g'), (said) =>
      [...said].map((char) => DIGITS[char]).join(''),
    )
    .replace(new RegExp(`[两二]千[零〇]?[${DIGIT}十]{0,3}(?=\\s*年)`, 'g'), (said) =>
      String(numeral(said) ?? said),
    )
    .replace(new RegExp(`[${DIGIT}]{4}(?=\\s*[.\\-/])`, 'g'), (said) =>
      [...said].map((char) => DIGITS[char]).join(''),
    )
    .replace(/(?<!第)[一二三四五六七八九十]{1,3}(?=\s*(?:月|日|号))/g, (said) =>
      String(numeral(said) ?? said),
    )

const DIGITS: Record<string, string> = Object.fromEntries(
  [...DIGIT].map((char) => [char, String(numeral(char))]),
)

const LUNAR = /农历|阴历|旧历|老历|腊月|正月|冬月|闰|初[一二三四五六七八九十]|大年|除夕|过年/
const SEASON = /(?:春|夏|秋|冬)(?:天|季)/
const LENGTH_OF_TIME =
  /[干做当教跳唱有了](?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:多|来|几)?年(?!\d|[一二三四五六七八九十]{1,3}月)/

const MONTH = '(?<![\\d])(0?[1-9]|1[0-2])'
const POINT = new RegExp(
  [
    '(?<decade>\\d{2,4}\\s*年代)',
    '(?<!\\d)(?<compact>(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\\d)?)(?!\\d)',
    '(?<!\\d)(?<year>\\d{4}|\\d{2})\\s*(?:年\\s*的?|(?<sep>[.\\-/])\\s*|(?<=\\d{4})\\s)(?<month>\\d{1,2})(?!\\d)(?:\\s*月份?|(?!\\s*年))(?:\\s*\\d{1,2}\\s*[日号]|\\k<sep>\\s*[0-3]?\\d(?!\\d)(?!\\s*[.\\-/年])(?=\\D|$))?',
    '(?<!\\d)(?<yearOnly>\\d{4}\\s*年?|\\d{2}\\s*年)(?!\\d)(?<part>初|底|末|中|上半年|下半年)?',
    '(?<ago>大前年|前年|去年|上年|今年|本年|明年|后年)的?\\s*(?:(?<agoMonth>\\d{1,2})\\s*月份?(?:\\s*\\d{1,2}\\s*[日号])?)?(?<agoPart>初|底|末|中)?',
    '(?<near>上上个?月|上个?月|这个?月|本月|当月|下个?月)',
    `${MONTH}\\s*月份?(?:\\s*\\d{1,2}\\s*[日号])?`.replace('(0?', '(?<monthOnly>0?'),
    '(?<now>至今|到今天?(?!年)|(?<=[到至\\-—~])\\s*今(?![年天])|现在|目前|如今|今天|眼下)',
  ].join('|'),
  'g',
)

/** All dates of a text in order, or why they cannot be read. */
export function findDates(text: string, today: Day): DatesFound {
  const said = dateText(text)
  if (LUNAR.test(said)) return { points: [], problem: '表上要写公历。请换成公历，说是哪年哪月' }
  if (SEASON.test(said)) return { points: [], problem: '请说具体是几月' }
  if (LENGTH_OF_TIME.test(said)) return { points: [], problem: '请说从哪年哪月到哪年哪月' }
  const points: DatePoint[] = []
  let year: number | undefined
  for (const match of said.matchAll(POINT)) {
    const groups = match.groups ?? {}
    if (groups['decade']) return { points: [], problem: '请说具体是哪一年' }
    const point = pointOf(groups, year, today)
    if (point === undefined) continue
    if ('problem' in point) return { points: [], problem: point.problem }
    if (point.at !== 'now') year = Number(point.at.slice(0, 4))
    points.push({ ...point, start: match.index, end: match.index + match[0].length })
  }
  return { points }
}

type Read = { at: Month | 'now'; doubt?: string } | { problem: string } | undefined

function pointOf(groups: Record<string, string | undefined>, previous: number | undefined, today: Day): Read {
  if (groups['now'] !== undefined) return { at: 'now' }
  const thisYear = Number(today.slice(0, 4))
  const thisMonth = Number(today.slice(5, 7))
  if (groups['compact'] !== undefined) {
    return dated(Number(groups['compact'].slice(0, 4)), Number(groups['compact'].slice(4, 6)), today)
  }
  if (groups['year'] !== undefined) {
    const read = yearOf(groups['year'], Number(groups['month']), today)
    const point = dated(read.year, Number(groups['month']), today)
    const unsure = groups['year'].length === 2 && groups['sep'] !== undefined && Number(groups['year']) <= 12
    const doubt = read.doubt ?? (unsure ? '年和月可能说反了' : undefined)
    return 'problem' in point || doubt === undefined ? point : { ...point, doubt }
  }
  if (groups['yearOnly'] !== undefined) {
    const read = yearOf(groups['yearOnly'].replace(/\D/g, ''), undefined, today)
    const point = ending(read.year, groups['part'], today)
    return 'problem' in point || read.doubt === undefined ? point : { ...point, doubt: read.doubt }
  }
  if (groups['ago'] !== undefined) {
    const back =
      { 大前年: 3, 前年: 2, 去年: 1, 上年: 1, 今年: 0, 本年: 0, 明年: -1, 后年: -2 }[groups['ago']] ?? 0
    const month = groups['agoMonth']
    return month
      ? dated(thisYear - back, Number(month), today)
      : ending(thisYear - back, groups['agoPart'], today)
  }
  if (groups['near'] !== undefined) {
    const back = groups['near'].startsWith('上上') ? 2 : groups['near'].startsWith('上') ? 1 : 0
    if (groups['near'].startsWith('下')) return { problem: '这个时间还没到，请再核对' }
    const months = thisYear * 12 + thisMonth - 1 - back
    return dated(Math.floor(months / 12), (months % 12) + 1, today)
  }
  if (groups['monthOnly'] !== undefined) {
    if (previous === undefined) return { problem: '请说是哪一年' }
    return dated(previous, Number(groups['monthOnly']), today)
  }
  return undefined
}

/** 年初, 年中 and 年底 propose a month; a bare year stays a year. */
function ending(year: number, part: string | undefined, today: Day): NonNullable<Read> {
  if (part === '上半年' || part === '下半年') return { problem: '请说具体是几月' }
  if (part !== undefined) {
    const point = dated(year, { 初: 1, 中: 6 }[part] ?? 12, today)
    return 'problem' in point ? point : { ...point, doubt: `“年${part}”是哪个月要核对一下` }
  }
  if (year < 1900) return { problem: '年份太早了，请再核对' }
  return year > Number(today.slice(0, 4)) ? { problem: '这个时间还没到，请再核对' } : { at: String(year) }
}

function dated(year: number, month: number, today: Day): { at: Month; doubt?: string } | { problem: string } {
  if (month < 1 || month > 12) return { problem: '月份只有1到12月，请再核对' }
  if (year < 1900) return { problem: '年份太早了，请再核对' }
  const at = `${year}-${String(month).padStart(2, '0')}`
  return at > today.slice(0, 7) ? { problem: '这个时间还没到，请再核对' } : { at }
}

/** Two digits mean the latest such year that has already come; doubtful where a hundred years ago would do too. */
function yearOf(text: string, month: number | undefined, today: Day): { year: number; doubt?: string } {
  if (text.length === 4) return { year: Number(text) }
  const limit = month === undefined ? today.slice(0, 4) : today.slice(0, 7)
  const latest = 2000 + Number(text)
  const latestText = month === undefined ? String(latest) : `${latest}-${String(month).padStart(2, '0')}`
  const year = latestText <= limit ? latest : latest - 100
  const other = year === latest ? latest - 100 : latest
  const close = other >= Number(today.slice(0, 4)) - 100 && other <= Number(today.slice(0, 4))
  return close ? { year, doubt: `只说了两位年份，要核对是不是${year}年` } : { year }
}

/** `1961-03` as 1961年3月, `1980` as 1980年. */
export const monthInChinese = (month: Month): string => {
  const [year, number] = month.split('-')
  return number === undefined ? `${year}年` : `${year}年${Number(number)}月`
}
