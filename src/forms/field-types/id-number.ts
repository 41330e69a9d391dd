import { z } from 'zod'
import type { Day } from '../../clock.ts'
import type { FieldType, Reading } from '../field-type.ts'
import { maskIdNumber } from '../mask.ts'
import { spokenDigits } from '../numbers.ts'
import { looksLikeQuestion } from '../question-words.ts'
import { plain } from '../said.ts'

/** Charter, article 13(2): full capacity for civil conduct, that is eighteen years of age. */
const ADULT = 18
/** The check reaches back to the beginning of the century: older people are no longer alive. */
const EARLIEST = 1900

const SEPARATOR = /[\s\-—.·,、]/g
const SHAPE = /(?<!\d)[1-9]\d{16}[\dXx×✕](?![\dXx×✕])/
const SPACED = /(?<!\d)[1-9](?:[\s\-—.·,、]?\d){16}[\s\-—.·,、]?[\dXx×✕](?![\dXx×✕])/

/** The number of the resident identity card, GB 11643: 18 places, the last a check of the rest. */
export const idNumber: FieldType<string> = {
  Value: z.string().regex(/^[1-9]\d{16}[\dX]$/),
  read(text, _field, context) {
    if (looksLikeQuestion(text)) return { type: 'unlike' }
    const said = plain(text)
    const exact = exactIn(said)
    const [only] = exact
    if (only !== undefined)
      return exact.length === 1 ? checked(only, context.today) : oneOf(exact, context.today)
    const spoken = spokenDigits(said.replace(/(?:大写的?|字母)?(?:埃克斯|艾克斯|叉)/g, 'X')).replace(
      /[×✕]/g,
      'X',
    )
    const runs = (spoken.match(/\d[\d\s\-—.·,、]*[Xx]?/g) ?? [])
      .map(upper)
      .sort((a, b) => b.length - a.length)
    const [longest = ''] = runs
    if (longest.length === 18) return checked(longest, context.today)
    if (longest.length === 15) {
      return { type: 'impossible', because: '这是15位的老号码，请看现在身份证上的18位号码' }
    }
    // Four digits may be a house number, eleven a phone: those answer other questions.
    if (longest.length < 5 || /^1[3-9]\d{9}$/.test(longest)) return { type: 'unlike' }
    return { type: 'impossible', because: `身份证号码要18位，我读到${longest.length}位，请再核对一遍` }
  },
  find(text, _field, context) {
    const said = plain(text)
    const match = SHAPE.exec(said) ?? SPACED.exec(said)
    if (!match || exactIn(said).length > 1) return undefined
    return { reading: checked(upper(match[0]), context.today), matched: match[0] }
  },
  show: (value) => maskIdNumber(value),
  print: (value) => ({
    '': value,
    sex: Number(value[16]) % 2 === 1 ? '男' : '女',
    birthMonth: `${value.slice(6, 10)}年${Number(value.slice(10, 12))}月`,
  }),
}

/** The different numbers of the right shape. */
const exactIn = (said: string): string[] => {
  const exact = said.match(new RegExp(SHAPE, 'g')) ?? said.match(new RegExp(SPACED, 'g')) ?? []
  return [...new Set(exact.map(upper))]
}

/** Of several numbers none is picked silently. */
function oneOf(ids: string[], today: Day): Reading<string> {
  const right = ids.filter((id) => checked(id, today).type === 'clear')
  const [only] = right
  if (only === undefined) return { type: 'impossible', because: '这里有几个号码，都对不上，请只说一个' }
  if (right.length === 1)
    return { type: 'doubtful', value: only, because: '这里有几个号码，只有这一个对得上' }
  return {
    type: 'ambiguous',
    ask: '这里有几个身份证号码，是哪一个？',
    options: right.map((value) => ({ text: maskIdNumber(value), value })),
  }
}

const upper = (text: string): string => text.replace(SEPARATOR, '').replace(/[x×✕]/g, 'X')

/** Whether a text holds something of an identity number's shape, right or wrong. */
export const holdsIdNumber = (text: string): boolean => SHAPE.test(plain(text)) || SPACED.test(plain(text))

/** Says which rule failed and never repeats the number. Unknown area codes are accepted: old ones were abolished. */
function checked(id: string, today: Day): Reading<string> {
  const birth = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!isDay(birth)) return { type: 'impossible', because: '第7到14位是出生日期，没有这一天，请再核对一遍' }
  if (birth > today) return { type: 'impossible', because: '第7到14位的出生日期还没到，请再核对一遍' }
  if (Number(id.slice(6, 10)) < EARLIEST) {
    return { type: 'impossible', because: '第7到14位的出生年份太早了，请再核对一遍' }
  }
  if (checkDigit(id) !== id[17]) return { type: 'impossible', because: '最后一位对不上，请再核对一遍' }
  const eighteenth = `${Number(birth.slice(0, 4)) + ADULT}${birth.slice(4)}`
  if (eighteenth > today) return { type: 'impossible', because: '负责人要满18岁，请再核对一遍' }
  return { type: 'clear', value: id }
}

const isDay = (day: string): boolean => {
  const instant = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day)
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** ISO 7064 MOD 11-2 over the first seventeen places. */
export const checkDigit = (id: string): string =>
  '10X98765432'[WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(id[place]), 0) % 11] ?? ''
