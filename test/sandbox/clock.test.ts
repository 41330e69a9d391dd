import { describe, expect, test } from 'vitest'
import { dayOf, timeOf } from '../../src/clock.ts'
import { lengthOf, movableClock } from '../../src/sandbox/clock.ts'

const at = (iso: string) => new Date(`${iso}+08:00`)

test('a moved clock runs on from where it was put', () => {
  let base = at('2026-11-23T10:00')
  const clock = movableClock({ now: () => base })
  const moves: string[] = []
  const stop = clock.onForward((now) => moves.push(dayOf(now)))
  clock.forward(lengthOf('day', clock.now()))
  base = at('2026-11-23T10:30')
  expect(clock.now()).toEqual(at('2026-11-24T10:30'))
  stop()
  clock.forward(lengthOf('month', clock.now()))
  expect(moves).toEqual(['2026-11-24'])
})

test('a clock does not go back', () => {
  const clock = movableClock({ now: () => at('2026-11-23T10:00') })
  expect(() => clock.forward(-1)).toThrow(RangeError)
  expect(() => clock.forward(Number.NaN)).toThrow(RangeError)
})

describe('the next working morning', () => {
  test.each([
    ['2026-11-23T08:00', '2026-11-23'],
    ['2026-11-23T10:00', '2026-11-24'],
    ['2026-11-27T10:00', '2026-11-30'],
    ['2026-11-28T07:00', '2026-11-30'],
    ['2026-12-31T23:59', '2027-01-01'],
  ])('after %s is %s at 09:05', (now, day) => {
    const then = new Date(at(now).getTime() + lengthOf('workingMorning', at(now)))
    expect([dayOf(then), timeOf(then)]).toEqual([day, '09:05'])
  })
})
