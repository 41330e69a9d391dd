/** Messages to the self-built app (自建应用), decrypted XML: path 90239, 90240. */

import { z } from 'zod'
import type { Content, InboundMessage, Media } from '../messages.ts'
import { clickOf } from './cards.ts'
import { EnvelopeError } from './envelope.ts'
import { childrenOf, parseXml, textOf, type XmlElement } from './xml.ts'

/**
 * The encrypted text of a request. The other two outer values are not covered by the signature and are left alone.
 * @throws EnvelopeError 'malformed'
 */
export function parseAppEnvelope(body: string): string {
  const encrypted = textOf(parseXml(body), 'Encrypt').trim()
  if (encrypted === '') throw new EnvelopeError('malformed', 'the envelope is empty')
  return encrypted
}

/** What every message has. */
const Head = z.object({
  from: z.string().min(1).max(64),
  createTime: z.string().regex(/^\d{1,12}$/),
  type: z.string().min(1).max(64),
  /** A 64-bit number that a JavaScript number cannot hold. */
  messageId: z.string().regex(/^\d{0,20}$/),
  agentId: z.string().max(20),
})

/**
 * What a member did in the app. WeCom's own events come from `sys` and are `unknown`.
 * @throws EnvelopeError 'malformed' when a known kind lacks what it needs, 'receiveId' when another app is meant
 * @returns the message, and its sender as WeCom spells the id, for the head of the reply
 */
export function parseAppMessage(
  plaintext: string,
  agentId: number,
): { message: InboundMessage; sender: string } {
  const xml = parseXml(plaintext)
  const head = Head.safeParse({
    from: textOf(xml, 'FromUserName').trim(),
    createTime: textOf(xml, 'CreateTime').trim(),
    type: textOf(xml, 'MsgType').trim(),
    messageId: textOf(xml, 'MsgId').trim(),
    agentId: textOf(xml, 'AgentID').trim(),
  })
  if (!head.success) malformed(head.error.issues.map((issue) => issue.path.join('.')).join(', '))
  const { from, createTime, type, messageId } = head.data
  // Events of the whole enterprise may come without the number of an app (path 90240).
  if (head.data.agentId !== '' && head.data.agentId !== String(agentId)) {
    throw new EnvelopeError('receiveId', 'the message is for another app')
  }
  const user = from.toLowerCase()
  return {
    sender: from,
    message: {
      id:
        type === 'event' ? eventId(xml, user, createTime) : `app:${messageId || malformed('MsgId')}:${user}`,
      channel: 'app',
      from: user,
      chat: { type: 'single' },
      content: type === 'event' ? eventOf(xml) : messageOf(type, xml),
    },
  }
}

/** Path 90238 advises sender and second; two events of one second differ in the rest. */
const eventId = (xml: XmlElement, user: string, createTime: string) =>
  `app:${[user, createTime, ...['Event', 'EventKey', 'TaskId'].map((name) => textOf(xml, name))].join('|')}`

function messageOf(type: string, xml: XmlElement): Content {
  switch (type) {
    case 'text':
      return { type: 'text', text: textOf(xml, 'Content') }
    case 'voice': {
      // Undocumented, but seen: the speech as text.
      const heard = textOf(xml, 'Recognition').trim()
      return heard === '' ? { type: 'audio', media: mediaOf(xml) } : { type: 'voice', text: heard }
    }
    case 'image':
    case 'video':
    case 'file':
      return { type, media: mediaOf(xml) }
    case 'location': {
      const label = textOf(xml, 'Label').trim()
      return { type: 'location', label: label || `${textOf(xml, 'Location_X')},${textOf(xml, 'Location_Y')}` }
    }
    case 'link':
      return { type: 'link', title: textOf(xml, 'Title'), url: textOf(xml, 'Url').trim() }
    default:
      return { type: 'unknown', kind: type }
  }
}

function eventOf(xml: XmlElement): Content {
  const event = textOf(xml, 'Event').trim()
  switch (event) {
    case 'enter_agent':
    case 'subscribe':
      return { type: 'entered' }
    // The key of a menu entry is the word it stands for.
    case 'click':
      return { type: 'text', text: textOf(xml, 'EventKey') }
    case 'template_card_event':
    case 'template_card_menu_event':
      return clicked(xml)
    default:
      return { type: 'unknown', kind: `event:${event}` }
  }
}

function clicked(xml: XmlElement): Content {
  const items = childrenOf(childrenOf(xml, 'SelectedItems')[0], 'SelectedItem')
  const selected = items.map((item): [string, string[]] => [
    textOf(item, 'QuestionKey'),
    childrenOf(childrenOf(item, 'OptionIds')[0], 'OptionId').map((option) => option.text),
  ])
  const responseCode = textOf(xml, 'ResponseCode').trim()
  return clickOf({
    cardId: textOf(xml, 'TaskId').trim(),
    key: textOf(xml, 'EventKey'),
    selected: Object.fromEntries(selected),
    ...(responseCode !== '' && { responseCode }),
  })
}

function mediaOf(xml: XmlElement): Media {
  const mediaId = textOf(xml, 'MediaId').trim() || malformed('MediaId')
  const name = textOf(xml, 'FileName').trim()
  return { from: 'mediaId', mediaId, ...(name !== '' && { name }) }
}

function malformed(what: string): never {
  throw new EnvelopeError('malformed', `the message lacks or misuses ${what}`)
}
