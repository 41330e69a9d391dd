import type { Synonyms } from './articles.ts'
import { bareText } from './plain.ts'

/** A question made ready to be compared: typos put right, courtesy gone, and the document's words it also says. */
export type Said = { text: string; concepts: Set<string> }

export type Reader = (question: string) => Said

/** Makes the reader for one pack's synonyms. */
export function makeReader({ same, typos, ignore }: Synonyms): Reader {
  const wrong = Object.entries(typos).map(([from, to]) => [bareText(from), bareText(to)] as const)
  const courtesy = ignore.map(bareText).sort((a, b) => b.length - a.length)
  const concepts = Object.entries(same).map(
    ([word, ways]) => [bareText(word), [word, ...ways].map(bareText)] as const,
  )
  return (question) => {
    let text = bareText(question)
    for (const [from, to] of wrong) text = text.replaceAll(from, to)
    for (const word of courtesy) if (text.length > word.length) text = text.replaceAll(word, '')
    return {
      text,
      concepts: new Set(
        concepts.filter(([, ways]) => ways.some((way) => text.includes(way))).map(([word]) => word),
      ),
    }
  }
}

/** Whether a question says a word, itself or in other words. */
export const says =
  ({ text, concepts }: Said) =>
  (word: string): boolean =>
    text.includes(word) || concepts.has(word)

/** What is compared: single characters, pairs, and the document's words behind a §. */
export function termsOf({ text, concepts }: Said): string[] {
  const signs = [...text]
  const pairs = signs.slice(1).map((sign, at) => `${signs[at]}${sign}`)
  return [...signs, ...pairs, ...[...concepts].map((word) => `§${word}`)]
}
