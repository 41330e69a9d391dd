import { addDays, type Clock, dayOf, startOf, timeOf } from '../clock.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A clock that runs as `base` does, ahead of it by what it was moved forward. It never goes back. */
export type MovableClock = Clock & {
  forward(ms: number): void
  /** Called after each move with the new time; returns how to stop. */
  onForward(listener: (now: Date) => void): () => void
}

export function movableClock(base: Clock): MovableClock {
  let ahead = 0
  const listeners = new Set<(now: Date) => void>()
  const now = () => new Date(base.now().getTime() + ahead)
  return {
    now,
    forward(ms) {
      if (!(ms > 0)) throw new RangeError('A clock moves forward only.')
      ahead += ms
      for (const listener of listeners) listener(now())
    },
    onForward(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The moves a person can make on the page. */
export const leaps = ['hour', 'day', 'month', 'workingMorning'] as const
export type Leap = (typeof leaps)[number]

/** How far a leap goes, in milliseconds. A working morning is Monday to Friday, 09:05: reminders leave after 08:30. */
export function lengthOf(leap: Leap, now: Date): number {
  switch (leap) {
    case 'hour':
      return HOUR_MS
    case 'day':
      return DAY_MS
    case 'month':
      return 30 * DAY_MS
    case 'workingMorning':
      return nextWorkingMorning(now).getTime() - now.getTime()
  }
}

function nextWorkingMorning(now: Date): Date {
  let day = timeOf(now) < '09:05' ? dayOf(now) : addDays(dayOf(now), 1)
  while ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) day = addDays(day, 1)
  return new Date(startOf(day).getTime() + 9 * HOUR_MS + 5 * 60_000)
}
