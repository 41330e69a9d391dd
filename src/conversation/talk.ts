import type { Session } from './session.ts'
import type { Channel } from '../messages.ts'
import type { Facts, Turn } from './turn.ts'

/** One person, one message: what the parts of the conversation hand to each other. */
export type Talk = {
  session: Session
  facts: Facts
  group: boolean
  text: string
  channel: Channel
  /** The sentence in which `text`, a fixed word, was heard. */
  sentence?: string
  /** Not said but pressed, on a card that is not the newest. */
  oldCard?: true
}

/** A turn that only says something. */
export const turn = (
  session: Session,
  text: string,
  rest: Partial<Pick<Turn, 'effects'>> & Partial<Omit<Turn['reply'], 'text'>> = {},
): Turn => {
  const { effects = [], ...reply } = rest
  return { session, reply: { text, ...reply }, effects }
}

/** The bot waits for nothing but the next question. */
export const withoutPending = (talk: Talk): Talk => ({
  ...talk,
  session: { ...talk.session, pending: undefined },
})
