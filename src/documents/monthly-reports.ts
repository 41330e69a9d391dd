import { dayOf, inChinese, timeOf } from '../clock.ts'
import type { Table } from './make-table.ts'
import { monthInChinese } from './monthly-ledger.ts'
import { printable } from './printable.ts'
import type { Values } from './values.ts'

/** What was handed in. */
export type HandedIn = {
  at: string
  nothing: boolean
  activities: number
  photos: number
  said: Readonly<Record<string, string>>
}

/** The incubator of a street, or of the whole district, and what it reported (附件5七3). */
export type IncubatorReport = { place: string; report?: HandedIn }

/** One organization and what it reported. */
export type CollectedReport = {
  street: string
  community: string
  name: string
  report?: HandedIn
  /** It was said to be with the community. */
  onPaper: boolean
  /** Activities of each month of the year up to this one, the first is January. */
  byMonth: readonly number[]
  /** How many there should be at least in the year (附件5八2). */
  least: number
}

const time = (at: string): string => `${inChinese(dayOf(new Date(at)))}${timeOf(new Date(at))}`

/** All that was reported for a month somewhere, and what was asked for it. */
export type Collected = {
  place: string
  month: string
  /** Who took it away, and when. */
  taken: string
  questions: Questions
  reports: readonly CollectedReport[]
  /** What the incubators were asked, and what those reported whose whole street is within it. */
  incubatorQuestions: Questions
  incubators: readonly IncubatorReport[]
}
type Questions = readonly { id: string; label: string }[]

/** The reports of a month (附件5八3, 七3), and the activities of the year against what 附件5八2 asks for. */
export function reportTables(collected: Collected): Table[] {
  const { place, month, taken, questions, reports, incubators } = collected
  const notes = [summaryOf(collected), taken]
  return [
    {
      sheet: '月报',
      title: titleOf(collected),
      notes,
      columns: [
        ...PLACE,
        { title: '报送', width: 10 },
        { title: '活动（场）', width: 11 },
        ...questions.map(({ label }) => ({ title: label, width: 28 })),
        { title: '照片（张）', width: 11 },
        { title: '报送时间', width: 14 },
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
    ...(incubators.length > 0 ? [incubatorTable(collected)] : []),
    activityTable(`${place}社区社会组织活动场数`, month, taken, reports),
  ]
}

const titleOf = ({ place }: Collected): string => `${place}社区社会组织月报汇总`

function summaryOf({ month, reports }: Collected): string {
  const reported = reports.filter(isIn).length
  const active = reports.filter(({ report }) => (report?.activities ?? 0) > 0).length
  const activities = reports.reduce((sum, { report }) => sum + (report?.activities ?? 0), 0)
  return `${monthInChinese(month)}　共${reports.length}家，报了${reported}家，没报${reports.length - reported}家；开展活动的${active}家，共${activities}场。`
}

const incubatorTable = ({ place: of, month, taken, incubatorQuestions, incubators }: Collected): Table => ({
  sheet: '孵化机构',
  title: `${of}孵化机构（社工站）动态及服务成果`,
  notes: [monthInChinese(month), taken],
  columns: [
    { title: '序号', width: 6 },
    { title: '所在地', width: 14 },
    { title: '报送', width: 14 },
    ...incubatorQuestions.map(({ label }) => ({ title: label, width: 36 })),
    { title: '报送时间', width: 14 },
  ],
  rows: incubators.map(({ place, report }, index) => [
    String(index + 1),
    place,
    report ? (report.nothing ? NOTHING_NEW : '已报') : '没报',
    ...incubatorQuestions.map(({ id }) => report?.said[id] ?? ''),
    report ? time(report.at) : '',
  ]),
})

const NOTHING_NEW = '无新情况'

/**
 * What the Word file of the pack says of the same: a report to the bureau, with the questions under each other. Who
 * did not report stands below, so that what was reported is not lost among them.
 */
export function reportValues(collected: Collected): Values {
  const { taken, questions, incubatorQuestions, incubators } = collected
  const reports = collected.reports.filter(isIn)
  const missing = collected.reports.filter((one) => !isIn(one))
  const [ofOrganizations = '', ofMissing = ''] = incubators.length > 0 ? ['二', '三'] : ['一', '二']
  return {
    标题: titleOf(collected),
    概况: summaryOf(collected),
    汇总人: taken,
    孵化部分: incubators.length > 0 ? [{}] : [],
    孵化机构: incubators.map(({ place, report }) => ({
      所在地: place,
      动态及服务成果: !report
        ? '没报'
        : report.nothing
          ? NOTHING_NEW
          : saidIn(report.said, incubatorQuestions),
    })),
    组织节: ofOrganizations,
    组织: reports.map((one, index) => ({
      序号: String(index + 1),
      所在地: one.street + one.community,
      名称: one.name,
      活动: one.report ? String(one.report.activities) : '',
      内容: one.report && !one.report.nothing ? saidIn(one.report.said, questions) : stateOf(one),
    })),
    没报部分: missing.length > 0 ? [{}] : [],
    没报节: ofMissing,
    没报家数: String(missing.length),
    没报: [...new Set(missing.map(whereIs))].map((place) => ({
      所在地: place,
      名单: missing
        .filter((one) => whereIs(one) === place)
        .map(shortName)
        .join('、'),
    })),
  }
}

const whereIs = ({ street, community }: CollectedReport): string => street + community

/** The name without the place it begins with. */
function shortName(one: CollectedReport): string {
  const [, own = ''] = one.name.split(whereIs(one))
  return own === '' ? one.name : own
}

const isIn = ({ report, onPaper }: CollectedReport): boolean => report !== undefined || onPaper

const saidIn = (said: HandedIn['said'], questions: Questions): string =>
  printable(
    questions
      .flatMap(({ id, label }) => (said[id] === undefined ? [] : [`${label}：${said[id]}`]))
      .join('\n'),
  )

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
  { title: '街道（镇）', width: 10 },
  { title: '社区/村', width: 12 },
  { title: '名称', width: 26 },
]

const placeOf = ({ street, community, name }: CollectedReport, index: number): string[] => [
  String(index + 1),
  street,
  community,
  name,
]

const stateOf = ({ report, onPaper }: CollectedReport): string =>
  report ? (report.nothing ? '已报，无活动' : '已报') : onPaper ? '说已交社区' : '没报'
