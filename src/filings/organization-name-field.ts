import { z } from 'zod'
import { valueOf } from '../forms/answers.ts'
import type { FieldType, ReadContext, Reading } from '../forms/field-type.ts'
import { withoutLabel } from '../forms/labels.ts'
import { couldAnswer, looksLikeChatter } from '../forms/question-words.ts'
import { bare, lengthOf, plain } from '../forms/said.ts'
import type { Jurisdiction, NameRules } from '../pack.ts'
import { checkRest, composeName, parseName, shortName, tidyName } from './names.ts'
import { isStreetLevel, placeByCode, type Place } from './places.ts'

/** `rest` is what people chose, `full` what the form prints; the place between follows 活动地域. */
const OrganizationName = z.strictObject({
  full: z.string().min(1).max(200),
  rest: z.string().min(1).max(100),
})
export type OrganizationName = z.infer<typeof OrganizationName>

/** 备案社区社会组织名称, given whole, in part, or only the name people made up (附件4第一条注1). */
export function organizationNameField(
  jurisdiction: Jurisdiction,
  rules: NameRules,
): FieldType<OrganizationName> {
  const field: FieldType<OrganizationName> = {
    Value: OrganizationName,
    read(text, asked, context) {
      if (!couldAnswer(text)) return { type: 'unlike' }
      const said = spokenName(withoutLabel(text, asked))
      if (!couldAnswer(said) || NO_NAME.test(said) || /^\d+$/.test(said) || lengthOf(said) > 100)
        return { type: 'unlike' }
      return readName(said, asked.longest, placeOf(context, jurisdiction), jurisdiction, rules)
    },
    find(text, asked, context) {
      for (const match of plain(text).matchAll(/[^\s,。;、:]{3,60}/gu)) {
        const said = spokenName(match[0])
        const { form, business } = parseName(said, jurisdiction, rules)
        // A name that stands alone needs to say what the organization does; one that is called so needs not.
        if (form === '' || (business === '' && (said === match[0] || lengthOf(said) < 4))) continue
        const reading = field.read(said, asked, context)
        if (reading.type === 'clear' || reading.type === 'doubtful') return { reading, matched: match[0] }
      }
      return undefined
    },
    show: ({ full }) => full,
    print: ({ full }) => ({ '': full, short: shortName(full, jurisdiction, rules) }),
  }
  return field
}

const placeOf = (context: ReadContext, jurisdiction: Jurisdiction): Place | undefined => {
  for (const id of Object.keys(context.answers)) {
    const value = valueOf(context.answers, id)
    if (typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string') {
      return placeByCode(value.code, jurisdiction)
    }
  }
  return undefined
}

/** 「就叫夕阳红志愿服务队吧」 */
const spokenName = (text: string): string =>
  tidyName(text)
    .replace(
      /^(?:我们?|咱们?|这个|个|队伍?|团|会|组织|的|那|就|全称|全名|名字|名称|队名|团名|想|要|打算|应该|可以)*(?:叫做?|取名|起名|是|为|:)+(?=.{2})/u,
      '',
    )
    .replace(/^(?:就|我们|咱们|那个|这个|那支|这支)+(?=.{3})/u, '')
    .replace(/(?:吧|啦|了|呀|啊|就行|就好|可以|哦)+$/u, '')

const NO_NAME = /没有?(?:起|取|想|定)?(?:好)?(?:队|团)?名|没(?:起|取|想|定)/u

function readName(
  said: string,
  longest: number,
  place: Place | undefined,
  jurisdiction: Jurisdiction,
  rules: NameRules,
): Reading<OrganizationName> {
  const parts = parseName(said, jurisdiction, rules)
  const home = place ?? ownPlace(parts, jurisdiction)
  const conflict = home && placeConflict(parts, home)
  if (conflict !== undefined) return { type: 'impossible', because: conflict }
  if (home === undefined)
    return { type: 'impossible', because: '名称前面要加街道和社区。请先说在哪个社区（村）活动' }
  const rest = parts.rest.replace(/^(?:我们|咱们|本)?(?:社区|村)(?=.{2})/u, '')
  if (lengthOf(rest) < 2 || looksLikeChatter(rest) || bare(rest) === '') {
    return rest === '' && said !== ''
      ? { type: 'impossible', because: '还要说队伍自己的名字' }
      : formMissing(rest)
  }
  const findings = checkRest(rest, rules, parts)
  const refused = findings.find(({ level }) => level === 'hard')
  if (refused) return { type: 'impossible', because: refused.text }
  if (findings.some(({ rule }) => rule === 'form')) return formMissing(rest)
  const full = composeName(home, rest, jurisdiction)
  if (lengthOf(full) > longest) {
    return { type: 'impossible', because: `太长了，全称最多${longest}个字，请取短一点的名字` }
  }
  const value = { full, rest }
  const old = parts.community !== '' && parts.community !== home.name
  const stem = home.name.replace(/(?:社区|村|街道|镇)$/u, '')
  if (parts.community === '' && rest.startsWith(stem) && lengthOf(rest) >= lengthOf(stem) + 2) {
    return stemOrStyle(rest, stem, home, jurisdiction)
  }
  const doubt = old ? `“${parts.community}”现在叫“${home.name}”` : findings[0]?.text
  return doubt === undefined ? { type: 'clear', value } : { type: 'doubtful', value, because: doubt }
}

/** 「明珠舞蹈队」 in 明珠社区: the first word may be the place or the name people chose. */
function stemOrStyle(
  rest: string,
  stem: string,
  home: Place,
  jurisdiction: Jurisdiction,
): Reading<OrganizationName> {
  const options = [rest.slice(stem.length), rest].map((rest) => {
    const full = composeName(home, rest, jurisdiction)
    return { text: full, value: { full, rest } }
  })
  return { type: 'ambiguous', ask: '全称是下面哪一个？', options }
}

/** A sentence is no name; a short name without 队, 团, 会 is one that is not finished. */
const formMissing = (rest: string): Reading<OrganizationName> =>
  lengthOf(rest) <= 14 && /\p{Script=Han}/u.test(rest)
    ? {
        type: 'impossible',
        because: '名字最后要有“队、团、会”这样的字，说明是什么组织，比如“夕阳红志愿服务队”',
      }
    : { type: 'unlike' }

/** The name says another place than 活动地域. */
function placeConflict(parts: ReturnType<typeof parseName>, place: Place): string | undefined {
  if (parts.street !== '' && parts.street !== place.street.name) {
    return `名称里写的是${parts.street}，活动地域在${place.street.name}，要一致。只说后面的名字就行，或者先改活动地域`
  }
  if (parts.community === '') return undefined
  if (isStreetLevel(place)) {
    return `活动地域是整个${place.name}，名称里不写社区（村）。只说后面的名字就行，或者先改活动地域`
  }
  if (parts.communityCodes.includes(place.code)) return undefined
  return `名称里写的是${parts.community}，活动地域是${place.name}，要一致。只说后面的名字就行，或者先改活动地域`
}

/** Without 活动地域, a whole name tells its own place. */
function ownPlace(parts: ReturnType<typeof parseName>, jurisdiction: Jurisdiction): Place | undefined {
  const [code, second] = parts.communityCodes
  if (code !== undefined && second === undefined) return placeByCode(code, jurisdiction)
  if (parts.community !== '') return undefined
  const street = jurisdiction.streets.find(({ name }) => name === parts.street)
  return street && placeByCode(street.code, jurisdiction)
}
