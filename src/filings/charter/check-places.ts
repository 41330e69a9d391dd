import type { Jurisdiction } from '../../pack.ts'
import { allPlaces, isStreetLevel, type Place } from '../places.ts'
import type { CharterFinding } from './finding.ts'
import type { ReadArticle } from './read-articles.ts'

/** Articles that name the street (town) and the community (village): domain notes K4. */
const PLACES_STAND_IN = [1, 2, 3, 4, 6, 17]
/** Articles that name the offices: domain notes K5. */
const OFFICES_STAND_IN = [4, 17]

/** Names of places and offices, against the organization's place or, where that is not known, against each other. */
export function placeFindings(
  articles: ReadArticle[],
  jurisdiction: Jurisdiction,
  place: Place | undefined,
): CharterFinding[] {
  const naming = articles.filter(({ number }) => PLACES_STAND_IN.includes(number))
  if (place === undefined) return agreementFindings(naming, jurisdiction)
  return [
    ...naming.flatMap((article) => foreignPlaces(article, jurisdiction, place)),
    ...naming.flatMap((article) => streetAlone(article, jurisdiction, place)),
    ...articles
      .filter(({ number }) => OFFICES_STAND_IN.includes(number))
      .flatMap((article) => officeFindings(article, place)),
    ...levelFindings(articles),
  ]
}

function foreignPlaces(
  { number, text }: ReadArticle,
  jurisdiction: Jurisdiction,
  place: Place,
): CharterFinding[] {
  const isOwn = (named: Place): boolean =>
    named.code === place.code ||
    named.code === place.street.code ||
    // An organization of the whole street may well name the communities of that street.
    (isStreetLevel(place) && named.street.code === place.street.code)
  const foreign = placesIn(text, jurisdiction).filter((named) => !isOwn(named))
  const own = isStreetLevel(place) ? place.name : `${place.street.name}${place.name}`
  return foreign.map((named) => ({
    article: number,
    level: 'hard',
    rule: 'place',
    words: `写的是“${named.name}”，备案表上是“${own}”，要改成一样的。`,
  }))
}

/** The charter of an organization of the whole street does not do for one of a community there (K4). */
function streetAlone(
  { number, text }: ReadArticle,
  jurisdiction: Jurisdiction,
  place: Place,
): CharterFinding[] {
  // Articles 1, 4 and 17 are found by the name and the offices they lack.
  if (isStreetLevel(place) || number === 1 || OFFICES_STAND_IN.includes(number)) return []
  const named = placesIn(text, jurisdiction)
  if (named.length === 0 || !named.every(({ code }) => code === place.street.code)) return []
  return [
    {
      article: number,
      level: 'hard',
      rule: 'place',
      words: `只写了“${place.street.name}”，备案表上是“${place.street.name}${place.name}”，要改成一样的。`,
    },
  ]
}

/** Without a filing to compare with: one street, one community throughout. */
function agreementFindings(articles: ReadArticle[], jurisdiction: Jurisdiction): CharterFinding[] {
  const all = articles.flatMap(({ text }) => placesIn(text, jurisdiction))
  const names = (kinds: Place[]): string[] => [...new Set(kinds.map(({ name }) => name))]
  const streets = names(all.filter(isStreetLevel))
  const communities = names(all.filter((place) => !isStreetLevel(place)))
  return [streets, communities]
    .filter((several) => several.length > 1)
    .map((several) => ({
      article: 0,
      level: 'hard',
      rule: 'place',
      words: `前后写的地方不一样：${several.map((name) => `“${name}”`).join('、')}，各条要写同一个。`,
    }))
}

function officeFindings({ number, text }: ReadArticle, place: Place): CharterFinding[] {
  const wrong = WRONG_OFFICE[place.kind].find((pattern) => pattern.test(text))
  if (wrong !== undefined) {
    const right = [place.authority, ...(place.committee === undefined ? [] : [place.committee])]
    return [
      {
        article: number,
        level: 'hard',
        rule: 'office',
        words: `机关的称呼不对，应当写${right.map((name) => `“${name}”`).join('、')}。`,
      },
    ]
  }
  return [place.authority, place.committee]
    .filter((name) => name !== undefined)
    .filter((name) => !text.includes(name))
    .map((name) => ({
      article: number,
      level: 'soft',
      rule: 'office',
      words: `没有写“${name}”，请写全称。`,
    }))
}

/** 社区 has 居民委员会, 村 has 村民委员会, 街道 has 街道办事处, 镇 has 人民政府. */
const WRONG_OFFICE: Record<Place['kind'], RegExp[]> = {
  community: [/村民委员会|村委会/u, /街道人民政府|镇(?:街道)?办事处/u],
  village: [/居民委员会|居委会/u, /街道人民政府|镇(?:街道)?办事处/u],
  street: [/人民政府/u],
  town: [/办事处|街道办/u],
}

/** 在本社区开展活动 and 用于本社区相关的公益事业 are of one level (domain notes K25). */
function levelFindings(articles: ReadArticle[]): CharterFinding[] {
  const levelIn = (number: number, pattern: RegExp): string | undefined =>
    pattern.exec(articles.find((article) => article.number === number)?.text ?? '')?.[1]
  const active = levelIn(1, /在本(街道|乡镇|社区|村|镇|乡)/u)
  const rest = levelIn(17, /用于本(街道|乡镇|社区|村|镇|乡)/u)
  if (active === undefined || rest === undefined || active === rest) return []
  return [
    {
      article: 17,
      level: 'soft',
      rule: 'level',
      words: `第一条写“在本${active}开展活动”，这里写“用于本${rest}”，两处要一样。`,
    },
  ]
}

/** Places a text names in full, longest names first, each once: 沙塘镇新区社区 is not 沙塘镇. */
function placesIn(text: string, jurisdiction: Jurisdiction): Place[] {
  let rest = text
  const found: Place[] = []
  for (const place of allPlaces(jurisdiction).toSorted((a, b) => b.name.length - a.name.length)) {
    if (!rest.includes(place.name)) continue
    found.push(place)
    rest = rest.replaceAll(place.name, '＿')
  }
  return found
}
