/** The ways a call to WeCom fails, kept apart: it refused, it could not be reached, a file was no good. */

/**
 * What to do about an error code:
 * A fetch a new token and repeat once; B repeat with back-off; C wait for the window of the rate limit; D the
 * receiver is gone; E our request is wrong; F an operator must act.
 */
export type Handling = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

/** WeCom answered, and refused. */
export class WecomError extends Error {
  override name = 'WecomError'
  errcode: number
  /** WeCom's words without the hint, our address and anything that looks like a credential. */
  errmsg: string
  handling: Handling

  constructor(errcode: number, errmsg: string, during: 'gettoken' | 'call' = 'call') {
    const shown = presentable(errmsg)
    super(`${errcode} ${shown}`)
    this.errcode = errcode
    this.errmsg = shown
    this.handling = handlingOf(errcode, during)
  }
}

/** WeCom could not be reached, did not answer in time, or a gateway answered for it. */
export class NetworkError extends Error {
  override name = 'NetworkError'
  /** False only when the request certainly did not arrive. */
  maybeDelivered: boolean

  constructor(message: string, options: { maybeDelivered: boolean; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.maybeDelivered = options.maybeDelivered
  }
}

/** A file somebody sent cannot be had: not allowed there, too large, no longer there, not what was announced. */
export class MediaError extends Error {
  override name = 'MediaError'
  reason: 'address' | 'size' | 'gone' | 'content'

  constructor(reason: MediaError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** Path 90313, by the classes above. What is not listed is E: an unknown refusal is not worth repeating. */
const CODES: Record<Exclude<Handling, 'E'>, number[]> = {
  A: [40001, 40014, 42001, 42009, 42012],
  B: [-1, 6000, 45033],
  C: [45009, 846607],
  D: [
    40003, 40031, 40050, 40066, 40068, 40096, 41050, 42052, 43004, 46003, 46004, 49008, 50002, 60003, 60011,
    60021, 60111, 60123, 81013, 86001, 86003, 93000, 93004, 93006, 93008, 301021,
  ],
  F: [
    40013, 40056, 40091, 43009, 43012, 45031, 48001, 48002, 48004, 48005, 48006, 48007, 48009, 50001, 50003,
    60020, 60031, 85005, 85008, 85111, 86101, 301002, 301042, 853000,
  ],
}

const HANDLING = new Map(
  (['A', 'B', 'C', 'D', 'F'] as const).flatMap((handling) => CODES[handling].map((code) => [code, handling])),
)

export function handlingOf(errcode: number, during: 'gettoken' | 'call'): Handling {
  // A wrong secret: asking again gets the address blocked for an hour (path 90312).
  if (errcode === 40001 && during === 'gettoken') return 'F'
  return HANDLING.get(errcode) ?? 'E'
}

/** Whether somebody noted a failure whose cause was that there is no such receiver. */
export const isReceiverGone = (noted = ''): boolean =>
  handlingOf(Number(/^WecomError: (-?\d+)/.exec(noted)?.[1]), 'call') === 'D'

/** `… , hint: [1767225600123456789], from ip: 203.0.113.7, more info at https://…` (path 90313). */
const presentable = (errmsg: string): string =>
  errmsg
    .replace(/[,.;\s]*\b(hint\s*:|from ip\s*:|more info at).*$/is, '')
    .replace(/\b(access_token|corpsecret|secret|response_code|key)=[^&\s,]+/gi, '$1=…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
