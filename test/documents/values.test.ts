import { expect, test } from 'vitest'
import { paperValues } from '../../src/documents/values.ts'
import { form, must, paper, valuesOf } from './making.ts'
import { answersOf, complete, LI, stubTypes, WANG } from './stub-types.ts'

const rowsOf = (value: unknown) => value as Record<string, string>[]

test('every cell of a complete filing gets its text', () => {
  const values = valuesOf('initial', complete)
  expect(values).toMatchObject({
    组织名称: complete.organizationName,
    组织类别: '社会团体',
    活动地域: '明珠社区',
    活动场所地址及面积: '跃进路58号社区活动室，80平方米',
    会员数: '4',
    工作人员数: '',
    主要负责人姓名: '王秀英',
    联系人姓名: '李建国',
    性别: '女',
    出生年月: '1905年3月',
    文化程度: '初中',
    政治面貌: '中共党员',
    手机: '19900000001',
    附页: [],
  })
})

test('what the authority fills in is blank, whatever was answered', () => {
  expect(valuesOf('initial', { ...complete, filingNumber: '9' })).toMatchObject({
    备案编号: '',
    备案日期: '',
  })
})

test('a private non-enterprise unit counts staff, not members', () => {
  const values = valuesOf('initial', { ...complete, organizationCategory: 'privateNonEnterpriseUnit' })
  expect(values).toMatchObject({ 会员数: '', 工作人员数: '4' })
})

test('a contact who is the principal is printed from the principal, and an older contact is not', () => {
  expect(valuesOf('initial', { ...complete, contactIsPrincipal: 'yes' })).toMatchObject({
    联系人姓名: '王秀英',
    联系人电话: '19900000001',
    联系人职务: '队长',
  })
})

test('the principal stands first in the list of leaders, and empty rows make five', () => {
  const rows = rowsOf(valuesOf('initial', complete)['负责人名单'])
  expect(rows.map((row) => row['姓名'])).toEqual(['王秀英', '李建国', '覃美兰', '', ''])
  expect(rows[0]).toMatchObject({
    身份证号码: WANG,
    政治面貌: '中共党员',
    社区社会组织职务: '队长',
    序号: '1',
  })
  expect(rows[1]).toMatchObject({ 身份证号码: LI, 政治面貌: '群众', 工作单位职务: '退休' })
})

test('a form nobody has answered yet prints empty cells', () => {
  const values = valuesOf('initial', {})
  const texts = Object.values(values).flatMap((value) =>
    typeof value === 'string' ? [value] : value.flatMap((row) => Object.values({ ...row, 序号: '' })),
  )
  expect(new Set(texts)).toEqual(new Set(['']))
})

test('a row still being asked prints the cells it has', () => {
  const values = valuesOf('initial', { officers: { done: false, rows: [{ name: '李建国' }] } })
  expect(rowsOf(values['负责人名单'])[1]).toMatchObject({ 姓名: '李建国', 政治面貌: '', 身份证号码: '' })
})

test('what does not fit is cut in its cell and stands whole on the continuation sheet, once', () => {
  const purpose = '丰富居民文化生活，传播健康快乐，服务社区邻里。'.repeat(20)
  const post = '柳州市柳北区机械厂装配车间工人'.repeat(5)
  const values = valuesOf('initial', {
    ...complete,
    purpose,
    principalCareer: { done: true, rows: [{ period: '1930年1月至今', post }] },
  })
  expect(values['宗旨']).toMatch(/。（见附页）$/)
  const items = rowsOf(must(rowsOf(values['附页'])[0])['附页各项'])
  expect(items).toEqual([
    { 栏目: '宗旨', 全文: purpose },
    { 栏目: '个人简历第1行·在何地任何职务', 全文: post },
  ])
})

test('the roster numbers its people and counts them', () => {
  const values = valuesOf('roster', complete)
  expect(values['人数']).toBe('4')
  expect(rowsOf(values['名册'])[3]).toEqual({
    序号: '4',
    姓名: '韦阿花',
    性别: '',
    联系电话: '',
    队内职务: '',
  })
})

test('a roster that is printed before anybody is listed has rows to write on', () => {
  const rows = rowsOf(valuesOf('roster', {})['名册'])
  expect([rows.length, rows[0]?.['姓名']]).toEqual([20, ''])
})

test('an answer to a question that does not apply any more is not printed', () => {
  const given = { ...complete, contactIsPrincipal: 'yes' }
  const cells = { 联系人: 'contactName', 职务: 'contactPosition' }
  const values = paperValues(form, { ...paper('initial'), cells }, answersOf(given), stubTypes)
  expect(values).toEqual({ 联系人: '', 职务: '', 附页: [] })
})
