import { isKnown, nextWorkingDay } from '../../calendar.ts'
import { addDays, dayOf, type Day } from '../../clock.ts'
import { answersFor, receiversIn, rolesOf } from '../../directory/scope.ts'
import { isWithin } from '../../filings/place-code.ts'
import { monthOf } from '../../reminders/days.ts'
import { digestsOn, isEarlyInMonth } from '../../reminders/digest.ts'
import type { Letter } from '../../reminders/letters.ts'
import { lookAhead, type DayAhead } from '../../reminders/look-ahead.ts'
import type { Owed } from '../../reminders/owed.ts'
import { nextSlot } from '../../reminders/slots.ts'
import { tallyOf } from '../../reminders/targets.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { listWords as words } from './list-words.ts'
import { showPage, type Item } from './pages.ts'
import { scopeName } from './scope-name.ts'
import { whatAbout, whoIs } from './sent.ts'

const DAYS = 30
/** So many receivers of the same on one day are named, no more. */
const MOST_NAMED = 10

/** 提醒 预览: what will go to whom in the next thirty days. Looking changes nothing. */
export function listAhead(talk: Talk, page: number): Turn | Need {
  const { facts, session } = talk
  const { staff, person, owed, served } = facts
  if (rolesOf(staff, person).length === 0) return turn(session, reviewWords.noRight)
  if (!owed) return { needs: 'owed' }
  if (!served) return { needs: 'served' }
  const days = daysAhead(facts)
  const within = answersFor(staff, person, { asOperator: true })
  const hasLetter = (user: string): boolean => served.people.has(user)
  const ahead = lookAhead(owed, days, { receivers: receiversIn(staff), hasLetter, within })
  const monthly = new Set([...served.monthly].map((group) => `${monthOf(facts.today)} ${group}`))
  const items = ahead.flatMap((one) => dayItems(one, facts, owed, within, monthly))
  const unknown = [
    ...new Set(days.filter((day) => !isKnown(day, owed.calendar)).map((day) => day.slice(0, 4))),
  ]
  const title = [
    words.ahead(scopeName(talk), days[0] ?? facts.today, days.at(-1) ?? facts.today),
    items.length === 0 ? words.aheadNone : words.aheadNote,
    ...(unknown.length > 0 ? [words.unknownYears(unknown)] : []),
  ].join('\n')
  return showPage(talk, { list: 'ahead', title, items }, page)
}

/** From the first day on which letters still leave. */
function daysAhead({ now, today, pack }: Facts): Day[] {
  const first = dayOf(nextSlot(now, pack.calendar))
  const from = first > today ? nextWorkingDay(first, pack.calendar) : today
  const count = DAYS - (Date.parse(from) - Date.parse(today)) / 86_400_000
  return Array.from({ length: Math.max(1, count) }, (_, after) => addDays(from, after))
}

function dayItems(
  { day, letters }: DayAhead,
  facts: Facts,
  owed: Owed,
  within: (place: string) => boolean,
  monthly: Set<string>,
): Item[] {
  const groups = groupLines(day, facts, owed, within, monthly)
  const head = words.aheadDay(day, letters.length + groups.length)
  const texts = [...byText(letters, facts, owed), ...groups]
  return texts.map((text) => ({ head, text }))
}

/** One line for each receiver; where many get the same, one line for all of them. */
function byText(letters: readonly Letter[], { staff }: Facts, owed: Owed): string[] {
  const byWhat = new Map<string, string[]>()
  for (const { to, reminders } of letters) {
    const about = reminders.map(({ duty, period, target, help }) => ({
      duty: duty.id,
      period,
      target,
      help: help !== undefined,
    }))
    const what = whatAbout(about, owed)
    byWhat.set(what, [...(byWhat.get(what) ?? []), whoIs(to, about, staff, owed)])
  }
  return [...byWhat].flatMap(([what, who]) =>
    who.length > MOST_NAMED
      ? [words.aheadMany(who.slice(0, 3).join('、'), who.length, what)]
      : who.map((one) => words.aheadLine(one, what)),
  )
}

/** Groups that are told something, as far as today's post has not gone yet; `monthly` had a month's numbers. */
function groupLines(
  day: Day,
  { staff, pack, today, served }: Facts,
  owed: Owed,
  within: (place: string) => boolean,
  monthly: Set<string>,
): string[] {
  const digestAt = digestsOn(owed, day)
  return staff.groups.flatMap((group) => {
    const isTold = day === today && served?.groups.has(group.name)
    if (!(group.webhook || group.chatId) || !within(group.place) || isTold) return []
    const lines = digestAt(group.place).map(({ duty, period, targets }) => {
      const title = words.title(duty.title, period)
      return duty.owes === 'organization' ? words.groupOpen(title, targets.length) : title
    })
    const month = `${monthOf(day)} ${group.name}`
    if (isEarlyInMonth(day, owed.calendar) && !monthly.has(month)) {
      const { total, ending } = tallyOf(owed, pack.jurisdiction, day, (code) => isWithin(code, group.place))
      if (total + ending > 0) lines.push(words.monthly)
      monthly.add(month)
    }
    return lines.length > 0 ? [words.toGroup(group.name, lines)] : []
  })
}
