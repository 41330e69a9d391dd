import { addDays } from '../src/clock.ts'
import { loadPack } from '../src/pack.ts'
import type { Audience } from '../src/reminders/audience.ts'
import { due } from '../src/reminders/due.ts'
import { lookAhead } from '../src/reminders/look-ahead.ts'
import { matterId, type Matter } from '../src/reminders/matter.ts'
import type { Owed } from '../src/reminders/owed.ts'

const DAY = '2026-11-26'
const AHEAD = Array.from({ length: 30 }, (_, after) => addDays(DAY, after))

/**
 * How long it takes for many organizations, each with a report of last month on record, to work out one day, and to
 * foresee thirty.
 */
export async function benchReminders(
  count: number,
): Promise<{ dayMs: number; aheadMs: number; reminders: number }> {
  const { duties, calendar, jurisdiction } = await loadPack('templates/liubei')
  const places = jurisdiction.streets.flatMap(({ communities }) => communities.map(({ code }) => code))
  const day = DAY
  const matters = new Map<string, Matter>()
  const organizations = Array.from({ length: count }, (_, index) => {
    const id = `o${index}`
    const place = places[index % places.length]!
    const [duty, period] = ['monthlyReport', '2026-10']
    const event = { type: 'reported' as const, at: '2026-10-28T01:00:00.000Z', by: 'x' }
    const matter = { id: matterId(duty, period, id), duty, period, target: id, place, events: [event] }
    matters.set(matter.id, matter)
    const validUntil = addDays(day, (index * 7) % 730)
    const filedOn = addDays(validUntil, -730)
    const known = { filedOn, validUntil, knownSince: filedOn, cancelled: false, leaving: false }
    return { id, name: `组织${index}`, place, leader: `l${index}`, ...known }
  })
  const owed: Owed = {
    duties,
    calendar,
    organizations,
    matters,
    lying: [],
    authorities: jurisdiction.streets.map(({ code }) => code),
    incubators: [],
    district: jurisdiction.code,
    since: '2025-01-01',
    unreachable: new Set(),
    declined: new Set(),
  }
  const receivers = (to: Audience): string[] => [to.type === 'leader' ? to.user : `${to.role}${to.place}`]
  const all = { receivers, appointed: () => [], hasLetter: () => false, within: () => true }
  return {
    dayMs: timeOf(() => due(owed, day)),
    aheadMs: timeOf(() => lookAhead(owed, AHEAD, all)),
    reminders: due(owed, day).length,
  }
}

/** In milliseconds, the median of five. */
function timeOf(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return times.sort((a, b) => a - b)[2]!
}

if (import.meta.filename === process.argv[1]) {
  // As JSON, for bench.ts.
  console.log(JSON.stringify(await benchReminders(Number(process.argv[2] ?? 10_000))))
}
