import { dayOf, inChinese, timeOf } from '../../clock.ts'
import type { ReportForm } from '../../reminders/report-forms.ts'

const lines = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('\n')

/** 2026年11月 */
const inWords = (month: string): string => inChinese(`${month}-01`).replace(/1日$/, '')

const time = (at: string): string => `${inChinese(dayOf(new Date(at))).slice(5)}${timeOf(new Date(at))}`

const MOST_NAMED = 6

/** （解放街道、雅儒街道等8个） */
const names = (list: readonly string[]): string => {
  if (list.length === 0) return ''
  const more = list.length > MOST_NAMED ? '等' : ''
  return `（${list.slice(0, MOST_NAMED).join('、')}${more}）`
}

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
  /** 解放街道孵化机构（社工站） */
  incubator: (street: string) => `${street}孵化机构（社工站）`,
  begin: (name: string, month: string, { word, questions, nothing }: ReportForm) =>
    `${name}，报${inWords(month)}的${word}，${questions.length}个问题。没有什么要报的，直接回复“${nothing[0]}”就报好了。`,
  helping: '您替他们报，会记下是您报的。请照负责人说的写。',
  helpWhom: (said: string) =>
    `没有认出“${said}”是哪一家。先回复“月报 名单”，再说“代报”加前面的数字，或者加组织名称。`,
  gathered: '各组织报上来的，汇总好在下面，先看一眼再报。',
  replaces: (at: string) => `这个月的${time(at)}已经报过，再报一次就换成新的。`,
  lastMonth: '上个月报的是',
  reportedSo: '报的是',
  told: (as: string, told: Told, activities: number | undefined) =>
    lines(`${as}：`, sheet(told, activities, 0)),
  toldNothing: (as: string, { nothing }: ReportForm) => `${as}：${nothing[0]}。`,
  toldBefore: (name: string, month: string, at: string, again: string, { word, nothing }: ReportForm) =>
    `${name}${inWords(month)}的${word}${time(at)}已经报好，没有改成“${nothing[0]}”。真的要改，先回复“${again}”，再回复“${nothing[0]}”。`,
  noLastMonth: '上个月没有报过，请用自己的话说一说。',
  plainly: '用自己的话说一两句就行，不用写得好。',
  countPlainly: '把这个月搞的活动数一数，例如回复“2”。没搞就回复“0”。',
  question: (number: number, of: number, label: string, ask: string) => `${number}/${of}【${label}】${ask}`,
  howMany: '一共搞了几场？请回复一个数字。',
  cardTitle: (month: string, { word }: ReportForm) => `${inWords(month)}${word}`,
  /** `again` is what is said to report anew. */
  done: (
    name: string,
    month: string,
    again: string,
    { word, readers }: ReportForm,
    told: Told,
    activities: number | undefined,
    photos: number,
  ) =>
    lines(
      `收到，${name}${inWords(month)}的${word}报好了：`,
      sheet(told, activities, photos),
      `${readers}看得到。要改，回复“${again}”再报一次，会换成新的。`,
    ),
  doneNothing: (name: string, month: string, again: string, { word, nothing }: ReportForm) =>
    `收到，${name}${inWords(month)}的${word}已登记：${nothing[0]}。这个月不再提醒。其实有要报的，回复“${again}”再报一次，会换成新的。`,
  dropped: ({ word }: ReportForm) => `好，没有报。要报的时候回复“${word}”。`,
  none: '没有',
  tooLong: (most: number) => `太长了，请说短一点，最多${most}个字。`,
  personal: '月报里不要写电话、身份证号和家庭住址。请去掉再说一遍。',
  photo: (count: number) => `记下了，有${count}张照片。照片我不保存，请自己留好，社区要看时再给。`,
  photoAfter: (month: string, { word }: ReportForm, count: number) =>
    `记下了，算进刚报的${inWords(month)}${word}，有${count}张照片。照片我不保存，请自己留好，社区要看时再给。`,
  photoOfNothing: (month: string, { word, nothing }: ReportForm) =>
    `照片没有记：刚报的${inWords(month)}${word}是“${nothing[0]}”。其实有活动的，回复“${word}”再报一次，照片那时再发。`,
  future: (month: string) => `${inWords(month)}还没有到。`,
  tooOld: (month: string) => `${inWords(month)}太早了，请直接告诉社区。`,
  // 社区、孵化机构、街道、区民政局看的
  list: (month: string, reported: number, missing: number) =>
    `${inWords(month)}月报：报了${reported}家，没报${missing}家。`,
  reported: '报了的：',
  missing: '没报的：',
  countAt: (street: string, count: number) => `${street}：差${count}家`,
  ofOnePlace: '看一个地方的回复“月报 名单”加地名。',
  helpHow: '负责人自己不方便报的，可以替他报：回复“代报 1”。',
  line: (name: string, nothing: boolean, activities: number | undefined, text: string) =>
    nothing ? `${name}：无活动` : `${name}：${activities ?? 0}场${text === '' ? '' : `，${text}`}`,
  saidDone: (name: string) => `${name}：说已经交给社区`,
  more: (count: number) => `……还有${count}家。`,
  collect: '要汇总回复“月报 汇总”。看别的月份加上月份，例如“月报 名单 10月”。',
  incubators: (reported: readonly string[], missing: readonly string[]) =>
    `孵化机构（社工站）的动态：报了${reported.length}个${names(reported)}，没报${missing.length}个${names(missing)}。`,
  ownMissing: ({ word }: ReportForm, month: string) =>
    `您${inWords(month)}的${word}还没报给区民政局，要报回复“${word}”。`,
  nobodyThere: (month: string) => `您负责的地方，${inWords(month)}没有要报月报的组织。`,
  collected: (month: string, reported: number, all: number) =>
    `${inWords(month)}月报汇总在下面：${all}家里报了${reported}家。Word是上报用的，Excel里还有活动场数和附件5的要求对照。`,
  fileName: (month: string, format: string) => `${inWords(month)}月报汇总.${format}`,
  taken: (month: string) => `${inWords(month)}月报汇总`,
  draftNoted: (month: string) => `提醒时附上${inWords(month)}月报汇总`,
} as const
