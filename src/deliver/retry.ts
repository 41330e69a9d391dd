import { isDoubtful } from './letterbox.ts'
import type { DeliveryBody, Delivery, Outcome } from '../store/store.ts'
import { SAME_MESSAGE_MS } from '../wecom/client.ts'
import { NetworkError, WecomError } from '../wecom/errors.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
/** WeCom asks for at most three repetitions when it is busy (path 90313, -1). */
const SOON_MS = [SECOND_MS, 4 * SECOND_MS, 15 * SECOND_MS]
/** A rate limit, an outage, or something an operator has to mend. */
const LATER_MS = [1.5 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS]
/** About half a day. */
const MOST_ATTEMPTS = 75

/** What cannot be delivered whatever is tried. */
export class Undeliverable extends Error {
  override name = 'Undeliverable'
}

/** Nobody in the group asked for it. */
export const isToGroup = ({ type }: DeliveryBody): boolean =>
  ['group', 'groupChart', 'groupTable'].includes(type)

/** There is no key against repetition: an attempt that broke off is not made again. */
const isOnce = (body: DeliveryBody): boolean => body.type === 'responseUrl' || isToGroup(body)

/** Whether an attempt broke off so that another might arrive twice. */
export const isTooDoubtful = ({ key, body, doubtfulSince }: Delivery, now: Date): boolean =>
  doubtfulSince !== undefined &&
  isDoubtful({ key, doubtfulSince }) &&
  body.type !== 'readFile' &&
  (isOnce(body) || now.getTime() - Date.parse(doubtfulSince) >= SAME_MESSAGE_MS)

/** What to do after a failure, by the handling classes of WeCom's error codes. */
export function afterFailure(delivery: Delivery, error: unknown, now: Date): Outcome {
  const { attempts, body, doubtfulSince } = delivery
  const problem = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
  const mayHaveArrived = error instanceof NetworkError && error.maybeDelivered && body.type !== 'readFile'
  if (mayHaveArrived && isOnce(body)) return { state: 'unknown', problem }
  // WeCom drops the same request within its interval, so what goes to one person may be sent again.
  const doubtful = mayHaveArrived ? { doubtful: true as const } : {}
  const over = (): Outcome => ({
    state: mayHaveArrived || doubtfulSince !== undefined ? 'unknown' : 'failed',
    problem,
  })
  const after = (ms: number): Outcome =>
    attempts >= MOST_ATTEMPTS
      ? over()
      : { state: 'waiting', dueAt: new Date(now.getTime() + ms).toISOString(), problem, ...doubtful }
  const later = (already: number): Outcome => after(LATER_MS[Math.max(0, already)] ?? LATER_MS.at(-1)!)
  const soon = (): Outcome =>
    attempts <= SOON_MS.length ? after(SOON_MS[attempts - 1]!) : later(attempts - SOON_MS.length - 1)
  const refused: Outcome = { state: 'failed', problem }
  if (error instanceof Undeliverable) return over()
  if (!(error instanceof WecomError)) return soon()
  if (body.type === 'responseUrl') return refused
  switch (error.handling) {
    case 'B':
      return soon()
    case 'A':
    case 'C':
      return later(attempts - 1)
    case 'F':
      // An address that may not call is let in about two minutes after somebody has entered it (60020).
      return later(attempts)
    case 'D':
    case 'E':
      // The same request was refused for the same reason before.
      return refused
  }
}

/** Whether a failure concerns everything that is sent and not this one thing. */
export const isGeneral = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof WecomError && 'ABCF'.includes(error.handling))
