import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person, startTrial, type Trial } from '../support/trial.ts'
import { readBack } from './at.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial()
})
afterAll(() => trial.stop())

test('nothing about a person is stored before the notice was agreed to, not even by a correction', async () => {
  const wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await wang.says('电话改成19900001234')
  expect(wang.heard).not.toContain('改好了')
  await wang.says('同意')
  expect(await readBack(wang)).toContain('主要负责人·联系电话：（空）')
})

test('听不懂 at the notice explains the notice and not a question that was not asked yet', async () => {
  const chen = new Person(trial, 'chenming')
  await chen.says('开始备案')
  await chen.says('听不懂')
  expect(chen.heard).toContain('个人信息')
  expect(chen.heard).not.toContain('民办非企业单位')
})

test('a form can be given up at the notice', async () => {
  const fang = new Person(trial, 'wangfang')
  await fang.says('开始备案')
  await fang.says('取消')
  await fang.says('1')
  expect(fang.heard).toContain('已取消')
  await fang.says('继续')
  expect(fang.heard).not.toContain('个人信息')
})
