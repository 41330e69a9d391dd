import { describe, expect, test } from 'vitest'
import type { Filing } from '../../src/filings/filing.ts'
import { precheck, type PrecheckFacts } from '../../src/filings/precheck.ts'
import { Field, FormDefinition } from '../../src/forms/definition.ts'
import { answered, form, idOf, pack, TODAY } from '../forms/liubei.ts'
import { answer, JIEFANG, submitted } from './cases.ts'

const NAME = '柳州市柳北区解放街道明珠社区夕阳红志愿服务队'
const WANG = idOf('1905-03-15')
const LI = idOf('1901-12-01', '101')

const complete: Record<string, unknown> = {
  organizationCategory: 'socialGroup',
  activityArea: { code: '450205001008' },
  organizationName: { full: NAME, rest: '夕阳红志愿服务队' },
  venue: { address: '跃进路58号社区活动室', area: 80 },
  purpose: '关爱帮助有困难的居民',
  businessScope: '探访慰问困难居民；开展扶老助残志愿服务',
  principalName: '王秀英',
  principalPhone: '19900000001',
  principalPosition: '队长',
  principalIdNumber: WANG,
  principalNativePlace: '广西柳州',
  principalEducation: 'juniorHigh',
  principalPolitical: 'cpcMember',
  principalEmployer: '柳州钢铁厂退休',
  principalHomeAddress: '柳州市柳北区跃进路58号3栋2单元501室',
  principalOtherPosts: '无',
  principalCareer: {
    done: true,
    rows: [
      { period: { from: '1925-09', to: '1960-06' }, post: '柳州钢铁厂 工人' },
      { period: { from: '1960', to: 'now' }, post: '退休' },
    ],
  },
  contactIsPrincipal: 'yes',
  officers: {
    done: true,
    rows: [{ name: '李建国', position: '副队长', political: 'masses', idNumber: LI, employer: '退休' }],
  },
  roster: {
    done: true,
    rows: [
      { name: '王秀英', phone: '19900000001' },
      { name: '李建国', phone: '19900000002' },
      { name: '韦阿花' },
    ],
  },
}

const facts: PrecheckFacts = {
  today: TODAY,
  jurisdiction: pack.jurisdiction,
  names: pack.names,
  others: ['柳州市柳北区雅儒街道广雅社区金秋艺术团'],
}

const sheet = (filing: Partial<Filing>, over: Partial<PrecheckFacts> = {}, of = form): string[] =>
  precheck(submitted(filing), of, { ...facts, ...over }).map(
    ({ level, label, words }) => `${level} ${label}：${words}`,
  )
const sheetOf = (changes: Record<string, unknown>, over: Partial<PrecheckFacts> = {}): string[] =>
  sheet({ answers: answered({ ...complete, ...changes }) }, over)

test('a filing without fault has nothing but ticks, and no number stands in the sheet', () => {
  const lines = sheetOf({})
  expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([])
  expect(lines).toContain('ok 身份证号码：2个号码校验正确，都满18岁')
  expect(lines).toContain('ok 人员名册：共3人，负责人都在名册里')
  expect(lines.join()).not.toMatch(/\d{6,}/)
})

const officer = (over: Record<string, unknown>) => ({
  done: true,
  rows: [
    { name: '李建国', position: '副队长', political: 'masses', idNumber: LI, employer: '退休', ...over },
  ],
})
const wrongDigit = `${LI.slice(0, 17)}${LI[17] === '1' ? '2' : '1'}`
const rest = (rest: string) => ({ full: `柳州市柳北区解放街道明珠社区${rest}`, rest })
const period = (...periods: [from: string, to: string][]) => ({
  done: true,
  rows: periods.map(([from, to]) => ({ period: { from, to }, post: '工人' })),
})

test.each<[string, Record<string, unknown>, string]>([
  [
    'a wrong check digit',
    { officers: officer({ idNumber: wrongDigit }) },
    'error 身份证号码：李建国：最后一位对不上',
  ],
  [
    'a child',
    { officers: officer({ idNumber: idOf('2015-01-01') }) },
    'error 身份证号码：李建国：负责人要满18岁',
  ],
  ['one number twice', { officers: officer({ idNumber: WANG }) }, 'error 身份证号码：有两位负责人的号码一样'],
  ['a missing roster', { roster: { rows: [], done: true } }, 'error 人员名册：没有附名册'],
  [
    'a leader who is not in the roster',
    { roster: { done: true, rows: [{ name: '王秀英' }, { name: '韦阿花' }] } },
    'warning 人员名册：名册里没有负责人李建国',
  ],
  [
    'a leader whose number is of the other sex',
    {
      roster: {
        done: true,
        rows: [
          { name: '王秀英', gender: '女' },
          { name: '李建国', gender: '女' },
        ],
      },
    },
    'warning 人员名册：李建国写的是女，按身份证号码是男，请核对',
  ],
  [
    'a phone of several people',
    {
      roster: {
        done: true,
        rows: [
          { name: '王秀英', phone: '19900000001' },
          { name: '李建国', phone: '19900000001' },
        ],
      },
    },
    'warning 人员名册：有1个电话几个人共用',
  ],
  ['a phone that is none', { principalPhone: '1990000' }, 'error 联系电话：主要负责人·联系电话：号码不对'],
  ['an empty field', { purpose: undefined }, 'error 填写：没填完：宗旨'],
  [
    'an address without its area',
    { venue: { address: '跃进路58号' } },
    'error 活动场所地址及面积：地址和面积要写全',
  ],
  ['a name without a form', { organizationName: rest('夕阳红') }, 'warning 组织名称：名字最后要有'],
  ['a forbidden word', { organizationName: rest('中国志愿服务队') }, 'error 组织名称：名字里不能用“中国”'],
  [
    'a name of another community',
    { organizationName: { full: '柳州市柳北区解放街道友谊社区夕阳红志愿服务队', rest: '夕阳红志愿服务队' } },
    'error 组织名称：名称里写的是“友谊社区”',
  ],
  [
    'another place than that of the case',
    { activityArea: { code: '450205001007' } },
    'error 活动地域：填的和受理的地方',
  ],
  [
    'a service place called a social group',
    { organizationName: rest('夕阳红养老服务中心') },
    'warning 组织类别：填的是社会团体，名称却是“中心”',
  ],
  [
    'a team called a private unit',
    { organizationCategory: 'privateNonEnterpriseUnit' },
    'warning 组织类别：填的是民办非企业单位，名称却是“队”',
  ],
  [
    'a CV that overlaps',
    { principalCareer: period(['1925-09', '1960-06'], ['1950-01', 'now']) },
    'warning 个人简历：第1段和第2段时间重叠',
  ],
  [
    'a CV in the wrong order',
    { principalCareer: period(['1960-06', 'now'], ['1925-09', '1950-01']) },
    'warning 个人简历：第2段早于第1段',
  ],
  [
    'a CV from before birth',
    { principalCareer: period(['1901-09', 'now']) },
    'warning 个人简历：第1段早于出生年月',
  ],
])('%s is seen', (_name, changes, expected) => {
  const defined = Object.fromEntries(
    Object.entries({ ...complete, ...changes }).filter(([, value]) => value !== undefined),
  )
  const lines = sheet({ answers: answered(defined) })
  expect(lines.filter((line) => line.startsWith(expected))).toHaveLength(1)
  expect(lines.join()).not.toMatch(/\d{15,}/)
})

test('names that are the same or nearly so are named', () => {
  const others = [NAME, '柳州市柳北区解放街道明珠社区夕阳红志愿服务团']
  expect(sheetOf({}, { others })).toEqual(
    expect.arrayContaining([
      `error 重名：和“${NAME}”同名`,
      expect.stringContaining('warning 名称相近：和“柳州市柳北区解放街道明珠社区夕阳红志愿服务团”'),
    ]),
  )
})

test('what is wrong stands first', () => {
  const levels = sheetOf({ principalPhone: '1', organizationCategory: 'privateNonEnterpriseUnit' }).map(
    (line) => line.split(' ')[0],
  )
  expect(levels).toEqual([...levels].sort((a, b) => order(a) - order(b)))
})
const order = (level: string | undefined): number => ['error', 'warning', 'ok'].indexOf(level ?? '')

test('an organization of the whole street is pointed out', () => {
  const name = { full: '柳州市柳北区解放街道夕阳红志愿服务队', rest: '夕阳红志愿服务队' }
  const answers = answered({ ...complete, organizationName: name, activityArea: { code: JIEFANG } })
  const lines = sheet({ place: JIEFANG, answers })
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([])
  expect(lines).toContainEqual(expect.stringContaining('没有社区意见'))
})

test('a count of members on the form is compared with the roster', () => {
  const count = Field.parse({
    ...form.fields[0],
    id: 'memberCount',
    label: '会员数',
    type: 'count',
    options: [],
  })
  const counted = FormDefinition.parse({ ...form, fields: [...form.fields, count] })
  const answers = answered({ ...complete, memberCount: 25 })
  const same = answered({ ...complete, memberCount: 3 })
  expect(sheet({ answers: same }, {}, counted).filter((line) => !line.startsWith('ok'))).toEqual([])
  expect(sheet({ answers }, {}, counted)).toContain('warning 会员数：和名册人数不一致：表上25人，名册3人')
})

test('money shared out among the members is seen at a cancellation, whoever agreed to have said it', () => {
  const cancellation = pack.forms.find(({ kind }) => kind === 'cancellation')!
  const seen = (settlement: string) =>
    sheet({ kind: 'cancellation', answers: answered({ settlement }) }, {}, cancellation).join('\n')
  expect(seen('钱分了')).toMatch(/warning 债权债务的清算情况：剩余财产不能分给成员/)
  expect(seen('无债权债务，无剩余财产')).not.toContain('warning')
})

describe('a change', () => {
  const base = { sitting: 'change', explain: '', example: '', clause: '附件2表行5' }
  const changeForm = FormDefinition.parse({
    id: 'change',
    version: 1,
    title: '变更',
    sittings: [{ id: 'change', title: '变更' }],
    declaration: '',
    papers: [],
    fields: [
      { ...base, id: 'reason', label: '申请变更理由', type: 'text', ask: '为什么？' },
      { ...base, id: 'internalProcedure', label: '履行的内部程序', type: 'meeting', ask: '开会了吗？' },
    ],
  })
  const record = { form, answers: answered(complete) }
  const meeting = { date: '2026-10-08', members: 30, present: 20, inFavour: 12 }
  const change = (over: Partial<Filing>, told: Record<string, unknown> = {}): string[] =>
    sheet(
      { kind: 'change', answers: answered({ reason: '换号', internalProcedure: meeting, ...told }), ...over },
      { record },
      changeForm,
    )
  const newPhone = { field: 'principalPhone', before: answer('19900000001'), after: answer('19900000009') }

  test('without fault has nothing but ticks', () => {
    const lines = change({ changes: [newPhone] })
    expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([])
    expect(lines).toContain('ok 变更的事项：共1项，变更前的内容和备案的一致')
  })

  test.each<[string, Partial<Filing>, Record<string, unknown>, string]>([
    ['of nothing', {}, {}, 'error 变更的事项：没有写变更什么'],
    [
      'to the same',
      { changes: [{ ...newPhone, after: answer('19900000001') }] },
      {},
      'error 主要负责人·联系电话：变更前后一样',
    ],
    [
      'of what was not so',
      { changes: [{ ...newPhone, before: answer('19900000003') }] },
      {},
      'error 主要负责人·联系电话：变更前的内容和备案的不一样',
    ],
    [
      'to a name that is taken',
      {
        changes: [
          {
            field: 'organizationName',
            before: answer(complete['organizationName']),
            after: answer({ full: facts.others[0], rest: '金秋艺术团' }),
          },
        ],
      },
      {},
      'error 重名',
    ],
    [
      'decided by too few',
      { changes: [newPhone] },
      { internalProcedure: { ...meeting, present: 19 } },
      'error 履行的内部程序：共30人，至少要到20人',
    ],
    [
      'decided by exactly half',
      { changes: [newPhone] },
      { internalProcedure: { ...meeting, inFavour: 10 } },
      'warning 履行的内部程序：正好一半',
    ],
    [
      'decided by more members than are on record',
      { changes: [newPhone] },
      { roster: { rows: [{ name: '王秀英' }, { name: '李建国' }], done: true } },
      'warning 履行的内部程序：开会说全体30人，名册上是2人',
    ],
    [
      'without a meeting',
      { changes: [newPhone] },
      { internalProcedure: undefined },
      'error 填写：没填完：履行的内部程序',
    ],
  ])('%s is seen', (_name, over, told, expected) => {
    const answers = { reason: '换号', internalProcedure: meeting, ...told }
    const defined = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
    const lines = change({ ...over, answers: answered(defined) })
    expect(lines.filter((line) => line.startsWith(expected))).toHaveLength(1)
  })
})

test.each([
  ['the same', complete, 'ok 和上次备案比：每一栏都一样'],
  ['another purpose', { ...complete, purpose: '陪伴独居老人' }, 'warning 和上次备案比：变了1处：宗旨'],
  [
    'no roster any more, whatever was said to 有没有变化',
    { ...complete, roster: undefined },
    'warning 和上次备案比：变了1处：人员名册',
  ],
])('a renewal with %s is compared with the record', (_name, told, expected) => {
  const answers = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
  const record = { form, answers: answered(complete) }
  expect(sheet({ kind: 'renewal', answers: answered(answers) }, { record })).toContain(expected)
})
