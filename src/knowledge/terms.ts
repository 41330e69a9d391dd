import type { Synonyms } from './articles.ts'
import { makeHearing } from './hearing.ts'
import { bareText } from './plain.ts'

/** A question made ready to be compared. */
export type Said = {
  /** Bare, with typos put right and courtesy gone. */
  text: string
  /** Every stretch of the text that can be a word. */
  words: Set<string>
  /** The document's words it also says. */
  concepts: Set<string>
}

export type Reader = (question: string) => Said

/** The longest word that is looked for. */
const LONGEST_WORD = 12

/** Makes the reader for one pack's synonyms. */
export function makeReader({ same, typos, ignore, sounds, heard, notHeard }: Synonyms): Reader {
  const wrong = Object.entries(typos).map(([from, to]) => [bareText(from), bareText(to)] as const)
  const courtesy = ignore.map(bareText).sort((a, b) => b.length - a.length)
  const hear = makeHearing(sounds, heard, notHeard)
  const conceptsOf = new Map<string, string[]>()
  for (const [word, ways] of Object.entries(same)) {
    for (const way of [word, ...ways].map(bareText)) {
      conceptsOf.set(way, [...(conceptsOf.get(way) ?? []), bareText(word)])
    }
  }
  return (question) => {
    let text = bareText(question)
    for (const [from, to] of wrong) text = text.replaceAll(from, to)
    for (const word of courtesy) if (text.length > word.length) text = text.replaceAll(word, '')
    text = hear(text)
    const words = stretches(text)
    return { text, words, concepts: new Set([...words].flatMap((word) => conceptsOf.get(word) ?? [])) }
  }
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' })

/** Not what begins within one word and ends within another: 对公 is not said in 应对公共卫生事件. */
function stretches(text: string): Set<string> {
  const edges = new Set([...SEGMENTER.segment(text)].map(({ index }) => index)).add(text.length)
  const words = new Set<string>()
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= Math.min(text.length, start + LONGEST_WORD); end++)
      if (edges.has(start) || edges.has(end)) words.add(text.slice(start, end))
  }
  return words
}

/** Whether a question says a word, itself or in other words. */
export const says =
  ({ text, words, concepts }: Said) =>
  (word: string): boolean =>
    words.has(word) || concepts.has(word) || (word.length > LONGEST_WORD && text.includes(word))

/** What is compared: single characters, pairs, and the document's words behind a §. */
export function termsOf({ text, concepts }: Pick<Said, 'text' | 'concepts'>): string[] {
  const signs = [...text]
  return [...signs, ...pairsOf(signs), ...[...concepts].map((word) => `§${word}`)]
}

const pairsOf = (signs: string[]): string[] => signs.slice(1).map((sign, at) => `${signs[at]}${sign}`)
