import readSheets from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { oldRow } from '../ledger/old-ledger.ts'
import { takeOver } from '../support/take-over.ts'
import { readWord } from '../../src/documents/read-word.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'
import { forwardTo } from '../support/moment.ts'

// Each month an organization reports in three questions to its community and the incubator (附件5八3).

let trial: Trial
let wang: Person
let fang: Person
let li: Person
let zhao: Person
/** Works for the incubator of the street. */
let chen: Person

const choir = '柳州市柳北区解放街道明珠社区晨光合唱团'
const guards = '柳州市柳北区解放街道明珠社区平安巡逻队'
const elsewhere = '柳州市柳北区雅儒街道雅莲社区调解队'

beforeAll(async () => {
  const people = [
    ...trialDirectory.people,
    { userid: 'chenming', name: '陈明', role: 'incubator' as const, place: '解放街道' },
  ]
  trial = await startTrial({
    start: new Date('2026-10-20T02:00:00Z'),
    directory: { ...trialDirectory, people },
  })
  ;[wang, fang, li, zhao, chen] = ['wangxiuying', 'wangfang', 'lijie', 'zhaomin', 'chenming'].map(
    (userId) => new Person(trial, userId),
  ) as [Person, Person, Person, Person, Person]
  const rows = [
    oldRow({ 备案编号: '柳北解备〔2025〕3号', 组织名称: choir, 账号: 'wangxiuying' }),
    oldRow({ 备案编号: '柳北解备〔2025〕4号', 组织名称: guards, 账号: 'wangxiuying' }),
    oldRow({
      备案编号: '柳北雅备〔2025〕1号',
      组织名称: elsewhere,
      街道: '雅儒街道',
      '社区/村': '雅莲社区',
    }),
  ]
  await takeOver(trial, rows, '2026-10-20T02:00:00Z')
})
afterAll(() => trial.stop())

const goTo = (moment: string): void => forwardTo(trial.standIn.clock, moment)

const lettersTo = (userId: string, words: string): string[] =>
  trial.standIn
    .inbox(userId, 'app')
    .flatMap(({ body }) => (body.type === 'text' && body.text.includes(words) ? [body.text] : []))

test('in the group it goes to the single chat; of two organizations it is asked which', async () => {
  goTo('2026-10-27T09:05')
  await wang.saysInGroup('月报')
  expect(wang.heard).toContain('单聊')
  await wang.says('我要交这个月的月报')
  expect(wang.heard).toContain(`1. ${choir}`)
  expect(wang.heard).toContain(`2. ${guards}`)
  await wang.says('1')
  expect(wang.heard).toContain(`${choir}，报2026年10月的月报，3个问题`)
  expect(wang.heard).toContain('1/3【组织动态】')
  expect(wang.heard).not.toContain('上个月报的是')
})

test('three questions: a count is asked for where none was said, a picture is counted, a question is answered', async () => {
  for (const nothing of ['没听懂', '谢谢', '听不懂']) {
    await wang.says(nothing)
    expect(wang.heard).toContain('用自己的话说一两句就行')
    expect(wang.heard).toContain('1/3【组织动态】')
  }
  await wang.says('跟上个月一样')
  expect(wang.heard).toContain('上个月没有报过')
  await wang.says('来了两位新队员')
  expect(wang.heard).toContain('2/3【服务内容】')
  await wang.says({ type: 'image', attachment: { name: 'a.jpg', bytes: Buffer.from('picture') } })
  expect(wang.heard).toContain('记下了，有1张照片。照片我不保存')
  expect(wang.heard).toContain('2/3【服务内容】')
  await wang.says('给老人理发，每周教跳舞，电话19900001234')
  expect(wang.heard).toContain('不要写电话')
  await wang.says('给老人理发，每周教跳舞')
  expect(wang.heard).toContain('一共搞了几场？')
  await wang.says('好多')
  expect(wang.heard).toContain('请回复一个数字')
  expect(wang.heard).toContain('没搞就回复“0”')
  await wang.says('三场')
  expect(wang.heard).toContain('3/3【服务成效】')
  await wang.says('月报几号交？')
  expect(wang.heard).toContain('附件5八3')
  expect(wang.heard).toContain('3/3【服务成效】')
  await wang.says('上一步')
  expect(wang.heard).toContain('2/3【服务内容】')
  await wang.says('给老人理发，教跳舞，共3场')
  await wang.says('来了40多人')
  expect(wang.heard).toContain(`收到，${choir}2026年10月的月报报好了`)
  expect(wang.heard).toContain('组织动态：来了两位新队员')
  expect(wang.heard).toContain('活动：3场')
  expect(wang.heard).toContain('照片：1张')
})

test('pictures sent right after it count with it, and say so; to 无活动 they do not belong', async () => {
  const picture = { type: 'image' as const, attachment: { name: 'b.jpg', bytes: Buffer.from('picture') } }
  await wang.says(picture)
  expect(wang.heard).toContain('算进刚报的2026年10月月报，有2张照片。照片我不保存')
  await wang.says('谢谢')
  await wang.says(picture, 'app')
  expect(wang.heard).toContain('有3张照片')
  const pictures = [picture.attachment, picture.attachment]
  await wang.says({ type: 'mixed', text: '这是理发那天的', pictures })
  expect(wang.heard).toMatch(/^记下了，算进刚报的2026年10月月报，有5张照片。照片我不保存.*$/)
  await wang.says({ type: 'mixed', text: '备案管几年？', pictures: [picture.attachment] })
  expect(wang.heard).toMatch(/有6张照片[^]*附件1填表说明6/)
  await zhao.says('月报 汇总')
  const sheets = await readSheets(await zhao.opens('2026年10月月报汇总.xlsx'))
  const rows = sheets.find(({ sheet }) => sheet === '月报')?.data ?? []
  expect(rows.find((row) => row[3] === choir)?.map(String)).toContain('6')
  await li.says(picture)
  expect(li.heard).toContain('照片我看不懂')
  goTo('2026-10-27T09:50')
  await wang.says(picture)
  expect(wang.heard).toContain('照片我看不懂')
})

test('无活动 hands in the other one in one word, and nobody is reminded of it any more', async () => {
  await wang.says('无活动')
  expect(wang.heard).toContain('是哪一个组织')
  await wang.says('2')
  expect(wang.heard).toContain(`${guards}2026年10月的月报已登记：无活动`)
  await wang.says({ type: 'image', attachment: { name: 'a.jpg', bytes: Buffer.from('picture') } })
  expect(wang.heard).toContain('照片没有记：刚报的2026年10月月报是“无活动”')
  const before = lettersTo('wangxiuying', '10月月报，')
  goTo('2026-10-29T09:05')
  for (const userId of ['wangfang', 'chenming']) await told(trial, userId, '10月月报')
  expect(lettersTo('wangxiuying', '10月月报，')).toEqual(before)
})

test('those who receive the reports are told in their letter of the day, once, and see who is missing', async () => {
  for (const userId of ['wangfang', 'chenming'])
    expect(lettersTo(userId, '的10月月报')).toEqual([
      expect.stringContaining(`收到${choir}、${guards}的10月月报`),
    ])
  expect(lettersTo('lijie', `收到${choir}`)).toEqual([])
  for (const person of [fang, chen, li]) {
    await person.says('月报 名单')
    expect(person.heard).toContain('2026年10月月报：报了2家，没报0家')
    expect(person.heard).toContain(`${choir}：3场，给老人理发，教跳舞，共3场`)
    expect(person.heard).toContain(`${guards}：无活动`)
    expect(person.heard).not.toContain('调解队')
  }
  await zhao.says('月报')
  expect(zhao.heard).toContain('2026年10月月报：报了2家，没报1家')
  expect(zhao.heard).toContain(`没报的：\n1. ${elsewhere}`)
  await wang.says('月报 名单')
  expect(wang.heard).toContain('无权')
  await wang.says('月报 汇总')
  expect(wang.heard).toContain('无权')
})

test('a repeated report replaces the one before, which is kept; nobody is reminded or told again', async () => {
  await wang.says('无活动')
  await wang.says('1')
  expect(wang.heard).toMatch(/月报10月27日09:\d\d已经报好，没有改成“无活动”/)
  await wang.says('月报 10月')
  await wang.says('1')
  expect(wang.heard).toContain('报的是：\n组织动态：来了两位新队员')
  expect(wang.heard).toMatch(/这个月的10月27日09:\d\d已经报过，再报一次就换成新的/)
  await wang.says('得了区里二等奖')
  await wang.says('4场，给老人理发')
  await wang.says('没有')
  expect(wang.heard).toContain('活动：4场')
  const matters = await trial.app.store.transact((tx) => tx.listMatters({ limit: 100 }))
  const reports = matters.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'reported' ? [event.activities] : [])),
  )
  expect(reports.toSorted()).toEqual([0, 3, 4])
  goTo('2026-10-30T09:05')
  await zhao.says('待办')
  await fang.says('月报 名单')
  expect(fang.heard).toContain(`${choir}：4场，4场，给老人理发`)
  expect(lettersTo('wangfang', '的10月月报')).toHaveLength(1)
})

test('the collected reports are a sheet for the bureau, with the activities against 附件5八2', async () => {
  await zhao.says('月报 汇总 10月')
  const sheets = await readSheets(await zhao.opens('2026年10月月报汇总.xlsx'))
  const cells = Object.fromEntries(
    sheets.map(({ sheet, data }) => [
      sheet,
      data.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    ]),
  )
  const [title, summary, , header, ...rows] = cells['月报'] ?? []
  expect(title?.[0]).toBe('柳北区社区社会组织月报汇总')
  expect(summary?.[0]).toContain('2026年10月　共3家，报了2家，没报1家；开展活动的1家，共4场。')
  expect(header?.slice(4, 9)).toEqual(['报送', '活动（场）', '组织动态', '服务内容', '服务成效'])
  expect(rows.map((row) => row.slice(3, 10))).toEqual([
    [choir, '已报', '4', '得了区里二等奖', '4场，给老人理发', '没有', ''],
    [guards, '已报，无活动', '0', '', '', '', ''],
    [elsewhere, '没报', '', '', '', '', ''],
  ])
  const activities = cells['活动场数'] ?? []
  expect(activities[1]?.[0]).toContain('2026年1月至10月')
  expect(activities.find((row) => row[3] === choir)?.slice(13)).toEqual(['4', '4', '1', '0'])
  expect(activities.find((row) => row[3] === guards)?.slice(13)).toEqual(['0', '0', '1', '1'])
  expect(activities.at(-1)?.slice(13, 15)).toEqual(['4', '4'])
  await fang.says('月报汇总')
  const own = await readSheets(await fang.opens('2026年10月月报汇总.xlsx'))
  expect(JSON.stringify(own)).not.toContain('雅莲')
})

test('the incubator gathers it, reports in three questions of its own, and the bureau reads it as .docx', async () => {
  await chen.says('月报 名单')
  expect(chen.heard).toContain('您2026年10月的孵化月报还没报给区民政局')
  await zhao.says('月报 名单')
  expect(zhao.heard).toContain('孵化机构（社工站）的动态：报了0个，没报1个（解放街道）。')
  await wang.says('孵化月报')
  expect(wang.heard).not.toContain('1/3')
  await chen.says('孵化月报')
  expect(chen.heard).toContain('解放街道孵化机构（社工站），报2026年10月的孵化月报，3个问题')
  expect(JSON.stringify(readWord(await chen.opens('2026年10月月报汇总.docx')))).toContain(choir)
  await chen.says('晨光合唱团得了奖')
  expect(chen.heard).toContain('2/3【指导服务】')
  await chen.says('上一步')
  await chen.says('晨光合唱团得了区里的奖')
  await chen.says('帮两家做了项目书，代管账一家')
  await chen.says('办成一个助老项目')
  expect(chen.heard).toContain('收到，解放街道孵化机构（社工站）2026年10月的孵化月报报好了')
  expect(chen.heard).toContain('区民政局和街道看得到')
  expect(chen.heard).not.toContain('活动：')
  await zhao.says('月报 名单')
  expect(zhao.heard).toContain('报了1个（解放街道），没报0个')
  await zhao.says('月报 汇总 10月')
  const word = JSON.stringify(readWord(await zhao.opens('2026年10月月报汇总.docx')))
  expect(word).toContain('指导服务：帮两家做了项目书，代管账一家')
  expect(word).toContain('服务内容：4场，给老人理发')
  expect(word).toContain('没有报的1家')
  expect(word).toMatch(/"雅儒街道雅莲社区","调解队"/)
  const sheets = await readSheets(await zhao.opens('2026年10月月报汇总.xlsx'))
  expect(JSON.stringify(sheets.find(({ sheet }) => sheet === '孵化机构'))).toContain('办成一个助老项目')
  await fang.says('月报汇总')
  const own = JSON.stringify(readWord(await fang.opens('2026年10月月报汇总.docx')))
  expect(own).toContain('解放街道明珠社区社区社会组织月报汇总')
  expect(own).toContain('一、各社区社会组织月报')
  expect(own).not.toMatch(/孵化机构|没有报的|助老项目/)
  await chen.says('无新情况')
  expect(chen.heard).toContain('没有改成“无新情况”')
  await chen.says('孵化月报 10月')
  await chen.says('无新情况')
  expect(chen.heard).toContain('2026年10月的孵化月报已登记：无新情况')
  await chen.says('孵化月报 9月')
  await chen.says('取消')
  expect(chen.heard).toContain('要报的时候回复“孵化月报”')
  goTo('2026-11-02T09:05')
  await told(trial, 'zhaomin', '收到解放街道的10月孵化月报。看内容回复“月报 汇总”')
  await told(trial, 'lijie', '收到解放街道的10月孵化月报')
})

test('an office reports for a leader who has no account, of its own places only, and it counts', async () => {
  await zhao.says('月报 名单 雅儒街道')
  expect(zhao.heard).toContain(`2026年10月月报：报了0家，没报1家。\n没报的：\n1. ${elsewhere}`)
  expect(zhao.heard).toContain('替他报：回复“代报 1”')
  await zhao.says('代报 1')
  expect(zhao.heard).toContain(`${elsewhere}，报2026年10月的月报`)
  expect(zhao.heard).toContain('会记下是您报的')
  for (const words of ['没有', '2场，上门调解', '两家和好了']) await zhao.says(words)
  expect(zhao.heard).toContain(`${elsewhere}2026年10月的月报报好了`)
  expect(zhao.heard).toContain(`回复“代报 ${elsewhere}”再报一次`)
  await zhao.says('月报 名单 雅儒街道')
  expect(zhao.heard).toContain(`· ${elsewhere}：2场，2场，上门调解`)
  await zhao.says('代报 雅莲社区调解队 10月')
  expect(zhao.heard).toContain('已经报过')
  await zhao.says('取消')
  for (const person of [li, fang]) {
    await person.says(`代报 ${elsewhere}`)
    expect(person.heard).toContain('没有认出')
  }
  await wang.says(`代报 ${elsewhere}`)
  expect(wang.heard).not.toContain('1/3')
  const matters = await trial.app.store.transact((tx) => tx.listMatters({ limit: 100 }))
  const reports = matters.flatMap(({ events }) => events.filter((event) => event.type === 'reported'))
  expect(reports.filter((event) => event.by === 'zhaomin')).toMatchObject([{ activities: 2 }])
})

test('early in a month the one before is meant; last month is shown; later the present one', async () => {
  goTo('2026-11-30T23:50')
  await wang.says('月报')
  await wang.says('1')
  expect(wang.heard).toContain('报2026年11月的月报')
  expect(wang.heard).toContain('上个月报的是：\n组织动态：得了区里二等奖')
  expect(wang.heard).toContain('活动：4场')
  for (const same of ['跟上个月一样', '同上', '照旧']) await wang.says(same)
  expect(wang.heard).toContain(
    '组织动态：得了区里二等奖\n服务内容：4场，给老人理发\n服务成效：没有\n活动：4场',
  )
  goTo('2026-12-01T00:05')
  await wang.says('月报')
  await wang.says('2')
  expect(wang.heard).toContain('报2026年11月的月报')
  expect(wang.heard).toContain('上个月报的是：无活动')
  await wang.says('无活动')
  expect(wang.heard).toContain('2026年11月的月报已登记：无活动')
  await wang.says('月报')
  await wang.says('2')
  expect(wang.heard).toContain('报2026年12月的月报')
  await wang.says('取消')
  await wang.says('月报')
  await wang.says('2')
  await wang.says('这个月没有')
  await wang.says('这个月没搞活动')
  expect(wang.heard).toContain(`${guards}2026年12月的月报报好了：\n组织动态：没有`)
  expect(wang.heard).toContain('活动：0场')
  await wang.says('月报')
  await wang.says('2')
  await wang.says('没开展活动')
  expect(wang.heard).toContain(`${guards}2026年12月的月报已登记：无活动`)
  await wang.says('月报 2027年1月')
  await wang.says('1')
  expect(wang.heard).toContain('还没有到')
})

test('the incubator is reminded of its report with what was gathered, on a day that is still to be decided', async () => {
  goTo('2026-12-07T09:05')
  const letter = await told(trial, 'chenming', '解放街道11月的孵化月报，报区民政局和街道，最晚12月10日')
  expect(JSON.stringify(letter.body)).toContain('每月几日文件没写，先按这一天')
  const { body } = await trial.standIn.waitFor(
    'chenming',
    'app',
    (one) => one.body.type === 'file' && one.body.attachment.name === '2026年11月月报汇总.docx',
  )
  if (body.type !== 'file') throw new Error('no file')
  expect(JSON.stringify(readWord(Buffer.from(body.attachment.bytes)))).toContain('给老人理发')
  expect(lettersTo('lijie', '孵化月报，12月10日')).toEqual([])
  await chen.says('无新情况')
  expect(chen.heard).toContain('解放街道孵化机构（社工站）2026年11月的孵化月报已登记')
})

test('the card of the reminder begins the report, and 无活动 of it hands it in', async () => {
  // A letter about several matters has no card: only one is left open.
  const key = 'remind:now:monthlyReport:2026-12:'
  goTo('2026-12-10T09:05')
  await wang.says('月报 12月')
  await wang.says('2')
  await wang.says('没有')
  await wang.says('没有')
  expect(wang.heard).toContain('活动：0场')
  goTo('2026-12-24T09:05')
  const card = await trial.standIn.waitFor('wangxiuying', 'app', ({ body }) =>
    JSON.stringify(body).includes(key),
  )
  if (card.body.type !== 'card') throw new Error('no card')
  const buttons = card.body.view.card.button_list ?? []
  expect(buttons.map(({ text }) => text)).toEqual(expect.arrayContaining(['现在就办', '无活动', '已办好']))
  await trial.standIn.click('wangxiuying', card.id, buttons.find(({ text }) => text === '无活动')?.key ?? '')
  await told(trial, 'wangxiuying', `${choir}2026年12月的月报已登记：无活动`)
})

test('责任清单 of a leader says what each of their organizations owes, and to whom', async () => {
  await wang.says('责任清单')
  expect(wang.heard).toContain(`${choir}要做的事：\n1. 月报：每月底报给所属社区和孵化机构`)
  expect(wang.heard).toContain('12月报好了')
  expect(wang.heard).toContain('2026年月报里报了8场')
  expect(wang.heard).toContain('到期要重新备案')
  await li.says('责任清单')
  expect(li.heard).not.toContain('要做的事')
})

test('who leads nothing hears how to claim; what is held about a person has their reports', async () => {
  await li.says('无变化')
  expect(li.heard).not.toContain('月报')
  await wang.says('我的数据')
  const mine = JSON.stringify(await readSheets(await wang.opens('我的数据')))
  expect(mine).toContain('得了区里二等奖')
})
