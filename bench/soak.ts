import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { createLogger } from '../src/log.ts'
import { callback, keys, Lane } from './wire.ts'

// Holds a load and looks, after each round and a collection of garbage, for what grew: memory, handles, timers.
// People say the same things over and over, and what the hourly sweep forgets is forgotten after every round, so
// that the data stays as it is and whatever grows is a leak.

const WORDS = [
  '开始备案',
  '继续',
  '同意',
  '1',
  '备案管几年？',
  '听不懂',
  '再说一遍',
  '上一步',
  '到哪一步了',
  '今天天气怎么样',
  '暂停',
  '帮助',
]

export type Load = { people: number; lanes: number; turns: number; rounds: number; refused: number }
/** After a round: megabytes in use, and what keeps the process alive, counted by kind. */
export type Sample = { heapMb: number; rssMb: number; handles: Record<string, number>; perSecond: number }

export async function soak(
  { people, lanes: count, turns, rounds, refused }: Load,
  heard: (sample: Sample) => void = () => {},
): Promise<Sample[]> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const folder = await mkdtemp(path.join(tmpdir(), 'soak-'))
  const config = parseConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    WECOM_ROBOT_TOKEN: keys.token,
    WECOM_ROBOT_AES_KEY: keys.aesKey,
    WECOM_API_BASE: 'http://127.0.0.1:9',
  })
  const app = await startApp(config, createLogger('silent'))
  const samples: Sample[] = []
  let said = 0
  for (let round = 0; round < rounds; round++) {
    const lanes = await Promise.all(Array.from({ length: count }, () => Lane.open(app.port)))
    const begun = performance.now()
    await Promise.all(
      lanes.map(async (lane) => {
        for (const end = turns * (round + 1); said < end;) {
          const turn = said++
          const words = WORDS[Math.floor(turn / people) % WORDS.length] ?? ''
          await lane.send(callback(`soak-${turn % people}`, words))
        }
      }),
    )
    const seconds = (performance.now() - begun) / 1000
    for (let n = 0; n < refused; n++) {
      const response = await fetch(`http://127.0.0.1:${app.port}/wecom/robot?msg_signature=${n}`, {
        method: 'POST',
        body: '{}',
        headers: { Connection: 'close' },
      })
      await response.arrayBuffer()
    }
    for (const lane of lanes) lane.close()
    await app.store.transact((tx) => tx.forgetReplies('9999'))
    // Sockets close and finalizers run in turns of the event loop of their own.
    for (let pass = 0; pass < 5; pass++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      collect()
    }
    const { heapUsed, rss } = process.memoryUsage()
    const sample = {
      heapMb: heapUsed / 1024 ** 2,
      rssMb: rss / 1024 ** 2,
      // An immediate ends with this turn of the event loop, whoever asked for it.
      handles: counted(process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate')),
      perSecond: turns / seconds,
    }
    samples.push(sample)
    heard(sample)
  }
  await app.stop()
  await rm(folder, { recursive: true })
  return samples
}

const counted = (kinds: string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((other) => other === kind).length]),
  )

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** How many megabytes of heap the last third of the rounds has more than the second, the first being for warming up. */
export function growthOf(samples: Sample[]): number {
  const third = Math.floor(samples.length / 3)
  const heap = (some: Sample[]): number => median(some.map(({ heapMb }) => heapMb))
  return heap(samples.slice(2 * third)) - heap(samples.slice(third, 2 * third))
}

/** Runs for so many minutes and prints what it saw. */
export async function runSoak(minutes: number): Promise<void> {
  const until = Date.now() + minutes * 60_000
  const all: Sample[] = []
  const load = { people: 2_000, lanes: 32, turns: 8_000, refused: 500 }
  const rounds = Math.max(6, Math.round(minutes * 4))
  console.log(`${rounds} rounds of ${load.turns} turns and ${load.refused} refused requests`)
  await soak({ ...load, rounds }, (sample) => {
    all.push(sample)
    const handles = Object.entries(sample.handles).map(([kind, number]) => `${kind} ${number}`)
    console.log(
      `round ${all.length}: ${sample.perSecond.toFixed(0)}/s, heap ${sample.heapMb.toFixed(1)} MB, ` +
        `rss ${sample.rssMb.toFixed(0)} MB, ${handles.join(', ')}`,
    )
  })
  console.log(
    `growth of the heap from the second third to the last: ${growthOf(all).toFixed(2)} MB in ` +
      `${Math.round(minutes + (Date.now() - until) / 60_000)} minutes`,
  )
}
