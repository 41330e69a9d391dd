import { createHash } from 'node:crypto'
import { z } from 'zod'
import { dayOf, inChinese } from '../clock.ts'
import type { UserId } from '../messages.ts'
import type { Article } from './articles.ts'
import { bareText } from './plain.ts'

/** A question the answers fell short of: what was asked, by whom, and what staff made of it. */

const by = z.string()
const at = z.iso.datetime()

export const QuestionEvent = z.discriminatedUnion('type', [
  /** An answer by staff; it counts once the district has adopted it. `sources` are labels of the document. */
  z.strictObject({
    type: z.literal('answered'),
    by,
    at,
    name: z.string(),
    text: z.string(),
    sources: z.array(z.string()),
  }),
  z.strictObject({ type: z.literal('adopted'), by, at, name: z.string() }),
  /** The answer was not good enough; without an answer: nothing needs to be said to this. */
  z.strictObject({ type: z.literal('rejected'), by, at, name: z.string(), reason: z.string() }),
  /** Somebody did not like the adopted answer. */
  z.strictObject({ type: z.literal('reopened'), at }),
])
export type QuestionEvent = z.infer<typeof QuestionEvent>

export const OpenQuestion = z.strictObject({
  /** Follows from the words, so that the same question is kept once. */
  id: z.string(),
  /** Without personal data. */
  question: z.string(),
  why: z.enum(['unanswered', 'disliked']),
  /** Who is told when there is an answer. */
  askers: z.array(z.string()),
  count: z.int(),
  firstAt: at,
  lastAt: at,
  events: z.array(QuestionEvent),
})
export type OpenQuestion = z.infer<typeof OpenQuestion>

/** `open` waits for an answer, `answered` for the district; `closed` needs none. */
export const QuestionStatus = z.enum(['open', 'answered', 'adopted', 'closed'])
export type QuestionStatus = z.infer<typeof QuestionStatus>

export function statusOfQuestion({ events }: OpenQuestion): QuestionStatus {
  const last = events.at(-1)
  switch (last?.type) {
    case undefined:
    case 'reopened':
      return 'open'
    case 'answered':
      return 'answered'
    case 'adopted':
      return 'adopted'
    case 'rejected':
      return events.at(-2)?.type === 'answered' ? 'open' : 'closed'
  }
}

const MOST_ASKERS = 50
const LONGEST_QUESTION = 100

/** The same for the same words, whatever the punctuation. */
export const questionId = (question: string): string =>
  createHash('sha256').update(bareText(question)).digest('hex').slice(0, 16)

/** The question asked once more, or disliked; `question` is without personal data. */
export function noted(
  known: OpenQuestion | undefined,
  { question, why, who, at }: { question: string; why: OpenQuestion['why']; who: UserId; at: string },
): OpenQuestion {
  if (!known) {
    const short = [...question].slice(0, LONGEST_QUESTION).join('')
    return {
      id: questionId(question),
      question: short,
      why,
      askers: [who],
      count: 1,
      firstAt: at,
      lastAt: at,
      events: [],
    }
  }
  const again: QuestionEvent[] =
    why === 'disliked' && statusOfQuestion(known) === 'adopted' ? [{ type: 'reopened', at }] : []
  return {
    ...known,
    why: why === 'disliked' ? why : known.why,
    askers: [...new Set([...known.askers, who])].slice(-MOST_ASKERS),
    count: known.count + 1,
    lastAt: at,
    events: [...known.events, ...again],
  }
}

/** What staff do with a question. */
export type QuestionAct =
  { type: 'answer'; text: string; sources: string[] } | { type: 'adopt' } | { type: 'reject'; reason: string }

export type DecidedQuestion = { ok: true; question: OpenQuestion } | { ok: false; because: string }

/** Whether the question has come to that point; who may do it is not asked here. */
export function decideQuestion(
  question: OpenQuestion,
  act: QuestionAct,
  who: { userId: UserId; name: string },
  at: string,
): DecidedQuestion {
  const status = statusOfQuestion(question)
  const stamp = { by: who.userId, name: who.name, at }
  const then = (event: QuestionEvent): DecidedQuestion => ({
    ok: true,
    question: { ...question, events: [...question.events, event] },
  })
  if (status === 'adopted') return { ok: false, because: '不能改：这个问题的答复已经采纳了' }
  if (status === 'closed') return { ok: false, because: '不能改：这个问题已经不用补充了' }
  switch (act.type) {
    case 'answer':
      return then({ type: 'answered', ...stamp, text: act.text, sources: act.sources })
    case 'adopt':
      return status === 'answered'
        ? then({ type: 'adopted', ...stamp })
        : { ok: false, because: '不能采纳：还没有人答' }
    case 'reject':
      return then({ type: 'rejected', ...stamp, reason: act.reason })
  }
}

type Answered = Extract<QuestionEvent, { type: 'answered' }>

/** The answer last given, adopted or not. */
export const answerOf = ({ events }: OpenQuestion): Answered | undefined =>
  events.findLast((event) => event.type === 'answered')

/** The article an adopted answer has become; it stays while a later answer waits. `edition` is the document's. */
export function learnedArticle(question: OpenQuestion, edition: string): Article | undefined {
  const { events } = question
  const adoption = events.findLastIndex(({ type }) => type === 'adopted')
  const adopted = events[adoption]
  const answer = events.slice(0, Math.max(0, adoption)).findLast((event) => event.type === 'answered')
  if (adopted === undefined || answer === undefined) return undefined
  const reply = `${answer.name}答复，区民政局${inChinese(dayOf(new Date(adopted.at)))}采纳`
  return {
    id: `learned-${question.id}`,
    title: [...question.question].slice(0, 40).join(''),
    silent: false,
    audience: ['anyone'],
    sources: answer.sources,
    asked: [question.question],
    keys: [],
    first: false,
    related: [],
    edition: answer.sources.length > 0 ? `${edition}；${reply}` : reply,
    text: answer.text,
  }
}
