import { dayOf, inChinese } from '../../clock.ts'
import { rolesOf, staffName } from '../../directory/scope.ts'
import type { Staff } from '../../directory/staff.ts'
import type { PurgeItem } from '../../filings/retention.ts'
import type { UserId } from '../../messages.ts'
import { serviceWords as words } from '../service/service-words.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'

/** Only these may destroy, and only two of them together (practice.md 6.3). */
export const mayPurge = (staff: Staff, person: UserId): boolean =>
  rolesOf(staff, person).some(({ role }) => role === 'district' || role === 'operator')

const MOST_LISTED = 40

/** 清理: what is kept longer than the rules say, or the list somebody already agreed to. Destroys nothing. */
export function showDue(talk: Talk): Turn | Need {
  const { facts, session } = talk
  if (!mayPurge(facts.staff, facts.person)) return turn(session, words.onlyDistrict)
  const due = facts.service?.due
  if (!due) return { needs: 'due' }
  const { open } = due
  const items = open?.items ?? due.items
  if (items.length === 0) return turn(session, words.nothingDue)
  const isMine = open?.proposed.by === facts.person
  const next = !open
    ? words.duePropose
    : isMine
      ? words.dueWaiting
      : words.dueSecond(
          staffName(facts.staff, open.proposed.by),
          inChinese(dayOf(new Date(open.proposed.at))),
        )
  const isProposal = items.some((item) => facts.pack.retention[item.class].proposal)
  const text = [
    words.due(items.length),
    ...linesOf(items),
    ...(isProposal ? [words.proposals] : []),
    next,
  ].join('\n')
  return turn({ ...session, pending: { type: 'purge', ...(open ? { id: open.id } : {}) } }, text)
}

function linesOf(items: readonly PurgeItem[]): string[] {
  const shown = items.slice(0, MOST_LISTED).map(({ says }, index) => `${index + 1}. ${says}`)
  const more = items.length - MOST_LISTED
  return more > 0 ? [...shown, words.moreItems(more)] : shown
}

/** 同意清理, right after the list was seen: the first proposes, another carries out. */
export function agreePurge(talk: Talk): Turn {
  const { facts, session } = talk
  if (!mayPurge(facts.staff, facts.person)) return turn(session, words.onlyDistrict)
  const { pending } = session
  if (pending?.type !== 'purge') return turn(session, words.lookFirst)
  return {
    ...turn(withoutPending(talk).session, ''),
    effects: [pending.id === undefined ? { type: 'proposePurge' } : { type: 'agreePurge', id: pending.id }],
  }
}
