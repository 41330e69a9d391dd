import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { rowsWith } from '../support/word.ts'

let trial: Trial
let wang: Person
let fang: Person
beforeAll(async () => {
  trial = await startTrial({ withApp: false, directory: trialDirectory })
  wang = new Person(trial, 'wangxiuying')
  fang = new Person(trial, 'wangfang')
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  await fang.says('同意 2026-0001')
  await new Person(trial, 'lijie').says('同意 2026-0001')
})
afterAll(() => trial.stop())

test('a returned change keeps what it changes, and a return for papers alone asks nothing on the form', async () => {
  await wang.says('变更')
  await wang.says('活动地域')
  await answers(wang, {
    变更的事项: '没有了',
    活动地域: '友谊社区',
    申请变更理由: '换了地方',
    履行的内部程序: '10月8日开会，一共30人，到了25人，20人同意',
  })
  await wang.says('确认提交')
  expect(wang.heard).toContain('2026-0002')
  await fang.says('退回 2026-0002 申请变更理由：请写具体一点')
  expect(fang.heard).toContain('已退回')
  await wang.says('继续')
  expect(questionLabel(wang.heard)).toBe('申请变更理由')
  await wang.says('原活动室拆了，搬到友谊社区')
  expect(rowsWith(await wang.opens('变更备案申请表'), '活动地域')[0]?.slice(1)).toEqual([
    '明珠社区',
    '友谊社区',
  ])
  await wang.says('确认提交')
  expect(wang.heard).toContain('交回给退回的那一位')
  await fang.says('退回 2026-0002 材料：请补签字')
  await wang.says('继续')
  expect(wang.heard).toContain('表上不用改')
  await wang.says('到哪一步了')
  expect(wang.heard.match(/夕阳红舞蹈队（受理号2026-0002）/g)).toHaveLength(1)
  await wang.says('确认提交')
  expect(wang.heard).toContain('已重新提交')
  await fang.says('同意 2026-0002')
  expect(fang.heard).toContain('已同意')
})
