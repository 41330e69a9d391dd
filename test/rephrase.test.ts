import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Model } from '../src/knowledge/llm/model.ts'
import { receiveFreeFacts } from '../src/receive/finish.ts'
import { receive } from '../src/receive.ts'
import { Rephraser } from '../src/receive/rephrase.ts'
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

const modelWithin = (limitMs: number): Model =>
  new Model({
    baseUrl: server.url,
    apiKey: 'key',
    model: 'stand-in',
    limitMs,
    now: () => now,
    random: () => 0,
    report: () => {},
  })

const refresh = (streamId: string) => ({
  ...textMessage('wang', `refresh-${streamId}`, ''),
  content: { type: 'refresh' as const, streamId },
})

test('a reply that waited for a model when the process died is complete once its time is over', async () => {
  server.behaviour = { type: 'hangs' }
  const model = modelWithin(3_000)
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

const FREE = '咱这帮老姐妹呢，天天早上聚一块，图个身体好、心情好'

/** A bot whose model is asked and never answers, with somebody at the first question of the form. */
async function atFirstQuestion() {
  server.behaviour = { type: 'hangs' }
  const model = modelWithin(60_000)
  const bot = botOver(store, parts, clock)
  const rephraser = new Rephraser(() => bot, model)
  bot.rephraser = rephraser
  for (const [id, text] of ['开始备案', '同意'].entries())
    await receive(textMessage('wang', `s${id}`, text), bot)
  return { bot, rephraser }
}

/** How things stood when a message had been heard, as the model's finding is held against it. */
const asOf = async () => {
  const session = await store.transact((tx) => tx.getSession('wang'))
  const draft = session.drafts.find(({ id }) => id === session.active)!
  return JSON.stringify([
    draft.id,
    draft.answers,
    draft.postponed,
    draft.reopened,
    draft.heard,
    session.pending,
  ])
}

const found = (stood: string) => ({
  type: 'freeFacts' as const,
  said: FREE,
  facts: { purpose: '图个身体好、心情好' },
  asOf: stood,
})

test('what a model finds after the person has gone on changes nothing', async () => {
  const { bot, rephraser } = await atFirstQuestion()
  const message = textMessage('wang', 'free', FREE)
  const reply = (await receive(message, bot))!
  expect(reply.finished).toBe(false)
  const stood = await asOf()
  await receive(textMessage('wang', 'next', '社会团体'), bot)
  const before = await store.transact((tx) => tx.getSession('wang'))
  await receiveFreeFacts(found(stood), message, bot)
  expect(await store.transact((tx) => tx.getSession('wang'))).toEqual(before)
  expect(await receive(refresh(reply.streamId), bot)).toMatchObject({ finished: true, reply: reply.reply })
  await rephraser.stop()
})

test('what a model finds after the answer was given up changes nothing', async () => {
  const { bot, rephraser } = await atFirstQuestion()
  const message = textMessage('wang', 'free', FREE)
  const reply = (await receive(message, bot))!
  const stood = await asOf()
  now += 70_000
  expect(await receive(refresh(reply.streamId), bot)).toMatchObject({ finished: true })
  const before = await store.transact((tx) => tx.getSession('wang'))
  await receiveFreeFacts(found(stood), message, bot)
  expect(await store.transact((tx) => tx.getSession('wang'))).toEqual(before)
  await rephraser.stop()
})

test('in time it is proposed below what stands, once', async () => {
  const { bot, rephraser } = await atFirstQuestion()
  const message = textMessage('wang', 'free', FREE)
  const reply = (await receive(message, bot))!
  const stood = await asOf()
  await receiveFreeFacts(found(stood), message, bot)
  await receiveFreeFacts(found(stood), message, bot)
  const ended = (await receive(refresh(reply.streamId), bot))!
  expect(ended.reply.text.startsWith(reply.reply.text)).toBe(true)
  expect(ended.reply.text.match(/AI理解/g)).toHaveLength(1)
  expect(ended.reply.text).toContain('· 宗旨：图个身体好、心情好')
  await rephraser.stop()
})

test('what it finds joins what the field types had found', async () => {
  const { bot, rephraser } = await atFirstQuestion()
  const said = '屋子八十平，在跃进路60号社区活动室，图个身体好、心情好'
  const message = textMessage('wang', 'free', said)
  const reply = (await receive(message, bot))!
  expect(reply.reply.text).toMatch(/我听到这几样：\n· 活动场所/)
  await receiveFreeFacts({ ...found(await asOf()), said }, message, bot)
  const ended = (await receive(refresh(reply.streamId), bot))!
  expect(ended.reply.text).toMatch(/AI理解[^]*· 活动场所[^]*· 宗旨：图个身体好、心情好/)
  const agreed = (await receive(textMessage('wang', 'yes', '对'), bot))!
  expect(agreed.reply.text).toContain('好，都记下了。')
  await rephraser.stop()
})
