import { addDays, type Day } from '../../../src/clock.ts'
import type { Chance } from '../../conversation/random.ts'
import type { Trouble } from './wire.ts'

export type Outage =
  Extract<Trouble, 'unreachable' | 'gateway' | 'busy' | 'limit' | 'silence' | 'lost'> | 'stopped'

/** Days on which WeCom is away, or no process runs. */
export function outagesOf({ from, to }: { from: Day; to: Day }, chance: Chance): Map<Day, Outage> {
  const days = new Map<Day, Outage>()
  const kinds: Outage[] = ['unreachable', 'gateway', 'busy', 'limit', 'silence', 'lost', 'stopped', 'stopped']
  for (let day = addDays(from, 10); day < addDays(to, -20); day = addDays(day, 20 + chance.below(50))) {
    const kind = chance.pick(kinds)
    for (let length = 1 + chance.below(4); length > 0; length--) days.set(addDays(day, length), kind)
  }
  return days
}
