import { z } from 'zod'
import { valueOf } from '../answers.ts'
import type { Column, Field } from '../definition.ts'
import type { FieldType, ReadContext, Reading } from '../field-type.ts'
import { withoutLabel } from '../labels.ts'
import { numeral, quantities } from '../numbers.ts'
import { couldAnswer } from '../question-words.ts'
import { lengthOf, plain } from '../said.ts'
import { isForeign, tooLong, toChinesePunctuation } from './text.ts'

/** Where an organization meets: one box of the form holds address and area (附件1表1行2). */
export const Venue = z.strictObject({
  address: z.string().min(1).max(500).optional(),
  /** Square metres. */
  area: z.number().positive().max(1_000_000).optional(),
  /** The area was said roughly. */
  about: z.literal(true).optional(),
})
export type Venue = z.infer<typeof Venue>

export const venue: FieldType<Venue> = {
  Value: Venue,
  read(text, field, context) {
    if (!couldAnswer(text) || isForeign(text)) return { type: 'unlike' }
    const refusal = tooLong(text, field)
    if (refusal) return refusal
    const said = withoutLabel(text, field)
    if (/没有?(?:固定)?(?:的)?(?:活动)?(?:场所|场地|地方|地址|地点)/u.test(said)) {
      return { type: 'impossible', because: '表上要写一个地方。常去哪里就写哪里，比如社区活动室、广场' }
    }
    const { area, rest } = takeArea(said)
    const address = addressOf(rest)
    const present = Venue.safeParse(valueOf(context.answers, field.id))
    const half =
      present.success && venue.missing?.(present.data, field) !== undefined ? present.data : undefined
    if (half) return venue.merge?.(half, text, field, context) ?? { type: 'unlike' }
    if (area === undefined && address === undefined) return { type: 'unlike' }
    if (area?.type === 'impossible') return area
    return reading({ ...(address === undefined ? {} : { address }), ...areaPart(area) }, area)
  },
  find(text, field, context) {
    const clauses = [...plain(text).matchAll(/[^,，。;；、\n]+/gu)]
    for (const [index, clause] of clauses.entries()) {
      const before = clauses[index - 1]
      for (const start of [clause.index, ...(before ? [before.index] : [])]) {
        const matched = plain(text)
          .slice(start, clause.index + clause[0].length)
          .trim()
        const whole = wholeVenue(matched, field, context)
        if (whole) return { reading: whole, matched }
      }
    }
    return undefined
  },
  missing(value) {
    if (value.address === undefined) return '活动场所的地址在哪里？'
    return value.area === undefined ? '场地大概多少平方米？' : undefined
  },
  merge(value, text, field) {
    if (!couldAnswer(text) || isForeign(text)) return { type: 'unlike' }
    const said = withoutLabel(text, field)
    const taken = takeArea(said)
    const area = taken.area ?? (value.area === undefined ? loneNumber(said) : undefined)
    if (area?.type === 'impossible') return area
    const address = taken.area === undefined && area !== undefined ? undefined : addressOf(taken.rest)
    if (area === undefined && address === undefined) return { type: 'unlike' }
    return reading({ ...value, ...(address === undefined ? {} : { address }), ...areaPart(area) }, area)
  },
  show: (value) => inWords(value),
  print: (value) => ({ '': inWords(value), address: value.address ?? '', area: areaInWords(value) }),
}

/** Unmistakable: an address that tells street, number or building, and an area with its unit. */
function wholeVenue(said: string, field: Field | Column, context: ReadContext): Reading<Venue> | undefined {
  if (!/(?:平|㎡|[mM]²|[mM]2|亩)/u.test(said) || /(?:我叫|我是|叫做|电话|队|团)/u.test(said)) return undefined
  const whole = venue.read(said, field, { ...context, answers: {} })
  if (whole.type !== 'clear' && whole.type !== 'doubtful') return undefined
  const { address = '', area } = whole.value
  return area !== undefined && /[路街巷村屯号栋楼室院园校场]/u.test(address) ? whole : undefined
}

const areaInWords = ({ area, about }: Venue): string =>
  area === undefined ? '' : `${about ? '约' : ''}${area}平方米`

const inWords = (value: Venue): string => [value.address, areaInWords(value)].filter(Boolean).join('，')

type Area =
  { type: 'area'; value: number; about: boolean; because?: string } | { type: 'impossible'; because: string }

const areaPart = (area: Area | undefined): Venue =>
  area?.type === 'area' ? { area: area.value, ...(area.about ? { about: true as const } : {}) } : {}

function reading(value: Venue, area: Area | undefined): Reading<Venue> {
  const because =
    area?.type === 'area' ? (area.because ?? (area.about ? '面积是大概数' : undefined)) : undefined
  return because === undefined ? { type: 'clear', value } : { type: 'doubtful', value, because }
}

const UNIT =
  /^\s*个?\s*(?:平方公尺|平方米|平方|平米|平(?!方|米|房|安)|㎡|[mM]²|[mM]2|[mM]\^2|方(?=[,，。\s]|$)|亩多?地?)(?:多|左右|上下|出头|的样子|以上|以内|不到|吧|大小?|的)*/u
const BEFORE =
  /(?:[,，。;；、]|\s)*(?:(?:使用|建筑)?面积|场地|地方|一共|总|室内|有|共|约|大概|差不多|估计|将近|接近|近|不到|是|为|:|的|大|,)*\s*$/u
const SIDES =
  /(?:长)?\s*(\d+(?:\.\d+)?)\s*米?\s*[,，、]?\s*(?:乘以?|[xX×*])\s*(?:宽)?\s*(\d+(?:\.\d+)?)\s*米?|长\s*(\d+(?:\.\d+)?)\s*米?\s*[,，、]?\s*宽\s*(\d+(?:\.\d+)?)\s*米?/u

/** 一亩 is two thirds of a thousand square metres. */
const MU = 2000 / 3

/** The area of a text and the text without it. */
function takeArea(text: string): { area?: Area; rest: string } {
  const said = inMu(plain(text))
  const numbers = quantities(said)
  for (const [index, number] of numbers.entries()) {
    const unit = UNIT.exec(said.slice(number.end))
    const named = /面积(?:大概|大约|差不多|有|是|为|约|:|\s)*$/u.test(said.slice(0, number.start))
    if (!unit && !(named && /^(?:[,，。;；\s]|$)/u.test(said.slice(number.end)))) continue
    const before = said.slice(0, number.start).replace(BEFORE, '')
    const rest = `${before} ${said.slice(number.end + (unit?.[0].length ?? 0))}`
    const [previous, next] = [numbers[index - 1], numbers[index + 1]]
    const isRange =
      number.range !== undefined ||
      (previous && BETWEEN.test(said.slice(previous.end, number.start))) ||
      (next && unit && BETWEEN.test(said.slice(number.end, next.start)))
    if (isRange) return { area: NOT_A_RANGE, rest }
    if (!unit) return { area: unitless(areaOf(number.value, number.approximate, false)), rest }
    return { area: areaOf(number.value, number.approximate, unit[0].includes('亩')), rest }
  }
  const sides = SIDES.exec(said)
  if (sides) {
    const product = Number(sides[1] ?? sides[3]) * Number(sides[2] ?? sides[4])
    const rest = said.slice(0, sides.index).replace(BEFORE, '') + said.slice(sides.index + sides[0].length)
    return { area: { ...areaOf(product, false, false), because: '面积是按长乘宽算的' } as Area, rest }
  }
  const last = /^(.*\p{Script=Han}.*?)[,，;；]\s*(\d{2,5})$/u.exec(said)
  if (last) {
    return { area: unitless(areaOf(Number(last[2]), false, false)), rest: last[1] ?? '' }
  }
  return { rest: said }
}

const unitless = (area: Area): Area =>
  area.type === 'area' ? { ...area, because: '没说单位，当作平方米' } : area

/** Around a number these make no place of it: 那就80吧. */
const NO_PLACE = /[大概约有差不多来左右上下吧的是米那就算按写填\s，,。]/gu

const NOT_A_RANGE: Area = { type: 'impossible', because: '面积要一个数，请说一个大概的，比如80平方米' }

/** 80到100平方米, 80平或者100平. */
const BETWEEN = /^\s*(?:平方米|平方|平米|平|㎡|亩)?\s*(?:-|—|–|~|到|至|或者?|还是|、)+\s*$/u

/** 半亩, 一亩半, 一亩三分地 and 三分地 as numbers of 亩: ten 分 are one. */
const inMu = (said: string): string =>
  said
    .replace(/半亩/u, '0.5亩')
    .replace(/([\d.]+|[一二两三四五六七八九十]+)亩半/u, (whole, mu: string) => asMu(numeral(mu), 5) ?? whole)
    .replace(
      /([\d.]+|[一二两三四五六七八九十]+)亩(\d|[一二两三四五六七八九])分/u,
      (whole, mu: string, parts: string) => asMu(numeral(mu), numeral(parts)) ?? whole,
    )
    .replace(
      /(\d|[一二两三四五六七八九])分(?=地)/u,
      (whole, parts: string) => asMu(0, numeral(parts)) ?? whole,
    )

const asMu = (mu: number | undefined, tenths: number | undefined): string | undefined =>
  mu === undefined || tenths === undefined ? undefined : `${Math.round(mu * 10 + tenths) / 10}亩`

function areaOf(value: number, about: boolean, inMu: boolean): Area {
  const square = inMu ? Math.round(value * MU) : Math.round(value * 100) / 100
  if (square <= 0 || square > 1_000_000) return { type: 'impossible', because: '面积不对，请再说一遍' }
  return inMu
    ? { type: 'area', value: square, about: true, because: '一亩约合667平方米' }
    : { type: 'area', value: square, about }
}

/** After 场地大概多少平方米？ a bare number is an area. */
function loneNumber(text: string): Area | undefined {
  const numbers = quantities(text)
  const [number] = numbers
  if (number === undefined) return undefined
  const said = plain(text)
  const [, second] = numbers
  if (second && BETWEEN.test(said.slice(number.end, second.start))) return NOT_A_RANGE
  if (second) return undefined
  const around = said.slice(0, number.start) + said.slice(number.end)
  if (lengthOf(around.replace(NO_PLACE, '')) > 1) return undefined
  if (number.range) return NOT_A_RANGE
  return areaOf(number.value, number.approximate, false)
}

/** An address has at least two Han characters and is more than 在 and 地址. */
function addressOf(text: string): string | undefined {
  const said = toChinesePunctuation(text.replace(/\(\s*\)/g, ' '))
    .replace(/[-—–~]+$/u, '')
    .replace(/^(?:我们|平时|一般|都|就|是|在|地址|场地|活动|的|地点|:|：|[，,。；;、\s])+/u, '')
    .replace(/(?:大概|大约|面积|场地|有|约|那里|那边|这边|这里|活动|，|,|。|；|;|、|\s)+$/u, '')
    .replace(
      /[，、 ]+(?:面积|大小|多大)?(?:还)?(?:没有?(?:量|算|测)过?|不知道|不清楚|不晓得|说不准|说不清).*$/u,
      '',
    )
    .replace(/\s*，\s*(?:，\s*)*/gu, '，')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '，')
    .trim()
  return (said.replace(NO_PLACE, '').match(/\p{Script=Han}/gu)?.length ?? 0) >= 2 ? said : undefined
}
