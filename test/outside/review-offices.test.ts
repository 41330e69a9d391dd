import { afterAll, beforeAll, expect, test } from 'vitest'
import { handIn, startTown, type Town } from './review-town.ts'
import { questionLabel, told } from '../support/trial.ts'

let town: Town
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town.stop())

test('of two officers at once the later one is told that a colleague was first', async () => {
  const number = await handIn(town.person('wangxiuying'))
  const [fang, huang] = [town.person('wangfang'), town.person('huangmei')]
  await fang.says('待办')
  await huang.says('待办')
  await fang.says('同意 1')
  await huang.says('同意 1')
  expect(huang.heard).toMatch(/已.*王芳/)
  expect(huang.heard).not.toContain('无权')
  await fang.says(`同意 ${number}`)
  expect(fang.heard).toContain('已')
  expect(fang.heard).not.toContain('无权')
})

test('a refusal is begun by card, and needs a reason said', async () => {
  const li = town.person('lijie')
  await li.says('查看 2026-0001')
  const card = town.standIn.inbox('lijie', 'robot').findLast(({ body }) => body.type === 'card')
  if (card?.body.type !== 'card') throw new Error('no card')
  const key = card.body.view.card.button_list?.find(({ text }) => text === '不予备案')?.key ?? ''
  await town.standIn.click('lijie', card.id, key)
  const asks = '不予备案要写明理由'
  await town.standIn.waitFor('lijie', 'robot', ({ body }) => 'text' in body && body.text.includes(asks))
  await li.says('不予备案 2026-0001 没有固定的活动场所')
  expect(li.heard).toContain('不予')
  await told(town, 'wangxiuying', '没有固定的活动场所')
})

test('an act on a case that was withdrawn is refused because it was withdrawn', async () => {
  const leader = town.person('zhouguilan')
  const number = await handIn(leader, { 备案社区社会组织名称: '金秋合唱团' })
  await leader.says('撤回')
  await leader.says('1')
  const fang = town.person('wangfang')
  await expect
    .poll(() => JSON.stringify(town.standIn.inbox('wangfang', 'app')), { timeout: 10_000, interval: 50 })
    .toMatch(new RegExp(`${number}[^"]*申请人撤回了`))
  await fang.says(`同意 ${number}`)
  expect(fang.heard).toContain('撤回')
  await leader.says('确认提交')
  expect(leader.heard).not.toContain('这份已经提交过了')
})

test('a case is also meant by the name of its organization, and a verb alone asks which', async () => {
  const number = await handIn(town.person('zhouguilan'), { 备案社区社会组织名称: '金秋合唱团' })
  const [fang, chen, li] = ['wangfang', 'chenli', 'lijie'].map((id) => town.person(id))
  for (const words of ['同意', '查看']) {
    await fang!.says(words)
    expect(fang!.heard).toContain('要写明是哪一件')
  }
  await chen!.says('查看 金秋合唱团')
  expect(chen!.heard).toContain('没有“金秋合唱团”这一件')
  await fang!.says('查看 金秋合唱团')
  expect(fang!.heard).toContain(`（${number}）`)
  await fang!.says('退回以后多久能再交？')
  expect(fang!.heard).not.toContain('没有“')
  await fang!.says('同意 金秋合唱团 场地是社区的')
  expect(fang!.heard).toContain('已同意')
  await li!.says('查看 金秋合唱团')
  expect(li!.heard).toMatch(/社区（村）意见：同意（王芳，.*日）：场地是社区的/)
})

test('who works here is greeted with the words of staff', async () => {
  const [fang, leader] = [town.person('wangfang'), town.person('qinshufen')]
  await fang.says('帮助')
  expect(fang.heard).toMatch(/1\. 待办\n/)
  await fang.says('1')
  expect(fang.heard).toContain('待办')
  await leader.says('帮助')
  expect(leader.heard).not.toContain('待办')
})

test('a return that names a cell of a list asks for that list, not for another field with that label', async () => {
  const leader = town.person('liudahai')
  const number = await handIn(leader, { 备案社区社会组织名称: '晚霞棋牌社' })
  await town.person('wangfang').says(`退回 ${number} 负责人名单·身份证号码：李建国的号码和原件不一致`)
  await leader.says('继续')
  expect(questionLabel(leader.heard)).toMatch(/^负责人名单/)
})

test('a return without a reason is not sent', async () => {
  const leader = town.person('weixiaoyu')
  const number = await handIn(leader, { 备案社区社会组织名称: '晨光太极队' })
  const fang = town.person('wangfang')
  await fang.says(`退回 ${number} 联系电话`)
  expect(fang.heard).not.toContain('已退回')
  // Nor one without an item: the reasons of the pack are offered, each to be taken by its number.
  await fang.says(`退回 ${number}`)
  expect(fang.heard).toMatch(/1\. 活动场所地址及面积：/)
  await fang.says('1')
  expect(fang.heard).toContain('已退回')
  await told(town, 'weixiaoyu', '要改：活动场所地址及面积\n原因：活动场所的地址')
  await leader.says('继续')
  expect(questionLabel(leader.heard)).toBe('活动场所地址及面积')
  await leader.says('跃进路58号社区活动室3楼，90平方米')
  await leader.says('确认提交')
  await fang.says(`查看 ${number}`)
  expect(fang.heard).toContain('上次由王芳退回：活动场所地址及面积')
  expect(fang.heard).toContain('这次改了：活动场所地址及面积。')
  // One sentence for two cases must not quietly act on the first.
  await fang.says('待办')
  await fang.says('同意 1、2')
  expect(fang.heard).not.toContain('已同意')
  await leader.says('人工')
  await told(town, 'wangfang', '在问柳州市柳北区解放街道明珠社区晨光太极队的事')
})

test('a returned case is taken up with 继续 although another form was begun', async () => {
  const leader = town.person('qinshufen')
  const number = await handIn(leader, { 备案社区社会组织名称: '春风志愿服务队' })
  await leader.says('开始备案')
  await leader.says('1')
  await leader.says('暂停')
  await town.person('wangfang').says(`退回 ${number} 宗旨：请写具体一点`)
  await leader.says('继续')
  // Either it is asked at once or as one of a numbered choice.
  expect(leader.heard).toContain('春风志愿服务队')
})
