import path from 'node:path'
import { PackError } from '../pack.ts'
import { readKnowledge } from './articles.ts'
import { readCategories } from './knowledge.ts'
import { readWishes, type Wish } from './wishes.ts'

/**
 * Everything wrong in a knowledge folder, one line each in Chinese; nothing when it is sound. `labels` are the labels
 * articles may cite and, together, must cite; the folder's own list when not given. `isWord` knows what can be typed to
 * have something done.
 */
export function checkKnowledge(
  folder: string,
  { labels, isWord = () => true }: { labels?: readonly string[]; isWord?: (phrase: string) => boolean } = {},
): string[] {
  try {
    const knowledge = readKnowledge(folder)
    readCategories(path.join(folder, 'categories.yaml'))
    const wishes = readWishes(path.join(folder, 'wishes.yaml'))
    return [
      ...checkArticles(knowledge.articles),
      ...checkWords(knowledge.articles, wishes, isWord),
      ...checkLabels(knowledge.articles, labels ?? knowledge.labels),
    ]
  } catch (error) {
    if (error instanceof PackError) return [error.message]
    throw error
  }
}

type Articles = ReturnType<typeof readKnowledge>['articles']

function checkArticles(articles: Articles): string[] {
  const ids = new Set(articles.map(({ id }) => id))
  const twice = articles.filter(({ id }, at) => articles.findIndex((other) => other.id === id) !== at)
  const strayed = articles.flatMap(({ id, related }) =>
    related.filter((other) => !ids.has(other)).map((other) => `${id}：related 里的 ${other} 没有这篇文章。`),
  )
  const silent = articles
    .filter((article) => article.silent && !/没有写|没有列/.test(article.text))
    .map(({ id }) => `${id}：写了 silent，正文就要说“文件里没有写”。`)
  return [...twice.map(({ id }) => `${id}：有两篇文章用了这个 id。`), ...strayed, ...silent]
}

function checkWords(
  articles: Articles,
  wishes: readonly Wish[],
  isWord: (phrase: string) => boolean,
): string[] {
  const strange = (next: string | undefined) => next !== undefined && !isWord(next)
  return [
    ...articles
      .filter(({ next }) => strange(next))
      .map(({ id, next }) => `${id}：next 里的“${next}”不是能回复的词。`),
    ...wishes.filter(({ does }) => strange(does)).map(({ does }) => `wishes.yaml：“${does}”不是能回复的词。`),
  ]
}

function checkLabels(articles: Articles, labels: readonly string[]): string[] {
  const cited = new Set(articles.flatMap(({ sources }) => sources))
  const known = new Set(labels)
  return [
    ...articles.flatMap(({ id, sources }) =>
      sources
        .filter((label) => !known.has(label))
        .map((label) => `${id}：出处“${label}”不在文件的出处表里。`),
    ),
    ...labels.filter((label) => !cited.has(label)).map((label) => `没有一篇文章讲到“${label}”。`),
  ]
}
