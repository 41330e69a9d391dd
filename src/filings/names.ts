import { oncePer } from '../forms/once-per.ts'
import { halfWidth, lengthOf, plain } from '../forms/said.ts'
import type { Jurisdiction, NameRules, Street } from '../pack.ts'
import { isStreetLevel, type Place } from './places.ts'

/**
 * The naming rule of 附件4第一条注1: city, district and street (town), community (village), style, area of
 * activity, form; for example 柳州市 柳北区 解放街道 明珠社区 夕阳红 志愿服务 队.
 */
export type NameParts = {
  city: string
  district: string
  street: string
  /** As it stands in the name: may be an old name such as 前锋社区. */
  community: string
  /** 字号, may be missing where no other organization has the name. */
  style: string
  /** 行(事)业或业务领域 */
  business: string
  /** 组织形式 */
  form: string
  /** Everything behind the place. */
  rest: string
  /** Communities the word for the community may mean; none when it is not in the directory. */
  communityCodes: string[]
}

export type NameFinding = {
  /** `hard` stops, `soft` is said and may be passed over (domain notes 12). */
  level: 'hard' | 'soft'
  rule:
    | 'place'
    | 'street'
    | 'community'
    | 'oldPlace'
    | 'forbidden'
    | 'businessWord'
    | 'form'
    | 'business'
    | 'signs'
    | 'length'
  text: string
}

const TRADITIONAL =
  '會会協协團团隊队藝艺術术社社區区鄉乡鎮镇誌志願愿務务聯联誼谊樂乐書书畫画戲戏劇剧語语讀读學学習习業业師师長长馬马門门開开關关愛爱護护環环衛卫體体藍蓝紅红綠绿陽阳園园國国際际華华東东廣广場场鄰邻裡里調调解解勞劳動动歡欢慶庆龍龙鳳凤鳥鸟麗丽風风雲云電电腦脑車车農农養养老'
const SIMPLIFIED = new Map(
  [...TRADITIONAL].flatMap((char, at, all) => (at % 2 === 0 ? [[char, all[at + 1] ?? char] as const] : [])),
)

const simplified = (char: string): string => SIMPLIFIED.get(char) ?? char

/** The form in which two names are compared: width, spaces, signs, 之 and 的, and traditional characters do not tell them apart. */
export const normalizeName = (name: string): string =>
  [...halfWidth(name).normalize('NFKC').toLowerCase()]
    .map(simplified)
    .join('')
    .replace(/[^\p{L}\p{N}]|[之的]/gu, '')

/** A name as it is stored: simplified characters, no spaces and quotation marks, no signs around it. */
export const tidyName = (name: string): string =>
  [...plain(name)]
    .map(simplified)
    .join('')
    .replace(/\s/g, '')
    .replace(/["'“”‘’《》〈〉「」【】]/gu, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/^[,.;:!、。;-]+|[,.;:!、。;-]+$/gu, '')

/** Takes a name apart, whole or only its end; parts that are not there are empty. */
export function parseName(full: string, jurisdiction: Jurisdiction, rules: NameRules): NameParts {
  let rest = tidyName(full)
  const eat = (...words: string[]): string => {
    const word =
      words.filter((word) => word !== '' && rest.startsWith(word)).sort((a, b) => b.length - a.length)[0] ??
      ''
    rest = rest.slice(word.length)
    return word
  }
  const city = eat(jurisdiction.city)
  const district = eat(jurisdiction.district)
  const street = eatStreet(jurisdiction.streets, eat)
  const within = jurisdiction.streets.filter(({ name }) => street === '' || name === street)
  const community =
    eat(...communityNames(within)) ||
    eat(...communityNames(jurisdiction.streets)) ||
    unknownCommunity(rest, eat)
  const form = longestEnding(rest, rules.forms)
  const beforeForm = rest.slice(0, rest.length - form.length)
  const business = longestEnding(beforeForm, rules.areas)
  return {
    city,
    district,
    street,
    community,
    form,
    business,
    rest,
    style: beforeForm.slice(0, beforeForm.length - business.length),
    communityCodes: codesOf(community, jurisdiction, street),
  }
}

/** 解放街道 and 解放街道办事处 are the same part. */
function eatStreet(streets: Street[], eat: (...words: string[]) => string): string {
  const said = eat(...streets.flatMap(({ name, authority }) => [name, authority]))
  return streets.find(({ name, authority }) => name === said || authority === said)?.name ?? ''
}

const communityNames = (streets: Street[]): string[] => streets.flatMap(namesIn)

const namesIn = oncePer(({ communities }: Street): readonly string[] =>
  communities.flatMap(({ name, aliases }) => [name, ...aliases.filter(hasKind)]),
)

const hasKind = (name: string): boolean => /(?:社区|村)$/.test(name)

/** A community that is not in the directory: 幸福社区. */
const unknownCommunity = (rest: string, eat: (word: string) => string): string =>
  eat(/^\p{Script=Han}{2,5}?社区(?=.{2})/u.exec(rest)?.[0] ?? '')

function codesOf(community: string, jurisdiction: Jurisdiction, street: string): string[] {
  const fitting = jurisdiction.streets.flatMap(({ name, communities }) =>
    communities
      .filter((one) => one.name === community || one.aliases.includes(community))
      .map(({ code }) => ({ code, name })),
  )
  const inStreet = fitting.filter(({ name }) => name === street)
  return (inStreet.length > 0 ? inStreet : fitting).map(({ code }) => code)
}

const longestEnding = (text: string, words: string[]): string =>
  words.filter((word) => text.endsWith(word)).sort((a, b) => b.length - a.length)[0] ?? ''

/** The full name: an organization of street level has no community in it (附件4第一条注1). */
export const composeName = (place: Place, rest: string, jurisdiction: Jurisdiction): string =>
  `${jurisdiction.city}${jurisdiction.district}${place.street.name}${isStreetLevel(place) ? '' : place.name}${rest}`

/** For daily use: 明珠社区夕阳红志愿服务队, 解放街道夕阳红志愿服务队. */
export const shortName = (full: string, jurisdiction: Jurisdiction, rules: NameRules): string => {
  const { street, community, rest } = parseName(full, jurisdiction, rules)
  return `${community === '' ? street : community}${rest}`
}

/** The longest name of the printed box in reason. */
const LONGEST_REST = 30

/** Checks a full name against the rule; `place` is the 活动地域 of the organization. */
export function checkName(
  full: string,
  place: Place,
  jurisdiction: Jurisdiction,
  rules: NameRules,
): NameFinding[] {
  const parts = parseName(full, jurisdiction, rules)
  const findings: NameFinding[] = []
  const hard = (rule: NameFinding['rule'], text: string) => findings.push({ level: 'hard', rule, text })
  const soft = (rule: NameFinding['rule'], text: string) => findings.push({ level: 'soft', rule, text })
  const start = `${jurisdiction.city}${jurisdiction.district}`
  if (parts.city === '' || parts.district === '') hard('place', `名称要以“${start}”开头`)
  if (parts.street !== place.street.name) hard('street', `名称里要写“${place.street.name}”，和活动地域一致`)
  if (parts.community !== '') {
    if (isStreetLevel(place)) hard('community', `活动地域是整个${place.name}，名称里不写社区（村）`)
    else if (!parts.communityCodes.includes(place.code))
      hard('community', `名称里写的是“${parts.community}”，活动地域是“${place.name}”，要一致`)
    else if (parts.community !== place.name) soft('oldPlace', `“${parts.community}”现在叫“${place.name}”`)
  } else if (!isStreetLevel(place)) soft('community', `名称里没有写“${place.name}”`)
  findings.push(...checkRest(parts.rest, rules, parts))
  return findings
}

/** Checks what stands behind the place: the part people choose themselves. */
export function checkRest(
  rest: string,
  rules: NameRules,
  parts: Pick<NameParts, 'form' | 'business' | 'style'>,
): NameFinding[] {
  const findings: NameFinding[] = []
  const hard = (rule: NameFinding['rule'], text: string) => findings.push({ level: 'hard', rule, text })
  const soft = (rule: NameFinding['rule'], text: string) => findings.push({ level: 'soft', rule, text })
  const forbidden = rules.forbidden.find((word) => holdsWord(rest, word))
  if (forbidden !== undefined) hard('forbidden', `名字里不能用“${forbidden}”，请换一个`)
  const business = rules.businessWords.find((word) => holdsWord(rest, word))
  if (business !== undefined) soft('businessWord', `“${business}”是企业用的词，建议换一个`)
  if (parts.form === '') soft('form', '名字最后要有“队、团、会”这样的字')
  else if (parts.business === '' && parts.style === '') soft('business', '名字里要说做什么，比如“志愿服务队”')
  const blank = /[xX×ⅹ]{2,}|某某|某{2,}|_{2,}/u.exec(rest)?.[0]
  if (blank !== undefined) hard('signs', `名字里还有“${blank}”，请换成真的名字`)
  const sign = /[^\p{L}\p{N}\p{P}\s]|[*_#@&%/\\[\]{}<>]/u.exec(rest)?.[0]
  if (sign !== undefined) hard('signs', '名字里不能有*、#、表情这样的符号，请只用汉字')
  else if (/[^\p{Script=Han}\p{L}\p{N}·]/u.test(rest)) soft('signs', '名字里不要有标点符号')
  if (lengthOf(rest) > LONGEST_REST) soft('length', '名字太长了，建议短一点')
  return findings
}

/** 爱国家园 does not hold 国家. */
const holdsWord = (text: string, word: string): boolean =>
  (word === '国家' ? text.replaceAll('爱国家', '') : text).includes(word)

/** Names taken and names that are easily mixed up: one character apart, or one within the other. */
export function nearDuplicates(name: string, others: readonly string[]): { same: string[]; near: string[] } {
  const key = normalizeName(name)
  const same = others.filter((other) => normalizeName(other) === key)
  const near = others.filter((other) => {
    const otherKey = normalizeName(other)
    if (otherKey === key || Math.min(otherKey.length, key.length) < 4) return false
    return otherKey.includes(key) || key.includes(otherKey) || isOneEditApart(key, otherKey)
  })
  return { same, near }
}

function isOneEditApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  let end = 0
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end++
  return long.length - start - end <= 1
}
