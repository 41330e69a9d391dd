import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import { deliver } from '../../src/deliver.ts'
import { createLogger } from '../../src/log.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Delivery } from '../../src/store/store.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { MemoryDisk } from '../store/memory-disk.ts'
import { botOver, loadParts } from '../support/bot.ts'
import { appKeys, Person, startTrial } from '../support/trial.ts'
import { openStandIn, type Answering } from '../wecom/stand-in.ts'

const parts = await loadParts()
const TEXT = '您的备案已经通过，请带身份证450205190003071234来领取。'
const ok = { errcode: 0, errmsg: 'ok' }
const page = (status: number, text: string) => ({
  status,
  headers: { 'Content-Type': 'text/html' },
  bytes: Buffer.from(text),
})

let now = new Date('2026-11-23T02:00:00Z')
let closing: () => Promise<void>
let bot: Bot
let logged: string[]
let sends: number

/** A WeCom that answers sends as the test says, and otherwise well. */
async function facing(answering: (nth: number) => ReturnType<Answering>): Promise<void> {
  sends = 0
  const wecom = await openStandIn(({ path }) => {
    if (path === '/cgi-bin/gettoken') return { ...ok, access_token: 'token', expires_in: 7200 }
    if (path === '/cgi-bin/message/send') return answering(++sends)
    return ok
  })
  const clock = { now: () => now }
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 7)],
    disk: new MemoryDisk(),
    clock,
  })
  bot = {
    ...botOver(store, parts, clock),
    client: new WecomClient({ base: wecom.base, ...appKeys, clock }),
    log: createLogger('info', { write: (line: string) => void logged.push(line) }),
  }
  closing = async () => {
    await store.close()
    await wecom.close()
  }
}
beforeEach(() => {
  now = new Date('2026-11-23T02:00:00Z')
  logged = []
})
afterEach(() => closing())

/** One message to a person, tried for a day; eleven minutes pass between the tries. */
async function delivered(): Promise<Delivery> {
  const at = now.toISOString()
  const body = { type: 'message' as const, to: 'wangxiuying', reply: { text: TEXT } }
  await bot.store.transact((tx) => tx.enqueue({ key: 'k', body, enqueuedAt: at, dueAt: at }))
  for (let tries = 0; tries < 130; tries++) {
    await deliver(bot)
    now = new Date(now.getTime() + 11 * 60_000)
  }
  return (await bot.store.transact((tx) => tx.findDelivery('k')))!
}

/** Neither the words nor the number reach the operator. */
const expectDiscreet = (): void => {
  expect(logged.join('')).not.toMatch(/450205190003071234|备案已经通过|wangxiuying/)
}

test.each([
  // What WeCom says, and whether it may be otherwise later.
  ['the person left', { errcode: 81013, errmsg: 'all illegal' }, false],
  ['the message is wrong', { errcode: 40058, errmsg: 'invalid' }, false],
  ['its address is not trusted', { errcode: 60020, errmsg: 'not allow to access from your ip' }, true],
  ['it is busy, for ever', { errcode: -1, errmsg: 'system busy' }, true],
  ['the app was taken away', { errcode: 301002, errmsg: 'not allow' }, true],
])('WeCom refuses because %s', async (_, answer, mayChange) => {
  await facing(() => answer)
  const delivery = await delivered()
  expect(delivery.state).toBe('failed')
  // Half a day is waited for an operator to mend it, and no answer costs more than so many calls.
  if (mayChange) expect(sends).toBeGreaterThan(20)
  expect(sends).toBeLessThanOrEqual(mayChange ? 80 : 1)
  expect(delivery.problem).toContain(String(answer.errcode))
  expect(logged.at(-1)).toContain('"state":"failed"')
  expect(logged.at(-1)).toContain(String(answer.errcode))
  const { body } = await bot.metrics.expose()
  expect(body).toContain(`filing_wecom_errors_total{code="${answer.errcode}"} ${sends}`)
  expectDiscreet()
  if (!mayChange) return

  await closing()
  await facing((nth) => (nth <= 5 ? answer : ok))
  expect((await delivered()).state).toBe('sent')
  expect(sends).toBe(6)
})

test('WeCom says too often: it is asked again when the window is over, and the person gets it once', async () => {
  await facing((nth) => (nth <= 2 ? { errcode: 45009, errmsg: 'api freq out of limit' } : ok))
  expect((await delivered()).state).toBe('sent')
  expect(sends).toBe(3)
})

test.each<[string, ReturnType<Answering>]>([
  ['a page of a portal, with 200', page(200, '<html>请登录</html>')],
  ['nothing, with 200', page(200, '')],
  ['a list', [] as object],
  ['an errcode that is a word', { errcode: 'ok' }],
  ['no errcode', { errmsg: 'ok' }],
  ['half of its answer', page(200, '{"errcode":0,"errm')],
  ['a redirect', { status: 302, headers: { Location: 'http://127.0.0.1:1/' }, bytes: Buffer.alloc(0) }],
  ['a broken gateway', page(502, 'bad gateway')],
  ['a connection that breaks', 'hang up'],
])('WeCom answers with %s: never taken for sent, tried again, and shown as what it is', async (_, answer) => {
  await facing(() => answer)
  const delivery = await delivered()
  expect(['unknown', 'failed']).toContain(delivery.state)
  expect(sends).toBeGreaterThan(3)
  expect(sends).toBeLessThanOrEqual(80)
  expect(delivery.problem).toMatch(/^NetworkError: |^interrupted while/)
  expect(logged[0]).toContain('NetworkError')
  expect((await bot.store.counts())[delivery.state as 'unknown']).toBe(1)
  expectDiscreet()

  // The next one is not held up by it.
  await closing()
  await facing((nth) => (nth === 1 ? answer : ok))
  expect((await delivered()).state).toBe('sent')
})

test('an answer without end is cut off', async () => {
  await facing(() => page(200, `{"errcode":0,"errmsg":"${'a'.repeat(2 * 1024 * 1024)}"}`))
  const delivery = await delivered()
  expect(delivery.state).toBe('unknown')
  expect(logged[0]).toContain('bytes were answered')
})

test('while WeCom does not answer what is pushed, people are answered as ever', async () => {
  const trial = await startTrial()
  closing = () => trial.stop()
  const wang = new Person(trial, 'wangxiuying')
  for (let n = 0; n < 3; n++) trial.standIn.failNext('/cgi-bin/message/send', 'hang')
  const at = trial.standIn.clock.now().toISOString()
  await trial.app.store.transact(async (tx) => {
    for (const to of ['wangxiuying', 'chenguizhi', 'zhaomin']) {
      const body = { type: 'message' as const, to, reply: { text: '通知' } }
      await tx.enqueue({ key: to, body, enqueuedAt: at, dueAt: at })
    }
  })
  for (const words of ['开始备案', '继续', '同意', '1']) expect(await wang.says(words)).not.toBe('')
  expect(wang.heard).toContain('第2题')
})
