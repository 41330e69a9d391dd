import { workingDaysBetween } from '../../calendar.ts'
import { dayOf } from '../../clock.ts'
import { mayAct } from '../../directory/may-act.ts'
import { grantOf, statusOf, waitsFor, type Filing } from '../../filings/filing.ts'
import { parseName } from '../../filings/names.ts'
import { cardOf, say } from '../interview/asking.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Turn } from '../turn.ts'
import { seen } from './seen.ts'
import { statusInWords, words } from './words.ts'

const MOST_LISTED = 30
/** As many as a vote has options (path 101032). */
const MOST_ON_CARD = 20

/** What waits for this person, oldest first, with its age in working days. */
export function todo(talk: Talk, cases: Filing[]): Turn {
  return listOf(
    talk,
    words.todo,
    cases.filter((filing) => isMine(filing, talk.facts)).sort((a, b) => (since(a) < since(b) ? -1 : 1)),
  )
}

/** Whether the person could take the step the case waits for. */
export function isMine(filing: Filing, { staff, person }: Pick<Facts, 'staff' | 'person'>): boolean {
  const office = waitsFor(filing)
  if (office === 'community') return mayAct(staff, person, 'endorse', filing, office).ok
  if (office !== 'street') return false
  const status = statusOf(filing)
  const act = status === 'approved' ? 'seal' : status === 'sealed' ? 'distribute' : 'approve'
  return mayAct(staff, person, act, filing, office).ok
}

/** Since when it lies where it lies. */
const since = ({ events }: Filing): string => events.findLast(({ type }) => type !== 'corrected')?.at ?? ''

function listOf(talk: Talk, head: (count: number) => string, cases: Filing[]): Turn {
  const { facts, session } = talk
  if (cases.length === 0) return turn({ ...session, listed: [] }, head(0))
  const shown = cases.slice(0, MOST_LISTED)
  const lines = shown.map((filing, index) => `${index + 1}. ${lineOf(filing, facts)}`)
  const more = cases.length - shown.length
  const card = cardOf(
    facts.newId(),
    head(cases.length),
    words.showOneByCard,
    shown
      .slice(0, MOST_ON_CARD)
      .map((filing, index) => say(words.show(filing.caseNumber), `${index + 1} ${ownName(filing, facts)}`)),
  )
  return turn(
    seen({ ...session, listed: shown.map(({ id }) => id), card: card.id }, shown),
    [head(cases.length), ...lines, ...(more > 0 ? [words.more(more)] : []), words.showOne].join('\n'),
    { card },
  )
}

function lineOf(filing: Filing, { today, pack }: Facts): string {
  const grant = grantOf(filing)
  const days = workingDaysBetween(dayOf(new Date(since(filing))), today, pack.calendar)
  const office = waitsFor(filing)
  const most = !grant && (office === 'community' || office === 'street') && pack.review.workingDays[office]
  const age = words.age(days, most || undefined)
  return words.line(
    filing.organizationName,
    filing.caseNumber,
    words.kinds[filing.kind],
    statusInWords(filing),
    grant ? `${words.valid(grant.filingNumber, grant.validUntil)}，${age}` : age,
  )
}

/** A button has no room for the place. */
const ownName = ({ organizationName }: Filing, { pack }: Facts): string =>
  parseName(organizationName, pack.jurisdiction, pack.names).rest || organizationName
