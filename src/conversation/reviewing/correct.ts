import { isDeepStrictEqual } from 'node:util'
import { mayAct } from '../../directory/may-act.ts'
import { isGrantItem, sourceOf, standingAt, type Correction } from '../../filings/correcting.ts'
import { organizationIdOf, statusOf, type Filing } from '../../filings/filing.ts'
import { organizationOf } from '../../filings/organization.ts'
import { standing } from '../../filings/possible.ts'
import type { Answer } from '../../forms/answers.ts'
import { isStaff, staffName } from '../../directory/scope.ts'
import { cardOf, say } from '../interview/asking.ts'
import type { Pending } from '../session.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { tidy } from '../tidy.ts'
import { isNo } from '../yes-no.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { slipIn } from './slip.ts'
import { words } from './words.ts'

/**
 * 更正 N 栏目：内容 理由：…. A mistake in what is filed, by the office that filed it: read back first. What has
 * changed since is a change filing (附件2).
 */
export function correct(talk: Talk, filing: Filing, said: string): Turn {
  const { facts, session } = talk
  const refuse = (because: string): Turn => turn(session, because)
  const id = organizationIdOf(filing)
  const chain = (facts.cases ?? []).filter((one) => organizationIdOf(one) === id)
  const organization = organizationOf(chain, facts.today)
  if (!organization) {
    const nameOf = (userId: string): string => staffName(facts.staff, userId)
    return refuse(words.notFiledYet(standing(filing, statusOf(filing), nameOf)))
  }
  const permission = mayCorrect(filing, organization.place, facts)
  if (!permission.ok) return refuse(permission.because)
  if (organization.state.type === 'cancelled') return refuse(words.correctCancelled(organization.name))
  const [open] = organization.underWay
  if (open) return refuse(words.correctUnderWay(words.kinds[open.kind], open.caseNumber))
  const { name, text, reason } = partsOf(said)
  if (name === '') return refuse(words.correctHow(filing.caseNumber))
  const slip = slipIn(name, text, organization, facts)
  if (typeof slip === 'string') return refuse(slip)
  const source = sourceOf(organization, slip.item)
  if (!source) return refuse(words.noSuchCase(filing.caseNumber))
  const before = standingAt(source, slip.item)
  if (isGrantItem(slip.item) && before === undefined) return refuse(words.grantedHere)
  if (isDeepStrictEqual(before && 'value' in before ? before.value : undefined, slip.value))
    return refuse(words.correctSame(slip.label))
  const card = cardOf(facts.newId(), organization.name, slip.label, [say(words.confirmCorrection)])
  const pending: Pending = {
    type: 'correction',
    filing: source.id,
    item: slip.item,
    ...(before && { before }),
    value: slip.value as never,
    ...(slip.unordered && { unordered: slip.unordered }),
    reason,
  }
  const { label, was, is } = slip
  return turn(
    { ...session, pending, card: card.id },
    words.correctReadBack(organization.name, source.caseNumber, label, was, is, pending.reason),
    { card },
  )
}

/** 联系电话：19900001234 理由：抄错一位; a space does for the first colon. Empty where a part is missing. */
function partsOf(said: string): { name: string; text: string; reason: string } {
  const [, rest = '', reason = ''] =
    /^(.+?)[\s,，;；。]*(?:理由|原因|因为)(?:[:：]\s*|\s*(?![:：]))(.{2,})$/su.exec(said.trim()) ?? []
  const [, name = '', text = ''] =
    /^([^:：]+)[:：]\s*(.+)$/su.exec(rest) ?? /^(\S+)\s+(.+)$/su.exec(rest) ?? []
  return { name: name.trim(), text, reason: reason.trim() }
}

const mayCorrect = (filing: Filing, place: string, { staff, person }: Facts) =>
  mayAct(staff, person, 'correct', { ...filing, place }, 'street')

const NOT_MEANT = /^(?:取消|算了|不更正了?|不改了?|先不改)$/

/** What was read back is meant, or is not; undefined where the words are about something else. */
export function confirmCorrection(talk: Talk): Turn | Need | undefined {
  const { facts, session, text } = talk
  const { pending } = session
  const isMeant = tidy(text) === words.confirmCorrection
  if (pending?.type !== 'correction')
    return isMeant && isStaff(facts.staff, facts.person) ? turn(session, words.nothingToCorrect) : undefined
  if (isNo(text) || NOT_MEANT.test(tidy(text))) return turn(withoutPending(talk).session, words.notCorrected)
  // 对 and 1 may answer a list that came since.
  if (!isMeant) return undefined
  if (!(pending.filing in facts.found)) return { needs: 'case', which: pending.filing }
  const filing = facts.found[pending.filing]
  return filing ? putRight(talk, filing, pending) : turn(session, words.noSuchCase(''))
}

/** `perform` looks again under the lock whether the same still stands there. */
function putRight(
  talk: Talk,
  filing: Filing,
  { item, before, value, reason, unordered }: Extract<Pending, { type: 'correction' }>,
): Turn {
  const { facts } = talk
  const { person, now, movedTo } = facts
  const permission = mayCorrect(filing, movedTo[filing.id] ?? filing.place, facts)
  if (!permission.ok) return turn(talk.session, permission.because)
  const after: Answer = { value, by: person, at: now.toISOString() }
  const act: Correction = {
    type: 'correct',
    item,
    ...(before && { before }),
    after,
    reason,
    ...(unordered && { unordered }),
  }
  const { step = 'street', deputyFor } = permission
  const by = { userId: person, as: step, ...(deputyFor ? { deputyFor } : {}) }
  return {
    session: withoutPending(talk).session,
    reply: { text: '' },
    effects: [{ type: 'review', filingId: filing.id, act, by }],
  }
}
