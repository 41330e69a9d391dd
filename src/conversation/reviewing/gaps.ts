import { rolesOf } from '../../directory/scope.ts'
import { grantOf, type Filing } from '../../filings/filing.ts'
import { authorityIn, gapsIn, sequenceIn, type Gap } from '../../filings/number.ts'
import { authorityOf } from '../../filings/place-code.ts'
import type { Facts } from '../turn.ts'
import { words } from './words.ts'

const MOST_SHOWN = 10

/**
 * What is known of numbers that no filing has (practice.md 1.7: gaps explained), for the authorities a person answers
 * for; of one of them where it is given.
 */
export function gapLines(
  { pack, staff, person, voided = [] }: Facts,
  cases: readonly Filing[],
  authority?: string,
): string[] {
  const rules = pack.numbers
  const filed = cases.flatMap((filing) => {
    const grant = grantOf(filing)
    if (!grant || (grant.type === 'imported' && grant.unordered)) return []
    const number = grant.filingNumber
    return [{ number, of: authorityIn(rules, number) ?? authorityOf(filing.place) }]
  })
  const roles = rolesOf(staff, person)
  const answersFor = (street: string): boolean =>
    roles.some(({ role, place }) => role === 'district' || (role === 'street' && place === street))
  const lines = pack.jurisdiction.streets
    .filter(({ code }) => answersFor(code) && (authority === undefined || code === authority))
    .flatMap(({ code }) => {
      const those = filed.flatMap(({ number, of }) => (of === code ? [number] : []))
      const gone = voided.filter(({ filingNumber }) => authorityIn(rules, filingNumber) === code)
      const given = [...those, ...gone.map(({ filingNumber }) => filingNumber)]
      const years = [...new Set(given.flatMap((number) => sequenceIn(number)?.year ?? []))].sort()
      return years.flatMap((year) => runs(gapsIn(rules, code, year, those, gone)))
    })
    .map((run) => words.gap(run[0]!.filingNumber, run.at(-1)!.number, run.length, run[0]!.reason))
  if (lines.length === 0) return []
  const more = lines.length - MOST_SHOWN
  return [words.gaps, ...lines.slice(0, MOST_SHOWN), ...(more > 0 ? [words.moreGaps(more)] : [])]
}

/** Numbers one after another that are missing for the same reason. */
function runs(gaps: readonly Gap[]): Gap[][] {
  const found: Gap[][] = []
  for (const gap of gaps) {
    const last = found.at(-1)?.at(-1)
    if (last && last.number + 1 === gap.number && last.reason === gap.reason) found.at(-1)!.push(gap)
    else found.push([gap])
  }
  return found
}
