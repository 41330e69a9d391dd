import { tidy } from './tidy.ts'

export const isYes = (text: string): boolean =>
  /^(1|①|一|对|对的|对呀|对对|对对对|是|是的|是啊|嗯|嗯嗯|好|好的|可以|行|没错|正确|确认|对了|就是|中|要得|OK|ok)$/.test(
    tidy(text),
  )

export const isNo = (text: string): boolean =>
  /^(2|②|二|不对|不是|不|错|错了|不行|不可以|否|没有|不正确|重来|不要)$/.test(tidy(text))

/** Nothing but that it was heard: 好了 where nobody is being helped, 知道了. */
export const isHeard = (text: string): boolean =>
  /^(?:好[的了吧啊呀嘞]?|行了?|可以了?|收到|知道了?|晓得了?|明白了?|懂了|嗯+|哦+|噢+|ok)$/i.test(tidy(text))

/** Go on with the one thing that was offered. 好 alone may only thank for the answer. */
export const isGo = (text: string): boolean =>
  /^(?:好的?|行|可以|嗯|那)?[,，]?(?:就|现在)?(?:办|要|要办|来|开始|弄|办理|要的)(?:吧|呀|啊|嘛)?$/.test(
    tidy(text),
  )

export const isNoMore = (text: string): boolean =>
  /^(没有了?|没了|无|没有别人了?|没别人了?|就这些了?|就这么多了?|完了|报完了|没有其[他它]了?|没有别的了?|没有?(?:别的|其[他它])(?:负责人|人员|队员|会员|成员|经历|工作)了?|够了|结束|好了|没人了|就我一个|没|就他一个|就她一个|只有我|没有其他人了?|不用了|填完了|写完了|说完了)$/.test(
    tidy(text).replace(/\s+/g, ''),
  )
