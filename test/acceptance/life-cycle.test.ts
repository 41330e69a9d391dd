import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialDirectory } from '../../src/directory/trial.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { cellAfter, rowsWith, wholeText } from '../support/word.ts'

let trial: Trial
let wang: Person
let fang: Person
let li: Person
beforeAll(async () => {
  trial = await startTrial({ directory: trialDirectory })
  wang = new Person(trial, 'wangxiuying')
  fang = new Person(trial, 'wangfang')
  li = new Person(trial, 'lijie')
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  await agreed('2026-0001')
})
afterAll(() => trial.stop())

const name = '柳州市柳北区解放街道明珠社区夕阳红舞蹈队'

/** Community and street agree. */
async function agreed(caseNumber: string): Promise<void> {
  await fang.says(`同意 ${caseNumber}`)
  expect(fang.heard).toContain('已同意')
  await li.says(`同意 ${caseNumber}`)
  expect(li.heard).toMatch(/已同意(备案|变更|注销|重新备案)：/)
}

test('a change starts from the record, fills what was before, and becomes the record when it is agreed', async () => {
  await wang.says('变更')
  expect(questionLabel(wang.heard)).toBe('变更的事项')
  await wang.says('活动场所和电话')
  // Said one question too early; what the record says is no answer to what is asked anew.
  await wang.says('19900006666')
  expect(wang.heard).toMatch(/主要负责人·联系电话：199\*{4}6666\n都对吗/)
  await wang.says('对')
  await answers(wang, {
    变更的事项: '没有了',
    活动场所地址及面积: '北雀路12号老年活动中心，120平方米',
    // What belongs to the next question is taken there, and the reason asked again.
    申请变更理由: ['10月8日开会，一共30人，到了25人，20人同意', '原活动室装修'],
  })
  const form = await wang.opens('变更备案申请表')
  expect(cellAfter(form, '组织名称')).toBe(name)
  expect(cellAfter(form, '备案编号')).toMatch(/〔2026〕1号/)
  expect(rowsWith(form, '活动场所地址及面积')).toEqual([
    ['活动场所地址及面积', '跃进路58号社区活动室，80平方米', '北雀路12号老年活动中心，120平方米'],
  ])
  expect(cellAfter(form, '履行的内部程序')).toMatch(/30.*25.*20/)
  expect(wholeText(await wang.opens('签字盖章提示'))).toContain('变更备案申请表打印三份')
  expect(cellAfter(form, '申请变更理由')).toBe('原活动室装修')
  await wang.says('确认提交')
  expect(wang.heard).toContain('2026-0002')
  await wang.says('变更')
  expect(wang.heard).toContain('2026-0002')
  await fang.says('查看 2026-0002')
  expect(fang.heard).toContain('！ 履行的内部程序：开会说全体30人，名册上是3人')
  await agreed('2026-0002')

  // The paper of the first filing stays what it was; the record is the changed one.
  await wang.says('注销')
  await wang.says('取消')
  await wang.says('1')
  await wang.says('续期')
  await wang.says('没有')
  await answers(wang, danceTeam)
  expect(cellAfter(await wang.opens('备案申请表'), '活动场所地址及面积')).toBe(
    '北雀路12号老年活动中心，120平方米',
  )
  await wang.says('确认提交')
  await agreed('2026-0003')
})

test('a meeting that too few came to is refused', async () => {
  // What is said before it is asked is read back, also in the sentence that begins it.
  await wang.says('没有欠账，要注销')
  expect(wang.heard).toContain('债权债务的清算情况：无债权债务')
  await wang.says('不对')
  await wang.says('队员年纪大了，活动停了，不欠谁的')
  expect(wang.heard).toContain('债权债务的清算情况：无债权债务')
  await wang.says('对')
  await wang.says('10月8日开会，一共30人，到了19人，19人同意')
  expect(questionLabel(wang.heard)).toBe('履行内部程序')
  await wang.says('10月8日开会，一共30人，到了25人，20人同意')
  expect(wang.heard).toContain('名册上是3人')
  await answers(wang, {
    履行内部程序: '10月8日开会，一共30人，到了25人，20人同意',
    退还原备案表等记录: '原备案申请表一份，已退还',
  })
  const form = await wang.opens('注销备案申请表')
  expect(cellAfter(form, '住所')).toBe('北雀路12号老年活动中心')
  expect(wholeText(form)).toContain('无债权债务')
  await wang.says('确认提交')
  await agreed('2026-0004')
  // Nobody seals papers of an organization that is no more.
  expect(li.heard).toContain('不用再办：备案（2026-0001）、变更（2026-0002）、到期重新备案（2026-0003）')
  await li.says('待办')
  expect(li.heard).toMatch(/待办1件：\n1\. .*2026-0004.*待盖章/)
  await li.says('已盖章 2026-0003')
  expect(li.heard).toContain('组织已经注销')
  await wang.says('变更')
  expect(wang.heard).toContain(`${name}已经注销了，不能再办`)
  await li.says('退回 2026-0004 材料：缺签字')
  expect(li.heard).toContain('同意注销')
})

test('the leader was told of every step of every case, and nobody but the two offices heard of any', async () => {
  const done = { '2026-0001': '备案', '2026-0002': '变更', '2026-0003': '重新备案', '2026-0004': '注销' }
  const ends = { '2026-0002': '组织已注销', '2026-0003': '组织已注销' }
  const isTold = (caseNumber: string, what: string): boolean =>
    trial.standIn
      .inbox('wangxiuying', 'app')
      .some(({ body }) => body.type === 'text' && body.text.includes(caseNumber) && body.text.includes(what))
  for (const [caseNumber, what] of [...Object.entries(done), ...Object.entries(ends)]) {
    // Nobody is sent more than twenty messages a minute, papers included.
    const later = (): boolean => {
      trial.standIn.clock.forward(20_000)
      return isTold(caseNumber, what)
    }
    await expect.poll(later, { timeout: 30_000, interval: 100 }).toBe(true)
  }
  const heard = trial.standIn.entries().filter(({ from, body }) => from.type !== 'person' && 'text' in body)
  const about = heard.filter(({ body }) => /2026-000\d|夕阳红/.test('text' in body ? body.text : ''))
  const who = new Set(about.map(({ conversation }) => conversation.replace(/^.*:/, '')))
  expect([...who].sort()).toEqual(['lijie', 'wangfang', 'wangxiuying'])
})
