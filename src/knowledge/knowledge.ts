import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { PackError, type Jurisdiction, type NameRules } from '../pack.ts'
import { bareText } from './plain.ts'
import { readKnowledge, type Article } from './articles.ts'
import { Categories } from './rules/category.ts'
import { buildIndex, search, type Index } from './search.ts'
import { makeReader } from './terms.ts'
import { readWishes, type Wish } from './wishes.ts'

/** Everything an answer is made from, ready in memory. */
export type Knowledge = {
  articles: Map<string, Article>
  /** Every label of the document. */
  labels: string[]
  index: Index
  categories: Categories
  wishes: Wish[]
  jurisdiction: Jurisdiction
  names: NameRules
  /** 柳北区2022年9月30日文件 */
  edition: string
}

const WARMING = 40

/** Reads the folder `knowledge` of a pack and builds the index. Throws `PackError`. */
export function loadKnowledge(pack: {
  folder: string
  edition: string
  jurisdiction: Jurisdiction
  names: NameRules
}): Knowledge {
  const folder = path.join(pack.folder, 'knowledge')
  const { articles, synonyms, labels } = readKnowledge(folder)
  const { edition, jurisdiction, names } = pack
  const index = buildIndex(articles, makeReader(synonyms), synonyms.about.map(bareText))
  // The first searches pay for compiling; here nobody waits for them.
  for (const { title } of articles.slice(0, WARMING)) search(index, title)
  return {
    articles: new Map(articles.map((article) => [article.id, article])),
    labels,
    index,
    categories: readCategories(path.join(folder, 'categories.yaml')),
    wishes: readWishes(path.join(folder, 'wishes.yaml')),
    edition,
    jurisdiction,
    names,
  }
}

export function readCategories(file: string): Categories {
  const result = Categories.safeParse(parse(readFileSync(file, 'utf8')))
  if (!result.success) throw new PackError(`${file}:\n${z.prettifyError(result.error)}`)
  return result.data
}
