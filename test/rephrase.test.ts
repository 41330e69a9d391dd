import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Model } from '../src/knowledge/llm/model.ts'
import { receive } from '../src/receive.ts'
import { Rephraser } from '../src/rephrase.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import type { Store } from '../src/store/store.ts'
import { botOver, loadParts, textMessage } from './support/bot.ts'
import { ModelStandIn } from './support/model.ts'

const parts = await loadParts()
let folder: string
let store: Store
let server: ModelStandIn
let now = Date.parse('2026-11-23T02:03:00Z')
const clock = { now: () => new Date(now) }
const open = () => openJsonStore({ folder, dataKeys: [Buffer.alloc(32, 7)], clock })
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rephrase-'))
  store = await open()
  server = await ModelStandIn.start()
})
afterEach(async () => {
  await store.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const refresh = (streamId: string) => ({
  ...textMessage('wang', `refresh-${streamId}`, ''),
  content: { type: 'refresh' as const, streamId },
})

test('a reply that waited for a model when the process died is complete once its time is over', async () => {
  server.behaviour = { type: 'hangs' }
  const model = new Model({
    baseUrl: server.url,
    apiKey: 'key',
    model: 'stand-in',
    limitMs: 3_000,
    now: () => now,
    random: () => 0,
    report: () => {},
  })
  const bot = botOver(store, parts, clock)
  const rephraser = new Rephraser(() => bot, model)
  bot.rephraser = rephraser
  const reply = (await receive(textMessage('wang', '1', '备案有效期几年'), bot))!
  expect(reply).toMatchObject({ finished: false, until: '2026-11-23T02:03:05.000Z' })
  expect(reply.reply.text).toMatch(/有效期二年[^]*依据：/)

  // The process is gone: nobody settles the reply.
  await store.close()
  await rephraser.stop()
  store = await open()
  const after = botOver(store, parts, clock)
  expect(await receive(refresh(reply.streamId), after)).toMatchObject({ finished: false })
  now += 5_001
  const ended = await receive(refresh(reply.streamId), after)
  expect(ended).toMatchObject({ finished: true, reply: reply.reply })
  expect(await receive(textMessage('wang', '1', '备案有效期几年'), after)).toMatchObject({
    finished: true,
    reply: reply.reply,
  })
})

test('without a model an answer is finished at once', async () => {
  const reply = await receive(textMessage('wang', '2', '备案有效期几年'), botOver(store, parts, clock))
  expect(reply).toMatchObject({ finished: true })
  expect(reply).not.toHaveProperty('until')
})
