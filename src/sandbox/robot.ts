import { type Day, dayOf } from '../clock.ts'
import type { Line } from './exchange.ts'
import {
  cardSeenBy,
  conversationOf,
  findKey,
  Impossible,
  nothing,
  type Outcome,
  outcomeOf,
  personOf,
  type Platform,
  type Saying,
} from './platform.ts'
import { chatOf, contentOf, eventOf, type RobotWhere, selectedItems } from './robot-messages.ts'
import { openRobotReplies } from './robot-replies.ts'
import { readRobotReply } from './robot-rules.ts'
import type { Body, Entry } from './world.ts'

/** The smart robot's side of WeCom: what people do in its chats becomes callbacks, its answers become bubbles. */

const MOST_RUNNING = 3
const ATTEMPTS = 4
const MOST_FILE_BYTES = 100 * 1024 * 1024

export type Verdict = 'accurate' | 'inaccurate' | 'withdrawn'

export function openRobot(platform: Platform, line: Line) {
  const { world, clock } = platform
  const replies = openRobotReplies(platform, line)
  const running = new Map<string, number>()
  const entered = new Map<string, Day>()
  const delivered = new Map<string, { message: string; streamId?: string }>()

  const responseUrl = (entry: Entry) => {
    const code = platform.responseUrls.issue({ conversation: entry.conversation, entryId: entry.id })
    return `${platform.url()}/cgi-bin/aibot/response?response_code=${code}`
  }

  async function say(userId: string, where: RobotWhere, saying: Saying): Promise<Outcome> {
    const person = personOf(platform, userId)
    const { quotes, ...body } = { quotes: undefined, ...saying }
    const quoted = quotes === undefined ? undefined : world.entries.get(quotes)
    const entry = world.add({
      conversation: conversationOf(platform, userId, where),
      from: { type: 'person', userId: person.userId },
      body,
      state: 'waiting',
      quotes: quoted?.id,
    })
    const busy = running.get(person.userId) ?? 0
    const kept = whyKept(where, body) ?? (busy >= MOST_RUNNING ? '前面三条还没有答完，请稍等再发' : undefined)
    if (kept !== undefined) {
      world.change(entry.id, kept === '' ? { state: 'sent' } : { state: 'kept', note: kept })
      return nothing
    }
    running.set(person.userId, busy + 1)
    try {
      const chat = chatOf(platform, userId, where)
      const message = JSON.stringify({
        msgid: world.nextId('MSG'),
        ...chat,
        response_url: responseUrl(entry),
        ...contentOf(platform, body),
        ...(quoted && { quote: contentOf(platform, quoted.body) }),
      })
      const answer = await line.ask(message, ATTEMPTS)
      if (answer.type === 'lost') {
        // It may have arrived all the same, so it can be delivered again.
        delivered.set(entry.id, { message })
        world.change(entry.id, { state: 'failed', note: answer.why })
        return nothing
      }
      const reply = answer.type === 'empty' ? undefined : replies.read('message', answer.text)
      delivered.set(entry.id, { message, streamId: streamIdOf(reply) })
      const hidden = answer.type === 'plain' && !reply
      world.change(entry.id, { state: 'sent', ...(hidden && { note: '回答不合规，企业微信不会显示' }) })
      if (!reply) return nothing
      return outcomeOf(world, await replies.show(placeFor(entry), reply, chat, entry.at))
    } finally {
      running.set(person.userId, (running.get(person.userId) ?? 1) - 1)
    }
  }

  /** Why WeCom does not call the robot: a group message without mention is nobody's fault and says nothing (''). */
  function whyKept(where: RobotWhere, body: Body): string | undefined {
    if (where === 'robot') {
      const tooLarge = body.type === 'file' && body.attachment.bytes.length > MOST_FILE_BYTES
      return tooLarge ? '文件超过 100 MB，企业微信不会转给机器人' : undefined
    }
    const text = body.type === 'text' || body.type === 'mixed' ? body.text : ''
    return text.includes(`@${platform.robot.name}`) ? undefined : ''
  }

  async function enter(userId: string): Promise<Outcome> {
    const person = personOf(platform, userId)
    const today = dayOf(clock.now())
    if (entered.get(person.userId) === today) return nothing
    entered.set(person.userId, today)
    const answer = await line.ask(
      eventOf(platform, 'enter_chat', {}, chatOf(platform, userId, 'robot')),
      ATTEMPTS,
    )
    const reply = answer.type === 'plain' ? replies.read('enter', answer.text) : undefined
    const conversation = `robot:${person.userId}`
    if (reply?.type === 'template_card')
      return outcomeOf(world, replies.showCard({ conversation }, reply.card))
    if (reply?.type !== 'text') return nothing
    const body: Body = { type: 'text', text: reply.text }
    return outcomeOf(world, [world.add({ conversation, from: { type: 'robot' }, body, state: 'done' }).id])
  }

  /** A press on a button. WeCom sends it once only (path 101027). */
  async function click(
    userId: string,
    where: RobotWhere,
    entry: Entry,
    key: string,
    selected: Record<string, string[]>,
  ): Promise<Outcome> {
    const { card, greyed } = cardSeenBy(entry, userId)
    const part = findKey(card, greyed !== undefined, key)
    const details = {
      card_type: card.card_type,
      event_key: key,
      task_id: card.task_id,
      ...(part === 'button' && selectedItems(selected)),
    }
    const common = { ...chatOf(platform, userId, where), response_url: responseUrl(entry) }
    const answer = await line.ask(eventOf(platform, 'template_card_event', details, common), 1)
    const reply = answer.type === 'plain' ? replies.read('cardEvent', answer.text) : undefined
    const body = world.entries.get(entry.id)?.body
    if (reply?.type !== 'update_template_card' || body?.type !== 'card') return nothing
    if (reply.card.task_id !== card.task_id) {
      world.violate('task-id', `更新卡片要用原来的 task_id ${card.task_id}`)
      return nothing
    }
    const view = { card: reply.card }
    const some = Object.fromEntries((reply.userIds ?? []).map((user) => [user.toLowerCase(), view]))
    world.change(entry.id, {
      body: reply.userIds
        ? { ...body, seenBy: { ...body.seenBy, ...some } }
        : { type: 'card', view, seenBy: {} },
      feedbackId: reply.card.feedback?.id,
    })
    return outcomeOf(world, [entry.id])
  }

  /** Thumbs up or down on an answer that asked for it. */
  async function rate(userId: string, where: RobotWhere, entry: Entry, verdict: Verdict, comment: string) {
    if (!entry.feedbackId) throw new Impossible('这一条不能评价')
    const details = {
      id: entry.feedbackId,
      type: { accurate: 1, inaccurate: 2, withdrawn: 3 }[verdict],
      ...(verdict === 'inaccurate' && { content: comment, inaccurate_reason_list: [2] }),
    }
    const message = eventOf(platform, 'feedback_event', details, chatOf(platform, userId, where))
    const answer = await line.ask(message, ATTEMPTS)
    if (answer.type === 'plain') replies.read('feedback', answer.text)
  }

  /** Delivers the callback of an entry once more, as WeCom may; the answer must be the same one. */
  async function redeliver(entryId: string): Promise<void> {
    const first = delivered.get(entryId)
    if (!first) throw new Impossible('这一条没有送到机器人')
    const answer = await line.ask(first.message, 1)
    if (answer.type === 'lost') return
    const reply = answer.type === 'plain' ? readRobotReply('message', answer.text).reply : undefined
    if (first.streamId === undefined) delivered.set(entryId, { ...first, streamId: streamIdOf(reply) })
    else if (streamIdOf(reply) !== first.streamId)
      world.violate(
        'duplicate-answer',
        `重发同一条消息，答的是流 ${streamIdOf(reply)}，先前是 ${first.streamId}`,
      )
  }

  return { say, enter, click, rate, redeliver, verify: line.verify }
}

const streamIdOf = (reply: ReturnType<typeof readRobotReply>['reply']): string | undefined =>
  reply && 'stream' in reply ? reply.stream.id : undefined

/** In a group an answer quotes the message it belongs to. */
const placeFor = (entry: Entry) =>
  entry.conversation.startsWith('group:')
    ? { conversation: entry.conversation, quotes: entry.id }
    : { conversation: entry.conversation }
