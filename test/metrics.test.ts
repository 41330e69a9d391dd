import { expect, test } from 'vitest'
import { createMetrics } from '../src/metrics.ts'

const counts = async () => ({ filings: 3, sessions: 2, waiting: 1, failed: 0, unknown: 0 })

test('messages, deliveries, errors and what the store holds are counted', async () => {
  const metrics = createMetrics(counts)
  metrics.turn('robot', 'answered', 0.004)
  metrics.turn('robot', 'answered', 0.03)
  metrics.turn('app', 'repeated', 0.001)
  metrics.delivery('sent')
  metrics.wecomError(60020)
  const { contentType, body } = await metrics.expose()
  expect(contentType).toContain('text/plain')
  expect(body).toContain('filing_turns_total{channel="robot",outcome="answered"} 2')
  expect(body).toContain('filing_turns_total{channel="app",outcome="repeated"} 1')
  expect(body).toContain('filing_turn_seconds_bucket{le="0.005",channel="robot"} 1')
  expect(body).toContain('filing_deliveries_total{outcome="sent"} 1')
  expect(body).toContain('filing_wecom_errors_total{code="60020"} 1')
  expect(body).toContain('filing_store_items{kind="filings"} 3')
  expect(body).toContain('process_cpu_seconds_total')
  metrics.stop()
})

test('while the store is away the rest is still shown', async () => {
  let away = false
  const metrics = createMetrics(async () => {
    if (away) throw new Error('away')
    return counts()
  })
  metrics.turn('robot', 'answered', 0.004)
  expect((await metrics.expose()).body).toContain('kind="filings"')
  away = true
  const { body } = await metrics.expose()
  expect(body).not.toContain('kind="filings"')
  expect(body).toContain('filing_turns_total{channel="robot",outcome="answered"} 1')
  metrics.stop()
})

test('two bots in one process count apart', async () => {
  const one = createMetrics(counts)
  const other = createMetrics(counts)
  one.delivery('sent')
  expect((await other.expose()).body).not.toContain('filing_deliveries_total{outcome="sent"}')
  one.stop()
  other.stop()
})
