import { z } from 'zod'
import type { FieldType, Reading } from '../forms/field-type.ts'
import { withoutLabel } from '../forms/labels.ts'
import { couldAnswer } from '../forms/question-words.ts'
import { pieces, plain } from '../forms/said.ts'
import type { Jurisdiction } from '../pack.ts'
import { isStreetLevel, matchPlaces, placeByCode, placeInWords, type Place } from './places.ts'

export const PlaceValue = z.strictObject({ code: z.string().regex(/^\d{12}$/) })
export type PlaceValue = z.infer<typeof PlaceValue>

/** Which committee gives its opinion on an organization of the whole street the document leaves open (domain notes G21). */
const ASK_THE_STREET = '请问街道（镇）'
/** What the committee does with the form and which copy it keeps (附件1填表说明5); open where there is none. */
const OPINION = '写意见（是否同意），盖章，写日期'
const NO_OPINION = '文件没有写由哪个居委会签，先问街道（镇）'
const KEEPS_ONE = '留一份'
const NO_COPY = '那一份，问街道（镇）交给谁'

/** Most places asked back as a list. */
const MOST_OPTIONS = 8

/** 活动地域: a community or village, or the whole street or town (附件4第一条注1). */
export function placeField(jurisdiction: Jurisdiction): FieldType<PlaceValue> {
  const nameOf = ({ code }: PlaceValue): string => placeByCode(code, jurisdiction)?.name ?? ''
  return {
    Value: PlaceValue,
    read(text, field, context) {
      if (!couldAnswer(text)) return { type: 'unlike' }
      const said = withoutLabel(text, field)
      const { places, doubt } = matchPlaces(said, jurisdiction, context.today)
      const [only] = places
      if (only === undefined) return unknown(said, jurisdiction, field.example)
      if (places.length > 1) return askedBack(places, jurisdiction, doubt)
      const value = { code: only.code }
      if (doubt !== undefined) return { type: 'doubtful', value, because: doubt }
      if (isStreetLevel(only) && !/整个|全|各个?社区|所有|好几个/.test(said)) {
        return { type: 'doubtful', value, because: `是整个${only.name}都活动吗？` }
      }
      return { type: 'clear', value }
    },
    find(text, _field, context) {
      for (const piece of pieces(text).slice(0, 50)) {
        const word = piece
          .replace(/^(?:我们|就|都|平时|主要|是|在)+/u, '')
          .replace(/(?:活动|那边|这边|的)+$/u, '')
        const { places, named, doubt } = matchPlaces(word, jurisdiction, context.today)
        const [only] = places
        if (!only || places.length > 1 || !named || doubt !== undefined || isStreetLevel(only)) continue
        if (!word.endsWith(only.name)) continue
        return { reading: { type: 'clear', value: { code: only.code } }, matched: piece }
      }
      return undefined
    },
    instead({ code }) {
      // Who does not know the name of the community may say the street first.
      const street = jurisdiction.streets.find((one) => one.code === code)
      return (street?.communities ?? []).map((one) => ({ text: one.name, value: { code: one.code } }))
    },
    show: nameOf,
    print(value) {
      const place = placeByCode(value.code, jurisdiction)
      return {
        '': place?.name ?? '',
        street: place?.street.name ?? '',
        committee: place === undefined ? '' : (place.committee ?? ASK_THE_STREET),
        opinion: place?.committee === undefined ? NO_OPINION : OPINION,
        copy: place?.committee === undefined ? NO_COPY : KEEPS_ONE,
        authority: place?.authority ?? '',
        // Ink, unless whoever prints it knows who sits there.
        committeePhone: '',
        authorityPhone: '',
      }
    },
  }
}

function askedBack(
  places: Place[],
  jurisdiction: Jurisdiction,
  doubt: string | undefined,
): Reading<PlaceValue> {
  if (places.length > MOST_OPTIONS) {
    return { type: 'impossible', because: '有好几个地方都像，请说社区（村）的全名' }
  }
  // Active in two communities of one street: 街道层面成立 (附件4第一条注1).
  const streets = new Set(places.map((place) => place.street.code))
  const [code = ''] = streets
  const street = doubt === undefined && streets.size === 1 && places.every((place) => !isStreetLevel(place))
  const whole = street && isSeveralNames(places) ? placeByCode(code, jurisdiction) : undefined
  const options = whole ? [...places, whole] : places
  return {
    type: 'ambiguous',
    ask: doubt === undefined ? '是下面哪一个？' : `${doubt}，是下面哪一个？`,
    options: options.map((place) => ({ text: placeInWords(place), value: { code: place.code } })),
  }
}

/** Different stems: the person named several places, not one unclearly. */
const isSeveralNames = (places: Place[]): boolean =>
  new Set(places.map(({ name }) => [...name].slice(0, 2).join(''))).size === places.length

function unknown(said: string, jurisdiction: Jurisdiction, example: string): Reading<PlaceValue> {
  const word = plain(said).replace(/\s/g, '')
  if (/(?:街道|镇)(?:上|层面|一?级|里|这边)?的/u.test(word)) {
    return { type: 'impossible', because: '请说是哪个街道（镇），名字也要说' }
  }
  const meantPlace =
    /(?:社区|村|街道|镇|居委会?|小区|路|\d+[号栋]|那边|附近)$/u.test(word) ||
    /^\p{Script=Han}{2,6}$/u.test(word)
  if (!meantPlace) return { type: 'unlike' }
  return {
    type: 'impossible',
    because: `${jurisdiction.district}没找到这个地方。请说社区（村）的名字，比如“${example}”；不知道就说街道或镇`,
  }
}
