/** Passive replies of the smart robot, as JSON before encryption: path 101031. */

import type { Answer, Content, InboundMessage } from '../messages.ts'
import { noticeOf, renderCard, renderNotice, type TemplateCard } from './cards.ts'
import { isFileLink, robotText } from './markup.ts'
import { cutBytes, ROBOT_TEXT_BYTES } from './text.ts'

type Stream = { id: string; finish: boolean; content: string; feedback?: { id: string } }
type StreamReply = { msgtype: 'stream'; stream: Stream }
type StreamAndCard = { msgtype: 'stream_with_template_card'; stream: Stream; template_card: TemplateCard }
type TextReply = { msgtype: 'text'; text: { content: string } }
type CardUpdate = {
  response_type: 'update_template_card'
  userids?: string[]
  template_card: TemplateCard
}

/** Which reply WeCom takes for what; any other is silently dropped (the permission matrix of path 101031). */
type RepliesTo = {
  message: StreamReply | StreamAndCard | undefined
  refresh: StreamReply | StreamAndCard
  entered: TextReply | undefined
  click: CardUpdate | undefined
  nothing: undefined
}

/** No limit is documented for the welcome; that of the app's texts is kept. */
const WELCOME_BYTES = 2048

/**
 * The reply as JSON text, '' for the empty answer.
 * @param publicUrl where the notice that replaces a clicked card leads, and all our links to files
 */
export function renderRobotReply(
  message: InboundMessage,
  answer: Answer | undefined,
  publicUrl: string,
): string {
  const reply = replyTo(message, answer, publicUrl)
  return reply === undefined ? '' : JSON.stringify(reply)
}

function replyTo(
  message: InboundMessage,
  answer: Answer | undefined,
  publicUrl: string,
): RepliesTo[keyof RepliesTo] {
  const { content } = message
  switch (content.type) {
    case 'text':
    case 'voice':
    case 'mixed':
    case 'file':
    case 'image':
    case 'video':
    case 'audio':
    case 'location':
    case 'link':
      return answer && toMessage(answer, publicUrl)
    case 'refresh':
      return toRefresh(content.streamId, answer, publicUrl)
    case 'entered':
      return answer && toEntering(answer)
    case 'click':
      return answer && toClick(message, content, answer, publicUrl)
    case 'feedback':
      return undefined
    case 'unknown':
      return content.kind.startsWith('event:') || content.kind.startsWith('feedback:')
        ? undefined
        : answer && toMessage(answer, publicUrl)
  }
}

/** The card goes with the last part only: it may be sent once per message. */
function toMessage(
  { reply, streamId, finished, asked }: Answer,
  publicUrl: string,
): StreamReply | StreamAndCard {
  const stream = {
    id: streamId,
    finish: finished,
    content: cutBytes(robotText(reply.text, isFileLink(publicUrl)), ROBOT_TEXT_BYTES),
    // What comes back with a thumb up or down.
    ...(asked !== undefined && { feedback: { id: streamId } }),
  }
  const card = finished && reply.card ? renderCard(reply.card, 'robot') : undefined
  return card
    ? { msgtype: 'stream_with_template_card', stream, template_card: card }
    : { msgtype: 'stream', stream }
}

/** A refresh must be answered by its own stream; one nobody knows is ended, so that WeCom stops asking. */
function toRefresh(streamId: string, answer: Answer | undefined, publicUrl: string): RepliesTo['refresh'] {
  if (answer) return toMessage({ ...answer, streamId }, publicUrl)
  return {
    msgtype: 'stream',
    stream: { id: streamId, finish: true, content: '这条回答没有保存下来，请再问一次。' },
  }
}

function toEntering({ reply }: Answer): RepliesTo['entered'] {
  return { msgtype: 'text', text: { content: cutBytes(reply.text, WELCOME_BYTES) } }
}

/** The buttons of what comes next, under the id of the card they replace; what was chosen stands small above them. */
function nextCard(cardId: string, { reply, notice }: Answer): TemplateCard | undefined {
  return reply.card && renderCard({ ...reply.card, id: cardId }, 'robot', notice ?? reply.text)
}

/** Only the card can be changed here; the words of the answer leave as a message of their own. */
function toClick(
  message: InboundMessage,
  click: Extract<Content, { type: 'click' }>,
  answer: Answer,
  publicUrl: string,
): RepliesTo['click'] {
  // Without the id of the card WeCom does not know which to replace.
  if (click.cardId === '') return undefined
  return {
    response_type: 'update_template_card',
    // Without a list the card would change for everybody in the group.
    ...(message.chat.type === 'group' && { userids: [message.from] }),
    template_card: nextCard(click.cardId, answer) ?? renderNotice(click.cardId, noticeOf(answer), publicUrl),
  }
}
