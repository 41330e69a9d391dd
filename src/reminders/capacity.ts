import { authorityOf } from '../filings/place-code.ts'
import type { UserId } from '../messages.ts'
import { communityOf, helperOf, office, type Audience } from './audience.ts'
import { lastAnswers, type Matter } from './matter.ts'
import type { Help } from './sent.ts'

// In what capacity somebody hears of a matter is the word of a step before its `-`: `owner-5`, `community-90`,
// `asked-1`. Above the one who helps the owner the office stands behind a dot: `asked.street-1`.

/** The one who owes it; the same word for all of them, so that the limit holds over all steps. */
export const OWNER = 'owner'

/** The bot asks by itself once the last day has passed. */
export const OVERDUE = 'help'

/** Whether somebody of an office brought it before the office above. */
export const isFromOffice = (step: string): boolean => capacityIn(step).includes('.')

export const capacityIn = (step: string): string => step.slice(0, step.indexOf('-'))

/** In what capacity somebody was reminded of it last; who was not yet is the one who owes it. */
export function capacityOf({ events }: Pick<Matter, 'events'>, user: UserId): string {
  const steps = events.flatMap((event) =>
    event.type === 'reminded' && event.to === user ? [event.step] : [],
  )
  const last = steps.at(-1)
  return last === undefined ? OWNER : capacityIn(last)
}

/** Why somebody hears of it in this capacity who does not owe it. */
export function helpIn(capacity: string): Help | undefined {
  const [word] = capacity.split('.')
  switch (word) {
    case OVERDUE:
      return 'overdue'
    case 'asked':
    case 'notMine':
    case 'unreachable':
    case 'declined':
      return word
    default:
      return undefined
  }
}

/** Who hears of it in a capacity. */
export function audienceIn(
  capacity: string,
  { owner, place }: { owner: Audience; place: string },
  district: string,
): Audience | undefined {
  const [word, role] = capacity.split('.')
  if (role === 'district') return office('district', district)
  if (role === 'street' || word === 'street') return office('street', authorityOf(place))
  if (word === 'community' || word === 'unreachable' || word === 'declined') return communityOf(place)
  return helpIn(capacity) === undefined ? owner : helperOf(owner, place, district)
}

/** Before whom 请社区帮我 or 不是我负责 of somebody in a capacity brings it, and in which capacity. */
export function handedOn(
  answer: 'asked' | 'notMine',
  from: string,
  subject: { owner: Audience; place: string },
  district: string,
): { capacity: string; to: Audience } | undefined {
  const audience = audienceIn(from, subject, district)
  const to = audience && helperOf(audience, subject.place, district)
  if (!to || to.type === 'leader') return undefined
  return { capacity: from === OWNER ? answer : `${answer}.${to.role}`, to }
}

/** Whose answer brought it before the office of such a capacity. */
export function askerOf(matter: Matter, capacity: string): UserId | undefined {
  const [word, role] = capacity.split('.')
  const answer = word === 'asked' ? 'help' : 'notMine'
  return lastAnswers(matter).findLast(
    (one) => one.answer === answer && (capacityOf(matter, one.by) === OWNER) === (role === undefined),
  )?.by
}
