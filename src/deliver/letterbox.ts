import { dayOf, type Day } from '../clock.ts'
import type { Sent } from '../conversation/office/sent.ts'
import type { StaffGroup } from '../directory/staff.ts'
import type { UserId } from '../messages.ts'
import type { Matter } from '../reminders/matter.ts'
import type { Delivery, Transaction } from '../store/store.ts'

/** The key of all that one person is reminded of on one day. */
export const letterKey = (day: Day, to: UserId): string => `letter:${day}:${to}`

/** The key of what one person reads on a day of the days before, when there is nothing to remind of. */
export const lineKey = (day: Day, to: UserId): string => `morning:${day}:${to}`

/** The key of all that one group is told on one day. */
export const groupKey = (day: Day, { place, name }: StaffGroup): string => `group:${day}:${place}:${name}`

/** The key of the picture that goes with the first of a month. */
export const monthlyKey = (month: string, { place, name }: StaffGroup): string =>
  `chart:${month}:${place}:${name}`

/** The key of the sheet that goes with it. */
export const tableKey = (month: string, { place, name }: StaffGroup): string =>
  `table:${month}:${place}:${name}`

/** The key of the draft that goes with a letter, by the id of its matter. */
export const fileKey = (letter: string, matter: string): string => `${letter}#file:${matter}`

/**
 * Whether it may have arrived. Letters leave on their day only, so a process that died over one later had not begun
 * to send it.
 */
export const isDoubtful = ({ key, doubtfulSince }: Pick<Delivery, 'key' | 'doubtfulSince'>): boolean =>
  doubtfulSince !== undefined &&
  !(/^(letter|morning|group):/.test(key) && dayIn(key) < dayOf(new Date(doubtfulSince)))

/** Whether a delivery is what somebody is told of a day, and not the card or file below it. */
export const isLetter = (key: string): boolean =>
  /^(letter|group):\d{4}-\d\d-\d\d:/.test(key) && !/#(card$|file:)/.test(key)

export const dayIn = (key: string): Day => key.split(':')[1] ?? ''

const MOST_LISTED = 10_000

/** Who was written to on this day already. */
export async function servedOn(day: Day, tx: Transaction): Promise<Set<UserId>> {
  const served = new Set<UserId>()
  for (const prefix of [letterKey(day, ''), lineKey(day, '')])
    for (const { key } of await tx.listKeys(prefix)) served.add(key.slice(prefix.length).replace(/#.*$/, ''))
  return served
}

/**
 * What was promised on these days about these matters, and to these groups, and what became of it. Of what people
 * were told of their cases only what did not arrive.
 */
export async function sentOn(
  days: readonly Day[],
  matters: Iterable<Matter>,
  groups: readonly StaffGroup[],
  tx: Transaction,
): Promise<Sent[]> {
  const about = new Map<string, Sent['about']>()
  for (const { duty, period, target, place, events } of matters) {
    for (const event of events) {
      if (event.type !== 'reminded' || !days.includes(event.day)) continue
      const key = letterKey(event.day, event.to)
      const known = about.get(key) ?? []
      known.push({ duty, period, target, place, step: event.step })
      about.set(key, known)
    }
  }
  const sent: Sent[] = []
  for (const [key, those] of about) {
    const delivery = await tx.findDelivery(key)
    if (delivery) sent.push(...entryOf(delivery, { day: dayIn(key), to: delivery.body.to, about: those }))
  }
  for (const state of ['failed', 'unknown'] as const) {
    for (const delivery of await tx.listDeliveries(state, MOST_LISTED)) {
      const { key, body, enqueuedAt } = delivery
      const day = dayOf(new Date(enqueuedAt))
      if (body.type === 'letter' && key.includes('#notice') && days.includes(day))
        sent.push(...entryOf(delivery, { day, to: body.to, about: [] }))
    }
  }
  for (const day of days) {
    for (const group of groups) {
      const delivery = await tx.findDelivery(groupKey(day, group))
      if (delivery) sent.push(...entryOf(delivery, { day, to: group.name, group: true, about: [] }))
    }
  }
  return sent
}

/** Nothing of what was not needed any more. */
function entryOf({ state, dueAt, problem }: Delivery, entry: Omit<Sent, 'state'>): Sent[] {
  if (state === 'dropped') return []
  const shown = state === 'leased' ? 'waiting' : state
  return [{ ...entry, state: shown, dueAt, ...(problem === undefined ? {} : { problem }) }]
}
