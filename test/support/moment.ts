import type { MovableClock } from '../../src/sandbox/clock.ts'

/** Moves the clock to a moment in Liuzhou, given as `2026-11-23T09:05`. */
export const forwardTo = (clock: MovableClock, moment: string): void =>
  clock.forward(Date.parse(`${moment}:00+08:00`) - clock.now().getTime())
