import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliver } from '../../src/deliver.ts'
import type { DeliveryBody } from '../../src/store/store.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { appKeys } from '../support/trial.ts'
import { startSender, type Sender } from '../support/sender.ts'

// What becomes of one attempt to send, and of what waits behind it.

const SEND = '/cgi-bin/message/send'
const POST = '/cgi-bin/webhook/send'
const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

let sender: Sender
beforeEach(async () => {
  // A Thursday on which the monthly reports are due within two working days.
  sender = await startSender('2026-11-26T09:05')
})
afterEach(() => sender.stop())

const message = (text: string, to = 'wangxiuying'): DeliveryBody => ({ type: 'message', to, reply: { text } })
const letter = (text: string): DeliveryBody => ({ type: 'letter', to: 'wangxiuying', reply: { text } })
const digest: DeliveryBody = {
  type: 'group',
  to: '明珠社区社会组织群',
  place: '450205001008',
  day: '2026-11-26',
  owing: [],
  numbers: '共3家',
}
const posts = (): number => sender.standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' }).length
const texts = (): string[] => sender.textsTo('wangxiuying')
const found = (key: string) => sender.bot.store.transact((tx) => tx.findDelivery(key))
const pushed = () => deliver(sender.bot)

/** From now on WeCom is not there; or it is again. */
function goAway(isAway: boolean): void {
  const { standIn, bot } = sender
  const base = isAway ? 'http://127.0.0.1:1' : standIn.url
  sender.bot = { ...bot, client: new WecomClient({ base, ...appKeys, clock: bot.clock }) }
}

/** A process took it and died over it. */
async function diesOver(key: string): Promise<void> {
  const now = sender.bot.clock.now()
  const until = new Date(now.getTime() + MINUTE_MS).toISOString()
  const taken = await sender.bot.store.transact((tx) => tx.claimDeliveries(now.toISOString(), until, 20))
  expect(taken.map((one) => one.key)).toContain(key)
  sender.wait(2 * MINUTE_MS)
}

test('after a failure what is behind it for the same person waits, and others do not', async () => {
  for (const text of ['一', '二', '三']) await sender.enqueue(text, message(text))
  sender.standIn.failNext(SEND, { errcode: -1 })
  await pushed()
  await sender.enqueue('other', message('别人', 'wangfang'))
  await pushed()
  expect(sender.textsTo('wangfang')).toEqual(['别人'])
  expect(texts()).toEqual([])
  sender.wait(2 * SECOND_MS)
  await pushed()
  expect(texts()).toEqual(['一', '二', '三'])
})

test.each<[string, () => void, number]>([
  ['is busy', () => sender.standIn.failNext(SEND, { errcode: -1 }), 20],
  ['is not there', () => goAway(true), 20],
  ['does not know one person', () => sender.standIn.failNext(SEND, { errcode: 81013 }), 25],
])('while WeCom %s a run tries no more than it has to', async (_, fails, tried) => {
  for (let n = 0; n < 25; n++) await sender.enqueue(`m${n}`, { ...message('好'), to: `person${n}` })
  fails()
  expect(await pushed()).toBe(tried)
})

test('nothing is begun that could outlast its lease: another process would send it again', async () => {
  for (const text of ['一', '二', '三']) await sender.enqueue(text, message(text))
  const calls: string[] = []
  const slow = sender.bot.client!
  const send = slow.sendText.bind(slow)
  const other = { ...sender.bot }
  slow.sendText = async (to, text, key) => {
    calls.push(text)
    sender.wait(44 * SECOND_MS)
    if (calls.length === 3) await deliver(other)
    return send(to, text, key)
  }
  await pushed()
  expect(calls).toEqual(['一', '二', '三'])
  expect(texts()).toEqual(['一', '二', '三'])
})

test('one person gets no more in an hour than WeCom passes on', async () => {
  await sender.bot.store.transact(async (tx) => {
    const at = sender.bot.clock.now().toISOString()
    for (let n = 0; n < 795; n++) {
      await tx.enqueue({ key: `old${n}`, body: message('旧'), enqueuedAt: at, dueAt: at })
      await tx.settleDelivery(`old${n}`, { state: 'sent' })
    }
  })
  sender.wait(2 * MINUTE_MS)
  for (let n = 0; n < 10; n++) await sender.enqueue(`new${n}`, message(`新${n}`))
  await pushed()
  expect(texts()).toHaveLength(5)
  sender.wait(HOUR_MS)
  await pushed()
  expect(texts()).toHaveLength(10)
})

test('a store that fails while something is sent is not passed over in silence', async () => {
  await sender.enqueue('一', message('一'))
  const { store } = sender.bot
  let uses = 0
  sender.bot = {
    ...sender.bot,
    store: {
      ...store,
      isReady: () => true,
      transact: (work) => (++uses === 2 ? Promise.reject(new Error('disk full')) : store.transact(work)),
    },
  }
  await expect(pushed()).rejects.toThrow('disk full')
})

describe('what may have arrived', () => {
  test.each<[string, DeliveryBody]>([
    ['a post into a group', digest],
    [
      'the one answer to a robot message',
      { type: 'responseUrl', to: 'wangxiuying', url: '', reply: { text: '好' } },
    ],
  ])('is not repeated when its process died: %s', async (_, body) => {
    await sender.enqueue(
      'k',
      body.type === 'responseUrl' ? { ...body, url: `${sender.standIn.url}/r` } : body,
    )
    await diesOver('k')
    await pushed()
    expect(await found('k')).toMatchObject({ state: 'unknown' })
    expect(posts()).toBe(0)
  })

  test('is repeated to a person as long as WeCom knows it again, and then it stands as unknown', async () => {
    await sender.enqueue('soon', message('早'))
    await diesOver('soon')
    await pushed()
    expect(texts()).toEqual(['早'])
    await sender.enqueue('late', message('晚'))
    sender.standIn.failNext(SEND, 'lost')
    await pushed()
    goAway(true)
    sender.wait(MINUTE_MS)
    await pushed()
    goAway(false)
    sender.wait(5 * HOUR_MS)
    await pushed()
    expect(texts()).toEqual(['早', '晚'])
    expect(await found('late')).toMatchObject({ state: 'unknown' })
  })

  test('is not said to have failed when it cannot be sent again', async () => {
    await sender.enqueue('k', message('一'))
    sender.standIn.failNext(SEND, 'lost')
    await pushed()
    sender.bot = { ...sender.bot, client: undefined }
    sender.wait(MINUTE_MS)
    await pushed()
    expect(await found('k')).toMatchObject({ state: 'unknown' })
  })

  test('is no file that was only uploaded: it is sent however much later', async () => {
    await sender.enqueue('file', ledgerFile)
    sender.standIn.failNext('/cgi-bin/media/upload', 'lost')
    await pushed()
    sender.wait(5 * HOUR_MS)
    await pushed()
    expect(await found('file')).toMatchObject({ state: 'sent' })
  })
})

const ledgerFile: DeliveryBody = {
  type: 'document',
  to: 'zhaomin',
  document: { of: 'ledger', id: 'zhaomin', paper: 'ledger', format: 'xlsx', name: '台账.xlsx' },
}

test('a file that WeCom keeps no longer is uploaded again', async () => {
  await sender.enqueue('file', ledgerFile)
  sender.standIn.failNext(SEND, { errcode: -1 })
  await pushed()
  sender.standIn.failNext(SEND, { errcode: 40007 })
  sender.wait(2 * SECOND_MS)
  await pushed()
  expect(sender.standIn.inbox('zhaomin', 'app').map(({ body }) => body.type)).toEqual(['file'])
})

describe('outside the hours in which people may be written to', () => {
  test.each<[string, DeliveryBody, () => number]>([
    ['news of a case', letter('通过了'), () => texts().length],
    ['the picture of a group', { type: 'groupChart', to: digest.to, place: '450205001008' }, posts],
  ])('%s waits for the next morning', async (_, body, arrived) => {
    sender.goTo('2026-11-26T20:00')
    await sender.enqueue('k', body)
    await pushed()
    sender.goTo('2026-11-27T07:00')
    await pushed()
    expect(arrived()).toBe(0)
    sender.goTo('2026-11-27T08:40')
    await pushed()
    expect(arrived()).toBe(1)
  })

  test('a digest is of its day: left over, it is not posted on another', async () => {
    await sender.enqueue('group:2026-11-26:x:y', digest)
    sender.goTo('2026-11-27T08:40')
    await pushed()
    expect(await found('group:2026-11-26:x:y')).toMatchObject({ state: 'failed', problem: 'its day is over' })
    await sender.enqueue('group:2026-11-27:x:y', { ...digest, day: '2026-11-27' })
    sender.standIn.failNext(POST, { errcode: 45009 })
    sender.goTo('2026-11-27T17:29:30')
    await pushed()
    expect(await found('group:2026-11-27:x:y')).toMatchObject({ state: 'failed' })
    expect(posts()).toBe(0)
  })

  test('what was put off until they begin holds back no answer', async () => {
    sender.goTo('2026-11-26T17:29:30')
    await sender.enqueue('news', letter('通过了'))
    sender.standIn.failNext(SEND, { errcode: 45009 })
    await pushed()
    await sender.enqueue('answer', message('您好'))
    sender.wait(MINUTE_MS)
    await pushed()
    expect(texts()).toEqual(['您好'])
    sender.goTo('2026-11-27T08:40')
    await pushed()
    expect(texts()).toEqual(['您好', '通过了'])
  })
})
