import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterAll, describe, expect, test } from 'vitest'
import { deliver } from '../../src/deliver.ts'
import { remind } from '../../src/remind.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Delivery, Store } from '../../src/store/store.ts'
import { MemoryDisk, type Crash } from '../store/memory-disk.ts'
import { arrived, playYesterday, settle, smallTown, type SmallTown } from './small-town.ts'

// The bot dies on a morning of a small town.

const MINUTE_MS = 60_000
const dataKeys = [Buffer.alloc(32, 7)]

const dispatcher = getGlobalDispatcher()
afterAll(() => setGlobalDispatcher(dispatcher))

type Town = SmallTown & { disk: MemoryDisk }

/** The town before its morning, on a disk of its own. */
function newTown(files?: Map<string, Buffer>): Town {
  const disk = new MemoryDisk()
  for (const [file, bytes] of files ?? []) disk.put(file, bytes)
  return { ...smallTown(), disk }
}

const open = ({ disk }: Town): Promise<Store> => openJsonStore({ folder: '/data', dataKeys, disk })

/** What is there before the morning. */
async function founded(): Promise<Map<string, Buffer>> {
  const town = newTown()
  const store = await open(town)
  await settle(store)
  await playYesterday(store, town)
  await store.close()
  return town.disk.files()
}

async function morning(town: Town): Promise<void> {
  const store = await open(town)
  const bot = town.bot(store)
  await remind(bot)
  await deliver(bot)
  await store.close()
}

/** The bot is started again, and looks again until nothing waits. */
async function afterwards(town: Town): Promise<Map<string, Delivery['state']>> {
  const store = await open(town)
  const bot = town.bot(store)
  for (let minute = 0; minute < 10; minute++) {
    town.wait(MINUTE_MS)
    await remind(bot)
    await deliver(bot)
  }
  const keys = await store.transact((tx) => tx.listKeys(''))
  await store.close()
  return new Map(keys.map(({ key, state }) => [key, state]))
}

describe('a crash at any write of a morning', () => {
  const crashes: [string, Crash, number][] = [
    ['of the process', 'process', 0],
    ['of the machine', 'power', 0.6],
  ]
  test.each(crashes)('%s sends nothing twice, and nothing silently not', async (_, crash, share) => {
    const files = await founded()
    const calm = newTown(files)
    await morning(calm)
    const operations = calm.disk.operations
    expect(operations).toBeGreaterThan(30)
    const whole = await afterwards(calm)
    const all = arrived(calm.wire.posts)
    // The leader whose filing ends, the offices, the bureau with its news, the operator's line, two groups.
    expect(all.length).toBeGreaterThan(8)
    expect(all.join()).toMatch(/chenming text 昨日应发[^]*zhaomin text [^]*收到解放街道/)
    for (let at = 1; at <= operations; at++) {
      const town = newTown(files)
      town.disk.crashAt = at
      await morning(town).catch(() => {})
      town.disk.restart(crash, share)
      const states = await afterwards(town)
      expect([at, [...states.keys()].sort()]).toEqual([at, [...whole.keys()].sort()])
      const posts = arrived(town.wire.posts)
      expect([at, posts]).toEqual([at, [...new Set(posts)]])
      // Only a group post that broke off is not made again; it stands as unknown.
      const unknown = [...states].filter(([, state]) => state === 'unknown').map(([key]) => key)
      expect([at, unknown.filter((key) => !key.startsWith('group:'))]).toEqual([at, []])
      const missing = all.filter((post) => !posts.includes(post))
      expect([at, missing.length]).toEqual([at, Math.min(missing.length, unknown.length)])
      expect([...states.values()].filter((state) => state === 'waiting' || state === 'leased')).toEqual([])
    }
  })
})
