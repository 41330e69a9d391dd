import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { oldRow } from '../ledger/old-ledger.ts'
import { takeOver } from '../support/take-over.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'
import { forwardTo } from '../support/moment.ts'

// Once a quarter the bureau looks at organizations on the spot (附件5一7).

let trial: Trial
let zhao: Person

beforeAll(async () => {
  trial = await startTrial({ start: new Date('2026-11-02T02:00:00Z'), directory: trialDirectory })
  zhao = new Person(trial, 'zhaomin')
  const rows = [
    oldRow({ 备案编号: '柳北解备〔2025〕3号' }),
    oldRow({ 备案编号: '柳北解备〔2025〕4号', 组织名称: '柳州市柳北区解放街道明珠社区晨光合唱团' }),
    oldRow({
      备案编号: '柳北雅备〔2025〕1号',
      组织名称: '柳州市柳北区雅儒街道雅莲社区巡逻队',
      街道: '雅儒街道',
      '社区/村': '雅莲社区',
    }),
  ]
  await takeOver(trial, rows, '2026-11-02T02:00:00Z')
})
afterAll(() => trial.stop())

const goTo = (moment: string): void => forwardTo(trial.standIn.clock, moment)

const reminders = (quarter: string): string[] =>
  trial.standIn
    .inbox('zhaomin', 'app')
    .flatMap(({ body }) =>
      body.type === 'text' && body.text.includes(`${quarter}的实地检查`) ? [body.text] : [],
    )

test('the quarter shows each street, a place its organizations, and only to the bureau', async () => {
  await zhao.says('巡检')
  expect(zhao.heard).toContain('2026年第四季度巡检：已看0家。')
  expect(zhao.heard).toContain('1. 解放街道：已看0家，共2家')
  expect(zhao.heard).toContain('2. 雅儒街道：已看0家，共1家')
  await zhao.says('巡检 明珠社区')
  expect(zhao.heard).toMatch(
    /明珠社区2026年第四季度巡检：共2家，已看0家。\n1\. .*和事佬调解队：还没看\n2\. .*晨光合唱团：还没看/,
  )
  for (const userId of ['lijie', 'wangfang']) {
    const person = new Person(trial, userId)
    await person.says('巡检')
    expect(person.heard).toContain('无权巡检')
    await person.says('巡检 1 情况正常')
    expect(person.heard).toContain('无权巡检')
  }
  await new Person(trial, 'wangxiuying').says('巡检')
  await zhao.says('巡检多久一次？')
  expect(zhao.heard).toContain('附件5一7')
})

test('results are noted by number or name; one visit fulfils the quarter, which is reminded of no more', async () => {
  goTo('2026-12-11T09:05')
  await told(trial, 'zhaomin', '第四季度的实地检查（每季度1次），最晚12月31日做完')
  const before = reminders('第四季度')
  await zhao.says('巡检 明珠社区')
  await zhao.says('巡检 2 需整改')
  expect(zhao.heard).toContain('请写明要整改什么')
  await zhao.says('巡检 2 门口乱')
  expect(zhao.heard).toContain('结果怎么样？请回复“巡检 2 情况正常”')
  await zhao.says('巡检 7')
  expect(zhao.heard).toContain('没有“7”这一家')
  await zhao.says('巡检 2 需整改：消防通道堵了，找19900001234')
  expect(zhao.heard).toContain('不要写电话')
  await zhao.says('巡检 2 需整改：消防通道堵了')
  expect(zhao.heard).toContain('晨光合唱团，需整改：消防通道堵了。社区和街道会收到通知，下个季度会再提')
  expect(zhao.heard).toContain('2026年第四季度的实地检查算做过了')
  await zhao.says('巡检 2 需整改：灯坏了，门也坏了')
  expect(zhao.heard).toContain('需整改：灯坏了，门也坏了。')
  await zhao.says('巡检 2 需整改：消防通道堵了')
  await zhao.says('巡检 2 情况不正常')
  expect(zhao.heard).toContain('结果怎么样？')
  await zhao.says('巡检 2 消防通道堵了，要整改')
  expect(zhao.heard).toContain('需整改：消防通道堵了')
  expect(zhao.heard).toContain('以前记的换成新的')
  expect(zhao.heard).not.toContain('算做过了')
  await zhao.says('巡检 和事佬 情况正常，活动记录齐全')
  expect(zhao.heard).toContain('情况正常，活动记录齐全')
  await zhao.says('巡检 9 情况正常')
  expect(zhao.heard).toContain('没有“9”这一家')
  await zhao.says('巡检 解放街道')
  expect(zhao.heard).toContain('共2家，已看2家')
  expect(zhao.heard).toMatch(/和事佬调解队：已看（12月11日）：情况正常，活动记录齐全/)
  await zhao.says('提醒 预览')
  expect(zhao.heard).toMatch(/王芳（[^）]*）：[^\n]*实地检查要整改的1家/)
  expect(zhao.heard).not.toContain('收到报送')
  goTo('2026-12-14T09:05')
  const found =
    '区民政局第四季度实地检查，有要整改的，请帮着改好：柳州市柳北区解放街道明珠社区晨光合唱团：消防通道堵了。改好了请告诉区民政局。'
  for (const userId of ['wangfang', 'lijie']) await told(trial, userId, found)
  goTo('2026-12-24T09:05')
  await told(trial, 'lijie', '备案台账')
  goTo('2026-12-30T09:05')
  await zhao.says('待办')
  expect(reminders('第四季度')).toEqual(before)
})

test('what was to be mended stands first in the next quarter, until it was found mended', async () => {
  goTo('2027-01-05T09:05')
  await zhao.says('巡检')
  expect(zhao.heard).toContain('2027年第一季度巡检：已看0家，以前查出还没整改好的1家。')
  expect(zhao.heard).toContain('1. 解放街道：已看0家，共2家，待整改1家')
  await zhao.says('巡检 明珠')
  expect(zhao.heard).toMatch(
    /1\. .*晨光合唱团：2026年第四季度需整改：消防通道堵了，请看改好没有\n2\. .*还没看/,
  )
  await zhao.says('巡检 2 没什么问题')
  expect(zhao.heard).toContain('不再提醒。以前要整改的还有1家没看，回复“巡检”看在哪里')
  await zhao.says('巡检 1 整改好了')
  expect(zhao.heard).toContain('晨光合唱团，情况正常，整改好了')
  goTo('2027-04-06T09:05')
  await zhao.says('巡检')
  expect(zhao.heard).toContain('2027年第二季度巡检：已看0家。')
})
