import { numeral } from './numbers.ts'
import { plain } from './said.ts'

const NUMERAL = '(\\d{1,4}|[零一二两三四五六七八九十百]{1,6})'
const UNIT = '(?:多)?(?:场次|场|次|回|个活动|项活动)'
const COUNTED = new RegExp(`${NUMERAL}${UNIT}`, 'g')
const ALTOGETHER = new RegExp(`(?:一共|总共|共计|合计|共)(?:搞|办|开展|组织|做|有)?了?${NUMERAL}${UNIT}?`)
/** 每周2次 is not how many there were. */
const REGULARLY = /每(?:周|天|日|星期|礼拜|个?月)/
export const MOST_ACTIVITIES = 300
const NONE =
  /^(?:这个月|本月)?(?:没有?|无|零|0)(?:了|呢|呀|啊|的)?$|^(?:这个月|本月)?(?:都)?(?:没有?|无)(?:搞|办|开展|组织|安排|什么)?(?:过)?(?:任何)?活动$|^没搞过?$|^0[场次回]$/

/** How many activities these words tell of; undefined when they leave it open. */
export function countActivities(text: string): number | undefined {
  const said = plain(text)
    .replace(/[\s。.,，!！]+$/g, '')
    .replace(/\s/g, '')
  if (NONE.test(said)) return 0
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
