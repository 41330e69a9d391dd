import { likenesses } from './check-wording.ts'
import type { CharterFinding } from './finding.ts'
import { chineseNumeral } from './numerals.ts'
import { flat, type ReadArticle } from './read-articles.ts'
import type { CharterText } from './text.ts'

/** An article somebody wrote, under the number it has in the model. */
export type PlacedArticle = ReadArticle & {
  /** The number it was given. */
  written: number
}

export type Placed = {
  articles: PlacedArticle[]
  /** What stands under a number of the model that belongs to another of its articles. */
  further: ReadArticle[]
}

/** So much of an article's wording makes it that article; with less than the lesser it may be any. */
const SURELY = 0.5
const HARDLY = 0.3

/**
 * Which article of the model each one is: by its wording, then by its title, then by its number. Where one was left
 * out and the rest were counted anew, the rest are still what they are.
 */
export function placeArticles(read: readonly ReadArticle[], model: CharterText): Placed {
  const meant = read.map((article) => meaningOf(article, model))
  const taken = new Set(meant)
  const articles: PlacedArticle[] = []
  const further: ReadArticle[] = []
  for (const [at, article] of read.entries()) {
    const number = meant[at] ?? (taken.has(article.number) ? undefined : article.number)
    if (number === undefined) further.push(article)
    else articles.push({ ...article, number, written: article.number })
  }
  return { articles, further }
}

/** Undefined when neither wording nor title says which one it is. */
function meaningOf({ number, title, text }: ReadArticle, model: CharterText): number | undefined {
  const like = likenesses(text, model)
  const own = like[number - 1] ?? 0
  if (own >= SURELY) return number
  const best = Math.max(...like)
  if (best >= SURELY) return like.indexOf(best) + 1
  const titled = title === '' ? -1 : model.articles.findIndex((article) => flat(article.title) === title)
  return titled >= 0 ? titled + 1 : own >= HARDLY ? number : undefined
}

/** Articles counted otherwise than in the model, a line for each run of them. */
export function countingFindings(articles: readonly PlacedArticle[], model: CharterText): CharterFinding[] {
  const runs: PlacedArticle[][] = []
  for (const article of articles) {
    if (article.written === article.number) continue
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && last.number + 1 === article.number && last.written + 1 === article.written)
      run.push(article)
    else runs.push([article])
  }
  const written = (article: PlacedArticle): string =>
    `“第${chineseNumeral(article.written)}条（${model.articles[article.number - 1]?.title ?? ''}）”`
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last) return []
    const single = first === last
    const which = single ? written(first) : `${written(first)}到${written(last)}`
    const own = `第${chineseNumeral(first.number)}条`
    const right = single ? own : `${own}到第${chineseNumeral(last.number)}条`
    const words = `您写的${which}，示范文本里是${right}，请改条号。`
    return [{ article: first.number, level: 'hard', rule: 'articles', words }]
  })
}
