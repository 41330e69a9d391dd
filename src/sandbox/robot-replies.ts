import { setTimeout as sleep } from 'node:timers/promises'
import type { Card } from './card-rules.ts'
import type { Line } from './exchange.ts'
import type { Platform } from './platform.ts'
import type { Wire } from './robot-messages.ts'
import { type Inbound, readRobotReply, type RobotReply, type Stream } from './robot-rules.ts'
import type { Entry } from './world.ts'

/** What WeCom does with the robot's answers: shows them, and keeps asking until a stream is finished. */

const STREAM_WINDOW_MS = 6 * 60_000
const REFRESH_ATTEMPTS = 4

/** Where an answer appears, and in a group what it quotes. */
export type Place = Pick<Entry, 'conversation' | 'quotes'>

export function openRobotReplies(platform: Platform, line: Line) {
  const { world, clock } = platform

  /** The answer, unless WeCom would not show it; every broken rule is recorded. */
  function read(inbound: Inbound, plain: string): RobotReply | undefined {
    const { reply, problems } = readRobotReply(inbound, plain)
    for (const { rule, detail } of problems) world.violate(rule, detail)
    if (inbound === 'message' && reply && 'stream' in reply && reply.stream.id === undefined) {
      world.violate('stream-id', '第一次回答必须带 stream.id')
      return undefined
    }
    return reply
  }

  /** Shows a new card unless its task id was used before; returns the ids of what appeared. */
  function showCard(place: Place, card: Card): string[] {
    if (card.task_id !== undefined && !platform.tasks.take('robot', card.task_id)) {
      world.violate('task-id-reused', `task_id ${card.task_id} 用过了`)
      return []
    }
    const entry = world.add({
      ...place,
      from: { type: 'robot' },
      body: { type: 'card', view: { card }, seenBy: {} },
      state: 'done',
      feedbackId: card.feedback?.id,
    })
    return [entry.id]
  }

  /** Shows the answer to a message said at `since` to its end; `chat` goes into the refreshes. */
  async function show(place: Place, reply: RobotReply, chat: Wire, since: Date): Promise<string[]> {
    if (reply.type === 'template_card') return showCard(place, reply.card)
    if (reply.type !== 'stream' && reply.type !== 'stream_with_template_card') return []
    const bubble = world.add({
      ...place,
      from: { type: 'robot' },
      body: { type: 'markdown', text: reply.stream.content },
      state: reply.stream.finish ? 'done' : 'streaming',
      feedbackId: reply.stream.feedbackId,
    })
    const cards = reply.type === 'stream_with_template_card' && reply.card ? showCard(place, reply.card) : []
    if (!reply.stream.finish) {
      for await (const snapshot of snapshots(reply.stream.id ?? '', chat, bubble.id, since)) {
        update(bubble.id, snapshot.stream)
        if (!snapshot.card) continue
        if (cards.length > 0) world.violate('card-once', '一条消息只能带一张卡片')
        else cards.push(...showCard(place, snapshot.card))
      }
    }
    return [bubble.id, ...cards]
  }

  /** Asks until the stream is finished, at most six minutes from the person's message (path 100719). */
  async function* snapshots(streamId: string, chat: Wire, bubbleId: string, since: Date) {
    let lost = 0
    for (let polls = 1; ; polls++) {
      await sleep(platform.pollMs, undefined, { signal: platform.signal }).catch(() => undefined)
      if (platform.signal.aborted) return
      if (Math.max(clock.now().getTime() - since.getTime(), polls * platform.pollMs) > STREAM_WINDOW_MS) {
        world.violate('stream-window', `流式消息 ${streamId} 六分钟内没有结束`)
        world.change(bubbleId, { state: 'failed', note: '机器人没有把话说完' })
        return
      }
      const snapshot = await refresh(chat, streamId)
      lost = snapshot ? 0 : lost + 1
      if (lost === REFRESH_ATTEMPTS) {
        world.change(bubbleId, { state: 'failed', note: '机器人没有把话说完' })
        return
      }
      if (snapshot) yield snapshot
      if (snapshot?.stream.finish) return
    }
  }

  async function refresh(chat: Wire, streamId: string): Promise<{ stream: Stream; card?: Card } | undefined> {
    const message = { msgid: world.nextId('MSG'), ...chat, msgtype: 'stream', stream: { id: streamId } }
    const answer = await line.ask(JSON.stringify(message), 1)
    if (answer.type === 'empty') world.violate('refresh-empty', '流式刷新要回答当前的全文')
    if (answer.type !== 'plain') return undefined
    const reply = read('refresh', answer.text)
    if (reply?.type !== 'stream' && reply?.type !== 'stream_with_template_card') return undefined
    if (reply.stream.id !== undefined && reply.stream.id !== streamId) {
      world.violate('stream-id', `问的是流 ${streamId}，答的是 ${reply.stream.id}`)
      return undefined
    }
    return { stream: reply.stream, card: reply.type === 'stream' ? undefined : reply.card }
  }

  function update(bubbleId: string, stream: Stream): void {
    const before = world.entries.get(bubbleId)?.body
    if (stream.finish && stream.content === '' && before?.type === 'markdown' && before.text !== '')
      world.violate('stream-emptied', '最后一次刷新没有全文，已经显示的话会消失')
    world.change(bubbleId, {
      body: { type: 'markdown', text: stream.content },
      state: stream.finish ? 'done' : 'streaming',
    })
  }

  return { read, showCard, show }
}
