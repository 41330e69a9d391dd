import { dayOf, inChinese, timeOf } from '../../clock.ts'

const lines = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('\n')

/** 2026年11月 */
const inWords = (month: string): string => inChinese(`${month}-01`).replace(/1日$/, '')

const time = (at: string): string => `${inChinese(dayOf(new Date(at))).slice(5)}${timeOf(new Date(at))}`

type Told = { label: string; text: string }[]

const sheet = (told: Told, activities: number | undefined, photos: number | undefined): string =>
  lines(
    ...told.map(({ label, text }) => `${label}：${text}`),
    activities !== undefined && `活动：${activities}场`,
    photos !== undefined && photos > 0 && `照片：${photos}张（照片本身没有保存）`,
  )

/** Every sentence about the monthly report of an organization. */
export const reportWords = {
  which: (names: readonly string[]) =>
    lines('是哪一个组织？', ...names.map((name, index) => `${index + 1}. ${name}`), '回复前面的数字。'),
  begin: (name: string, month: string, questions: number) =>
    `${name}，报${inWords(month)}的月报，${questions}个问题。没有活动、没有新情况，直接回复“无活动”就报好了。`,
  replaces: (at: string) => `这个月的${time(at)}已经报过，再报一次就换成新的。`,
  lastMonth: (told: Told, activities: number | undefined) =>
    lines('上个月报的是：', sheet(told, activities, 0)),
  lastMonthNothing: '上个月报的是：无活动。',
  question: (number: number, of: number, label: string, ask: string) => `${number}/${of}【${label}】${ask}`,
  howMany: '一共搞了几场？请回复一个数字。',
  nothing: '无活动',
  cardTitle: (month: string) => `${inWords(month)}月报`,
  done: (name: string, month: string, told: Told, activities: number, photos: number) =>
    lines(
      `收到，${name}${inWords(month)}的月报报好了：`,
      sheet(told, activities, photos),
      '所属社区和孵化机构看得到。要改，回复“月报”再报一次，会换成新的。',
    ),
  doneNothing: (name: string, month: string) =>
    `收到，${name}${inWords(month)}的月报已登记：无活动，没有新情况。这个月不再提醒。其实搞了活动的，回复“月报”再报一次，会换成新的。`,
  dropped: '好，没有报。要报的时候回复“月报”。',
  none: '没有',
  tooLong: (most: number) => `太长了，请说短一点，最多${most}个字。`,
  personal: '月报里不要写电话、身份证号和家庭住址。请去掉再说一遍。',
  photo: (count: number) => `记下了，有${count}张照片。照片我不保存，请自己留好，社区要看时再给。`,
  future: (month: string) => `${inWords(month)}还没有到。`,
  tooOld: (month: string) => `${inWords(month)}太早了，请直接告诉社区。`,
  // 社区、孵化机构、街道、区民政局看的
  list: (month: string, reported: number, missing: number) =>
    `${inWords(month)}月报：报了${reported}家，没报${missing}家。`,
  reported: '报了的：',
  missing: '没报的：',
  line: (name: string, nothing: boolean, activities: number | undefined, text: string) =>
    nothing ? `${name}：无活动` : `${name}：${activities ?? 0}场${text === '' ? '' : `，${text}`}`,
  saidDone: (name: string) => `${name}：说已经交给社区`,
  more: (count: number) => `……还有${count}家。`,
  collect: '要汇总表回复“月报 汇总”。看别的月份加上月份，例如“月报 名单 10月”。',
  nobodyThere: '您负责的地方还没有备案的组织。',
  collected: (month: string, reported: number, all: number) =>
    `${inWords(month)}月报汇总在下面：${all}家里报了${reported}家。活动场数和附件5的要求对照在第二张表。`,
  fileName: (month: string) => `${inWords(month)}月报汇总.xlsx`,
  taken: (month: string) => `${inWords(month)}月报汇总`,
} as const
