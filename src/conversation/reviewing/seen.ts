import { statusOf, type Filing } from '../../filings/filing.ts'
import type { Session } from '../session.ts'

const MOST_SEEN = 200

/** Notes how far these cases are now; only a `look` into one sees what was handed in anew. */
export function seen(session: Session, cases: readonly Filing[], look = false): Session {
  const now = new Map(Object.entries(session.seenAt ?? {}))
  for (const filing of cases) {
    const [, times = handedIn(filing)] = now.get(filing.id)?.split('/') ?? []
    now.delete(filing.id)
    now.set(filing.id, `${statusOf(filing)}/${look ? handedIn(filing) : times}`)
  }
  return { ...session, seenAt: Object.fromEntries([...now].slice(-MOST_SEEN)) }
}

/** Whether the case went on since: a word sent twice must not take two steps (同意 is the word of both offices). */
export function movedOn(session: Session, filing: Filing): boolean {
  const then = session.seenAt?.[filing.id]
  return then !== undefined && then.split('/')[0] !== statusOf(filing)
}

/** Whether the applicant handed it in anew since: a card of before must not agree to what is new. */
export function mendedSince(session: Session, filing: Filing): boolean {
  const times = session.seenAt?.[filing.id]?.split('/')[1]
  return times !== undefined && Number(times) !== handedIn(filing)
}

const handedIn = ({ events }: Filing): number => events.filter(({ type }) => type === 'resubmitted').length
