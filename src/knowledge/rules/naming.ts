import { checkRest, parseName, tidyName, type NameParts } from '../../filings/names.ts'
import type { Given, Rule } from './computed.ts'

const ASKS =
  /齐不齐|齐全|少的是|少点什么|行不行|行吗|行么|行不|可以吗|可以不|可不可以|能不能|合规|合不合|对吗|对不对|缺|漏|少了|规范|好不好|问题吗|没问题|符合|怎么样|能用吗|能叫|要得|对不|可以么|成不成|全称|全名|写全|怎么写|写一个|写个|帮.{0,3}[起取写]|[光只]叫|叫.{2,20}吗/
const ABOUT_NAME = /名|叫|取|起|全称/
const QUOTED = /[“"「『《]/
const ABOUT_RULE = /字号|必须|哪一?类|归类|例子|简称|变更|身份证|电话|名单|名册|编号|负责人叫|职务/

/** Is this name well formed, and what is missing (附件4第一条注1). */
export const naming: Rule = (question, given) => {
  // 明珠社区的门球队, 明珠社区 门球队: what is said between the place and the rest is no part of the name.
  const text = question.normalize('NFKC').replace(/(?<=街道|镇|社区|村)(?:的|\s)+/g, '')
  if (!ASKS.test(text) || ABOUT_RULE.test(text)) return undefined
  const name = nameIn(text, given)
  if (name === undefined) return undefined
  const parts = parseName(name, given.jurisdiction, given.names)
  const hasPlace = [parts.city, parts.district, parts.street, parts.community].some((part) => part !== '')
  if (!ABOUT_NAME.test(text) && !(hasPlace && QUOTED.test(text))) return undefined
  // “主要负责人”: words in quotation marks that are nobody's name.
  if (!hasPlace && parts.form === '') return undefined
  return {
    text: [
      taken(name, parts),
      ...otherCity(text, given),
      ...judged(parts, given),
      '会不会和别的组织重名，请街道办事处（镇政府）帮查。',
    ].join('\n'),
    sources: ['附件4第一条注1'],
    article: 'naming-rule',
    covers: [
      'naming-rule',
      'naming-examples',
      'no-style',
      'name-limits',
      'street-level-name',
      'form-name-cell',
      'duplicate-name',
      'short-name',
      'change-form',
      'charter-name',
      'owners-committee',
    ],
  }
}

/** 桂林市柳北区…: a city before our district that it is not in. */
function otherCity(text: string, { jurisdiction: { city, district } }: Given): string[] {
  const said = new RegExp(`(\\p{Script=Han}{2,3}市)${district}`, 'u').exec(text)?.[1]
  return said === undefined || said.endsWith(city)
    ? []
    : [`“${said}”不对：${district}在${city}，第一段要写${city}。`]
}

/** The name that is asked about: in quotation marks, from the city's name on, or behind 叫. */
function nameIn(text: string, { jurisdiction, names }: Given): string | undefined {
  const ending = [...names.forms, ...names.businessWords].sort((a, b) => b.length - a.length).join('|')
  const quoted = /[“"「『《]([^”"」』》]{3,40})[”"」』》]/.exec(text)?.[1]
  const places = [
    jurisdiction.city,
    jurisdiction.district,
    ...jurisdiction.streets.flatMap(({ name, communities }) => [name, ...communities.map((one) => one.name)]),
  ]
  const from = `(?:${places.join('|')}|(?<=叫做?|取名|起名|名字是|名称是|名字叫|起个名字叫|叫个))`
  const said = new RegExp(
    `${from}[\\p{Script=Han}·]{2,34}?(?:${ending})(?!区)(?!\\p{Script=Han}*(?:${ending}))`,
    'u',
  ).exec(text)?.[0]
  const name = tidyName(quoted ?? said ?? '').replace(/^(?:做|个|是)/, '')
  return name.length >= 3 ? name : undefined
}

function taken(name: string, parts: NameParts): string {
  const shown: [string, string][] = [
    ['市', parts.city],
    ['区', parts.district],
    ['街道（镇）', parts.street],
    ['社区（村）', parts.community],
    ['字号', parts.style],
    ['业务领域', parts.business],
    ['组织形式', parts.form],
  ]
  const present = shown.filter(([, value]) => value !== '').map(([label, value]) => `${label}：${value}`)
  return `“${name}”拆开看：${present.join('；')}。`
}

function judged(parts: NameParts, { jurisdiction, names }: Given): string[] {
  const street = streetOf(parts, { jurisdiction })
  const missing = [
    parts.city === '' && jurisdiction.city,
    parts.district === '' && jurisdiction.district,
    parts.street === '' && (street ?? '街道（镇）名称'),
    parts.form === '' && '组织形式（队、团、会这样的字）',
  ].filter((part) => part !== false)
  const wrong = checkRest(parts.rest, names, parts)
    .filter(({ rule }) => rule !== 'form')
    .map(({ text }) => `${text}。`)
  const [own] = jurisdiction.streets.filter(({ communities }) =>
    communities.some(({ code }) => parts.communityCodes.includes(code)),
  )
  const isElsewhere = parts.street !== '' && own !== undefined && own.name !== parts.street
  const displaced = isDisplaced(parts, jurisdiction)
  const lines = displaced
    ? ['不对：地名的顺序错了，按市、区、街道（镇）、社区（村）从大到小写。']
    : isElsewhere
      ? [`地名对不上：${parts.community}在${own.name}，不在${parts.street}，请核对。`]
      : missing.length > 0
        ? [`还缺：${missing.join('、')}。`]
        : wrong.length === 0
          ? ['各部分齐全，顺序也对得上。']
          : []
  if (parts.community === '' && parts.street !== '')
    lines.push('没有社区（村）：街道（镇）层面直接成立的可以不加，社区里的要加上。')
  else if (parts.community === '') lines.push('社区（村）名称也要加上；街道（镇）层面直接成立的可以不加。')
  lines.push(...wrong)
  const end = parts.rest
  if (missing.length > 0 && street !== undefined && parts.form !== '' && wrong.length === 0) {
    lines.push(
      `补全可以写成：${jurisdiction.city}${jurisdiction.district}${street}${parts.community}${end}。`,
    )
  }
  if (parts.style === '' && parts.form !== '') lines.push('没有字号，不与其他组织重名就可以不加。')
  return lines
}

/** The city or district stands behind a smaller place, where it was read as a part of that one's name. */
const isDisplaced = (
  { street, community, rest }: NameParts,
  { city, district }: Given['jurisdiction'],
): boolean => [street, community, rest].some((part) => part.includes(city) || part.includes(district))

/** The street that is named, or the only one that has the community. */
function streetOf(parts: NameParts, { jurisdiction }: Pick<Given, 'jurisdiction'>): string | undefined {
  if (parts.street !== '') return parts.street
  const having = jurisdiction.streets.filter(({ communities }) =>
    communities.some(({ code }) => parts.communityCodes.includes(code)),
  )
  return having.length === 1 ? having[0]?.name : undefined
}
