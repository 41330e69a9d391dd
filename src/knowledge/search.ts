import MiniSearch from 'minisearch'
import type { Article } from './articles.ts'
import { fit } from './keys.ts'
import { says, termsOf, type Reader, type Said } from './terms.ts'

/** An article that may be meant. `score` is 0 to about 2; see `SURE` and `NEAR`. */
export type Hit = {
  article: Article
  score: number
  /** The part of the score that the wording alone gives. */
  alike: number
  /** What the best fitting key found; empty when only the wording is alike. */
  words: string[]
}

/** From here on the article is taken as meant. Measured on the question banks under `test/knowledge`. */
export const SURE = 0.52
/** From here on it is offered as 您是不是想问. */
export const NEAR = 0.18

/** An article with every term of its title, its ways of asking and its text. */
type Page = { article: Article; terms: Set<string> }

/** One way of asking, and what all of its terms weigh. */
type Phrase = { article: Article; weight: number }

export type Index = {
  /** Words of the document's matters. */
  about: string[]
  reader: Reader
  pages: Page[]
  phrases: Phrase[]
  /** What each phrase shares with the question at hand; one for all, for a new one each time would fill the memory. */
  shared: Float64Array
  /** The phrases, by their places, that have a term. */
  phrasesWith: Map<string, number[]>
  /** Finds pages by their places. */
  mini: MiniSearch
  weightOf: WeightOf
}

type WeightOf = (term: string) => number

/** So many articles are compared closely. */
const CANDIDATES = 60
/** The rarest terms of a question find them. */
const RAREST = 10

export function buildIndex(articles: Article[], reader: Reader, about: string[]): Index {
  const ways = articles.flatMap((article) =>
    [article.title, ...article.asked].map((way) => ({ article, terms: termsOf(reader(way)) })),
  )
  const weightOf = rarity(ways.map(({ terms }) => terms))
  const termsIn = new Map(articles.map((article) => [article, new Set(termsOf(reader(article.text)))]))
  for (const { article, terms } of ways) for (const term of terms) termsIn.get(article)?.add(term)
  const pages = Array.from(termsIn, ([article, terms]) => ({ article, terms }))
  const phrases: Phrase[] = []
  const phrasesWith = new Map<string, number[]>()
  for (const { article, terms } of ways) {
    const own = new Set(terms)
    for (const term of own) {
      const others = phrasesWith.get(term)
      if (others) others.push(phrases.length)
      else phrasesWith.set(term, [phrases.length])
    }
    phrases.push({ article, weight: sum([...own].map(weightOf)) })
  }
  // Terms are joined by spaces so that the library sees exactly ours.
  const mini = new MiniSearch({
    fields: ['terms'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  mini.addAll(pages.map(({ terms }, id) => ({ id, terms: [...terms].join(' ') })))
  const shared = new Float64Array(phrases.length)
  return { reader, about, pages, phrases, shared, phrasesWith, mini, weightOf }
}

/** A rare term tells more; a single character tells little, a word of the document much. */
function rarity(texts: string[][]): WeightOf {
  const seen = new Map<string, number>()
  for (const terms of texts) for (const term of new Set(terms)) seen.set(term, (seen.get(term) ?? 0) + 1)
  const weightOf = (term: string): number => {
    const rare = Math.log(1 + texts.length / (1 + (seen.get(term) ?? 0)))
    return rare * (term.startsWith('§') ? 1.5 : [...term].length === 1 ? 0.35 : 1)
  }
  const known = new Map(Array.from(seen.keys(), (term) => [term, weightOf(term)]))
  return (term) => known.get(term) ?? weightOf(term)
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}

/** Whether a question speaks of the document's matters at all; otherwise nothing near it is guessed. */
export function isAbout({ reader, about }: Index, question: string): boolean {
  const said = reader(question)
  return said.concepts.size > 0 || about.some(says(said))
}

/** 交给谁: not a word of our matters, and no key that fits. Whatever it resembles, it resembles by chance. */
export const namesNothing = (index: Index, question: string, found: Hit[]): boolean =>
  (found[0]?.words.length ?? 0) === 0 && !isAbout(index, question)

/** How much the best way of asking, and the whole article, count. */
const OF_PHRASE = 0.7
const OF_PAGE = 0.45

/** The articles a question may mean, best first. */
export function search(index: Index, question: string): Hit[] {
  const said = index.reader(question)
  const likeness = likenessTo(index, said)
  return index.pages
    .map(({ article }) => {
      const key = byKey(article, said)
      const alike = likeness.get(article) ?? 0
      return { article, score: alike + key.score, alike, words: key.words }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
}

/** How much each article reads like the question: its best way of asking, and all of its words. */
function likenessTo(index: Index, said: Said): Map<Article, number> {
  const terms = [...new Set(termsOf(said))]
  const telling = terms.filter((term) => [...term].length > 1)
  const asked = weighed(telling, index.weightOf)
  const phrased = byPhrase(index, terms)
  const rarest = (telling.length > 0 ? telling : terms)
    .filter((term) => index.phrasesWith.has(term))
    .toSorted((a, b) => index.weightOf(b) - index.weightOf(a))
    .slice(0, RAREST)
  const near = index.mini.search(rarest.join(' ')).slice(0, CANDIDATES)
  const likeness = new Map<Article, number>()
  for (const { id } of near) {
    const { article, terms } = index.pages[id as number]!
    likeness.set(article, OF_PHRASE * (phrased.get(article) ?? 0) + OF_PAGE * covered(asked, terms))
  }
  return likeness
}

const weighed = (terms: string[], weightOf: WeightOf): Map<string, number> =>
  new Map(terms.map((term) => [term, weightOf(term)]))

/** How much of what was asked stands in the article, 0 to 1. */
function covered(asked: Map<string, number>, terms: Set<string>): number {
  let all = 0
  let there = 0
  for (const [term, weight] of asked) {
    all += weight
    if (terms.has(term)) there += weight
  }
  return all === 0 ? 0 : there / all
}

/** What the best way of asking of each article is worth that shares anything with the question. */
function byPhrase({ phrases, shared, phrasesWith, weightOf }: Index, terms: string[]): Map<Article, number> {
  shared.fill(0)
  for (const term of terms) {
    const weight = weightOf(term)
    for (const at of phrasesWith.get(term) ?? []) shared[at]! += weight
  }
  const asked = sum(terms.map(weightOf))
  const best = new Map<Article, number>()
  for (const [at, { article, weight }] of phrases.entries()) {
    const both = shared[at]!
    if (both === 0) continue
    // The very words of a way of asking settle it. What the question says besides weighs less than what the phrase
    // says and the question does not.
    const same = isSame(both, weight) && isSame(both, asked) ? 1 : 0
    const score = same + both / (0.45 * asked + 0.55 * weight)
    if (score > (best.get(article) ?? 0)) best.set(article, score)
  }
  return best
}

/** Sums of the same weights in another order. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9

const FIRST = 2

/** A fitting key is worth more the more of the question it explains. */
function byKey(article: Article, said: Said): { score: number; words: string[] } {
  let best = { score: 0, words: [] as string[] }
  for (const key of article.keys) {
    const words = fit(key, says(said))
    if (words.length === 0) continue
    const explained = words.reduce((total, word) => total + word.length, 0)
    const score = 0.5 + 0.04 * Math.min(explained, 10) + 0.04 * words.length
    if (score > best.score) best = { score: score + (article.first ? FIRST : 0), words }
  }
  return best
}
