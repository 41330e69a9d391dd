import MiniSearch from 'minisearch'
import type { Article } from './articles.ts'
import { fit } from './keys.ts'
import { bareText } from './plain.ts'
import { learnOdds, type Odds } from './odds.ts'
import { says, termsOf, type Reader, type Said } from './terms.ts'

/** An article that may be meant. `score` is 0 to about 1; see `SURE` and `NEAR`. */
export type Hit = {
  article: Article
  score: number
  /** The part of the score that the wording alone gives. */
  alike: number
  /** What the best fitting key found; empty when only the wording is alike. */
  words: string[]
}

/** From here on wording alone tells that the article is meant. Measured on the question banks under `test/knowledge`. */
export const SURE = 0.3
/** From here on it is offered as 您是不是想问. */
export const NEAR = 0.08

/** So many articles are compared closely. */
const CANDIDATES = 60

export type Index = {
  /** Words of the document's matters. */
  about: string[]
  reader: Reader
  articles: Article[]
  /** Which article is asked in exactly these words. */
  asked: Map<string, Article>
  odds: Odds
  /** Finds articles by their places. */
  mini: MiniSearch
}

/** Single characters are in everything. */
const tells = (term: string): boolean => term.length > 1

export function buildIndex(articles: Article[], reader: Reader, about: string[]): Index {
  const asked = new Map<string, Article>()
  // Terms are joined by spaces so that the library sees exactly ours.
  const mini = new MiniSearch({
    fields: ['terms'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  // One way of asking at a time: the terms of all at once would fill the memory.
  function* waysOf(article: Article, id: number): Iterable<Set<string>> {
    const all = new Set<string>()
    for (const way of [article.text, article.title, ...article.asked]) {
      const said = reader(way)
      if (way !== article.text) asked.set(said.text, article)
      const terms = new Set(termsOf(said))
      for (const term of terms) if (tells(term)) all.add(term)
      yield terms
    }
    mini.add({ id, terms: [...all].join(' ') })
  }
  const odds = learnOdds(articles.map(waysOf))
  return { reader, about, articles, asked, odds, mini }
}

/** Whether a question speaks of the document's matters at all; otherwise nothing near it is guessed. */
export function isAbout({ reader, about }: Index, question: string): boolean {
  const said = reader(question)
  return said.concepts.size > 0 || about.some(says(said))
}

/** 交给谁: not a word of our matters, and no key that fits. Whatever it resembles, it resembles by chance. */
export const namesNothing = (index: Index, question: string, found: Hit[]): boolean =>
  (found[0]?.words.length ?? 0) === 0 && !isAbout(index, question)

/** Whether an article may be given as the answer. */
export const isSure = ({ alike, words }: Hit): boolean => alike >= SURE || words.length > 0

/** The articles a question may mean, best first. */
export function search(index: Index, question: string): Hit[] {
  const said = index.reader(question)
  const likeness = likenessTo(index, said)
  const quoted = (question.match(/[“"「《][^”"」》]{2,12}[”"」》]/g) ?? []).map(bareText)
  return index.articles
    .map((article) => {
      const key = byKey(article, said)
      const alike = likeness.get(article) ?? 0
      const isQuoted = key.words.some((word) => quoted.includes(word))
      const procedure = procedureOf(article.title)
      const isUnnamed = procedure !== undefined && !says(said)(procedure)
      const score = alike + key.score + (isQuoted ? QUOTED : 0) - (isUnnamed ? UNNAMED : 0)
      return { article, score, alike, words: key.words }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
}

/** Who puts a word in quotation marks asks for just that: “共创平安”. */
const QUOTED = 0.15

/** Each has a form of its own; what is said of one is not said of another, nor of filing. */
export const PROCEDURES = ['变更', '注销', '续期']

/** Which of them a text is about, if any. */
export const procedureOf = (text: string): string | undefined =>
  PROCEDURES.find((word) => text.includes(word))

/** Who names none of them asks about filing: 找谁盖章. */
const UNNAMED = 0.15

/** What a unit of the odds is worth. */
const UNIT = 0.22
/** The very words of a way of asking settle it. */
const SAME = 1

/** How much the articles that share most with the question read like it. */
function likenessTo({ articles, odds, mini, asked }: Index, said: Said): Map<Article, number> {
  const terms = [...new Set(termsOf(said))]
  const likely = odds(terms)
  const same = asked.get(said.text)
  const near = mini.search(terms.filter(tells).join(' ')).slice(0, CANDIDATES)
  return new Map(
    near.map(({ id }) => {
      const article = articles[id as number]!
      const alike = Math.max(0, likely[id as number]!) * UNIT
      return [article, alike + (same === article ? SAME : 0)]
    }),
  )
}

const FIRST = 2
/** What a fitting key adds: it speaks for an article, and the whole wording may speak louder. */
const KEY = 0.13

/** A fitting key is worth more the more of the question it explains. */
function byKey(article: Article, said: Said): { score: number; words: string[] } {
  let best = { score: 0, words: [] as string[] }
  for (const key of article.keys) {
    const words = fit(key, says(said))
    if (words.length === 0) continue
    const explained = words.reduce((total, word) => total + word.length, 0)
    const score = KEY * (0.5 + 0.04 * Math.min(explained, 10) + 0.04 * words.length)
    if (score > best.score) best = { score: score + (article.first ? FIRST : 0), words }
  }
  return best
}
