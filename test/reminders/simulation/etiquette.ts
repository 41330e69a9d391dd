import type { Calendar } from '../../../src/calendar.ts'
import { addDays, dayOf, type Day } from '../../../src/clock.ts'
import { lastDayOf, workingDayBefore } from '../../../src/reminders/days.ts'
import { matterId, type Matter } from '../../../src/reminders/matter.ts'
import { isShortOf, monthsBetween, numbersIn, type Organization, type Town } from './town.ts'
import { periodOf, type History } from './history.ts'
import type { Post } from './wire.ts'

// What must hold of whom the bot reminds, and whom it leaves in peace.

type Breach = (...words: unknown[]) => void
type Span = { from: Day; to: Day; calendarOn: (day: Day) => Calendar }

/** What somebody who was told late, or asked for a favour, or wants to be left alone, may read and may not. */
export function readsWell(
  { posts, matters, town, outcomes }: History,
  { calendarOn }: Span,
  breach: Breach,
): void {
  const known = new Map(matters.map((matter) => [matter.id, matter]))
  const cards = new Map<string, number>()
  const files = new Map<string, number>()
  const drafts = new Map<string, number>()
  const count = (counts: Map<string, number>, key: string, by = 1): void =>
    void counts.set(key, (counts.get(key) ?? 0) + by)
  for (const post of posts) {
    const { at, to, into, type, text } = post
    const day = dayOf(at)
    const key = `${day}:${to}`
    if (into === 'group') {
      for (const mention of post.mentions)
        if (isKnownAway(mention, day, town, outcomes)) breach('mentioned, and not in WeCom', mention, to, day)
      continue
    }
    if (type === 'template_card') count(cards, key)
    if (type === 'file') count(files, key)
    if (type !== 'text') continue
    count(drafts, key, [...text.matchAll(/月备案台账，/g)].length)
    for (const line of text.split('\n')) {
      if (to.startsWith('leader')) toLeader(post, line, known, town, calendarOn, breach)
      else if (/支队伍.*月月报/.test(line) && !/需要您帮个忙|^收到/.test(line)) breach('no favour', key, line)
    }
  }
  for (const [key, cardsOf] of cards) if (cardsOf > 1) breach('two cards on one day', key)
  for (const [key, filesOf] of files) if (filesOf > (drafts.get(key) ?? 0)) breach('a draft twice', key)
}

/** A letter to them failed not long ago. */
const isKnownAway = (user: string, day: Day, { members }: Town, outcomes: History['outcomes']): boolean =>
  !members.has(user) &&
  Array.from({ length: 20 }, (_, back) => addDays(day, -1 - back)).some(
    (other) => outcomes.get(`letter:${other}:${user}`) === 'failed',
  )

function toLeader(
  { at, to, text }: Post,
  line: string,
  known: ReadonlyMap<string, Matter>,
  { organizations }: Town,
  calendarOn: Span['calendarOn'],
  breach: Breach,
): void {
  const day = dayOf(at)
  for (const part of line.split('；')) {
    const until = /有效期到(\d+)年(\d+)月(\d+)日/.exec(part)
    const ended = until && [until[1], ...until.slice(2).map((one) => one!.padStart(2, '0'))].join('-')
    const organization = organizations.get(`o${numbersIn(part)[0] ?? ''}`)
    if (!ended || !organization) continue
    const { renewals, left } = organization
    if (renewals.some((one) => one.until === ended && one.at < at)) breach('renewed before', to, day, part)
    if (left !== undefined && left < day) breach('dissolved before', to, day, part)
  }
  const month = /的(\d+)月月报，/.exec(line)?.[1]
  if (month === undefined) return
  const period = periodOf(Number(month), day)
  for (const number of numbersIn(line)) {
    const events = known.get(matterId('monthlyReport', period, `o${number}`))?.events ?? []
    const before = events.filter((event) => new Date(event.at) < at)
    const answer = before.findLast((event) => event.type === 'answered')
    if (answer?.type === 'answered' && (answer.until ?? '') > day) breach('put off', to, day, number)
    if (before.some((one) => one.type === 'answered' && one.answer === 'notMine' && one.by === to))
      breach('not theirs, they said', to, day, number)
    const step = events.findLast((one) => one.type === 'reminded' && one.to === to && one.day <= day)
    const ahead = step?.type === 'reminded' && /^owner-(\d+)$/.exec(step.step)?.[1]
    if (!ahead) continue
    const on = workingDayBefore(lastDayOf(period), Number(ahead), calendarOn(day))
    if (on < day && !text.includes('晚到')) breach('late without a word', to, day, number)
  }
}

/** Nobody is reminded of what they put off or refused, and everybody who owes is, and then those who can help. */
export function asksTheRight(
  { matters, town, doneAt, ran }: History,
  { from, to, calendarOn }: Span,
  breach: Breach,
): void {
  const known = new Map(matters.map((matter) => [matter.id, matter]))
  for (const { id, events } of matters) {
    const quiet = new Map<string, Day>()
    const refused = new Set<string>()
    for (const event of events) {
      if (event.type === 'answered') {
        quiet.set(event.by, event.until ?? '')
        if (event.answer === 'notMine') refused.add(event.by)
      }
      if (event.type !== 'reminded') continue
      if (event.day < (quiet.get(event.to) ?? '')) breach('reminded of what they put off', id, event.day)
      if (refused.has(event.to)) breach('reminded of what is not theirs', id, event.to)
    }
  }
  /** The first day from this one on that somebody ran. */
  const ranFrom = (day: Day): Day => {
    let on = day
    while (!ran.has(on) && on <= to) on = addDays(on, 1)
    return on
  }
  const isDoneBy = (id: string, day: Day): boolean => {
    const done = doneAt.get(id)
    return done !== undefined && dayOf(done) <= day
  }
  const hears = (id: string, step: RegExp): boolean =>
    known.get(id)?.events.some((event) => event.type === 'reminded' && step.test(event.step)) ?? false
  for (const month of monthsBetween(from, addDays(to, -25))) {
    const calendar = calendarOn(`${month}-15`)
    const first = workingDayBefore(lastDayOf(month), 5, calendar)
    const next = workingDayBefore(lastDayOf(month), -1, calendar)
    if (first <= from) continue
    for (const organization of town.organizations.values()) {
      const id = matterId('monthlyReport', month, organization.id)
      if (isShortOf(organization, ranFrom(first), lastDayOf(month)) || organization.left !== undefined)
        continue
      const on = addDays(ranFrom(next), 14)
      if (!isDoneBy(id, on) && !hears(id, /^(?!owner)/)) breach('nobody was asked to help', id)
    }
    const draft = workingDayBefore(`${month}-24`, 5, calendar)
    for (const code of town.streets) {
      const id = matterId('ledger', month, code)
      if (draft > from && !isDoneBy(id, addDays(ranFrom(draft), 5)) && !hears(id, /^owner/))
        breach('nobody was asked for the ledger', id)
    }
  }
  for (const organization of town.organizations.values()) {
    for (const { until, gone } of termsOf(organization)) {
      for (const [duty, first] of [
        ['validity', addDays(until, -60)],
        ['lapsed', addDays(until, 1)],
      ] as const) {
        const on = ranFrom(first)
        if (first <= from || addDays(on, 20) > to || (gone !== undefined && gone <= addDays(on, 7))) continue
        if (!hears(matterId(duty, until, organization.id), /^(owner|unreachable|declined)/))
          breach('nobody heard that it ends', duty, organization.id, until)
      }
    }
  }
}

/** Until when it was valid each time, and when that was renewed or given up. */
const termsOf = ({ renewals, validUntil, left }: Organization): { until: Day; gone: Day | undefined }[] => [
  ...renewals.map(({ on, until }) => ({ until, gone: on })),
  { until: validUntil, gone: left },
]
