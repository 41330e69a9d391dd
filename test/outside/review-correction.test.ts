import { afterAll, beforeAll, expect, test } from 'vitest'
import { handIn, startTown, type Town } from './review-town.ts'

let town: Town
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town.stop())

test('a correction of one item shows that item and goes back with 确认提交', async () => {
  const leader = town.person('wangxiuying')
  const number = await handIn(leader)
  await town.person('wangfang').says(`退回 ${number} 联系电话：号码打不通`)
  await leader.says('继续')
  await leader.says('19900007777')
  expect(leader.heard).not.toContain('籍贯')
  await leader.says('确认提交')
  expect(leader.heard).toContain('已重新提交')
})

test('a list says of an organization of street level that it waits for the street', async () => {
  const zhou = town.person('zhouguilan')
  await handIn(zhou, { 活动地域: '解放街道', 备案社区社会组织名称: '爱心志愿服务队' })
  // The copy a committee would keep.
  expect(zhou.heard).toMatch(/打印三份[^]*那一份交给谁，文件没有写，请问街道/)
  const li = town.person('lijie')
  await li.says('待办')
  expect(li.heard).toContain('爱心志愿服务队')
  expect(li.heard).not.toContain('等社区核对')
})

test('a deputy is named, and the same word sent twice does not take two offices’ steps', async () => {
  const leader = town.person('liudahai')
  await handIn(leader, { 活动地域: '石碑坪镇下陶村', 备案社区社会组织名称: '下陶山歌队' })
  const mo = town.person('mowen')
  await mo.says('待办')
  await mo.says('同意 1')
  expect(mo.heard).toContain('代')
  await mo.says('同意 1')
  expect(mo.heard).not.toMatch(/〔2026〕1号/)
})

test('who may not act is not offered the acts', async () => {
  const number = await handIn(town.person('weixiaoyu'), { 备案社区社会组织名称: '常青书画社' })
  const sun = town.person('sunli')
  await sun.says(`查看 ${number}`)
  expect(sun.heard).toContain('常青书画社')
  expect(sun.heard).not.toContain('回复“同意')
  const operator = town.person('yunwei')
  await operator.says('台账')
  expect(operator.heard).toContain('无权')
})

test('looking through the pages of a case sends its files once', async () => {
  const number = await handIn(town.person('qinshufen'), { 备案社区社会组织名称: '彩云山歌队' })
  const li = town.person('lijie')
  await li.says(`查看 ${number}`)
  await li.says('下一页')
  expect(li.heard).toContain('第2页')
  expect(li.heard).not.toContain('/files/')
})
