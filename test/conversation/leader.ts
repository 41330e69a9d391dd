import { withCheckDigit } from '../support/id-number.ts'
import { Chat, questionIn, Town } from './chat.ts'

export const idOfWang = withCheckDigit('45020519080312002')
export const idOfLi = withCheckDigit('45020519060101001')

/** What an invented leader answers, by printed label, in the order the form asks. */
export const answersOfWang: Record<string, string> = {
  组织类别: '1',
  活动地域: '明珠社区',
  备案社区社会组织名称: '夕阳红舞蹈队',
  活动场所地址及面积: '跃进路58号社区活动室，80平方米',
  宗旨: '丰富居民文化生活，增进邻里和睦。',
  业务范围: '组织广场舞排练；参加社区文艺演出。',
  '主要负责人·姓名': '王秀英',
  '主要负责人·联系电话': '19900001234',
  '主要负责人·社区社会组织职务': '队长',
  '主要负责人·身份证号码': idOfWang,
  籍贯: '广西桂林',
  文化程度: '初中',
  政治面貌: '群众',
  工作单位及职务: '柳州棉纺厂退休',
  家庭住址: '柳州市柳北区胜利路12号3栋2单元501室',
  其他社会职务: '楼栋长',
  个人简历: '1976年9月至2008年3月，柳州棉纺厂工人',
  联系人: '1',
  负责人名单: '没有了',
  人员名册: '王秀英 女 19900001234 队长\n李建国 男',
}

/** The labels in the order of the form. */
export const labels = Object.keys(answersOfWang)

/** A leader who has agreed to the notice and is asked the first question. */
export async function newLeader(town = new Town(), userId = 'wang'): Promise<Chat> {
  const chat = new Chat(town, userId)
  await chat.says('开始备案')
  await chat.says('同意')
  return chat
}

/** Answers what is asked until the question with this label stands. */
export async function answersUntil(chat: Chat, label: string, answers = answersOfWang): Promise<Chat> {
  await answersWhile(chat, answers, () => questionIn(chat.heard) !== label)
  return chat
}

/** Answers everything and stays at the first page of the read-back. */
export async function answersAll(chat: Chat, answers = answersOfWang): Promise<Chat> {
  await answersWhile(chat, answers, () => !chat.heard.includes('请核对一遍'))
  return chat
}

/** Answers everything and leafs to the last page of the read-back. */
export async function readsBack(chat: Chat, answers = answersOfWang): Promise<Chat> {
  await answersWhile(chat, answers, () => !chat.heard.includes('提交就是声明'))
  return chat
}

async function answersWhile(chat: Chat, answers: Record<string, string>, goesOn: () => boolean) {
  const lists = new Set<string>()
  for (let said = 0; goesOn(); said++) {
    if (said > 60) throw new Error(`not there after 60 messages; last heard: ${chat.heard}`)
    await chat.says(nextWords(chat.heard, answers, lists))
  }
}

function nextWords(heard: string, answers: Record<string, string>, lists: Set<string>): string {
  if (/都?对吗？/.test(heard)) return '对'
  const label = questionIn(heard)
  if (!label) return heard.includes('下一页') ? '下一页' : '继续'
  const answer = answers[label]
  if (answer === undefined) throw new Error(`nobody told me what to say to ${label}: ${heard}`)
  if (lists.has(label)) return '没有了'
  if (['个人简历', '负责人名单', '人员名册'].includes(label)) lists.add(label)
  return answer
}
