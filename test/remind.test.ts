import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bot } from '../src/bot.ts'
import { deliver } from '../src/deliver.ts'
import type { Filing } from '../src/filings/filing.ts'
import { remind } from '../src/remind.ts'
import { matterId } from '../src/reminders/matter.ts'
import { sandboxGroups, sandboxPeople } from '../src/sandbox/cast.ts'
import { movableClock, type MovableClock } from '../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../src/sandbox/stand-in.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import { WecomClient } from '../src/wecom/client.ts'
import { GroupRobots } from '../src/wecom/groups.ts'
import { receive } from '../src/receive.ts'
import { JIEFANG, MINGZHU, submitted } from './filings/cases.ts'
import { MemoryDisk } from './store/memory-disk.ts'
import { botOver, loadParts, talkingTo } from './support/bot.ts'
import { appKeys, robot } from './support/trial.ts'
import { forwardTo } from './support/moment.ts'

const parts = await loadParts()
const dataKeys = [Buffer.alloc(32, 7)]

const filed = (validUntil: string, over: Partial<Filing> = {}): Filing =>
  submitted({
    applicant: 'wangxiuying',
    events: [
      {
        type: 'imported',
        by: 'zhaomin',
        at: '2026-11-02T02:00:00.000Z',
        filingNumber: '柳北解备〔2026〕1号',
        filedOn: '2025-03-01',
        validUntil,
      },
    ],
    ...over,
  })

let standIn: StandIn
let clock: MovableClock
let disk: MemoryDisk
let bot: Bot
const open = () => openJsonStore({ folder: '/data', dataKeys, disk, clock })

const goTo = (moment: string): void => forwardTo(clock, moment)

beforeEach(async () => {
  const start = new Date('2026-11-20T00:00:00Z')
  clock = movableClock({ now: () => start })
  standIn = await startStandIn({ robot, app: appKeys, clock, people: sandboxPeople, groups: sandboxGroups })
  disk = new MemoryDisk()
  bot = {
    ...botOver(await open(), parts, clock),
    client: new WecomClient({ base: standIn.url, ...appKeys, clock }),
    groups: new GroupRobots({ apiBase: standIn.url, clock }),
    apiBase: standIn.url,
  }
})
afterEach(async () => {
  expect(standIn.violations.filter(({ rule }) => rule !== 'api-81013')).toEqual([])
  await bot.store.close()
  await standIn.stop()
})

const save = (...filings: Filing[]): Promise<void> =>
  bot.store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })

const textsTo = (userId: string): string[] =>
  standIn.inbox(userId, 'app').flatMap(({ body }) => (body.type === 'text' ? [body.text] : []))

test('the leader of a filing that lapses in sixty days hears it once, in the hours for it', async () => {
  await save(filed('2027-01-22'))
  goTo('2026-11-23T07:00')
  expect(await remind(bot)).toBe(0)
  goTo('2026-11-23T09:05')
  await remind(bot)
  await deliver(bot)
  const [letter, ...more] = textsTo('wangxiuying')
  expect(letter).toContain('夕阳红志愿服务队的备案有效期到2027年1月22日，还有60天')
  expect(letter).toContain('11月月报，每月底报给社区和孵化机构，最晚11月30日')
  expect(letter).toContain('“不是我负责”')
  expect(more).toEqual([])
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangxiuying')).toHaveLength(1)
  goTo('2026-11-24T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangxiuying')).toHaveLength(1)
})

test('a letter about one matter carries its five answers as a card', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  await deliver(bot)
  const cards = standIn
    .inbox('wangxiuying', 'app')
    .flatMap(({ body }) => (body.type === 'card' ? [body] : []))
  expect(JSON.stringify(cards)).toContain('remind:done:monthlyReport:2026-11:f1')
  expect(JSON.stringify(cards)).toContain('请社区帮我')
})

test('what was handed in is reminded of no more, privately and in the group', async () => {
  await save(filed('2028-03-01'))
  await bot.store.transact((tx) =>
    tx.saveMatter({
      id: matterId('monthlyReport', '2026-11', 'f1'),
      duty: 'monthlyReport',
      period: '2026-11',
      target: 'f1',
      place: MINGZHU,
      events: [{ type: 'reported', at: '2026-11-20T01:00:00.000Z', by: 'wangxiuying', nothing: true }],
    }),
  )
  goTo('2026-11-26T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangxiuying')).toEqual([])
  expect(standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' })).toEqual([])
})

test('a group hears once a day how many still owe, and only they are mentioned', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-26T09:05')
  for (let run = 0; run < 2; run++) {
    await remind(bot)
    await deliver(bot)
  }
  const group = standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' })
  expect(group).toHaveLength(1)
  const [{ body, mentions } = { body: undefined, mentions: [] }] = group
  expect(body).toMatchObject({ text: expect.stringContaining('11月月报（最晚11月30日）还差1家') })
  expect(JSON.stringify(body)).not.toContain('夕阳红')
  expect(mentions).toEqual(['wangxiuying'])
})

test('the ledger is asked of the officer of the street until it was handed in', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-24T14:40')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('lijie').join()).toContain('11月备案台账，每月25日前报区民政局，最晚11月24日')
  expect(textsTo('wangfang')).toEqual([])
  const matter = await bot.store.transact((tx) => tx.findMatter(matterId('ledger', '2026-11', JIEFANG)))
  expect(matter?.events).toMatchObject([{ type: 'reminded', step: 'owner-0', to: 'lijie' }])
})

test.each([true, false])('what was done in January counts until December: %s', async (isDone) => {
  await save(filed('2028-03-01'))
  goTo('2027-01-12T09:05')
  const place = parts.pack.jurisdiction.code
  const id = matterId('yearlyTraining', '2027', place)
  const event = {
    type: 'noted' as const,
    at: '2027-01-12T01:00:00.000Z',
    by: 'zhaomin',
    state: 'done' as const,
  }
  const matter = { id, duty: 'yearlyTraining', period: '2027', target: place, place, events: [event] }
  if (isDone) await bot.store.transact((tx) => tx.saveMatter(matter))
  goTo('2027-12-03T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('zhaomin').join().includes('骨干人才能力培训（每年至少1次），最晚12月31日完成')).toBe(
    !isDone,
  )
  expect((await allPages('zhaomin', '谁没交')).includes('2027年骨干人才能力培训，最晚12月31日')).toBe(!isDone)
})

test('whoever cannot be reached is put on the list of the community, the next day', async () => {
  await save(filed('2028-03-01', { applicant: 'nobodyhere' }))
  goTo('2026-11-23T09:05')
  await remind(bot)
  await deliver(bot)
  goTo('2026-11-24T09:05')
  await remind(bot)
  await deliver(bot)
  const letter = textsTo('wangfang').join()
  expect(letter).toMatch(
    /负责人联系不上，请打电话或当面告诉一声：11月月报，最晚11月30日报。他们不方便的，可以替他们报/,
  )
  expect(letter).not.toContain('三个问题')
})

test('asked to tell of filings that lapse, a community reads each name and day once', async () => {
  const applicant = 'nobodyhere'
  await save(filed('2027-01-20', { applicant }))
  for (const day of ['2026-11-23', '2026-11-24', '2026-12-22', '2026-12-23']) {
    goTo(`${day}T09:05`)
    await remind(bot)
    await deliver(bot)
  }
  const line = textsTo('wangfang')
    .flatMap((text) => text.split('\n'))
    .find((one) => one.includes('备案到期要重新备案'))
  expect(line).toMatch(
    /[^、]+（1月20日到期）的负责人联系不上，请打电话或当面告诉一声：备案到期要重新备案，现在就可以办。看名单回复“到期”。$/,
  )
  expect(line?.match(/解放街道/g)).toHaveLength(1)
})

test('a group does not mention somebody whom WeCom does not know', async () => {
  await save(filed('2028-03-01', { applicant: 'nobodyhere' }))
  for (const day of ['2026-11-25', '2026-11-26']) {
    goTo(`${day}T09:05`)
    await remind(bot)
    await deliver(bot)
  }
  const [told] = standIn.inbox('wangxiuying', { group: '明珠社区社会组织群' })
  expect(told?.body).toMatchObject({ text: expect.stringContaining('11月月报（最晚11月30日）还差1家') })
  expect(told?.mentions ?? []).toEqual([])
})

test('after an outage who owes it is told first, and the next office is asked to help a day later', async () => {
  await save(filed('2028-03-01'))
  for (const [day, helped] of [
    ['2026-12-02', false],
    ['2026-12-03', true],
  ] as const) {
    goTo(`${day}T09:05`)
    await remind(bot)
    await deliver(bot)
    expect(textsTo('wangxiuying').join()).toContain('11月月报')
    expect(textsTo('wangfang').join().includes('11月月报还没收到')).toBe(helped)
  }
})

test('a letter that did not leave on its day is in the one of the next, which says that it is late', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T17:29')
  await remind(bot)
  goTo('2026-11-23T20:00')
  await deliver(bot)
  goTo('2026-11-24T08:40')
  await deliver(bot)
  expect(textsTo('wangxiuying')).toEqual([])
  for (let run = 0; run < 2; run++) {
    await remind(bot)
    await deliver(bot)
  }
  expect(textsTo('wangxiuying')).toEqual([expect.stringMatching(/11月月报[^]*这条晚到了/)])
})

test('what was handed in after it was promised is not sent any more', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T08:30')
  await remind(bot)
  expect(await says('wangxiuying', '无活动')).toContain('已登记')
  goTo('2026-11-23T08:40')
  await deliver(bot)
  expect(textsTo('wangxiuying')).toEqual([])
  const dropped = await bot.store.transact((tx) => tx.listDeliveries('dropped', 10))
  expect(dropped.map(({ body }) => body.to)).toEqual(['wangxiuying', 'wangxiuying'])
})

test.each(['过几天', '不是我负责'])('%s before a promised letter has left keeps it back', async (words) => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  await says('wangxiuying', words)
  await deliver(bot)
  expect(textsTo('wangxiuying').join()).not.toContain('11月月报')
})

test.each([
  // A Monday, and the Friday before a weekend.
  ['2026-11-23', '明天再说', '11月24日'],
  ['2026-11-23', '下周', '11月30日'],
  ['2026-11-23', '过几天', '11月26日'],
  ['2026-11-27', '明天', '11月30日'],
  ['2026-11-27', '下个星期再说', '周一11月30日'],
  ['2026-11-23', '下周三', '周三12月2日'],
  ['2026-11-23', '这周六再说', '周一11月30日'],
  ['2026-11-23', '25号', '周三11月25日'],
  // A month that ends in a weekend: before it, not after.
  ['2027-02-22', '月底', '周五2月26日'],
  ['2026-11-23', '3月1号', '周四12月24日'],
])('on %s %s is until %s, a day on which letters leave', async (day, words, until) => {
  await save(filed('2028-03-01'))
  goTo(`${day}T09:05`)
  await remind(bot)
  const heard = await says('wangxiuying', words)
  // After a month without a report two are open.
  expect(heard.includes('是哪一件') ? await says('wangxiuying', '1') : heard).toContain(`${until}再提醒您`)
})

test('who was reminded three times is not promised a fourth', async () => {
  goTo('2026-11-20T09:05')
  await save(filed('2028-03-01'))
  const steps = ['owner-5', 'owner-2', 'owner-0']
  const event = { type: 'reminded' as const, at: '2026-11-20T01:05:00.000Z', day: '2026-11-20', to: 'lijie' }
  const id = matterId('ledger', '2026-11', JIEFANG)
  const matter = { id, duty: 'ledger', period: '2026-11', target: JIEFANG, place: JIEFANG }
  await bot.store.transact((tx) =>
    tx.saveMatter({ ...matter, events: steps.map((step) => ({ ...event, step })) }),
  )
  expect(await says('lijie', '过几天')).toMatch(/先放着.*不再另外提醒/)
})

test('letters are spread out, at most forty a minute', async () => {
  const grant = filed('2028-03-01').events[0]!
  await save(
    ...Array.from({ length: 90 }, (_, n) => {
      const events = [{ ...grant, filingNumber: `柳北解备〔2026〕${n}号` }] as Filing['events']
      const one = { id: `o${n}`, applicant: `leader${n}`, organizationName: `第${n}合唱队`, events }
      return filed('2028-03-01', one)
    }),
  )
  goTo('2026-11-23T09:05')
  await remind(bot)
  const promised = await bot.store.transact((tx) => tx.listDeliveries('waiting', 1000))
  const letters = promised.filter(({ key }) => key.startsWith('letter:') && !key.includes('#'))
  const minutes = letters.map(({ dueAt }) => dueAt.slice(0, 16))
  expect(letters.length).toBeGreaterThanOrEqual(90)
  for (const minute of minutes) expect(minutes.filter((one) => one === minute).length).toBeLessThanOrEqual(40)
})

test('what was renewed after its letter was promised is not said to lapse', async () => {
  await save(filed('2027-01-22'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  const [event] = filed('2029-01-22').events
  const renewed = { ...event!, filingNumber: '柳北解备〔2026〕2号' } as Filing['events'][number]
  await save(filed('2029-01-22', { id: 'f1-2', kind: 'renewal', organizationId: 'f1', events: [renewed] }))
  await deliver(bot)
  expect(textsTo('wangxiuying').join()).toContain('11月月报')
  expect(textsTo('wangxiuying').join()).not.toContain('有效期')
})

test('a process that dies at any write promises no letter twice and forgets none', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  // What was noted and what was promised stand in the same journal line.
  await bot.store.close()
  bot = { ...bot, store: await open() }
  expect(await remind(bot)).toBe(0)
  await deliver(bot)
  expect(textsTo('wangxiuying')).toHaveLength(1)
})

test('a group post that broke off is not made again, and stands as unknown', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-26T09:05')
  standIn.failNext('/cgi-bin/webhook/send', 'lost')
  await remind(bot)
  await deliver(bot)
  const unknown = await bot.store.transact((tx) => tx.listDeliveries('unknown', 10))
  expect(unknown.map(({ body }) => body.type)).toEqual(['group'])
})

const filesTo = (userId: string): string[] =>
  standIn.inbox(userId, 'app').flatMap(({ body }) => (body.type === 'file' ? [body.attachment.name] : []))

test('the draft of the ledger follows its letter once, whatever runs again', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-24T09:05')
  await remind(bot)
  await bot.store.close()
  bot = { ...bot, store: await open() }
  for (let run = 0; run < 2; run++) {
    await remind(bot)
    await deliver(bot)
  }
  const draft = (month: number): string => `解放街道2026年${month}月备案台账（草稿）.xlsx`
  expect(filesTo('lijie')).toEqual([draft(11)])
  expect(textsTo('lijie').join()).toContain('共1家：已备案1。本月变动1处：补录1。')
})

test('a draft that broke off comes once all the same, and not at all when the ledger was handed in meanwhile', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-24T09:05')
  standIn.failNext('/cgi-bin/media/upload', 'lost')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('lijie').join()).toContain('http://files.test/ledger/lijie/2026-11:450205001000.xlsx')
  expect(filesTo('lijie')).toEqual([])
  clock.forward(60_000)
  await deliver(bot)
  expect(filesTo('lijie')).toHaveLength(1)
  goTo('2026-12-22T09:05')
  await remind(bot)
  expect(await says('lijie', '确认报送')).toContain('2026年12月台账已报送')
  await deliver(bot)
  expect(filesTo('lijie').filter((name) => name.includes('草稿'))).toEqual([
    '解放街道2026年11月备案台账（草稿）.xlsx',
  ])
})

test('what was handed in is told to the district once, with all of yesterday in one letter', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-24T09:05')
  await remind(bot)
  expect(await says('lijie', '确认报送')).toContain('已报送')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('zhaomin').join()).not.toContain('收到解放街道')
  for (const moment of ['2026-11-25T09:05', '2026-11-25T15:05', '2026-11-26T09:05']) {
    goTo(moment)
    await remind(bot)
    await deliver(bot)
  }
  expect(textsTo('zhaomin').filter((text) => text.includes('收到解放街道的11月备案台账'))).toHaveLength(1)
})

// The other one comes between any two of the last transactions, of which the very last promises.
test.each(Array.from({ length: 12 }, (_, n) => 25 + n))(
  'two processes that see different things of one morning write one letter to a person (%i)',
  async (turn) => {
    await save(filed('2027-01-24'))
    const staff = bot.directory.current()
    const operator = { userId: 'wangxiuying', name: '王秀英', role: 'operator' as const, place: undefined }
    const appointed = { ...staff, appointments: [...staff.appointments, operator] }
    let turns = 0
    const store: Bot['store'] = {
      isReady: () => bot.store.isReady(),
      counts: () => bot.store.counts(),
      close: () => bot.store.close(),
      async transact(work) {
        if (++turns === turn) await remind(second)
        return bot.store.transact(work)
      },
    }
    const first: Bot = { ...bot, store, directory: { ...bot.directory, current: () => appointed } }
    const second: Bot = {
      ...first,
      store: bot.store,
      pack: { ...bot.pack, duties: { ...bot.pack.duties, duties: [] } },
    }
    goTo('2026-11-24T09:05')
    await remind(bot)
    await deliver(bot)
    goTo('2026-11-25T09:05')
    await remind(first)
    const keys = await bot.store.transact(async (tx) =>
      [...(await tx.listKeys('letter:2026-11-25:')), ...(await tx.listKeys('morning:2026-11-25:'))].map(
        ({ key }) => key.replace(/#.*$/, ''),
      ),
    )
    expect([...new Set(keys)].filter((key) => key.endsWith(':wangxiuying'))).toHaveLength(1)
  },
)

/** What the bot answers to words in the single chat. */
const { says, allPages } = talkingTo(() => bot)

test('已办好 after a letter ends its matter, and nothing is asked of the community any more', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  await deliver(bot)
  expect(await says('wangxiuying', '已办好')).toContain('记下了')
  for (const day of ['2026-11-26', '2026-12-01']) {
    goTo(`${day}T09:05`)
    await remind(bot)
    await deliver(bot)
  }
  expect(textsTo('wangxiuying')).toHaveLength(1)
  expect(textsTo('wangfang').join()).not.toContain('11月月报')
})

test('of two matters it is asked which is meant, and the number means that one until the day they named', async () => {
  await save(filed('2027-01-22'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  expect(await says('wangxiuying', '周四再说')).toContain('是哪一件')
  expect(await says('wangxiuying', '2')).toContain('周四11月26日再提醒您')
  const matter = await bot.store.transact((tx) => tx.findMatter('validity:2027-01-22:f1'))
  expect(matter?.events.at(-1)).toMatchObject({ type: 'answered', answer: 'later', by: 'wangxiuying' })
})

test('a helper who says 明天再说 is heard though the leader has put it off as well', async () => {
  await save(filed('2028-03-01'))
  for (const day of ['2026-11-26', '2026-12-01']) {
    goTo(`${day}T09:05`)
    await remind(bot)
    await deliver(bot)
  }
  expect(await says('wangxiuying', '下周再说')).toContain('12月7日再提醒您')
  expect(await says('wangfang', '明天再说')).toContain('夕阳红志愿服务队的11月月报，周三12月2日再提醒您')
  expect(await says('wangfang', '已办好')).toContain('没有等您办的提醒')
  goTo('2026-12-02T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangfang').at(-1)).toContain('夕阳红志愿服务队的11月月报还没收到')
  expect(await says('wangfang', '请上级帮我')).toContain('会告诉上一级')
  goTo('2026-12-03T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('lijie').join()).toContain(
    '夕阳红志愿服务队的事，经办的人请您帮一把：11月月报，最晚11月30日报',
  )
  const list = await allPages('zhaomin', '提醒')
  expect(list).toMatch(/王芳（社区工作者）：请帮忙：11月月报（到时没办好），已达/)
  expect(list).toMatch(/李杰（街道经办）：.*请帮忙：11月月报（王芳（社区工作者）请的），已达/)
})

test('the bureau that is asked to help with a ledger reads no word it cannot use, and no place twice', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-20T09:05')
  await remind(bot)
  await deliver(bot)
  expect(await says('lijie', '请上级帮我')).toContain('会告诉上一级')
  goTo('2026-11-23T09:05')
  await remind(bot)
  await deliver(bot)
  const line = textsTo('zhaomin')
    .flatMap((text) => text.split('\n'))
    .find((one) => one.includes('解放街道'))
  expect(line).toMatch(/解放街道请您帮忙办：11月备案台账，最晚11月24日报。报了没有，回复“台账”看。$/)
  expect(line?.match(/解放街道/g)).toHaveLength(1)
})

test('before a last day on which nobody works an officer reads by when, and the bureau of streets without any', async () => {
  await save(filed('2028-03-01'))
  // 24 January 2027 is a Sunday.
  goTo('2027-01-15T09:05')
  await remind(bot)
  await deliver(bot)
  const line = '1月备案台账，每月25日前报区民政局，最晚1月24日，那天放假，请1月22日办好。'
  expect(textsTo('lijie').join()).toContain(line)
  expect(textsTo('zhaomin').join()).toMatch(
    /雅儒街道、.*长塘镇还没有经办人的账号，收不到提醒。1月备案台账最晚1月24日报，请打电话告诉一声。/,
  )
  goTo('2027-01-22T09:05')
  await remind(bot)
  await deliver(bot)
  const group = standIn.inbox('lijie', { group: '解放街道社会组织群' }).at(-1)
  expect(JSON.stringify(group?.body)).toContain('1月备案台账（最晚1月24日，那天放假，请1月22日办好）还没报')
})

test('已办好 of a community that has told its leader leaves the leader their own reminders', async () => {
  await save(filed('2027-03-01'))
  goTo('2026-12-01T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangfang').join()).toContain('请告诉负责人到期要重新备案')
  expect(await says('wangfang', '已办好 validity:2027-03-01:f1')).toMatch(
    /已经告诉负责人。到3月1日还没有重新备案，再告诉您/,
  )
  goTo('2026-12-31T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangxiuying').join()).toContain('有效期到2027年3月1日')
})

test('after an outage the bureau reads once of a street that nobody works for', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-27T09:05')
  await remind(bot)
  await deliver(bot)
  expect(
    textsTo('zhaomin')
      .join()
      .match(/长塘镇/g),
  ).toHaveLength(1)
  expect(textsTo('zhaomin').join()).toMatch(/长塘镇的11月台账还没收到/)
})

test('who leads two is asked by their names, and not again of what they said is not theirs', async () => {
  const other = {
    ...filed('2028-03-01').events[0]!,
    filingNumber: '柳北解备〔2026〕2号',
  } as Filing['events'][number]
  await save(
    filed('2028-03-01'),
    filed('2028-03-01', { id: 'f2', organizationName: '和事佬调解队', events: [other] }),
  )
  goTo('2026-11-23T09:05')
  await remind(bot)
  const heard = await says('wangxiuying', '不是我负责')
  expect(heard).toContain('夕阳红志愿服务队的11月月报')
  expect(heard).toContain('和事佬调解队的11月月报')
  await says('wangxiuying', heard.includes('1. 和事佬') ? '1' : '2')
  expect(await says('wangxiuying', '我已经办好了')).toContain('夕阳红志愿服务队的11月月报，已办好')
})

test('other words for it count from somebody who was reminded, and are a question from anybody else', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  expect(await says('chenming', '这两天没空')).not.toMatch(/再提醒您|没有等您办的提醒/)
  expect(await says('wangxiuying', '这两天没空')).toContain('11月26日再提醒您')
  expect(await says('wangxiuying', '早就弄好了')).not.toMatch(/记下了|没有等您办的提醒/)
  goTo('2026-11-26T09:05')
  await remind(bot)
  expect(await says('wangxiuying', '早就弄好了')).toContain('记下了')
})

test('无活动 and 确认报送 hand in what is owed; who was reminded of nothing is told so', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-24T09:05')
  await remind(bot)
  expect(await says('wangxiuying', '无活动')).toContain('已登记')
  expect(await says('lijie', '确认报送')).toContain('解放街道2026年11月台账已报送')
  expect(await says('chenming', '已办好')).toContain('没有等您办的提醒')
  goTo('2026-11-25T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('zhaomin').join()).not.toContain('解放街道的11月台账还没收到')
})

test.each([
  ['2026-11-24', '没搞活动', '2026年11月的月报已登记：无活动'],
  ['2026-11-24', '本月没有', '2026年11月的月报已登记：无活动'],
  ['2026-11-24', '我们队这个月啥也没搞', '2026年11月的月报已登记：无活动'],
  // The one whose report is still missing, not the one that has just begun.
  ['2026-12-01', '这个月没活动', '2026年11月的月报已登记：无活动'],
  ['2026-11-24', '帮我弄一下', '已经告诉社区'],
  ['2026-11-24', '不会弄', '已经告诉社区'],
  ['2026-11-24', '我退出了', '以后这件事不再提醒您'],
  ['2026-11-24', '换人了', '以后这件事不再提醒您'],
])('on %s, after a reminder, %s means %s', async (day, words, answer) => {
  await save(filed('2028-03-01'))
  goTo(`${day}T09:05`)
  await remind(bot)
  expect(await says('wangxiuying', words)).toContain(answer)
})

test('a button of the card answers its own matter', async () => {
  await save(filed('2028-03-01'))
  goTo('2026-11-23T09:05')
  await remind(bot)
  const id = 'monthlyReport:2026-11:f1'
  const content = { type: 'click' as const, cardId: 'letter@1', key: `remind:help:${id}`, selected: {} }
  await receive({ id: 'c1', channel: 'app', from: 'wangxiuying', chat: { type: 'single' }, content }, bot)
  goTo('2026-11-24T09:05')
  await remind(bot)
  await deliver(bot)
  expect(textsTo('wangfang').join()).toContain('请您帮忙办')
  expect(await says('lijie', '提醒')).toMatch(
    /王芳（社区工作者）：请帮忙：11月月报（.*夕阳红志愿服务队的负责人请的），已达/,
  )
})
