import { inChinese } from '../../clock.ts'
import { organizationOf } from '../../filings/organization.ts'
import { normalizeNumber } from '../../filings/number.ts'
import { serviceWords as words } from '../service/service-words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** Wrong names a person may say in a day. */
export const MOST_WRONG_CLAIMS = 3

/**
 * 认领: somebody whose organization was filed on paper takes it over in the bot: the filing number, then the name of
 * the principal as it was filed. The street is told who did. What is with another account goes over only when the street
 * agrees: a new principal comes with a phone of their own.
 */
export function beginClaim(talk: Talk, which: string): Turn | Need {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const filingNumber = normalizeNumber(which).slice(0, 60)
  if (hasTriedEnough(talk)) return turn(session, words.claimTooOften)
  const chain = facts.service?.numbers[filingNumber]
  if (!chain) return { needs: 'number', filingNumber }
  const organization = organizationOf(chain, facts.today)
  if (!organization || organization.state.type === 'cancelled') return turn(session, words.claimUnknown)
  if (organization.applicant === facts.person) return turn(session, words.claimMine(organization.name))
  return turn({ ...session, pending: { type: 'claim', filingNumber } }, words.claimAsk(filingNumber))
}

/** The name that was said; `perform` compares it under the lock. */
export const hearClaim = (talk: Talk, filingNumber: string): Turn =>
  turn(talk.session, '', { effects: [{ type: 'claim', filingNumber, name: talk.text.trim() }] })

export const hasTriedEnough = ({ session, facts }: Pick<Talk, 'session' | 'facts'>): boolean =>
  session.wrongClaims?.day === facts.today && session.wrongClaims.count >= MOST_WRONG_CLAIMS

export const claimedText = (name: string, filingNumber: string, validUntil: string): string =>
  words.claimed(name, filingNumber, inChinese(validUntil))
