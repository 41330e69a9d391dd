import { z } from 'zod'
import type { Day } from '../../clock.ts'
import { valueOf } from '../answers.ts'
import { dateText, findDates, monthInChinese, type DatePoint } from '../dates.ts'
import type { Column, Field } from '../definition.ts'
import type { FieldType, ReadContext, Reading } from '../field-type.ts'
import { couldAnswer } from '../question-words.ts'

const Point = z.string().regex(/^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$/)

/** From one month to another or until now; a bare year stays a year: the form has room for either. */
export const Period = z.strictObject({ from: Point, to: z.union([Point, z.literal('now')]) })
export type Period = z.infer<typeof Period>

const inChinese = ({ from, to }: Period): string =>
  `${monthInChinese(from)}至${to === 'now' ? '今' : monthInChinese(to)}`

const BETWEEN =
  /^\s*(?:以?来|起|开始|份|的?时候)?\s*[,、]?\s*(?:一直|直)?(?:到了?|至|-{1,2}|—{1,2}|–|~{1,2})?\s*$/

/** 何年何月至何年何月, one stretch of a career. */
export const period: FieldType<Period> = {
  Value: Period,
  read(text, field, context) {
    if (!couldAnswer(text)) return { type: 'unlike' }
    const years = /^\D*(\d{2})\s*(?:-|—|~|到|至)+\s*(\d{2})\s*年?$/.exec(dateText(text))
    const said = years && Number(years[1]) > 12 ? `${years[1]}年到${years[2]}年` : text
    const { points, problem } = findDates(said, context.today)
    if (problem !== undefined) return { type: 'impossible', because: problem }
    return inLife(between(points, dateText(said)), field, context)
  },
  find(text, field, context) {
    const [only, another] = periodsIn(text, context.today)
    if (!only || another !== undefined) return undefined
    return { reading: inLife(only.reading, field, context), matched: only.matched }
  },
  show: (value) => inChinese(value),
  print: (value) => ({
    '': inChinese(value),
    from: monthInChinese(value.from),
    to: value.to === 'now' ? '今' : monthInChinese(value.to),
  }),
}

/** Nobody works before birth, and hardly anybody's career begins before school (domain notes K20). */
function inLife(
  reading: Reading<Period>,
  { since }: Field | Column,
  { answers }: ReadContext,
): Reading<Period> {
  if (!since || (reading.type !== 'clear' && reading.type !== 'doubtful')) return reading
  const idNumber = valueOf(answers, since.idNumber)
  if (typeof idNumber !== 'string') return reading
  const { from } = reading.value
  const age = Number(from.slice(0, 4)) - Number(idNumber.slice(6, 10))
  if (age < 0) return { type: 'impossible', because: '那时还没有出生，请再核对' }
  return age < since.age ? { ...reading, type: 'doubtful', because: `那时才${age}岁` } : reading
}

/** Every stretch of time in a text: two dates with nothing but 到 or 至 between them. */
export function periodsIn(
  text: string,
  today: Day,
): { reading: Reading<Period>; matched: string; start: number }[] {
  const { points } = findDates(text, today)
  const said = dateText(text)
  const found: { reading: Reading<Period>; matched: string; start: number }[] = []
  for (let at = 0; at + 1 < points.length; at++) {
    const [first, second] = [points[at], points[at + 1]]
    if (!first || !second || !BETWEEN.test(said.slice(first.end, second.start))) continue
    const start = said[first.start - 1] === '从' ? first.start - 1 : first.start
    found.push({ reading: between([first, second], said), matched: said.slice(start, second.end), start })
    at++
  }
  // A date that belongs to no stretch makes all of them uncertain.
  return found.length * 2 === points.length ? found : []
}

function between(points: DatePoint[], said: string): Reading<Period> {
  const [first, second] = points
  if (points.length > 2) return { type: 'impossible', because: '请一次只说一段' }
  if (first === undefined) {
    const meant = /\d|退休|现在|至今/.test(said)
    return meant ? { type: 'impossible', because: '请说从哪年哪月到哪年哪月' } : { type: 'unlike' }
  }
  if (first.at === 'now') return { type: 'impossible', because: '请说从哪年哪月开始' }
  if (second === undefined) {
    if (/退休/.test(said)) return { type: 'impossible', because: '退休是哪年哪月？请说具体的年月' }
    if (/(?:到|至)\s*$/.test(said.slice(0, first.start))) {
      return { type: 'impossible', because: '还要说从哪年哪月开始' }
    }
    if (/^\s*(?:起|开始|以来|后|之后|以后)/.test(said.slice(first.end))) {
      return { type: 'doubtful', value: { from: first.at, to: 'now' }, because: '没说到什么时候，先当作至今' }
    }
    return { type: 'impossible', because: '还要说到哪年哪月。现在还在做，就说“至今”' }
  }
  const value: Period = { from: first.at, to: second.at }
  const length = second.at === 'now' ? 0 : Math.min(first.at.length, second.at.length)
  if (second.at !== 'now' && first.at.slice(0, length) > second.at.slice(0, length)) {
    return { type: 'impossible', because: '开始比结束还晚，请再核对' }
  }
  const doubt = first.doubt ?? second.doubt
  return doubt === undefined ? { type: 'clear', value } : { type: 'doubtful', value, because: doubt }
}
