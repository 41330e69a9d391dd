import type { Article } from './articles.ts'
import type { Knowledge } from './knowledge.ts'
import type { Computed } from './rules/computed.ts'
import * as wording from './wording.ts'

// What an answer is put together from, whoever found it: an article, a rule, or nobody.

export type Answer = {
  /**
   * `found` in an article, `computed` by a rule, `silent`: the document does not say it, `suggest`: not sure, the
   * nearest is given, `refused`: other people's data or an act of an office, `smallTalk`.
   */
  kind: 'found' | 'computed' | 'silent' | 'suggest' | 'refused' | 'smallTalk'
  /** Complete: with its sources and the edition at the end. */
  text: string
  sources: string[]
  article?: string
  /** What that article is called; asking it in these words finds it. */
  title?: string
  /** 您是不是想问: each is a question to ask in its words. */
  suggestions?: string[]
  /** What to type to go on. */
  next?: string
}

/** One part of an answer before it is put together. */
export type Block = {
  kind: 'found' | 'computed' | 'silent' | 'suggest'
  text: string
  sources: string[]
  article?: string
  title?: string
  /** Only where it is not the pack's. */
  edition?: string
  covers: string[]
  suggestions: string[]
  next?: string
}

export const ruled = ({ text, sources, article, covers, next }: Computed): Block => ({
  kind: 'computed',
  text,
  sources,
  article,
  covers,
  suggestions: [],
  ...(next !== undefined && { next }),
})

export const blockOf = (article: Article): Block => ({
  kind: article.silent ? 'silent' : 'found',
  text: article.text,
  sources: article.sources,
  article: article.id,
  title: article.title,
  ...(article.edition !== undefined && { edition: article.edition }),
  covers: [],
  suggestions: [],
  ...(article.next !== undefined && { next: article.next }),
})

/** The best article speaks of the matter and not of what is wanted: 台账交晚了扣多少分. */
export const silentOn = (wanted: string[], article: Article): Block => ({
  ...blockOf(article),
  kind: 'silent',
  text: wording.silentOn(wanted, article.text),
})

/** The parts as one text: its sources and the edition at the end. */
export function compose(blocks: Block[], knowledge: Knowledge): Answer {
  const [first] = blocks
  const sources = [...new Set(blocks.flatMap((block) => block.sources))]
  const suggestions = blocks.flatMap((block) => block.suggestions)
  const next = first?.next
  const lines = [
    ...(blocks.length > 1
      ? blocks.map((block, at) => wording.headed(at, block.title, block.text))
      : blocks.map(({ text }) => text)),
    ...(suggestions.length > 0 ? [wording.didYouMean(suggestions)] : []),
    wording.citeAll(editionsOf(blocks, knowledge)),
  ]
  return {
    kind: first?.kind ?? 'silent',
    text: lines.join('\n'),
    sources,
    ...(first?.article !== undefined && { article: first.article }),
    ...(first?.title !== undefined && { title: first.title }),
    ...(suggestions.length > 0 && { suggestions }),
    ...(next !== undefined && { next }),
  }
}

/** The sources of each edition, each named once. */
function editionsOf(blocks: Block[], knowledge: Knowledge): Map<string, string[]> {
  const editions = new Map<string, string[]>()
  for (const { edition = knowledge.edition, sources } of blocks) {
    editions.set(edition, [...new Set([...(editions.get(edition) ?? []), ...sources])])
  }
  return editions
}
