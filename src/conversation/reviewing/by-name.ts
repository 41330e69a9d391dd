import { organizationIdOf, type Filing } from '../../filings/filing.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'
import { commandOf, type StaffCommand } from './staff-commands.ts'
import { isMine } from './todo.ts'
import { words } from './words.ts'

const SHORTEST = 2
const MOST_LISTED = 10

/**
 * The command a name stands for: that on the case of the one organization called so which waits for this person, else
 * on its latest. A choice when several are called so; undefined when none is and it may have been a question.
 */
export function byName(
  { facts, session }: Talk,
  { verb, said }: Extract<StaffCommand, { type: 'named' }>,
  cases: readonly Filing[],
): StaffCommand | Turn | undefined {
  const [name = ''] = said.split(/[\s,，:：、。（(]+/u)
  const called = cases.filter(({ organizationName }) => organizationName.includes(name))
  if ([...name].length < SHORTEST || called.length === 0) {
    const isName = facts.pack.names.forms.some((form) => name.endsWith(form))
    const isMeant = verb === 'show' ? isName : !looksLikeQuestion(said)
    return isMeant ? turn(session, words.noSuchCase(name)) : undefined
  }
  const latest = [...called].sort((a, b) => (began(a) < began(b) ? 1 : -1))
  const meant = latest.find((filing) => isMine(filing, facts)) ?? latest[0]!
  const others = new Set(called.map(organizationIdOf))
  if (others.size === 1)
    return commandOf(verb, meant.caseNumber, said.slice(name.length).replace(SEPARATOR, ''))
  const shown = latest.slice(0, MOST_LISTED)
  const lines = shown.map(
    ({ organizationName, caseNumber }, index) => `${index + 1}. ${organizationName}（${caseNumber}）`,
  )
  return turn(
    { ...session, listed: shown.map(({ id }) => id) },
    [words.whichCalled(name), ...lines].join('\n'),
  )
}

const SEPARATOR = /^(?:（\d{4}-\d{4,6}）)?[\s,，:：、。]+/u

const began = ({ events }: Filing): string => events[0]?.at ?? ''
