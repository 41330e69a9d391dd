import { addDays, inChinese, type Day } from '../../clock.ts'
import { dateText } from '../../forms/dates.ts'
import { numeral } from '../../forms/numbers.ts'
import type { Computed, Rule } from './computed.ts'

/** A day as far as it was said: 2022年, 2022年10月, 2022年10月20日. */
type Said = { year: number; month?: number; day?: number; start: number; end: number }

/** The day it is asked for: today, or one that was named. */
type AsOf = { said: Said; called: '现在' | '那时候' }

const MARKS =
  /(?<!\d)(\d{4}|\d{2})年(?:的|那年|国庆|五一|中秋|端午|春节|过年|元旦|过?[前后])*(?:(\d{1,2})月份?(?:的)?(?:(\d{1,2})[日号]?)?)?|(?<!\d)(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?(?!\d)|(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)|(大前年|前年|去年|上年|今年|本年)(?:的)?(?:(\d{1,2})月份?(?:的)?(?:(\d{1,2})[日号]?)?)?/g

const YEARS_BACK: Record<string, number> = { 大前年: 3, 前年: 2, 去年: 1, 上年: 1, 今年: 0, 本年: 0 }

const ABOUT_FILING = /备案|备的|备了|备过|备好|备上|备下|办的|批的|批下来|盖的章|表是|表上|那张表/
const ASKS_EXPIRY =
  /到期|期内|到点|过期|管用|有效|作数|什么时候|啥时候|合规|过期|哪天|哪年|几时|几月|还能用|用多久|多久|再办|续|重新|算数|用到|失效|还行|还管|期满|还能|几号|到头|作废|到现在|能不能用|拿来用|用得|能用|到什么时候|满期|认账|认不认|还算/
const OTHER = /孵化|目标|品牌|台账|阶段|培训|几天能|批下来要|多少家|任期/

/** 附件1填表说明6: valid for two years, then to be filed anew. */
export const expiryOf = (filed: Day): Day => {
  const [year = 0, month = 0, date = 0] = filed.split('-').map(Number)
  const last = lastDayOf(year + 2, month)
  return `${year + 2}-${two(month)}-${two(Math.min(date, last))}`
}

const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const two = (number: number): string => String(number).padStart(2, '0')

/** Days that are not in our calendar. */
const NO_DAY = /农历|阴历|腊月|正月|闰|上半年|下半年|年底|年初/
/** The day that is told is none of our calendar, or that of expiry itself. */
const OF_EXPIRY = /农历|阴历|有效期?(?:到|至|是)\d{4}|20\d\d年\d+月\d+[日号]到期/
/** What else may have happened on one of several days. */
const OTHER_EVENT =
  /成立|变更|换了?的?|续(?!不续)|重新备?[过了的]|重新(?:备案|办)[过了的]|又备|交表|交的表|盖的?章/

const BY_THE_PAPER = [
  '备案表有效期二年，到期需重新备案。',
  '到期日看备案表上的备案日期（公历），往后推二年；重新备案过的，按最近一次的备案日期算。成立、变更、交表的日子不算。',
]

/** When does a filing of this date expire. */
export const expiry: Rule = (question, { today }) => {
  // 今年2025年1月5号: the year that is written counts.
  const text = withDays(dateText(question).replace(/\s/g, ''), today).replace(
    /(?:今年|去年|前年)(?=是?\d{4}年\d{1,2}月)/g,
    '',
  )
  if (!ABOUT_FILING.test(text) || !ASKS_EXPIRY.test(text) || (OTHER.test(text) && !/备案日期/.test(text)))
    return undefined
  const dates = datesIn(text, today)
  if (OF_EXPIRY.test(text) || (NO_DAY.test(text) && dates.every(({ day }) => day === undefined)))
    return computed(BY_THE_PAPER)
  if (new Set(dates.map(({ year }) => year)).size > 1 && OTHER_EVENT.test(text)) return computed(BY_THE_PAPER)
  const present = asOfIn(text, dates)
  const marks = dates.filter(
    (said) => said !== present?.said && !/^(?:就|要|才)?(?:到期|过期|期满)/.test(text.slice(said.end)),
  )
  // 23年备的，具体是2023年12月31日: the same year said more exactly.
  const exact = marks.find(({ year, month }) => year === marks[0]?.year && month !== undefined)
  const filed = exact ?? marks[0]
  if (!filed) return sinceYears(text)
  return computed(lines(filed, present, today))
}

function asOfIn(text: string, dates: Said[]): AsOf | undefined {
  const now = dates.find((said) =>
    /(?:现在|眼下|今天|如今|都|已经|眼下|目前)(?:是|到|都)?$/.test(text.slice(0, said.start)),
  )
  if (now) return { said: now, called: '现在' }
  const last = dates.at(-1)
  if (dates.length < 2 || !last) return undefined
  return /那时|那会|那天|当时|这时候/.test(text.slice(last.end)) ||
    /(?:要是|如果|假如|等到|要到|放到|拖到|用到|留到|[备办]的到)$/.test(text.slice(0, last.start))
    ? { said: last, called: '那时候' }
    : undefined
}

const FEASTS: Record<string, string> = { 元旦: '1月1日', 五一: '5月1日', 国庆: '10月1日' }
const DAYS_BACK: Record<string, number> = { 今天: 0, 昨天: 1, 前天: 2 }

/** 2月二十九备的案: a day is often said without 日 or 号; 24年国庆, 昨天备的 and 上个月 are days as well. */
const withDays = (text: string, today: Day): string =>
  text
    .replace(/(?<=\d月)[一二三四五六七八九十]{1,3}(?=备|办|批|的|那天|到期)/g, (said) =>
      String(numeral(said) ?? said),
    )
    .replace(/(?<=年)的?(元旦|五一|国庆)节?/g, (said, feast: string) => FEASTS[feast] ?? said)
    .replace(/(今天|昨天|前天)(?=刚?才?备)/g, (said) => inChinese(addDays(today, -(DAYS_BACK[said] ?? 0))))
    .replace(/上个?月(?=\d|刚?才?备)/g, () => {
      const [year = '', month = ''] = addDays(`${today.slice(0, 8)}01`, -1).split('-')
      return `${year}年${Number(month)}月`
    })

/** 备案都四年了: no date, but how long ago. */
function sinceYears(text: string): Computed | undefined {
  const years = numeral(
    /备案?(?:了|都|已经|有|下来|完)*([\d一二两三四五六七八九十]{1,2})年(?:多|半)?(?:了|没)/.exec(text)?.[1] ??
      '',
  )
  if (years === undefined || years < 1) return undefined
  return computed([
    years >= 2
      ? '备案表有效期二年，满二年就到期了，现在要重新备案。'
      : '备案表有效期二年，还没满二年的仍在有效期内，到期需重新备案。',
    '准确的到期日看表上的备案日期，往后推二年。',
  ])
}

function computed(lines: string[]): Computed {
  return {
    text: lines.join('\n'),
    sources: ['附件1填表说明6'],
    article: 'validity',
    covers: [
      'validity',
      'validity-start',
      'renewal-materials',
      'plan-term',
      'duration',
      'goal-2022',
      'goal-average',
      'change-items',
    ],
    next: '续期',
  }
}

function datesIn(text: string, today: Day): Said[] {
  const thisYear = Number(today.slice(0, 4))
  return [...text.matchAll(MARKS)].flatMap((match) => {
    const [whole, y1, m1, d1, y2, m2, d2, y3, m3, d3, ago, m4, d4] = match
    const written = y1 ?? y2 ?? y3
    const year =
      ago === undefined
        ? Number(written) + (written?.length === 2 ? 2000 : 0)
        : thisYear - (YEARS_BACK[ago] ?? 0)
    const [month, day] = [m1 ?? m2 ?? m3 ?? m4, d1 ?? d2 ?? d3 ?? d4].map((part) =>
      part === undefined ? undefined : Number(part),
    )
    if (year < 2000 || year > 2100) return []
    const start = match.index
    return [
      {
        year,
        ...(month !== undefined && { month }),
        ...(day !== undefined && { day }),
        start,
        end: start + whole.length,
      },
    ]
  })
}

function lines({ year, month, day }: Said, present: AsOf | undefined, today: Day): string[] {
  if (
    month !== undefined &&
    (month < 1 || month > 12 || (day !== undefined && (day < 1 || day > lastDayOf(year, month))))
  ) {
    return ['这个日期不对，请再核对一下备案日期。', '备案表有效期二年，到期需重新备案。']
  }
  const how = '文件没写从哪天起算，这里按备案日期推算。'
  if (month === undefined) {
    return [
      `${year}年备的案，有效期二年，到${year + 2}年的同一天到期。`,
      standing(`${year + 2}`, present, today),
      how,
    ]
  }
  if (day === undefined) {
    return [
      `${year}年${month}月备的案，有效期二年，到${year + 2}年${month}月到期，哪一天看表上的备案日期。`,
      standing(`${year + 2}-${two(month)}`, present, today),
      how,
    ]
  }
  const end = expiryOf(`${year}-${two(month)}-${two(day)}`)
  return [
    `${year}年${month}月${day}日备的案，有效期二年，到${inChinese(end)}到期。`,
    standing(end, present, today),
    how,
  ]
}

/** `end` is a year, a month or a day; what is not known exactly is compared as far as it is known. */
function standing(end: string, asOf: AsOf | undefined, today: Day): string {
  const called = asOf?.called ?? '现在'
  const now = asOf ? dayText(asOf.said) : today
  const length = Math.min(end.length, now.length)
  if (end.slice(0, length) < now.slice(0, length)) return `${called}已经过期了，要重新备案。`
  if (end.slice(0, length) > now.slice(0, length))
    return `${called}还有效（在有效期内，没到期），快到期时要重新备案。`
  if (length === 10) return `${asOf ? '那天' : '今天'}到期，要重新备案了。`
  return '正好就在这时候到期，请看准日期，到期要重新备案。'
}

const dayText = ({ year, month, day }: Said): string =>
  [String(year), ...(month === undefined ? [] : [two(month), ...(day === undefined ? [] : [two(day)])])].join(
    '-',
  )
