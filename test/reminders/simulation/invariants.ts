import { isWorkingDay, type Calendar } from '../../../src/calendar.ts'
import { addDays, dayOf, timeOf, type Day } from '../../../src/clock.ts'
import { isWithin } from '../../../src/filings/place-code.ts'
import { isLetter } from '../../../src/deliver/letterbox.ts'
import { lastDayOf, workingDayBefore } from '../../../src/reminders/days.ts'
import { matterId, quietUntil, wantsToHear } from '../../../src/reminders/matter.ts'
import { asksTheRight, readsWell } from './etiquette.ts'
import { isShortOf, mayHear, monthsBetween, numbersIn } from './town.ts'
import { periodOf, type History } from './history.ts'

const SECONDS_10 = 10_000
const MOST_SHOWN = 20

/** What must hold of every history; each line is one breach. */
export function breachesOf(
  history: History,
  from: Day,
  to: Day,
  calendarOn: (day: Day) => Calendar,
): string[] {
  const breaches: string[] = [...history.violations]
  const breach = (...words: unknown[]): void => void breaches.push(words.join(' '))
  const { town, posts, outcomes, doneAt, matters, ran } = history
  const texts = new Map<string, string[]>()
  const heads = new Map<string, number>()
  const inGroup = new Map<string, number>()
  const pictures = new Map<string, number>()
  const sheets = new Map<string, number>()

  for (const { at, to: user, into, type, text, mentions } of posts) {
    const day = dayOf(at)
    // A call that began in time may end a few seconds later.
    if (!isInSlot(at, calendarOn(day)) && !isInSlot(new Date(at.getTime() - SECONDS_10), calendarOn(day)))
      breach('outside the hours', at.toISOString(), user)
    const key = `${day}:${user}`
    if (into === 'group' && type === 'image') {
      const month = `${day.slice(0, 7)}:${user}`
      pictures.set(month, (pictures.get(month) ?? 0) + 1)
      continue
    }
    if (into === 'group' && type === 'file') {
      const month = `${day.slice(0, 7)}:${user}`
      sheets.set(month, (sheets.get(month) ?? 0) + 1)
      continue
    }
    if (into === 'group') {
      inGroup.set(key, (inGroup.get(key) ?? 0) + 1)
      if (numbersIn(text).length > 0 || /\d{7}/.test(text)) breach('personal data in a group', text)
      const place = town.groups.get(user)!
      const period = periodOf(Number(/(\d+)月月报/.exec(text)?.[1]), day)
      for (const mention of mentions.filter((one) => one.startsWith('leader'))) {
        const owes = [...town.organizations.values()].some(
          ({ id, leader, place: own }) =>
            leader === mention && isWithin(own, place) && !isDoneBy('monthlyReport', period, id, at),
        )
        if (!owes || town.declined.has(mention)) breach('mentioned without owing', mention, user, day)
      }
      const missing = Number(/还差(\d+)家/.exec(text)?.[1] ?? 0)
      const owing = [...town.organizations.values()].filter(
        ({ id, place: own }) => isWithin(own, place) && !isDoneBy('monthlyReport', period, id, at),
      )
      if (missing > owing.length) breach('more than owe', missing, user, day)
      const late = /(\d+)月备案台账（/.exec(text)?.[1]
      if (late && isDoneBy('ledger', periodOf(Number(late), day), place, at))
        breach('a ledger after it was done', text)
      continue
    }
    if (type !== 'text') continue
    const others = texts.get(key) ?? []
    if (others.includes(text)) breach('the same text twice on', day, user)
    texts.set(key, [...others, text])
    if (/^(收到|提醒您一件事|今天有\d+件事|昨日应发|\d+月\d+日应发|有\d+条|\d+年)/.test(text)) {
      heads.set(key, (heads.get(key) ?? 0) + 1)
    }
    for (const number of numbersIn(text)) {
      if (!mayHear(user, town.organizations.get(`o${number}`)!, town)) breach('not theirs', user, number)
    }
    const ledger = /(\d+)月备案台账，/.exec(text)?.[1]
    const street = user.slice('officer'.length, -1)
    if (user.startsWith('officer') && ledger && isDoneBy('ledger', periodOf(Number(ledger), day), street, at))
      breach('a ledger after it was done', day, user)
    if (!user.startsWith('leader')) continue
    if (town.declined.has(user)) breach('declined and written to', user)
    for (const line of text.split('\n')) {
      const month = /的(\d+)月月报，/.exec(line)?.[1]
      if (month === undefined) continue
      for (const number of numbersIn(line)) {
        if (isDoneBy('monthlyReport', periodOf(Number(month), day), `o${number}`, at))
          breach('after it was done', day, user, line)
      }
    }
  }
  for (const [key, count] of heads) if (count > 1) breach('two letters on one day', key)
  for (const [key, count] of inGroup) if (count > 1) breach('two digests on one day', key)
  for (const [key, count] of pictures) if (count > 1) breach('two pictures in one month', key)
  for (const [key, count] of sheets) if (count > 1) breach('two sheets in one month', key)

  function isDoneBy(duty: string, period: string, target: string, at: Date): boolean {
    const done = doneAt.get(matterId(duty, period, target))
    return done !== undefined && done < at
  }

  // Every letter has an end, and what did not arrive was told.
  const bad = new Map<Day, number>()
  const open = addDays(to, -3)
  for (const { key, enqueuedAt, state } of history.open)
    if (dayOf(new Date(enqueuedAt)) <= open) breach('without an end', key, state)
  for (const [key, state] of outcomes) {
    const [kind = '', day = '', user = ''] = key.split(':')
    if (day > open || !isLetter(key)) continue
    if (state === 'failed' || state === 'unknown') bad.set(day, (bad.get(day) ?? 0) + 1)
    if (kind === 'letter' && state === 'sent' && !texts.has(`${day}:${user}`)) breach('sent to nobody', key)
  }
  const told = toldToOperator(history)
  for (const [day, count] of bad) {
    if (day > addDays(to, -14)) continue
    if ((told.get(day) ?? 0) < count) breach('nobody was told of', day, count, 'but of', told.get(day))
  }

  // Every step that was noted is in a letter; nobody gets more than three of a matter unless somebody asks for them.
  const steps = new Map<string, Set<string>>()
  for (const { id, target, events, duty } of matters) {
    for (const event of events) {
      if (event.type !== 'reminded') continue
      const heard = `${id} ${event.to}`
      if (!/^(?:asked|notMine)-/.test(event.step))
        steps.set(heard, (steps.get(heard) ?? new Set()).add(event.step))
      if (event.day > open) continue
      const state = outcomes.get(`letter:${event.day}:${event.to}`)
      if (state === undefined) breach('noted without a letter', id, event.day, event.to)
      if (state !== 'sent' || duty !== 'monthlyReport' || !event.to.startsWith('leader')) continue
      const said = texts.get(`${event.day}:${event.to}`)?.join('\n') ?? ''
      const done = doneAt.get(id)
      // What was answered between the promise and the sending is kept back.
      const then = { events: events.filter(({ at }) => dayOf(new Date(at)) <= event.day) }
      if (!wantsToHear(then, event.to, event.day)) continue
      if (!said.includes(target.slice(1)) && !(done && dayOf(done) <= event.day))
        breach('noted and not said', id, event.day, event.to)
    }
  }
  for (const [id, own] of steps) if (own.size > 3) breach('more than three reminders', id)

  // Nothing is silently left out: whoever still owed when a reminder was due was reminded, or somebody for them.
  const known = new Map(matters.map((matter) => [matter.id, matter]))
  for (const month of monthsBetween(from, addDays(to, -20))) {
    const last = lastDayOf(month)
    const first = workingDayBefore(last, 5, calendarOn(`${month}-15`))
    if (first <= from) continue
    // On the first day that somebody ran from then on.
    let on = first
    while (!ran.has(on) && on <= to) on = addDays(on, 1)
    for (const organization of town.organizations.values()) {
      const { id, left } = organization
      const done = doneAt.get(matterId('monthlyReport', month, id))
      if (isShortOf(organization, on, last) || (left !== undefined && left <= addDays(on, 5))) continue
      const events = known.get(matterId('monthlyReport', month, id))?.events ?? []
      // Whoever put it off before they were reminded is reminded when that is over.
      const until = quietUntil({ events }, organization.leader) ?? ''
      if (done && dayOf(done) <= addDays(until > on ? until : on, 5)) continue
      if (!events.some(({ type }) => type === 'reminded')) breach('nobody was reminded', month, id)
    }
  }
  const span = { from, to, calendarOn }
  readsWell(history, span, breach)
  asksTheRight(history, span, breach)
  return breaches.slice(0, MOST_SHOWN)
}

function isInSlot(at: Date, calendar: Calendar): boolean {
  const time = timeOf(at)
  if (!isWorkingDay(dayOf(at), calendar) || /:(00|30)$/.test(time)) return false
  return ('08:30' < time && time < '12:00') || ('14:30' < time && time < '17:30')
}

/** How many did not arrive on each day, as the operator read it last. */
function toldToOperator({ posts }: History): Map<Day, number> {
  const told = new Map<Day, number>()
  for (const { to, text, at } of posts) {
    if (to !== 'operator') continue
    for (const [, when = '', rest = ''] of text.matchAll(/(昨日|\d+月\d+日)应发\d+，已达\d+([^\n]*)。/g)) {
      const count = [...rest.matchAll(/(?:未知|没发成)(\d+)/g)].reduce(
        (sum, found) => sum + Number(found[1]),
        0,
      )
      told.set(when === '昨日' ? addDays(dayOf(at), -1) : dayIn(when, dayOf(at)), count)
    }
  }
  return told
}

function dayIn(words: string, today: Day): Day {
  const [month = 0, date = 0] = words.match(/\d+/g)!.map(Number)
  return `${periodOf(month, today)}-${String(date).padStart(2, '0')}`
}
