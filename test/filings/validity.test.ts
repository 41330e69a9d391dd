import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/clock.ts'
import { daysLeft, isExpired, validUntil } from '../../src/filings/validity.ts'
import { loadPack } from '../../src/pack.ts'

const { validity } = await loadPack('templates/liubei')
const dayBefore = { years: 2, lastDay: 'dayBefore' } as const

test('the pack counts two years to the corresponding day', () => {
  expect(validity).toEqual({ years: 2, lastDay: 'sameDay' })
})

test.each([
  ['2022-10-15', '2024-10-15', '2024-10-14'],
  ['2023-03-31', '2025-03-31', '2025-03-30'],
  ['2024-02-28', '2026-02-28', '2026-02-27'],
  ['2024-02-29', '2026-02-28', '2026-02-28'],
  ['2024-03-01', '2026-03-01', '2026-02-28'],
  ['2026-03-01', '2028-03-01', '2028-02-29'],
  ['2026-11-23', '2028-11-23', '2028-11-22'],
  ['2026-12-31', '2028-12-31', '2028-12-30'],
  ['2026-01-01', '2028-01-01', '2027-12-31'],
])('filed on %s is valid until %s, or counted from the day itself until %s', (filedOn, same, before) => {
  expect(validUntil(filedOn, validity)).toBe(same)
  expect(validUntil(filedOn, dayBefore)).toBe(before)
})

test('a later filing is never valid for a shorter time, and two years are 729 to 731 days', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2020-01-01', days))
  fc.assert(
    fc.property(day, fc.constantFrom(validity, dayBefore), (filedOn, rules) => {
      const until = validUntil(filedOn, rules)
      expect(until <= validUntil(addDays(filedOn, 1), rules)).toBe(true)
      expect(daysLeft(until, filedOn)).toBeGreaterThanOrEqual(729)
      expect(daysLeft(until, filedOn)).toBeLessThanOrEqual(731)
    }),
  )
})

test('the last day still counts', () => {
  expect(isExpired('2028-11-23', '2028-11-22')).toBe(false)
  expect(isExpired('2028-11-23', '2028-11-23')).toBe(false)
  expect(isExpired('2028-11-23', '2028-11-24')).toBe(true)
  expect(daysLeft('2028-11-23', '2028-11-23')).toBe(0)
  expect(daysLeft('2028-11-23', '2028-11-26')).toBe(-3)
  expect(daysLeft('2028-03-01', '2028-02-27')).toBe(3)
})
