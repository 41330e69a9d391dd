import { withCheckDigit } from '../support/id-number.ts'
import type { Chance } from './random.ts'

/** One fact as it is to be stored, and ways to say it that have this one reading (or are proposed back as it). */
export type Fact = { value: unknown; ways: string[] }

/** One row of a list: a fact for each column, and ways to say several cells at once. */
export type Row = { cells: Record<string, Fact>; whole: string[] }

/** What an invented leader knows of her organization. */
export type Truth = {
  fields: Record<string, Fact>
  rows: Record<string, Row[]>
  /** One line a person. */
  people: { row: Record<string, string>; line: string }[]
}

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

const spoken = (digits: string): string =>
  [...digits].map((digit) => '零幺二三四五六七八九'[Number(digit)] ?? digit).join('')

const plain = (value: string, ...more: string[]): Fact => ({ value, ways: [value, `${value}。`, ...more] })

const exactly = (value: string): Fact => ({ value, ways: [value] })

const choice = (value: string, number: number, ...words: string[]): Fact => ({
  value,
  ways: [
    String(number),
    fullWidth(String(number)),
    `选${number}`,
    `${number}。`,
    `第${'零一二三四五六七八九'[number]}个`,
    '零一二三四五六七八九'[number]!,
    ...words,
  ],
})

const offered = (value: string, number: number): Fact =>
  plain(value, String(number), fullWidth(String(number)))

const phone = (number: string): Fact => ({
  value: number,
  ways: [
    number,
    fullWidth(number),
    spoken(number),
    `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`,
    `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`,
    `我的电话是${number}`,
    `电话：${number}。`,
    `+86 ${number}`,
  ],
})

const idNumber = (first17: string): Fact => {
  const value = withCheckDigit(first17)
  return {
    value,
    ways: [
      value,
      value.toLowerCase(),
      fullWidth(value),
      `${value.slice(0, 6)} ${value.slice(6, 14)} ${value.slice(14)}`,
      `身份证号是${value}`,
    ],
  }
}

const month = (value: string): string => `${value.slice(0, 4)}年${Number(value.slice(5))}月`

const period = (from: string, to: string): Fact => ({
  value: { from, to },
  ways: [
    `${month(from)}至${to === 'now' ? '今' : month(to)}`,
    `从${month(from)}到${to === 'now' ? '现在' : month(to)}`,
    `${from.replace('-', '.')}-${to === 'now' ? '至今' : to.replace('-', '.')}`,
    fullWidth(`${month(from)}至${to === 'now' ? '今' : month(to)}`),
  ],
})

const names = ['梁桂芳', '覃志强', '韦小燕', '蒙海珍', '莫国安', '卢凤仙', '黄玉莲', '韦美丽']

const pools: Record<string, Fact[]> = {
  organizationCategory: [
    choice('socialGroup', 1, '社会团体', '社团', '我们是社会团体', '社会团体吧'),
    choice('privateNonEnterpriseUnit', 2, '民办非企业单位', '民非', '民办非企业'),
  ],
  activityArea: [
    { value: { code: '450205001008' }, ways: ['明珠社区', '明珠', '明珠社区居委会', '在明珠社区'] },
    { value: { code: '450205002001' }, ways: ['广雅社区', '雅儒街道广雅社区', '我们在广雅社区活动'] },
    { value: { code: '450205001000' }, ways: ['整个解放街道', '解放街道', '解放街道办事处'] },
  ],
  organizationName: ['夕阳红舞蹈队', '春风志愿服务队', '同乐合唱团', '邻里互助会'].map((rest) => ({
    value: rest,
    ways: [rest, `叫${rest}`, `“${rest}”`, `我们叫${rest}`, `${rest}。`],
  })),
  venue: [
    {
      value: { address: '北雀路7号文化广场', area: 120 },
      ways: [
        '北雀路7号文化广场，120平方米',
        '北雀路7号文化广场，一百二十平方米',
        '在北雀路7号文化广场，120平米',
        '北雀路7号文化广场 120平方',
      ],
    },
    {
      value: { address: '三中路20号活动室', area: 200, about: true },
      ways: ['三中路20号活动室，大概200平方米', '三中路20号活动室，两百来平'],
    },
  ],
  purpose: [exactly('让老人有个伴，热热闹闹'), exactly('帮助有困难的邻居，把社区搞好')],
  businessScope: [exactly('每天早晚排练；节日演出'), exactly('慰问老人；打扫卫生')],
  principalName: names.slice(0, 2).map((name) => plain(name, `我叫${name}`, `姓名：${name}`)),
  principalPhone: [phone('19900001234'), phone('19900002345')],
  principalPosition: [offered('队长', 1), offered('团长', 2), offered('会长', 3), plain('副理事长')],
  principalIdNumber: [idNumber('45020519080312002'), idNumber('45020519050708123')],
  principalNativePlace: [plain('广西桂林', '籍贯是广西桂林'), plain('湖南衡阳', '籍贯：湖南衡阳')],
  principalEducation: [
    choice('juniorHigh', 2, '初中', '初中毕业', '我是初中'),
    choice('seniorHigh', 3, '高中', '高中毕业'),
    choice('college', 5, '大专', '专科'),
  ],
  principalPolitical: [
    choice('cpcMember', 1, '中共党员', '党员', '我是党员'),
    choice('masses', 2, '群众', '普通群众'),
  ],
  principalEmployer: [
    plain('柳州棉纺厂退休'),
    offered('退休', 1),
    { value: '无', ways: ['无', '没有', '2'] },
  ],
  principalHomeAddress: [plain('柳州市柳北区胜利路12号3栋2单元501室'), plain('柳北区红碑路8号6栋1单元202室')],
  principalOtherPosts: [plain('楼栋长'), { value: '无', ways: ['无', '没有', '1'] }],
  since: [plain('邻居们凑起来'), plain('社区牵头')],
  contactIsPrincipal: [
    { value: 'yes', ways: ['1', '就是本人', '是的', '是', '本人', '对'] },
    { value: 'no', ways: ['2', '另有其人', '不是', '别人'] },
  ],
  contactName: names.slice(2, 4).map((name) => plain(name)),
  contactPhone: [phone('19900003456'), phone('19900004567')],
  contactPosition: [offered('副队长', 1), offered('秘书长', 2), plain('队员', '3')],
}

const career: Row[] = [
  ['1976-09', '2008-03', '柳州棉纺厂工人'],
  ['2008-04', 'now', '退休'],
  ['1990-01', '1999-12', '第三小学教师'],
].map(([from, to, post]) => {
  const cells = { period: period(from!, to!), post: plain(post!) }
  return { cells, whole: [`${cells.period.ways[0]}，${post}`, `${cells.period.ways[1]}，${post}`] }
})

const officers: Row[] = [
  ['莫国安', '副队长', 'masses', '群众', '45020519060101001', '退休'],
  ['卢凤仙', '秘书长', 'cpcMember', '党员', '45020519070202002', '无'],
].map(([name, position, political, politicalWord, id, employer]) => ({
  cells: {
    name: plain(name!),
    position: plain(position!, position === '副队长' ? '1' : '3'),
    political: choice(political!, political === 'masses' ? 2 : 1, politicalWord!),
    idNumber: idNumber(id!),
    employer: plain(employer!),
  },
  whole: [
    `${name} ${position} ${politicalWord}`,
    `${name}，${position}，${politicalWord}，${withCheckDigit(id!)}`,
  ],
}))

const people: Truth['people'] = [
  {
    row: { name: '梁桂芳', gender: '女', phone: '19900001234', position: '队长' },
    line: '梁桂芳 女 19900001234 队长',
  },
  { row: { name: '覃志强', gender: '男' }, line: '覃志强，男' },
  { row: { name: '黄玉莲' }, line: '黄玉莲' },
  { row: { name: '韦美丽', gender: '女', phone: '19900006789' }, line: '韦美丽 女 １９９００００６７８９' },
  { row: { name: '莫国安', gender: '男', position: '副队长' }, line: '莫国安 男 副队长' },
]

export function truthOf(chance: Chance): Truth {
  return {
    fields: Object.fromEntries(Object.entries(pools).map(([id, pool]) => [id, chance.pick(pool)])),
    rows: { principalCareer: chance.some(career, 3), officers: chance.some(officers, 2) },
    people: [people[chance.below(people.length)]!, ...chance.some(people, 4)].filter(
      (person, index, all) => all.indexOf(person) === index,
    ),
  }
}

/** Another fact for the same field: she changed her mind. */
export const otherFact = (id: string, chance: Chance): Fact => chance.pick(pools[id]!)

/** Names of other organizations: one that she may want, one that she says by mistake. */
export const takenNames = [
  '柳州市柳北区解放街道明珠社区夕阳红舞蹈队',
  '柳州市柳北区解放街道明珠社区百花舞蹈队',
]

/** What must never be read out in full. */
export const secrets: string[] = [
  ...['principalPhone', 'contactPhone', 'principalIdNumber'].flatMap((id) =>
    pools[id]!.map(({ value }) => String(value)),
  ),
  ...officers.map(({ cells }) => String(cells['idNumber']!.value)),
  ...people.flatMap(({ row }) => (row['phone'] ? [row['phone']] : [])),
]

/** Homes are read back whole to the leader herself, and to nobody else. */
const homes = ['胜利路12号', '红碑路8号']

/** What belongs to persons and must not be heard in a group. */
export const personal: string[] = [
  ...secrets,
  ...homes,
  ...names,
  '广西桂林',
  '湖南衡阳',
  '柳州棉纺厂',
  '第三小学',
]
