import { numeral } from '../../forms/numbers.ts'
import type { Rule } from './computed.ts'

const AWAY =
  /请.{0,4}假|没来|不来|没参加|不参加|没有参加|没有来|没露面|不露面|没到过|没见人|不见人|没出现|见不到人|没来过|没影/
const EXCUSED =
  /请假|请了假|生病|住院|看病|病假|手术|照顾|有事|打过招呼|说明原因|说过原因|有原因|有理由|摔伤|带孙|外出打工/
const NOT_EXCUSED =
  /(?:没有?|也没|不|未|从不|又没)(?:请过?假|请了假|打过?招呼|说原因|说明|讲原因|说过?|吭声)|无故|没原因|没理由|没有理由|没有原因|不说一声/
const CAME_BETWEEN =
  /中间来过|来过一|偶尔|断断续续|中途来|来过几|隔三差五|有时候来|隔.{1,6}(?:来|露)|露[一个][次回下]?[脸面]|来[一两几][次回]|时不时来/

/** Months away; undefined when no time is said. */
function monthsAway(text: string): number | undefined {
  const short = /不到|不满|快|将近|差(?:一?点|几天|不多)|未满|还没/.test(text) ? 1 : 0
  const years = /(?<!\d)(\d{1,2}|[一二两三四五])年(半)?/.exec(text)
  if (years?.[1]) return numeral(years[1])! * 12 + (years[2] ? 6 : 0) - short
  if (/大半年/.test(text)) return 8
  if (/半年/.test(text)) return 6
  const months = /(\d{1,9}|十[一二]?|[一二两三四五六七八九])个?多?个?月/.exec(text)
  return months?.[1] ? numeral(months[1])! - short : undefined
}

/** 附件4第十条(二): away without reason, without a break, for one year. All three must hold. */
export const absence: Rule = (question) => {
  const text = question.normalize('NFKC').replace(/\s/g, '')
  const months = monthsAway(text)
  if (!AWAY.test(text) || months === undefined || /会议|开会|会费|活动费|备案|备的|备过/.test(text))
    return undefined
  const excused = EXCUSED.test(text.replace(NOT_EXCUSED, '')) && !NOT_EXCUSED.test(text)
  const why = CAME_BETWEEN.test(text)
    ? '不能算退出：中间来过，就不是连续一年。'
    : months < 12
      ? '还不满一年，不算退出。'
      : excused
        ? '有原因、请过假的，不是“无故”，不算退出。'
        : NOT_EXCUSED.test(text)
          ? '无故连续一年以上不参加活动，视为退出本组织。'
          : '要是没有原因、中间也没来过，满了一年就视为退出；请过假或者中间来过的，不算。'
  return {
    text: [why, '章程第十条写的是“无故连续一年不参加本组织活动”：无故、连续、一年，三个都要占。'].join('\n'),
    sources: ['附件4第十条', '附件4第十条(二)'],
    article: 'deemed-exit',
    covers: ['deemed-exit', 'free-to-leave', 'expel', 'member-rights'],
  }
}
