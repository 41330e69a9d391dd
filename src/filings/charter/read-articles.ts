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

/**
 * Cuts a charter into its articles. A heading is 第N条 at the start of a line or before its title in brackets;
 * where a Word file numbers its articles by itself, the title of the model alone at the start of a line.
 */
export function readArticles(text: string, model: CharterText): ReadArticle[] {
  const said = flat(text)
  const found = headingsIn(said, model)
  return found.map(({ number, title, end }, at) => ({
    number,
    title,
    text: said.slice(end, found[at + 1]?.start ?? said.length).trim(),
  }))
}

/** What stands before the first article: the name of the charter. */
export const beforeArticles = (text: string, model: CharterText): ReadArticle => {
  const said = flat(text)
  return { number: 0, title: '', text: said.slice(0, headingsIn(said, model)[0]?.start ?? said.length) }
}

type Heading = { number: number; title: string; start: number; end: number }

function headingsIn(said: string, model: CharterText): Heading[] {
  const titles = model.articles.map(({ title }) => title)
  const number = '([一二三四五六七八九十]{1,4}|\\d{1,3})'
  const pattern = new RegExp(
    `(?:(?<=^|\\n)第${number}条|第${number}条(?=\\())(?:\\(([^()\\n]{1,20})\\))?[:、.]?|(?<=^|\\n)\\((${titles.join('|')})\\)`,
    'gu',
  )
  return [...said.matchAll(pattern)].flatMap((match) => {
    const [whole, atStart, inside, title, alone] = match
    const number = alone === undefined ? numeral(atStart ?? inside ?? '') : titles.indexOf(alone) + 1
    if (number === undefined || number < 1 || number > 99) return []
    return [{ number, title: title ?? alone ?? '', start: match.index, end: match.index + whole.length }]
  })
}
