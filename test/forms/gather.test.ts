import { describe, expect, test } from 'vitest'
import { assemble } from '../../src/forms/assemble.ts'
import { gather } from '../../src/forms/gather.ts'
import { gatherRows } from '../../src/forms/gather-rows.ts'
import type { Target } from '../../src/forms/labelled.ts'
import { column, context, field, form, idOf, pack, told, types } from './liubei.ts'

const id = idOf('1903-04-12')
const single = form.fields
  .filter(({ type }) => type !== 'rows' && type !== 'roster')
  .map((field) => ({ field }))
const cells = (id: string): Target[] => field(id).columns.map((column) => ({ field: field(id), column }))

const gathered = (text: string, targets: Target[], values: Record<string, unknown> = {}) => {
  const { found, rest } = gather(text, targets, context(values), types)
  const facts = Object.fromEntries(
    found.map(({ field, column, reading }) => [column?.id ?? field.id, told(reading, column ?? field)]),
  )
  return { facts, rest }
}

test.each(['负责人是我', '主要负责人就是我', '我是负责人'])('「%s」 tells of no post', (text) => {
  expect(gathered(text, single).facts).toEqual({})
})

describe('several facts in one message about the organization and its principal', () => {
  test.each([
    [
      '我叫王秀英，电话199 0000 1234，退休了，党员',
      {
        principalName: 'clear 王秀英',
        principalPhone: 'clear 19900001234',
        principalEmployer: 'clear 退休',
        principalPolitical: 'clear 中共党员',
      },
    ],
    [
      '王秀英啊 电话幺九九零零零零幺二三四',
      { principalName: 'clear 王秀英', principalPhone: 'clear 19900001234' },
    ],
    [
      '王秀英 19900001234 副队长 群众',
      {
        principalName: 'clear 王秀英',
        principalPhone: 'clear 19900001234',
        principalPosition: 'clear 副队长',
        principalPolitical: 'clear 群众',
      },
    ],
    [
      '籍贯广西柳州，初中文化，党员',
      {
        principalNativePlace: 'clear 广西柳州',
        principalEducation: 'clear 初中',
        principalPolitical: 'clear 中共党员',
      },
    ],
    [
      '姓名：王秀英\n职务：队长\n工作单位：柳州钢铁厂退休\n家庭住址：柳州市柳北区跃进路58号',
      {
        principalName: 'clear 王秀英',
        principalPosition: 'clear 队长',
        principalEmployer: 'clear 柳州钢铁厂退休',
        principalHomeAddress: 'clear 柳州市柳北区跃进路58号',
      },
    ],
    [
      `身份证${id}，手机19900001234`,
      { principalIdNumber: `clear ${id}`, principalPhone: 'clear 19900001234' },
    ],
    [
      '我们在明珠社区，队名叫夕阳红志愿服务队',
      {
        activityArea: 'clear 明珠社区',
        organizationName: 'clear 柳州市柳北区解放街道明珠社区夕阳红志愿服务队',
      },
    ],
    ['活动场所：跃进路58号活动室，80平方米', { venue: 'clear 跃进路58号活动室，80平方米' }],
    [
      '我叫王秀英电话19900001234党员初中退休',
      {
        principalName: 'clear 王秀英',
        principalPhone: 'clear 19900001234',
        principalPolitical: 'clear 中共党员',
        principalEducation: 'clear 初中',
        principalEmployer: 'clear 退休',
      },
    ],
    [
      '王秀英，女，62岁，群众，初中，柳钢退休',
      {
        principalName: 'clear 王秀英',
        principalPolitical: 'clear 群众',
        principalEducation: 'clear 初中',
        principalEmployer: 'doubtful 柳钢退休',
      },
    ],
    [
      '我们是社团，在明珠社区，叫金秋艺术团',
      {
        organizationCategory: 'clear 社会团体',
        activityArea: 'clear 明珠社区',
        organizationName: 'clear 柳州市柳北区解放街道明珠社区金秋艺术团',
      },
    ],
    [
      '籍贯广西柳州，文化程度初中，政治面貌群众，工作单位无',
      {
        principalNativePlace: 'clear 广西柳州',
        principalEducation: 'clear 初中',
        principalPolitical: 'clear 群众',
        principalEmployer: 'clear 无',
      },
    ],
    ['场地在跃进路58号，80平方米', { venue: 'clear 跃进路58号，80平方米' }],
    ['我是队长王秀英', { principalName: 'clear 王秀英' }],
    ['联系人是李建国，电话19900005678', { contactName: 'clear 李建国', contactPhone: 'clear 19900005678' }],
    [
      '联系人李建国 19900005678 副队长',
      { contactName: 'clear 李建国', contactPhone: 'clear 19900005678', contactPosition: 'clear 副队长' },
    ],
    [
      '联系人电话是19900005678，联系人姓名是李建国',
      { contactPhone: 'clear 19900005678', contactName: 'clear 李建国' },
    ],
    [
      '嗯，那个，跃进路58号活动室，80平方米，电话19900001234',
      { venue: 'clear 跃进路58号活动室，80平方米', principalPhone: 'clear 19900001234' },
    ],
    [
      '电话19900001234，身份证号是450205190304121021',
      { principalPhone: 'clear 19900001234', principalIdNumber: 'impossible 最后一位对不上，请再核对一遍' },
    ],
  ])('%s', (text, facts) => {
    expect(gathered(text, single).facts).toEqual(facts)
  })

  test.each([
    '活动室，80平方米',
    '组织广场舞排练，参加社区文艺演出，开展健身交流',
    '1980年9月到2015年6月，柳州钢铁厂工人',
    '好的，谢谢',
    '柳州钢铁厂，工人',
    '王秀英，李建国',
    '我们队里党员很多，大家都很热心',
    '广西柳州',
    '大家好，我是新来的',
    '电话是多少，党员要写吗',
  ])('「%s」 holds nothing unmistakable for them', (text) => {
    expect(gathered(text, single).facts).toEqual({})
  })

  test('an unlabelled piece never goes over an answer that stands, a labelled one does', () => {
    const values = { principalPhone: '19900001234', principalName: '王秀英' }
    expect(gathered('李建国，19900005678，副队长', single, values).facts).toMatchObject({
      contactPhone: 'clear 19900005678',
      contactName: 'clear 李建国',
    })
    expect(gathered('电话：19900005678', single, values).facts).toEqual({
      principalPhone: 'clear 19900005678',
    })
  })

  test('the phone of the contact is never taken for that of the principal', () => {
    const withoutContact = single.filter(({ field }) => field.when === undefined)
    expect(gathered('联系人是李建国，电话19900005678', withoutContact).facts).toEqual({})
    expect(
      gathered('联系人是李建国，电话19900005678', single, { principalPhone: '19900001234' }).facts,
    ).not.toHaveProperty('principalPhone')
  })

  test('what nobody took is left over', () => {
    expect(gathered('我叫王秀英，电话199 0000 1234，爱好唱歌', single).rest).toBe('爱好唱歌')
  })
})

describe('a row of officers in one message', () => {
  const officers = cells('officers')
  const all = {
    name: 'clear 李建国',
    position: 'clear 副队长',
    political: 'clear 群众',
    idNumber: `clear ${id}`,
  }
  test.each([
    [`李建国 副队长 群众 ${id} 退休`, { ...all, employer: 'clear 退休' }],
    [`李建国，副队长，群众，${id}，退休`, { ...all, employer: 'clear 退休' }],
    [`李建国、副队长、群众、${id}、退休`, { ...all, employer: 'clear 退休' }],
    [`${id} 群众 李建国 副队长 退休`, { ...all, employer: 'clear 退休' }],
    [`李建国 副队长 群众 ${id} 柳州钢铁厂工人`, { ...all, employer: 'doubtful 柳州钢铁厂工人' }],
    [
      `姓名李建国，职务副队长，政治面貌群众，身份证号${id}，工作单位柳州钢铁厂`,
      { ...all, employer: 'clear 柳州钢铁厂' },
    ],
    ['李建国 副队长', { name: 'clear 李建国', position: 'clear 副队长' }],
    ['李建国 秘书长兼会计', { name: 'clear 李建国', position: 'clear 秘书长兼会计' }],
    ['有，李建国', { name: 'clear 李建国' }],
    ['李建国', { name: 'clear 李建国' }],
    ['副队长李建国', {}],
    ['没有了', {}],
    ['副职要写几个？', {}],
  ])('%s', (text, facts) => {
    expect(gathered(text, officers).facts).toEqual(facts)
  })
})

describe('a row of a career in one message', () => {
  test.each([
    ['1980年9月至2015年6月，柳州钢铁厂工人', '1980年9月至2015年6月', 'doubtful 柳州钢铁厂工人'],
    ['1980年9月到2015年6月在柳州钢铁厂当工人', '1980年9月至2015年6月', 'doubtful 柳州钢铁厂当工人'],
    ['从80年9月到15年6月 柳钢 工人', '1980年9月至2015年6月', 'doubtful 柳钢 工人'],
    ['2015年6月至今 退休', '2015年6月至今', 'doubtful 退休'],
    ['柳钢工人，1980.9-2015.6', '1980年9月至2015年6月', 'doubtful 柳钢工人'],
  ])('%s', (text, period, post) => {
    expect(gathered(text, cells('principalCareer')).facts).toEqual({ period: `clear ${period}`, post })
  })

  test('a period alone leaves the post open', () => {
    expect(gathered('1980年9月至2015年6月', cells('principalCareer')).facts).toEqual({
      period: 'clear 1980年9月至2015年6月',
    })
    expect(column('principalCareer', 'post').type).toBe('text')
  })
})

describe('several rows in one message', () => {
  const rows = (text: string, id: string) =>
    gatherRows(text, field(id), context(), types).map((found) =>
      found.map(({ column, reading }) => told(reading, column!)).join(' '),
    )

  test.each([
    [
      'principalCareer',
      '1976年9月至2008年3月 柳州钢铁厂工人\n2008年3月至今 退休',
      ['clear 1976年9月至2008年3月 doubtful 柳州钢铁厂工人', 'clear 2008年3月至今 doubtful 退休'],
    ],
    [
      'principalCareer',
      '1976.9-2008.3柳钢工人，2008.3至今退休',
      ['clear 1976年9月至2008年3月 doubtful 柳钢工人', 'clear 2008年3月至今 doubtful 退休'],
    ],
    [
      'officers',
      '1. 李建国 副队长 群众\n2. 张桂兰 秘书长 党员',
      ['clear 群众 clear 副队长 clear 李建国', 'clear 中共党员 clear 秘书长 clear 张桂兰'],
    ],
    ['officers', '李建国、赵小兰和陈大文', ['clear 李建国', 'clear 赵小兰', 'clear 陈大文']],
    ['officers', '李建国 副队长', []],
    ['officers', '李建国 副队长；不知道', []],
    ['principalCareer', '1976年9月至2008年3月 柳州钢铁厂工人', []],
    ['officers', '要写几个？\n李建国', []],
  ])('%s: %s', (id, text, expected) => {
    expect(rows(text, id)).toEqual(expected)
  })
})

test.each([
  ['电话和活动场所', ['phone', 'venue']],
  ['名字、地址还有宗旨', ['name', 'venue', 'purpose']],
  ['3和5', ['venue', 'phone']],
  ['活动场所', []],
  ['电话和天气', []],
  ['电话和手机', []],
])('what is to change in one breath: %s', (text, expected) => {
  const change = pack.forms.find(({ kind }) => kind === 'change')!
  const list = assemble(change, form, {}).fields.find(({ id }) => id === 'changes')!
  const rows = gatherRows(text, list, context(), types)
  expect(rows.flat().map(({ reading }) => 'value' in reading && reading.value)).toEqual(expected)
})

test('without the types of a district the rest still works', () => {
  const { found } = gather('我叫王秀英，电话19900001234', single, context())
  expect(found.map(({ field }) => field.id)).toEqual(['principalPhone', 'principalName'])
})
