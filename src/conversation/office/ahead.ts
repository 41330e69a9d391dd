import { isKnown, nextWorkingDay } from '../../calendar.ts'
import { addDays, dayOf, type Day } from '../../clock.ts'
import { answersFor, appointedIn, incubatorsIn, receiversIn, rolesOf } from '../../directory/scope.ts'
import type { UserId } from '../../messages.ts'
import { monthOf } from '../../reminders/days.ts'
import { digestsOn, isEarlyInMonth } from '../../reminders/digest.ts'
import { lookAhead, type DayAhead } from '../../reminders/look-ahead.ts'
import { mendIn } from '../../reminders/news.ts'
import type { Owed } from '../../reminders/owed.ts'
import { nextSlot } from '../../reminders/slots.ts'
import { placesWithNumbers } from '../../reminders/targets.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { listWords as words } from './list-words.ts'
import { showPage, type Item } from './pages.ts'
import { scopeName } from './scope-name.ts'
import { namesIn, whatAbout, whoIs } from './sent.ts'

const DAYS = 30
/** So many receivers of the same on one day are named, no more. */
const MOST_NAMED = 10

/** 提醒 预览: what will go to whom in the next thirty days. Looking changes nothing. */
export function listAhead(talk: Talk, page: number): Turn | Need {
  const { facts, session } = talk
  const { staff, person, owed, served, pack } = facts
  if (rolesOf(staff, person).length === 0) return turn(session, reviewWords.noRight)
  if (!owed) return { needs: 'owed' }
  if (!served) return { needs: 'served' }
  const days = daysAhead(facts)
  const isSeen = answersFor(staff, person, { asOperator: true })
  const own = incubatorsIn(staff, pack.jurisdiction.code, person)
  const within = (place: string): boolean => isSeen(place) || own.includes(place)
  // In the evening the first day is tomorrow, on which nobody has been written to.
  const hasLetter = (user: string): boolean => days[0] === facts.today && served.people.has(user)
  const to = { receivers: receiversIn(staff), appointed: appointedIn(staff) }
  // What the bureau owes itself is not for the incubator of the district.
  const duties = pack.duties.duties.filter(({ owes }) => owes !== 'district' || isSeen(owed.district))
  const seen = { ...owed, duties: { ...owed.duties, duties } }
  const ahead = lookAhead(seen, days, { ...to, hasLetter, within })
  const names = namesIn(owed)
  const monthly = new Set([...served.monthly].map((group) => `${monthOf(facts.today)} ${group}`))
  const items = ahead.flatMap((one) => dayItems(one, { facts, owed, within, monthly, names }))
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

/** `monthly`: months and groups that had the numbers of it; `names`: of organizations and cases, by id. */
type Looking = {
  facts: Facts
  owed: Owed
  within: (place: string) => boolean
  monthly: Set<string>
  names: ReadonlyMap<string, string>
}

function dayItems(one: DayAhead, looking: Looking): Item[] {
  const groups = groupLines(one.day, looking)
  const readers = new Set([...one.letters.map(({ to }) => to), ...one.news.keys()])
  const head = words.aheadDay(one.day, readers.size + groups.length)
  const texts = [...byText(one, looking), ...groups]
  return texts.map((text) => ({ head, text }))
}

/** One line for each receiver; where many get the same, one line for all of them. */
function byText({ letters, news }: DayAhead, { facts, owed, within, names }: Looking): string[] {
  const byWhat = new Map<string, (() => string)[]>()
  const add = (what: string, who: () => string): void => {
    const known = byWhat.get(what)
    if (known) known.push(who)
    else byWhat.set(what, [who])
  }
  const who = (user: UserId, about: Parameters<typeof whoIs>[1]): string =>
    whoIs(user, about, facts.staff, names)
  const cameTo = (to: UserId): string[] => {
    const came = (news.get(to) ?? []).filter(({ matter }) => within(matter.place))
    const mends = came.filter(({ matter }) => mendIn(matter) !== undefined).length
    const reports = came.length - mends
    return [
      ...(reports > 0 ? [words.aheadReports(reports)] : []),
      ...(mends > 0 ? [words.aheadMends(mends)] : []),
    ]
  }
  for (const { to, reminders } of letters) {
    const about = reminders.map(({ duty, ...one }) => ({ ...one, duty: duty.id }))
    add([whatAbout(about, owed, who), ...cameTo(to)].join('、'), () => who(to, about))
  }
  const written = new Set(letters.map(({ to }) => to))
  for (const to of news.keys()) {
    const what = cameTo(to)
    if (!written.has(to) && what.length > 0) add(what.join('、'), () => who(to, []))
  }
  return [...byWhat].flatMap(([what, who]) =>
    who.length > MOST_NAMED
      ? [words.aheadMany(namesOf(who.slice(0, 3)).join('、'), who.length, what)]
      : namesOf(who).map((one) => words.aheadLine(one, what)),
  )
}

const namesOf = (who: readonly (() => string)[]): string[] => who.map((name) => name())

/** Groups that are told something, as far as today's post has not gone yet. */
function groupLines(day: Day, { facts, owed, within, monthly }: Looking): string[] {
  const { staff, today, served } = facts
  const digestAt = digestsOn(owed, day)
  const withNumbers = isEarlyInMonth(day, owed.calendar) ? placesWithNumbers(owed, day) : undefined
  return staff.groups.flatMap((group) => {
    const isTold = day === today && served?.groups.has(group.name)
    if (!(group.webhook || group.chatId) || !within(group.place) || isTold) return []
    const lines = digestAt(group.place).map(({ duty, period, targets }) => {
      const title = words.title(duty.title, period)
      return duty.owes === 'organization' ? words.groupOpen(title, targets.length) : title
    })
    const month = `${monthOf(day)} ${group.name}`
    if (withNumbers?.has(group.place) && !monthly.has(month)) {
      lines.push(words.monthly)
      monthly.add(month)
    }
    return lines.length > 0 ? [words.toGroup(group.name, lines)] : []
  })
}
