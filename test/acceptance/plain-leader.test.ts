import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, startTrial, type Trial } from '../support/trial.ts'
import { cellAfter, rowsWith, wholeText } from '../support/word.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial()
})
afterAll(() => trial.stop())

test('a leader files a dance team by conversation and gets the Word forms', async () => {
  const wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  expect(wang.heard).toContain('个人信息')
  const messages = await answers(wang, danceTeam)
  expect(messages).toBeLessThanOrEqual(40)
  expect(wang.heard).toContain('本人声明以上备案信息真实、准确')

  const form = await wang.opens('备案申请表')
  const name = '柳州市柳北区解放街道明珠社区夕阳红舞蹈队'
  expect(wholeText(form)).toContain(name)
  expect(cellAfter(form, '备案社区社会组织名称')).toBe(name)
  expect(cellAfter(form, '活动地域（填社区名）')).toBe('明珠社区')
  expect(cellAfter(form, '活动场所地址及面积')).toBe('跃进路58号社区活动室，80平方米')
  expect(cellAfter(form, '会员数（社团填）')).toBe('3')
  expect(cellAfter(form, '工作人员数（民非填）')).toBe('')
  expect(cellAfter(form, '宗旨')).toBe('丰富居民文化生活，增进邻里和睦。')
  expect(cellAfter(form, '业务范围')).toBe('组织广场舞排练；参加社区文艺演出。')
  expect(cellAfter(form, '性别')).toBe('女')
  expect(cellAfter(form, '出生年月')).toBe('1958年3月')
  expect(cellAfter(form, '籍贯')).toBe('广西柳州')
  expect(cellAfter(form, '文化程度')).toBe('初中')
  expect(cellAfter(form, '工作单位及职务')).toBe('柳州钢铁厂退休')
  expect(cellAfter(form, '手机')).toBe('19900001234')
  expect(cellAfter(form, '家庭住址')).toBe('柳州市柳北区跃进路58号3栋2单元501室')
  expect(rowsWith(form, '李建国')).toEqual([
    ['李建国', '退休', '中共党员', danceTeam['负责人名单·身份证号码'], '副队长', ''],
  ])
  expect(rowsWith(form, '1976年9月至2008年3月')[0]).toContain('柳州钢铁厂工人')
  expect(wholeText(form)).not.toMatch(/\{\{|\}\}|undefined|null/)

  const roster = await wang.opens('人员名册')
  expect(rowsWith(roster, '赵小兰')[0]).toContain('19900009012')

  await wang.says('确认提交')
  expect(wang.heard).toContain('2026-0001')
  await wang.says('确认提交')
  expect(wang.heard).toContain('已经提交过')
  await wang.says('到哪一步了')
  expect(wang.heard).toContain(name)
  expect(wang.heard.match(/2026-/g)).toHaveLength(1)

  const file = await trial.standIn.waitFor('wangxiuying', 'app', (entry) => entry.body.type === 'file')
  expect(file.body.type).toBe('file')
  expect(trial.standIn.violations).toEqual([])
  expect(trial.logged.join('\n')).not.toMatch(/王秀英|19900001234|450205\d{11}/)
})
