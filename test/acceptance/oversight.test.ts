import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { submitted } from '../filings/cases.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'
import { forwardTo } from '../support/moment.ts'

let trial: Trial
let wang: Person
let fang: Person
let li: Person
let zhao: Person
let chen: Person

const name = '柳州市柳北区解放街道明珠社区夕阳红舞蹈队'
const group = { group: '明珠社区社会组织群' }

beforeAll(async () => {
  trial = await startTrial({
    start: new Date('2026-11-25T12:00:00Z'),
    directory: (standIn) => ({
      ...trialDirectory,
      people: [...trialDirectory.people, { userid: 'chenming', name: '陈明', role: 'operator' }],
      groups: trialDirectory.groups.map((one) => ({
        ...one,
        webhook: standIn.webhookUrl(one.name),
      })),
    }),
  })
  ;[wang, fang, li, zhao, chen] = ['wangxiuying', 'wangfang', 'lijie', 'zhaomin', 'chenming'].map(
    (userId) => new Person(trial, userId),
  ) as [Person, Person, Person, Person, Person]
  await trial.app.store.transact((tx) =>
    tx.saveFiling(
      submitted({
        applicant: 'wangxiuying',
        organizationName: name,
        events: [
          {
            type: 'imported',
            by: 'zhaomin',
            at: '2026-11-02T02:00:00.000Z',
            filingNumber: '柳北解备〔2026〕1号',
            filedOn: '2026-03-01',
            validUntil: '2028-03-01',
          },
        ],
      }),
    ),
  )
})
afterAll(() => trial.stop())

/** Moves the clock to a moment in Liuzhou. */
const goTo = (moment: string): void => forwardTo(trial.standIn.clock, moment)

test('what is foreseen in the evening arrives in the morning, in single chats and in the group', async () => {
  await fang.says('提醒 预览')
  expect(fang.heard).toContain(`11月26日（周四），2条：\n${name}的负责人：11月月报`)
  expect(fang.heard).toContain('明珠社区社会组织群：11月月报还差1家')
  await zhao.says('提醒预览', 'app')
  expect(zhao.heard).toContain('王芳（社区工作者）：请帮忙：11月月报')
  goTo('2026-11-26T09:05')
  await told(trial, 'wangxiuying', '11月月报')
  await trial.standIn.waitFor('wangxiuying', group, ({ body }) => body.type === 'text')
  await fang.says('提醒')
  expect(fang.heard).toMatch(/11月26日（周四）：\n.*夕阳红舞蹈队的负责人：11月月报，已达/)
  await chen.says('提醒')
  expect(chen.heard).toMatch(/明珠社区社会组织群：今天的提醒，已达/)
})

test('谁没交 in the single chat only; 已完成 by the office, and the leader hears no more of it', async () => {
  expect(await fang.saysInGroup('谁没交', group.group)).toContain('单聊')
  expect(await wang.says('谁没交')).toContain('无权')
  expect(await li.says('谁没交')).toContain(name)
  await fang.says('谁没交')
  expect(fang.heard).toMatch(/11月月报，最晚11月30日，还有4天：差1家，应交1家\n1\. /)
  await fang.says('已完成 1')
  expect(fang.heard).toContain('王芳说已完成')
  await zhao.says('谁没交')
  expect(zhao.heard).not.toMatch(/11月月报.*差/)
  await trial.restart()
  await fang.says('谁没交')
  expect(fang.heard).toContain('11月月报：1家都交了')
  expect(fang.heard).toContain(`${name}（王芳）`)
  expect(trial.standIn.violations).toEqual([])
})
