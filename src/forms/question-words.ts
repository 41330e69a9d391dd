import { bare, lengthOf, plain } from './said.ts'

/** What sounds like a question and is none: 没什么, 好几年, 多少年来. */
const NO_QUESTION =
  /没有?什么|没有?啥|没有?多少|不怎么|[什啥]么?都|啥[也都]|什么的|[好十百千了有过]几|几[十百千万]|无论|不管|不论|怎么都|谁都|(?:[不没]欠|没有?欠?)谁|哪里都|哪都|多少年来|不(?:在|是|归|属于?)哪[个里一]/g

const ASKS = new RegExp(
  [
    '什么|为什么|为啥|干嘛|干啥|咋|怎么|怎样|怎麽|如何|几时|何时|多久|多长时间|多少|多大|凭什么',
    '哪[里儿个些天年种位家份一]|哪(?=几)|谁|啥',
    '几(?=[年天个份人号点岁次位种块元月级步张])',
    '能不能|可不可以|可否|能否|是否|要不要|行不行|是不是|有没有|会不会|该不该|算不算|用不用|需不需要|对不对|好不好|收不收|给不给',
    '^请问|^想问|^我想问|^问一下|^问下|^我问|^咨询|^请教|告诉我|给我讲|讲一下|说明一下|介绍一下|解释一下',
    '^[你您](?:帮|给|看着|来|随便|代|定)|看着办|[你您](?:定|写)吧?$|随便写',
    '还是(?=.{1,10}$)',
    '(?:要|能|可以|用|行|交|改|算|会|得|给|收)[^,。]{0,8}[不没]$',
    '^(?:备案|办理|盖章|社团|民非|注销|变更|续期|章程|名册|人数|材料|登记|填表|申请).{0,6}(?:流程|条件|有效期|时间|地点|限制|清单|区别|材料|手续|政策|规定|要求|标准|意思|好处|作用|费用|期限|范本|模板)$',
    '^(?:有效期|流程|条件|手续|办理时间)$',
    '^帮我|^替我|^给我(?!们)|^我要投诉|^我要举报|^查一下|^查查|^麻烦',
  ].join('|'),
)

const ENDS = /(?:\?|吗|(?<![这那什多])么)$/

/**
 * Whether these words ask or request something instead of answering. A long text (宗旨, 业务范围) may speak of
 * 如何 or 什么 without asking, so beyond 30 characters only its ending counts.
 */
export function looksLikeQuestion(text: string): boolean {
  const said = plain(text).replace(/[。.!\s]+$/, '')
  if (said === '') return false
  if (ENDS.test(said)) return true
  return lengthOf(said) <= 30 && ASKS.test(said.replace(NO_QUESTION, ''))
}

const CHATTER = new Set(
  (
    '你好 您好 在 在吗 在不在 谢谢 谢谢你 谢谢您 多谢 辛苦了 好 好了 好的 好呀 好啊 好吧 嗯 嗯嗯 哦 噢 喔 行 行了 可以 可以了 中 ok 收到 知道了 明白 明白了 懂了 ' +
    '对 对的 是 是的 是呀 不是 不对 错了 说错了 写错了 填错了 弄错了 搞错了 不 不要 不知道 不清楚 不晓得 忘了 忘记了 记不得 记不清 记不清了 记不住 不记得 不记得了 不会 不会写 不会填 不懂 ' +
    '随便 都行 都可以 等一下 等等 等下 稍等 等会 等会儿 一会儿再说 再说 回头再说 以后再说 再想想 我想想 想想 不方便 不方便说 不想说 不想填 不愿意 不愿意说 保密 还没想好 没想好 再见 拜拜 喂 哈哈 呵呵 额 呃 啊 ' +
    '上一步 下一步 返回 跳过 先跳过 再说一遍 听不懂 没听懂 看不懂 暂停 继续 人工 找人工 进度 打印 取消 没有了 没了 完了 报完了 帮助 菜单 开始 开始备案 我要备案 确认提交 同意 不同意 下一页 ' +
    '变更 注销 续期 章程 月报 到哪一步了 我的组织 投诉建议'
  ).split(' '),
)

/** 改电话, 修改第三项, 删掉李四, 把李四删了: a wish, not an answer; 改革 and 改善 begin one. */
const WISH =
  /^(?:我[想要])?(?:改|修改|更改)(?![革善造进编良]).{1,9}$|^(?:我[想要])?删[除掉去]?.{1,9}$|^把.{1,9}删[除掉去]?了?$/u

/** Words that keep a conversation going and answer nothing: 你好, 嗯, 不知道, and the commands. */
export const looksLikeChatter = (text: string): boolean =>
  CHATTER.has(bare(text).toLowerCase()) || WISH.test(bare(text))

/** Neither a question, nor chatter, nor empty: at least one letter, digit or Han character. */
export const couldAnswer = (text: string): boolean =>
  /[\p{L}\p{N}]/u.test(plain(text)) && !looksLikeQuestion(text) && !looksLikeChatter(text)
