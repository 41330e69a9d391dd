import { z } from 'zod'
import type { Column, Field } from '../definition.ts'
import type { FieldType, Reading } from '../field-type.ts'
import { holdsIdNumber } from './id-number.ts'
import { withoutLabel } from '../labels.ts'
import { maskAddress, maskNumbers } from '../mask.ts'
import { smallNumber } from '../numbers.ts'
import { isPosition } from '../positions.ts'
import { couldAnswer } from '../question-words.ts'
import { bare, clean, lengthOf, pieces, plain } from '../said.ts'
import { phonesIn } from './phone.ts'

const NONE =
  /^(?:都|也|暂时)?(?:没有?得?|冇[有得]?|莫得|无|不)(?:别的|其他|其它|担任|任何|社会|工作|单位|职务|职位|兼职|的|了|过)*$/u

/** Small words before what is meant: 我是, 就住在. */
const LEAD = /^(?:我|我们|他|她)?(?:就|现在|目前)?(?:是在|是|住在|在)(?:一?个)?(?=.{2})/u

/** The form's own word for somebody: 负责人是我 tells of no post. */
const ROLE = /^(?:主要)?负责人$/u

/** The sensitive texts are addresses, and an address tells where to find the door. */
const EXACT_ADDRESS = /[\d一二三四五六七八九十]|[路街巷村屯栋]/u

/** A line of free text. */
export const text: FieldType<string> = {
  Value: z.string().min(1).max(2000),
  read(said, field) {
    const quick = quickWord(said, field) ?? severalQuick(said, field)
    if (quick !== undefined) return { type: 'clear', value: quick }
    if (!couldAnswer(said) || isForeign(said)) return { type: 'unlike' }
    if (NONE.test(bare(withoutLabel(said, field)))) return nothing(field)
    const value = stripped(
      oneLine(withoutLabel(said, field))
        .replace(LEAD, '')
        .replace(/(?<=^.{3,})的$/u, ''),
      field,
    )
    if (!couldAnswer(value)) return { type: 'unlike' }
    if (field.vague.includes(bare(value)))
      return { type: 'impossible', because: `请说得具体一点：${field.explain}` }
    if (!/\p{L}/u.test(value)) return { type: 'impossible', because: '只有数字看不懂，请用文字说' }
    if (takesPositions(field)) {
      const only = onlyPosition(value)
      if (only !== undefined) return { type: 'doubtful', value: only, because: '这里只记职务' }
    }
    const reading = fitting(value, field)
    const vague = field.sensitive && reading.type === 'clear' && !EXACT_ADDRESS.test(value)
    return vague ? { type: 'doubtful', value, because: '没有说门牌号' } : reading
  },
  find(said, field) {
    const positions = takesPositions(field)
    for (const piece of pieces(said)) {
      const word = bareWord(piece)
      if (field.quick.includes(word) && lengthOf(word) >= 2) {
        return { reading: { type: 'clear', value: word }, matched: piece }
      }
      if (positions && isPosition(word) && !ROLE.test(word))
        return { reading: { type: 'clear', value: word }, matched: piece }
      if (
        !positions &&
        field.quick.some((quick) => lengthOf(quick) >= 2 && word.includes(quick)) &&
        lengthOf(word) <= 15
      ) {
        return {
          reading: { type: 'doubtful', value: word, because: `这是“${lastPart(field)}”` },
          matched: piece,
        }
      }
    }
    return undefined
  },
  show: (value, field) => (field.sensitive ? maskAddress(value) : maskNumbersOnly(value)),
  print: (value) => ({ '': value }),
}

/** A field whose ready answers are positions takes any position. */
const takesPositions = (field: Field | Column): boolean => field.quick.some(isPosition)

/** 没有 where the form has no ready 无: a post is then written as 无, other cells cannot be empty. */
const nothing = (field: Field | Column): Reading<string> =>
  takesPositions(field)
    ? { type: 'doubtful', value: '无', because: '没有职务，表上就写“无”' }
    : { type: 'impossible', because: '这一格要填，不能写“没有”' }

/** The answer without the words the form says are no part of it. */
function stripped(value: string, { strip }: Field | Column): string {
  const before = strip?.before.find((word) => value.startsWith(word) && lengthOf(value) >= lengthOf(word) + 2)
  const rest = before === undefined ? value : value.slice(before.length).replace(/^(?:是|在|：|，|\s)+/u, '')
  const after = strip?.after.find((word) => rest.endsWith(word) && lengthOf(rest) >= lengthOf(word) + 2)
  return after === undefined ? rest : rest.slice(0, -after.length)
}

/** 李建国 副队长 党员: the one position among other words; undefined where all of it is the position. */
function onlyPosition(value: string): string | undefined {
  const words = pieces(value)
  const positions = words.filter((word) => isPosition(word.replace(/^兼/u, '')))
  return positions.length === 1 && words.length > 1 ? positions[0] : undefined
}

const lastPart = (field: Field | Column): string => field.label.split('·').at(-1) ?? field.label

const bareWord = (piece: string): string =>
  piece.replace(/^(?:我|他|她|现在|已经|是|担任|当)+(?=.{2})/u, '').replace(/(?<=.{2})(?:了|的|吧)+$/u, '')

/** A ready answer in the person's own words: 没有 for 无. */
function quickWord(said: string, field: Field | Column): string | undefined {
  const word = bare(withoutLabel(said, field))
  if (field.quick.includes(word)) return word
  if (field.quick.includes('无') && NONE.test(word)) return '无'
  const stripped = bareWord(word)
  return field.quick.includes(stripped) ? stripped : undefined
}

/** 1、5 where the form offers several at once. */
function severalQuick(said: string, { several, quick }: Field | Column): string | undefined {
  if (!several) return undefined
  const numbers = plain(said).split(/[\s,.;、，。；和跟与及]+/u)
  const meant = numbers.filter(Boolean).map((number) => quick[(smallNumber(number) ?? 0) - 1])
  return meant.length > 1 && meant.every((word) => word !== undefined)
    ? [...new Set(meant)].join('、')
    : undefined
}

/** A message that is a phone or an identity number answers another question. */
export const isForeign = (said: string): boolean => {
  const rest = plain(said).replace(/[\s\-—.,。、]/g, '')
  return (
    holdsIdNumber(said) ||
    /^\+?\d{7,}[Xx]?$/.test(rest) ||
    (phonesIn(plain(said)).length > 0 && rest.length <= 13)
  )
}

/** Within the longest the field allows. */
export const fitting = (value: string, field: Field | Column): Reading<string> =>
  tooLong(value, field) ?? { type: 'clear', value }

/** The refusal of a text that is longer than the field allows. */
export const tooLong = (value: string, field: Field | Column): Reading<never> | undefined =>
  lengthOf(value) > field.longest
    ? { type: 'impossible', because: `太长了，最多${field.longest}个字，请说短一点` }
    : undefined

const maskNumbersOnly = (value: string): string => (/\d{7}/.test(value) ? maskNumbers(value) : value)

/** One line with the punctuation of Chinese print. */
const oneLine = (said: string): string =>
  toChinesePunctuation(clean(said).replace(/\s*\n\s*/g, '，')).replace(
    /^[，。；、：\s]+|[，。；、：\s]+$/gu,
    '',
  )

/** ASCII punctuation beside Han characters becomes full-width; spaces between Han characters go. */
export const toChinesePunctuation = (said: string): string =>
  plain(said)
    .replace(
      /(?<=[\p{Script=Han}\d）”》])\s*([,;:?!])\s*(?=\S)/gu,
      (whole, mark: string, at: number, all: string) =>
        isInsideNumber(all, at, whole) ? whole : (FULL_WIDTH[mark] ?? mark),
    )
    .replace(/(?<=\p{Script=Han})([,;:?!])$/u, (_, mark: string) => FULL_WIDTH[mark] ?? mark)
    .replace(/(?<=\p{Script=Han})\.(?=\s*(?:\p{Script=Han}|$))/gu, '。')
    .replace(/\(([^()]*\p{Script=Han}[^()]*)\)/gu, '（$1）')
    .replace(/(?<=[，。；：、？！（])\s+|\s+(?=[，。；：、？！）])/gu, '')

const FULL_WIDTH: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' }

/** 12:30 and 1,200 keep their signs. */
const isInsideNumber = (all: string, at: number, whole: string): boolean =>
  /\d/.test(all[at - 1] ?? '') && /\d/.test(all[at + whole.length] ?? '') && /^[,:]$/.test(whole)
