import { expect, test } from 'vitest'
import { questionIn } from './chat.ts'
import { withCheckDigit } from '../support/id-number.ts'
import { answersUntil, newLeader } from './leader.ts'

const VENUE = '跃进路60号社区活动室，90平方米'

test('an answer to an earlier question is proposed, and taken only with a yes', async () => {
  const wang = await answersUntil(await newLeader(), '主要负责人·姓名')
  await wang.says(VENUE)
  expect(wang.heard).toContain(`活动场所地址及面积：${VENUE}`)
  expect(wang.values['venue']).toMatchObject({ area: 80 })
  await wang.says('对')
  expect(wang.values['venue']).toMatchObject({ address: '跃进路60号社区活动室', area: 90 })
  expect(questionIn(wang.heard)).toBe('主要负责人·姓名')
})

test('it is understood while another answer is being changed', async () => {
  const wang = await answersUntil(await newLeader(), '宗旨')
  await wang.goesOn('改名称', VENUE)
  expect(wang.heard).toContain(`活动场所地址及面积：${VENUE}`)
  await wang.says('不对')
  expect(questionIn(wang.heard)).toBe('备案社区社会组织名称')
})

test('a new identity number comes while something else is asked', async () => {
  const wang = await answersUntil(await newLeader(), '文化程度')
  const id = withCheckDigit('45020519040302002')
  await wang.goesOn(id, '对')
  expect(wang.values['principalIdNumber']).toBe(id)
  expect(questionIn(wang.heard)).toBe('文化程度')
})

test('what stands already is not asked about again', async () => {
  const wang = await answersUntil(await newLeader(), '主要负责人·姓名')
  await wang.says('跃进路58号社区活动室，80平方米')
  expect(wang.heard).not.toContain('对吗？')
})

test.each([
  ['我的身份证号写错了', '主要负责人·身份证号码'],
  ['电话报错了', '主要负责人·联系电话'],
  ['我的名字写错了', '主要负责人·姓名'],
  ['队名写错了', '备案社区社会组织名称'],
])('“%s” opens %s', async (said, label) => {
  const wang = await answersUntil(await newLeader(), '籍贯')
  await wang.says(said)
  expect(questionIn(wang.heard)).toBe(label)
})
