import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, told, type Trial } from '../support/trial.ts'
import { wholeText } from '../support/word.ts'

let trial: Trial
let wang: Person
let fang: Person
let li: Person
let zhao: Person
beforeAll(async () => {
  trial = await startTrial({
    directory: {
      ...trialDirectory,
      people: trialDirectory.people.map((one) =>
        one.userid === 'wangfang' ? { ...one, phone: '0772-2801234' } : one,
      ),
    },
  })
  wang = new Person(trial, 'wangxiuying')
  fang = new Person(trial, 'wangfang')
  li = new Person(trial, 'lijie')
  zhao = new Person(trial, 'zhaomin')
})
afterAll(() => trial.stop())

/** Every word that was ever said to somebody. */
const everythingTold = (userId: string): string =>
  trial.standIn
    .entries()
    .filter(({ conversation, from }) => conversation.endsWith(`:${userId}`) && from.type !== 'person')
    .map(({ body }) => ('text' in body ? body.text : ''))
    .join('\n')

const about = '街道活动室总是锁着不让我们用'

test('an anonymous complaint gets a receipt in the middle of a form and reaches the district alone', async () => {
  await wang.says('开始备案')
  await answers(wang, danceTeam, (heard) => questionLabel(heard) === '宗旨')
  await wang.says('投诉建议')
  expect(wang.heard).toContain('区民政局')
  await wang.says(about)
  expect(wang.heard).toContain('匿名')
  await wang.says('随便')
  await wang.says('1')
  expect(wang.heard).toContain('投2026-0001')
  expect(questionLabel(wang.heard)).toBe('宗旨')
  await told(trial, 'zhaomin', '投2026-0001')

  await li.says('投诉')
  expect(li.heard).toContain('没有您能看的投诉建议')
  await li.says('答复 2026-0001 知道了')
  expect(li.heard).toContain('不能看')
  await fang.says('投诉')
  expect(fang.heard).toContain('您不能看投诉建议')
  await zhao.says('投诉')
  expect(zhao.heard).toContain(about)
  expect(zhao.heard).toContain('匿名')
  expect(zhao.heard).not.toContain('wangxiuying')
})

test('the answer goes to the person, and the list shows it', async () => {
  await zhao.says('答复 1')
  expect(zhao.heard).toContain('请写明')
  await zhao.says('答复 1：已经请街道，每天下午开门')
  expect(zhao.heard).toContain('已答复投2026-0001')
  await told(trial, 'wangxiuying', '已经请街道，每天下午开门')
  await zhao.says('投诉')
  expect(zhao.heard).toContain('已答复：已经请街道，每天下午开门')
  for (const userId of ['lijie', 'wangfang']) expect(everythingTold(userId)).not.toContain('活动室')
})

test('the street reads one that the person lets it read, and a name only where it was given', async () => {
  await wang.says('投诉建议')
  await wang.says('建议街道在2026-12-01前多办培训，打19900001234找我，身份证45020519010101002X')
  await wang.says('3')
  await told(trial, 'lijie', '投2026-0002')
  await li.says('投诉')
  // Whoever reads it gave no reason to see numbers of people.
  expect(li.heard).toContain('2026-12-01前多办培训，打199****1234找我，身份证450205********002X')
  expect(li.heard).toContain('wangxiuying')
  expect(li.heard).not.toContain(about)
  await fang.says('投诉')
  expect(fang.heard).toContain('您不能看投诉建议')
})

test('a complaint can be dropped, and a fixed word leaves it', async () => {
  await wang.says('投诉')
  expect(wang.heard).toContain('请用一条消息说说什么事')
  await wang.says('取消')
  expect(wang.heard).toContain('没有记')
  await wang.says('投诉建议')
  await wang.says('再说一遍')
  expect(questionLabel(wang.heard)).toBe('宗旨')
  await wang.saysInGroup('投诉建议')
  expect(wang.heard).toContain('单聊')
  await zhao.says('投诉')
  expect(zhao.heard).toContain('2条')
})

test('人工 names the worker of the place and asks that worker, without personal data', async () => {
  await wang.says('人工')
  expect(wang.heard).toMatch(/明珠社区居民委员会的王芳，电话0772-2801234/)
  expect(questionLabel(wang.heard)).toBe('宗旨')
  const notice = await told(trial, 'wangfang', '想请人帮一下')
  const text = notice.body.type === 'text' ? notice.body.text : ''
  expect(text).toMatch(/wangxiuying.*备案申请表第5题/)
  expect(everythingTold('lijie')).not.toContain('想请人帮')

  await wang.says('人工')
  expect(wang.heard).toContain('已经给王芳留过话')

  await wang.says('打印')
  const sheet = wholeText(await wang.opens('签字盖章提示'))
  // The whole number on one line.
  expect(sheet).toContain('明珠社区居民委员会　0772\u20112801234')
  expect(sheet).toMatch(/解放街道办事处\s*$/)
  await wang.saysInGroup('人工')
  expect(wang.heard).toContain('王芳')
  expect(wang.heard).not.toContain('2801234')
  await wang.says('好了')
  expect(questionLabel(wang.heard)).toBe('宗旨')
  await told(trial, 'wangfang', '不用再帮')
})

test('who has said no place yet is told the office', async () => {
  const chen = new Person(trial, 'chenming')
  await chen.says('人工')
  expect(chen.heard).toContain('柳北区民政局')
})
