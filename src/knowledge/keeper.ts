import { answer, type Context } from './answer.ts'
import type { Answer } from './compose.ts'
import type { Article } from './articles.ts'
import type { Knowledge } from './knowledge.ts'
import { redacted } from './redact.ts'
import { buildIndex } from './search.ts'
import { wishIn, type Wish } from './wishes.ts'

/** The pack's articles and those that staff have added since, ready to answer from. */
export type KnowledgeKeeper = {
  answer(question: string, context: Context): Answer
  /** What a text wishes for, if it is something the bot does. */
  wishIn(text: string): Wish | undefined
  /** Every label of the document. */
  labels: readonly string[]
  /** A text without numbers of people, addresses and names. */
  redact(text: string): string
  /** Which decision of staff was learned last; undefined when nothing was learned yet. */
  readonly learned: number | undefined
  /** Answers from these articles too, instead of those learned before; `decision` is the last they follow from. */
  learn(articles: Article[], decision: number): void
}

export function keepKnowledge(pack: Knowledge): KnowledgeKeeper {
  let current = pack
  let learned: number | undefined
  // Not the ways of asking: there are so many of them that most names stand in one.
  const words = [...pack.articles.values()].flatMap(({ title, text }) => [title, text]).join('\n')
  return {
    answer: (question, context) => answer(question, context, current),
    wishIn: (text) => wishIn(text, pack.wishes),
    labels: pack.labels,
    redact: (text) => redacted(text, (word) => words.includes(word)),
    get learned() {
      return learned
    },
    learn(articles, decision) {
      learned = decision
      if (articles.length === 0 && current === pack) return
      current = withArticles(pack, articles)
    },
  }
}

/** Learned articles stand beside the pack's; they cannot take the place of one. */
function withArticles(pack: Knowledge, learned: Article[]): Knowledge {
  const articles = new Map([...learned.map((article) => [article.id, article] as const), ...pack.articles])
  const { reader, about } = pack.index
  return { ...pack, articles, index: buildIndex([...articles.values()], reader, about) }
}
