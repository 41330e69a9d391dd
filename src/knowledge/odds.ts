/**
 * How much likelier each article is than the others to be asked in these terms: the mean of what each term tells,
 * counted from the odds that come of nothing; about 1 where nothing is told, 0 where no term is known.
 */
export type Odds = (terms: string[]) => Float64Array

/** Every article is taken to have been asked so many times more, in everybody's words. */
const PRIOR = 4
/** What is asked in fewer ways, as an answer just adopted, counts as if each had been heard more often. */
const FEWEST = 12
/** A word of the document tells more than the characters it is written with. */
const OF_CONCEPT = 1.5

/** Log odds so low are of nothing. */
const NOTHING = -1.2

/**
 * What the terms tell, in one row after the other: `ofAny[row]` of any article, and how much `more` of those at
 * `places`, which stand from `first[row]` on. A hundred thousand small arrays would take forty megabytes.
 */
type Told = {
  rows: Map<string, number>
  ofAny: Float32Array
  first: Uint32Array
  places: Uint16Array
  more: Float32Array
}

/**
 * Naive Bayes: a term tells of an article how its odds where the article is asked compare with its odds where others
 * are. `asked[article]` holds the terms of each of its ways of asking. A term that nobody uses speaks against them all.
 */
export function learnOdds(asked: Iterable<Set<string>>[]): Odds {
  const { ways, counts } = countTerms(asked)
  const all = sum(ways)
  const rarity = Float64Array.from(ways, (own) => Math.log((all - own + 1) / (own + PRIOR)))
  const { rows, ofAny, first, places, more } = tell(counts, all)
  return (terms) => {
    const odds = new Float64Array(asked.length)
    let weights = 0
    let any = 0
    for (const term of terms) {
      const row = rows.get(term)
      if (row === undefined) continue
      const weight = term.startsWith('§') ? OF_CONCEPT : 1
      weights += weight
      any += weight * ofAny[row]! - NOTHING
      for (let at = first[row]!; at < first[row + 1]!; at++) odds[places[at]!]! += weight * more[at]!
    }
    return odds.map((own, at) => (own + any + weights * rarity[at]!) / Math.max(1, terms.length))
  }
}

function tell(counts: Map<string, Counted>, all: number): Told {
  const size = sum([...counts.values()].map(({ places }) => places.length))
  const told: Told = {
    rows: new Map(),
    ofAny: new Float32Array(counts.size),
    first: new Uint32Array(counts.size + 1),
    places: new Uint16Array(size),
    more: new Float32Array(size),
  }
  let at = 0
  for (const [term, { places, times }] of counts) {
    const everywhere = sum(times)
    const tells = (own: number): number =>
      Math.log((own + (PRIOR * everywhere) / all) / (everywhere - own + 0.5))
    const row = told.rows.size
    told.rows.set(term, row)
    told.ofAny[row] = tells(0)
    told.places.set(places, at)
    told.more.set(
      times.map((own) => tells(own) - tells(0)),
      at,
    )
    at += places.length
    told.first[row + 1] = at
  }
  return told
}

/** The articles, by their places, that are asked with a term, and in how many ways each. */
type Counted = { places: number[]; times: number[] }

/** In how many ways each article is asked, and each term in how many of them; at least as if in the fewest. */
function countTerms(asked: Iterable<Set<string>>[]) {
  const counts = new Map<string, Counted>()
  const ways = asked.map((own, at) => {
    const times = new Map<string, number>()
    let number = 0
    for (const terms of own) {
      number++
      for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1)
    }
    const weight = Math.max(1, FEWEST / number)
    for (const [term, own] of times) {
      const counted = counts.get(term) ?? { places: [], times: [] }
      counted.places.push(at)
      counted.times.push(own * weight)
      counts.set(term, counted)
    }
    return number * weight
  })
  return { ways, counts }
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)
