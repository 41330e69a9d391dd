import { expect, test } from 'vitest'
import { Chance } from './random.ts'
import { Walk } from './random-walk.ts'

/** More, or one that failed, by hand: WALKS=20000 SEED=1 npx vitest run test/conversation/random-leader.test.ts */
const WALKS = Number(process.env['WALKS'] ?? 400)
const FIRST = Number(process.env['SEED'] ?? 1)

/** One leader from her first word to the end; an error tells the seed and the last words of the talk. */
async function walk(seed: number): Promise<Walk> {
  const chance = new Chance(seed)
  const walk = new Walk(chance)
  try {
    await walk.begins()
    for (let left = chance.below(90); left > 0 && !walk.isOver; left--) {
      if (chance.happens(0.65)) await walk.goesOn()
      else await walk.digresses()
    }
    if (!walk.isOver) await (chance.happens(0.1) ? walk.cancels() : walk.handsIn())
    return walk
  } catch (cause) {
    const { message } = cause instanceof Error ? cause : new Error(String(cause))
    throw new Error(`seed ${seed}: ${message}\n${walk.said.slice(-16).join('\n')}`, { cause })
  }
}

test('whatever a leader says, nothing is lost, nothing leaks, and she gets to the end', async () => {
  const failures: string[] = []
  for (let seed = FIRST; seed < FIRST + WALKS; seed++) {
    await walk(seed).catch((error: Error) => failures.push(error.message))
  }
  expect(failures.length, failures.slice(0, 5).join('\n\n')).toBe(0)
}, 600_000)
