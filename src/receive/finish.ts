import { appMessages, linksOf, withLinks } from './address.ts'
import type { Bot } from '../bot.ts'
import type { Content, InboundMessage, UserId } from '../messages.ts'
import { decide } from '../receive.ts'

/** What a sent file said, once it was read: goes on as a message of its own and finishes the answer to the file. */
export async function receiveFile(
  { messageId, from, channel }: { messageId: string; from: UserId; channel: InboundMessage['channel'] },
  content: Extract<Content, { type: 'sheet' | 'paper' }>,
  bot: Bot,
): Promise<void> {
  const message: InboundMessage = {
    id: `${messageId}:file`,
    channel,
    from,
    chat: { type: 'single' },
    content,
  }
  await bot.store.transact(async (tx) => {
    if (await tx.findReply(message.id)) return
    const { turn, session } = await decide(tx, message, bot)
    if (!turn) return
    if (turn.session !== session) await tx.saveSession(from, turn.session)
    const at = bot.clock.now().toISOString()
    const reply = withLinks(turn.reply, linksOf(turn.reply, message, bot), channel)
    await tx.saveReply({ messageId: message.id, from, at, reply, streamId: bot.newId(), finished: true })
    const waiting = await tx.findReply(messageId)
    if (channel === 'robot' && waiting) return tx.saveReply({ ...waiting, reply, finished: true })
    for (const [index, body] of appMessages(from, reply).entries()) {
      await tx.enqueue({ key: `${message.id}#${index}`, body, enqueuedAt: at, dueAt: at })
    }
  })
  bot.wake()
}

/**
 * What a model found in a message whose answer stands: goes below that answer and finishes it. An answer that was
 * given up meanwhile stays as it is, and so does everything else.
 */
export async function receiveFreeFacts(
  content: Extract<Content, { type: 'freeFacts' }>,
  message: InboundMessage,
  bot: Bot,
): Promise<void> {
  const isApp = message.channel === 'app'
  await bot.store.transact(async (tx) => {
    const waiting = await tx.findReply(message.id)
    if (!waiting || (!isApp && waiting.finished)) return
    const { turn } = await decide(tx, { ...message, content }, bot)
    if (turn) await tx.saveSession(message.from, turn.session)
    if (!isApp) {
      const { until: _until, ...rest } = waiting
      const text = [waiting.reply.text, turn?.reply.text].filter(Boolean).join('\n\n')
      return tx.saveReply({ ...rest, reply: { ...waiting.reply, text }, finished: true })
    }
    const at = bot.clock.now().toISOString()
    for (const [index, body] of (turn ? appMessages(message.from, turn.reply) : []).entries())
      await tx.enqueue({ key: `${message.id}#model${index}`, body, enqueuedAt: at, dueAt: at })
  })
  if (isApp) bot.wake()
}
