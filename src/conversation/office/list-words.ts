import { inChinese, timeOf, dayOf, type Day } from '../../clock.ts'
import type { Help } from '../../reminders/sent.ts'

const MOST_NAMES = 12

/** 11月30日 */
export const short = (day: Day): string => inChinese(day).slice(5)

const WEEKDAYS = '日一二三四五六'

const withWeekday = (day: Day): string =>
  `${short(day)}（周${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]}）`

/** 11月 of 2026-11, 第四季度 of 2026-Q4, 2026年 of 2026, nothing of what has no period. */
export const periodInWords = (period: string): string => {
  if (/^\d{4}$/.test(period)) return `${period}年`
  if (/^\d{4}-Q\d$/.test(period)) return `第${'一二三四'[Number(period.at(-1)) - 1]}季度`
  return /^\d{4}-\d\d$/.test(period) ? `${Number(period.slice(5, 7))}月` : ''
}

/** The title of a duty without what stands in brackets. */
const plain = (title: string): string => title.replace(/（.*$/, '')

/** What a reminder is about where its title is too long for a line. */
const SHORT: Readonly<Record<string, string>> = {
  validity: '备案快到期',
  lapsed: '备案已到期',
  draft: '没填完的表',
  returned: '退回补正',
  communityCase: '待办',
  streetCase: '待办',
}

const TO_DO = {
  noApp: { why: '机器人还没有接企业微信应用，私信发不出', todo: '请运维接好应用' },
  noRobot: { why: '群里的推送机器人没有了', todo: '请在群里重新添加，再更新名单' },
  notVisible: {
    why: '企业微信里找不到这个人，或者应用对他不可见',
    todo: '请打电话告诉他，并请管理员放开可见范围',
  },
  tooMany: { why: '企业微信限制了发送次数', todo: '机器人会自己再发' },
  address: { why: '企业微信没有放行机器人的地址或密钥', todo: '请运维检查设置' },
  broken: { why: '发的时候网络断了，不知道对方收到没有', todo: '要紧的事请打电话问一声' },
  late: { why: '一整天没发出去，过了当天就不发了', todo: '第二天会按当天的情况再发' },
  refused: { why: '企业微信没有收', todo: '请打电话告诉他，并请运维看一看' },
} as const

/** Why something did not arrive and what to do, from what the sender noted for the operator. */
function whyNot(problem: string): { why: string; todo: string } {
  const code = Number(/^WecomError: (-?\d+)/.exec(problem)?.[1] ?? 0)
  if (problem === 'its day is over') return TO_DO.late
  if (/no app is configured/.test(problem)) return TO_DO.noApp
  if (/push robot/.test(problem) || [93000, 93004, 93006, 93008].includes(code)) return TO_DO.noRobot
  if ([81013, 60111, 40003].includes(code)) return TO_DO.notVisible
  if (code === 45009) return TO_DO.tooMany
  if ([60020, 40001, 40013, 40014, 42001, 48002].includes(code)) return TO_DO.address
  return problem.startsWith('NetworkError') ? TO_DO.broken : TO_DO.refused
}

/** Every sentence of the lists of staff. */
export const listWords = {
  page: (page: number, pages: number) =>
    `第${page}页，共${pages}页。${page < pages ? '回复“下一页”接着看。' : ''}`,
  notYours: '这个地方不归您管（无权）。',
  noSuchPlace: (said: string) => `没有找到“${said}”这个地方。请写街道（镇）或社区（村）的名字。`,
  notOnPage: (number: number) => `这一页没有第${number}条。请先回复“谁没交”，翻到那一页再说。`,
  title: (title: string, period: string) => `${periodInWords(period)}${plain(title)}`,

  owing: (day: string, where: string) => `谁没交（${where}，${day}）：`,
  owingHead: (title: string, last: Day, days: number, open: string, of: string) =>
    `${title}，最晚${short(last)}，${days < 0 ? `已过${-days}天` : days === 0 ? '今天到期' : `还有${days}天`}：差${open}，应交${of}`,
  allIn: (title: string, of: string) => `${title}：${of}都交了。`,
  count: (count: number, organizations: boolean) => `${count}${organizations ? '家' : '个'}`,
  countAt: (place: string, count: number) => `${place}：差${count}家`,
  saidDone: (name: string, who: string) => `${name}（${who}）`,
  saidDoneList: (said: readonly string[]) =>
    `口头说已经办好的：${said.slice(0, MOST_NAMES).join('、')}${said.length > MOST_NAMES ? `等${said.length}家` : ''}`,
  leader: '负责人',
  markDone: '哪一条其实办好了，回复“已完成”加前面的数字。',
  ofOnePlace: '看一个地方的名单，回复“谁没交”加地名。办好了的，回复“已完成”加数字。',
  doneBefore: '这一条已经记为办好了。',
  ofWhom: (name: string, title: string) => `${name}的${title}`,
  markedDone: (what: string, who: string) => `记下了：${what}，${who}说已完成。不再提醒。`,

  sent: (days: number, where: string) => `最近${days}天的提醒（${where}）：`,
  sentNone: '没有发过。',
  sentCounts: (sent: number, unknown: number, failed: number, waiting: number) =>
    [`已达${sent}`, `未知${unknown}`, `没发成${failed}`, `等发${waiting}`].join('，'),
  sentLine: (who: string, what: string, state: string) => `${who}：${what}，${state}`,
  troubles: '要留意的：',
  callList: '联系不上，要打电话或当面告诉负责人的：',
  callLine: (name: string, what: string) => (what === '' ? name : `${name}（${what}）`),
  onDay: (day: Day) => `${withWeekday(day)}：`,
  groupDigest: '今天的提醒',
  notice: '办理结果的通知',
  state: (
    state: 'sent' | 'unknown' | 'failed' | 'waiting',
    problem: string | undefined,
    dueAt: string | undefined,
  ): string => {
    const { why, todo } = whyNot(problem ?? '')
    switch (state) {
      case 'sent':
        return '已达'
      case 'unknown':
        return `未知。${TO_DO.broken.why}。${TO_DO.broken.todo}。`
      case 'failed':
        return `没发成。${why}。${todo}。`
      case 'waiting': {
        const due = dueAt === undefined ? undefined : new Date(dueAt)
        const when = due ? `${short(dayOf(due))}${timeOf(due)}` : ''
        const again = problem !== undefined && !problem.startsWith('put off') ? `${why}，机器人会再发。` : ''
        return `等发${when ? `（${when}以后）` : ''}${again ? `。${again}` : ''}`
      }
    }
  },
  leaderOf: (names: readonly string[]) =>
    `${names.slice(0, 2).join('、')}${names.length > 2 ? `等${names.length}家` : ''}的负责人`,
  /** Whose form is not handed in yet nobody is told. */
  applicant: '一位申请人',
  staff: (name: string, role: string) => `${name}（${role}）`,
  /** `help`: why somebody else is asked for it. */
  about: (duty: string, title: string, period: string, count: string, help: string | undefined) => {
    const what = `${SHORT[duty] ?? listWords.title(title, period)}${count}`
    return help === undefined ? what : `请帮忙：${what}（${help}）`
  },
  whyHelp: (help: Help, askers: readonly string[]) =>
    `${askers.join('、')}${{ asked: '请的', notMine: '说不归自己管', overdue: '到时没办好', unreachable: '联系不上负责人', declined: '负责人不收消息' }[help]}`,

  ahead: (where: string, from: Day, to: Day) => `提醒预览（${where}），${short(from)}到${short(to)}：`,
  aheadNote: '按今天的记录算，办好的到时就不发了。只是看看，什么也没有改。',
  aheadNone: '这30天没有要发的。',
  aheadLine: (who: string, what: string) => `${who}：${what}`,
  aheadReports: (count: number) => `收到报送${count}份`,
  aheadMends: (count: number) => `实地检查要整改的${count}家`,
  aheadDay: (day: Day, count: number) => `${withWeekday(day)}，${count}条：`,
  aheadMany: (names: string, count: number, what: string) => `${names}等${count}位：${what}`,
  toGroup: (group: string, lines: readonly string[]) => `${group}：${lines.join('、')}`,
  monthly: '本月情况和图',
  groupOpen: (title: string, open: number) => `${title}还差${open}家`,
  unknownYears: (years: readonly string[]) =>
    `${years.join('、')}年的放假安排还没录入，那几天先按周一至周五算。`,
} as const
