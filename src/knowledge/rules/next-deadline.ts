import { inChinese, type Day } from '../../clock.ts'
import type { Rule } from './computed.ts'

const ASKS =
  /(?:下一个|下个|最近的?|接下来|这个月|本月|近期|下一次|马上).{0,8}(?:截止|期限|要交|要报|该交|该报|报什么|交什么|要做什么|有什么要|什么材料|报送)/

/** The next dates of the recurring duties (附件5五1(2), 附件5八3) seen from today. */
export const nextDeadline: Rule = (question, { today }) => {
  if (!ASKS.test(question)) return undefined
  return {
    text: [
      `今天是${inChinese(today)}。按责任清单：`,
      `社区社会组织：${inChinese(endOfMonth(today))}（月底）前，把组织动态、服务内容、服务成效报给所属社区和孵化机构。`,
      `镇（街道）：下一次台账在${inChinese(nextTwentyFifth(today))}前，报区民政局。`,
      '这是方案期间（2022—2023年）的要求，已经过去，现在是否照做请问街道或区民政局。',
    ].join('\n'),
    sources: ['附件5八3', '附件5五1(2)'],
    article: 'monthly-report',
    covers: ['monthly-report', 'ledger', 'report-chain', 'org-duties'],
    next: '月报',
  }
}

const month = (day: Day, later: number): Date => {
  const [year = 0, number = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + later, 1))
}

const endOfMonth = (day: Day): Day =>
  new Date(month(day, 1).getTime() - 86_400_000).toISOString().slice(0, 10)

const nextTwentyFifth = (day: Day): Day =>
  `${month(day, Number(day.slice(8)) <= 25 ? 0 : 1)
    .toISOString()
    .slice(0, 7)}-25`
