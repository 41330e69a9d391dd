import { reachOf } from '../../directory/scope.ts'
import { organizationsIn, stateInWords } from '../../filings/ledger.ts'
import { authorityOf } from '../../filings/place-code.ts'
import type { Filing } from '../../filings/filing.ts'
import type { Organization } from '../../filings/organization.ts'
import { daysLeft } from '../../filings/validity.ts'
import { turn, type Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'
import { gapLines } from './gaps.ts'
import { words } from './words.ts'

const MOST_LISTED = 30
const EXPIRING_DAYS = 60

/** 台账: the organizations that are filed, expired ones marked; of one street or town where it is given. */
export function filedList(talk: Talk, cases: readonly Filing[], authority?: string): Turn {
  const all = present(talk, cases)
  const there = all.filter(({ place }) => authority === undefined || authorityOf(place) === authority)
  const listed = list(talk, words.filed, there)
  const gaps = gapLines(talk.facts, cases, authority)
  return { ...listed, reply: { ...listed.reply, text: [listed.reply.text, ...gaps].join('\n') } }
}

/** 到期: what expires within sixty days or did already, the earliest first. */
export function expiringList(talk: Talk, cases: readonly Filing[]): Turn {
  const days = ({ validUntil }: Organization): number => daysLeft(validUntil, talk.facts.today)
  const soon = present(talk, cases).filter((organization) => days(organization) <= EXPIRING_DAYS)
  return list(
    talk,
    words.expiring,
    soon.sort((a, b) => days(a) - days(b)),
  )
}

/** By the place they have now, not by the one they were filed at. */
function present({ facts }: Talk, cases: readonly Filing[]): Organization[] {
  const reach = reachOf(facts.staff, facts.person)
  return organizationsIn(cases, facts.today).filter(
    ({ state, place }) => state.type !== 'cancelled' && reach.has(place),
  )
}

/** 查看 N shows the filing that made the record what it is. */
function list(talk: Talk, head: (count: number) => string, organizations: Organization[]): Turn {
  const shown = organizations.slice(0, MOST_LISTED)
  const latest = shown.flatMap(({ versions }) => versions.at(-1)?.filing ?? [])
  const lines = shown.map((organization, index) => {
    const { name, filingNumber, validUntil } = organization
    const caseNumber = latest[index]?.caseNumber ?? ''
    const valid = words.valid(filingNumber, validUntil)
    return `${index + 1}. ${words.filedLine(name, caseNumber, valid, stateInWords(organization))}`
  })
  const more = organizations.length - shown.length
  return turn(
    { ...talk.session, listed: latest.map(({ id }) => id) },
    [
      head(organizations.length),
      ...lines,
      ...(more > 0 ? [words.more(more)] : []),
      ...(shown.length > 0 ? [words.showOne] : []),
    ].join('\n'),
  )
}
