/** What every answer carries, and the one line that stands for a failure. */

import { EnvelopeError } from '../wecom/envelope.ts'
import { Limit } from './limit.ts'
import type { LogEvent, ServerOptions } from './options.ts'

/** Pages that have more than text, as those of the sandbox, replace the policy by their own. */
export const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
}

export const TEXT = 'text/plain; charset=utf-8'

/** A request that is not served, and the status that says so. */
export class Refusal extends Error {
  override name = 'Refusal'
  status: number

  constructor(status: number, options?: ErrorOptions) {
    super(`refused with ${status}`, options)
    this.status = status
  }
}

const LINES: Record<number, string> = {
  400: '请求无法识别。',
  403: '没有通过验证。',
  404: '没有这个页面。',
  405: '不支持这种请求方式。',
  413: '内容太大。',
  429: '请求太多，请过一分钟再试。',
  503: '暂时不能服务，请稍后再试。',
}

/** The text that goes with a status: nothing of the inside. */
export const lineFor = (status: number): string => LINES[status] ?? LINES[400] ?? ''

/** What a request that is not served is answered with. */
export type Refused = { status: number; text: string; retryAfter?: number }

/** A person with an old link, a console with a mistyped key: more than these need. */
const FAILURES_A_MINUTE = 60
const LINES_A_MINUTE = 60

/**
 * What is not served: why goes to the log, one line to whoever asked. An address that asks in vain again and
 * again is told to wait. What is rightly signed is served whatever else comes from its address, because behind a
 * proxy or a gateway many share one. However much is refused, the log grows by so many lines a minute.
 */
export class Refusals {
  readonly #options: Pick<ServerOptions, 'log' | 'randomId' | 'clock' | 'refused'>
  readonly #failures: Limit
  readonly #lines: Limit
  /** That there is more is said once a minute. */
  readonly #full: Limit

  constructor(options: ServerOptions) {
    this.#options = options
    this.#failures = new Limit(FAILURES_A_MINUTE, options.clock)
    this.#lines = new Limit(LINES_A_MINUTE, options.clock)
    this.#full = new Limit(1, options.clock)
  }

  /** For a request that failed with an error. */
  answer(error: unknown, path: string, address: string): Refused {
    const status = statusOf(error)
    if (status !== 500) {
      this.note({ level: 'warn', message: 'a request was refused', status, path, why: whyOf(error) })
      return this.count({ status, text: lineFor(status) }, address)
    }
    const { log, randomId } = this.#options
    const reference = randomId().slice(0, 8)
    log({ level: 'error', message: 'a request failed', reference, path, error })
    return { status, text: `服务出错了，编号 ${reference}。` }
  }

  /** Counts a refusal against the address it goes to, and tells what is answered. */
  count(refused: Refused, address: string): Refused {
    // That it is not ready is the bot's own doing.
    const wait = refused.status === 503 ? undefined : this.#failures.take(address)
    const { status, text, retryAfter } = wait
      ? { status: 429, text: lineFor(429), retryAfter: wait }
      : { retryAfter: RETRY_AFTER[refused.status], ...refused }
    this.#options.refused?.(status)
    return { status, text, ...(retryAfter !== undefined && { retryAfter }) }
  }

  /** Writes to the log, within the bound. */
  note(event: LogEvent): void {
    if (this.#lines.take('') === undefined) return this.#options.log(event)
    if (this.#full.take('') !== undefined) return
    this.#options.log({ level: 'warn', message: 'more was refused; not every request is written here' })
  }
}

const RETRY_AFTER: Record<number, number> = { 503: 5 }

function statusOf(error: unknown): number {
  if (error instanceof EnvelopeError) return error.kind === 'malformed' ? 400 : 403
  // Koa's own have a status too.
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && (status in LINES || (status >= 400 && status < 500)) ? status : 500
}

const whyOf = (error: unknown): string | undefined =>
  error instanceof EnvelopeError ? `${error.kind}: ${error.message}` : undefined
