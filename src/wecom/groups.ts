/** Push robots of groups (群机器人): one-way, by a secret address (path 91770). */

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { answerOf } from './answer.ts'
import { NetworkError, WecomError } from './errors.ts'
import { exchange } from './exchange.ts'
import { multipart } from './multipart.ts'
import { APP_TEXT_BYTES, cutBytes } from './text.ts'

const OFFICIAL = 'https://qyapi.weixin.qq.com'
const PATH = '/cgi-bin/webhook/send'
const UPLOAD_PATH = '/cgi-bin/webhook/upload_media'
const CALL_MS = 10_000
const UPLOAD_MS = 30_000
/** A file: more than 5 bytes, at most 20 MB. */
const FILE_BYTES = { least: 6, most: 20 * 1024 * 1024 }
/** Of a picture before it is written in Base64. */
const MOST_IMAGE_BYTES = 2 * 1024 * 1024
const ANSWER_BYTES = 64 * 1024
const WINDOW_MS = 60_000
/** At most twenty a minute for each robot; it is also told when another process used some of them. */
const MOST_A_MINUTE = 20

const Uploaded = z.looseObject({ media_id: z.string().min(1) })

/** Nobody sees what was only uploaded. */
function unseen(error: unknown): never {
  if (!(error instanceof NetworkError)) throw error
  throw new NetworkError(error.message, { maybeDelivered: false, cause: error })
}

/** Posts into groups, never faster than a robot may. */
export class GroupRobots {
  readonly #apiBase: string
  readonly #clock: { now(): Date }
  readonly #posts = new Map<string, number[]>()

  constructor({ apiBase, clock }: { apiBase: string; clock: { now(): Date } }) {
    this.#apiBase = apiBase
    this.#clock = clock
  }

  /**
   * A text of at most 2048 bytes into the group of a robot, mentioning members by id. There is no key against
   * repetition: a NetworkError with `maybeDelivered` leaves the outcome unknown.
   * @throws WecomError (45009 when the minute is used up), NetworkError
   */
  async post(webhook: string, text: string, mentions: readonly string[]): Promise<void> {
    const content = cutBytes(text, APP_TEXT_BYTES)
    await this.#send(webhook, { msgtype: 'text', text: { content, mentioned_list: mentions } })
  }

  /** A PNG or JPG of at most 2 MB into the group of a robot. @throws as `post` */
  async postImage(webhook: string, bytes: Buffer): Promise<void> {
    if (bytes.length > MOST_IMAGE_BYTES) throw new WecomError(45001, 'the picture has more than 2 MB')
    const md5 = createHash('md5').update(bytes).digest('hex')
    await this.#send(webhook, { msgtype: 'image', image: { base64: bytes.toString('base64'), md5 } })
  }

  /** Uploads a file and posts it into the group; repeated, it stands there twice. @throws as `post` */
  async postFile(webhook: string, name: string, bytes: Buffer): Promise<void> {
    if (bytes.length < FILE_BYTES.least) throw new WecomError(44001, 'the file is empty')
    if (bytes.length > FILE_BYTES.most) throw new WecomError(45001, 'the file has more than 20 MB')
    const url = this.#addressOf(webhook, UPLOAD_PATH)
    url.searchParams.set('type', 'file')
    const { type, body } = multipart(name, bytes)
    const received = await exchange(url, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
      timeoutMs: UPLOAD_MS,
      maxBytes: ANSWER_BYTES,
    }).catch(unseen)
    // Only this robot can post what was uploaded with its key.
    const { media_id } = answerOf(received, Uploaded)
    await this.#send(webhook, { msgtype: 'file', file: { media_id } })
  }

  async #send(webhook: string, message: object): Promise<void> {
    const url = this.#addressOf(webhook, PATH)
    this.#take(url.searchParams.get('key') ?? '')
    const received = await exchange(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(message),
      timeoutMs: CALL_MS,
      maxBytes: ANSWER_BYTES,
    })
    answerOf(received, z.looseObject({ errcode: z.literal(0) }))
  }

  /** Only WeCom's own address is posted to; a trial posts to its stand-in instead. */
  #addressOf(webhook: string, path: string): URL {
    const given = URL.canParse(webhook) ? new URL(webhook) : undefined
    const base = new URL(this.#apiBase)
    const key = given?.searchParams.get('key')
    if (!given || !key || given.pathname !== PATH || ![OFFICIAL, base.origin].includes(given.origin)) {
      throw new WecomError(93000, 'the address of the group robot is not one of WeCom')
    }
    const url = new URL(path, base)
    url.searchParams.set('key', key)
    return url
  }

  #take(key: string): void {
    const now = this.#clock.now().getTime()
    const recent = (this.#posts.get(key) ?? []).filter((at) => now - WINDOW_MS < at && at <= now)
    if (recent.length >= MOST_A_MINUTE) throw new WecomError(45009, 'paced: twenty a minute')
    this.#posts.set(key, [...recent, now])
  }
}
