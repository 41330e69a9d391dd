import { addDays } from '../src/clock.ts'
import { loadPack } from '../src/pack.ts'
import { due } from '../src/reminders/due.ts'
import { matterId, type Matter } from '../src/reminders/matter.ts'
import type { Owed } from '../src/reminders/owed.ts'

/** How long one day's computation takes for many organizations, each with a report of last month on record. */
export async function benchReminders(count: number): Promise<{ ms: number; reminders: number }> {
  const { duties, calendar, jurisdiction } = await loadPack('templates/liubei')
  const places = jurisdiction.streets.flatMap(({ communities }) => communities.map(({ code }) => code))
  const day = '2026-11-26'
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
    district: jurisdiction.code,
    since: '2025-01-01',
    unreachable: new Set(),
    declined: new Set(),
  }
  const times: number[] = []
  let reminders = 0
  for (let run = 0; run < 5; run++) {
    const started = performance.now()
    reminders = due(owed, day).length
    times.push(performance.now() - started)
  }
  return { ms: times.sort((a, b) => a - b)[2]!, reminders }
}

if (import.meta.filename === process.argv[1]) {
  for (const count of [650, 2_000, 10_000]) {
    const { ms, reminders } = await benchReminders(count)
    console.log(`${count} organizations: ${ms.toFixed(0)} ms, ${reminders} reminders`)
  }
}
