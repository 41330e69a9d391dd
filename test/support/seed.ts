import { randomInt } from 'node:crypto'
import fc from 'fast-check'

// The same cases at every run, so that a failure is somebody's change. SEED=… tries others, SEED=random new ones,
// and says which: a failure comes back with the seed it was found with.
if (process.env['SEED'] === 'random') {
  process.env['SEED'] = String(randomInt(2 ** 31))
  console.log(`SEED=${process.env['SEED']}`)
}

export const seed = Number(process.env['SEED'] ?? 20261123)
fc.configureGlobal({ seed })
