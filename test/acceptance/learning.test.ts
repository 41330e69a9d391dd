import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { Person, startTrial, told, type Trial } from '../support/trial.ts'

let trial: Trial
let wang: Person
let chen: Person
let fang: Person
let min: Person
beforeAll(async () => {
  trial = await startTrial({ directory: trialDirectory })
  wang = new Person(trial, 'wangxiuying')
  chen = new Person(trial, 'chenming')
  fang = new Person(trial, 'wangfang')
  min = new Person(trial, 'zhaomin')
})
afterAll(async () => {
  expect(trial.standIn.violations).toEqual([])
  await trial.stop()
})

const QUESTION = '毛线帽送出去怎么打条子'

test('a question without an answer is answered by a clerk, adopted by the district, and everybody who asked is told', async () => {
  await wang.says(`${QUESTION}？`)
  expect(wang.heard).toContain('文件里没有写')
  await chen.says(`${QUESTION}！`)
  await chen.says('我叫陈明，19900001234，毛线帽咋打条子')

  await wang.says('待补充问题')
  expect(wang.heard).toContain('无权')

  await fang.says('待补充问题')
  expect(fang.heard).toContain('待补充问题')
  expect(fang.heard).toMatch(new RegExp(`1\\. ${QUESTION}.*问了2次`))
  expect(fang.heard).not.toMatch(/陈明|19900001234/)
  await fang.says('采纳 1')
  expect(fang.heard).toContain('无权')
  await fang.says('答 1')
  expect(fang.heard).toContain('请把内容写在后面')
  await fang.says('答 1 先到社区备案。依据：附件9说明3')
  expect(fang.heard).toContain('没有“附件9说明3”这个出处')
  await fang.says('答 9 先到社区备案。')
  expect(fang.heard).toContain('没有“9”这一个')
  await fang.says('答 1 先到社区居委会领备案表，办好备案就算正规。依据：附件1填表说明4')
  expect(fang.heard).toContain('已记下')

  await chen.says(QUESTION)
  expect(chen.heard).toContain('文件里没有写')

  await min.says('待补充问题')
  expect(min.heard).toContain('王芳答：先到社区居委会领备案表')
  await min.says('不采纳 1')
  expect(min.heard).toContain('理由')
  await min.says('不采纳 1 请写清楚去哪里')
  await told(trial, 'wangfang', '请写清楚去哪里')
  await fang.says('待补充问题')
  await fang.says('答 1 先到社区居委会领备案表，填好交街道，办好备案就算正规。依据：附件1填表说明4')
  await min.says('待补充问题')
  await min.says('采纳 1')
  expect(min.heard).toContain('已采纳')
  await told(trial, 'wangxiuying', '填好交街道')
  await told(trial, 'chenming', '填好交街道')
  await told(trial, 'wangfang', '您的答复已采纳')

  await wang.says('毛线帽送出去怎么打条子呀')
  expect(wang.heard).toContain('填好交街道，办好备案就算正规')
  expect(wang.heard).toMatch(
    /依据：【附件1填表说明4】（柳北区2022年9月30日文件；王芳答复，区民政局2026年11月23日采纳）$/,
  )
  await min.says('采纳 1')
  expect(min.heard).toMatch(/没有|不能/)
})

test('what was adopted is known after a restart', async () => {
  await trial.restart()
  await wang.says(QUESTION)
  expect(wang.heard).toContain('填好交街道')
})

test('a disliked answer is listed once, however often the thumb goes down', async () => {
  await wang.says('备案表要交几份')
  const answer = trial.standIn
    .inbox('wangxiuying', 'robot')
    .findLast(({ from, feedbackId }) => from.type === 'robot' && feedbackId !== undefined)!
  await trial.standIn.feedback('wangxiuying', answer.id, 'inaccurate', '没看懂')
  await trial.standIn.feedback('wangxiuying', answer.id, 'inaccurate', '没看懂')
  await min.says('待补充问题')
  expect(min.heard).toMatch(/备案表要交几份（2026年11月23日，有人说答得不好）/)
})

test('what is typed into the form about a person is no question for staff', async () => {
  await chen.says('开始备案')
  await chen.says('同意')
  await chen.says('王秀英能不能当？')
  await min.says('待补充问题')
  expect(min.heard).not.toContain('王秀英')
})
