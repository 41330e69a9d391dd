import { expect, test } from 'vitest'
import { loadPack } from '../../src/pack.ts'
import { nextSlot } from '../../src/reminders/slots.ts'

const { calendar } = await loadPack('templates/liubei')
/** A time in Asia/Shanghai. */
const at = (text: string): Date => new Date(`${text}+08:00`)

test.each([
  ['2026-11-23T09:10:00', '2026-11-23T09:10:00', 'a Monday morning'],
  ['2026-11-23T07:00:00', '2026-11-23T08:31:00', 'before office hours'],
  ['2026-11-23T12:40:00', '2026-11-23T14:31:00', 'the noon rest'],
  ['2026-11-23T18:00:00', '2026-11-24T08:31:00', 'the evening'],
  ['2026-11-21T10:00:00', '2026-11-23T08:31:00', 'a Saturday'],
  ['2026-09-30T17:40:00', '2026-10-08T08:31:00', 'the eve of 国庆'],
  ['2026-10-10T10:11:00', '2026-10-10T10:11:00', 'a Saturday worked in exchange'],
  ['2026-11-23T10:00:20', '2026-11-23T10:01:20', 'the first minute of an hour'],
  ['2026-11-23T15:30:00', '2026-11-23T15:31:00', 'the first minute of a half hour'],
])('what is due at %s leaves at %s: %s', (now, then) => {
  expect(nextSlot(at(now), calendar).toISOString()).toBe(at(then).toISOString())
})
