import { z } from 'zod'
import type { Column, Field, Option } from '../definition.ts'
import type { FieldType, Reading } from '../field-type.ts'
import { withoutLabel } from '../labels.ts'
import { numeral } from '../numbers.ts'
import { oncePer } from '../once-per.ts'
import { looksLikeQuestion } from '../question-words.ts'
import { bare, lengthOf, plain } from '../said.ts'
import { soundAlike } from '../sound.ts'

/** The lines of a choice as the question shows them: `1. 社会团体（大家一起活动的队伍）`. */
export const choiceLines = (field: Field | Column): string[] =>
  field.options.map(({ text, hint }, index) => `${index + 1}. ${text}${hint ? `（${hint}）` : ''}`)

/** One of the field's options, by number, by its words, or by what else people say for it. */
export const choice: FieldType<string> = {
  Value: z.string().min(1),
  read(text, field) {
    const { options } = field
    // Copied from the question, the hint comes along.
    const said = bare(withoutHints(withoutLabel(text, field), options))
    if (said === '') return numbered(text, options) ?? { type: 'unlike' }
    const exact =
      exactly(said, options) ?? exactly(withoutTail(said), options) ?? exactly(stripped(said), options)
    if (exact) return exact
    if (looksLikeQuestion(text)) return { type: 'unlike' }
    return (
      numbered(withoutHints(text, options), options) ??
      contained(stripped(said), options) ??
      partOf(stripped(said), options) ??
      alike(said, options) ?? { type: 'unlike' }
    )
  },
  find(text, field) {
    // 是 and 对 answer only the question that was asked.
    if (field.options.some(({ say }) => say.includes('是'))) return undefined
    for (const piece of plain(text).split(/[\s,.;:、。;|/]+/)) {
      const said = stripped(bare(piece))
      if (lengthOf(said) < 2) continue
      const matching = field.options.filter((option) => words(option).some((word) => word === said))
      const [only] = matching
      if (only && matching.length === 1)
        return { reading: { type: 'clear', value: only.value }, matched: piece }
    }
    return undefined
  },
  show: (value, field) => textOf(value, field),
  print: (value, field) => ({ '': textOf(value, field) }),
}

const withoutHints = (text: string, options: Option[]): string =>
  options.reduce((said, { hint }) => (hint ? said.replace(plain(`（${hint}）`), '') : said), plain(text))

const textOf = (value: string, field: Field | Column): string =>
  field.options.find((option) => option.value === value)?.text ?? value

const words = oncePer(({ text, say }: Option): readonly string[] => [text, ...say].map(bare))

/** Without the small words around an answer: 我是党员了 → 党员. */
const stripped = (said: string): string =>
  withoutTail(
    said.replace(
      /^(?:我们|我|他|她|咱们?|应该|大概|可能|就|算|那|是|选|属于|填|写|当|入了?(?=党|团)|文化程度|政治面貌|学历|文化)+(?=.)/u,
      '',
    ),
  )

const withoutTail = (said: string): string =>
  said.replace(/(?<=.)(?:了|吧|的|啊|呀|嘛|文化程度|文化|学历|这个|那个|毕业)+$/u, '')

function exactly(said: string, options: Option[]): Reading<string> | undefined {
  const one = options.find((option) => words(option).includes(said))
  if (one) return { type: 'clear', value: one.value }
  const maybe = options.filter((option) => option.maybe.map(bare).includes(said))
  return proposed(said, maybe)
}

/** Words that only may mean an option are proposed back, or asked back when they may mean several. */
function proposed(said: string, maybe: Option[]): Reading<string> | undefined {
  const [only] = maybe
  if (only === undefined) return undefined
  if (maybe.length > 1) return askedBack(`“${said}”是下面哪一个？`, maybe)
  return { type: 'doubtful', value: only.value, because: `“${said}”在表上一般填“${only.text}”` }
}

const askedBack = (ask: string, options: Option[]): Reading<string> => ({
  type: 'ambiguous',
  ask,
  options: options.map(({ text, value }) => ({ text, value })),
})

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'
const NUMBER =
  /^(?:我?选|我要|我?觉得|应该|就|是|第|选项|回复|答案|填|要)*\s*([A-Za-z]|\d{1,3}|[一壹二贰两三叁四肆五伍六陆七柒八捌九玖十]{1,3}|[①-⑳])\s*(?:个|项|号|条|种|那个|这个)*\s*(?:吧|的|啊)?[\s.,。、!)\]]*(.*)$/u

function numbered(text: string, options: Option[]): Reading<string> | undefined {
  const match = NUMBER.exec(plain(text).replace(/^[\s([【]+/, ''))
  if (!match) return undefined
  const [, sign = '', rest = ''] = match
  const option = options[placeOf(sign) - 1]
  if (rest !== '') {
    // 「1 社会团体」 says it twice; 「1 民非」 contradicts itself.
    const also = exactly(bare(rest), options) ?? exactly(stripped(bare(rest)), options)
    if (also?.type !== 'clear' || /^[A-Za-z]/.test(sign)) return undefined
    const other = options.find(({ value }) => value === also.value)
    if (option === undefined || other === undefined || option === other) return also
    return askedBack('数字和文字不一样，是哪一个？', [option, other])
  }
  if (option) return { type: 'clear', value: option.value }
  if (/^[A-Za-z]/.test(sign) && placeOf(sign) > 26) return undefined
  return { type: 'impossible', because: `只有1到${options.length}，请选一个` }
}

const placeOf = (sign: string): number => {
  const circled = CIRCLED.indexOf(sign)
  if (circled >= 0) return circled + 1
  if (/^[A-Za-z]$/.test(sign)) return sign.toUpperCase().charCodeAt(0) - 64
  return numeral(sign) ?? 0
}

/** A longer answer that names options; a longer word wins over the shorter one inside it, and a denied one is out. */
function contained(said: string, options: Option[]): Reading<string> | undefined {
  const hits = options.flatMap((option) =>
    [
      ...words(option).map((word) => ({ word, sure: true })),
      ...option.maybe.map((word) => ({ word: bare(word), sure: false })),
    ]
      .filter(({ word }) => lengthOf(word) >= 2)
      .flatMap(({ word, sure }) =>
        places(said, word).map((start) => ({ option, sure, start, end: start + word.length })),
      ),
  )
  const longest = hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.start <= hit.start && other.end >= hit.end && other.end - other.start > hit.end - hit.start,
      ),
  )
  const meant = longest.filter(
    ({ start, end }) =>
      !/(?:不|没|(?<!民)非|不算|还没)(?:是|有|入|读过|读)?$/u.test(said.slice(0, start)) &&
      // 名字不变 is no wish to change it.
      !/^(?:也|都|还是?|就)*(?:不|没有?)(?:变|换|改|动)/u.test(said.slice(end)),
  )
  if (meant.length === 0) {
    return longest.length > 0 ? { type: 'impossible', because: '请从下面选一个' } : undefined
  }
  const sure = meant.filter((hit) => hit.sure)
  // 不是群众 denies one option; the 不是 in it says nothing of another.
  if (sure.length === 0 && longest.some((hit) => hit.sure)) {
    return { type: 'impossible', because: '请从下面选一个' }
  }
  const named = [...new Set((sure.length > 0 ? sure : meant).map(({ option }) => option))]
  const [only] = named
  if (only === undefined) return undefined
  if (named.length > 1) return askedBack('是下面哪一个？', named)
  if (sure.length === 0) return proposed(said, [only])
  // Much else was said: the words may be about something else.
  const used = Math.max(...meant.map(({ start, end }) => end - start))
  return said.length - used > 8
    ? { type: 'doubtful', value: only.value, because: `您说的是“${only.text}”` }
    : { type: 'clear', value: only.value }
}

const places = (text: string, word: string): number[] => {
  const found: number[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push(at)
  return found
}

/** Part of an option's own words, when it is part of only one: 预备 of 中共预备党员. */
function partOf(said: string, options: Option[]): Reading<string> | undefined {
  if (lengthOf(said) < 2) return undefined
  const fitting = options.filter((option) => bare(option.text).includes(said))
  const [only] = fitting
  if (only === undefined) return undefined
  return fitting.length === 1
    ? { type: 'clear', value: only.value }
    : askedBack(`“${said}”是下面哪一个？`, fitting)
}

/** 社会团题, as a keyboard of sounds writes it: proposed back when it sounds like one option only. */
function alike(said: string, options: Option[]): Reading<string> | undefined {
  if (lengthOf(said) < 2) return undefined
  const sounding = options.filter((option) =>
    words(option).some((word) => soundAlike(word, said) || soundAlike(word, stripped(said))),
  )
  const [only] = sounding
  return only && sounding.length === 1
    ? { type: 'doubtful', value: only.value, because: `没有“${said}”这一项` }
    : undefined
}
