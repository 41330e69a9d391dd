import readSheets from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { findKey } from '../../src/sandbox/platform.ts'
import type { Entry } from '../../src/sandbox/world.ts'
import { oldRow } from '../ledger/old-ledger.ts'
import { takeOver } from '../support/take-over.ts'
import { forwardTo } from '../support/moment.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'

// The month of an authority: the draft comes with the reminder, one word hands it in, and what was handed in stays.

let trial: Trial
let li: Person
let zhao: Person
let fang: Person
let wang: Person
/** Officer of another street. */
let chen: Person

/** The old ledgers were taken over in October; the story begins on the day before the last one for November. */
beforeAll(async () => {
  const people = [
    ...trialDirectory.people,
    { userid: 'chenming', name: '陈明', role: 'street' as const, place: '雅儒街道' },
  ]
  trial = await startTrial({
    start: new Date('2026-10-20T02:00:00Z'),
    directory: { ...trialDirectory, people },
  })
  ;[li, zhao, fang, wang, chen] = ['lijie', 'zhaomin', 'wangfang', 'wangxiuying', 'chenming'].map(
    (userId) => new Person(trial, userId),
  ) as [Person, Person, Person, Person, Person]
  await takeOver(
    trial,
    [
      oldRow({ 备案编号: '柳北解备〔2024〕3号', 备案日期: '2024-12-01', 账号: 'wangxiuying' }),
      oldRow({
        备案编号: '柳北雅备〔2025〕1号',
        组织名称: '柳州市柳北区雅儒街道雅莲社区巡逻队',
        街道: '雅儒街道',
        '社区/村': '雅莲社区',
      }),
    ],
    '2026-10-20T02:00:00Z',
  )
  await li.says('确认报送')
  expect(li.heard).toContain('解放街道2026年10月台账已报送')
  goTo('2026-11-09T09:00')
  await takeOver(
    trial,
    [
      oldRow({
        备案编号: '柳北解备〔2025〕7号',
        组织名称: '柳州市柳北区解放街道明珠社区晨光合唱团',
        备案日期: '2025-05-06',
      }),
    ],
    '2026-11-09T01:00:00Z',
  )
})
afterAll(() => trial.stop())

const goTo = (moment: string): void => forwardTo(trial.standIn.clock, moment)

type Cells = Record<string, string[][]>

/** Every sheet of an .xlsx as text. */
async function read(bytes: Buffer): Promise<Cells> {
  const sheets = await readSheets(bytes)
  return Object.fromEntries(
    sheets.map(({ sheet, data }) => [
      sheet,
      data.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    ]),
  )
}

/** The rows below the header, each by its column. */
function rowsOf(cells: string[][] | undefined, header: string): Record<string, string>[] {
  const at = (cells ?? []).findIndex(([first]) => first === '序号')
  const columns = cells?.[at] ?? []
  expect(columns).toContain(header)
  return (cells ?? [])
    .slice(at + 1)
    .filter(([first]) => /^\d+$/.test(first ?? ''))
    .map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])))
}

const withoutNumbers = (row: Record<string, string>) =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !['序号', '备案编号'].includes(column)))

const shortPrint = (text: string): string => /校验码([0-9a-f]{12})/.exec(text)?.[1] ?? 'none'

let handedIn: Buffer
let fingerprint: string

test('the reminder brings the draft: its figures, a link, the file itself, and a card to tap', async () => {
  goTo('2026-11-24T09:05')
  const name = '解放街道2026年11月备案台账（草稿）.xlsx'
  const isDraft = ({ body }: Entry): boolean => body.type === 'file' && body.attachment.name === name
  await trial.standIn.waitFor('lijie', 'app', isDraft)
  const letter = await told(trial, 'lijie', '11月备案台账')
  const { text } = letter.body as { text: string }
  expect(text).toContain('共2家：已备案2。本月变动1处：补录1。')
  expect(text).toContain(name)
  const [, href = ''] = /<a href="([^"]+)">/.exec(text) ?? []
  const cells = await read(Buffer.from(await (await fetch(href)).arrayBuffer()))
  expect(Object.keys(cells)).toEqual(['台账', '本月变动', '汇总'])
  expect(cells['台账']?.[0]?.[0]).toBe('解放街道社区社会组织备案情况统计台账')
  expect(cells['台账']?.[1]?.[0]).toMatch(/^2026年11月　截至2026年11月24日09:\d\d　共2家/)
  expect(cells['台账']?.[2]?.[0]).toContain('草稿，还没有报送')
  const rows = rowsOf(cells['台账'], '本月变化')
  expect(rows.map((row) => [row['名称']?.slice(-5), row['本月变化'], row['联系电话']])).toEqual([
    ['事佬调解队', '', '199****5678'],
    ['晨光合唱团', '补录', '199****5678'],
  ])
  expect(trial.standIn.inbox('lijie', 'app').filter(isDraft)).toHaveLength(1)
  // Streets without anybody here: the district can only ask after theirs.
  const toDistrict = await told(trial, 'zhaomin', '台账还没收到，能不能帮忙问一问')
  expect(JSON.stringify(toDistrict.body)).not.toContain('确认报送')
  for (const other of ['wangfang', 'zhaomin', 'chenming'])
    expect(trial.standIn.inbox(other, 'app').filter(isDraft)).toEqual([])
})

test('the leader, the community, the district and another street cannot close it', async () => {
  await wang.says('确认报送')
  expect(wang.heard).toContain('由街道（镇）经办人报送')
  for (const person of [fang, zhao]) {
    await person.says('确认报送')
    expect(person.heard).toContain('由街道（镇）经办人报送')
    await person.says('确认报送 ledger:2026-11:450205001000')
    expect(person.heard).toContain('由街道（镇）经办人报送')
  }
  await chen.says('确认报送 ledger:2026-11:450205001000')
  expect(chen.heard).not.toContain('已报送')
  await chen.says('台账 11月 解放街道')
  expect(chen.heard).toContain('无权导出台账')
  await li.saysInGroup('确认报送')
  expect(li.heard).toContain('单聊')
  await zhao.says('台账')
  expect(zhao.heard).toContain('报了0个，没报12个')
})

test('无变化 is refused while something changed; a tap hands it in, a second one changes nothing', async () => {
  await li.says('无变化')
  expect(li.heard).toContain('2026年11月不是无变化，没有报送')
  const key = 'remind:close:ledger:2026-11:450205001000'
  const card = await trial.standIn.waitFor('lijie', 'app', ({ body }) => JSON.stringify(body).includes(key))
  if (card.body.type !== 'card') throw new Error('no card')
  expect(findKey(card.body.view.card, false, key)).toBe('button')
  await trial.standIn.click('lijie', card.id, key)
  const receipt = await told(trial, 'lijie', '台账已报送')
  const { text } = receipt.body as { text: string }
  expect(text).toContain('解放街道2026年11月台账已报送')
  expect(text).toContain('共2家：已备案2。本月变动1处：补录1。')
  fingerprint = shortPrint(text)
  await li.says('确认报送')
  expect(li.heard).toMatch(/2026年11月台账11月24日09:\d\d已经报送，没有再报一次/)
  await li.says('台账 11月')
  handedIn = await li.opens('解放街道2026年11月备案台账.xlsx')
  const cells = await read(handedIn)
  expect(cells['台账']?.[2]?.[0]).toMatch(/^报送：李杰　2026年11月24日09:\d\d$/)
  expect(cells['台账']?.[3]?.[0]).toContain(fingerprint)
  expect(cells['台账']?.at(-1)?.[0]).toContain('填报单位（盖章）')
  expect(rowsOf(cells['本月变动'], '变动').map((row) => [row['变动'], row['名称']?.slice(-5)])).toEqual([
    ['补录', '晨光合唱团'],
  ])
  const summary = cells['汇总'] ?? []
  expect(summary.find(([name]) => name === '明珠社区')?.slice(1, 8)).toEqual([
    '2',
    '2',
    '0',
    '0',
    '0',
    '2',
    '0',
  ])
  // Every community and village of the street, in the order of the pack, also where there is none.
  const below = summary.slice(summary.findIndex(([name]) => name === '单位') + 1, -1)
  expect(below.map(([name, all]) => `${name}${all}`)).toEqual(
    '欣发社区0 河北新村社区0 东麟社区0 虹桥社区0 祥和社区0 宏柳社区0 友谊社区0 明珠社区2 瑞泰社区0 合计2'.split(
      ' ',
    ),
  )
  const looks = await trial.app.store.transact((tx) => tx.listAccess({ limit: 20 }))
  expect(looks.map(({ by, reason }) => `${by} ${reason}`)).toEqual(
    expect.arrayContaining([
      'lijie 报送解放街道2026年11月台账',
      'lijie 提醒时附上解放街道2026年11月台账草稿',
    ]),
  )
})

test('the district sees the roll-up, is told in its own letter the next day, and reads what was handed in', async () => {
  await zhao.says('台账')
  expect(zhao.heard).toContain('2026年11月台账（最晚11月24日）：报了1个，没报11个')
  expect(zhao.heard).toMatch(/1\. 解放街道：11月24日09:\d\d已报，备案2家/)
  expect(zhao.heard).toContain('2. 雅儒街道：没报，备案1家')
  expect(zhao.heard).toMatch(/没报的：雅儒街道、/)
  expect(zhao.heard).toContain('全区已备案3家')
  await zhao.says('台账 解放街道')
  expect(zhao.heard).toContain('已备案2家')
  await zhao.says('台账 11月')
  expect(zhao.heard).toContain('报了1个，没报11个')
  const cells = await read(await zhao.opens('柳北区2026年11月备案台账'))
  const handed = rowsOf(cells['报送情况'], '校验码')
  expect(handed.map((row) => row['报送'])).toEqual(['已报', ...Array<string>(11).fill('未报送')])
  expect(handed[0]?.['校验码']).toMatch(new RegExp(`^${fingerprint}`))
  expect(rowsOf(cells['台账'], '名称')).toHaveLength(2)
  // Who is missing stands there as well, with no number.
  const lines = (cells['汇总'] ?? []).slice((cells['汇总'] ?? []).findIndex(([name]) => name === '单位') + 1)
  expect(lines.map(([name, all]) => `${name} ${all}`).slice(0, 2)).toEqual(['解放街道 2', '雅儒街道 未报送'])
  expect(lines.filter(([, all]) => all === '未报送')).toHaveLength(11)
  expect(lines.at(-1)?.slice(0, 2)).toEqual(['合计（不含未报送的11个）', '2'])
  await zhao.says('台账 2026-11 解放街道')
  expect((await zhao.opens('解放街道2026年11月备案台账.xlsx')).equals(handedIn)).toBe(true)
  goTo('2026-11-25T09:05')
  const letter = await told(trial, 'zhaomin', '收到解放街道的11月备案台账')
  expect(JSON.stringify(letter.body)).not.toContain('解放街道、')
})

test('whole phone numbers of a frozen ledger: to those who may, for a reason that is kept', async () => {
  await li.says('台账 11月 带电话')
  expect(li.heard).toContain('请回复“台账 解放街道 11月 带电话 用途”')
  await li.says('台账 解放街道 11月 带电话 核对联系人')
  expect(li.heard).toContain('带完整电话')
  const bytes = await li.opens('（带电话）.xlsx')
  expect(rowsOf((await read(bytes))['台账'], '联系电话').map((row) => row['联系电话'])).toEqual([
    expect.stringMatching(/^1990000\d{4}$/),
    expect.stringMatching(/^1990000\d{4}$/),
  ])
  await li.says('台账 11月')
  const plain = await li.opens('解放街道2026年11月备案台账.xlsx')
  expect(plain.equals(handedIn)).toBe(true)
  await chen.says('台账 解放街道 11月 带电话 看看')
  expect(chen.heard).toContain('无权')
  await zhao.says('查阅记录')
  expect(zhao.heard).toContain('查看解放街道2026年11月台账的完整电话：核对联系人')
})

test('what the district says to be done for a street stands so in the roll-up, and is not missing', async () => {
  await zhao.says('谁没交 沙塘镇')
  await zhao.says('已完成 1')
  await zhao.says('已完成 2')
  await zhao.says('台账')
  expect(zhao.heard).toContain('沙塘镇：没在这里报，赵敏说已办好')
  expect(zhao.heard).not.toMatch(/没报的：[^\n]*沙塘镇/)
  expect(zhao.heard).toContain('报了1个，没报10个')
})

test('a month later the frozen one is the same file, and what was put right since stands as 更正', async () => {
  await li.says('台账 解放街道')
  await li.says('更正 晨光合唱团 主要负责人·姓名：李建军 理由：户口簿上是军')
  expect(li.heard).toContain('原来：李建国\n改成：李建军\n理由：户口簿上是军')
  await li.says('确认更正')
  expect(li.heard).toContain('已更正')
  await li.says('更正 晨光合唱团 备案编号：柳北解备〔2024〕3号 理由：导入时抄错')
  await li.says('确认更正')
  expect(li.heard).toContain('不能更正：柳北解备〔2024〕3号已经有了')
  await li.says('更正 晨光合唱团 备案编号 柳北解备[2025]8号 原因 导入时抄错')
  expect(li.heard).toContain('改成：柳北解备〔2025〕8号')
  // A look at something else in between takes the question back.
  await li.says('待办')
  await li.says('确认更正')
  expect(li.heard).toContain('没有等您确认的更正')
  await li.says('更正 晨光合唱团 备案编号 柳北解备[2025]8号 原因 导入时抄错')
  await li.says('确认更正')
  await li.says('更正 晨光合唱团 备案日期：2025年5月9日 理由：导入时抄错')
  await li.says('不对')
  expect(li.heard).toContain('没有更正')
  await li.says('确认更正')
  expect(li.heard).toContain('没有等您确认的更正')
  goTo('2026-12-23T09:05')
  await told(trial, 'lijie', '12月备案台账')
  await li.says('台账 12月')
  expect(li.heard).toContain('没有报送')
  const cells = await read(await li.opens('（草稿）.xlsx'))
  const changes = rowsOf(cells['本月变动'], '原来')
  expect(changes.filter((row) => row['项目'] !== '备案编号').map(withoutNumbers)).toEqual([
    {
      变动: '到期',
      名称: '柳州市柳北区解放街道明珠社区和事佬调解队',
      '社区/村': '明珠社区',
      项目: '状态',
      原来: '已备案',
      现在: '已过期',
      日期: '2026-12-01',
    },
    {
      变动: '更正',
      名称: '柳州市柳北区解放街道明珠社区晨光合唱团',
      '社区/村': '明珠社区',
      项目: '主要负责人',
      原来: '李建国',
      现在: '李建军',
      日期: '',
    },
  ])
  const numbers = changes.filter((row) => row['项目'] === '备案编号')
  expect(numbers.map((row) => [row['变动'], row['原来'], row['现在']])).toEqual([
    ['更正', '柳北解备〔2025〕7号', '柳北解备〔2025〕8号'],
  ])
  await li.says('已办好')
  expect(li.heard).toContain('2. 解放街道的12月备案情况统计台账')
  await li.says('2')
  expect(li.heard).toContain('解放街道2026年12月台账已报送')
  await li.says('台账 上个月')
  expect((await li.opens('解放街道2026年11月备案台账.xlsx')).equals(handedIn)).toBe(true)
})

test('a restart keeps what was handed in; a draft is no secret of another street', async () => {
  await trial.restart()
  await li.says('台账 2026年11月')
  expect((await li.opens('解放街道2026年11月备案台账.xlsx')).equals(handedIn)).toBe(true)
  await chen.says('台账')
  expect(chen.heard).toContain('雅儒街道2026年12月台账还没有报送')
  // The tap on the card that came before the restart.
  const key = 'remind:nothing:ledger:2026-12:450205002000'
  const card = await trial.standIn.waitFor('chenming', 'app', ({ body }) =>
    JSON.stringify(body).includes(key),
  )
  await trial.standIn.click('chenming', card.id, key)
  const receipt = await told(trial, 'chenming', '雅儒街道2026年12月台账已报送')
  expect(JSON.stringify(receipt.body)).toContain('本月无变化')
  const ledger = await trial.app.store.transact((tx) => tx.findLedger('450205002000', '2026-12'))
  expect(ledger).toMatchObject({ closed: { by: 'chenming' }, changes: [] })
})
