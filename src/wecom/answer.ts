/** Answers of WeCom's API: HTTP 200 with an errcode, whatever happened (path 90313). */

import { z } from 'zod'
import { NetworkError, WecomError } from './errors.ts'
import type { Received } from './exchange.ts'

const Refusal = z.looseObject({ errcode: z.int().optional(), errmsg: z.string().default('') })

/** The body of an answer whose errcode is 0; a missing errcode counts as 0 only where the schema lets it. */
export function answerOf<T>(
  received: Received,
  schema: z.ZodType<T>,
  during: 'gettoken' | 'call' = 'call',
): T {
  if (received.status !== 200) throw gatewayError(received)
  const body = json(received.bytes)
  const refusal = Refusal.safeParse(body)
  if (refusal.success && refusal.data.errcode !== undefined && refusal.data.errcode !== 0) {
    throw new WecomError(refusal.data.errcode, refusal.data.errmsg, during)
  }
  const answer = schema.safeParse(body)
  if (!answer.success) throw new NetworkError('the answer is not one of WeCom', { maybeDelivered: true })
  return answer.data
}

/** Gateways in front of WeCom answer 502 and the like; whether the call went through is not known. */
export const gatewayError = ({ status }: Received) =>
  new NetworkError(`a gateway answered ${status}`, { maybeDelivered: status >= 500 })

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
