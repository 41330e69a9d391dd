import { statusOf, type Filing } from './filings/filing.ts'
import { normalizeName } from './filings/names.ts'
import { placeByCode } from './filings/places.ts'
import { documentsOf } from './conversation/read-back.ts'
import type { Session } from './conversation/session.ts'
import { formOf, type Effect, type Facts, type Turn } from './conversation/turn.ts'
import { wording } from './conversation/wording.ts'
import type { InboundMessage } from './messages.ts'
import type { Transaction } from './store/store.ts'

type Context = { message: InboundMessage; facts: Facts }

/**
 * Carries out what a turn wants inside its transaction. An effect that turns out impossible under the lock changes
 * nothing: the turn then says why and the session stays as it was.
 */
export async function perform(turn: Turn, before: Session, tx: Transaction, context: Context): Promise<Turn> {
  let result = turn
  for (const effect of turn.effects) {
    result = await performOne(effect, result, before, tx, context)
  }
  return result
}

async function performOne(
  effect: Effect,
  turn: Turn,
  before: Session,
  tx: Transaction,
  { message, facts }: Context,
): Promise<Turn> {
  const lost = (text: string): Turn => ({ ...turn, session: before, reply: { text } })
  switch (effect.type) {
    case 'submit': {
      const { filing } = effect
      if (await tx.findFiling(filing.id)) return { ...turn, reply: { text: wording.alreadySubmitted } }
      const [other] = await tx.findOrganizations(normalizeName(filing.organizationName))
      if (other) {
        const said = other.applicant === facts.person ? wording.nameMine : wording.nameTaken
        return lost(said(filing.organizationName))
      }
      const year = facts.today.slice(0, 4)
      const number = await tx.nextNumber(`case:${year}`)
      const submitted: Filing = { ...filing, caseNumber: `${year}-${String(number).padStart(4, '0')}` }
      await tx.saveFiling(submitted)
      const place = placeByCode(filing.place, facts.pack.jurisdiction)
      const text = wording.submitted(
        filing.organizationName,
        submitted.caseNumber,
        place?.committee ?? place?.authority ?? '',
      )
      const documents = documentsOf(formOf(facts, filing.form.id), 'filing', filing.id, filing.answers, facts)
      return { ...turn, reply: { text, documents } }
    }
    case 'withdraw': {
      const filing = await tx.findFiling(effect.filingId)
      if (!filing || statusOf(filing) !== 'submitted') return lost(wording.nothingToWithdraw)
      const at = facts.now.toISOString()
      await tx.saveFiling({
        ...filing,
        events: [...filing.events, { type: 'withdrawn', by: facts.person, at }],
      })
      return turn
    }
    case 'readFile': {
      const at = facts.now.toISOString()
      const body = {
        type: 'readFile' as const,
        to: message.from,
        messageId: message.id,
        channel: message.channel,
        media: effect.media,
      }
      await tx.enqueue({ key: `${message.id}#file`, body, enqueuedAt: at, dueAt: at })
      return turn
    }
  }
}
