import { withCheckDigit } from './id-number.ts'
import { type Person, questionLabel } from './trial.ts'

/** Answers by printed label; a list is given one after another, the last one being repeated. */
export type Sheet = Record<string, string | string[]>

/** An invented leader and her group. Identity numbers are made up and have valid check digits. */
export const danceTeam: Sheet = {
  组织类别: '1',
  活动地域: '明珠社区',
  备案社区社会组织名称: '夕阳红舞蹈队',
  活动场所地址及面积: '跃进路58号社区活动室，80平方米',
  宗旨: '丰富居民文化生活，增进邻里和睦。',
  业务范围: '组织广场舞排练；参加社区文艺演出。',
  '主要负责人·姓名': '王秀英',
  '主要负责人·联系电话': '19900001234',
  '主要负责人·社区社会组织职务': '队长',
  '主要负责人·身份证号码': withCheckDigit('45020519580312002'),
  籍贯: '广西柳州',
  文化程度: '初中',
  政治面貌: '群众',
  工作单位及职务: '柳州钢铁厂退休',
  家庭住址: '柳州市柳北区跃进路58号3栋2单元501室',
  其他社会职务: '无',
  个人简历: ['1976年9月至2008年3月，柳州钢铁厂工人', '2008年4月至今，退休', '没有了'],
  何年何月至何年何月: '1976年9月至2008年3月',
  在何地任何职务: '柳州钢铁厂工人',
  联系人: '1',
  负责人名单: ['李建国', '没有了'],
  '负责人名单·姓名': ['李建国', '没有了'],
  '负责人名单·社区社会组织职务': '副队长',
  '负责人名单·政治面貌': '中共党员',
  '负责人名单·身份证号码': withCheckDigit('45020519600101001'),
  '负责人名单·工作单位职务': '退休',
  人员名册: [
    '1. 王秀英 女 19900001234 队长\n2. 李建国 男 19900005678 副队长\n3. 赵小兰 女 19900009012',
    '没有了',
  ],
}

/** Answers whatever is asked until `until` says it is enough. Returns how many messages it took. */
export async function answers(
  person: Person,
  sheet: Sheet,
  until: (text: string) => boolean = (text) => text.includes('确认提交'),
  most = 80,
): Promise<number> {
  const given = new Map<string, number>()
  for (let sent = 0; sent < most; sent++) {
    if (until(person.heard)) return sent
    await person.says(nextWords(person.heard, sheet, given))
  }
  throw new Error(`not done after ${most} messages; last heard: ${person.heard}`)
}

/** What this leader says to what was just heard. */
export function nextWords(heard: string, sheet: Sheet, given: Map<string, number>): string {
  if (heard.includes('对吗？') || heard.includes('都对吗')) return '对'
  const label = questionLabel(heard)
  if (!label) {
    if (heard.includes('“同意”') || heard.includes('您同意这样使用')) return '同意'
    if (heard.includes('下一页')) return '下一页'
    return '继续'
  }
  const answer = sheet[label]
  if (answer === undefined) throw new Error(`nobody told me what to say to ${label}: ${heard}`)
  if (typeof answer === 'string') return answer
  const times = given.get(label) ?? 0
  given.set(label, times + 1)
  return answer[Math.min(times, answer.length - 1)]!
}
