import { dayOf, inChinese } from '../../clock.ts'
import { answerOf, statusOfQuestion, type OpenQuestion } from '../../knowledge/questions.ts'

/** The sentences about questions the answers fell short of. */
export const learningWords = {
  list: (count: number) => (count === 0 ? '现在没有待补充的问题。' : `待补充问题${count}个：`),
  line: (question: OpenQuestion) => {
    const often = question.count > 1 ? `，问了${question.count}次` : ''
    const disliked = question.why === 'disliked' ? '，有人说答得不好' : ''
    const day = inChinese(dayOf(new Date(question.lastAt)))
    const answer = statusOfQuestion(question) === 'answered' ? answerOf(question) : undefined
    const proposed = answer
      ? `\n   ${answer.name}答：${answer.text}${sourcesOf(answer.sources)}（等区民政局采纳）`
      : ''
    return `${question.question}（${day}${often}${disliked}）${proposed}`
  },
  how: '要回答的，回复“答 1 内容”。文件里有依据的，在后面写“依据：附件1填表说明6”。',
  howToAdopt: '答好的，回复“采纳 1”，或“不采纳 1 理由”。不用回答的，也用“不采纳 1 理由”。',
  noSuch: (which: string) => `没有“${which}”这一个。回复“待补充问题”看名单。`,
  needsText: (which: string) => `请把内容写在后面，例如：答 ${which} 由街道发给。`,
  needsReason: (which: string) => `不采纳要写理由，例如：不采纳 ${which} 请写明依据。`,
  tooLong: (most: number) => `太长了，请写在${most}字以内。`,
  personal: '答复里不能写身份证号、手机号。请改了再发。',
  noLabel: (label: string) => `没有“${label}”这个出处。请照文件写，例如：附件1填表说明6；没有依据就不写。`,
  answered: '已记下您的答复。区民政局采纳以后，就按它回答，也会告诉提问的人。',
  adopted: '已采纳。从现在起就按它回答，也会告诉提问的人。',
  rejected: '已记下，没有采纳。',
  toAsker: (question: string, text: string, name: string) =>
    `您问过：${question}\n现在有答复了：${text}\n（${name}答复，区民政局采纳）`,
  adoptedToClerk: (question: string) => `您的答复已采纳：${question}`,
  rejectedToClerk: (question: string, reason: string) => `您的答复没有采纳：${question}\n理由：${reason}`,
} as const

const sourcesOf = (sources: string[]): string =>
  sources.length > 0 ? `依据：${sources.map((source) => `【${source}】`).join('')}` : ''
