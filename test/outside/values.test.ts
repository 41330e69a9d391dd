import { afterAll, beforeAll, expect, test } from 'vitest'
import { withCheckDigit } from '../support/id-number.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'

// One form filled to the end; every test opens a question of it again.
let trial: Trial
let wang: Person
beforeAll(async () => {
  trial = await startTrial({ withApp: false })
  wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await answers(wang, danceTeam)
})
afterAll(() => trial.stop())

async function reopen(label: string): Promise<void> {
  await wang.says(`改${label}`)
  expect(questionLabel(wang.heard)).toBe(label)
}

test('a particle at the end is not part of the name', async () => {
  await reopen('主要负责人·姓名')
  await wang.says('是王秀英嘛')
  expect(wang.heard).toContain('王秀英')
  expect(wang.heard).not.toContain('王秀英嘛')
})

test('two people where one name is asked are not called digits', async () => {
  await reopen('主要负责人·姓名')
  await wang.says('王秀英和李建国')
  expect(wang.heard).not.toContain('改好了')
  expect(wang.heard).not.toContain('数字')
})

test('an area from 80 to 100 is asked back and never cut in two', async () => {
  await reopen('活动场所地址及面积')
  await wang.says('跃进路58号活动室80-100平方米')
  expect(wang.heard).not.toContain('80-，')
  expect(wang.heard).not.toContain('改好了')
})

test('an area in 亩 leaves no scrap in the address', async () => {
  await reopen('活动场所地址及面积')
  await wang.says('跃进路58号一亩地')
  expect(wang.heard).toContain('跃进路58号，约667平方米')
})

test.each(['1', '跟活动地方一样'])('%s is not taken for a home address', async (said) => {
  await reopen('家庭住址')
  await wang.says(said)
  expect(wang.heard).not.toContain('改好了')
})

test('of two identity numbers in one message none is picked silently', async () => {
  await reopen('主要负责人·身份证号码')
  const two = [withCheckDigit('45020519020304002'), withCheckDigit('45020519030405001')]
  await wang.says(two.join(' '))
  expect(wang.heard).not.toContain('改好了')
})

test('voice fillers do not get into a cell', async () => {
  await reopen('主要负责人·社区社会组织职务')
  await wang.says({ type: 'voice', text: '嗯，那个，队长。' })
  expect(wang.heard).toContain('社区社会组织职务：队长。')
})

test.each([
  ['主要负责人·联系电话', '没有电话'],
  ['主要负责人·联系电话', '跟上面一样'],
  ['主要负责人·身份证号码', '五零二'],
  ['主要负责人·身份证号码', '67岁'],
  ['主要负责人·身份证号码', '1958年3月12日'],
  ['文化程度', '读到三年级'],
  ['组织类别', '不晓得'],
  ['个人简历', '一直务农'],
])('at %s the answer “%s” is refused with a reason of that question', async (label, said) => {
  await reopen(label)
  await wang.says(said)
  expect(wang.heard).not.toContain('文件里没有写')
  expect(wang.heard).not.toContain('没对上号')
  expect(wang.heard).toContain(`【${label}】`)
})
