import { dayOf, inChinese, timeOf } from '../clock.ts'
import type { Table } from './make-table.ts'
import { monthInChinese } from './monthly-ledger.ts'

/** One organization and what it reported. */
export type CollectedReport = {
  street: string
  community: string
  name: string
  /** What was handed in. */
  report?: {
    at: string
    nothing: boolean
    activities: number
    photos: number
    said: Readonly<Record<string, string>>
  }
  /** It was said to be with the community. */
  onPaper: boolean
  /** Activities of each month of the year up to this one, the first is January. */
  byMonth: readonly number[]
  /** How many there should be at least in the year (附件5八2). */
  least: number
}

const time = (at: string): string => `${inChinese(dayOf(new Date(at)))}${timeOf(new Date(at))}`

/** The reports of a month (附件5八3), and the activities of the year against what 附件5八2 asks for. */
export function reportTables(
  of: { place: string; month: string; taken: string },
  questions: readonly { id: string; label: string }[],
  reports: readonly CollectedReport[],
): Table[] {
  const { place, month, taken } = of
  const title = `${place}社区社会组织月报汇总`
  const reported = reports.filter((one) => one.report !== undefined || one.onPaper).length
  const active = reports.filter(({ report }) => (report?.activities ?? 0) > 0).length
  const activities = reports.reduce((sum, { report }) => sum + (report?.activities ?? 0), 0)
  const notes = [
    `${monthInChinese(month)}　共${reports.length}家，报了${reported}家，没报${reports.length - reported}家；开展活动的${active}家，共${activities}场。`,
    taken,
  ]
  return [
    {
      sheet: '月报',
      title,
      notes,
      columns: [
        ...PLACE,
        { title: '报送', width: 12 },
        { title: '活动（场）', width: 12 },
        ...questions.map(({ label }) => ({ title: label, width: 36 })),
        { title: '照片（张）', width: 12 },
        { title: '报送时间', width: 22 },
      ],
      rows: reports.map((one, index) => [
        ...placeOf(one, index),
        stateOf(one),
        one.report ? String(one.report.activities) : '',
        ...questions.map(({ id }) => one.report?.said[id] ?? ''),
        one.report && one.report.photos > 0 ? String(one.report.photos) : '',
        one.report ? time(one.report.at) : '',
      ]),
    },
    activityTable(`${place}社区社会组织活动场数`, month, taken, reports),
  ]
}

function activityTable(
  title: string,
  month: string,
  taken: string,
  reports: readonly CollectedReport[],
): Table {
  const months = Array.from({ length: Number(month.slice(5)) }, (_, index) => index)
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
  const short = reports.filter(({ byMonth, least }) => sum(byMonth) < least).length
  const totals = months.map((at) => sum(reports.map(({ byMonth }) => byMonth[at] ?? 0)))
  return {
    sheet: '活动场数',
    title,
    notes: [
      `${month.slice(0, 4)}年1月至${Number(month.slice(5))}月，按月报里报的场数。还没有达到的${short}家。`,
      '“至少”是附件5八2的要求：重点街道不少于3场，其他不少于1场。那是2022年12月前的指标，这里按本年对照，供参考。',
      taken,
    ],
    columns: [
      ...PLACE,
      ...months.map((at) => ({ title: `${at + 1}月`, width: 6 })),
      { title: '合计', width: 8 },
      { title: '至少', width: 8 },
      { title: '还差', width: 8 },
    ],
    rows: [
      ...reports.map((one, index) => {
        const total = sum(one.byMonth)
        return [
          ...placeOf(one, index),
          ...months.map((at) => String(one.byMonth[at] ?? 0)),
          String(total),
          String(one.least),
          String(Math.max(0, one.least - total)),
        ]
      }),
      ['', '合计', '', '', ...totals.map(String), String(sum(totals)), '', ''],
    ],
  }
}

const PLACE = [
  { title: '序号', width: 6 },
  { title: '街道（镇）', width: 12 },
  { title: '社区/村', width: 14 },
  { title: '名称', width: 40 },
]

const placeOf = ({ street, community, name }: CollectedReport, index: number): string[] => [
  String(index + 1),
  street,
  community,
  name,
]

const stateOf = ({ report, onPaper }: CollectedReport): string =>
  report ? (report.nothing ? '已报，无活动' : '已报') : onPaper ? '说已交社区' : '没报'
