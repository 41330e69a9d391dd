import { describe, expect, test } from 'vitest'
import { isKnown, isWorkingDay, lastWorkingDay, nextWorkingDay, workingDaysBetween } from '../src/calendar.ts'
import { loadPack } from '../src/pack.ts'

const { calendar } = await loadPack('templates/liubei')

describe('a day is worked', () => {
  test.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-10-01', false, '国庆节'],
    ['2026-10-10', true, 'a Saturday worked in exchange'],
    ['2026-02-14', true, 'the Saturday before 春节'],
    ['2026-02-23', false, 'the Monday that ends 春节'],
  ])('%s: %s (%s)', (day, worked) => {
    expect(isWorkingDay(day, calendar)).toBe(worked)
  })
})

test('working days are counted from the day after', () => {
  expect(workingDaysBetween('2026-11-20', '2026-11-23', calendar)).toBe(1)
  expect(workingDaysBetween('2026-11-23', '2026-11-23', calendar)).toBe(0)
  expect(workingDaysBetween('2026-09-30', '2026-10-12', calendar)).toBe(4)
})

test('a day that is not worked moves to its neighbours', () => {
  expect(nextWorkingDay('2026-02-15', calendar)).toBe('2026-02-24')
  expect(lastWorkingDay('2026-10-25', calendar)).toBe('2026-10-23')
})

test('a year that was not loaded is not known', () => {
  expect(isKnown('2026-01-01', calendar)).toBe(true)
  expect(isKnown('2027-01-01', calendar)).toBe(false)
})
