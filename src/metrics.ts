import { statfs } from 'node:fs/promises'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Channel } from './messages.ts'
import type { Delivery, Store } from './store/store.ts'

/** How a message ended, for counting: taken, the same again, or not taken. */
export type TurnOutcome = 'answered' | 'repeated' | 'failed'

export type Metrics = {
  turn(channel: Channel, outcome: TurnOutcome, seconds: number): void
  delivery(outcome: Exclude<Delivery['state'], 'leased'> | 'late'): void
  /** An answer of WeCom with an error code. */
  wecomError(code: number): void
  /** A request that was not served. */
  refused(status: number): void
  /** The text for /metrics. */
  expose(): Promise<{ contentType: string; body: string }>
  /** Stops collecting. */
  stop(): void
}

/**
 * Counts and durations without a person in them: no label is a user, an organization, or a text. `folder` is
 * where the data is, if on a disk of this machine.
 */
export function createMetrics(
  counts: Store['counts'],
  { isReady = () => true, folder }: { isReady?: () => boolean; folder?: string | undefined } = {},
): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const turns = new Counter({
    name: 'filing_turns_total',
    help: 'Messages by channel and how they ended.',
    labelNames: ['channel', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'filing_turn_seconds',
    help: 'From the decrypted message to the durable reply.',
    labelNames: ['channel'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const deliveries = new Counter({
    name: 'filing_deliveries_total',
    help: 'Attempts to send what was promised, by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const wecomErrors = new Counter({
    name: 'filing_wecom_errors_total',
    help: 'Error codes WeCom answered with.',
    labelNames: ['code'],
    registers,
  })
  const refusals = new Counter({
    name: 'filing_refused_total',
    help: 'Requests that were not served, by HTTP status.',
    labelNames: ['status'],
    registers,
  })
  const stored = new Gauge({
    name: 'filing_store_items',
    help: 'What the store holds.',
    labelNames: ['kind'],
    registers,
    async collect() {
      // While the store is away its last figures would be a lie; the rest is still worth having.
      this.reset()
      const now = await counts().catch(() => ({}))
      for (const [kind, count] of Object.entries(now)) this.set({ kind }, count)
    },
  })

  new Gauge({
    name: 'filing_ready',
    help: 'Whether messages are taken (1) or not (0).',
    registers,
    collect() {
      this.set(isReady() ? 1 : 0)
    },
  })
  if (folder !== undefined) {
    new Gauge({
      name: 'filing_disk_free_bytes',
      help: 'Room left on the disk the data is on.',
      registers,
      async collect() {
        const disk = await statfs(folder).catch(() => undefined)
        if (disk) this.set(disk.bavail * disk.bsize)
        else this.reset()
      },
    })
  }

  return {
    turn(channel, outcome, duration) {
      turns.inc({ channel, outcome })
      seconds.observe({ channel }, duration)
    },
    delivery: (outcome) => deliveries.inc({ outcome }),
    wecomError: (code) => wecomErrors.inc({ code }),
    refused: (status) => refusals.inc({ status }),
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
    stop() {
      stored.reset()
      registry.clear()
    },
  }
}
