/** What we ask of WeCom: path 91039 (token), 90236 (send), 94888 (cards), 90253 (media). */

import { createHash } from 'node:crypto'
import { Agent } from 'undici'
import { z } from 'zod'
import type { Card, UserId } from '../messages.ts'
import { answerOf, gatewayError } from './answer.ts'
import { renderCard } from './cards.ts'
import { fileNameOf } from './content-disposition.ts'
import { decryptMedia, EnvelopeError } from './envelope.ts'
import { MediaError, NetworkError, WecomError } from './errors.ts'
import { type Exchange, exchange } from './exchange.ts'
import { multipart } from './multipart.ts'
import { isTrial, publicAgent } from './public-address.ts'
import { APP_TEXT_BYTES, cutBytes } from './text.ts'

const CALL_MS = 10_000
const FILE_MS = 60_000
const UPLOAD_MS = 30_000
const ANSWER_BYTES = 1024 * 1024
/** Temporary media: more than 5 bytes, a file at most 20 MB; of pictures older pages say 2 MB (path 90253). */
const UPLOAD_BYTES = {
  file: { least: 6, most: 20 * 1024 * 1024 },
  image: { least: 6, most: 2 * 1024 * 1024 },
}
const REFRESH_SECONDS = 5 * 60
/** A wrong secret asked for again and again gets the address blocked (path 90312). */
const REFUSED_MS = 60_000

/** So long WeCom drops a message it has had before (path 90236: at most four hours). */
export const SAME_MESSAGE_MS = 3 * 60 * 60 * 1000

/**
 * WeCom takes requests that are equal as JSON for the same message. The interval is part of it, so that what is
 * rightly said twice under different keys arrives twice.
 */
const intervalOf = (key: string): number =>
  SAME_MESSAGE_MS / 1000 + (createHash('sha256').update(key).digest().readUInt32BE() % 3600)

export type WecomOptions = {
  /** https://qyapi.weixin.qq.com, or a stand-in. */
  base: string
  corpId: string
  secret: string
  agentId: number
  clock: { now(): Date }
}

/** The self-built app towards WeCom. Keeps its token alive; holds nothing else. */
export class WecomClient {
  #options: WecomOptions
  #token: { value: string; goodUntil: number } | undefined
  #fetching: Promise<string> | undefined
  #refused: { error: WecomError; at: number } | undefined

  constructor(options: WecomOptions) {
    this.#options = options
  }

  /**
   * A text to one person, of at most 2048 bytes. The same text under the same `key` arrives once within
   * SAME_MESSAGE_MS, so a repetition after a doubtful outcome is harmless; under another key it arrives again.
   * @throws WecomError, NetworkError
   */
  async sendText(to: UserId, text: string, key: string): Promise<void> {
    // WeCom would cut it without a word.
    if (Buffer.byteLength(text) > APP_TEXT_BYTES) throw new WecomError(45002, 'the text must be split first')
    await this.#send(to, { msgtype: 'text', text: { content: text } }, key)
  }

  /**
   * A card to one person, once under its key as a text. Does nothing for a card WeCom would refuse: its words
   * have gone out as text.
   */
  async sendCard(to: UserId, card: Card, key: string): Promise<void> {
    const rendered = renderCard(card, 'app')
    if (!rendered) return
    await this.#send(to, { msgtype: 'template_card', template_card: rendered }, key)
  }

  /** An uploaded file to one person, once under its key as a text. */
  async sendFile(to: UserId, mediaId: string, key: string): Promise<void> {
    await this.#send(to, { msgtype: 'file', file: { media_id: mediaId } }, key)
  }

  /** An uploaded picture to one person, once under its key as a text. */
  async sendImage(to: UserId, mediaId: string, key: string): Promise<void> {
    await this.#send(to, { msgtype: 'image', image: { media_id: mediaId } }, key)
  }

  /**
   * A text of at most 2048 bytes into a group chat of this app, mentioning members by id (path 90248). There is no
   * key against repetition: a NetworkError with `maybeDelivered` leaves the outcome unknown.
   */
  async sendToChat(chatId: string, text: string, mentions: readonly string[]): Promise<void> {
    const content = cutBytes(text, APP_TEXT_BYTES)
    await this.#sendToChat(chatId, { msgtype: 'text', text: { content, mentioned_list: mentions } })
  }

  /** An uploaded file into a group chat of this app; as a text into one, it knows no repetition. */
  async sendFileToChat(chatId: string, mediaId: string): Promise<void> {
    await this.#sendToChat(chatId, { msgtype: 'file', file: { media_id: mediaId } })
  }

  /** An uploaded picture into a group chat of this app, in the same way. */
  async sendImageToChat(chatId: string, mediaId: string): Promise<void> {
    await this.#sendToChat(chatId, { msgtype: 'image', image: { media_id: mediaId } })
  }

  async #sendToChat(chatid: string, message: object): Promise<void> {
    const Answer = z.looseObject({ errcode: z.literal(0) })
    await this.#post('/cgi-bin/appchat/send', Answer, { chatid, ...message, safe: 0 })
  }

  /** Uploads a file or picture for three days and returns its media id. `name` is what its receivers see. */
  async upload(name: string, bytes: Buffer, type: 'file' | 'image' = 'file'): Promise<string> {
    const { least, most } = UPLOAD_BYTES[type]
    if (bytes.length < least) throw new WecomError(44001, 'the file is empty')
    if (bytes.length > most) throw new WecomError(45001, `the ${type} has more than ${most} bytes`)
    const form = multipart(name, bytes)
    const answer = await this.#call('/cgi-bin/media/upload', { type }, Uploaded, {
      method: 'POST',
      headers: { 'Content-Type': form.type },
      body: form.body,
      timeoutMs: UPLOAD_MS,
      maxBytes: ANSWER_BYTES,
    })
    return answer.media_id
  }

  /**
   * A file a member sent to the app.
   * @throws MediaError 'size' when it has more than `maxBytes`
   */
  async downloadMedia(
    mediaId: string,
    { maxBytes = UPLOAD_BYTES.file.most } = {},
  ): Promise<{ name?: string; bytes: Buffer }> {
    return this.#withToken(async (token) => {
      const url = this.#url('/cgi-bin/media/get', { access_token: token, media_id: mediaId })
      const received = await exchange(url, { timeoutMs: FILE_MS, maxBytes })
      const disposition = received.header('content-disposition')
      // A refusal comes as JSON; so may a file, but that has a name.
      if (disposition === undefined && /json/.test(received.header('content-type') ?? '')) {
        const refusal = answerOf(received, z.looseObject({}))
        throw new MediaError('content', `an answer without a file: ${Object.keys(refusal).join(', ')}`)
      }
      if (received.status !== 200) throw gatewayError(received)
      const name = fileNameOf(disposition)
      return { bytes: received.bytes, ...(name !== undefined && { name }) }
    })
  }

  /** Greys the buttons of a card for one person. Each code works once within 72 hours. */
  async updateCardButton(responseCode: string, userId: UserId, text: string): Promise<void> {
    const answer = await this.#post('/cgi-bin/message/update_template_card', Updated, {
      userids: [userId],
      agentid: this.#options.agentId,
      response_code: responseCode,
      button: { replace_name: text },
    })
    refuseIfListed(userId, { invaliduser: answer.invaliduser?.join('|') })
  }

  async #send(to: UserId, message: object, key: string): Promise<void> {
    // Neither everybody nor several: each message has one receiver.
    if (!/^[0-9a-z][0-9a-z_@.-]{0,63}$/i.test(to)) throw new WecomError(40003, 'not the id of one person')
    const answer = await this.#post('/cgi-bin/message/send', Sent, {
      touser: to,
      agentid: this.#options.agentId,
      ...message,
      enable_duplicate_check: 1,
      duplicate_check_interval: intervalOf(key),
    })
    // Errcode 0 only says that somebody got it.
    refuseIfListed(to, answer)
  }

  #post<T>(path: string, schema: z.ZodType<T>, body: object): Promise<T> {
    return this.#call(path, {}, schema, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      timeoutMs: CALL_MS,
      maxBytes: ANSWER_BYTES,
    })
  }

  #call<T>(path: string, query: Record<string, string>, schema: z.ZodType<T>, how: Exchange): Promise<T> {
    return this.#withToken(async (token) => {
      const received = await exchange(this.#url(path, { access_token: token, ...query }), how)
      return answerOf(received, schema)
    })
  }

  /** WeCom may withdraw a token early; then, once, a new one is fetched and the call repeated. */
  async #withToken<T>(act: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#getToken()
    try {
      return await act(token)
    } catch (error) {
      if (!(error instanceof WecomError) || error.handling !== 'A') throw error
      // Another call may have replaced it already.
      if (this.#token?.value === token) this.#token = undefined
      return act(await this.#getToken())
    }
  }

  async #getToken(): Promise<string> {
    const now = this.#options.clock.now().getTime()
    if (this.#token && now < this.#token.goodUntil) return this.#token.value
    // A clock that was put back must not make this last.
    if (this.#refused && Math.abs(now - this.#refused.at) < REFUSED_MS) throw this.#refused.error
    this.#fetching ??= this.#fetchToken(now).finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  async #fetchToken(now: number): Promise<string> {
    const { corpId, secret } = this.#options
    const url = this.#url('/cgi-bin/gettoken', { corpid: corpId, corpsecret: secret })
    try {
      const received = await exchange(url, { timeoutMs: CALL_MS, maxBytes: ANSWER_BYTES })
      const { access_token: value, expires_in: seconds } = answerOf(received, Token, 'gettoken')
      this.#token = { value, goodUntil: now + Math.max(seconds - REFRESH_SECONDS, seconds / 2) * 1000 }
      this.#refused = undefined
      return value
    } catch (error) {
      if (error instanceof WecomError && error.handling === 'F') {
        this.#refused = { error, at: now }
      }
      // The call the token was for has not been made.
      if (error instanceof NetworkError) {
        throw new NetworkError(`no token: ${error.message}`, { maybeDelivered: false, cause: error })
      }
      throw error
    }
  }

  #url(path: string, query: Record<string, string>): URL {
    const url = new URL(path, this.#options.base)
    url.search = new URLSearchParams(query).toString()
    return url
  }
}

/**
 * A file somebody sent to the robot, decrypted; the URL lives for five minutes. The URL comes from outside: https
 * only, no redirects, no host of the house. A trial against a stand-in on loopback may serve files there as well.
 * @throws MediaError, NetworkError
 */
export async function downloadRobotMedia(
  url: string,
  aesKeys: readonly string[],
  { maxBytes, apiBase }: { maxBytes: number; apiBase: string },
): Promise<{ name?: string; bytes: Buffer }> {
  const target = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined
  if (!target) throw new MediaError('address', 'not a URL')
  const dispatcher = isTrial(target, new URL(apiBase)) ? new Agent() : publicAgent(target)
  try {
    // The padding comes on top of the file.
    const received = await exchange(target, { timeoutMs: FILE_MS, maxBytes: maxBytes + 32, dispatcher })
    if (received.status !== 200) throw new MediaError('gone', `the file host answered ${received.status}`)
    const name = fileNameOf(received.header('content-disposition'))
    return { bytes: decrypted(aesKeys, received.bytes), ...(name !== undefined && { name }) }
  } finally {
    void dispatcher.destroy()
  }
}

function decrypted(aesKeys: readonly string[], bytes: Buffer): Buffer {
  try {
    return decryptMedia(aesKeys, bytes)
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error
    throw new MediaError('content', 'the file cannot be decrypted', { cause: error })
  }
}

const Token = z.object({ access_token: z.string().min(1).max(512), expires_in: z.number().positive() })
const Uploaded = z.object({ media_id: z.string().min(1) })
const Sent = z.object({
  errcode: z.literal(0),
  invaliduser: z.string().optional(),
  unlicenseduser: z.string().optional(),
})
const Updated = z.object({ errcode: z.literal(0), invaliduser: z.array(z.string()).optional() })

/** Ids come back in lower case (path 90236). */
function refuseIfListed(
  to: UserId,
  lists: { invaliduser?: string | undefined; unlicenseduser?: string | undefined },
) {
  const isIn = (list = '') => list.toLowerCase().split('|').includes(to.toLowerCase())
  if (isIn(lists.invaliduser)) throw new WecomError(81013, 'the receiver is not in the visible range')
  if (isIn(lists.unlicenseduser))
    throw new WecomError(81013, 'the receiver has no licence for this interface')
}
