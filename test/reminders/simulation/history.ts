import type { Day } from '../../../src/clock.ts'
import type { Matter } from '../../../src/reminders/matter.ts'
import type { Delivery } from '../../../src/store/store.ts'
import type { Town } from './town.ts'
import type { Post, Wire } from './wire.ts'

/** What happened, for the invariants to be read from. */
export type History = {
  town: Town
  posts: readonly Post[]
  violations: readonly string[]
  most: Wire['most']
  /** The last state of every letter and digest, by key. */
  outcomes: Map<string, Delivery['state']>
  /** What waits at the end. */
  open: Delivery[]
  /** When each matter was done, by id. */
  doneAt: Map<string, Date>
  matters: Matter[]
  /** Days on which some process saw all that was due, without dying over it. */
  ran: Set<Day>
  kills: number
  calls: number
}

/** The month a text means that was read on a day. */
export const periodOf = (month: number, today: Day): string => {
  const year = Number(today.slice(0, 4)) - (month > Number(today.slice(5, 7)) ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}`
}
