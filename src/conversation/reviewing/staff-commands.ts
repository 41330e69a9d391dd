import { smallNumber, tidy } from '../commands.ts'

/** The words of staff. `which` is the number in the list last shown, or a case number. */
export type StaffCommand =
  | { type: 'todo' }
  | { type: 'filed' }
  | { type: 'expiring' }
  | { type: 'show'; which: string }
  | { type: 'agree'; which: string; note: string }
  | { type: 'return'; which: string; items: string; reason: string }
  | { type: 'decline'; which: string; reason: string }
  | { type: 'seal'; which: string }
  | { type: 'distribute'; which: string }
  | { type: 'original'; which: string; reason: string }

const WHICH = '(?:第)?(\\d{4}-\\d{4,6}|\\d{1,3}|[一二三四五六七八九十]{1,3})(?:号|个|件|项)?'
const REST = '(?:\\s*[,，、:：\\s]\\s*(.*))?'

const pattern = (words: string): RegExp => new RegExp(`^(?:${words})\\s*${WHICH}${REST}$`, 's')

const show = pattern('查看|看|打开')
const agree = pattern('同意|同意备案|通过')
const back = pattern('退回|退回补正')
const decline = pattern('不予备案|不同意备案|不同意')
const seal = pattern('已盖章|盖章')
const distribute = pattern('已分发|分发')
const original = pattern('原件|看原件')

/** The staff command a text is, if it is one. Whether the person may use it is decided later. */
export function staffCommandOf(text: string): StaffCommand | undefined {
  const said = text.normalize('NFKC').trim()
  const plain = tidy(text).replace(/\s+/g, '')
  if (/^(待办|待办事项|我的待办|看待办)$/.test(plain)) return { type: 'todo' }
  if (/^(台账|看台账)$/.test(plain)) return { type: 'filed' }
  if (/^(到期|到期名单|快到期的)$/.test(plain)) return { type: 'expiring' }
  const match = (regular: RegExp): [string, string] | undefined => {
    const found = regular.exec(said)
    if (!found) return undefined
    const number = found[1]!
    const which = number.includes('-') ? number : String(smallNumber(number) ?? number)
    return [which, (found[2] ?? '').trim()]
  }
  const shown = match(show)
  if (shown) return { type: 'show', which: shown[0] }
  const agreed = match(agree)
  if (agreed) return { type: 'agree', which: agreed[0], note: agreed[1] }
  const returned = match(back)
  if (returned) return { type: 'return', which: returned[0], ...itemsAndReason(returned[1]) }
  const declined = match(decline)
  if (declined) return { type: 'decline', which: declined[0], reason: declined[1] }
  const sealed = match(seal)
  if (sealed) return { type: 'seal', which: sealed[0] }
  const distributed = match(distribute)
  if (distributed) return { type: 'distribute', which: distributed[0] }
  const asked = match(original)
  if (asked) return { type: 'original', which: asked[0], reason: asked[1] }
  return undefined
}

/** 「联系电话、家庭住址:号码少一位」: which fields, and why. Without a colon all of it is the reason. */
function itemsAndReason(rest: string): { items: string; reason: string } {
  const colon = rest.search(/[:：]/)
  if (colon < 0) return { items: '', reason: rest }
  return { items: rest.slice(0, colon).trim(), reason: rest.slice(colon + 1).trim() }
}
