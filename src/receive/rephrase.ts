import type { Asked } from '../conversation/asked.ts'
import type { Bot } from '../bot.ts'
import type { FreeMessage } from '../conversation/interview/free-facts.ts'
import type { Turn } from '../conversation/turn.ts'
import { receiveFreeFacts } from './finish.ts'
import { dayOf } from '../clock.ts'
import * as wording from '../knowledge/wording.ts'
import type { Model } from '../knowledge/llm/model.ts'
import type { InboundMessage } from '../messages.ts'
import type { StoredReply } from '../store/store.ts'

/** How long after the model's own limit a reply counts as finished, whatever became of the model. */
const GRACE_MS = 2_000

/**
 * Lets a model add to stored answers. The stored answer stands complete from the beginning and is never taken
 * back, so nothing is lost with the process, and no model can make an answer late, shorter or wrong: what it adds
 * stands below, marked, and only if it passed the check.
 */
export class Rephraser {
  readonly #bot: () => Bot
  readonly #model: Model
  readonly #running = new Set<Promise<void>>()

  constructor(bot: () => Bot, model: Model) {
    this.#bot = bot
    this.#model = model
  }

  /** Until when (ISO instant) the reply may still grow; undefined when nothing will be added to it. */
  until(turn: Turn, { channel }: InboundMessage, now: Date): string | undefined {
    if (!this.#model.isReady || matterOf(turn, channel) === undefined) return undefined
    return new Date(now.getTime() + this.#model.limitMs + GRACE_MS).toISOString()
  }

  /** To be called once the reply is durable. */
  begin(turn: Turn, reply: StoredReply, message: InboundMessage): void {
    const matter = matterOf(turn, message.channel)
    if (matter === undefined) return
    const work = ('fields' in matter ? this.#findFacts(matter, message) : this.#add(matter, reply, message))
      .catch((error: unknown) => {
        this.#bot().log.warn({ event: 'model', err: error }, 'nothing was added to an answer')
      })
      .finally(() => this.#running.delete(work))
    this.#running.add(work)
  }

  /** Resolves when nothing is being added any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#running)
  }

  async stop(): Promise<void> {
    await this.#model.stop()
    await this.settled()
  }

  async #findFacts(free: FreeMessage, message: InboundMessage): Promise<void> {
    const { content } = message
    const said = content.type === 'text' || content.type === 'voice' ? content.text : ''
    const bot = this.#bot()
    const facts = await this.#model.findFacts(bot.knowledge.redact(free.text), free.fields)
    await receiveFreeFacts({ type: 'freeFacts', said, facts: facts ?? {}, asOf: free.asOf }, message, bot)
  }

  async #add(asked: Asked, reply: StoredReply, message: InboundMessage): Promise<void> {
    const addition = await this.#additionTo(asked, reply.asked ?? '')
    await this.#bot().store.transact(async (tx) => {
      if (message.channel === 'app') {
        if (addition === undefined) return
        const at = this.#bot().clock.now().toISOString()
        const body = { type: 'message' as const, to: message.from, reply: { text: addition } }
        await tx.enqueue({ key: `${message.id}#model`, body, enqueuedAt: at, dueAt: at })
        return
      }
      const waiting = await tx.findReply(message.id)
      if (!waiting || waiting.finished) return
      const { until: _until, ...rest } = waiting
      const text =
        addition === undefined ? waiting.reply.text : withAddition(waiting.reply.text, asked, addition)
      await tx.saveReply({ ...rest, reply: { ...waiting.reply, text }, finished: true })
    })
    if (message.channel === 'app' && addition !== undefined) this.#bot().wake()
  }

  async #additionTo({ answer }: Asked, question: string): Promise<string | undefined> {
    if (answer.kind === 'found') {
      const worded = await this.#model.word(question, answer.text)
      return worded === undefined ? undefined : wording.worded(worded)
    }
    const rewritten = await this.#model.rewrite(question)
    if (rewritten === undefined) return undefined
    const bot = this.#bot()
    const found = bot.tell(rewritten, dayOf(bot.clock.now()), undefined)
    if (found.kind !== 'found' || found.title === undefined || found.title === answer.title) return undefined
    // Only one of the nearest is given at once; anything else is offered, since the model may have misunderstood.
    const isNear = answer.suggestions?.includes(found.title) === true
    return isNear ? wording.understood(found.title, found.text) : wording.perhaps(found.title)
  }
}

/** What a model may do for this turn, if anything. */
const matterOf = (
  { asked, free }: Turn,
  channel: InboundMessage['channel'],
): Asked | FreeMessage | undefined => (asked ? (canGrow(asked, channel) ? asked : undefined) : free)

/** The app can only push a second message: for that a wording is too little, an understanding is not. */
function canGrow({ answer }: Asked, channel: InboundMessage['channel']): boolean {
  switch (answer.kind) {
    case 'found':
      return channel === 'robot'
    case 'suggest':
      return true
    case 'silent':
      return answer.article === undefined
    case 'computed':
    case 'refused':
    case 'smallTalk':
      return false
  }
}

/** Below the answer and above whatever follows it: the question that stands. */
function withAddition(text: string, { answer }: Asked, addition: string): string {
  const end = text.indexOf(answer.text) + answer.text.length
  return end < answer.text.length
    ? `${text}\n\n${addition}`
    : `${text.slice(0, end)}\n\n${addition}${text.slice(end)}`
}
