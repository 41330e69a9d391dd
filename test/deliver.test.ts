import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bot } from '../src/bot.ts'
import { deliver } from '../src/deliver.ts'
import { staffOf } from '../src/directory/staff.ts'
import { trialDirectory } from '../src/directory/trial.ts'
import type { Filing } from '../src/filings/filing.ts'
import { remind } from '../src/remind.ts'
import { sandboxGroups, sandboxPeople } from '../src/sandbox/cast.ts'
import { movableClock, type MovableClock } from '../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../src/sandbox/stand-in.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import type { Delivery, DeliveryBody } from '../src/store/store.ts'
import { WecomClient } from '../src/wecom/client.ts'
import { GroupRobots } from '../src/wecom/groups.ts'
import { submitted } from './filings/cases.ts'
import { sessionOf } from './store/invented.ts'
import { MemoryDisk } from './store/memory-disk.ts'
import { botOver, loadParts } from './support/bot.ts'
import { appKeys, robot } from './support/trial.ts'

const parts = await loadParts()
const MINUTE_MS = 60_000
/** A Thursday on which the monthly reports are due within two working days. */
const START = new Date('2026-11-26T01:05:00Z')

let standIn: StandIn
let clock: MovableClock
let bot: Bot
beforeEach(async () => {
  clock = movableClock({ now: () => START })
  standIn = await startStandIn({ robot, app: appKeys, clock, people: sandboxPeople, groups: sandboxGroups })
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 7)],
    disk: new MemoryDisk(),
    clock,
  })
  bot = {
    ...botOver(store, parts, clock),
    client: new WecomClient({ base: standIn.url, ...appKeys, clock }),
    groups: new GroupRobots({ apiBase: standIn.url, clock }),
    apiBase: standIn.url,
  }
})
afterEach(async () => {
  await bot.store.close()
  await standIn.stop()
})

const SEND = '/cgi-bin/message/send'
const textsTo = (userId: string): string[] =>
  standIn.inbox(userId, 'app').flatMap(({ body }) => (body.type === 'text' ? [body.text] : []))
const listed = (state: Delivery['state']): Promise<Delivery[]> =>
  bot.store.transact((tx) => tx.listDeliveries(state, 1000))
const enqueue = (key: string, body: DeliveryBody): Promise<boolean> => {
  const at = clock.now().toISOString()
  return bot.store.transact((tx) => tx.enqueue({ key, body, enqueuedAt: at, dueAt: at }))
}
const message = (text: string): DeliveryBody => ({ type: 'message', to: 'wangxiuying', reply: { text } })

const filed = (over: Partial<Filing> = {}): Filing =>
  submitted({
    applicant: 'wangxiuying',
    events: [
      {
        type: 'imported',
        by: 'zhaomin',
        at: '2026-11-02T02:00:00.000Z',
        filingNumber: '柳北解备〔2026〕1号',
        filedOn: '2025-03-01',
        validUntil: '2028-03-01',
      },
    ],
    ...over,
  })
const save = (...filings: Filing[]): Promise<void> =>
  bot.store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })

/** Calls the stand-in's API as the app. */
async function call(path: string, body: object): Promise<void> {
  const query = `corpid=${appKeys.corpId}&corpsecret=${appKeys.secret}`
  const answer = await fetch(`${standIn.url}/cgi-bin/gettoken?${query}`)
  const { access_token } = (await answer.json()) as { access_token: string }
  await fetch(`${standIn.url}${path}?access_token=${access_token}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
}

test('the digest of a group that has no push robot is sent by the app', async () => {
  const userlist = ['wangxiuying', 'wangfang']
  await call('/cgi-bin/appchat/create', { name: '明珠社区应用群', userlist, chatid: 'appchat0001' })
  const groups = [{ name: '明珠社区应用群', place: '解放街道/明珠社区', chatid: 'appchat0001' }]
  const { staff } = staffOf({ ...trialDirectory, groups }, parts.pack.jurisdiction, [])
  bot = { ...bot, directory: { current: () => staff, look: async () => {} } }
  await save(filed())
  await remind(bot)
  await deliver(bot)
  const [post, ...more] = standIn.inbox('wangxiuying', { group: '明珠社区应用群' })
  expect(post?.body).toMatchObject({ text: expect.stringContaining('还差1家') })
  expect(post?.mentions).toEqual(['wangxiuying'])
  expect(more).toEqual([])
  expect(standIn.violations).toEqual([])
})

test('a file is posted into a group by the robot it was uploaded with', async () => {
  const bytes = Buffer.from('备案情况统计')
  await bot.groups.postFile(standIn.webhookUrl('明珠社区社会组织群'), '统计.txt', bytes)
  const [post] = standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' })
  expect(post?.body).toMatchObject({ type: 'file', attachment: { name: '统计.txt', bytes } })
})

test('one robot posts twenty times a minute, and again in the next', async () => {
  const robot = standIn.webhookUrl('明珠社区社会组织群')
  const posts = (): number => standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' }).length
  for (let n = 0; n < 20; n++) await bot.groups.post(robot, `第${n}条`, [])
  await expect(bot.groups.post(robot, '多了', [])).rejects.toThrow('paced')
  expect(posts()).toBe(20)
  clock.forward(MINUTE_MS)
  await bot.groups.post(robot, '下一分钟', [])
  expect(posts()).toBe(21)
})

test('one person gets no more in a minute than WeCom passes on, and all of it in order', async () => {
  const texts = Array.from({ length: 45 }, (_, n) => `第${n}条`)
  for (const text of texts) await enqueue(text, message(text))
  await deliver(bot)
  expect(textsTo('wangxiuying').length).toBeLessThanOrEqual(30)
  for (let minute = 0; minute < 5; minute++) {
    clock.forward(MINUTE_MS + 1000)
    await deliver(bot)
  }
  expect(textsTo('wangxiuying')).toEqual(texts)
  expect(standIn.violations).toEqual([])
})

test('the same words said twice arrive twice, one of them whose answer was lost arrives once', async () => {
  await enqueue('a', message('第3题'))
  await enqueue('b', message('第3题'))
  standIn.failNext(SEND, 'lost')
  for (let run = 0; run < 3; run++) {
    await deliver(bot)
    clock.forward(5_000)
  }
  expect(textsTo('wangxiuying')).toEqual(['第3题', '第3题'])
  expect(await listed('sent')).toHaveLength(2)
})

test('a file whose answer was lost is sent again as the same message', async () => {
  const document = {
    of: 'ledger',
    id: 'zhaomin',
    paper: 'ledger',
    format: 'xlsx',
    name: '台账.xlsx',
  } as const
  await enqueue('file', { type: 'document', to: 'zhaomin', document })
  standIn.failNext(SEND, 'lost')
  for (let run = 0; run < 3; run++) {
    await deliver(bot)
    clock.forward(5_000)
  }
  expect(await listed('sent')).toHaveLength(1)
  expect(standIn.inbox('zhaomin', 'app').map(({ body }) => body.type)).toEqual(['file'])
})

test('what an operator has to mend is tried again, and nobody counts as unreachable for it', async () => {
  await save(filed())
  for (let times = 0; times < 4; times++) standIn.failNext(SEND, { errcode: 60020 })
  await remind(bot)
  await deliver(bot)
  expect(await listed('failed')).toEqual([])
  for (let minute = 0; minute < 40; minute += 5) {
    clock.forward(5 * MINUTE_MS)
    await deliver(bot)
  }
  expect(textsTo('wangxiuying')).toHaveLength(1)
})

test('an outage of hours loses no letter and sends none twice', async () => {
  await save(filed())
  await remind(bot)
  const { url } = standIn
  bot = { ...bot, client: new WecomClient({ base: 'http://127.0.0.1:1', ...appKeys, clock }) }
  for (let minute = 0; minute < 150; minute += 3) {
    await deliver(bot)
    clock.forward(3 * MINUTE_MS)
  }
  bot = { ...bot, client: new WecomClient({ base: url, ...appKeys, clock }) }
  for (let minute = 0; minute < 30; minute += 3) {
    await deliver(bot)
    clock.forward(3 * MINUTE_MS)
  }
  expect(textsTo('wangxiuying')).toHaveLength(1)
})

test('a lease that is nearly over is given back, and what was not attempted does not count as doubtful', async () => {
  for (const text of ['一', '二', '三']) await enqueue(text, message(text))
  const slow = bot.client!
  const sendText = slow.sendText.bind(slow)
  // Each message takes half a minute.
  slow.sendText = async (...message) => {
    clock.forward(30_000)
    return sendText(...message)
  }
  await deliver(bot)
  expect(textsTo('wangxiuying')).toEqual(['一', '二', '三'])
  for (const delivery of await listed('sent')) {
    expect(delivery).toMatchObject({ attempts: 1 })
    expect(delivery).not.toHaveProperty('doubtfulSince')
  }
})

test('who declined the notice is left in peace, and the community is asked instead', async () => {
  await save(filed())
  const consents = [{ version: '1', agreed: false, at: START.toISOString(), channel: 'robot' as const }]
  await bot.store.transact((tx) => tx.saveSession('wangxiuying', { ...sessionOf('1'), consents }))
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangxiuying')).toEqual([])
  expect(textsTo('wangfang').join()).toContain('的负责人不收机器人的消息')
  const [post] = standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' })
  expect(post?.mentions).toEqual([])
})

test('a letter too long for one message is sent in parts', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `柳州市柳北区解放街道明珠社区第${n}支夕阳红志愿服务队`)
  const kinds = ['2026-12-11', '2027-01-25', '2026-11-25', '2027-02-24']
  await save(
    ...names.map((organizationName, n) => {
      const validUntil = kinds[n % kinds.length]!
      const grant = filed().events[0]!
      const events = [{ ...grant, filingNumber: `柳北解备〔2026〕${n}号`, validUntil }] as Filing['events']
      return filed({ id: `o${n}`, organizationName, applicant: `nobody${n}`, events })
    }),
  )
  for (let day = 0; day < 6; day++) {
    await remind(bot)
    await deliver(bot)
    clock.forward(24 * 60 * MINUTE_MS)
  }
  const parts = textsTo('wangfang')
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.every((text) => Buffer.byteLength(text) <= 2048)).toBe(true)
  expect(await listed('failed')).toSatisfy((failed: Delivery[]) =>
    failed.every(({ problem }) => problem?.includes('81013')),
  )
})

test('without an app the reminders are said at the next message', async () => {
  await save(filed())
  bot = { ...bot, client: undefined }
  await remind(bot)
  await deliver(bot)
  const { missed } = await bot.store.transact((tx) => tx.getSession('wangxiuying'))
  expect(missed).toEqual([expect.stringContaining('11月月报')])
})

test('the operator reads once, on the next day, what became of the letters, and nothing on a day after nothing', async () => {
  const people = [
    ...trialDirectory.people,
    { userid: 'chenming', name: '陈明', role: 'operator' as const, place: undefined },
  ]
  const { staff } = staffOf({ ...trialDirectory, people }, parts.pack.jurisdiction, [])
  bot = { ...bot, directory: { current: () => staff, look: async () => {} } }
  const other = { ...filed().events[0]!, filingNumber: '柳北解备〔2026〕2号' } as Filing['events'][number]
  await save(
    filed(),
    filed({ id: 'f2', organizationName: '和事佬调解队', applicant: 'nobodyhere', events: [other] }),
  )
  const read: string[] = []
  for (let day = 0; day < 8; day++) {
    await remind(bot)
    await deliver(bot)
    read.push(
      textsTo('chenming')
        .slice(read.join('').length > 0 ? read.filter(Boolean).length : 0)
        .join(),
    )
    clock.forward(24 * 60 * MINUTE_MS)
  }
  // From a Thursday, on which the street hears late of its ledger and the bureau a day after it; next year's calendar
  // is asked for on Mondays.
  expect(read).toEqual([
    '',
    '昨日应发6，已达5，没发成1。',
    '',
    '',
    '11月27日应发4，已达4。\n2027年放假安排还没录入，公布以后请录入。',
    '昨日应发2，已达2。',
    // The first working day of a month, on which both groups read its numbers.
    '昨日应发3，已达3。',
    '',
  ])
})
