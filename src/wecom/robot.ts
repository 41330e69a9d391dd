/** Messages to the smart robot (智能机器人), decrypted JSON: path 100719, 101027. */

import { z } from 'zod'
import type { Content, InboundMessage, Media } from '../messages.ts'
import { clickOf } from './cards.ts'
import { EnvelopeError } from './envelope.ts'
import { withoutMention } from './mention.ts'

/**
 * What a member did. Undefined when nobody did anything, as when WeCom reports a change of its own.
 * @throws EnvelopeError 'malformed' when a known kind lacks what it needs
 */
export function parseRobotMessage(plaintext: string, robotName: string): InboundMessage | undefined {
  const callback = parse(Callback, json(plaintext))
  if (callback.from === undefined) return undefined
  const from = callback.from.userid.toLowerCase()
  const chat = chatOf(callback)
  const content = contentOf(callback)
  return {
    id: `robot:${callback.msgid}:${from}`,
    channel: 'robot',
    from,
    chat,
    content: chat.type === 'group' ? unmentioned(content, robotName) : content,
    ...(callback.quote && { quote: quoteOf(callback.quote) }),
    ...(callback.response_url && { responseUrl: callback.response_url }),
  }
}

const id = z.string().min(1).max(256)
const url = z.string().trim().min(1).max(4096)

const Callback = z.looseObject({
  msgid: id,
  from: z.looseObject({ userid: z.string().min(1).max(64) }).optional(),
  chatid: z.string().max(256).optional(),
  chattype: z.string().optional(),
  response_url: url.optional(),
  msgtype: z.string().max(64),
  quote: z.looseObject({ msgtype: z.string().max(64) }).optional(),
})
type Callback = z.infer<typeof Callback>

/** The tables of the page write `eventkey`, its samples `event_key`: fields are read by either name. */
const runTogether = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess(
    (given) =>
      typeof given === 'object' && given !== null && !Array.isArray(given)
        ? Object.fromEntries(Object.entries(given).map(([name, value]) => [name.replaceAll('_', ''), value]))
        : given,
    z.object(shape),
  )

/** One thing may come bare instead of in a list of one. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform((single) => [single])]).default([])

const Text = z.object({ text: z.object({ content: z.string() }) })
const Voice = z.object({ voice: z.object({ content: z.string() }) })
const WithUrl = z.object({ url })
const Mixed = z.object({
  mixed: z.object({ msg_item: z.array(z.looseObject({ msgtype: z.string() })).max(100) }),
})
const Refresh = z.object({ stream: z.object({ id }) })
const Event = z.object({ event: z.looseObject({ eventtype: z.string().max(64) }) })
const Feedback = z.object({
  id: z.string(),
  type: z.int(),
  content: z.string().default(''),
  inaccurate_reason_list: z.array(z.int()).default([]),
})
const Click = runTogether({
  eventkey: z.string().max(1024).default(''),
  taskid: z.string().max(256).default(''),
  selecteditems: runTogether({
    selecteditem: listOf(
      runTogether({
        questionkey: z.string().max(1024),
        optionids: runTogether({ optionid: listOf(z.string().max(1024)) }).optional(),
      }),
    ),
  }).optional(),
})

function contentOf(callback: Record<string, unknown> & { msgtype: string }): Content {
  switch (callback.msgtype) {
    case 'text':
      return { type: 'text', text: parse(Text, callback).text.content }
    case 'voice':
      return { type: 'voice', text: parse(Voice, callback).voice.content }
    case 'image':
    case 'file':
    case 'video':
      return { type: callback.msgtype, media: mediaOf(callback[callback.msgtype]) }
    case 'mixed':
      return mixedOf(callback)
    case 'stream':
      return { type: 'refresh', streamId: parse(Refresh, callback).stream.id }
    case 'event':
      return eventOf(parse(Event, callback).event)
    default:
      return { type: 'unknown', kind: callback.msgtype }
  }
}

function mixedOf(callback: unknown): Content {
  const texts: string[] = []
  const pictures: Media[] = []
  for (const item of parse(Mixed, callback).mixed.msg_item) {
    if (item.msgtype === 'text') texts.push(parse(Text, item).text.content)
    if (item.msgtype === 'image') pictures.push(mediaOf(item.image))
  }
  return { type: 'mixed', text: texts.join('\n'), pictures }
}

function eventOf(event: Record<string, unknown> & { eventtype: string }): Content {
  switch (event.eventtype) {
    case 'enter_chat':
      return { type: 'entered' }
    case 'template_card_event':
      // Real frames nest the fields; the types of the official SDK have them directly under `event`.
      return clicked(parse(Click, event.template_card_event ?? event))
    case 'feedback_event':
      return feedbackOf(parse(Feedback, event.feedback_event))
    default:
      return { type: 'unknown', kind: `event:${event.eventtype}` }
  }
}

function clicked(click: z.infer<typeof Click>): Content {
  const selected = (click.selecteditems?.selecteditem ?? []).map((item): [string, string[]] => [
    item.questionkey,
    item.optionids?.optionid ?? [],
  ])
  return clickOf({ cardId: click.taskid, key: click.eventkey, selected: Object.fromEntries(selected) })
}

const VERDICTS = [undefined, 'accurate', 'inaccurate', 'withdrawn'] as const
const REASONS = [undefined, '与问题无关', '内容不完整', '内容有误', '数据分析有误']

function feedbackOf(feedback: z.infer<typeof Feedback>): Content {
  const verdict = VERDICTS[feedback.type]
  if (verdict === undefined) return { type: 'unknown', kind: `feedback:${feedback.type}` }
  const reasons = feedback.inaccurate_reason_list.map((reason) => REASONS[reason])
  const comment = [...reasons, feedback.content].filter(Boolean).join('；')
  return { type: 'feedback', about: feedback.id, verdict, comment }
}

/** A quote is a courtesy: one that cannot be read is kept as unknown and does not spoil the message. */
function quoteOf(quote: Record<string, unknown> & { msgtype: string }): Content {
  try {
    return contentOf(quote)
  } catch (error) {
    if (error instanceof EnvelopeError) return { type: 'unknown', kind: quote.msgtype }
    throw error
  }
}

const mediaOf = (given: unknown): Media => ({ from: 'url', url: parse(WithUrl, given).url })

/**
 * Whether others read along decides what may be said, so in doubt it is a group. `enter_chat` happens in single
 * chats only and may lack the type (path 101027).
 */
function chatOf(callback: Callback): InboundMessage['chat'] {
  const { chattype, chatid } = callback
  const entered = chattype === undefined && isEntering(callback)
  if (chattype === 'group' || (chattype !== 'single' && chatid !== undefined && !entered)) {
    return { type: 'group', id: chatid ?? '' }
  }
  return { type: 'single' }
}

const isEntering = (callback: Callback) =>
  callback.msgtype === 'event' && parse(Event, callback).event.eventtype === 'enter_chat'

function unmentioned(content: Content, robotName: string): Content {
  return content.type === 'text' || content.type === 'mixed'
    ? { ...content, text: withoutMention(content.text, robotName) }
    : content
}

function json(plaintext: string): unknown {
  try {
    return JSON.parse(plaintext)
  } catch {
    // The cause would quote the message.
    throw new EnvelopeError('malformed', 'the message is not JSON')
  }
}

function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new EnvelopeError('malformed', `the message lacks or misuses ${fields}`)
}
