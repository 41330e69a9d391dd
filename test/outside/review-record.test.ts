import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../support/trial.ts'
import { questionLabel } from '../support/trial.ts'
import { caseIn, fill, handIn, meeting, startTown, type Town } from './review-town.ts'

let town: Town
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town.stop())

/** Every step up to the copies handed out. */
async function file(number: string, communities = ['wangfang']): Promise<void> {
  for (const userId of communities) await town.person(userId).says(`同意 ${number}`)
  const li = town.person('lijie')
  for (const act of ['同意', '已盖章', '已分发']) await li.says(`${act} ${number}`)
  expect(li.heard).toContain('已登记分发')
}

async function filed(userId: string, name: string): Promise<Person> {
  const leader = town.person(userId)
  await file(await handIn(leader, { 备案社区社会组织名称: name }))
  return leader
}

const procedure = { 申请变更理由: '实际需要', 履行的内部程序: meeting }

test('what is said right after an item of a change is its new content', async () => {
  const leader = await filed('wangxiuying', '夕阳红舞蹈队')
  await leader.says('变更')
  await leader.says('电话')
  if (leader.heard.includes('还有别的')) await leader.says('19900005678')
  expect(leader.heard).not.toContain('撤回')
  await leader.says('取消')
  await leader.says('1')
  await leader.says('变更')
  await leader.says('活动地域')
  await leader.says('友谊社区')
  await fill(leader, procedure)
  expect(leader.heard).toContain('友谊社区')
  expect(leader.heard.match(/\(\d\) 活动地域/g) ?? []).toHaveLength(1)
})

test('a change that changes nothing is not handed in', async () => {
  const leader = await filed('zhouguilan', '金秋合唱团')
  await leader.says('变更')
  await leader.says('活动场所')
  await fill(leader, { ...procedure, 活动场所地址及面积: '跃进路58号社区活动室，80平方米' })
  await leader.says('确认提交')
  expect(leader.heard).not.toContain('受理号')
})

test('a move to another community: no false alarm in the check, and the record is the new one everywhere', async () => {
  const leader = await filed('liudahai', '晚霞棋牌社')
  await leader.says('变更')
  await leader.says('活动地域')
  await leader.says('没有了')
  await fill(leader, { ...procedure, 活动地域: '友谊社区' })
  await leader.says('确认提交')
  const number = caseIn(leader)
  expect.soft(leader.heard).not.toContain('请把备案申请表打印')
  const fang = town.person('wangfang')
  await fang.says(`查看 ${number}`)
  expect.soft(fang.heard).not.toContain('✘')
  await fang.says('下一页')
  expect.soft(fang.heard).toMatch(/活动地域：友谊社区\n\s*原来：明珠社区/)
  await file(number, ['wangfang', 'chenli'])
  await leader.says('我的组织')
  expect.soft(leader.heard).toContain('友谊社区晚霞棋牌社')
  expect.soft(leader.heard).not.toContain('明珠社区')
  const chen = town.person('chenli')
  await chen.says('台账')
  expect(chen.heard).toContain('晚霞棋牌社')
})

test('a ledger counts organizations, and one that was cancelled is no longer told it is filed', async () => {
  const leader = await filed('weixiaoyu', '晨光太极队')
  await leader.says('注销')
  await fill(leader, {
    申请注销理由: '队员年纪大了，活动停了',
    履行内部程序: meeting,
    债权债务的清算情况: '1',
    退还原备案表等记录: '1',
  })
  await leader.says('确认提交')
  const number = caseIn(leader)
  await town.person('wangfang').says(`同意 ${number}`)
  const li = town.person('lijie')
  await li.says(`同意 ${number}`)
  expect.soft(li.heard).toContain('注销')
  expect.soft(li.heard).not.toContain('有效期至')
  await li.says(`已盖章 ${number}`)
  await li.says(`已分发 ${number}`)
  await li.says('台账')
  expect.soft(li.heard.match(/晨光太极队/g) ?? []).toHaveLength(li.heard.includes('已注销') ? 1 : 0)
  await leader.says('我的组织')
  expect.soft(leader.heard).toContain('已注销')
  expect(leader.heard).not.toContain('有效期至')
})

test('every step of a second case of the same organization is told to the leader', async () => {
  const leader = await filed('qinshufen', '彩云山歌队')
  await leader.says('变更')
  await leader.says('活动场所')
  await leader.says('没有了')
  await fill(leader, { ...procedure, 活动场所地址及面积: '北雀路12号老年活动中心，120平方米' })
  await leader.says('确认提交')
  await file(caseIn(leader))
  const inbox = () => town.standIn.inbox('qinshufen', 'app')
  const agreed = () => inbox().filter(({ body }) => body.type === 'text' && body.text.includes('社区已同意'))
  await expect.poll(() => agreed().length, { timeout: 8_000 }).toBe(2)
})

test('20人到了13人 is twenty members of whom thirteen came', async () => {
  const leader = town.person('zhouguilan')
  for (const words of ['撤回', '1', '取消', '1', '注销', '活动停了']) await leader.says(words)
  expect(questionLabel(leader.heard)).toBe('履行内部程序')
  await leader.says('11月1日开会，20人到了13人都同意')
  // Too few came: article 12 refuses it, or at least what was understood is asked back.
  expect(leader.heard).toMatch(/至少要到14人|对吗/)
})
