import { allPlaces, isStreetLevel } from '../../filings/places.ts'
import type { Given, Rule } from './computed.ts'

const ASKS_WHOLE = /全名|全称|整个名|完整的名|名字|名称|连起来|怎么[拼排凑写起]|排出来|拼出来|写出来/

/** How people say the parts they choose themselves: 字号想用“常青”, 业务是健身操, 后头叫队, 是个合唱团. */
const SAID = '(\\p{Script=Han}{1,8}?)'
const STYLE = new RegExp(
  `^(?:我们|队伍?|的)*(?:字号|名字|队名)?(?:就|想|要|准备|打算|定)*(?:字号|叫做?|用|取名?|起名?|定|是)个?${SAID}$`,
  'u',
)
const WITHOUT_STYLE = /字号(?:就|我们)?(?:不要|没有|不加|不起|不用)|(?:没有?|不要|不加|不起|不用)字号/
const BUSINESS = new RegExp(
  `^(?:主要|专门|是)*(?:业务领域|业务|领域|行业|做|搞|干)(?:是|叫|做|搞|写)?${SAID}(?:的|方面)?$`,
  'u',
)
const FORM = new RegExp(
  `^(?:组织)?(?:形式|后[面头边]|最后|末尾|结尾)上?(?:就|想|要)?(?:是|叫|用|带|加|写|挂)?个?${SAID}(?:字|结尾)?$`,
  'u',
)
const WHAT = new RegExp(`(?:^(?:我们)?是一?[个支]?|(?:社区|村|街道|镇)的)${SAID}的?$`, 'u')

/** What is the whole name, of the parts that were told (附件4第一条注1). */
export const wholeName: Rule = (question, given) => {
  const text = question.normalize('NFKC')
  if (!ASKS_WHOLE.test(text)) return undefined
  const place = placeIn(text, given)
  const rest = restIn(text, given)
  if (place === undefined || rest === undefined) return undefined
  const name = `${given.jurisdiction.city}${given.jurisdiction.district}${place}${rest}`
  return {
    text: [
      `照您说的排出来是：${name}。`,
      '从前到后：市、区、街道（镇）、社区（村）、字号、业务领域、组织形式。',
      '会不会和别的组织重名，请街道办事处（镇政府）帮查。',
    ].join('\n'),
    sources: ['附件4第一条注1'],
    article: 'naming-rule',
    covers: [
      'naming-rule',
      'naming-examples',
      'form-name-cell',
      'charter-name',
      'no-style',
      'name-limits',
      'activity-area',
    ],
  }
}

/** Street and community as they were named; the street of a community that only one has. */
function placeIn(text: string, { jurisdiction }: Given): string | undefined {
  const street = jurisdiction.streets.find(({ name }) => text.includes(name))?.name
  if (street !== undefined) {
    const behind = text.slice(text.indexOf(street) + street.length)
    return street + (/^(?:办事处)?的?(\p{Script=Han}{2,5}?(?:社区|村))/u.exec(behind)?.[1] ?? '')
  }
  const named = allPlaces(jurisdiction).filter((place) => !isStreetLevel(place) && text.includes(place.name))
  return named.length === 1 ? `${named[0]!.street.name}${named[0]!.name}` : undefined
}

/** 常青 + 健身操 + 队; undefined where what they call themselves or what they are is not said. */
function restIn(text: string, { names }: Given): string | undefined {
  const pieces = text
    .replace(/[“”"「」『』《》]/g, '')
    .replace(/(?<=[队团社会班])叫/g, ',叫')
    .split(/[,，、。;；?？!！:：\s]+/)
    .filter((piece) => piece !== '' && !ASKS_WHOLE.test(piece.replace(/^(?:名字|名称)(?=[想要就叫])/, '')))
  const first = (said: RegExp): string | undefined =>
    pieces.flatMap((piece) => said.exec(piece)?.[1] ?? []).at(0)
  const style = WITHOUT_STYLE.test(text) ? '' : first(STYLE)
  const business = first(BUSINESS) ?? ''
  const form = first(FORM) ?? ''
  // 是合唱的, 后面带个团字; 是个合唱团.
  const what = business === '' || form === '' ? (first(WHAT) ?? '') : ''
  const bare =
    style === '' ? pieces.find((piece) => names.forms.some((word) => piece.endsWith(word))) : undefined
  const end = bare ?? `${business === '' ? what : business}${form}`
  const isWhole = names.forms.some((word) => end.endsWith(word) && end.length > word.length)
  return style !== undefined && isWhole ? style + end : undefined
}
