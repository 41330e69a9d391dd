/** The response_url that comes with a message to the smart robot (path 101138). */

import { z } from 'zod'
import { answerOf } from './answer.ts'
import { WecomError } from './errors.ts'
import { exchange } from './exchange.ts'
import { cutBytes, ROBOT_TEXT_BYTES } from './text.ts'

const OFFICIAL = 'https://qyapi.weixin.qq.com'
const CALL_MS = 10_000
const ANSWER_BYTES = 1024 * 1024

/**
 * Uses up the response_url of a message or click: one Markdown text, within an hour, without a token. Never
 * repeated here; a NetworkError with `maybeDelivered` leaves the outcome unknown.
 */
export async function postResponse(
  url: string,
  text: string,
  { apiBase }: { apiBase: string },
): Promise<void> {
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (!target || ![OFFICIAL, new URL(apiBase).origin].includes(target.origin)) {
    throw new WecomError(40054, 'the response_url is not one of WeCom')
  }
  const received = await exchange(target, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content: cutBytes(text, ROBOT_TEXT_BYTES) } }),
    timeoutMs: CALL_MS,
    maxBytes: ANSWER_BYTES,
  })
  answerOf(received, z.looseObject({ errcode: z.int() }))
}
