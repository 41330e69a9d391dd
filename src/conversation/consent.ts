import { cardOf, say } from './interview/asking.ts'
import type { Talk } from './talk.ts'
import type { Turn } from './turn.ts'

/** Whether this person has not yet agreed to the present version of the personal information notice. */
export const consentMissing = ({ session, facts }: Talk): boolean =>
  // The last word counts: 撤销同意 takes an earlier one back.
  session.consents.findLast(({ version }) => version === facts.pack.notices.consent.version)?.agreed !== true

export function askConsent(talk: Talk, lead: string[]): Turn {
  const { text } = talk.facts.pack.notices.consent
  const card = cardOf(`consent@${talk.facts.newId()}`, '个人信息', '', [say('同意'), say('不同意')])
  return {
    session: { ...talk.session, pending: { type: 'consent' }, card: card.id },
    reply: { text: [...lead, text].join('\n\n'), card },
    effects: [],
  }
}
