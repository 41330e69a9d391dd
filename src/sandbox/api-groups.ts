import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Calls, Refusal } from './api-call.ts'
import { messageBody } from './api-messages.ts'
import { readCard } from './card-rules.ts'
import type { Group } from './cast.ts'
import { pictureType } from './media.ts'
import { openPacing } from './pacing.ts'
import { type Platform, sameId } from './platform.ts'
import type { Body } from './world.ts'

/** Into groups: the push robot of a group by its key (path 91770) and the app's own group chats (path 90244). */

const webhookLimits = [{ most: 20, inMs: 60_000 }]
const webhookBytes: Record<string, number> = { text: 2048, markdown: 4096, markdown_v2: 4096 }
const WEBHOOK_PICTURE_BYTES = 2 * 1024 * 1024

const Message = z.looseObject({ msgtype: z.string() })
const Text = z.looseObject({
  content: z.string(),
  mentioned_list: z.array(z.string()).optional(),
  mentioned_mobile_list: z.array(z.string()).optional(),
})
const Picture = z.strictObject({ base64: z.string(), md5: z.string() })
const MediaId = z.looseObject({ media_id: z.string() })

const Create = z.strictObject({
  name: z.string().optional(),
  owner: z.string().optional(),
  userlist: z.array(z.string()),
  chatid: z
    .string()
    .regex(/^[0-9a-zA-Z]{1,32}$/)
    .optional(),
})
const ChatUpdate = z.strictObject({
  chatid: z.string(),
  name: z.string().optional(),
  owner: z.string().optional(),
  add_user_list: z.array(z.string()).optional(),
  del_user_list: z.array(z.string()).optional(),
})

export function groupCalls(platform: Platform): Calls {
  const { world, groups } = platform
  const pacing = openPacing(platform.clock)
  /** The ids of groups this app created; it can reach no others. */
  const own = new Set<string>()

  const ownGroup = (chatId: string): Group => {
    const group = groups.find((one) => one.chatId === chatId)
    if (!group) throw new Refusal(86003, 'chatid unknown')
    if (!own.has(chatId)) throw new Refusal(86008, 'the group belongs to another app')
    return group
  }

  function push(key: string, message: z.infer<typeof Message>) {
    const group = groups.find((one) => one.webhookKey === key)
    if (!group) throw new Refusal(93000, 'invalid webhook key')
    if (!pacing.take(key, webhookLimits)) throw new Refusal(45009, 'api freq out of limit: 20 a minute')
    const { body, mentions } = pushed(key, message.msgtype, message[message.msgtype])
    const outsiders = mentions.filter(
      (user) => user !== '@all' && !group.members.some((member) => sameId(member, user)),
    )
    if (outsiders.length > 0) world.violate('webhook-mention', `群里没有：${outsiders.join('、')}`)
    const conversation = `group:${group.chatId}`
    world.add({ conversation, from: { type: 'groupRobot' }, body, state: 'done', mentions })
    return {}
  }

  function pushed(key: string, type: string, value: unknown): { body: Body; mentions: string[] } {
    const most = webhookBytes[type]
    if (most !== undefined) {
      const text = shaped(Text, type, value)
      if (text.content === '') throw new Refusal(44004, 'empty content')
      if (Buffer.byteLength(text.content) > most) throw new Refusal(45002, `content exceeds ${most} bytes`)
      const inline = [...text.content.matchAll(/<@([^>]+)>/g)].map((found) => found[1] ?? '')
      if (type === 'markdown_v2' && inline.length > 0)
        world.violate('webhook-mention', 'markdown_v2 不能 @ 人')
      const body: Body = { type: type === 'text' ? 'text' : 'markdown', text: text.content }
      return { body, mentions: [...(text.mentioned_list ?? []), ...inline] }
    }
    if (type === 'image') {
      const picture = shaped(Picture, type, value)
      if (/\s/.test(picture.base64)) throw new Refusal(40058, 'base64 with line breaks')
      const bytes = Buffer.from(picture.base64, 'base64')
      if (!pictureType(bytes)) throw new Refusal(40005, 'neither JPG nor PNG')
      if (bytes.length > WEBHOOK_PICTURE_BYTES) throw new Refusal(40009, 'image too large')
      if (createHash('md5').update(bytes).digest('hex') !== picture.md5)
        throw new Refusal(301019, 'md5 mismatch')
      return { body: { type: 'image', attachment: { name: 'picture.png', bytes } }, mentions: [] }
    }
    if (type === 'file') {
      const file = platform.media.find(shaped(MediaId, type, value).media_id, key)
      if (!file) throw new Refusal(40007, 'invalid media_id')
      return { body: { type: 'file', attachment: { name: file.name, bytes: file.bytes } }, mentions: [] }
    }
    if (type !== 'template_card') throw new Refusal(40008, `invalid message type ${type}`)
    const { card, problems } = readCard(value, 'webhook')
    if (!card || problems.length > 0) throw new Refusal(40058, `template_card: ${problems.join('；')}`)
    return { body: { type: 'card', view: { card }, seenBy: {} }, mentions: [] }
  }

  return {
    '/cgi-bin/webhook/send': (call) => push(call.query('key'), call.json(Message)),
    '/cgi-bin/appchat/create': (call) => {
      const request = call.json(Create)
      const chatId = request.chatid ?? randomUUID().replaceAll('-', '')
      if (groups.some((group) => group.chatId === chatId)) throw new Refusal(86215, 'chatid exists')
      if (request.userlist.length < 2 || request.userlist.length > 2_000)
        throw new Refusal(86006, 'members must be 2 to 2000')
      if (!request.userlist.every((user) => platform.people.some((one) => sameId(one.userId, user))))
        throw new Refusal(86216, 'illegal member id')
      if (request.owner !== undefined && !request.userlist.includes(request.owner))
        throw new Refusal(86207, 'owner not among members')
      own.add(chatId)
      const name = (request.name ?? '群聊').slice(0, 50)
      groups.push({ chatId, name, webhookKey: randomUUID(), members: request.userlist })
      return { chatid: chatId }
    },
    '/cgi-bin/appchat/update': (call) => {
      const request = call.json(ChatUpdate)
      const group = ownGroup(request.chatid)
      group.name = request.name ?? group.name
      group.members = [
        ...group.members.filter((member) => !request.del_user_list?.includes(member)),
        ...(request.add_user_list ?? []),
      ]
      return {}
    },
    '/cgi-bin/appchat/get': (call) => {
      const group = ownGroup(call.query('chatid'))
      const [owner] = group.members
      return {
        chat_info: { chatid: group.chatId, name: group.name, owner, userlist: group.members, chat_type: 0 },
      }
    },
    '/cgi-bin/appchat/send': (call) => {
      const request = call.json(Message.extend({ chatid: z.string() }))
      const group = ownGroup(request.chatid)
      if (request.msgtype === 'template_card') throw new Refusal(40008, 'no cards in appchat')
      const value = request[request.msgtype]
      const body = messageBody(platform, request.msgtype, value)
      const mentions = request.msgtype === 'text' ? (shaped(Text, 'text', value).mentioned_list ?? []) : []
      const conversation = `group:${group.chatId}`
      world.add({ conversation, from: { type: 'app' }, body, state: 'done', mentions })
      return {}
    },
  }
}

function shaped<T>(shape: z.ZodType<T>, type: string, value: unknown): T {
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw new Refusal(40058, `invalid ${type}`)
  return parsed.data
}
