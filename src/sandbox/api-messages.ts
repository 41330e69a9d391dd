import { z } from 'zod'
import { type Calls, Refusal } from './api-call.ts'
import { APP_TEXT_BYTES, cutBytes } from './app-replies.ts'
import { callsBack, type Card, readCard } from './card-rules.ts'
import type { Person } from './cast.ts'
import { openPacing } from './pacing.ts'
import { type Platform, sameId } from './platform.ts'
import type { Body, CardView } from './world.ts'

/** message/send, recall and card updates of the app (path 90236, 94867, 94888). */

const Send = z.looseObject({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  msgtype: z.string(),
  agentid: z.int(),
  enable_duplicate_check: z.int().optional(),
  duplicate_check_interval: z.int().max(14_400).optional(),
})
type Send = z.infer<typeof Send>

const Update = z.strictObject({
  userids: z.array(z.string()).optional(),
  partyids: z.array(z.int()).optional(),
  tagids: z.array(z.int()).optional(),
  atall: z.int().optional(),
  agentid: z.int(),
  response_code: z.string(),
  enable_id_trans: z.int().optional(),
  button: z.strictObject({ replace_name: z.string().min(1) }).optional(),
  template_card: z.unknown().optional(),
})

const memberLimits = [
  { most: 30, inMs: 60_000 },
  { most: 1_000, inMs: 3_600_000 },
]
const RECALL_MS = 24 * 3_600_000
const MOST_USERS = 1_000

export function messageCalls(platform: Platform): Calls {
  const { world, clock, app } = platform
  const pacing = openPacing(clock)
  /** The entries of each message id and, beside it, of each card's task id. */
  const sent = new Map<string, { at: number; entryIds: string[] }>()
  const cards = new Map<string, string[]>()
  const recent = new Map<string, number>()

  function receiversOf(send: Send): { people: Person[]; invalid: string[] } {
    const ids = (send.touser ?? '').split('|').filter((id) => id !== '')
    if (ids.length === 0 && !send.toparty && !send.totag)
      throw new Refusal(82001, 'touser toparty totag empty')
    if (ids.length > MOST_USERS) throw new Refusal(40032, 'more than 1000 users')
    if (ids.includes('@all')) return { people: platform.people, invalid: [] }
    const people = platform.people.filter((person) => ids.some((id) => sameId(id, person.userId)))
    const invalid = ids.filter((id) => !people.some((person) => sameId(id, person.userId)))
    if (people.length === 0) throw new Refusal(81013, 'user & party & tag all invalid')
    return { people, invalid: invalid.map((id) => id.toLowerCase()) }
  }

  function isRepeated(send: Send): boolean {
    if (send.enable_duplicate_check !== 1) return false
    const now = clock.now().getTime()
    const key = JSON.stringify(send)
    const before = recent.get(key)
    if (before !== undefined && now - before < (send.duplicate_check_interval ?? 1_800) * 1_000) return true
    recent.set(key, now)
    return false
  }

  function send(request: Send) {
    if (request.agentid !== app.agentId) throw new Refusal(40056, 'invalid agentid')
    const { people, invalid } = receiversOf(request)
    const body = messageBody(platform, request.msgtype, request[request.msgtype])
    const card = body.type === 'card' ? body.view.card : undefined
    const msgid = world.nextId('MSGID_')
    const result = { invaliduser: invalid.join('|'), invalidparty: '', invalidtag: '', msgid }
    if (isRepeated(request)) return result
    if (card?.task_id !== undefined && !platform.tasks.take('app', card.task_id))
      throw new Refusal(42014, `invalid task_id ${card.task_id}: used before`)
    const entryIds = people.flatMap((person) => {
      if (!pacing.take(person.userId, memberLimits)) {
        world.violate('app-member-rate', `一分钟内发给${person.name}的消息超过 30 条，企业微信不再送达`)
        return []
      }
      const conversation = `app:${person.userId}`
      return [
        world.add({ conversation, from: { type: 'app' }, body: structuredClone(body), state: 'done' }).id,
      ]
    })
    sent.set(msgid, { at: clock.now().getTime(), entryIds })
    if (card?.task_id !== undefined) cards.set(card.task_id, entryIds)
    if (!card || !callsBack(card)) return result
    return { ...result, response_code: platform.cardCodes.issue({ taskId: card.task_id ?? '' }) }
  }

  function update(request: z.infer<typeof Update>) {
    if (request.agentid !== app.agentId) throw new Refusal(40056, 'invalid agentid')
    const about = platform.cardCodes.find(request.response_code)
    if (!about) throw new Refusal(40058, 'response_code unknown, used, or older than 72 hours')
    if (!request.button === (request.template_card === undefined))
      throw new Refusal(40058, 'either button or template_card')
    const targets = request.atall === 1 ? platform.people.map((one) => one.userId) : (request.userids ?? [])
    if (targets.length === 0) throw new Refusal(82101, 'update target empty')
    const entries = (cards.get(about.taskId) ?? []).flatMap((id) => world.entries.get(id) ?? [])
    const hit = targets.filter((user) => entries.some((entry) => sameId(entry.conversation, `app:${user}`)))
    if (hit.length === 0) throw new Refusal(82102, 'nobody of them has this card')
    const replacement = request.button ? undefined : goodCard(request.template_card)
    platform.cardCodes.use(request.response_code)
    for (const entry of entries) {
      if (entry.body.type !== 'card' || !hit.some((user) => sameId(entry.conversation, `app:${user}`)))
        continue
      const view: CardView = replacement
        ? {
            card: replacement,
            ...(replacement.replace_text !== undefined && { greyed: replacement.replace_text }),
          }
        : { card: entry.body.view.card, greyed: request.button?.replace_name }
      world.change(entry.id, { body: { type: 'card', view, seenBy: {} } })
    }
    return { invaliduser: targets.filter((user) => !hit.includes(user)) }
  }

  return {
    '/cgi-bin/message/send': (call) => send(call.json(Send)),
    '/cgi-bin/message/update_template_card': (call) => update(call.json(Update)),
    '/cgi-bin/message/recall': (call) => {
      const message = sent.get(call.json(z.strictObject({ msgid: z.string() })).msgid)
      if (!message) throw new Refusal(40058, 'invalid msgid')
      if (clock.now().getTime() - message.at > RECALL_MS) throw new Refusal(42052, 'too old to recall')
      for (const id of message.entryIds) if (world.entries.has(id)) world.change(id, { state: 'recalled' })
      return {}
    },
  }
}

const Content = z.looseObject({ content: z.string() })
const MediaId = z.looseObject({ media_id: z.string() })
const TextCard = z.looseObject({ title: z.string(), description: z.string(), url: z.url() })

/** What a message shows; also what an app may send into its group chats. */
export function messageBody(platform: Platform, type: string, value: unknown): Body {
  switch (type) {
    case 'text':
    case 'markdown': {
      const { content } = need(Content, type, value)
      if (content === '') throw new Refusal(44004, 'content is empty')
      const bytes = Buffer.byteLength(content)
      if (bytes > APP_TEXT_BYTES)
        platform.world.violate(`${type}-bytes`, `${type} ${bytes} 字节，超过 2048 的部分会被截掉`)
      if (type === 'markdown' && /^\s*\|.*\||!\[[^\]]*\]\(/m.test(content))
        platform.world.violate('app-markdown', '应用的 markdown 没有表格和图片')
      return { type, text: cutBytes(content, APP_TEXT_BYTES) }
    }
    case 'file':
    case 'image': {
      const file = platform.media.find(need(MediaId, type, value).media_id, 'corp')
      if (!file || file.type !== type) throw new Refusal(40007, 'invalid media_id')
      return { type, attachment: { name: file.name, bytes: file.bytes } }
    }
    case 'textcard': {
      const { title, description, url } = need(TextCard, type, value)
      if (Buffer.byteLength(title) > 128 || Buffer.byteLength(description) > 512)
        throw new Refusal(45002, 'title or description too long')
      const plain = description.replace(/<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, '')
      return { type: 'markdown', text: `**${title}**\n${plain}\n[详情](${url})` }
    }
    case 'template_card':
      return { type: 'card', view: { card: goodCard(value) }, seenBy: {} }
    default:
      throw new Refusal(40008, `invalid message type ${type}`)
  }
}

function need<T>(shape: z.ZodType<T>, type: string, value: unknown): T {
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw new Refusal(40058, `invalid ${type}`)
  return parsed.data
}

function goodCard(value: unknown): Card {
  const { card, problems } = readCard(value, 'app')
  if (!card || problems.length > 0) throw new Refusal(40058, `template_card: ${problems.join('；')}`)
  return card
}
