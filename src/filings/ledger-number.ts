import type { Day } from '../clock.ts'
import type { NumberRules, Pack } from '../pack.ts'
import { authorityIn, formatNumber, parseNumber, sequenceIn } from './number.ts'
import type { Place } from './places.ts'

/** `year` where the number says it; `unordered`: it has no place in the authority's sequence. */
type Numbered =
  { filingNumber: string; year?: number; unordered?: boolean; notes: string[] } | { because: string }

/** The number of a row as the record will have it, or why there is none. */
export function numberInLedger(
  text: string,
  place: Place,
  { pack, today }: { pack: Pick<Pack, 'numbers'>; today: Day },
): Numbered {
  const rules = pack.numbers
  const parsed = parseNumber(rules, text)
  const authority = place.street.code
  if ((parsed?.authority ?? authorityIn(rules, text) ?? authority) !== authority)
    return { because: `备案编号不是${place.street.name}的` }
  if (!parsed) return ofOtherPattern(text, authority, rules, today)
  if (parsed.year > Number(today.slice(0, 4))) return { because: '备案编号的年份还没到' }
  const filingNumber = formatNumber(rules, authority, parsed.year, parsed.number)
  return { filingNumber, year: parsed.year, notes: filingNumber === text ? [] : [`编号记作${filingNumber}`] }
}

const LONGEST_NUMBER = 60

/**
 * A number of another pattern than the pack's present one was given all the same and is kept as it stands. With the
 * prefix the authority has now it has its place in the sequence; of this year it would be given again, so it is a slip.
 */
function ofOtherPattern(text: string, authority: string, rules: NumberRules, today: Day): Numbered {
  const shown = `备案编号“${text.slice(0, 30)}”`
  if (!/\d/.test(text) || text.length > LONGEST_NUMBER) return { because: `${shown}不像编号` }
  const year = today.slice(0, 4)
  const given = authorityIn(rules, text) === authority ? sequenceIn(text) : undefined
  if (given && given.year >= Number(year)) {
    const like = rules.pattern
      .replace('{prefix}', rules.prefixes[authority] ?? '')
      .replace('{year}', year)
      .replace('{number}', '1')
    return { because: `${shown}格式不对，应像“${like}”` }
  }
  const notes = ['编号和现在的格式不一样，照原样收下']
  return given
    ? { filingNumber: text, year: given.year, notes }
    : { filingNumber: text, unordered: true, notes }
}
