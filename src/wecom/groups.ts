/** Push robots of groups (群机器人): one-way, by a secret address (path 91770). */

import { z } from 'zod'
import { answerOf } from './answer.ts'
import { WecomError } from './errors.ts'
import { exchange } from './exchange.ts'
import { APP_TEXT_BYTES, cutBytes } from './text.ts'

const OFFICIAL = 'https://qyapi.weixin.qq.com'
const PATH = '/cgi-bin/webhook/send'
const CALL_MS = 10_000
const ANSWER_BYTES = 64 * 1024
const WINDOW_MS = 60_000
/** At most twenty a minute for each robot; it is also told when another process used some of them. */
const MOST_A_MINUTE = 20

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
    const url = this.#addressOf(webhook)
    this.#take(url.searchParams.get('key') ?? '')
    const received = await exchange(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        msgtype: 'text',
        text: { content: cutBytes(text, APP_TEXT_BYTES), mentioned_list: mentions },
      }),
      timeoutMs: CALL_MS,
      maxBytes: ANSWER_BYTES,
    })
    answerOf(received, z.looseObject({ errcode: z.literal(0) }))
  }

  /** Only WeCom's own address is posted to; a trial posts to its stand-in instead. */
  #addressOf(webhook: string): URL {
    const given = URL.canParse(webhook) ? new URL(webhook) : undefined
    const base = new URL(this.#apiBase)
    const key = given?.searchParams.get('key')
    if (!given || !key || given.pathname !== PATH || ![OFFICIAL, base.origin].includes(given.origin)) {
      throw new WecomError(93000, 'the address of the group robot is not one of WeCom')
    }
    const url = new URL(PATH, base)
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
