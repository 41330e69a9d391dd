import { isOpen } from '../../filings/filing.ts'
import { isNo, isYes } from '../yes-no.ts'
import { consentMissing } from '../consent.ts'
import { serviceWords as words } from './service-words.ts'
import type { Consent } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** 我的数据: what is held about this person, whole, as a file of their own. */
export function myData(talk: Talk): Turn {
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  const { session, facts } = talk
  const parts = [
    counted('同意记录', session.consents.length, '条'),
    counted('没交的表', session.drafts.length, '份'),
    counted('提交过的申请', facts.filings.length, '件'),
    counted('章程', session.charters.length, '份'),
  ].filter((part) => part !== '')
  const told = standing(talk, [words.myData(parts)])
  const document = {
    of: 'person' as const,
    id: facts.person,
    paper: 'held',
    format: 'xlsx' as const,
    name: words.myDataName,
  }
  return { ...told, reply: { ...told.reply, documents: [...(told.reply.documents ?? []), document] } }
}

const counted = (what: string, count: number, unit: string): string =>
  count === 0 ? '' : `${what}${count}${unit}`

/** 撤销同意 asks once more and says what stays because it was filed. */
export function askRevoke(talk: Talk): Turn {
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  const { session, facts } = talk
  if (consentMissing(talk) && session.drafts.length === 0) return turn(session, words.neverAgreed)
  const remains = facts.filings.map(
    ({ organizationName, caseNumber }) => `· ${organizationName}（${caseNumber}）`,
  )
  return turn(
    { ...session, pending: { type: 'revoke' } },
    words.revokeAsk(session.drafts.length, session.charters.length, remains),
  )
}

/** Undefined for anything but a yes or no. */
export function hearRevoke(talk: Talk): Turn | undefined {
  if (isNo(talk.text) || /^不撤销?$/.test(talk.text.trim()))
    return standing(withoutPending(talk), [words.notRevoked])
  if (!isYes(talk.text) && !/^撤销$/.test(talk.text.trim())) return undefined
  const { facts, session } = talk
  const revoked: Consent = {
    version: facts.pack.notices.consent.version,
    agreed: false,
    at: facts.now.toISOString(),
    channel: talk.channel,
  }
  return turn(
    {
      ...session,
      consents: [...session.consents, revoked],
      drafts: [],
      charters: [],
      active: undefined,
      pending: undefined,
    },
    words.revoked(facts.filings.some((filing) => isOpen(filing)) || facts.filings.length > 0),
  )
}
