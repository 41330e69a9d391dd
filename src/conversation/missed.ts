import type { Session } from './session.ts'
import type { Turn } from './turn.ts'
import { wording } from './wording.ts'

/** Older ones are in 到哪一步了 and 待办 all the same. */
const MOST_MISSED = 20

/** Without the app nobody can be written to first: what happened waits until the person says something. */
export const keepMissed = (session: Session, text: string): Session => ({
  ...session,
  missed: [...(session.missed ?? []), text].slice(-MOST_MISSED),
})

/** The answer, with what happened meanwhile before it. For the single chat. */
export function sayMissed(turn: Turn): Turn {
  const { missed = [], ...session } = turn.session
  if (missed.length === 0) return turn
  const text = [wording.meanwhile, ...missed, turn.reply.text].filter(Boolean).join('\n\n')
  return { ...turn, session, reply: { ...turn.reply, text } }
}
