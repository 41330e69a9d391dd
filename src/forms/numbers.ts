import { halfWidth } from './said.ts'

/** Numbers as people write and say them: 35, 35, 三十五, 一百零二, 一万两千, 两百来, 二十几. */

/** A number found in a text. */
export type Quantity = {
  value: number
  /** Not meant exactly: 大概, 左右, 来, 多. */
  approximate: boolean
  /** Only bounds were said: 二十几 is 21 to 29, 三四十 is 30 to 40; `value` is then the lower one. */
  range?: { from: number; to: number }
  /** Place of the words in the half-width text. */
  start: number
  end: number
}

const DIGITS: Record<string, number> = Object.fromEntries(
  ['零〇○', '一壹', '二贰两俩', '三叁仨', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
    (signs, value) => [...signs].map((sign) => [sign, value]),
  ),
)
const UNITS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 万: 10_000 }
const DIGIT = '零〇○一壹二贰两俩三叁仨四肆五伍六陆七柒八捌九玖'
const UNIT = '十拾百佰千仟万'

/** The value of a numeral that is nothing but a numeral; undefined for anything else. */
export function numeral(text: string): number | undefined {
  const said = halfWidth(text).replace(/\s/g, '').replaceAll('廿', '二十').replaceAll('卅', '三十')
  if (/^\d{1,3}(,\d{3})+$/.test(said)) return Number(said.replaceAll(',', ''))
  if (/^\d{1,9}(\.\d{1,4})?$/.test(said)) return Number(said)
  if (new RegExp(`^[${DIGIT}]{1,9}$`).test(said)) return Number(positional(said))
  const [, whole = '', part = ''] = new RegExp(`^(.+)点([${DIGIT}]{1,4})$`).exec(said) ?? []
  if (part === '') return withUnits(said)
  const before = numeral(whole)
  return before === undefined || !Number.isInteger(before)
    ? undefined
    : Number(`${before}.${positional(part)}`)
}

/** 二〇一五 to 2015. */
const positional = (text: string): string => [...text].map((char) => String(DIGITS[char] ?? char)).join('')

function withUnits(text: string): number | undefined {
  const tokens = text.match(new RegExp(`\\d+(?:\\.\\d+)?|[${DIGIT}${UNIT}]`, 'g')) ?? []
  // Compared instead of one pattern for the whole: repeated \d+ takes exponential time to fail.
  if (tokens.length === 0 || tokens.join('') !== text) return undefined
  let total = 0
  let section = 0
  let digit: number | undefined
  let unit = 1
  for (const token of tokens) {
    const scale = UNITS[token]
    if (scale === undefined) {
      const value = DIGITS[token] ?? Number(token)
      // Two digits side by side are no numeral with units: 一二百.
      if (digit !== undefined && digit !== 0) return undefined
      digit = value
      if (value === 0) unit = 10
    } else if (scale === 10_000) {
      if (total > 0) return undefined
      total = (section + (digit ?? 0) || 1) * scale
      ;[section, digit, unit] = [0, undefined, scale]
    } else {
      if (digit === 0 && scale !== 10) return undefined
      section += (digit || 1) * scale
      ;[digit, unit] = [undefined, scale]
    }
  }
  // 一百二 is 120, 一万二 is 12000; 一百零二 is 102.
  return total + section + (digit ?? 0) * (unit > 10 ? unit / 10 : 1)
}

const NUMERAL = new RegExp(
  `\\d{1,3}(?:,\\d{3})+(?!\\d)|(?:\\d+(?:\\.\\d+)?|[${DIGIT}${UNIT}廿卅几])(?:\\d+(?:\\.\\d+)?(?<![.])|[${DIGIT}${UNIT}几])*(?:(?<=[${DIGIT}${UNIT}])点[${DIGIT}]{1,4}(?![${UNIT}]|个?半|钟|多?[开到来集]))?`,
  'g',
)
const ABOUT_BEFORE =
  /(?:大概|大约|约莫?|差不多|估计|估摸|将近|接近|近|不到|快|可能|应该|至少|起码|最多|超过|好像)有?\s*$/
const ABOUT_AFTER = /^[^\d,。;、\n]{0,5}?(?:左右|上下|出头|的样子|以上|以内|不到|吧)/

/** All numbers of a text, in order. */
export function quantities(text: string): Quantity[] {
  // 队伍52人: no digit, though 伍 is one on a cheque.
  const said = halfWidth(text).replace(/(?<=队)伍/g, '＿')
  const found: Quantity[] = []
  for (const match of said.matchAll(NUMERAL)) {
    const start = match.index
    if (start < (found.at(-1)?.end ?? 0)) continue
    let end = start + match[0].length
    const range = rangeOf(match[0])
    const value = range?.from ?? numeral(match[0])
    if (value === undefined) continue
    // 百把: about a hundred.
    const more = /^[来多余]/.test(said.slice(end)) || isAbout(said, end) ? 1 : 0
    end += more
    // 一百多万: the unit follows the 多.
    const later = more === 1 && said[end] === '万' ? 1 : 0
    end += later
    const approximate =
      more === 1 || ABOUT_BEFORE.test(said.slice(0, start)) || ABOUT_AFTER.test(said.slice(end, end + 9))
    found.push({ value: later ? value * 10_000 : value, approximate, ...(range && { range }), start, end })
  }
  return found
}

const isAbout = (said: string, end: number): boolean =>
  /[十百千万]/.test(said[end - 1] ?? '') && said[end] === '把'

function rangeOf(text: string): { from: number; to: number } | undefined {
  const few = /^(.*)几([十百千万]?)$/.exec(text)
  if (few) {
    const [, before = '', unit = ''] = few
    const scale = UNITS[unit] ?? 1
    if (before === '') return { from: 2 * scale, to: 9 * scale }
    const base = numeral(before)
    return base === undefined || unit !== '' ? undefined : { from: base + 1, to: base + 9 }
  }
  const pair = new RegExp(`^(.*?)([${DIGIT}])([${DIGIT}])([${UNIT}]?)$`).exec(text)
  if (!pair) return undefined
  const [, before = '', low = '', high = '', unit = ''] = pair
  const [a, b] = [DIGITS[low] ?? 0, DIGITS[high] ?? 0]
  const hasUnit = unit !== '' || /[十拾百佰千仟]$/.test(before)
  if (b !== a + 1 || a === 0 || (before !== '' && !hasUnit)) return undefined
  const from = numeral(before + low + unit)
  const to = numeral(before + high + unit)
  return from === undefined || to === undefined || before.endsWith('百') ? undefined : { from, to }
}

const SPOKEN: Record<string, string> = { 幺: '1', 洞: '0', 拐: '7', 勾: '9', O: '0', o: '0' }

/** Digits said one by one, 一三八…幺洞, as digits; everything else stays. */
export const spokenDigits = (text: string): string =>
  [...halfWidth(text)].map((char) => SPOKEN[char] ?? (char in DIGITS ? String(DIGITS[char]) : char)).join('')

const SMALL = /^(?:\d{1,2}|[二两三四五六七八九]?十[一二两三四五六七八九]?|[一二两三四五六七八九])$/

/** 1–99 in digits or Chinese numerals; undefined for anything else. */
export const smallNumber = (text: string): number | undefined =>
  SMALL.test(text) ? numeral(text) : undefined
