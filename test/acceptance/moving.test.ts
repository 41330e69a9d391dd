import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseIn, fill, handIn, meeting, startTown, type Town } from '../outside/review-town.ts'
import { questionLabel } from '../support/trial.ts'
import { cellAfter, rowsWith, wholeText } from '../support/word.ts'

let town: Town
beforeAll(async () => {
  town = await startTown(undefined, false)
})
afterAll(() => town.stop())

/** The names of the organizations in the .xlsx ledger somebody takes away. */
async function exported(userId: string): Promise<string[]> {
  const person = town.person(userId)
  await person.says('台账 导出')
  const rows = (await readSheet(await person.opens('台账'), 1)).map((row) => row.map(String))
  return rows.slice(rows.findIndex((row) => row[0] === '序号') + 1).map((row) => row[2] ?? '')
}

test('who holds which of the three copies is noted one by one and shown', async () => {
  const [wang, fang, li] = ['wangxiuying', 'wangfang', 'lijie'].map((id) => town.person(id))
  await handIn(wang!)
  await fang!.says('同意 2026-0001')
  await fang!.says('已盖章 2026-0001')
  expect(fang!.heard).toMatch(/居（村）委会留存的一份：社区（村）已盖章（王芳，.*街道（镇）还没盖章/)
  await li!.says('同意 2026-0001')
  await li!.says('已盖章 2026-0001')
  expect(li!.heard).toContain('已登记盖章')
  await li!.says('已分发 2026-0001 社区')
  expect(li!.heard).toMatch(/居（村）委会留存的一份：已交居（村）委会（李杰，2026年11月23日）/)
  expect(li!.heard).toMatch(/组织自存的一份：.*还没有交出去/)
  await li!.says('已分发 2026-0001 随便')
  expect(li!.heard).toContain('没听懂是哪一份')
  await li!.says('查看 2026-0001')
  expect(li!.heard).toMatch(/已盖章，待分发/)
  expect(li!.heard).toMatch(/组织自存的一份：.*还没有交出去/)
  await li!.says('已分发 2026-0001')
  expect(li!.heard).toContain('这一件办完了')
  await li!.says('查看 2026-0001')
  expect(li!.heard).toMatch(/组织自存的一份：已交给组织（李杰/)
})

test('the office whose turn it is hears of a case once, and not again when the community seals', async () => {
  const li = town.person('lijie')
  await li.says('待办')
  expect(li.heard).not.toContain('等您办')
})

test('an organization that moved belongs to the offices of the new place, its whole record with it', async () => {
  const [wang, fang, li, mo] = ['wangxiuying', 'wangfang', 'lijie', 'mowen'].map((id) => town.person(id))
  const moved = '柳州市柳北区石碑坪镇古木村夕阳红舞蹈队'
  await wang!.says('变更')
  await wang!.says('活动地域')
  await fill(wang!, { 活动地域: '古木村', 申请变更理由: '队员都搬了', 履行的内部程序: meeting })
  expect(wang!.heard).toContain(`备案社区社会组织名称跟着改成：${moved}。`)
  const form = await wang!.opens('变更备案申请表')
  expect(rowsWith(form, '活动地域')[0]?.slice(1)).toEqual(['明珠社区', '古木村'])
  expect(wholeText(form)).toContain(moved)
  await wang!.says('确认提交')
  await mo!.says('查看 2026-0001')
  expect(mo!.heard).toContain('不归您办')
  await fang!.says('同意 2026-0002')
  await li!.says('同意 2026-0002')
  expect(li!.heard).toContain('已同意变更')
  await li!.says('查看 2026-0002')
  expect(li!.heard).toContain('已同意变更，待盖章')

  await mo!.says('台账')
  expect(mo!.heard).toContain(moved)
  for (const number of ['2026-0001', '2026-0002']) {
    await mo!.says(`查看 ${number}`)
    expect(mo!.heard).toContain('第1页')
  }
  await mo!.says('原件 2026-0001 接管档案')
  expect(wholeText(await mo!.opens('备案申请表'))).toContain('19900001234')
  expect(await exported('mowen')).toEqual([moved])
  expect(await exported('lijie')).toEqual([])
  expect(await exported('zhaomin')).toEqual([moved])

  // What comes next is decided there: the village has nobody, so the town stands in.
  await li!.says('已盖章 2026-0002')
  await li!.says('已分发 2026-0002')
  await wang!.says('续期')
  await wang!.says('没有')
  await fill(wang!, {})
  await wang!.says('确认提交')
  await li!.says('同意 2026-0003')
  expect(li!.heard).toMatch(/无权|不归您办/)
  await mo!.says('同意 2026-0003')
  await mo!.says('查看 2026-0003')
  await mo!.says('同意 2026-0003')
  expect(mo!.heard).toContain('柳北石备〔2026〕1号')
})

test('上一步 in a change goes from content to its item and from the end of the list to the last content', async () => {
  const zhou = town.person('zhouguilan')
  await handIn(zhou, { 备案社区社会组织名称: '晨光合唱团' })
  await town.person('wangfang').says('同意 2026-0004')
  await town.person('lijie').says('同意 2026-0004')
  await zhou.says('变更')
  await zhou.says('名称')
  await zhou.says('上一步')
  await zhou.says('名字也不变')
  expect(questionLabel(zhou.heard)).toBe('变更的事项')
  await zhou.says('活动场所')
  expect(questionLabel(zhou.heard)).toBe('活动场所地址及面积')
  await zhou.says('北雀路12号老年活动中心，120平方米')
  expect(zhou.heard).toContain('还有别的要变更吗')
  await zhou.says('上一步')
  expect(questionLabel(zhou.heard)).toBe('活动场所地址及面积')
  expect(zhou.heard).toContain('现在填的是：北雀路12号老年活动中心，120平方米')
  await zhou.says('继续')
  await zhou.says('电话')
  await zhou.says('19900007777')
  // What follows of itself is asked all the same when it is named.
  await zhou.says('活动地域')
  await zhou.says('友谊社区')
  await zhou.says('名称')
  expect(questionLabel(zhou.heard)).toBe('备案社区社会组织名称')
  expect(zhou.heard).toContain('现在填的是：柳州市柳北区解放街道友谊社区晨光合唱团')
  await zhou.says('继续')
  await zhou.says('没有了')
  expect(questionLabel(zhou.heard)).toBe('申请变更理由')
  await zhou.says('原活动室装修')
  await zhou.says('10月8日，20人到了16人同意')
  expect(zhou.heard).toContain('两种意思')
  await zhou.says('2')
  expect(zhou.heard).toContain('应到20人，实到16人')
  const form = await zhou.opens('变更备案申请表')
  expect(rowsWith(form, '主要负责人联系电话')[0]?.slice(1)).toEqual(['19900001234', '19900007777'])
  // The phone is no change of the principal.
  expect(rowsWith(form, '主要负责人').filter(([item]) => item === '主要负责人')).toHaveLength(1)
})

test('an officer who becomes principal leaves the list of officers, and the form says that nobody is left', async () => {
  const liu = town.person('liudahai')
  await handIn(liu, { 备案社区社会组织名称: '晨曦腰鼓队' })
  const number = caseIn(liu)
  await town.person('wangfang').says(`同意 ${number}`)
  await town.person('lijie').says(`同意 ${number}`)
  await liu.says('变更')
  await liu.says('换负责人')
  await liu.says('李建国')
  // What the list says of him is not asked again; the post is.
  expect(liu.heard).toContain('负责人名单里有这位')
  expect(liu.heard).toContain('身份证号码：450205********0010')
  for (const words of [
    '对',
    '19900005678',
    '队长',
    '广西柳州',
    '高中',
    '柳州市柳北区跃进路60号2栋1单元101室',
    '无',
    '1980年9月至2020年1月 柳钢工人\n2020年2月至今 退休',
    '没有了',
  ])
    await liu.says(words)
  await fill(liu, { 申请变更理由: '原负责人身体不好', 履行的内部程序: meeting })
  const form = await liu.opens('变更备案申请表')
  expect(liu.heard).not.toContain('名册里没有')
  expect(rowsWith(form, '负责人名单')[0]).toEqual(['负责人名单', '李建国 副队长 中共党员 退休', '无'])
  expect(cellAfter(form, '主要负责人')).toBe('李建国')
})

test('of a new leader nothing is taken from an officer who only has the same political status', async () => {
  const wei = town.person('weixiaoyu')
  await handIn(wei, { 备案社区社会组织名称: '朝霞秧歌队' })
  const number = caseIn(wei)
  await town.person('wangfang').says(`同意 ${number}`)
  await town.person('lijie').says(`同意 ${number}`)
  await wei.says('换了队长要办什么')
  expect(wei.heard).toContain('附件2')
  await wei.says('我要换队长')
  expect(wei.heard).toContain('要变更哪一项')
  await wei.says('队长换了')
  for (const words of ['黄春花', '19900009012', '队长', '450205196203040023', '广西柳城', '高中'])
    await wei.says(words)
  await wei.says('中共党员')
  expect(wei.heard).not.toContain('负责人名单里有这位')
  expect(questionLabel(wei.heard)).toBe('工作单位及职务')
  // She stands in no roster on record, and hears it before the offices do.
  for (const words of ['退休', '柳州市柳北区跃进路60号2栋1单元101室', '无', '1980年9月至今 退休', '没有了'])
    await wei.says(words)
  await fill(wei, { 申请变更理由: '原负责人身体不好', 履行的内部程序: meeting })
  expect(wei.heard).toContain('名册里没有负责人黄春花')
  expect(wei.heard).toContain('续期时补进名册')
})
