import { addDays, type Day } from '../../clock.ts'
import { answersFor, rolesOf, staffName } from '../../directory/scope.ts'
import { roleInWords } from '../../directory/roles.ts'
import type { Staff } from '../../directory/staff.ts'
import type { UserId } from '../../messages.ts'
import { askerOf, capacityIn, helpIn } from '../../reminders/capacity.ts'
import { owingAt } from '../../reminders/digest.ts'
import { matterId } from '../../reminders/matter.ts'
import type { Owed } from '../../reminders/owed.ts'
import type { Help } from '../../reminders/sent.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { listWords as words } from './list-words.ts'
import { showPage, type Item } from './pages.ts'
import { scopeName } from './scope-name.ts'

/** What was promised to one person or group on one day, and what became of it. */
export type Sent = {
  day: Day
  /** A user id, or the name of a group. */
  to: UserId
  group?: true
  /** Matters it reminded of; none when somebody was told what became of a case. */
  about: { duty: string; period: string; target: string; place: string; step: string }[]
  /** `waiting`: has not left yet, or is on its way. */
  state: 'sent' | 'unknown' | 'failed' | 'waiting'
  dueAt?: string
  /** In words for the operator. */
  problem?: string
}

const DAYS = 7

/** The days 提醒 tells of, today included. */
export const sentDays = (today: Day): Day[] =>
  Array.from({ length: DAYS }, (_, back) => addDays(today, -back))

/** 提醒: what was sent lately to whom and whether it arrived; first what did not, and whom only a call reaches. */
export function listSent(talk: Talk, page: number): Turn | Need {
  const { facts, session } = talk
  const { staff, person, owed, sent } = facts
  if (rolesOf(staff, person).length === 0) return turn(session, reviewWords.noRight)
  if (!owed) return { needs: 'owed' }
  if (!sent) return { needs: 'sent' }
  const within = answersFor(staff, person, { asOperator: true })
  const whole = within(facts.pack.jurisdiction.code)
  const seen = sent.filter(({ group, about }) =>
    group ? true : about.length === 0 ? whole : about.some(({ place }) => within(place)),
  )
  const troubled = seen.filter(({ state }) => state === 'unknown' || state === 'failed')
  const names = namesIn(owed)
  const lines = (some: readonly Sent[], head: (one: Sent) => string): Item[] =>
    some.map((one) => ({ head: head(one), text: lineOf(one, talk, { owed, names, within }) }))
  const count = (state: Sent['state']): number => seen.filter((one) => one.state === state).length
  const items = [
    ...lines(troubled, () => words.troubles),
    ...callList(talk, owed, within),
    ...lines(
      seen.filter((one) => !troubled.includes(one)).toSorted((a, b) => (a.day > b.day ? -1 : 1)),
      ({ day }) => words.onDay(day),
    ),
  ]
  const counts = words.sentCounts(count('sent'), count('unknown'), count('failed'), count('waiting'))
  const title = `${words.sent(DAYS, scopeName(talk))}${seen.length === 0 ? words.sentNone : counts}`
  return showPage(talk, { list: 'sent', title, items }, page)
}

type Looking = { owed: Owed; names: ReadonlyMap<string, string>; within: (place: string) => boolean }

function lineOf(one: Sent, talk: Talk, { owed, names, within }: Looking): string {
  const state = words.state(one.state, one.problem, one.dueAt)
  if (one.group) return words.sentLine(one.to, words.groupDigest, state)
  if (one.about.length === 0)
    return words.sentLine(whoIs(one.to, [], talk.facts.staff, names), words.notice, state)
  const about = one.about.filter(({ place }) => within(place))
  const who = (user: UserId, about: readonly About[]): string => whoIs(user, about, talk.facts.staff, names)
  return words.sentLine(whoIs(one.to, about, talk.facts.staff, names), whatAbout(about, owed, who), state)
}

type About = { duty: string; period: string; target: string; step: string }

/** An office by name and role; a leader by the organizations meant: a phone number is never shown. */
export function whoIs(
  user: UserId,
  about: readonly About[],
  staff: Staff,
  names: ReadonlyMap<string, string>,
): string {
  const [role] = rolesOf(staff, user)
  if (role) return words.staff(staffName(staff, user), roleInWords[role.role])
  const targets = new Set(about.flatMap(({ duty, target }) => (duty === 'draft' ? [] : [target])))
  const known = [...new Set([...targets].flatMap((id) => names.get(id) ?? []))]
  return known.length > 0 ? words.leaderOf(known) : words.applicant
}

/** Of organizations and of cases, by their ids. */
export const namesIn = ({ organizations, lying }: Owed): Map<string, string> =>
  new Map([...lying, ...organizations].map(({ id, name }) => [id, name]))

type Who = (user: UserId, about: readonly About[]) => string

/** What a letter is about, a few words for each duty and period, and for each call for help who asked or why. */
export function whatAbout(about: readonly About[], owed: Owed, who: Who): string {
  const dutyOf = (one: About) => owed.duties.duties.find(({ id }) => id === one.duty)
  const together = new Map<string, About[]>()
  for (const one of about) {
    const duty = dutyOf(one)
    const isPeriodic = duty !== undefined && !['validity', 'lying'].includes(duty.when.type)
    const key = `${one.duty}:${isPeriodic ? one.period : ''}:${helpIn(capacityIn(one.step)) ?? ''}`
    together.set(key, [...(together.get(key) ?? []), one])
  }
  return [...together.values()]
    .map((those) => {
      const one = those[0]!
      const duty = dutyOf(one)
      const targets = new Set(those.map(({ target }) => target))
      const count = targets.size > 1 ? words.count(targets.size, duty?.owes === 'organization') : ''
      const help = helpIn(capacityIn(one.step))
      const why = help && words.whyHelp(help, askersOf(those, help, owed, who))
      return words.about(one.duty, duty?.title ?? one.duty, one.period, count, why)
    })
    .join('、')
}

const MOST_ASKERS = 3

/** Who said 请社区帮我 or 不是我负责, as they are named elsewhere; nobody where the bot asks by itself. */
function askersOf(those: readonly About[], help: Help, { matters }: Owed, who: Who): string[] {
  if (help !== 'asked' && help !== 'notMine') return []
  const byAsker = new Map<UserId, About[]>()
  for (const one of those) {
    const matter = matters.get(matterId(one.duty, one.period, one.target))
    const asker = matter && askerOf(matter, capacityIn(one.step))
    if (asker !== undefined) byAsker.set(asker, [...(byAsker.get(asker) ?? []), one])
  }
  return [...byAsker].slice(0, MOST_ASKERS).map(([user, about]) => who(user, about))
}

/** Organizations whose leader nothing reaches, with what is due from them: for the telephone. */
function callList({ facts }: Talk, owed: Owed, within: (place: string) => boolean): Item[] {
  const open = owingAt(owed, facts.today, within).filter(({ duty }) => duty.owes === 'organization')
  return owed.organizations
    .filter(({ place, leader, cancelled }) => !cancelled && within(place) && owed.unreachable.has(leader))
    .map(({ id, name }) => {
      const due = open
        .filter(({ targets }) => targets.some(({ target }) => target === id))
        .map(({ duty, period }) => words.title(duty.title, period))
      return { head: words.callList, text: words.callLine(name, due.join('、')) }
    })
}
