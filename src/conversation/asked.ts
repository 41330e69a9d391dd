import { looksLikeQuestion } from '../forms/question-words.ts'
import type { Answer } from '../knowledge/compose.ts'
import { activeDraft, currentQuestion } from './interview/filling.ts'
import type { Talk } from './talk.ts'
import { formFor } from './turn.ts'

/** A question that was answered from the document, as it was typed. */
export type Asked = {
  question: string
  answer: Answer
  /** The answers fell short: staff shall see the question. */
  fellShort: boolean
}

/**
 * What becomes of a question beyond its answer: rated, listed for staff, shown to a model. Undefined when it is
 * none, and for whatever is typed where the form asks about a person.
 */
export function askedOf(talk: Talk, answer: Answer): Asked | undefined {
  if (answer.kind === 'smallTalk' || answer.kind === 'refused') return undefined
  const draft = activeDraft(talk.session)
  const standing = draft && currentQuestion(formFor(talk.facts, draft), draft)
  if (standing && (standing.field.personal || standing.column)) return undefined
  const isQuestion = looksLikeQuestion(talk.text)
  if (draft && !isQuestion) return undefined
  const unsure = answer.kind === 'suggest' || (answer.kind === 'silent' && answer.article === undefined)
  return { question: talk.text, answer, fellShort: unsure && (isQuestion || answer.kind === 'suggest') }
}
