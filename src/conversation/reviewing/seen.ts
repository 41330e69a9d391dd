import { statusOf, type Filing } from '../../filings/filing.ts'
import type { Session } from '../session.ts'

const MOST_SEEN = 200

/** Notes how far these cases are now that the person sees them. */
export function seen(session: Session, cases: readonly Filing[]): Session {
  const now = new Map(Object.entries(session.seenAt ?? {}))
  for (const filing of cases) {
    now.delete(filing.id)
    now.set(filing.id, statusOf(filing))
  }
  return { ...session, seenAt: Object.fromEntries([...now].slice(-MOST_SEEN)) }
}

/** Whether the case went on since: a word sent twice must not take two steps (同意 is the word of both offices). */
export function movedOn(session: Session, filing: Filing): boolean {
  const then = session.seenAt?.[filing.id]
  return then !== undefined && then !== statusOf(filing)
}
