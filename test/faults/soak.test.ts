import { expect, test } from 'vitest'
import { growthOf, soak } from '../../bench/soak.ts'

test('under a load that is held nothing grows: neither memory nor handles nor timers', async () => {
  const samples = await soak({ people: 50, lanes: 8, turns: 600, rounds: 9, refused: 100 })
  const [first] = samples.slice(3)
  for (const { handles } of samples.slice(4)) expect(handles).toEqual(first!.handles)
  // One kilobyte a turn that is not let go would be two megabytes.
  expect(growthOf(samples)).toBeLessThan(1)
})
