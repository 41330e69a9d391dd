import { readAppReply, type AppInbound, type AppReply } from './app-replies.ts'
import type { Line } from './exchange.ts'
import {
  cardSeenBy,
  conversationOf,
  findKey,
  nothing,
  type Outcome,
  outcomeOf,
  personOf,
  type Platform,
  type Saying,
} from './platform.ts'
import type { Entry } from './world.ts'
import { type Elements, writeXml } from './xml.ts'

/** The self-built app's side of WeCom: only what members do in their own chat with the app calls back. */

const ATTEMPTS = 4
const FIRST_MSG_ID = 7_300_000_000_000_000_000n

export function openApp(platform: Platform, line: Line) {
  const { world, clock, app } = platform
  let messages = 0n

  const head = (userId: string, type: string): Elements => ({
    ToUserName: app.corpId,
    FromUserName: userId,
    CreateTime: Math.floor(clock.now().getTime() / 1000),
    MsgType: type,
  })

  async function ask(userId: string, inbound: AppInbound, elements: Elements) {
    const message = `<xml>${writeXml({ ...elements, AgentID: app.agentId })}</xml>`
    const answer = await line.ask(message, ATTEMPTS)
    if (answer.type !== 'plain') return { answer }
    const { reply, problems } = readAppReply(inbound, answer.text, { userId, corpId: app.corpId })
    for (const { rule, detail } of problems) world.violate(rule, detail)
    return { answer, reply }
  }

  async function say(userId: string, saying: Saying): Promise<Outcome> {
    const person = personOf(platform, userId)
    const { quotes: _, ...body } = { quotes: undefined, ...saying }
    const entry = world.add({
      conversation: conversationOf(platform, userId, 'app'),
      from: { type: 'person', userId: person.userId },
      body,
      state: 'waiting',
    })
    const content = contentOf(saying)
    if (!content) {
      world.change(entry.id, { state: 'kept', note: '企业微信不会把它转给应用，请在机器人单聊里发' })
      return nothing
    }
    const { answer, reply } = await ask(person.userId, 'message', {
      ...head(person.userId, content.type),
      ...content.elements,
      MsgId: FIRST_MSG_ID + ++messages,
    })
    world.change(entry.id, answer.type === 'lost' ? { state: 'failed', note: answer.why } : { state: 'sent' })
    return show(person.userId, reply)
  }

  /** Files are not among the messages of an app (path 90239); texts with pictures arrive as neither. */
  function contentOf(saying: Saying): { type: string; elements: Elements } | undefined {
    switch (saying.type) {
      case 'text':
        return { type: 'text', elements: { Content: saying.text } }
      case 'voice': {
        const attachment = { name: 'voice.amr', bytes: Buffer.from(`#!AMR\n${saying.text}`) }
        const mediaId = platform.media.upload(attachment, 'voice', 'corp')
        return { type: 'voice', elements: { MediaId: mediaId, Format: 'amr' } }
      }
      case 'image': {
        const mediaId = platform.media.upload(saying.attachment, 'image', 'corp')
        const url = `${platform.url()}/picture/${mediaId}`
        return { type: 'image', elements: { PicUrl: url, MediaId: mediaId } }
      }
      case 'file':
      case 'mixed':
        return undefined
    }
  }

  function show(userId: string, reply: AppReply | undefined): Outcome {
    if (reply?.type === 'text') {
      const body = { type: 'text', text: reply.text } as const
      const entry = world.add({ conversation: `app:${userId}`, from: { type: 'app' }, body, state: 'done' })
      return outcomeOf(world, [entry.id])
    }
    if (reply?.type !== 'media') return nothing
    const file = platform.media.find(reply.mediaId, 'corp')
    if (!file) {
      world.violate('media-id', `没有这个 media_id：${reply.mediaId}`)
      return nothing
    }
    const body = { type: 'image', attachment: file } as const
    const entry = world.add({ conversation: `app:${userId}`, from: { type: 'app' }, body, state: 'done' })
    return outcomeOf(world, [entry.id])
  }

  async function enter(userId: string): Promise<Outcome> {
    const person = personOf(platform, userId)
    const { reply } = await ask(person.userId, 'enter', {
      ...head(person.userId, 'event'),
      Event: 'enter_agent',
      EventKey: '',
    })
    return show(person.userId, reply)
  }

  /** A press on a button; the passive update is seen by the clicker only (template-cards §6). */
  async function click(userId: string, entry: Entry, key: string, selected: Record<string, string[]>) {
    const person = personOf(platform, userId)
    const { card, greyed } = cardSeenBy(entry, userId)
    const part = findKey(card, greyed !== undefined, key)
    const items = Object.entries(selected).map(([question, ids]) => ({
      QuestionKey: question,
      OptionIds: { OptionId: ids },
    }))
    const { reply } = await ask(person.userId, part === 'menu' ? 'menuEvent' : 'cardEvent', {
      ...head(person.userId, 'event'),
      Event: part === 'menu' ? 'template_card_menu_event' : 'template_card_event',
      EventKey: key,
      TaskId: card.task_id ?? '',
      CardType: card.card_type,
      ResponseCode: platform.cardCodes.issue({ taskId: card.task_id ?? '' }),
      ...(part === 'button' && items.length > 0 && { SelectedItems: { SelectedItem: items } }),
    })
    const body = world.entries.get(entry.id)?.body
    if (body?.type !== 'card') return nothing
    const id = person.userId.toLowerCase()
    if (reply?.type === 'update_button') {
      const seenBy = { ...body.seenBy, [id]: { card, greyed: reply.replaceName } }
      world.change(entry.id, { body: { ...body, seenBy } })
      return outcomeOf(world, [entry.id])
    }
    if (reply?.type === 'update_template_card') {
      const greyedBy = reply.card.replace_text
      const view = { card: reply.card, ...(greyedBy !== undefined && { greyed: greyedBy }) }
      world.change(entry.id, { body: { ...body, seenBy: { ...body.seenBy, [id]: view } } })
      return outcomeOf(world, [entry.id])
    }
    return show(person.userId, reply)
  }

  return { say, enter, click, verify: line.verify }
}
