import { readSheet as readXlsx } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, told, type Trial } from '../support/trial.ts'

let trial: Trial
let wang: Person
let chen: Person
let fang: Person
let li: Person
let zhao: Person
beforeAll(async () => {
  trial = await startTrial({
    directory: {
      ...trialDirectory,
      people: [
        ...trialDirectory.people,
        { userid: 'zhaomin', name: '赵敏', role: 'operator' },
        { userid: 'chenming', name: '陈明', role: 'district' },
      ],
    },
  })
  wang = new Person(trial, 'wangxiuying')
  chen = new Person(trial, 'chenming')
  fang = new Person(trial, 'wangfang')
  li = new Person(trial, 'lijie')
  zhao = new Person(trial, 'zhaomin')
})
afterAll(() => trial.stop())

const DAY = 86_400_000
async function submits(): Promise<string> {
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  return /受理号：(\S+)/.exec(wang.heard)?.[1] ?? ''
}

test('a person gets everything that is held about them as a file, and nobody else can open it', async () => {
  const caseNumber = await submits()
  await fang.says(`原件 ${caseNumber} 核对身份证原件`)
  await wang.says('队里的锣鼓放哪里？')
  await wang.says('投诉建议')
  await wang.says('活动室总是锁着')
  await wang.says('1')
  await wang.says('我的数据')
  expect(wang.heard).toContain('提交过的申请1件')
  expect(wang.heard).not.toContain('19900001234')
  const rows = await readXlsx(await wang.opens('我的数据'))
  const text = JSON.stringify(rows)
  for (const held of ['同意', '19900001234', danceTeam['主要负责人·身份证号码'], '李建国', '活动室总是锁着'])
    expect(text).toContain(held)
  expect(text).toContain('王芳：核对身份证原件')
  expect(text).toContain('队里的锣鼓放哪里')
  // Posts and people of the lists, as they are read and not as they are kept.
  expect(text).toMatch(/1976年9月.*2008年3月，柳州钢铁厂工人/)
  expect(text).toContain('李建国，副队长，中共党员')
  expect(text).not.toContain('[object')
  await fang.says('我的数据')
  const ofFang = JSON.stringify(await readXlsx(await fang.opens('我的数据')))
  for (const held of ['社区工作者', '明珠社区', '核对身份证原件']) expect(ofFang).toContain(held)
  expect(ofFang).not.toMatch(/王秀英|1990000/)
  await wang.saysInGroup('我的数据')
  expect(wang.heard).toContain('单聊')
  await chen.says('我的数据')
  expect(JSON.stringify(await readXlsx(await chen.opens('我的数据')))).not.toContain('王秀英')
})

test('who looked at personal data is listed for the district and for nobody else', async () => {
  await zhao.says('查阅记录')
  expect(zhao.heard).toMatch(/王芳 看了.*夕阳红舞蹈队（2026-0001）：核对身份证原件/)
  for (const person of [li, fang, wang]) {
    await person.says('查阅记录')
    expect(person.heard).toContain('无权')
  }
})

test('consent taken back ends what was not handed in, says what stays, and is asked for again', async () => {
  await wang.says('撤回')
  await wang.says('1')
  await wang.says('开始备案')
  await answers(wang, danceTeam, (heard) => questionLabel(heard) === '宗旨')
  await wang.says('撤销同意')
  expect(wang.heard).toContain('没交的1份')
  expect(wang.heard).toContain('2026-0001')
  await wang.says('2')
  expect(questionLabel(wang.heard)).toBe('宗旨')
  await wang.says('撤销同意')
  await wang.says('1')
  expect(wang.heard).toContain('已撤销')
  await wang.says('继续')
  expect(wang.heard).toContain('没有填了一半')
  await wang.says('开始备案')
  expect(wang.heard).toContain('个人信息')
  await wang.says('同意')
  expect(questionLabel(wang.heard)).toBe('组织类别')
  await wang.says('撤销同意')
  await wang.says('撤销')
})

test('nothing goes before its time, and then only by two people of the district', async () => {
  await chen.says('清理')
  expect(chen.heard).toContain('没有超过保存期限')
  await wang.says('开始备案')
  await wang.says('同意')
  await wang.says('1')
  trial.standIn.clock.forward(200 * DAY)
  for (const person of [li, fang, wang]) {
    await person.says('清理')
    expect(person.heard).toContain('无权')
    await person.says('同意清理')
    expect(person.heard).toContain('无权')
  }
  await zhao.says('同意清理')
  expect(zhao.heard).toContain('先回复“清理”')
  await zhao.says('清理')
  expect(zhao.heard).toMatch(/没交的表1份/)
  expect(zhao.heard).toContain('夕阳红舞蹈队（2026-0001），2026-11-23已撤回')
  expect(zhao.heard).toContain('建议值')
  await zhao.says('同意清理')
  expect(zhao.heard).toContain('还要另一位')
  await told(trial, 'chenming', '赵敏提出清理')

  await zhao.says('清理')
  expect(zhao.heard).toContain('还要另一位')
  await zhao.says('同意清理')
  expect(zhao.heard).toContain('要由另一个人')
  await wang.says('继续')
  expect(questionLabel(wang.heard)).toBe('活动地域')

  await chen.says('清理')
  expect(chen.heard).toContain('赵敏2027年')
  await chen.says('同意清理')
  expect(chen.heard).toContain('已清理')
  await wang.says('到哪一步了')
  expect(wang.heard).not.toContain('2026-0001')
})

test('what was destroyed stays listed, and its case number is not given again', async () => {
  const { store } = trial.app
  const [purge] = await store.transact((tx) => tx.listPurges(10))
  expect(purge).toMatchObject({ proposed: { by: 'zhaomin' }, done: { by: 'chenming' } })
  expect(JSON.stringify(purge)).not.toMatch(/王秀英|1990000|wangxiuying/)
  expect(await store.transact((tx) => tx.nextNumber('case:2026'))).toBe(2)
  await chen.says('清理')
  expect(chen.heard).toContain('没有超过保存期限')
})
