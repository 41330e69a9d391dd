import type { Bot } from '../bot.ts'
import type { Article } from '../knowledge/articles.ts'
import { learnedArticle, noted, questionId } from '../knowledge/questions.ts'
import type { InboundMessage, UserId } from '../messages.ts'
import type { Store, Transaction } from '../store/store.ts'

/** More than a district will ever adopt. */
const MOST_LEARNED = 2_000

/** Counts the decisions of staff on answers, so that every process sees when there was one. */
export const DECISIONS = 'decisions'

/**
 * Answers from now on from everything the district has adopted. Needed at the start, after each decision, and
 * now and then: another process may have taken one.
 */
export async function relearn(bot: Pick<Bot, 'store' | 'knowledge' | 'pack'>): Promise<void> {
  const last = await bot.store.transact((tx) => tx.lastNumber(DECISIONS))
  if (last === bot.knowledge.learned) return
  bot.knowledge.learn(await adoptedArticles(bot.store, bot.pack.edition), last)
}

/** Everything the district has adopted; `edition` is that of the document. */
export async function adoptedArticles(store: Store, edition: string): Promise<Article[]> {
  const questions = await store.transact((tx) =>
    tx.listQuestions(['adopted', 'open', 'answered'], MOST_LEARNED),
  )
  return questions.flatMap((question) => learnedArticle(question, edition) ?? [])
}

type Why = 'unanswered' | 'disliked'

/** Keeps a question (without personal data) for the list of staff. */
export async function noteQuestion(
  tx: Transaction,
  { question, why, who, at }: { question: string; why: Why; who: UserId; at: string },
): Promise<void> {
  const known = await tx.findQuestion(questionId(question))
  await tx.saveQuestion(noted(known, { question, why, who, at }))
}

/** A thumb down on an answer: once for each person and answer, however often it is delivered. */
export async function noteDislike(message: InboundMessage, about: string, bot: Bot): Promise<void> {
  await bot.store.transact(async (tx) => {
    const reply = await tx.findReplyByStream(about)
    if (reply?.asked === undefined || reply.disliked) return
    await tx.saveReply({ ...reply, disliked: true })
    const at = bot.clock.now().toISOString()
    await noteQuestion(tx, { question: reply.asked, why: 'disliked', who: message.from, at })
  })
}
