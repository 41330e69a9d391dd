import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Bot } from '../src/bot.ts'
import { deliver } from '../src/deliver.ts'
import type { Directory } from '../src/directory/directory.ts'
import { staffOf } from '../src/directory/staff.ts'
import { trialDirectory } from '../src/directory/trial.ts'
import type { Filing } from '../src/filings/filing.ts'
import { remind } from '../src/remind.ts'
import { sandboxGroups, sandboxPeople } from '../src/sandbox/cast.ts'
import { movableClock, type MovableClock } from '../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../src/sandbox/stand-in.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import { WecomClient } from '../src/wecom/client.ts'
import { GroupRobots } from '../src/wecom/groups.ts'
import { MINGZHU, submitted } from './filings/cases.ts'
import { MemoryDisk } from './store/memory-disk.ts'
import { botOver, loadParts, talkingTo } from './support/bot.ts'
import { appKeys, robot } from './support/trial.ts'
import { forwardTo } from './support/moment.ts'

const parts = await loadParts()

const directory: Directory = {
  ...trialDirectory,
  people: [
    ...trialDirectory.people,
    { userid: 'hebei', name: '何北', role: 'community', place: '解放街道/河北新村社区' },
    { userid: 'yaru', name: '杨儒', role: 'street', place: '雅儒街道' },
    { userid: 'fuhua', name: '傅华', role: 'incubator', place: '解放街道' },
    { userid: 'yunwei', name: '云伟', role: 'operator' },
  ],
}

const HEBEI = '450205001002'
const YALIAN = '450205002002'

const filed = (id: string, name: string, place: string, applicant = 'wangxiuying'): Filing =>
  submitted({
    id,
    caseNumber: `2026-00${id.slice(1).padStart(2, '0')}`,
    applicant,
    place,
    organizationName: `柳州市柳北区${name}`,
    events: [
      {
        type: 'imported',
        by: 'zhaomin',
        at: '2026-09-02T02:00:00.000Z',
        filingNumber: `柳北解备〔2026〕${id.slice(1)}号`,
        filedOn: '2025-03-01',
        validUntil: '2028-03-01',
      },
    ],
  })

let standIn: StandIn
let clock: MovableClock
let bot: Bot

const goTo = (moment: string): void => forwardTo(clock, moment)

beforeEach(async () => {
  const start = new Date('2026-11-20T00:00:00Z')
  clock = movableClock({ now: () => start })
  const extra = directory.people.slice(3).map(({ userid, name }) => ({ userId: userid, name, role: '' }))
  const people = [...sandboxPeople, ...extra]
  standIn = await startStandIn({ robot, app: appKeys, clock, people, groups: sandboxGroups })
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 7)],
    disk: new MemoryDisk(),
    clock,
  })
  const { staff } = staffOf(directory, parts.pack.jurisdiction, [])
  bot = {
    ...botOver(store, parts, clock),
    directory: { current: () => staff, look: async () => {} },
    client: new WecomClient({ base: standIn.url, ...appKeys, clock }),
    groups: new GroupRobots({ apiBase: standIn.url, clock }),
    apiBase: standIn.url,
  }
  await bot.store.transact(async (tx) => {
    await tx.saveFiling(filed('f1', '解放街道明珠社区夕阳红舞蹈队', MINGZHU))
    await tx.saveFiling(filed('f2', '解放街道明珠社区和事佬调解队', MINGZHU, 'chenming'))
    await tx.saveFiling(filed('f3', '解放街道河北新村社区晨光合唱团', HEBEI, 'nobodyhere'))
    await tx.saveFiling(filed('f4', '雅儒街道雅莲社区巡逻队', YALIAN, ''))
  })
})
afterEach(async () => {
  expect(standIn.violations.filter(({ rule }) => rule !== 'api-81013')).toEqual([])
  await bot.store.close()
  await standIn.stop()
})

const { says, allPages } = talkingTo(() => bot)

async function morning(moment: string): Promise<void> {
  goTo(moment)
  await remind(bot)
  await deliver(bot)
}

const names = {
  dance: '夕阳红舞蹈队',
  mediators: '和事佬调解队',
  choir: '晨光合唱团',
  patrol: '雅莲社区巡逻队',
}

describe('谁没交 stays within what a person answers for', () => {
  test.each([
    ['wangfang', [names.dance, names.mediators], [names.choir, names.patrol, '台账', '巡检']],
    ['hebei', [names.choir], [names.dance, names.patrol, '台账']],
    ['fuhua', [names.dance, names.choir], [names.patrol, '台账', '巡检']],
    ['lijie', [names.dance, names.choir, '11月备案情况统计台账'], [names.patrol, '雅儒街道', '巡检']],
    ['yaru', [names.patrol, '. 雅儒街道'], [names.dance, '. 解放街道']],
    ['zhaomin', ['第三季度社区社会组织工作巡检', '. 解放街道', '. 雅儒街道'], []],
    ['yunwei', ['无权'], [names.dance, '月报']],
    ['wangxiuying', ['无权'], [names.dance, '月报']],
  ])('%s', async (who, seen, hidden) => {
    goTo('2026-11-23T08:00')
    const text = await allPages(who, '谁没交')
    for (const words of seen) expect(text).toContain(words)
    for (const words of hidden) expect(text).not.toContain(words)
  })

  test.each([
    ['wangfang', [names.dance, '王芳'], [names.choir, names.patrol, '杨儒']],
    ['yaru', ['杨儒', '赵敏'], [names.dance, '李杰']],
    ['zhaomin', [names.dance, names.choir, '杨儒', '社会组织群'], []],
    ['yunwei', [names.dance, names.choir, '杨儒', '社会组织群'], []],
    ['wangxiuying', ['无权'], [names.dance]],
  ])('and so do 提醒 and 提醒 预览 of %s', async (who, seen, hidden) => {
    goTo('2026-11-23T08:00')
    const before = await allPages(who, '提醒 预览')
    await morning('2026-11-23T09:05')
    // Who is asked to help hears a day later.
    await morning('2026-11-24T09:05')
    const after = await allPages(who, '提醒')
    for (const words of seen) expect(before).toContain(words)
    for (const words of hidden) expect(before + after).not.toContain(words)
    for (const words of seen.filter((one) => one !== '无权')) expect(after).toContain(words)
  })

  test('a place that is named narrows the list; one out of reach does not open', async () => {
    goTo('2026-11-23T08:00')
    expect(await says('zhaomin', '谁没交 雅儒街道')).toContain(names.patrol)
    expect(await says('zhaomin', '谁没交 雅儒街道')).not.toContain(names.dance)
    expect(await says('lijie', '谁没交 雅儒街道')).toContain('不归您管')
    expect(await says('lijie', '谁没交河北新村社区')).toContain(names.choir)
    expect(await says('lijie', '谁没交 没有的社区')).toContain('没有找到')
  })
})

test('谁没交 says for each period what is open, how long, and how many owe it', async () => {
  goTo('2026-11-23T08:00')
  expect(await says('wangfang', '谁没交')).toBe(
    [
      '谁没交（明珠社区，2026年11月23日）：',
      '10月月报，最晚10月31日，已过23天：差2家，应交2家',
      `1. 柳州市柳北区解放街道明珠社区${names.dance}`,
      `2. 柳州市柳北区解放街道明珠社区${names.mediators}`,
      '11月月报，最晚11月30日，还有7天：差2家，应交2家',
      `3. 柳州市柳北区解放街道明珠社区${names.dance}`,
      `4. 柳州市柳北区解放街道明珠社区${names.mediators}`,
      '哪一条其实办好了，回复“已完成”加前面的数字。',
    ].join('\n'),
  )
})

test('已完成 N by the office ends it, whoever was reminded before; who said so is kept', async () => {
  goTo('2026-11-23T08:00')
  await says('wangfang', '谁没交')
  expect(await says('wangfang', '已完成 3')).toContain(`${names.dance}的11月月报，王芳说已完成`)
  expect(await says('wangfang', '已完成3')).toContain('已经记为办好了')
  expect(await says('wangfang', '已完成 9')).toContain('没有第9条')
  const after = await says('wangfang', '谁没交')
  expect(after).toContain('最晚11月30日，还有7天：差1家，应交2家')
  expect(after).toContain(`口头说已经办好的：柳州市柳北区解放街道明珠社区${names.dance}（王芳）`)
  const matter = await bot.store.transact((tx) => tx.findMatter('monthlyReport:2026-11:f1'))
  expect(matter).toMatchObject({ place: MINGZHU, events: [{ answer: 'done', by: 'wangfang' }] })
  await morning('2026-11-23T09:05')
  const letter = standIn.inbox('wangxiuying', 'app').flatMap(({ body }) => ('text' in body ? body.text : []))
  expect(letter.join()).toContain('10月月报')
  expect(letter.join()).not.toContain('11月月报')
})

test('已完成 N means only what the person may see: a number of another list changes nothing', async () => {
  goTo('2026-11-23T08:00')
  expect(await says('wangfang', '已完成 1')).toContain('没有等您办的提醒')
  await says('wangfang', '谁没交')
  await says('wangfang', '待办')
  await says('wangfang', '提醒')
  expect(await says('wangfang', '已完成 1')).not.toContain('记下了')
})

test('a long list names places first, and goes on over pages', async () => {
  await bot.store.transact(async (tx) => {
    for (let n = 10; n < 60; n++)
      await tx.saveFiling(filed(`f${n}`, `解放街道明珠社区第${n}志愿队`, n % 2 ? MINGZHU : HEBEI, `p${n}`))
  })
  goTo('2026-11-23T08:00')
  expect(await says('lijie', '谁没交')).toContain('明珠社区：差27家')
  const first = await says('lijie', '谁没交 明珠社区')
  expect(first).toContain('明珠社区：差27家')
  const pages = await allPages('wangfang', '谁没交')
  expect(pages).toContain('明珠社区：差27家')
})

test('提醒 tells what arrived, what did not and why, and whom only a call reaches', async () => {
  standIn.failNext('/cgi-bin/webhook/send', 'lost')
  await morning('2026-11-24T09:05')
  const bureau = await allPages('zhaomin', '提醒')
  expect(bureau).toMatch(/已达\d+，未知1，没发成1，等发0/)
  expect(bureau).toMatch(/解放街道社会组织群：今天的提醒，未知。发的时候网络断了/)
  expect(bureau).toMatch(/晨光合唱团的负责人：.*没发成。企业微信里找不到这个人/)
  expect(bureau).toMatch(/打电话[^]*巡逻队（10月月报、11月月报）/)
  expect(bureau).not.toMatch(/1\d{10}/)
  expect(await says('hebei', '提醒')).toMatch(/打电话[^]*晨光合唱团/)
  expect(await says('wangfang', '提醒')).not.toContain('打电话或当面')
})

test('without an app what would be sent is said at the next message', async () => {
  bot = { ...bot, client: undefined }
  await morning('2026-11-24T09:05')
  expect(await says('lijie', '提醒')).toMatch(/您不在的时候[^]*11月备案台账/)
})

test('what an incubator reported stays in the list when nobody works for it any more', async () => {
  goTo('2026-11-23T08:00')
  expect(await says('zhaomin', '月报 名单 10月')).toContain('动态：报了0个，没报1个（解放街道）')
  await says('fuhua', '孵化月报 10月')
  expect(await says('fuhua', '无新情况')).toContain('已登记')
  const people = directory.people.filter(({ userid }) => userid !== 'fuhua')
  const { staff } = staffOf({ ...directory, people }, parts.pack.jurisdiction, [])
  bot.directory = { current: () => staff, look: async () => {} }
  expect(await says('zhaomin', '月报 名单 10月')).toContain('动态：报了1个（解放街道），没报0个')
  expect(await says('zhaomin', '月报 名单 11月')).not.toContain('孵化机构')
})

test('what waits says until when', async () => {
  goTo('2026-11-26T17:28')
  await remind(bot)
  goTo('2026-11-26T18:00')
  await deliver(bot)
  expect(await allPages('zhaomin', '提醒')).toMatch(/等发（11月27日08:31以后）/)
})

test.each<[string, string[]]>([
  ['2026-11-23T08:00', []],
  // In the evening, when today’s letters have gone.
  ['2026-11-20T19:00', ['2026-11-20T09:05']],
])('what 提醒 预览 foresees for the next days at %s is what is then sent', async (moment, mornings) => {
  // Whom nothing reaches would be news on the way.
  await bot.store.transact((tx) => tx.saveFiling(filed('f3', `解放街道河北新村社区${names.choir}`, HEBEI)))
  for (const before of mornings) await morning(before)
  goTo(moment)
  const foreseen = await allPages('zhaomin', '提醒 预览')
  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30']
  for (const day of days) {
    const [, month, date] = day.split('-').map(Number)
    const heading = new RegExp(`^${month}月${date}日（.*，(\\d+)条：$`, 'm')
    const before = standIn.entries().length
    await morning(`${day}T09:05`)
    // The operator's line on what became of yesterday's letters is no reminder.
    const sent = standIn
      .entries()
      .slice(before)
      .filter(({ body, conversation }) => body.type === 'text' && conversation !== 'app:yunwei')
    expect([day, sent.length]).toEqual([day, Number(heading.exec(foreseen)?.[1] ?? 0)])
  }
})
