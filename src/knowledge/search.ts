import MiniSearch from 'minisearch'
import type { Article } from './articles.ts'
import { fit } from './keys.ts'
import { says, termsOf, type Reader, type Said } from './terms.ts'

/** An article that may be meant. `score` is 0 to about 2; see `SURE` and `NEAR`. */
export type Hit = { article: Article; score: number }

/** From here on the article is taken as meant. Measured on the question banks under `test/knowledge`. */
export const SURE = 0.6
/** From here on it is offered as 您是不是想问. */
export const NEAR = 0.3

/** One way of asking, weighed. */
type Phrase = { article: Article; terms: Map<string, number>; weight: number }

export type Index = {
  reader: Reader
  articles: Article[]
  phrases: Phrase[]
  mini: MiniSearch
  weightOf: WeightOf
}

type WeightOf = (term: string) => number

const CANDIDATES = 80

export function buildIndex(articles: Article[], reader: Reader): Index {
  const ways = articles.flatMap((article) =>
    [article.title, ...article.asked].map((way) => ({ article, terms: termsOf(reader(way)) })),
  )
  const weightOf = rarity(ways.map(({ terms }) => terms))
  const phrases = ways.map(({ article, terms }) => weigh(article, terms, weightOf))
  // Terms are joined by spaces so that the library sees exactly ours.
  const mini = new MiniSearch({
    fields: ['terms'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  mini.addAll(ways.map(({ terms }, id) => ({ id, terms: terms.join(' ') })))
  return { reader, articles, phrases, mini, weightOf }
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

/** The articles a question may mean, best first. */
export function search(index: Index, question: string): Hit[] {
  const said = index.reader(question)
  const best = new Map<Article, number>()
  for (const [article, score] of byPhrase(index, said))
    best.set(article, Math.max(best.get(article) ?? 0, score))
  for (const article of index.articles) {
    const keyed = byKey(article, said)
    if (keyed > 0) best.set(article, (best.get(article) ?? 0) + keyed)
  }
  return [...best].map(([article, score]) => ({ article, score })).sort((a, b) => b.score - a.score)
}

function* byPhrase({ mini, phrases, weightOf }: Index, said: Said): Iterable<[Article, number]> {
  const terms = termsOf(said)
  if (terms.length === 0) return
  const asked = new Map(terms.map((term) => [term, weightOf(term)]))
  const weight = sum(asked.values())
  for (const { id } of mini.search(terms.join(' ')).slice(0, CANDIDATES)) {
    const phrase = phrases[id as number]
    if (!phrase) continue
    let shared = 0
    for (const [term, value] of phrase.terms) if (asked.has(term)) shared += value
    // What the question says besides weighs less than what the phrase says and the question does not.
    yield [phrase.article, shared / (0.45 * weight + 0.55 * phrase.weight)]
  }
}

/** A fitting key is worth more the more of the question it explains. */
function byKey(article: Article, said: Said): number {
  let best = 0
  for (const key of article.keys) {
    const explained = fit(key, says(said))
    if (explained > 0) best = Math.max(best, 0.5 + 0.04 * Math.min(explained, 10) + 0.04 * key.all.length)
  }
  return best
}
