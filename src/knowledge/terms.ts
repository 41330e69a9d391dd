import type { Synonyms } from './articles.ts'
import { makeHearing } from './hearing.ts'
import { bareText } from './plain.ts'

/** A question made ready to be compared. */
export type Said = {
  /** Bare, with typos put right and courtesy gone. */
  text: string
  /** Whether a stretch of the text is this word. */
  hasWord(word: string): boolean
  /** The document's words it also says. */
  concepts: Set<string>
}

export type Reader = (question: string) => Said

/** The longest word that is looked for. */
const LONGEST_WORD = 12

/** Makes the reader for one pack's synonyms. */
export function makeReader({ same, typos, ignore, apart, sounds, heard, notHeard }: Synonyms): Reader {
  const wrong = Object.entries(typos).map(([from, to]) => [bareText(from), bareText(to)] as const)
  const courtesy = ignore.map(bareText).sort((a, b) => b.length - a.length)
  const together = makeTogether(apart)
  const hear = makeHearing(sounds, heard, notHeard)
  /** By the first character. */
  const waysFrom = new Map<string, { way: string; word: string }[]>()
  for (const [word, ways] of Object.entries(same)) {
    for (const way of [word, ...ways].map(bareText)) {
      const first = way.slice(0, 1)
      waysFrom.set(first, [...(waysFrom.get(first) ?? []), { way, word: bareText(word) }])
    }
  }
  return (question) => {
    let text = bareText(question)
    for (const [from, to] of wrong) text = text.replaceAll(from, to)
    for (const word of courtesy) if (text.length > word.length) text = text.replaceAll(word, '')
    text = together(hear(text)).replace(WHETHER, '$1')
    const stretch = stretchesOf(text)
    const concepts = new Set<string>()
    for (let at = 0; at < text.length; at++) {
      for (const { way, word } of waysFrom.get(text.charAt(at)) ?? []) {
        if (text.startsWith(way, at) && stretch.isWord(at, at + way.length)) concepts.add(word)
      }
    }
    return { text, concepts, hasWord: stretch.hasWord }
  }
}

/** 留不留 asks about 留; 要不要, 能不能 and their like are words of their own. */
const WHETHER = /(?![要能是会行对好可用需该算够得有])(\p{Script=Han})[不没]\1/gu

const BETWEEN = '(?:[过了完好个上下的不没]|[一两几]?[个次回张遍]|什么|多少|一下)'

/** Verbs that are said in two pieces, put together: 签几次名 is 签名几次, 盖完章 is 盖章完. */
function makeTogether(verbs: string[]): (text: string) => string {
  const patterns = verbs.map(
    (verb) => [new RegExp(`${verb[0]}(${BETWEEN}{1,2})${verb[1]}`, 'g'), `${verb}$1`] as const,
  )
  return (text) => patterns.reduce((said, [apart, one]) => said.replace(apart, one), text)
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' })

/** Not what begins within one word and ends within another: 对公 is not said in 应对公共卫生事件. */
function stretchesOf(text: string) {
  let edges: Set<number> | undefined
  const isWord = (start: number, end: number): boolean => {
    edges ??= new Set([...SEGMENTER.segment(text)].map(({ index }) => index)).add(text.length)
    return end - start <= LONGEST_WORD && (edges.has(start) || edges.has(end))
  }
  const hasWord = (word: string): boolean => {
    for (let at = word === '' ? -1 : text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      if (isWord(at, at + word.length)) return true
    return false
  }
  return { isWord, hasWord }
}

/** Whether a question says a word, itself or in other words. */
export const says =
  ({ text, concepts, hasWord }: Said) =>
  (word: string): boolean =>
    concepts.has(word) || hasWord(word) || (word.length > LONGEST_WORD && text.includes(word))

/** What is compared: single characters, pairs, and the document's words behind a §. */
export function termsOf({ text, concepts }: Pick<Said, 'text' | 'concepts'>): string[] {
  const signs = [...text]
  return [...signs, ...pairsOf(signs), ...[...concepts].map((word) => `§${word}`)]
}

const pairsOf = (signs: string[]): string[] => signs.slice(1).map((sign, at) => `${signs[at]}${sign}`)
