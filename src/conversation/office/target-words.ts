import { inChinese, type Day } from '../../clock.ts'

const QUARTERS = '一二三四'

const shown = (value: number): string => {
  if (Number.isInteger(value)) return String(value)
  return value < 0.05 ? '不到0.1' : value.toFixed(1)
}

/** 第四季度 of 2026-Q4 */
const quarterInWords = (quarter: string): string => `第${QUARTERS[Number(quarter.at(-1)) - 1]}季度`

const monthInWords = (month: string): string => `${Number(month.slice(5, 7))}月`

/** Every sentence about the numbers of the plan, in the chat and on the picture. */
export const targetWords = {
  title: (where: string, day: Day) => `目标（${where}，${inChinese(day)}）：`,
  history: '方案的期限已经过去，目标只作对照，不是排名。',
  present: '方案的目标只作对照，不是排名。',
  target: (
    title: string,
    have: number | undefined,
    { least, most, unit }: { least: number; most?: number | undefined; unit: string },
    printed: string,
    clause: string,
  ) =>
    `${title}：${have === undefined ? '记录里没有这个数' : `现在${shown(have)}${unit}`}，目标${most === undefined ? `不少于${least}` : `${least}—${most}`}${unit}（${printed}，${clause}）`,
  places: (count: number, kind: 'community' | 'village', organizations: number) =>
    `${count}个${kind === 'community' ? '社区' : '村'}共${organizations}家`,
  total: (total: number) => `备案有效的一共${total}家。`,
  streetLevel: (count: number) => `其中街道（镇）层面的${count}家，不算在社区（村）里。`,
  lapsed: (count: number) => `备案已经到期的${count}家，没有算进去。`,
  unclear: '登记的组织算不算，文件没有写，这里只算备案的。',
  due: (quarter: string, count: number, months: readonly { month: string; count: number }[]) =>
    `${quarterInWords(quarter)}到期${count}家：${months.map((one) => `${monthInWords(one.month)}${one.count}`).join('、')}。`,
  each: '各处现在有：',
  one: (name: string, count: number) => `${name}${count}`,
  average: (name: string, average: number) => `${name}平均${shown(average)}`,
  noRight: '您没有看这个的权限（无权）。要开通请找区民政局。',
  picture: '图在下面。',
  fileName: (where: string, day: Day) => `${where}社会组织数量${day}.png`,

  chartTitle: (where: string) => `${where} 社区社会组织`,
  chartTotal: (day: Day, total: number) => `${inChinese(day)}，备案有效${total}家`,
  chartMarks: (urban: number | undefined, rural: number | undefined, printed: string) =>
    `黑线是方案的目标：${[
      ...(urban === undefined ? [] : [`城市社区平均${urban}家`]),
      ...(rural === undefined ? [] : [`村平均${rural}家`]),
    ].join('，')}（${printed}）`,
  chartEach: '每个社区（村）几家',
  chartAverage: '每个社区（村）平均几家',
  chartDue: (quarter: string, count: number) => `${quarterInWords(quarter)}到期：${count}家`,
  chartMonth: monthInWords,
  chartKind: (street: string, kind: 'community' | 'village') =>
    `${street} ${kind === 'community' ? '社区' : '村'}`,
  chartFoot: '按街道名册的次序排列，只是情况，不是排名。',

  tableTitle: (place: string) => `${place}社区社会组织备案数量`,
  tableNote: (day: Day, total: number, lapsed: number, ending: number, quarter: string) =>
    `${inChinese(day)}　备案有效${total}家，已经到期${lapsed}家，${quarterInWords(quarter)}到期${ending}家。按名册次序，不是排名。`,
  tableStreetLevel: '街道（镇）层面',

  ofPlace: (place: string, lines: readonly string[]) => `${place}，${lines.join('\n')}`,
  monthly: (total: number, due: number) => `本月情况：备案有效${total}家，本季度到期${due}家，看下面的图。`,
} as const
