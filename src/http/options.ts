import type { Router } from '@koa/router'
import type { Answer, InboundMessage } from '../messages.ts'
import type { CallbackKeys } from '../wecom/envelope.ts'

/** Never carries what people wrote, and no query string. */
export type LogEvent = { level: 'info' | 'warn' | 'error'; message: string; [detail: string]: unknown }

export type OpenLink = {
  person: string
  /** Undefined when there is no such document any more or the person may not see it. */
  make(): Promise<{ bytes: Buffer; contentType: string } | undefined>
}

/** Everything the front door is handed; it knows nothing else of the bot. */
export type ServerOptions = {
  /**
   * Absent: there is no such callback. `keys` are those of the console and, while they are being changed, the
   * ones before; `name` is the name people write behind the @.
   */
  robot?: { keys: CallbackKeys[]; name: string }
  app?: { keys: CallbackKeys[]; agentId: number }
  /** Base of the links people open. */
  publicUrl: string
  /** Acts on one message, once however often it is delivered. Undefined: nothing is answered. */
  receive: (message: InboundMessage) => Promise<Answer | undefined>
  /** What a link stands for and whom it was made for; undefined when it is wrong or too old. */
  openLink: (token: string, name: string) => OpenLink | undefined
  /** How many reverse proxies of ours a request comes through; each adds to `X-Forwarded-For`. */
  proxies: number
  /** Whether messages can be taken now. */
  isReady: () => boolean
  /** Prometheus text. */
  metrics: () => Promise<string>
  clock: { now(): Date }
  /** A fresh word of letters and digits: nonces, references of failures. */
  randomId: () => string
  log: (event: LogEvent) => void
  /** Counts a request that was not served. */
  refused?: (status: number) => void
  /** Adds routes, as the sandbox does. They set their own Content-Security-Policy. */
  extend?: (router: Router) => void
}
