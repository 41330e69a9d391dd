import { isWorkingDay, type Calendar } from '../../src/calendar.ts'
import { addDays, type Day } from '../../src/clock.ts'
import { loadPack } from '../../src/pack.ts'
import { due } from '../../src/reminders/due.ts'
import { lettersOf, noted, type Letter } from '../../src/reminders/letters.ts'
import { matterId, type Matter, type MatterEvent } from '../../src/reminders/matter.ts'
import type { Audience } from '../../src/reminders/audience.ts'
import type { Owed, OwingOrganization, Reminder } from '../../src/reminders/owed.ts'

export const pack = await loadPack('templates/liubei')

export const mingzhu = '450205001001'
export const jiefang = '450205001000'

export const organization = (over: Partial<OwingOrganization> = {}): OwingOrganization => ({
  id: 'choir',
  name: '明珠社区夕阳红合唱队',
  place: mingzhu,
  leader: 'wang',
  filedOn: '2025-01-10',
  validUntil: '2027-01-10',
  knownSince: '2025-01-10',
  cancelled: false,
  leaving: false,
  ...over,
})

export const owed = (over: Partial<Owed> = {}): Owed => ({
  duties: pack.duties,
  calendar: pack.calendar,
  organizations: [organization()],
  lying: [],
  authorities: [jiefang],
  incubators: [],
  district: '450205000000',
  matters: new Map(),
  since: '2025-01-01',
  unreachable: new Set(),
  declined: new Set(),
  ...over,
})

/** One office, one person. */
export const receivers = (to: Audience): string[] =>
  to.type === 'leader' ? [to.user] : [`${to.role}@${to.place}`]

/** A year of days without holidays but the weekends. */
export const noHolidays: Calendar = { years: [] }

/** The bot over many days: what it would send, with every letter noted as the sender does. */
export class Days {
  owed: Owed
  readonly receivers: (to: Audience) => string[]
  readonly matters = new Map<string, Matter>()
  readonly sent: { day: Day; letter: Letter }[] = []

  constructor(facts: Owed, receiversOf = receivers) {
    this.receivers = receiversOf
    this.owed = { ...facts, matters: this.matters }
  }

  /** A run of the sender; nothing on days on which nobody may be written to. */
  morning(day: Day): Letter[] {
    if (!isWorkingDay(day, this.owed.calendar)) return []
    const today = new Set(this.sent.filter((one) => one.day === day).map(({ letter }) => letter.to))
    const hasLetter = (user: string) => today.has(user)
    const { letters } = lettersOf(due(this.owed, day), this.receivers, hasLetter, this.matters, day)
    for (const letter of letters) {
      this.sent.push({ day, letter })
      for (const matter of noted(letter, (id) => this.matters.get(id), day, `${day}T01:00:00.000Z`))
        this.matters.set(matter.id, matter)
    }
    return letters
  }

  through(from: Day, to: Day): void {
    for (let day = from; day <= to; day = addDays(day, 1)) this.morning(day)
  }

  happens(duty: string, period: string, target: string, place: string, event: MatterEvent): void {
    const id = matterId(duty, period, target)
    const matter = this.matters.get(id) ?? { id, duty, period, target, place, events: [] }
    this.matters.set(id, { ...matter, events: [...matter.events, event] })
  }

  /** Day and step of everything one person was reminded of, in order. */
  heardBy(user: string, duty?: string): string[] {
    return this.sent
      .filter(({ letter }) => letter.to === user)
      .flatMap(({ day, letter }) => letter.reminders.map((reminder) => ({ day, reminder })))
      .filter(({ reminder }) => duty === undefined || reminder.duty.id === duty)
      .map(({ day, reminder }) => `${day} ${reminder.step}`)
  }

  get reminders(): { day: Day; to: string; reminder: Reminder }[] {
    return this.sent.flatMap(({ day, letter }) =>
      letter.reminders.map((reminder) => ({ day, to: letter.to, reminder })),
    )
  }
}
