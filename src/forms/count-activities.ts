import { numeral } from './numbers.ts'
import { plain } from './said.ts'

const NUMERAL = '(\\d{1,4}|[零一二两三四五六七八九十百]{1,6})'
const UNIT = '(?:多)?(?:场次|场|次|回|个活动|项活动)'
const COUNTED = new RegExp(`${NUMERAL}${UNIT}`, 'g')
const ALTOGETHER = new RegExp(`(?:一共|总共|共计|合计|共)(?:搞|办|开展|组织|做|有)?了?${NUMERAL}${UNIT}?`)
/** 每周2次 is not how many there were. */
const REGULARLY = /每(?:周|天|日|星期|礼拜|个?月)/
export const MOST_ACTIVITIES = 300
const WHOSE = '(?:我们队?|咱们?队?|我|队里|这边)?'
const MONTH = '((?:这个?|本|上个?)月|(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?)?'
const HOLD = '(?:搞|开展|组织|举办|举行|安排)'
const NOT = '(?:没有?|未|无|没得|冇)'

/** 没有活动, 我们这个月没搞什么活动, 啥也没搞; with the month, if one is named. */
const NO_ACTIVITY = new RegExp(
  [
    `^${WHOSE}${MONTH}的?${WHOSE}(?:都|还是)?(?:`,
    `${NOT}(?:${HOLD}|办|做|弄)?过?(?:什么|啥|任何)?活动|${NOT}${HOLD}过?|`,
    `(?:啥|什么|一[场次个])(?:活动)?[也都]${NOT}(?:${HOLD}|办|做|弄)?过?`,
    `)[了呢呀啊哦的吧过]*$`,
  ].join(''),
)
const NONE = /^(?:这个月|本月)?(?:没有?|无|零|0)(?:了|呢|呀|啊|的)?$|^0[场次回]$/

const bare = (text: string): string =>
  plain(text)
    .replace(/[\s。.,，!！]+$/g, '')
    .replace(/\s/g, '')

/** Whether these words by themselves say that there was no activity, and of which month, in their words. */
export function noActivity(text: string): { month: string | undefined } | undefined {
  const match = NO_ACTIVITY.exec(bare(text))
  return match ? { month: match[1] } : undefined
}

/** How many activities these words tell of; undefined when they leave it open. */
export function countActivities(text: string): number | undefined {
  const said = bare(text)
  if (NONE.test(said) || noActivity(said)) return 0
  const whole = numeral(said)
  if (whole !== undefined) return possible(whole)
  const [, altogether] = ALTOGETHER.exec(said) ?? []
  if (altogether !== undefined) return possible(numeral(altogether))
  if (REGULARLY.test(said)) return undefined
  const counts = [...said.matchAll(COUNTED)].flatMap(([, number = '']) => numeral(number) ?? [])
  return counts.length === 1 ? possible(counts[0]) : undefined
}

const possible = (count: number | undefined): number | undefined =>
  count !== undefined && Number.isInteger(count) && count <= MOST_ACTIVITIES ? count : undefined
