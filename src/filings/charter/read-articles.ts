import { numeral } from '../../forms/numbers.ts'
import { clean } from '../../forms/said.ts'
import type { CharterText } from './text.ts'

/** One article as somebody wrote it. */
export type ReadArticle = {
  /** 1 to 99. */
  number: number
  /** As written in brackets behind the number; empty when there is none. */
  title: string
  /** Half-width, without spaces, lines kept. */
  text: string
}

/** For comparing: width, spaces and quotation marks make no difference; lines stay. */
export const flat = (text: string): string =>
  clean(text.normalize('NFKC'))
    .replace(/[^\S\n]+/g, '')
    .replaceAll('三分之二', '2/3')
    .replace(/\n+/g, '\n')

/** Only letters, digits and Han: punctuation makes no difference either. */
export const bareText = (text: string): string => flat(text).replace(/[^\p{L}\p{N}×]/gu, '')

/** 附录 behind the charter and what stands before it do not count: ten times the model. */
const LONGEST = 40_000

/** From the title before the first article on, and no more than a charter can have. */
export function charterIn(written: string): string {
  const first = /^[^\S\n]*第\s*[一1１]\s*条/mu.exec(written)?.index ?? 0
  return written.slice(Math.max(0, first - LONGEST_TITLE), first + LONGEST)
}

/** The title and whatever else may be meant by it. */
const LONGEST_TITLE = 400

/**
 * Cuts a charter into its articles. A heading is 第N条 at the start of a line or before its title in brackets;
 * where a Word file numbers its articles by itself, the title of the model alone at the start of a line.
 */
export function readArticles(text: string, model: CharterText): ReadArticle[] {
  const said = unwrapped(flat(text))
  const found = headingsIn(said, model).slice(0, MOST_HEADINGS)
  const articles = found.map(({ number, title, end }, at) => ({
    number,
    title,
    text: said.slice(end, found[at + 1]?.start ?? said.length).trim(),
  }))
  return articles.slice(contentsIn(articles))
}

/** How many headings are a table of contents, 第一条（名称和性质）……1; behind the last one the charter begins anew. */
function contentsIn(articles: readonly ReadArticle[]): number {
  const again = articles.findLastIndex(({ number }) => number === 1)
  const isLine = ({ text }: ReadArticle): boolean => /^[.…·\-\d\n]*$/u.test(text)
  return again > 1 && articles.slice(0, again - 1).every(isLine) ? again : 0
}

/** What stands before the first article: the name of the charter. */
export const beforeArticles = (text: string, model: CharterText): ReadArticle => {
  const said = unwrapped(flat(text))
  return { number: 0, title: '', text: said.slice(0, headingsIn(said, model)[0]?.start ?? said.length) }
}

/** A charter and its table of contents, and as much again. */
const MOST_HEADINGS = 200

/** A line this much shorter than the page was ended by its writer. */
const RAGGED = 4
/** Lines of a page are shorter than this; paragraphs are not. */
const WIDEST = 60

const BEGINS = /^(?:第[一二三四五六七八九十\d]{1,4}[条章节]|\(|[一二三四五六七八九十\d]{1,3}[、.)])/u

/** As a page of a Word or PDF file is numbered; it lands in the middle of a sentence when that is pasted. */
const PAGE_NUMBER = /^(?:[—–―-]+\d{1,3}[—–―-]+|第\d{1,3}页(?:[,/]?共\d{1,3}页)?)$/u

/** Text pasted with a line end wherever the page ended has its sentences put together again. */
function unwrapped(said: string): string {
  const lines = said.split('\n').filter((line) => !PAGE_NUMBER.test(line))
  // Brackets and commas were full-width before they were made comparable.
  const width = (line: string): number => line.length - (line.match(/[\w/]/g)?.length ?? 0) / 2
  const widest = Math.max(...lines.map(width))
  const isFull = (line: string): boolean => width(line) >= widest - RAGGED
  if (widest > WIDEST || lines.filter(isFull).length * 4 < lines.length) return lines.join('\n')
  return lines.reduce((text, line, at) => {
    const before = lines[at - 1]
    const goesOn = before !== undefined && isFull(before) && !/[。;:]$/u.test(before) && !BEGINS.test(line)
    return at === 0 ? line : `${text}${goesOn ? '' : '\n'}${line}`
  }, '')
}

type Heading = { number: number; title: string; start: number; end: number }

function headingsIn(said: string, model: CharterText): Heading[] {
  const titles = model.articles.map(({ title }) => title)
  const number = '([一二三四五六七八九十]{1,4}|\\d{1,3})'
  // A title without brackets has to end where it is written: 负责人 also begins 负责人包括队长. In a table it stands
  // in a cell of its own.
  const bareTitle = `\\n?\\(?(${titles.join('|')})\\)?(?=[:\\n]|本组织|本章程|申请加入|成员有下列|$)`
  const behind = `(?:\\(([^()\\n]{1,20})\\)|${bareTitle})?[:、.]?`
  const pattern = new RegExp(
    `(?:(?<=^|\\n)第${number}条|第${number}条(?=\\())${behind}|(?<=^|\\n)\\((${titles.join('|')})\\)`,
    'gu',
  )
  return [...said.matchAll(pattern)].flatMap((match) => {
    const [whole, atStart, inside, bracketed, plain, alone] = match
    const number = alone === undefined ? numeral(atStart ?? inside ?? '') : titles.indexOf(alone) + 1
    if (number === undefined || number < 1 || number > 99) return []
    const title = bracketed ?? plain ?? alone ?? ''
    return [{ number, title, start: match.index, end: match.index + whole.length }]
  })
}
