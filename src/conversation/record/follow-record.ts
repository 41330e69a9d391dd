import { isDeepStrictEqual } from 'node:util'
import type { Answers } from '../../forms/answers.ts'
import type { Draft, Session } from '../session.ts'
import type { Facts } from '../turn.ts'
import { organizationsOf } from './from-record.ts'

/**
 * Drafts that start from the record follow it: what an office put right (更正) since must not be undone by what was
 * carried over before. What the person answered stays.
 */
export function followRecord(session: Session, facts: Facts): Session {
  if (session.drafts.every(({ record }) => record === undefined)) return session
  const organizations = organizationsOf(facts)
  const drafts = session.drafts.map((draft) => {
    const { record, correcting } = draft
    const present = organizations.find(({ id }) => id === record?.organization)?.answers
    // While a case is under way nothing is put right in the record.
    if (!record || correcting !== undefined || !present || isDeepStrictEqual(present, record.answers))
      return draft
    return followed(draft, record.answers, present)
  })
  return { ...session, drafts }
}

function followed(draft: Draft, before: Answers, present: Answers): Draft {
  const isMoved = (id: string): boolean => !isDeepStrictEqual(before[id], present[id])
  const carried = Object.entries(draft.answers).map(([id, answer]) => {
    const isOwn = !isDeepStrictEqual(answer, before[id])
    return [id, isOwn || !isMoved(id) ? answer : (present[id] ?? answer)] as const
  })
  return {
    ...draft,
    answers: Object.fromEntries(carried),
    record: { ...draft.record!, answers: present },
    // What was read back is not what it says now.
    readBackSeen: false,
  }
}
