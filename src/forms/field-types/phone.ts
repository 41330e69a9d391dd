import { z } from 'zod'
import type { FieldType, Reading } from '../field-type.ts'
import { maskPhone } from '../mask.ts'
import { numeral, spokenDigits } from '../numbers.ts'
import { looksLikeQuestion } from '../question-words.ts'
import { plain } from '../said.ts'

const GAP = '[\\s\\-—.·,、]*'
const MOBILE = new RegExp(`(?<!\\d)(?:(?:\\+|00)?86${GAP})?(1${GAP}[3-9](?:${GAP}\\d){9})(?![\\dXx])`, 'g')
const LANDLINE = new RegExp(
  `(?<!\\d)\\(?(0(?:10|2\\d|[3-9]\\d{2}))\\)?[\\s\\-—.·]*([2-9]\\d{2,3}${GAP}\\d{4})(?!\\d)`,
  'g',
)

/** A mobile number of eleven digits, or a landline with its area code: `0772-2801234`. */
export const phone: FieldType<string> = {
  Value: z.string().regex(/^(1[3-9]\d{9}|0\d{2,3}-\d{7,8})$/),
  read(text) {
    if (looksLikeQuestion(text)) return { type: 'unlike' }
    const numbers = phonesIn(plain(text))
    const found = numbers.length > 0 ? numbers : phonesIn(spokenDigits(plain(text)))
    const [first] = found
    if (first === undefined) return repeated(text) ?? refusal(text)
    if (found.length === 1) return { type: 'clear', value: first.value }
    const options = found.map(({ value }) => ({ text: maskPhone(value), value }))
    return { type: 'ambiguous', ask: '留哪一个号码？', options }
  },
  find(text) {
    const said = plain(text)
    const found = phonesIn(said)[0] ?? phonesIn(spokenDigits(said))[0]
    return (
      found && { reading: { type: 'clear', value: found.value }, matched: said.slice(found.start, found.end) }
    )
  },
  show: (value) => maskPhone(value),
  print: (value) => ({ '': value }),
}

/** Every number of a text that surely is a phone, in order, once each. */
export function phonesIn(text: string): { value: string; start: number; end: number }[] {
  const found = new Map<string, { value: string; start: number; end: number }>()
  const add = (value: string, match: RegExpExecArray) => {
    if (!found.has(value)) found.set(value, { value, start: match.index, end: match.index + match[0].length })
  }
  for (const match of text.matchAll(MOBILE)) add((match[1] ?? '').replace(/\D/g, ''), match)
  for (const match of text.matchAll(LANDLINE)) {
    const [, area = '', number = ''] = match
    add(`${area}-${number.replace(/\D/g, '')}`, match)
  }
  return [...found.values()].sort((a, b) => a.start - b.start)
}

const REPEATED = /([二两三四五六])个([零〇洞一幺二三四五六七八九\d])/gu

/** 一九九四个零一二三四 may be four noughts, which is read back. */
function repeated(text: string): Reading<string> | undefined {
  const said = plain(text)
  const written = said.replace(REPEATED, (_, times: string, digit: string) =>
    digit.repeat(numeral(times) ?? 1),
  )
  const [only, other] = written === said ? [] : phonesIn(spokenDigits(written))
  if (!only || other) return undefined
  return {
    type: 'doubtful',
    value: only.value,
    because: `“${REPEATED_WORDS.exec(said)?.[0]}”是连着几个一样的数`,
  }
}

const REPEATED_WORDS = new RegExp(REPEATED.source, 'u')

/** Why the digits of a text are no phone; `unlike` where there are hardly any. */
function refusal(text: string): Reading<string> {
  const spoken = spokenDigits(plain(text))
  const runs = spoken.match(/\d[\d\s\-—.·,、]*[Xx]?/g) ?? []
  const digits = runs
    .map((run) => run.replace(/[^\dXx]/g, ''))
    .sort((a, b) => b.length - a.length)[0]
    ?.replace(/^(?:00)?86(?=1\d{10})/, '')
  // Shorter runs are house numbers and counts, longer ones identity numbers.
  if (digits === undefined || digits.length < 5 || digits.length >= 15) return { type: 'unlike' }
  if (/^[2-8]\d{6}$/.test(digits)) {
    return { type: 'impossible', because: '这是座机吧？请在前面加上区号，再说一遍' }
  }
  if (digits.length === 11 && !digits.startsWith('0')) {
    return { type: 'impossible', because: '手机号是13到19开头的，请再核对一遍' }
  }
  if (digits.startsWith('0')) {
    return { type: 'impossible', because: `座机是区号加7位或8位，我一共读到${digits.length}位，请再核对一遍` }
  }
  return { type: 'impossible', because: `手机号要11位，我读到${digits.length}位，请再报一遍` }
}
