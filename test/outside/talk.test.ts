import { afterEach, beforeEach, expect, test } from 'vitest'
import { answers, danceTeam, nextWords } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { reach } from './at.ts'

let trial: Trial
let wang: Person
beforeEach(async () => {
  trial = await startTrial({ withApp: false })
  wang = new Person(trial, 'wangxiuying')
})
afterEach(() => trial.stop())

test('再说一遍 at a value read back changes nothing: 对 still takes it', async () => {
  await reach(wang, '活动地域')
  await wang.says('跃进街道')
  expect(wang.heard).toContain('对吗？')
  await wang.says('再说一遍')
  expect(questionLabel(wang.heard)).toBe('活动地域')
  await wang.says('对')
  expect(wang.heard).toContain('活动地域：跃进街道')
})

test('再说一遍 at several facts read back changes nothing: 对 still takes them', async () => {
  await reach(wang, '主要负责人·姓名')
  await wang.says('王秀英 19900001234 队长')
  expect(wang.heard).toContain('都对吗？')
  await wang.says('再说一遍')
  await wang.says('对')
  expect(questionLabel(wang.heard)).toBe('主要负责人·身份证号码')
})

test('a doubtful value that is explained can still be agreed to', async () => {
  await reach(wang, '活动地域')
  await wang.says('跃进街道')
  await wang.says('备案管几年？')
  await wang.says('对')
  expect(wang.heard).toContain('活动地域：跃进街道')
})

test('an answer to an earlier question is understood while another one stands', async () => {
  await reach(wang, '主要负责人·姓名')
  await wang.says('跃进路60号社区活动室，90平方米')
  expect(wang.heard).toContain('活动场所地址及面积：跃进路60号社区活动室，90平方米')
})

test('改李建国的职务 never opens the post of the principal', async () => {
  await reach(wang, '人员名册')
  await wang.says('改李建国的职务')
  expect(questionLabel(wang.heard)).not.toBe('主要负责人·社区社会组织职务')
  expect(wang.heard).toContain('李建国')
})

test('telling the bot that a message was recalled does not withdraw the filing', async () => {
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  await wang.saysInGroup('我的电话是19900001234')
  expect(wang.heard).toContain('撤回')
  await wang.says('撤回了')
  await wang.says('到哪一步了')
  expect(wang.heard).not.toContain('已撤回')
})

test('a name taken meanwhile leads to the question of the name, not to a dead end', async () => {
  const chen = new Person(trial, 'chenming')
  for (const one of [wang, chen]) {
    await one.says('开始备案')
    await answers(one, danceTeam)
  }
  await wang.says('确认提交')
  await chen.says('确认提交')
  expect(questionLabel(chen.heard)).toBe('备案社区社会组织名称')
})

test('with two organizations 打印 is a numbered choice', async () => {
  for (const name of ['夕阳红舞蹈队', '金秋合唱团']) {
    await wang.says('开始备案')
    await answers(wang, { ...danceTeam, 备案社区社会组织名称: name })
    await wang.says('确认提交')
  }
  await wang.says('打印')
  expect(wang.heard).toMatch(/1\. .*\n2\. /)
  await wang.says('1')
  expect(wang.heard).toContain('/files/')
})

test('after handing in 改电话 says what can be done and is not taken for a question', async () => {
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  await wang.says('改电话')
  expect(wang.heard).not.toContain('文件里没有写')
  expect(wang.heard).toMatch(/撤回|变更/)
})

test('at a natural stop the answer to the next question is taken, and nobody is told off for a phone number', async () => {
  const given = new Map<string, number>()
  await wang.says('开始备案')
  for (let sent = 0; sent < 60 && !wang.heard.includes('下一段：人员名册'); sent++)
    await wang.says(nextWords(wang.heard, danceTeam, given))
  await wang.says('王秀英 19900001234，李建国 19900005678')
  expect(wang.heard).not.toContain('请不要把身份证号')
  await wang.says('改名册')
  expect(wang.heard).toContain('(2) 李建国')
})

test('words in square brackets are words and do not vanish', async () => {
  await reach(wang, '宗旨')
  await wang.says('为[困难家庭]服务，让大家开心')
  expect(wang.heard).toContain('困难家庭')
})
