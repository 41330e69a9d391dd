import { addressed } from './receive/address.ts'
import type { Bot } from './bot.ts'
import { dayOf } from './clock.ts'
import { keepMissed, sayMissed } from './conversation/missed.ts'
import type { Session } from './conversation/session.ts'
import { step } from './conversation/step.ts'
import type { Facts, Need, Turn } from './conversation/turn.ts'
import { wording } from './conversation/wording.ts'
import { AGREED, FilingStatus, OPEN } from './filings/filing.ts'
import { filingsAt, presentPlaceOf } from './receive/filings-at.ts'
import type { InboundMessage, UserId } from './messages.ts'
import type { TurnOutcome } from './metrics.ts'
import { noteDislike, noteQuestion, relearn } from './receive/learn.ts'
import { lookUpOverseen } from './remind/oversee.ts'
import { perform } from './perform.ts'
import { isDone, type Matter } from './reminders/matter.ts'
import { nextSlot } from './reminders/slots.ts'
import { lookUpService } from './receive/service.ts'
import type { StoredReply, Transaction } from './store/store.ts'
import { appText } from './wecom/markup.ts'

/** A step asks for at most a name at the old place and one at the new. */
const MOST_LOOKUPS = 4

/**
 * One message in: claim, decide, commit session, changes, reply and outbox together, answer.
 * The same message again gets the same reply and acts no second time. Undefined: nothing is to be said.
 */
export async function receive(message: InboundMessage, bot: Bot): Promise<StoredReply | undefined> {
  const started = performance.now()
  let outcome: TurnOutcome = 'failed'
  try {
    const [reply, repeated] = await claim(message, bot)
    outcome = repeated ? 'repeated' : 'answered'
    return reply
  } finally {
    bot.metrics.turn(message.channel, outcome, (performance.now() - started) / 1000)
  }
}

/** The reply, and whether it had been given before. */
async function claim(message: InboundMessage, bot: Bot): Promise<[StoredReply | undefined, boolean]> {
  if (message.content.type === 'refresh') {
    return [await refresh(message, message.content.streamId, bot), false]
  }
  let repeated = false
  if (message.content.type === 'feedback') {
    const { about, verdict } = message.content
    if (verdict === 'inaccurate') await noteDislike(message, about, bot)
    return [undefined, false]
  }
  let pushed = false
  let growing: Turn | undefined
  let learnt = false
  const stored = await bot.store.transact(async (tx) => {
    pushed = false
    const known = await tx.findReply(message.id)
    repeated = known !== undefined
    if (known) return known
    const { turn, session } = await decide(tx, message, bot)
    if (!turn) return undefined
    if (turn.session !== session) await tx.saveSession(message.from, turn.session)
    const { reply, pushes } = addressed(turn, message, bot)
    const at = bot.clock.now().toISOString()
    const until = bot.rephraser?.until(turn, message, bot.clock.now())
    growing = until === undefined ? undefined : turn
    learnt = turn.effects.some(({ type }) => type === 'learn')
    const reading = turn.effects.some(({ type }) => type === 'readFile')
    const finished = message.channel === 'app' || (!reading && until === undefined)
    const question = turn.asked && bot.knowledge.redact(turn.asked.question)
    const result: StoredReply = {
      ...(turn.clicked === undefined ? {} : { notice: turn.clicked }),
      messageId: message.id,
      from: message.from,
      at,
      reply,
      streamId: bot.newId(),
      finished,
      ...(until !== undefined && !finished && { until }),
      ...(question !== undefined && { asked: question }),
    }
    await tx.saveReply(result)
    if (question !== undefined && turn.asked?.fellShort) {
      await noteQuestion(tx, { question, why: 'unanswered', who: message.from, at })
    }
    for (const [index, body] of pushes.entries()) {
      await tx.enqueue({ key: `${message.id}#${index}`, body, enqueuedAt: at, dueAt: at })
      pushed = true
    }
    if (turn.effects.some(({ type }) => type === 'readFile')) pushed = true
    if (turn.notices?.length) {
      await tell(turn.notices, message, bot, tx)
      pushed = true
    }
    return result
  })
  if (pushed) bot.wake()
  if (learnt) await relearn(bot)
  if (growing && stored && !repeated) bot.rephraser?.begin(growing, stored, message)
  return [stored, repeated]
}

/** Notices leave when people may be written to; the outbox keeps them until then, without an app the session does. */
async function tell(
  notices: { to: UserId; text: string }[],
  message: InboundMessage,
  bot: Bot,
  tx: Transaction,
) {
  if (!bot.client) {
    for (const { to, text } of notices) await tx.saveSession(to, keepMissed(await tx.getSession(to), text))
    return
  }
  const now = bot.clock.now()
  const dueAt = nextSlot(now, bot.pack.calendar).toISOString()
  for (const [index, { to, text }] of notices.entries()) {
    const body = { type: 'letter' as const, to, reply: { text: appText(text) } }
    await tx.enqueue({ key: `${message.id}#notice${index}`, body, enqueuedAt: now.toISOString(), dueAt })
  }
}

/** WeCom asks how far a streamed answer is; an answer nobody knows any more ends at once. */
async function refresh(message: InboundMessage, streamId: string, bot: Bot): Promise<StoredReply> {
  const known = await bot.store.transact(async (tx) => {
    const reply = await tx.findReplyByStream(streamId)
    if (!reply || reply.finished || reply.until === undefined || reply.until > bot.clock.now().toISOString())
      return reply
    // Whatever was to be added did not come in time; what has been said is complete.
    const { until: _until, ...rest } = reply
    const ended = { ...rest, finished: true }
    await tx.saveReply(ended)
    return ended
  })
  return (
    known ?? {
      messageId: message.id,
      from: message.from,
      at: bot.clock.now().toISOString(),
      reply: { text: wording.streamLost },
      streamId,
      finished: true,
    }
  )
}

/** Runs the step, fetching what it asks for, and performs its effects under the lock. */
export async function decide(
  tx: Transaction,
  message: InboundMessage,
  bot: Bot,
): Promise<{ turn: Turn | undefined; session: Session }> {
  const session = await tx.getSession(message.from)
  const now = bot.clock.now()
  const today = dayOf(now)
  const facts: Facts = {
    now,
    today,
    person: message.from,
    pack: bot.pack,
    types: bot.types,
    filings: await tx.listFilingsOf(message.from),
    organizations: {},
    staff: bot.directory.current(),
    charterModel: bot.charter.text,
    found: {},
    movedTo: {},
    matters: {},
    tell: (question, previous) => bot.tell(question, today, previous),
    wishIn: (text) => bot.knowledge.wishIn(text),
    labels: bot.knowledge.labels,
    newId: () => bot.newId(),
  }
  for (let lookups = 0; lookups <= MOST_LOOKUPS; lookups++) {
    const decided = step(session, message, facts)
    if (!decided || !('needs' in decided)) {
      const turn = decided && (await perform(decided, session, tx, { message, facts }))
      return { turn: turn && message.chat.type === 'single' ? sayMissed(turn) : turn, session }
    }
    await lookUp(decided, facts, tx)
  }
  throw new Error('the step keeps asking for names')
}

const MOST_QUESTIONS = 500

/** The latest matters somebody was reminded of; an officer has a line for every organization. */
const MOST_REMINDED = 300

/** Of the organizations and cases that open matters are about, by their ids. */
async function namesOf(matters: readonly Matter[], tx: Transaction): Promise<Record<string, string>> {
  const ids = new Set(matters.flatMap((matter) => (isDone(matter) ? [] : [matter.target])))
  const filings = await Promise.all([...ids].map((id) => tx.findFiling(id)))
  return Object.fromEntries(filings.flatMap((one) => (one ? [[one.id, one.organizationName]] : [])))
}

/** Brings what a step asked for among the facts. */
async function lookUp(need: Need, facts: Facts, tx: Transaction): Promise<void> {
  switch (need.needs) {
    case 'reminded':
      facts.reminded = await tx.listMatters({ to: facts.person, limit: MOST_REMINDED })
      facts.remindedOf = await namesOf(facts.reminded, tx)
      return
    case 'matters':
      await Promise.all(need.ids.map(async (id) => (facts.matters[id] = await tx.findMatter(id))))
      return
    case 'questions':
      facts.questions = await tx.listQuestions(['open', 'answered'], MOST_QUESTIONS)
      return
    case 'organizations':
      facts.organizations[need.normalizedName] = await tx.findOrganizations(need.normalizedName)
      return
    case 'cases':
      facts.cases = await filingsAt(need.places, [...OPEN, ...AGREED], tx)
      facts.voided = await tx.listVoidedNumbers()
      return
    case 'case': {
      const filing = need.places
        ? (await filingsAt(need.places, FilingStatus.options, tx)).find(
            ({ caseNumber }) => caseNumber === need.which,
          )
        : await tx.findFiling(need.which)
      facts.found[need.which] = filing
      if (filing) facts.movedTo[filing.id] = await presentPlaceOf(filing, facts.today, tx)
      return
    }
    case 'complaints':
    case 'due':
    case 'accesses':
    case 'number':
      return lookUpService(need, facts, tx)
    case 'owed':
    case 'served':
    case 'sent':
    case 'noted':
      return lookUpOverseen(need, facts, tx)
  }
}
