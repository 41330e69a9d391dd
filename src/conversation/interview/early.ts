import type { FormDefinition } from '../../forms/definition.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { openQuestion } from '../../forms/walk.ts'
import type { Draft, Placed } from '../session.ts'
import { walkDraft } from './filling.ts'

/** What a sentence says to questions that come later: 人老了，也没有欠账. Read back, never taken as it stands. */
export function earlyFacts(said: unknown, form: FormDefinition, draft: Draft): Placed[] {
  if (typeof said !== 'string' || looksLikeQuestion(said)) return []
  return walkDraft(form, draft).fields.flatMap((field): Placed[] => {
    const isOpen = openQuestion(field, draft.answers) !== undefined
    const heard = field.early.find(({ words }) => words.some((word) => said.includes(word)))
    return isOpen && heard ? [{ field: field.id, value: heard.text }] : []
  })
}
