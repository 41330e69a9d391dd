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
export const SURE = Number(process.env.SURE ?? 0.52)
/** From here on it is offered as 您是不是想问. */
export const NEAR = Number(process.env.NEAR ?? 0.12)

/** An article with every term of its title, its ways of asking and its text. */
type Page = { article: Article; terms: Set<string> }

/** One way of asking, weighed. */
type Phrase = { article: Article; terms: Map<string, number>; weight: number }

export type Index = {
  /** Words of the document's matters. */
  about: string[]
  reader: Reader
  pages: Page[]
  phrases: Phrase[]
  mini: MiniSearch
  weightOf: WeightOf
}

type WeightOf = (term: string) => number

const CANDIDATES = 80

export function buildIndex(articles: Article[], reader: Reader, about: string[]): Index {
  const ways = articles.flatMap((article) =>
    [article.title, ...article.asked].map((way) => ({ article, terms: termsOf(reader(way)) })),
  )
  const weightOf = rarity(ways.map(({ terms }) => terms))
  const termsIn = new Map(articles.map((article) => [article, new Set(termsOf(reader(article.text)))]))
  for (const { article, terms } of ways) for (const term of terms) termsIn.get(article)?.add(term)
  const pages = Array.from(termsIn, ([article, terms]) => ({ article, terms }))
  const phrases = ways.map(({ article, terms }) => weigh(article, terms, weightOf))
  // Terms are joined by spaces so that the library sees exactly ours.
  const mini = new MiniSearch({
    fields: ['terms'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  mini.addAll(ways.map(({ terms }, id) => ({ id, terms: terms.join(' ') })))
  return { reader, about, pages, phrases, mini, weightOf }
}

/** A rare term tells more; a single character tells little, a word of the document much. */
function rarity(texts: string[][]): WeightOf {
  const seen = new Map<string, number>()
  for (const terms of texts) for (const term of new Set(terms)) seen.set(term, (seen.get(term) ?? 0) + 1)
  return (term) => {
    const rare = Math.log(1 + texts.length / (1 + (seen.get(term) ?? 0)))
    return rare * (term.startsWith('§') ? 1.5 : [...term].length === 1 ? 0.35 : 1)
  }
}

function weigh(article: Article, terms: string[], weightOf: WeightOf): Phrase {
  const weights = new Map(terms.map((term) => [term, weightOf(term)]))
  return { article, terms: weights, weight: sum(weights.values()) }
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
const OF_PHRASE = Number(process.env.OPH ?? 0.7)
const OF_PAGE = Number(process.env.OPA ?? 0.45)

/** The articles a question may mean, best first. */
export function search(index: Index, question: string): Hit[] {
  const said = index.reader(question)
  const alike = new Map<Article, number>()
  for (const [article, score] of byPhrase(index, said))
    alike.set(article, Math.max(alike.get(article) ?? 0, score))
  const asked = weighed(
    termsOf(said).filter((term) => [...term].length > 1),
    index.weightOf,
  )
  return index.pages
    .map(({ article, terms }) => {
      const key = byKey(article, said)
      const worded = OF_PHRASE * (alike.get(article) ?? 0) + OF_PAGE * covered(asked, terms)
      return { article, score: worded + key.score, alike: worded, words: key.words }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
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

function* byPhrase({ mini, phrases, weightOf }: Index, said: Said): Iterable<[Article, number]> {
  const terms = termsOf(said)
  if (terms.length === 0) return
  const asked = new Map(terms.map((term) => [term, weightOf(term)]))
  const weight = sum(asked.values())
  const telling = terms.filter((term) => [...term].length > 1)
  for (const { id } of mini.search((telling.length > 0 ? telling : terms).join(' ')).slice(0, CANDIDATES)) {
    const phrase = phrases[id as number]
    if (!phrase) continue
    let shared = 0
    for (const [term, value] of phrase.terms) if (asked.has(term)) shared += value
    // The very words of a way of asking settle it.
    const same = shared === phrase.weight && weight === phrase.weight ? 1 : 0
    // What the question says besides weighs less than what the phrase says and the question does not.
    yield [phrase.article, same + shared / (0.45 * weight + 0.55 * phrase.weight)]
  }
}

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
