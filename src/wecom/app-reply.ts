/** Passive replies of the self-built app, as XML before encryption: path 90241. */

import type { Answer, InboundMessage } from '../messages.ts'
import { noticeOf } from './cards.ts'
import { APP_TEXT_BYTES, cutCharacters, splitText } from './text.ts'
import { cdata } from './xml.ts'

/** As long as the text of a button. */
const BUTTON_CHARACTERS = 10

/**
 * The reply as XML text, '' for the empty answer. Of a long text the first piece of
 * `splitText(text, APP_TEXT_BYTES)`: the others, a card, and everything after a click leave by message/send.
 */
export function renderAppReply(
  { message, sender }: { message: InboundMessage; sender: string },
  answer: Answer | undefined,
  corpId: string,
  now: Date,
): string {
  const body = answer && bodyOf(message, answer)
  if (!body) return ''
  const createTime = Math.floor(now.getTime() / 1000)
  // Sender and receiver change places.
  return `<xml><ToUserName>${cdata(sender)}</ToUserName><FromUserName>${cdata(corpId)}</FromUserName><CreateTime>${createTime}</CreateTime>${body}</xml>`
}

function bodyOf({ content }: InboundMessage, answer: Answer): string | undefined {
  if (content.type === 'click') {
    const notice = cutCharacters(noticeOf(answer).split('\n')[0] || '已收到', BUTTON_CHARACTERS)
    return `<MsgType>${cdata('update_button')}</MsgType><Button><ReplaceName>${cdata(notice)}</ReplaceName></Button>`
  }
  // Of the events we do not know some take no text, and none waits for one.
  if (content.type === 'unknown' && content.kind.startsWith('event:')) return undefined
  const [text] = splitText(answer.reply.text, APP_TEXT_BYTES)
  return text && `<MsgType>${cdata('text')}</MsgType><Content>${cdata(text)}</Content>`
}

/** The signed envelope around an encrypted reply; the time is a bare number (path 90238). */
export function appEnvelope(
  sealed: { encrypted: string; signature: string },
  timestamp: string,
  nonce: string,
) {
  return `<xml><Encrypt>${cdata(sealed.encrypted)}</Encrypt><MsgSignature>${cdata(sealed.signature)}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
}
