import type { Day } from '../clock.ts'
import type { Community, Jurisdiction, Street } from '../pack.ts'
import { oncePer } from '../forms/once-per.ts'
import { plain } from '../forms/said.ts'
import { soundAlike } from '../forms/sound.ts'

/** A community or village, or a street or town as the place of a street-level organization. */
export type Place = {
  /** 12 digits of the national code. */
  code: string
  name: string
  kind: 'community' | 'village' | 'street' | 'town'
  street: { code: string; name: string }
  /** Full name of the residents' or villagers' committee; streets have none. */
  committee?: string
  /** The filing authority: 解放街道办事处, 沙塘镇人民政府. */
  authority: string
}

/** What a text says of places. */
export type PlacesFound = {
  places: Place[]
  /** True when each was named fully, with 社区, 村, 街道 or 镇. */
  named: boolean
  /** Why the only place found may not be the one meant. */
  doubt?: string
}

const communityPlace = (community: Community, street: Street): Place => ({
  code: community.code,
  name: community.name,
  kind: community.kind,
  street: { code: street.code, name: street.name },
  committee: community.committee,
  authority: street.authority,
})

const streetPlace = (street: Street): Place => ({
  code: street.code,
  name: street.name,
  kind: street.kind,
  street: { code: street.code, name: street.name },
  authority: street.authority,
})

export const isStreetLevel = (place: Place): boolean => place.kind === 'street' || place.kind === 'town'

export const placeByCode = (code: string, jurisdiction: Jurisdiction): Place | undefined =>
  allPlaces(jurisdiction).find((place) => place.code === code)

export const allPlaces = oncePer((jurisdiction: Jurisdiction): readonly Place[] =>
  jurisdiction.streets.flatMap((street) => [
    streetPlace(street),
    ...street.communities.map((community) => communityPlace(community, street)),
  ]),
)

/** Names of the communities and villages a street or town (a code) has on a day, in the order of the pack. */
export const communitiesOf = (code: string, { streets }: Jurisdiction, today: Day): string[] =>
  streets
    .filter((street) => street.code === code)
    .flatMap(({ communities }) => communities)
    .filter(({ until }) => until === undefined || today < until)
    .map(({ name }) => name)

/** 雅莲社区（雅儒街道） */
export const placeInWords = (place: Place): string =>
  isStreetLevel(place) ? `整个${place.name}` : `${place.name}（${place.street.name}）`

/** The places a text names; several when the words fit several. */
export const findPlaces = (text: string, jurisdiction: Jurisdiction, today?: Day): Place[] =>
  matchPlaces(text, jurisdiction, today).places

/** One way of saying a place. A bare stem lacks 社区, 村, 街道, 镇. */
type Key = { said: string; place: Place; bare: boolean; until?: Day }

type Index = { keys: Key[]; bySaid: Map<string, Key[]>; lengths: number[] }

/** All ways of saying places, prepared once for a directory. */
const indexOf = oncePer((jurisdiction: Jurisdiction): Index => {
  const keys = keysOf(jurisdiction)
  const bySaid = new Map<string, Key[]>()
  for (const key of keys) bySaid.set(key.said, [...(bySaid.get(key.said) ?? []), key])
  const lengths = [...new Set(keys.map((key) => key.said.length))].sort((a, b) => b - a)
  return { keys, bySaid, lengths }
})

function keysOf(jurisdiction: Jurisdiction): Key[] {
  return jurisdiction.streets.flatMap((street) => [
    ...keys(streetPlace(street), [street.name, street.authority, `${street.name}办`], street.aliases),
    ...street.communities.flatMap((community) => {
      const stem = stemOf(community.name)
      const committee = community.kind === 'community' ? '居委会' : '村委会'
      const names = [
        community.name,
        community.committee,
        `${community.name}${committee}`,
        `${stem}${committee}`,
      ]
      return keys(communityPlace(community, street), names, [...community.aliases, stem], community.until)
    }),
  ])
}

const keys = (place: Place, names: string[], aliases: string[], until?: Day): Key[] =>
  [...new Set([...names, ...aliases])].map((said) => ({
    said,
    place,
    bare: !names.includes(said) && !hasKind(said),
    ...(until === undefined ? {} : { until }),
  }))

const hasKind = (said: string): boolean => /(?:社区|街道|镇|村)$/.test(said) && said.length > 2

/** 明珠 of 明珠社区, 雅莲 of 雅莲村; 黄村 and 小村 are stems themselves. */
const stemOf = (name: string): string => {
  const stem = name.replace(/(?:社区|村)$/, '')
  return [...stem].length >= 2 ? stem : name
}

/** Words behind a bare stem that make it another thing: 跃进路, 雅莲小学, 胜利小区. */
const OTHER_THING =
  /^(?:[东南西北中]?[一二三四]?(?:路|巷|桥|厂|大道|大街)|街(?!道)|道|小学|中学|医院|广场|公园|市场|大厦|小区|花园|商场|超市|酒店|饭店|宾馆|学校|幼儿园)/u

type Hit = { start: number; end: number; keys: Key[]; doubt?: string }

/** Nobody needs more to say where they are. */
const LONGEST = 200

export function matchPlaces(text: string, jurisdiction: Jurisdiction, today?: Day): PlacesFound {
  const said = plain(text.slice(0, LONGEST))
    .replace(/\s/g, '')
    .replace(new RegExp(`^(?:${jurisdiction.city})?(?:${jurisdiction.district})?`), '')
  const index = indexOf(jurisdiction)
  const exists = (key: Key): boolean => key.until === undefined || today === undefined || today < key.until
  const hits = hitsIn(said, index, exists)
  const narrowed = narrow(hits)
  if (narrowed.places.length > 0) return narrowed
  return guess(said, distinct(index.keys.filter(exists).map((key) => key.place)))
}

/** Longest words first, without overlap. */
function hitsIn(said: string, { keys, bySaid, lengths }: Index, exists: (key: Key) => boolean): Hit[] {
  const hits: Hit[] = []
  for (const length of lengths) {
    for (let start = 0; start + length <= said.length; start++) {
      const end = start + length
      const word = said.slice(start, end)
      const known = bySaid.get(word)
      if (!known || hits.some((hit) => start < hit.end && end > hit.start)) continue
      const after = said.slice(end, end + 6)
      const fitting = known.filter((key) => exists(key) && !(key.bare && OTHER_THING.test(after)))
      if (fitting.length === 0) continue
      const hit = { start, end, ...widened(fitting, word, after, keys.filter(exists)) }
      if (hit.keys.length > 0) hits.push(hit)
    }
  }
  return hits.sort((a, b) => a.start - b.start)
}

/**
 * A bare stem may be short for others that begin with it (沙塘, 鹧鸪, 前锋); a kind said behind it chooses among
 * them, or is wrong: 锦绣村 can only mean 锦绣社区.
 */
function widened(fitting: Key[], word: string, after: string, all: Key[]): Pick<Hit, 'keys' | 'doubt'> {
  if (!fitting.every((key) => key.bare)) return { keys: fitting }
  const longer = all.filter(
    (key) =>
      key.bare &&
      key.said !== word &&
      key.said.startsWith(word) &&
      !fitting.some((same) => same.place.code === key.place.code),
  )
  const both = [...fitting, ...longer]
  const [kind] = /^(?:社区|村|街道|镇)/u.exec(after) ?? []
  if (kind === undefined) return { keys: both }
  const ofKind = both.filter((key) => key.place.name.endsWith(kind))
  if (ofKind.length > 0) return { keys: ofKind }
  const wantsStreet = kind === '街道' || kind === '镇'
  return {
    keys: fitting.filter((key) => isStreetLevel(key.place) === wantsStreet),
    doubt: `没有“${word}${kind}”`,
  }
}

const distinct = (places: Place[]): Place[] => [
  ...new Map(places.map((place) => [place.code, place])).values(),
]

/** Joins the words of a text: a street narrows the communities named beside it. */
function narrow(hits: Hit[]): PlacesFound {
  const found = hits.map((hit) => ({ ...hit, places: distinct(hit.keys.map((key) => key.place)) }))
  const named = hits.length > 0 && hits.every((hit) => hit.keys.some((key) => !key.bare))
  if (found.length < 2) {
    const [one] = found
    return { places: one?.places ?? [], named, ...(one?.doubt === undefined ? {} : { doubt: one.doubt }) }
  }
  const streets = distinct(found.flatMap(({ places }) => places.filter(isStreetLevel)))
  const below = distinct(
    found.flatMap(({ places }, index) =>
      places.filter(
        (place) =>
          !isStreetLevel(place) &&
          found.some(
            (other, at) =>
              at !== index &&
              other.places.some((street) => street.code === place.street.code && isStreetLevel(street)),
          ),
      ),
    ),
  )
  // Of 雅儒雅莲 the first may be a community too; the one named behind its street is meant.
  if (below.length > 0) return { places: below, named }
  const communities = distinct(found.flatMap(({ places }) => places.filter((place) => !isStreetLevel(place))))
  const [only] = communities
  if (streets.length > 0 && communities.length === 1 && only) {
    return { places: [only], named, doubt: `${only.name}属于${only.street.name}` }
  }
  return { places: communities.length > 0 ? communities : streets, named }
}

/** Nothing fits exactly: part of a name, another kind of body, or one wrong character. */
function guess(said: string, places: Place[]): PlacesFound {
  const none: PlacesFound = { places: [], named: false }
  const word = said
    .replace(/^(?:我们|咱们?|就|都|一般|平时|主要|是|在|住|属于|的)+/u, '')
    .replace(/(?:那边|这边|那里|这里|那儿|附近|活动|跳舞|呢|吧|的|啊|呀)+$/u, '')
  const stem = word.replace(/(?:社区|居委会?|村委会?|街道|镇|村)$/u, '')
  const length = [...stem].length
  if (!/^\p{Script=Han}{2,8}$/u.test(word) || length < 2) return none
  const same = places.filter(
    (place) => stemOf(place.name) === stem || place.name.replace(/(?:街道|镇)$/u, '') === stem,
  )
  if (same.length > 0) return { places: same, named: false, doubt: `没有“${word}”这个名字` }
  const within = places.filter((place) => place.name.includes(stem))
  if (within.length > 0) return { places: within, named: false, doubt: `没有正好叫“${word}”的` }
  const nameOf = (place: Place): string => place.name.replace(/(?:社区|村|街道|镇)$/u, '')
  const sounding = places.filter((place) => soundAlike(nameOf(place), stem))
  if (sounding.length > 0) return { places: sounding, named: false, doubt: `没有“${word}”，可能是字打错了` }
  // Two characters of which one is another are two different names: 幸福 and 宏福.
  if (length < 3 || length > 4) return none
  const alike = places.filter((place) => isAlike(nameOf(place), stem))
  return alike.length > 0 && alike.length <= 5
    ? { places: alike, named: false, doubt: `没有“${word}”，可能是字打错了` }
    : none
}

/** Of the same length with one character different. */
const isAlike = (a: string, b: string): boolean => {
  const [left, right] = [[...a], [...b]]
  return (
    left.length === right.length &&
    left.length >= 2 &&
    left.filter((char, at) => char !== right[at]).length === 1
  )
}
