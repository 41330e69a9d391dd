import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { cellAfter } from '../support/word.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial()
})
afterAll(() => trial.stop())

test('a leader starts in the group, corrects, asks in between, pauses over a restart, and loses nothing', async () => {
  const wang = new Person(trial, 'wangxiuying')
  await wang.saysInGroup('开始备案')
  expect(questionLabel(wang.heard)).toBe('组织类别')
  await wang.saysInGroup('社会团体')
  await wang.saysInGroup('明珠社区')
  await wang.saysInGroup('夕阳红舞蹈队')
  await wang.saysInGroup('跃进路58号活动室，80平方米')
  await wang.saysInGroup('丰富居民文化生活，增进邻里和睦。')
  await wang.saysInGroup('组织广场舞排练。')
  expect(wang.heard).toContain('单聊')
  expect(questionLabel(wang.heard)).toBeUndefined()

  await wang.saysInGroup('我的身份证号是450205190203040021')
  expect(wang.heard).toContain('单聊')
  expect(wang.heard).not.toContain('450205190203040021')

  await wang.says('继续')
  expect(wang.heard).toContain('个人信息')
  await wang.says('同意')
  expect(questionLabel(wang.heard)).toBe('主要负责人·姓名')
  await wang.says('王秀英')

  await wang.says('备案管几年？')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')
  expect(wang.heard).toContain('附件1填表说明6')

  await wang.says('上一步')
  expect(questionLabel(wang.heard)).toBe('主要负责人·姓名')
  expect(wang.heard).toContain('王秀英')
  await wang.says('王秀兰')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')

  await wang.says('改第3项')
  expect(questionLabel(wang.heard)).toBe('备案社区社会组织名称')
  await wang.says('金秋舞蹈队')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')

  await wang.says('暂停')
  await trial.restart()
  trial.standIn.clock.forward(9 * 24 * 3_600_000)
  await wang.says('继续', 'app')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')
  await wang.says('1990000123', 'app')
  expect(wang.heard).toContain('10')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')
  await wang.says('19900001234')

  await wang.says('改活动地域')
  await wang.says('欣发社区')
  expect(wang.heard).toContain('解放街道欣发社区金秋舞蹈队')

  await answers(wang, danceTeam)
  const form = await wang.opens('备案申请表')
  expect(cellAfter(form, '备案社区社会组织名称')).toBe('柳州市柳北区解放街道欣发社区金秋舞蹈队')
  expect(cellAfter(form, '活动地域（填社区名）')).toBe('欣发社区')
  expect(cellAfter(form, '姓名', 0)).toBe('王秀兰')
  expect(cellAfter(form, '手机')).toBe('19900001234')
  expect(trial.standIn.violations).toEqual([])
})
