import { readSheet } from 'read-excel-file/node'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bot } from '../src/bot.ts'
import type { Directory } from '../src/directory/directory.ts'
import { staffOf } from '../src/directory/staff.ts'
import { appointedIn, receiversIn } from '../src/directory/scope.ts'
import { trialDirectory } from '../src/directory/trial.ts'
import { openDocument } from '../src/papers.ts'
import { gatherOwed } from '../src/remind/owing.ts'
import { due } from '../src/reminders/due.ts'
import { lettersOf } from '../src/reminders/letters.ts'
import { untold } from '../src/reminders/news.ts'
import { movableClock, type MovableClock } from '../src/sandbox/clock.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import { JIEFANG, MINGZHU, submitted } from './filings/cases.ts'
import { MemoryDisk } from './store/memory-disk.ts'
import { botOver, loadParts, talkingTo } from './support/bot.ts'

const parts = await loadParts()

const directory: Directory = {
  ...trialDirectory,
  people: [
    ...trialDirectory.people,
    { userid: 'yaru', name: '杨儒', role: 'street', place: '雅儒街道' },
    { userid: 'fuhua', name: '傅华', role: 'incubator', place: '解放街道' },
    { userid: 'quanqu', name: '全曲', role: 'incubator' },
    { userid: 'yunwei', name: '云伟', role: 'operator' },
  ],
}

let bot: Bot
let clock: MovableClock

beforeEach(async () => {
  const start = new Date('2026-11-23T01:00:00Z')
  clock = movableClock({ now: () => start })
  const dataKeys = [Buffer.alloc(32, 7)]
  const store = await openJsonStore({ folder: '/data', dataKeys, disk: new MemoryDisk(), clock })
  const { staff } = staffOf(directory, parts.pack.jurisdiction, [])
  bot = { ...botOver(store, parts, clock), directory: { current: () => staff, look: async () => {} } }
  await store.transact(async (tx) => {
    for (const number of [1, 2, 3])
      await tx.saveFiling(
        submitted({
          id: `f${number}`,
          caseNumber: `2026-000${number}`,
          organizationName: `柳州市柳北区解放街道明珠社区第${number}舞蹈队`,
          events: [
            {
              type: 'imported',
              by: 'zhaomin',
              at: '2026-09-02T02:00:00.000Z',
              filingNumber: `柳北解备〔2026〕${number}号`,
              filedOn: '2026-03-01',
              validUntil: '2028-03-01',
            },
          ],
        }),
      )
  })
})

const { says, allPages } = talkingTo(() => bot)

const order = '一二三四五六七八'

const YALIAN = '450205002002'

/** The number a row has in the list last shown to somebody. */
const numberOf = (list: string, title: string): string =>
  new RegExp(`^(\\d+)\\. ${title}`, 'm').exec(list)?.[1] ?? `no ${title}`

test('the bureau sees every row of 附件5: its own, and how far the units are with theirs', async () => {
  const text = await allPages('zhaomin', '责任清单')
  const rows = parts.pack.duties.duties.filter(({ clause }) => clause.startsWith('附件5'))
  expect(rows).toHaveLength(36)
  for (const { title, clause } of rows) expect(text).toContain(`${title}（${clause}）`)
  expect(text).toMatch(/成立社区社会组织联合会（附件5五3），12个：已完成0、在做0、没报12/)
  expect(text).toMatch(/培育发展社区社会组织（附件5六2），\d+个：已完成1/)
  expect(text).toContain('开展业务活动（附件5八2）：3家里0家做到了')
  const printed = [...text.matchAll(/（附件5(.)/g)].map(([, unit = '']) => unit)
  expect(printed).toEqual(printed.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
  expect(text.match(/登记管理的事，备案组织不涉及/g)).toHaveLength(
    rows.filter(({ registration }) => registration).length,
  )
})

test('the bureau sees every row of one street, and how far its communities are; a street not those of another', async () => {
  const text = await allPages('zhaomin', '责任清单 解放街道')
  expect(text).toMatch(/\d+\. 成立社区社会组织联合会（附件5五3）：没报/)
  expect(text).toMatch(/\d+\. 社区社会组织能力建设专题培训（附件5七2）：没报/)
  expect(text).toContain('培育发展社区社会组织（附件5六2），9个：已完成1')
  expect(text).not.toContain('附件5一')
  const community = await allPages('lijie', '责任清单 明珠社区')
  expect(community).toContain('培育发展社区社会组织（附件5六2）：已完成，社区社会组织3家')
  expect(await says('yaru', '责任清单 解放街道')).toContain('不归您管（无权）')
  expect(await says('zhaomin', '责任清单 某某社区')).not.toContain('附件5六2')
})

test('the incubator of the whole district is one unit, reports once for all, and every street hears of it', async () => {
  const list = await allPages('quanqu', '责任清单')
  expect(list.match(/^\d+\. /gm)).toHaveLength(4)
  expect(list).toContain('孵化月报（社区社会组织动态及服务成果）（附件5七3）：11月，没报')
  expect(await says('quanqu', '孵化月报')).toContain('柳北区孵化机构（社工站），报2026年11月的孵化月报')
  expect(await says('quanqu', '无新情况')).toContain('柳北区孵化机构（社工站）2026年11月的孵化月报已登记')
  expect(await allPages('quanqu', '责任清单')).toContain('11月，已完成，全曲11月23日记的')
  const above = await allPages('zhaomin', '责任清单')
  expect(above).toContain('孵化月报（社区社会组织动态及服务成果）（附件5七3），2个：已完成1、在做0、没报1')
  for (const office of ['zhaomin', 'lijie', 'yaru'])
    expect(await says(office, '月报 名单 11月')).toMatch(/报了1个（柳北区）|没有要报月报的组织/)
  expect(await says('wangfang', '月报 名单 11月')).not.toContain('柳北区）')
  const tomorrow = await gatherOwed(bot, '2026-11-24')
  const { staff } = staffOf(directory, parts.pack.jurisdiction, [])
  const news = untold(tomorrow, '2026-11-24', appointedIn(staff))
  expect([...news.keys()].toSorted()).toEqual(['lijie', 'yaru', 'zhaomin'])
  const { letters } = lettersOf(
    due(tomorrow, '2026-12-07'),
    receiversIn(staff),
    () => false,
    new Map(),
    '2026-12-07',
  )
  const reminded = letters.flatMap(({ to, reminders }) =>
    reminders.flatMap(({ duty, target }) => (duty.id === 'incubatorReport' ? [`${to} ${target}`] : [])),
  )
  expect(reminded).toEqual([`fuhua ${JIEFANG}`])
})

describe('责任清单 shows the rows of one’s own unit', () => {
  test.each([
    ['wangfang', ['附件5六1', '附件5六2', '附件5八2'], ['附件5五3', '附件5七1', '附件5一5']],
    ['fuhua', ['附件5七2', '附件5七3'], ['附件5六', '附件5五', '附件5八']],
    ['lijie', ['附件5五3', '附件5六2', '附件5七2', '附件5八2'], ['附件5一', '附件5二', '附件5四']],
    ['yaru', ['附件5五3', '附件5六2'], ['附件5一', '附件5八2']],
    ['yunwei', ['无权'], ['附件5']],
  ])('%s', async (who, seen, hidden) => {
    const text = await allPages(who, '责任清单')
    for (const words of seen) expect(text).toContain(words)
    for (const words of hidden) expect(text).not.toContain(words)
  })

  test('a leader who asks is answered from the document', async () => {
    expect(await says('wangxiuying', '责任清单')).toContain('附件5标题')
  })
})

test('dates of 2022 are history; one that can be read in two ways waits for the bureau', async () => {
  const list = await allPages('zhaomin', '责任清单')
  expect(list).toContain('2022年的期限已经过去，只作记录，不算逾期')
  const experts = await says('zhaomin', `责任清单 ${numberOf(list, '建立城区级社会组织领域专家库')}`)
  expect(experts).toContain('要求：专家库成员10—15人')
  expect(experts).toContain('2022年12月前（是11月30日还是12月31日，等区民政局定），已经过去，只作记录')
  expect(list + experts).not.toMatch(/已过\d+天/)
  const monthly = await allPages('fuhua', '责任清单')
  const report = await says('fuhua', `责任清单 ${numberOf(monthly, '孵化月报')}`)
  expect(report).toContain('每月（哪一天文件没写，先按次月10日提醒，等区民政局定）')
  expect(report).not.toContain('请写清楚')
})

test('what an office notes is kept with its name, and the offices above see it', async () => {
  const list = await allPages('lijie', '责任清单')
  const number = numberOf(list, '成立社区社会组织联合会')
  expect(await says('lijie', `责任清单 ${number} 已完成 1 成立大会已开，名单已发文`)).toContain(
    '记下了：解放街道的成立社区社会组织联合会，已完成，联合会1个，成立大会已开，名单已发文，李杰11月23日记的',
  )
  const above = await allPages('zhaomin', '责任清单')
  expect(above).toContain('成立社区社会组织联合会（附件5五3），12个：已完成1、在做0、没报11')
  const units = await says('zhaomin', `责任清单 ${numberOf(above, '成立社区社会组织联合会')}`)
  expect(units).toMatch(/1\. 解放街道：已完成，联合会1个，成立大会已开，名单已发文，李杰11月23日记的/)
  expect(units).toMatch(/2\. 雅儒街道：没报/)
  const matter = await bot.store.transact((tx) => tx.findMatter(`federation:once:${JIEFANG}`))
  expect(matter?.events).toMatchObject([{ type: 'noted', by: 'lijie', state: 'done', counts: [1] }])
})

test('a later note replaces an earlier one, and is still known after two years', async () => {
  const list = await allPages('zhaomin', '责任清单')
  const number = numberOf(list, '建立城区级社会组织领域专家库')
  expect(await says('zhaomin', `责任清单 ${number} 在做 8人`)).toContain('在做，专家库成员8人，还差2人')
  expect(await says('zhaomin', `责任清单${number}：已完成，12 人，名单已发文`)).toContain(
    '已完成，专家库成员12人，名单已发文',
  )
  clock.forward(2 * 365 * 86_400_000)
  expect(await allPages('zhaomin', '责任清单')).toContain('已完成，专家库成员12人，名单已发文，赵敏')
})

test.each([
  ['已完成 1 2 两个都挂牌', [1, 2], '两个都挂牌'],
  ['已完成 1个、2个，两个都挂牌', [1, 2], '两个都挂牌'],
  ['在做 1', [1], undefined],
  ['没开始 2026年再说', undefined, '2026年再说'],
  ['做完了', undefined, undefined],
  ['已完成 12人 名单已发文', undefined, '12人 名单已发文'],
  ['不适用', undefined, undefined],
])('“责任清单 1 %s” is understood', async (words, counts, evidence) => {
  const list = await allPages('zhaomin', '责任清单')
  await says('zhaomin', `责任清单 ${numberOf(list, '建立培育孵化阵地')} ${words}`)
  const matter = await bot.store.transact((tx) => tx.findMatter('incubationSites:once:450205'))
  expect(matter?.events[0]).toMatchObject({ type: 'noted' })
  expect(matter?.events[0]).toEqual(expect.objectContaining({ by: 'zhaomin' }))
  const [event] = matter?.events ?? []
  expect(event?.type === 'noted' && [event.counts, event.evidence]).toEqual([counts, evidence])
})

test('what the record knows is counted, not typed', async () => {
  const list = await allPages('wangfang', '责任清单')
  expect(list).toContain('培育发展社区社会组织（附件5六2）：已完成，社区社会组织3家（按备案记录）')
  expect(list).toContain('开展业务活动（附件5八2）：3家里0家做到了')
  expect(await says('wangfang', `责任清单 ${numberOf(list, '开展业务活动')} 已完成`)).toContain('自动算')
  await bot.store.transact((tx) =>
    tx.saveMatter({
      id: 'monthlyReport:2026-10:f2',
      duty: 'monthlyReport',
      period: '2026-10',
      target: 'f2',
      place: MINGZHU,
      events: [{ type: 'reported', at: '2026-10-30T01:00:00.000Z', by: 'wang', activities: 2 }],
    }),
  )
  expect(await allPages('wangfang', '责任清单')).toContain('开展业务活动（附件5八2）：3家里1家做到了')
})

test('what is not understood, not one’s own, personal or of registration changes nothing', async () => {
  const list = await allPages('zhaomin', '责任清单')
  const number = numberOf(list, '建立城区级社会组织领域专家库')
  for (const [words, answer] of [
    ['差不多了', '请写清楚做得怎么样'],
    ['已完成 联系 19900005678', '不要写身份证号、电话'],
    [`已完成 ${'很'.repeat(101)}`, '写短一点'],
  ])
    expect(await says('zhaomin', `责任清单 ${number} ${words}`)).toContain(answer)
  const registration = numberOf(list, '受理符合登记条件的成立、变更和注销登记')
  expect(await says('zhaomin', `责任清单 ${registration} 已完成`)).toContain('登记管理的事')
  expect(await says('zhaomin', '责任清单 99 已完成')).toContain('没有第99条')
  await says('lijie', '待办')
  expect(await says('lijie', '责任清单 1 已完成')).toContain('没有第1条')
  expect(await says('wangxiuying', '责任清单 1 已完成')).toContain('无权')
  const after = await bot.store.transact((tx) => tx.listMatters({ limit: 10 }))
  expect(after).toEqual([])
})

test('责任清单 导出 is a file of one’s own units, with who has said nothing', async () => {
  const list = await allPages('lijie', '责任清单')
  await says('lijie', `责任清单 ${numberOf(list, '成立社区社会组织联合会')} 在做 1 筹备组已成立`)
  expect(await says('lijie', '责任清单 导出')).toContain('责任清单2026-11-23.xlsx')
  const document = {
    of: 'checklist' as const,
    id: 'lijie',
    paper: 'checklist',
    format: 'xlsx' as const,
    name: '责任清单.xlsx',
  }
  const made = await openDocument(document, 'lijie', bot)
  const [sum, units] = await Promise.all(
    ['汇总', '各单位'].map(async (sheet) => JSON.stringify(await readSheet(made!.bytes, sheet))),
  )
  expect(sum).toContain('成立社区社会组织联合会')
  expect(sum).toMatch(/打造社区社会组织服务品牌.*欣发社区、河北新村社区/)
  expect(units).toContain('筹备组已成立')
  expect(units).toContain('李杰')
  expect(units).not.toContain('雅儒街道')
  expect(await openDocument(document, 'wangfang', bot)).toBeUndefined()
  expect(await openDocument({ ...document, id: 'yunwei' }, 'yunwei', bot)).toBeUndefined()
})

test('nothing is missed of a month that was over before the bot knew anything filed', async () => {
  await bot.store.transact(async (tx) => {
    for (const filing of await tx.listFilings({ places: [JIEFANG], statuses: ['distributed'], limit: 9 })) {
      const events = filing.events.map((event) => ({ ...event, at: '2026-11-20T02:00:00.000Z' }))
      await tx.saveFiling({ ...filing, events })
    }
  })
  expect(await says('wangfang', '月报 名单 10月')).toContain('2026年10月没有要报月报的组织')
  expect(await says('wangfang', '月报 名单 11月')).toContain('没报3家')
  const { streets } = parts.pack.jurisdiction
  expect(await says('zhaomin', '台账')).toContain(
    `2026年11月台账（最晚11月24日）：报了0个，没报${streets.length}个`,
  )
  expect(await says('zhaomin', '台账 9月')).toContain('还没有一个街道（镇）报送')
  const early = movableClock({ now: () => new Date('2026-11-10T01:00:00Z') })
  bot = { ...bot, clock: early }
  expect(await says('zhaomin', '台账')).toContain('2026年11月台账')
  expect(await says('lijie', '台账')).not.toContain('还没有报送')
})

test('who did not report is counted by street where there are too many to name', async () => {
  await bot.store.transact(async (tx) => {
    for (let number = 10; number < 55; number++)
      await tx.saveFiling(
        submitted({
          id: `f${number}`,
          caseNumber: `2026-00${number}`,
          place: number % 2 === 0 ? MINGZHU : YALIAN,
          organizationName: `柳州市柳北区第${number}合唱团`,
          events: [
            {
              type: 'imported',
              by: 'zhaomin',
              at: '2026-09-02T02:00:00.000Z',
              filingNumber: `柳北解备〔2026〕${number}号`,
              filedOn: '2026-03-01',
              validUntil: '2028-03-01',
            },
          ],
        }),
      )
  })
  const list = await says('zhaomin', '月报 名单')
  expect(list).toContain('没报的：\n解放街道：差26家\n雅儒街道：差22家\n看一个地方的回复“月报 名单”加地名。')
  expect(list).not.toContain('合唱团')
  expect(await says('zhaomin', '月报 名单 雅儒街道 11月')).toMatch(
    /报了0家，没报22家。\n没报的：\n1\. .*合唱团/,
  )
})

test('a picture opens for those only who answer for its place', async () => {
  const chart = (id: string, person: string) =>
    openDocument({ of: 'chart', id, paper: 'targets', format: 'png', name: '图.png' }, person, bot)
  expect((await chart('', 'wangfang'))?.contentType).toBe('image/png')
  expect((await chart(MINGZHU, 'lijie'))?.bytes.length).toBeGreaterThan(1000)
  expect(await chart(JIEFANG, 'wangfang')).toBeUndefined()
  expect(await chart(MINGZHU, 'yaru')).toBeUndefined()
  expect(await chart('', 'yunwei')).toBeUndefined()
  expect(await chart('', 'wangxiuying')).toBeUndefined()
})
