import { readSheet as readXlsx } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { takeOver } from '../support/take-over.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'
import { cellAfter } from '../support/word.ts'
import { oldRow } from '../ledger/old-ledger.ts'

let trial: Trial
let chen: Person
let wang: Person
let fang: Person
let li: Person
let zhao: Person

const name = '柳州市柳北区解放街道明珠社区和事佬调解队'
const expired = '柳州市柳北区解放街道明珠社区晨光合唱团'

beforeAll(async () => {
  trial = await startTrial({ directory: trialDirectory })
  ;[chen, wang, fang, li, zhao] = ['chenming', 'wangxiuying', 'wangfang', 'lijie', 'zhaomin'].map(
    (userId) => new Person(trial, userId),
  ) as [Person, Person, Person, Person, Person]
  const rows = [
    oldRow({ 备案编号: '柳北解备〔2024〕3号', 备案日期: '2024-12-05' }),
    // The same organization as it was filed before.
    oldRow({ 备案编号: '柳北解备〔2022〕2号', 备案日期: '2022-12-03' }),
    oldRow({ 备案编号: '柳北解备〔2022〕1号', 组织名称: expired, 备案日期: '2022-03-05' }),
    oldRow({
      备案编号: '柳北雅备〔2025〕1号',
      组织名称: '柳州市柳北区雅儒街道雅莲社区巡逻队',
      街道: '雅儒街道',
      '社区/村': '雅莲社区',
    }),
  ]
  await takeOver(trial, rows, '2026-11-23T01:00:00Z')
})
afterAll(() => trial.stop())

const toldApp = (userId: string): string =>
  trial.standIn
    .entries()
    .filter(({ conversation }) => conversation === `app:${userId}`)
    .map(({ body }) => ('text' in body ? body.text : ''))
    .join('\n')

test('the old ledger stands in the lists of staff, expired ones marked, each within reach', async () => {
  await li.says('台账')
  expect(li.heard).toContain('已备案2家')
  expect(li.heard).toContain('柳北解备〔2024〕3号')
  expect(li.heard).toMatch(/晨光合唱团.*2024年3月5日，已过期/)
  expect(li.heard).not.toContain('雅莲')
  // Gaps are explained to those who give the numbers (practice.md 1.7).
  expect(li.heard).toMatch(/空着的.*\n· 柳北解备〔2024〕1号到2号：没有记录/)
  await fang.says('台账')
  expect(fang.heard).not.toContain('空着的')
  await zhao.says('台账 解放街道')
  expect(zhao.heard).toMatch(/空着的.*\n· 柳北解备〔2024〕1号到2号：没有记录/)
  await zhao.says('台账 雅儒街道')
  expect(zhao.heard).toContain('雅莲')
  expect(zhao.heard).not.toContain('空着的')
  await li.says('到期')
  expect(li.heard).toMatch(/1\. .*晨光合唱团.*已过期\n2\. .*和事佬调解队.*2026年12月5日，已备案/)
  await li.says('查看 2')
  expect(li.heard).toContain('和事佬调解队')
  await zhao.says('台账')
  expect(zhao.heard).toContain('已备案3家')
})

test('a leader claims what was filed on paper by number and name, and the street is told', async () => {
  await chen.says('续期')
  expect(chen.heard).toContain('认领')
  await chen.says('认领 柳北解备〔2023〕9号')
  expect(chen.heard).toContain('没有查到')
  await chen.says('认领 柳北解备(2022)2号')
  expect(chen.heard).toContain('姓名')
  expect(chen.heard).not.toContain('李建国')
  await chen.says('李国')
  expect(chen.heard).toContain('对不上')
  await chen.says('我的组织')
  expect(chen.heard).not.toContain('和事佬')
  await chen.says('认领 柳北解备〔2024〕3号')
  await chen.says('李 建国')
  expect(chen.heard).toContain(`认领好了：${name}`)
  expect(chen.heard).toContain('2026年12月5日')
  await chen.says('我的组织')
  expect(chen.heard.match(/和事佬/g)).toHaveLength(1)
  expect(chen.heard).toMatch(/柳北解备〔2024〕3号，有效期至2026年12月5日/)
  await told(trial, 'lijie', 'chenming')
  expect(toldApp('wangfang')).not.toContain('认领')
})

test('after three wrong names in a day there is no fourth', async () => {
  await wang.says('认领 柳北解备〔2022〕1号')
  await wang.says('王大')
  await wang.says('王二')
  await wang.says('王三')
  expect(wang.heard).toContain('今天不能再试')
  await wang.says('认领 柳北解备〔2022〕1号')
  expect(wang.heard).toContain('今天不能再试')
})

test('what was claimed is renewed from the old row, under a new number of the street', async () => {
  await chen.says('续期')
  expect(chen.heard).toContain(name)
  const sheet = {
    ...danceTeam,
    有没有变化: '没有变化',
    人员名册: ['1. 李建国 男 19900005678 队长\n2. 李国强 男 19900005678 副队长', '没有了'],
    '负责人名单·姓名': ['李国强', '没有了'],
    负责人名单: ['李国强', '没有了'],
  }
  await answers(chen, sheet, undefined, 80)
  expect(cellAfter(await chen.opens('备案申请表'), '备案社区社会组织名称')).toBe(name)
  await chen.says('确认提交')
  const [, caseNumber = ''] = /受理号：(\S+)/.exec(chen.heard) ?? []
  await fang.says(`同意 ${caseNumber}`)
  await li.says(`同意 ${caseNumber}`)
  expect(li.heard).toContain('柳北解备〔2026〕1号')
  await chen.says('我的组织')
  expect(chen.heard).toContain('柳北解备〔2026〕1号')
})

test('the ledger goes out as a file: own places, phones masked but for the district, noted', async () => {
  await fang.says('台账 导出')
  expect(fang.heard).toContain('无权')
  await wang.says('台账 导出')
  expect(wang.heard).toContain('无权')
  await li.says('台账 导出')
  const rows = await readXlsx(await li.opens('备案台账'))
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  expect(cells[0]?.[0]).toContain('备案台账')
  expect(cells[1]?.[0]).toMatch(/导出：李杰.*2026年11月23日.*共2家/)
  expect(cells[2]).toEqual(expect.arrayContaining(['备案编号', '名称', '联系电话', '到期日期', '状态']))
  const row = cells.find((one) => one.includes(name)) ?? []
  expect(row.slice(1, 6)).toEqual(['柳北解备〔2026〕1号', name, '解放街道', '明珠社区', '社会团体'])
  expect(row.slice(7, 17)).toEqual([
    '李建国',
    '199****5678',
    '2',
    '跃进路60号社区活动室，90平方米',
    '2026-11-23',
    '2028-11-23',
    '待盖章',
    '续办',
    '否',
    '旧台账；原编号柳北解备〔2022〕2号；原编号柳北解备〔2024〕3号',
  ])
  expect(cells.find((one) => one.includes(expired))?.slice(8, 14)).toEqual([
    '199****5678',
    '18',
    '跃进路60号社区活动室，90平方米',
    '2022-03-05',
    '2024-03-05',
    '已过期',
  ])
  expect(JSON.stringify(cells)).not.toContain('雅莲')
  await zhao.says('台账导出')
  expect(JSON.stringify(await readXlsx(await zhao.opens('备案台账')))).not.toContain('19900005678')
  await zhao.says('台账导出 年底走访')
  const whole = JSON.stringify(await readXlsx(await zhao.opens('备案台账')))
  expect(whole).toContain('19900005678')
  expect(whole).toContain('雅莲社区')
  const looks = await trial.app.store.transact((tx) => tx.listAccess({ limit: 10 }))
  expect(looks.map(({ by }) => by)).toEqual(expect.arrayContaining(['lijie', 'zhaomin']))
  expect(looks.map(({ reason }) => reason)).toContain('导出台账（电话完整）：年底走访')
})

test('a new principal takes over only when the street agrees, and the former one hears of it', async () => {
  trial.standIn.clock.forward(86_400_000)
  await wang.says('认领 柳北解备〔2026〕1号')
  await wang.says('李建国')
  expect(wang.heard).toContain('已请街道（镇）核对')
  await wang.says('我的组织')
  expect(wang.heard).not.toContain(name)
  const asked = await told(trial, 'lijie', '说是现在的主要负责人')
  const [, words = ''] = asked.body.type === 'text' ? (/“(转交 .+?)”/.exec(asked.body.text) ?? []) : []
  for (const other of [fang, zhao, chen]) {
    await other.says(words)
    expect(other.heard).toContain('无权')
  }
  await li.says(words.replace('wangxiuying', 'lijie'))
  expect(li.heard).toContain('不能转交给自己')
  await li.says(words)
  expect(li.heard).toContain(`已转交：${name}`)
  await told(trial, 'wangxiuying', '归到您名下')
  await told(trial, 'chenming', '转给新的主要负责人')
  await chen.says('我的组织')
  expect(chen.heard).not.toContain(name)
  await wang.says('我的组织')
  expect(wang.heard).toContain(name)
})
