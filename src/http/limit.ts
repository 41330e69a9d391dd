import type { IncomingMessage } from 'node:http'

type Clock = { now(): Date }

const MINUTE_MS = 60_000
/** Whoever comes from more addresses than this is not stopped by remembering them. */
const MOST_KEYS = 10_000

/** What happened in the running minute of each address or person; only of the latest ten thousand of them. */
export class Minutes<T> {
  readonly #clock: Clock
  readonly #fresh: () => T
  readonly #known = new Map<string, { from: number; kept: T }>()

  constructor(clock: Clock, fresh: () => T) {
    this.#clock = clock
    this.#fresh = fresh
  }

  of(key: string): T {
    const now = this.#clock.now().getTime()
    const known = this.#known.get(key)
    if (known && isRunning(known.from, now)) return known.kept
    // Put at the end, so that the first are the oldest.
    this.#known.delete(key)
    for (const [oldest, { from }] of this.#known) {
      if (isRunning(from, now) && this.#known.size < MOST_KEYS) break
      this.#known.delete(oldest)
    }
    const kept = this.#fresh()
    this.#known.set(key, { from: now, kept })
    return kept
  }

  secondsLeft(key: string): number {
    const from = this.#known.get(key)?.from ?? 0
    return Math.max(1, Math.ceil((from + MINUTE_MS - this.#clock.now().getTime()) / 1000))
  }
}

/** A clock that was put back ends it too. */
const isRunning = (from: number, now: number): boolean => now >= from && now < from + MINUTE_MS

/** So many a minute for each address or person. */
export class Limit {
  readonly #most: number
  readonly #minutes: Minutes<{ count: number }>

  constructor(most: number, clock: Clock) {
    this.#most = most
    this.#minutes = new Minutes(clock, () => ({ count: 0 }))
  }

  /** Counts one more; the seconds until there is room again when it was one too many. */
  take(key: string): number | undefined {
    const minute = this.#minutes.of(key)
    minute.count += 1
    return minute.count <= this.#most ? undefined : this.#minutes.secondsLeft(key)
  }
}

/**
 * Where a request comes from: the address that connected, or behind reverse proxies of ours the one that the
 * outermost of them saw. One household has 2^64 addresses of IPv6; their common half stands for all of them.
 */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',')
  // What stands further to the left was written by whoever sent it.
  const seen = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined
  const address = (seen || request.socket.remoteAddress) ?? ''
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '').slice(0, 45)
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain
}
