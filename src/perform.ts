import { learned } from './conversation/learning/learning.ts'
import { noticesOf } from './conversation/notices.ts'
import { stepCard } from './conversation/reviewing/case.ts'
import { correctedLabel, correctedLines } from './conversation/reviewing/corrected.ts'
import { custodyLines } from './conversation/reviewing/custody.ts'
import { namedAtReturn } from './conversation/reviewing/mended.ts'
import { words as reviewWords } from './conversation/reviewing/words.ts'
import { words as reminderWords } from './conversation/reminding/reminder-words.ts'
import { staffName } from './directory/scope.ts'
import { closed } from './filings/closing.ts'
import { AGREED, organizationIdOf, statusOf, type Filing } from './filings/filing.ts'
import { decide } from './filings/review.ts'
import { textOf } from './filings/correcting.ts'
import { carryOn, whyNotCorrected } from './receive/correct.ts'
import { grantFor } from './receive/grant.ts'
import { normalizeName } from './filings/names.ts'
import { performClosing } from './papers/ledgers.ts'
import { organizationOf } from './filings/organization.ts'
import { placeByCode } from './filings/places.ts'
import { documentsOf } from './conversation/interview/read-back.ts'
import type { Session } from './conversation/session.ts'
import { askNameAgain } from './conversation/interview/submit.ts'
import { formFor, type Effect, type Facts, type Turn } from './conversation/turn.ts'
import { caseWords } from './conversation/record/case-words.ts'
import { wording } from './conversation/wording.ts'
import { decideQuestion } from './knowledge/questions.ts'
import { DECISIONS } from './receive/learn.ts'
import type { InboundMessage, UserId } from './messages.ts'
import { performService } from './receive/service.ts'
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
      const record =
        filing.organizationId && organizationOf(await tx.listChain(filing.organizationId), facts.today)
      if (record && record.state.type === 'cancelled')
        return { ...turn, reply: { text: wording.alreadyCancelled(record.name) } }
      const having = await tx.findOrganizations(normalizeName(filing.organizationName))
      const other = having.find(({ organizationId }) => organizationId !== filing.organizationId)
      if (other) {
        const said = other.applicant === facts.person ? wording.nameMine : wording.nameTaken
        const talk = { session: before, facts, group: false, text: '', channel: message.channel }
        return askNameAgain(talk, effect.draftId, said(other.name)) ?? lost(said(other.name))
      }
      const year = facts.today.slice(0, 4)
      const number = await tx.nextNumber(`case:${year}`)
      const submitted: Filing = { ...filing, caseNumber: `${year}-${String(number).padStart(4, '0')}` }
      await tx.saveFiling(submitted)
      const place = placeByCode(filing.place, facts.pack.jurisdiction)
      const form = formFor(facts, filing)
      const text = caseWords.submitted(
        filing.organizationName,
        submitted.caseNumber,
        filing.kind,
        place?.committee,
        place?.authority ?? '',
        form.papers.map(({ title }) => title),
      )
      const documents = documentsOf(form, 'filing', filing.id, filing.answers, facts)
      return { ...turn, reply: { text, documents }, notices: noticesOf(submitted, facts) }
    }
    case 'review':
      return performReview(effect, turn, before, tx, facts)
    case 'showOriginal': {
      const filing = await tx.findFiling(effect.filingId)
      if (!filing) return lost(reviewWords.noSuchCase(''))
      await tx.logAccess({
        by: facts.person,
        filingId: filing.id,
        reason: effect.reason,
        at: facts.now.toISOString(),
      })
      const form = formFor(facts, filing)
      return {
        ...turn,
        reply: { ...turn.reply, documents: documentsOf(form, 'filing', filing.id, filing.answers, facts) },
      }
    }
    case 'learn': {
      const question = await tx.findQuestion(effect.questionId)
      if (!question) return lost(reviewWords.noSuchCase(''))
      const who = { userId: facts.person, name: staffName(facts.staff, facts.person) }
      const decided = decideQuestion(question, effect.act, who, facts.now.toISOString())
      if (!decided.ok) return lost(decided.because)
      await tx.saveQuestion(decided.question)
      await tx.nextNumber(DECISIONS)
      return { ...turn, ...learned(decided.question, facts) }
    }
    case 'complain':
    case 'answerComplaint':
    case 'claim':
    case 'handOver':
    case 'proposePurge':
    case 'agreePurge':
    case 'noteExport':
      return performService(effect, { turn, before, tx, facts })
    case 'closeLedger':
      return performClosing(effect, { turn, before, tx, facts })
    case 'noteMatter': {
      const { matter: id, begin } = effect
      const matter = (await tx.findMatter(id)) ?? (begin && { ...begin, id, events: [] })
      if (!matter) return lost(reminderWords.nothingOpen)
      await tx.saveMatter({ ...matter, events: [...matter.events, effect.event] })
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

/** One act on a case, decided anew under the lock: of two at once one wins, and the other is told who was first. */
async function performReview(
  { filingId, act, by }: Extract<Effect, { type: 'review' }>,
  turn: Turn,
  before: Session,
  tx: Transaction,
  facts: Facts,
): Promise<Turn> {
  const lost = (text: string): Turn => ({ ...turn, session: before, reply: { text }, notices: [] })
  const filing = await tx.findFiling(filingId)
  if (!filing) return lost(reviewWords.noSuchCase(''))
  const at = facts.now.toISOString()
  const nameOf = (userId: UserId): string => staffName(facts.staff, userId)
  const possible = decide(filing, act, by, at, nameOf)
  if (!possible.ok)
    return lost(
      possible.needs === 'note'
        ? reviewWords.noteNeeded(possible.because, filing.caseNumber)
        : possible.because,
    )
  const taken = act.type === 'correct' ? await whyNotCorrected(filing, act, tx) : undefined
  if (taken !== undefined) return lost(taken)
  const granted = act.type === 'approve' ? await grantFor(filing, tx, facts.pack, facts.today) : undefined
  if (granted?.ok === false) return lost(granted.because)
  const decision =
    granted && act.type === 'approve'
      ? decide(filing, { ...act, ...granted.grant }, by, at, nameOf)
      : possible
  if (!decision.ok) return lost(decision.because)
  await tx.saveFiling(decision.filing)
  if (act.type === 'correct' && act.before) await carryOn(filing, textOf(act.before), act, tx)
  const ended =
    act.type === 'approve' && filing.kind === 'cancellation' ? await endAll(filing, tx, facts) : []
  const text = withDeputy(decision.filing, facts, outcome(decision.filing, facts))
  // What comes next of the paper; of two offices in one hand the second looks at the case anew.
  const card = AGREED.includes(statusOf(decision.filing)) ? stepCard(decision.filing, facts) : undefined
  const names = ended.map(({ kind, caseNumber }) => `${reviewWords.kinds[kind]}（${caseNumber}）`)
  return {
    ...turn,
    reply: {
      text: names.length > 0 ? `${text}\n${reviewWords.done.closed(names)}` : text,
      ...(card && { card }),
    },
    notices: [decision.filing, ...ended].flatMap((one) => noticesOf(one, facts, namedIn(one, facts))),
  }
}

/** What the return or correction just made is about. */
const namedIn = (filing: Filing, facts: Facts): string[] =>
  filing.events.at(-1)?.type === 'corrected'
    ? correctedLines(filing, facts)
    : namedAtReturn(filing, formFor(facts, filing))

/** With an organization ends what still runs of it, but for its cancellation. */
async function endAll(cancellation: Filing, tx: Transaction, { person, now }: Facts): Promise<Filing[]> {
  const chain = await tx.listChain(organizationIdOf(cancellation))
  const ended = chain.flatMap((one) =>
    one.id === cancellation.id ? [] : (closed(one, person, now.toISOString()) ?? []),
  )
  for (const one of ended) await tx.saveFiling(one)
  return ended
}

/** Who stands in for an office says so, whatever was done (practice.md 12). */
function withDeputy({ events }: Filing, { staff }: Facts, text: string): string {
  const event = events.at(-1)
  if (!event || !('deputyFor' in event) || !event.deputyFor) return text
  return `${text}\n${reviewWords.deputy(staffName(staff, event.by), event.deputyFor)}`
}

function outcome(filing: Filing, facts: Facts): string {
  const { done } = reviewWords
  const event = filing.events.at(-1)!
  const name = filing.organizationName
  switch (event.type) {
    case 'approved':
      return done.approved(name, filing.kind, event.filingNumber, event.validUntil)
    case 'endorsed':
    case 'returned':
    case 'declined':
    case 'withdrawn':
      return done[event.type](name)
    case 'sealed':
    case 'distributed':
      // Some of the copies, or the seal of the community.
      return statusOf(filing) === event.type
        ? done[event.type](name)
        : [done.noted(name), ...custodyLines(filing, facts)].join('\n')
    case 'resubmitted':
      return event.moved ? done.moved(name) : done.resubmitted(name)
    case 'corrected':
      return done.corrected(name, correctedLabel(event.item, facts))
    case 'submitted':
    case 'closed':
    case 'imported':
      return name
  }
}
