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

/** What a term tells of any article, and how much more of those at these places, that are asked with it. */
type Telling = { ofAny: number; places: number[]; more: number[]; weight: number }

/**
 * Naive Bayes: a term tells of an article how its odds where the article is asked compare with its odds where others
 * are. `asked[article]` holds the terms of each of its ways of asking. A term that nobody uses speaks against them all.
 */
export function learnOdds(asked: Iterable<Set<string>>[]): Odds {
  const { ways, counts } = countTerms(asked)
  const all = sum(ways)
  const rarity = Float64Array.from(ways, (own) => Math.log((all - own + 1) / (own + PRIOR)))
  const told = new Map<string, Telling>()
  for (const [term, { places, times }] of counts) {
    const everywhere = sum(times)
    const tells = (own: number): number =>
      Math.log((own + (PRIOR * everywhere) / all) / (everywhere - own + 0.5))
    const weight = term.startsWith('§') ? OF_CONCEPT : 1
    const more = times.map((own) => tells(own) - tells(0))
    told.set(term, { ofAny: tells(0), places, more, weight })
  }
  return (terms) => {
    const odds = new Float64Array(asked.length)
    let weights = 0
    let ofAny = 0
    for (const term of terms) {
      const telling = told.get(term)
      if (!telling) continue
      weights += telling.weight
      ofAny += telling.weight * telling.ofAny - NOTHING
      for (const [n, at] of telling.places.entries()) odds[at]! += telling.weight * telling.more[n]!
    }
    return odds.map((own, at) => (own + ofAny + weights * rarity[at]!) / Math.max(1, terms.length))
  }
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
