import type { Answers } from '../../forms/answers.ts'
import { isStreetLevel, type Place } from '../places.ts'
import { charterBlanks, LISTS, SINGLE, type Blanks, type List, type Single } from './blanks.ts'
import { findLeftover } from './leftovers.ts'
import { chineseNumeral } from './numerals.ts'
import {
  fillBlanks,
  splitAtBlanks,
  wordingOf,
  type CharterEdition,
  type CharterText,
  type Item,
} from './text.ts'

export type CharterArticle = {
  /** 一 to 十九 */
  number: string
  title: string
  /** The first stands right behind the heading. */
  paragraphs: string[]
  /** With number and mark: （一）执行本组织的决议； */
  items: string[]
}

/** A question whose answer is missing, or is nothing one can print. */
export type CharterGap = {
  /** A field of the charter form; `organizationName` and `activityArea` belong to the filing form. */
  field: string
  label: string
  /** 1 to 19: where the answer would stand. */
  article: number
  words: string
}

export type Composed =
  { type: 'complete'; title: string; articles: CharterArticle[] } | { type: 'incomplete'; gaps: CharterGap[] }

/**
 * The whole charter (附件4) of one organization: every blank filled, the fee clauses kept or dropped together,
 * the items numbered anew; or everything that keeps it from being whole.
 */
export function composeCharter(
  text: CharterText,
  edition: CharterEdition,
  answers: Answers,
  record: Answers,
  place: Place,
): Composed {
  const blanks = charterBlanks(answers, record, place)
  const streetLevel = isStreetLevel(place)
  const fee = blanks.fee === true
  const paragraphsOf = (article: CharterText['articles'][number]): string[] =>
    article.paragraphs.map((paragraph) => wordingOf(paragraph, { edition, streetLevel, fee }))

  const used = [
    text.title,
    ...text.articles.flatMap((article) => [
      ...paragraphsOf(article),
      ...article.items.map((item) => (typeof item === 'string' ? item : 'text' in item ? item.text : '')),
    ]),
  ].flatMap((wording) => blanksIn(wording))
  const gaps = gapsOf(blanks, [...new Set(used)])
  if (gaps.length > 0) return { type: 'incomplete', gaps }

  const fill = (wording: string): string => fillBlanks(wording, (blank) => blanks.single[asSingle(blank)])
  return {
    type: 'complete',
    title: fill(text.title),
    articles: text.articles.map((article) => ({
      number: article.number,
      title: article.title,
      paragraphs: paragraphsOf(article).map(fill),
      items: numbered(article.items.flatMap((item) => itemTexts(item, blanks, fee)).map(fill)),
    })),
  }
}

/** The charter as plain lines, headings run into their first paragraph as printed. */
export const charterLines = (articles: CharterArticle[]): string[] =>
  articles.flatMap(({ number, title, paragraphs: [first = '', ...more], items }) => [
    `第${number}条（${title}）${first}`,
    ...more,
    ...items,
  ])

const blanksIn = (wording: string): Single[] =>
  splitAtBlanks(wording).flatMap((piece, at) => (at % 2 === 1 ? [asSingle(piece)] : []))

function asSingle(blank: string): Single {
  if (!Object.hasOwn(SINGLE, blank)) throw new Error(`charter.yaml has an unknown blank {{${blank}}}`)
  return blank as Single
}

function asList(blank: string): List {
  if (!Object.hasOwn(LISTS, blank)) throw new Error(`charter.yaml has an unknown list ${blank}`)
  return blank as List
}

function itemTexts(item: Item, blanks: Blanks, fee: boolean): string[] {
  if (typeof item === 'string') return [item]
  if ('each' in item) return blanks.lists[asList(item.each)]
  return fee ? [item.text] : []
}

const numbered = (items: string[]): string[] =>
  items.map((item, at) => `（${chineseNumeral(at + 1)}）${item}${at === items.length - 1 ? '。' : '；'}`)

/** Items of one article are counted to 99 at most, which no charter comes near. */
const MOST_ITEMS = 40

function gapsOf(blanks: Blanks, used: Single[]): CharterGap[] {
  const sources = [
    ...used.map((blank) => ({ ...SINGLE[blank], texts: [blanks.single[blank]], needed: true })),
    ...(Object.keys(LISTS) as List[]).map((blank) => ({
      ...LISTS[blank],
      texts: blanks.lists[blank],
      needed: blank === '业务范围',
    })),
  ]
  const gaps: CharterGap[] = []
  if (blanks.fee === undefined)
    gaps.push({
      field: 'collectsFee',
      label: '活动费用',
      article: 9,
      words: '还没说收不收活动费用（第九条等四处）。',
    })
  for (const { texts, needed, ...source } of sources) {
    const words = problemOf(source, texts, needed, blanks.fee)
    if (words !== undefined && !gaps.some(({ field }) => field === source.field))
      gaps.push({ ...source, words })
  }
  return gaps.sort((a, b) => a.article - b.article)
}

function problemOf(
  { label, article }: { label: string; article: number },
  texts: string[],
  needed: boolean,
  fee: boolean | undefined,
): string | undefined {
  const where = `【${label}】（第${chineseNumeral(article)}条）`
  const text = texts.join('\n')
  if (needed && text.trim() === '') return `${where}还没有填好。`
  if (texts.length > MOST_ITEMS) return `${where}项数太多，最多${MOST_ITEMS}项。`
  const leftover = findLeftover(text)
  if (leftover !== undefined) return `${where}里还有“${leftover}”，请换成要写的内容。`
  if (fee === false && text.includes('活动费用')) return `${where}写到“活动费用”，可是你们不收，请改一处。`
  return undefined
}
