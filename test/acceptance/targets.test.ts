import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import type { Entry } from '../../src/sandbox/world.ts'
import { submitted } from '../filings/cases.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'
import { forwardTo } from '../support/moment.ts'

let trial: Trial
let wang: Person
let fang: Person
let li: Person
let zhao: Person

const group = { group: '明珠社区社会组织群' }
const PNG = '89504e470d0a1a0a'

beforeAll(async () => {
  trial = await startTrial({
    start: new Date('2026-11-30T11:00:00Z'),
    directory: (standIn) => ({
      ...trialDirectory,
      groups: trialDirectory.groups.map((one) => ({ ...one, webhook: standIn.webhookUrl(one.name) })),
    }),
  })
  ;[wang, fang, li, zhao] = ['wangxiuying', 'wangfang', 'lijie', 'zhaomin'].map(
    (userId) => new Person(trial, userId),
  ) as [Person, Person, Person, Person]
  await trial.app.store.transact(async (tx) => {
    for (const number of [1, 2, 3])
      await tx.saveFiling(
        submitted({
          id: `f${number}`,
          caseNumber: `2026-000${number}`,
          applicant: 'wangxiuying',
          organizationName: `柳州市柳北区解放街道明珠社区第${number}舞蹈队`,
          events: [
            {
              type: 'imported',
              by: 'zhaomin',
              at: '2026-11-02T02:00:00.000Z',
              filingNumber: `柳北解备〔2026〕${number}号`,
              filedOn: '2026-03-01',
              validUntil: number === 3 ? '2026-12-20' : '2028-03-01',
            },
          ],
        }),
      )
  })
})
afterAll(() => trial.stop())

/** The bytes of a picture that was sent. */
const pictureIn = ({ body }: Entry): string =>
  body.type === 'image' ? Buffer.from(body.attachment.bytes).toString('hex') : ''

test('目标 puts the numbers beside those of the plan, as history, and sends a picture of them', async () => {
  await fang.says('目标', 'app')
  expect(fang.heard).toContain('目标（明珠社区，2026年11月30日）')
  expect(fang.heard).toContain('现在3家，目标不少于8家（到2023年底，实施方案二），1个社区共3家')
  expect(fang.heard).toContain('方案的期限已经过去，目标只作对照，不是排名')
  expect(fang.heard).toContain('第四季度到期1家：10月0、11月0、12月1')
  const sent = await trial.standIn.waitFor('wangfang', 'app', ({ body }) => body.type === 'image')
  expect(pictureIn(sent)).toMatch(new RegExp(`^${PNG}`))
})

test('the robot gives a link to the picture, for the one who asked', async () => {
  await li.says('目标 明珠社区')
  expect(li.heard).toContain('明珠社区')
  const picture = await li.opens('.png')
  expect(picture.toString('hex')).toMatch(new RegExp(`^${PNG}`))
  await zhao.says('目标')
  expect(zhao.heard).toContain('全区孵化培育社区社会组织：现在3家，目标70—100家（2022年，实施方案二）')
  expect(zhao.heard).toContain('解放街道平均0.3')
  expect((await zhao.opens('.png')).equals(picture)).toBe(false)
})

test('a place out of reach, a group and a leader are given neither numbers nor picture', async () => {
  expect(await li.says('目标 雅儒街道')).toContain('无权')
  expect(await fang.says('目标 解放街道')).toContain('无权')
  expect(await fang.saysInGroup('目标', group.group)).not.toContain('现在3家')
  expect(await wang.says('目标')).not.toContain('现在3家')
})

test('on the first working day of a month the group reads the numbers and sees the picture, once', async () => {
  await fang.says('提醒 预览')
  expect(fang.heard).toContain('12月1日（周二）')
  expect(fang.heard).toMatch(/明珠社区社会组织群：.*本月情况和图/)
  const goTo = (moment: string): void => forwardTo(trial.standIn.clock, moment)
  goTo('2026-12-01T09:05')
  const picture = await trial.standIn.waitFor('wangxiuying', group, ({ body }) => body.type === 'image')
  expect(pictureIn(picture)).toMatch(new RegExp(`^${PNG}`))
  expect(picture.from).toEqual({ type: 'groupRobot' })
  const [text] = trial.standIn
    .inbox('wangxiuying', group)
    .filter(({ from, body }) => from.type === 'groupRobot' && body.type === 'text')
  expect(text?.body).toMatchObject({ text: expect.stringContaining('备案有效3家，本季度到期1家') })
  expect(JSON.stringify(text?.body)).not.toContain('舞蹈队')
  await trial.restart()
  // Still early in the month; what lapses in fifteen days is told on this day.
  goTo('2026-12-04T09:05')
  await told(trial, 'wangfang', '快到期')
  const pictures = trial.standIn.inbox('wangxiuying', group).filter(({ body }) => body.type === 'image')
  expect(pictures).toHaveLength(1)
  expect(trial.standIn.violations).toEqual([])
})
