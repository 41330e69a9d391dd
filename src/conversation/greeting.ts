import { isStaff } from '../directory/scope.ts'
import { activeDraft } from './interview/filling.ts'
import { turn, type Talk } from './talk.ts'
import type { Turn } from './turn.ts'
import { wording } from './wording.ts'

/** The pack's greeting; that for staff in their single chats. Where nothing else is waited for, the lines it numbers are chosen by their numbers. */
export function greet({ session, facts, group }: Talk): Turn {
  const { notices } = facts.pack
  const isWorker = isStaff(facts.staff, facts.person) && !group
  const greeting = (isWorker && notices.staffGreeting) || notices.greeting
  const waiting = session.drafts.length > 0 && wording.draftWaiting
  const phrases = [...greeting.matchAll(/^\d\. (.+)$/gm)].map(([, phrase = '']) => phrase)
  const isFree = !activeDraft(session) && (session.pending === undefined || session.pending.type === 'menu')
  const pending = isFree ? { type: 'menu' as const, phrases } : session.pending
  return turn({ ...session, pending }, wording.join(greeting, waiting))
}
