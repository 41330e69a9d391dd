import { Dispatcher } from 'undici'
import { z } from 'zod'
import type { Clock } from '../../../src/clock.ts'

/** WeCom as the wire sees it, in memory: it answers what its pages say, and counts what it would refuse or drop. */

/** What can go wrong with one call. The first six leave the caller without a usable answer. */
export const troubles = [
  'unreachable',
  'reset',
  'lost',
  'silence',
  'gateway',
  'gatewayAfter',
  'slow',
  'busy',
  'limit',
  'token',
  'killBefore',
  'killAfter',
] as const
export type Trouble = (typeof troubles)[number]

/** What arrived on a phone. */
export type Post = {
  at: Date
  /** A person, or the key or chat id of a group. */
  to: string
  into: 'person' | 'group'
  type: string
  text: string
  mentions: string[]
}

export type WireOptions = {
  clock: Clock
  /** Time passes while somebody waits for an answer. */
  forward(ms: number): void
  /** Members in the visible range of the app. */
  members: ReadonlySet<string>
  groups: ReadonlySet<string>
  /** What goes wrong with the next call of a process. */
  trouble(process: string): Trouble | undefined
  /** A process dies over its call. */
  kill(process: string): void
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const Sending = z.looseObject({
  touser: z.string().optional(),
  chatid: z.string().optional(),
  msgtype: z.string(),
  text: z.looseObject({ content: z.string(), mentioned_list: z.array(z.string()).optional() }).optional(),
  duplicate_check_interval: z.int().max(14_400).optional(),
  enable_duplicate_check: z.int().optional(),
})

export class Wire extends Dispatcher {
  readonly posts: Post[] = []
  /** Rules of WeCom that were broken; there the message would have been dropped, or all of them refused. */
  readonly violations: string[] = []
  /** The most of what is limited that there ever was. */
  readonly most = { aMinute: 0, toOneAMinute: 0, toOneAnHour: 0, toGroupAMinute: 0 }
  calls = 0
  readonly #options: WireOptions
  #token = { value: 'T0', until: 0, count: 0 }
  #seen = new Map<string, number>()
  #sends = new Map<string, number[]>()

  constructor(options: WireOptions) {
    super()
    this.#options = options
  }

  /** Everybody whose messages are older than any limit is forgotten. */
  sweep(): void {
    this.#sends.clear()
    const now = this.#options.clock.now().getTime()
    for (const [request, at] of this.#seen) if (now - at > 4 * HOUR_MS) this.#seen.delete(request)
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const outcome = this.#exchange(options)
    queueMicrotask(() => {
      handler.onConnect?.(() => {})
      if ('code' in outcome) {
        handler.onError?.(Object.assign(new Error(outcome.code), { code: outcome.code }))
        return
      }
      const type = [Buffer.from('content-type'), Buffer.from('application/json')]
      handler.onHeaders?.(outcome.status, type, () => {}, '')
      handler.onData?.(Buffer.from(outcome.body))
      handler.onComplete?.([])
    })
    return true
  }

  override close(): Promise<void> {
    return Promise.resolve()
  }

  override destroy(): Promise<void> {
    return Promise.resolve()
  }

  #exchange(options: Dispatcher.DispatchOptions): { code: string } | { status: number; body: string } {
    this.calls++
    const url = new URL(options.path, String(options.origin))
    const process = url.hostname
    const trouble = this.#options.trouble(process)
    const answer = (): { status: number; body: string } => ({
      status: 200,
      body: JSON.stringify(this.#answer(url, String(options.body ?? ''))),
    })
    const refuse = (errcode: number): { status: number; body: string } => ({
      status: 200,
      body: JSON.stringify({ errcode, errmsg: 'injected' }),
    })
    switch (trouble) {
      case undefined:
        return answer()
      case 'unreachable':
        return { code: 'ECONNREFUSED' }
      case 'reset':
        return { code: 'ECONNRESET' }
      case 'silence':
        this.#options.forward(10_000)
        return { code: 'UND_ERR_HEADERS_TIMEOUT' }
      case 'lost':
        answer()
        return { code: 'ECONNRESET' }
      case 'gateway':
        return { status: 502, body: 'bad gateway' }
      case 'gatewayAfter':
        answer()
        return { status: 504, body: 'gateway time-out' }
      case 'slow':
        this.#options.forward(8_000)
        return answer()
      case 'busy':
        return refuse(-1)
      case 'limit':
        return refuse(45009)
      case 'token':
        this.#token.until = 0
        return answer()
      case 'killBefore':
        this.#options.kill(process)
        return { code: 'ECONNRESET' }
      case 'killAfter':
        answer()
        this.#options.kill(process)
        return { code: 'ECONNRESET' }
    }
  }

  #answer(url: URL, body: string): object {
    const now = this.#options.clock.now().getTime()
    const ok = { errcode: 0, errmsg: 'ok' }
    if (url.pathname === '/cgi-bin/gettoken') {
      if (this.#token.until <= now) {
        const count = this.#token.count + 1
        this.#token = { value: `T${count}`, until: now + 2 * HOUR_MS, count }
      }
      return {
        ...ok,
        access_token: this.#token.value,
        expires_in: Math.floor((this.#token.until - now) / 1000),
      }
    }
    if (url.pathname === '/cgi-bin/webhook/upload_media') return { ...ok, media_id: `M${this.calls}` }
    if (url.pathname === '/cgi-bin/webhook/send') {
      const key = url.searchParams.get('key') ?? ''
      if (!this.#options.groups.has(key)) return { errcode: 93000, errmsg: 'invalid webhook' }
      if (!this.#take('toGroupAMinute', key, 20, MINUTE_MS)) {
        this.violations.push(`${key} posted more than a robot may`)
        return { errcode: 45009, errmsg: 'freq' }
      }
      return this.#deliver('group', key, Sending.parse(JSON.parse(body)))
    }
    const token = url.searchParams.get('access_token')
    if (token !== this.#token.value) return { errcode: 40014, errmsg: 'invalid access_token' }
    if (this.#token.until <= now) return { errcode: 42001, errmsg: 'access_token expired' }
    if (!this.#take('aMinute', url.pathname, 10_000, MINUTE_MS)) return { errcode: 45009, errmsg: 'freq' }
    if (url.pathname === '/cgi-bin/media/upload') return { ...ok, media_id: `M${this.calls}` }
    const sending = Sending.parse(JSON.parse(body))
    if (url.pathname === '/cgi-bin/appchat/send') {
      if (!this.#options.groups.has(sending.chatid ?? '')) return { errcode: 86003, errmsg: 'chatid' }
      return this.#deliver('group', sending.chatid ?? '', sending)
    }
    const to = sending.touser ?? ''
    if (!this.#options.members.has(to)) return { errcode: 81013, errmsg: 'user & party & tag all invalid' }
    if (this.#isRepeated(body, sending, now)) return { ...ok, invaliduser: '' }
    const passes =
      this.#take('toOneAMinute', to, 30, MINUTE_MS) && this.#take('toOneAnHour', to, 1000, HOUR_MS)
    if (!passes) this.violations.push(`${to} got more than WeCom passes on`)
    return { ...this.#deliver('person', to, sending), invaliduser: '' }
  }

  #deliver(into: Post['into'], to: string, { msgtype: type, text }: z.infer<typeof Sending>): object {
    const content = text?.content ?? ''
    if (Buffer.byteLength(content) > 2048) this.violations.push(`a text of over 2048 bytes to ${to}`)
    const at = this.#options.clock.now()
    this.posts.push({ at, to, into, type, text: content, mentions: text?.mentioned_list ?? [] })
    return { errcode: 0, errmsg: 'ok' }
  }

  #isRepeated(body: string, sending: z.infer<typeof Sending>, now: number): boolean {
    if (sending.enable_duplicate_check !== 1) return false
    const before = this.#seen.get(body)
    if (before !== undefined && now - before < (sending.duplicate_check_interval ?? 1800) * 1000) return true
    this.#seen.set(body, now)
    return false
  }

  /** Takes one of what is limited, unless there were too many within the time. */
  #take(what: keyof Wire['most'], name: string, limit: number, inMs: number): boolean {
    const now = this.#options.clock.now().getTime()
    const key = `${what} ${name}`
    const sends = (this.#sends.get(key) ?? []).filter((at) => now - at < inMs && at <= now)
    if (sends.length >= limit) return false
    sends.push(now)
    this.#sends.set(key, sends)
    this.most[what] = Math.max(this.most[what], sends.length)
    return true
  }
}
