import { smallNumber } from '../../forms/numbers.ts'
import { tidy } from '../tidy.ts'

/** The words of staff. `which` is the number in the list last shown, or a case number. */
export type StaffCommand =
  | { type: 'todo' }
  | { type: 'filed' }
  | { type: 'expiring' }
  | { type: 'show'; which: string }
  | { type: 'agree'; which: string; note: string }
  | { type: 'return'; which: string; items: string; reason: string }
  | { type: 'decline'; which: string; reason: string }
  /** `said` may name one copy of the three. */
  | { type: 'seal' | 'distribute'; which: string; said: string }
  | { type: 'original'; which: string; reason: string }
  /** The organization of the case goes to this account. */
  | { type: 'handOver'; which: string; to: string }
  /** A slip in what is filed; `said` names the item, what is right and why. */
  | { type: 'correct'; which: string; said: string }
  /** By the name of the organization, or a part of it; `said` begins with it. Only the cases there are tell. */
  | { type: 'named'; verb: Verb; said: string }
  /** A verb alone. */
  | { type: 'bare'; word: string }
  /** One word for several cases. */
  | { type: 'several' }

const CASE = '\\d{4}-\\d{4,6}'
const NUMBER = `(?:第)?(${CASE}|\\d{1,3}|[一二三四五六七八九十]{1,3})(?:号|个|件|项)?`
const REST = '(?:\\s*[,，、:：\\s]\\s*(.*))?'

const VERBS = {
  show: '查看|看|打开',
  agree: '同意|同意备案|通过',
  back: '退回|退回补正',
  decline: '不予备案|不予变更|不予注销|不予重新备案|不同意备案|不同意',
  seal: '已盖章|盖章|盖章了|盖好章了|盖好了',
  distribute: '已分发|分发|分发了',
  original: '原件|看原件',
  handOver: '转交',
  correct: '更正',
} as const
export type Verb = keyof typeof VERBS

const ANY = Object.values(VERBS).join('|')
const pattern = (words: string): RegExp => new RegExp(`^(?:${words})\\s*${NUMBER}${REST}$`, 's')
const PATTERNS: [Verb, RegExp][] = (
  ['show', 'agree', 'back', 'decline', 'seal', 'distribute', 'original', 'handOver', 'correct'] as const
).map((verb) => [verb, pattern(VERBS[verb])])

/** 同意 1、2; 同意 1-3; 已盖章 1 2. */
const SEVERAL = new RegExp(
  `^(?:${ANY})\\s*(?:${NUMBER}(?:\\s*[,、;和跟与及到至~-]\\s*${NUMBER})+(?=$|[\\s,、:])|${NUMBER}(?:\\s+${NUMBER})+$)`,
)
const longestFirst = (words: string): string =>
  words
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|')
/** The verbs before a name; 看 and 打开 begin too much else. */
const NAMED = (Object.keys(VERBS) as Verb[])
  .filter((verb) => verb !== 'show')
  .map((verb): [Verb, string] => [verb, VERBS[verb]])
  .concat([['show', '查看']])
  .map(([verb, words]): [Verb, RegExp] => [
    verb,
    new RegExp(`^(${longestFirst(words)})(?:\\s*[:：]?\\s*(\\p{Script=Han}.{1,600}))?[。！!]?$`, 'su'),
  ])
const DASH = /([\d０-９]{4})\s*[—–−‐‑―－ー-]+\s*(?=[\d０-９]{4})/u
const NUMBER_FIRST = new RegExp(`^(${CASE})\\s*[,，:：]?\\s*(${ANY})(?![\\p{Script=Han}])(.*)$`, 'su')

/** The staff command a text is, if it is one. Whether the person may use it is decided later. */
export function staffCommandOf(text: string): StaffCommand | undefined {
  const plain = tidy(text).replace(/\s+/g, '')
  if (/^(?:看|看看|查看|我的|我有)?待办(?:事项|名单|列表)?$/.test(plain)) return { type: 'todo' }
  if (/^(台账|看台账)$/.test(plain)) return { type: 'filed' }
  if (/^(到期|到期名单|快到期的)$/.test(plain)) return { type: 'expiring' }
  const typed = text.trim().replace(DASH, '$1-').replace(NUMBER_FIRST, '$2 $1$3')
  const said = typed.normalize('NFKC')
  if (SEVERAL.test(said)) return { type: 'several' }
  for (const [verb, regular] of PATTERNS) {
    const found = regular.exec(said)
    if (!found) continue
    const number = found[1]!
    const which = number.includes('-') ? number : String(smallNumber(number) ?? number)
    return commandOf(verb, which, asTyped(typed, said.length - (found[2] ?? '').length).trim())
  }
  return namedIn(typed)
}

/** 同意, or 退回 夕阳红舞蹈队 联系电话：打不通. */
function namedIn(typed: string): StaffCommand | undefined {
  for (const [verb, words] of NAMED) {
    const [, word = '', said] = words.exec(typed) ?? []
    if (word !== '') return said === undefined ? { type: 'bare', word } : { type: 'named', verb, said }
  }
  return undefined
}

/** What stands behind so many characters of the folded text, with the signs people typed. */
function asTyped(typed: string, head: number): string {
  for (let at = 0; at < typed.length; at++) {
    if (typed.slice(0, at).normalize('NFKC').length >= head) return typed.slice(at)
  }
  return ''
}

export function commandOf(verb: Verb, which: string, rest: string): StaffCommand {
  switch (verb) {
    case 'show':
      return { type: verb, which }
    case 'seal':
    case 'distribute':
    case 'correct':
      return { type: verb, which, said: rest }
    case 'agree':
      return { type: verb, which, note: rest }
    case 'back':
      return { type: 'return', which, ...itemsAndReason(rest) }
    case 'handOver':
      return { type: verb, which, to: rest.normalize('NFKC').trim().toLowerCase() }
    case 'decline':
    case 'original':
      return { type: verb, which, reason: rest }
  }
}

/** 「联系电话、家庭住址:号码少一位」: which fields, and why. Without a colon all of it is the reason. */
function itemsAndReason(rest: string): { items: string; reason: string } {
  const colon = rest.search(/[:：]/)
  if (colon < 0) return { items: '', reason: rest }
  return { items: rest.slice(0, colon).trim(), reason: rest.slice(colon + 1).trim() }
}
