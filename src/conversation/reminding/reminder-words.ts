import { inChinese, type Day } from '../../clock.ts'
import type { ReminderAnswer } from '../../reminders/matter.ts'

const MOST_NAMES = 12

const weekday = (day: Day): string => '日一二三四五六'.charAt(new Date(`${day}T00:00:00Z`).getUTCDay())

/** 11月30日 */
const short = (day: Day): string => inChinese(day).slice(5)

/** 11月 of 2026-11, 第四季度 of 2026-Q4. */
const periodInWords = (period: string): string =>
  period.includes('Q') ? `第${'一二三四'[Number(period.at(-1)) - 1]}季度` : `${Number(period.slice(5, 7))}月`

const names = (list: readonly string[]): string => {
  const shown = list.slice(0, MOST_NAMES).join('、')
  return list.length > MOST_NAMES ? `${shown}等${list.length}家` : shown
}

export type Item = { name: string; last: Day; days: number }

const named = (items: readonly Item[]): string => names(items.map(({ name }) => name))

/** Every sentence of reminders. */
export const words = {
  /** `before`: the working day before it, where it falls on a holiday and that day has not passed. */
  lastDay: (last: Day, before?: Day) =>
    before === undefined ? short(last) : `${short(last)}，那天放假，请${short(before)}办好`,
  one: '提醒您一件事：',
  several: (count: number) => `今天有${count}件事提醒您：`,
  help: '需要您帮个忙：',
  late: '（这条晚到了，请见谅。）',
  lines: {
    /** `by` as printed, 每月25日前; whether the 25th itself counts it leaves open. */
    ledger: (period: string, by: string, last: string, places: readonly string[] = []) =>
      `${places.length > 0 ? `${names(places)}的` : ''}${periodInWords(period)}备案台账，${by}报区民政局，最晚${last}。草稿已经做好，看过没有问题回复“确认报送”，没有变动回复“无变化”。`,
    monthlyReport: (period: string, items: readonly Item[], last: Day) =>
      `${named(items)}的${periodInWords(period)}月报，每月底报给社区和孵化机构，最晚${short(last)}。回复“月报”，三个问题就报好；没有活动回复“无活动”；已经交给社区的回复“已办好”。`,
    incubatorReport: (period: string, last: string, places: readonly string[], isProposal: boolean) =>
      `${names(places)}${periodInWords(period)}的孵化月报，报区民政局和街道，最晚${last}${isProposal ? '（每月几日文件没写，先按这一天）' : ''}。各组织报的已经汇总好，回复“孵化月报”，三个问题就报好；没有新情况回复“无新情况”。`,
    inspection: (period: string, last: Day) =>
      `${periodInWords(period)}的实地检查（每季度1次），最晚${short(last)}做完。看去哪里、记结果回复“巡检”；不在这里记的，做完了回复“已办好”。`,
    validity: (items: readonly Item[]) =>
      `${items.map(({ name, last, days }) => `${name}的备案有效期到${inChinese(last)}，还有${days}天`).join('；')}。到期要重新备案，现在就可以办，回复“续期”。`,
    lapsed: (items: readonly Item[]) =>
      `${items.map(({ name, last }) => `${name}的备案${inChinese(last)}已经到期`).join('；')}。要继续活动请重新备案，回复“续期”。`,
    expiring: (items: readonly Item[]) =>
      `快到期或已到期的备案${items.length}家：${names(items.map(({ name, last }) => `${name}（${short(last)}）`))}。请告诉负责人到期要重新备案，回复“到期”看名单。`,
    draft: (items: readonly Item[]) =>
      `您${items[0]?.name ? `给${items[0].name}` : ''}填的备案表还没填完，都保存着。接着填回复“继续”，不办了回复“取消”。`,
    returned: (items: readonly Item[]) => `${named(items)}的备案退回补正，还没有交回。现在改回复“继续”。`,
    cases: (items: readonly Item[]) => `有${items.length}件备案等您看：${named(items)}。回复“待办”。`,
    other: (title: string, last: Day) => `${title}，最晚${short(last)}完成。`,
  },
  helps: {
    ledger: (period: string, places: readonly string[]) =>
      `${names(places)}的${periodInWords(period)}台账还没收到，能不能帮忙问一问？`,
    /** Nobody of the street could be told. */
    ledgerUntold: (period: string, last: Day, places: readonly string[]) =>
      `${names(places)}还没有经办人的账号，收不到提醒。${periodInWords(period)}备案台账最晚${short(last)}报，请打电话告诉一声。`,
    monthlyReport: (period: string, items: readonly Item[]) =>
      `${named(items)}的${periodInWords(period)}月报还没收到，可能需要您打个电话帮一下。不方便的，可以替他们报：先回复“月报 名单”，再回复“代报 1”。`,
    unreachable: (items: readonly Item[]) => `${named(items)}的负责人联系不上，请打电话或当面告诉一声：`,
    declined: (items: readonly Item[]) => `${named(items)}的负责人不收机器人的消息，请打电话或当面告诉一声：`,
    asked: (items: readonly Item[]) => `${named(items)}请您帮忙办：`,
    notMine: (items: readonly Item[]) => `${named(items)}的这件事换了人负责，请问一问现在找谁：`,
    reportFor: (period: string, last: Day) =>
      `${periodInWords(period)}月报，最晚${short(last)}报。他们不方便的，可以替他们报：先回复“月报 名单”，再回复“代报 1”。`,
    ledgerFor: (period: string, last: Day) =>
      `${periodInWords(period)}备案台账，最晚${short(last)}报。报了没有，回复“台账”看。`,
    incubatorFor: (period: string, last: Day) =>
      `${periodInWords(period)}的孵化月报，最晚${short(last)}报。各组织报了什么，回复“月报 名单”看。`,
    /** Somebody of an office asks, or hands on, what belongs to others. */
    byOffice: {
      asked: (items: readonly Item[]) => `${named(items)}的事，经办的人请您帮一把：`,
      notMine: (items: readonly Item[]) => `${named(items)}的事，经办的人说不归自己管，请问一问现在找谁：`,
    },
    returned: (items: readonly Item[]) =>
      `${named(items)}的备案退回补正，好些天没有交回，可能需要您打个电话帮一下。`,
    lying: (items: readonly Item[]) => `${named(items)}的备案等着看有一阵子了，请帮忙问一问。`,
    other: (title: string, items: readonly Item[]) => `${named(items)}的${title}还没有做完，看看需要帮什么。`,
  },
  /** What whose leader is to be told, without the names. */
  helpsAbout: {
    validity: '备案到期要重新备案，现在就可以办。看名单回复“到期”。',
    lapsed: '备案已经到期，要继续活动请重新备案。看名单回复“到期”。',
    draft: '备案表还没填完，都保存着，可以接着填。',
    returned: '备案退回补正，还没有交回。',
    communityCase: '备案还等着看。',
    streetCase: '备案还等着看。',
  } as Readonly<Record<string, string>>,
  /** 合唱团（12月1日到期） */
  withLastDay: (item: Item): Item => ({ ...item, name: `${item.name}（${short(item.last)}到期）` }),
  news: (duty: string, period: string, title: string, who: readonly string[]) => {
    const what =
      { ledger: '备案台账', monthlyReport: '月报', incubatorReport: '孵化月报' }[duty] ?? `“${title}”`
    const more =
      duty === 'ledger'
        ? '看还差谁回复“台账”。'
        : duty === 'monthlyReport'
          ? '看内容和还差谁回复“月报 名单”。'
          : duty === 'incubatorReport'
            ? '看内容回复“月报 汇总”。'
            : ''
    return `收到${names(who)}的${periodInWords(period)}${what}。${more}`
  },
  /** What the bureau found on the spot, to the community and the street. */
  toMend: (period: string, items: readonly string[]) =>
    `区民政局${periodInWords(period)}实地检查，有要整改的，请帮着改好：${items.join('；')}。改好了请告诉区民政局。`,
  mend: (name: string, what: string) => `${name}：${what}`,
  tail: (count: number, toOffice: boolean) =>
    `办好了回复“已办好”，晚几天回复“过几天”，要人帮忙回复“${toOffice ? words.askAbove : words.buttons.help}”，不归您管回复“不是我负责”。${count > 1 ? '我会问是哪一件。' : ''}`,
  everyMonthBefore: (day: number) => `每月${day}日前`,
  noActivity: '无活动',
  noNews: '无新情况',
  /** What 请社区帮我 is to an office. */
  askAbove: '请上级帮我',
  cardTitle: '这件事怎么样了？',
  ledgerCardTitle: (period: string) => `${periodInWords(period)}备案台账，现在报送吗？`,
  buttons: {
    now: '现在就办',
    done: '已办好',
    later: '过几天',
    help: '请社区帮我',
    notMine: '不是我负责',
    close: '确认报送',
    nothing: '无变化',
  } satisfies Record<ReminderAnswer | 'now' | 'close' | 'nothing', string>,
  /** Behind 过几天, never shown: a day they named. */
  until: (day: Day) => `到${day}`,
  clicked: (answer: string | undefined): string =>
    Object.entries(words.buttons).find(([key]) => key === answer)?.[1] ?? '',
  answered: {
    done: (what: string) => `好的，记下了：${what}，已办好。`,
    /** An office has told the leader; whether it is done, the record says. */
    told: (until: Day, what: string) =>
      `好的，记下了：${what}，已经告诉负责人。到${short(until)}还没有重新备案，再告诉您。`,
    later: (until: Day, what: string) => `好的，${what}，周${weekday(until)}${short(until)}再提醒您。`,
    /** After the third there is no other. */
    laterNoMore: (what: string) =>
      `好的，${what}先放着。已经提醒过三次，不再另外提醒了，办好了回复“已办好”。`,
    help: '好的，已经告诉社区，会有人帮您。',
    officeHelp: '好的，会告诉上一级，请他们帮忙。',
    notMine: '好的，以后这件事不再提醒您，请社区另外找人。',
  },
  how: {
    ledger: '看草稿回复“台账 本月”，没有问题回复“确认报送”。',
    inspection: '回复“巡检”看名单，看完一家记一家。',
    validity: '回复“续期”，从原来的备案开始办。',
    lapsed: '回复“续期”，从原来的备案开始办。',
    draft: '回复“继续”，接着上次的填。',
    returned: '回复“继续”，改要改的那几处。',
    communityCase: '回复“待办”看名单。',
    streetCase: '回复“待办”看名单。',
  } as Readonly<Record<string, string>>,
  howOther: '办好了回复“已办好”就行。',
  howHelper: '请打电话或者当面告诉负责人，看要帮什么。告诉过了，回复“已办好”。',
  nothingOpen: '现在没有等您办的提醒。',
  which: (lines: readonly string[]) =>
    ['是哪一件？', ...lines.map((line, index) => `${index + 1}. ${line}`), '回复前面的数字。'].join('\n'),
  group: (place: string, lines: readonly string[]) =>
    [`${place}，今天的提醒：`, ...lines, '点开和备案助手的单聊就能办，不用在群里回。'].join('\n'),
  groupReports: (period: string, count: number, last: Day) =>
    `${periodInWords(period)}月报（最晚${short(last)}）还差${count}家。`,
  groupLedger: (period: string, last: string) => `${periodInWords(period)}备案台账（最晚${last}）还没报。`,
  groupIncubator: (period: string, last: string) =>
    `孵化机构（社工站）的${periodInWords(period)}孵化月报（最晚${last}）还没报。`,
  /** Of yesterday, or of the day given. */
  morning: (
    day: Day | undefined,
    { due, sent, unknown, failed, late }: Record<'due' | 'sent' | 'unknown' | 'failed' | 'late', number>,
  ) =>
    [
      `${day === undefined ? '昨日' : short(day)}应发${due}`,
      `已达${sent}`,
      ...(unknown > 0 ? [`未知${unknown}`] : []),
      ...(failed > 0 ? [`没发成${failed}`] : []),
      ...(late > 0 ? [`今天补发${late}`] : []),
    ].join('，') + '。',
  nobody: (count: number) => `有${count}条提醒找不到收的人，请在人员名单里补上。`,
  unknownYear: (year: string) => `${year}年放假安排还没录入，按周一至周五暂算，请核对。`,
  comingYear: (year: string) => `${year}年放假安排还没录入，公布以后请录入。`,
  noRegional: (year: string) => `${year}年广西“三月三”放假还没录入，请照自治区通知录入。`,
} as const
