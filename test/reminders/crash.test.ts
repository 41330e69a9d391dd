import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterAll, describe, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import { deliver } from '../../src/deliver.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { remind } from '../../src/remind.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Delivery, Store } from '../../src/store/store.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { GroupRobots } from '../../src/wecom/groups.ts'
import { MemoryDisk, type Crash } from '../store/memory-disk.ts'
import { botOver, loadParts } from '../support/bot.ts'
import { appKeys } from '../support/trial.ts'
import { filingOf, robotUrl } from './simulation/town.ts'
import { Wire, type Post } from './simulation/wire.ts'

// A small town on a morning on which a report, a ledger and the end of a filing are due, and the bot dies.

const MINGZHU = '450205001008'
const MORNING = '2026-11-26T09:05:00+08:00'
const MINUTE_MS = 60_000
const dataKeys = [Buffer.alloc(32, 7)]

const parts = await loadParts()
const noStore = new Proxy({} as Store, { get: () => () => Promise.reject(new Error('not of a town')) })
const common = botOver(noStore, parts, { now: () => new Date(MORNING) })
const dispatcher = getGlobalDispatcher()
afterAll(() => setGlobalDispatcher(dispatcher))

const people = [
  { userid: 'wangfang', name: '王芳', role: 'community' as const, place: '解放街道/明珠社区' },
  { userid: 'lijie', name: '李杰', role: 'street' as const, place: '解放街道' },
  { userid: 'zhaomin', name: '赵敏', role: 'district' as const },
]
const groups = [
  { name: '解放街道群', place: '解放街道', webhook: robotUrl('jiefang') },
  { name: '明珠社区群', place: '解放街道/明珠社区', chatid: 'mingzhu' },
]
const { staff } = staffOf({ ...trialDirectory, people, groups }, parts.pack.jurisdiction, [])

type Town = { disk: MemoryDisk; wire: Wire; bot(store: Store): Bot; wait(ms: number): void }

/** The town before its morning, on a disk of its own. */
async function newTown(files?: Map<string, Buffer>): Promise<Town> {
  let now = Date.parse(MORNING)
  const clock = { now: () => new Date(now) }
  const wire = new Wire({
    clock,
    forward: () => {},
    members: new Set(['leader1', 'leader2', ...people.map(({ userid }) => userid)]),
    groups: new Set(['jiefang', 'mingzhu']),
    trouble: () => undefined,
    kill: () => {},
  })
  setGlobalDispatcher(wire)
  const disk = new MemoryDisk()
  for (const [file, bytes] of files ?? []) disk.put(file, bytes)
  let cards = 0
  return {
    disk,
    wire,
    bot: (store) => ({
      ...common,
      store,
      clock,
      directory: { current: () => staff, look: async () => {} },
      newId: () => `${now}-${++cards}`,
      client: new WecomClient({ base: 'http://wecom', ...appKeys, clock }),
      groups: new GroupRobots({ apiBase: 'http://wecom', clock }),
      apiBase: 'http://wecom',
    }),
    wait: (ms) => void (now += ms),
  }
}

const open = ({ disk }: Town): Promise<Store> => openJsonStore({ folder: '/data', dataKeys, disk })

/** What is there before the morning. */
async function founded(): Promise<Map<string, Buffer>> {
  const town = await newTown()
  const store = await open(town)
  const at = new Date('2026-11-02T01:00:00Z')
  await store.transact(async (tx) => {
    for (const [n, validUntil] of ['2028-03-01', '2027-01-25', '2028-05-01'].entries()) {
      // Of the third nobody knows the leader's account.
      const leader = n === 2 ? 'nobody' : `leader${n + 1}`
      await tx.saveFiling(
        filingOf(
          { id: `o${n}`, number: `000${n}`, leader, place: MINGZHU, validUntil, renewals: [], rounds: 1 },
          at,
        ),
      )
    }
  })
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

const arrived = (posts: readonly Post[]): string[] =>
  posts.map(({ to, type, text }) => `${to} ${type} ${text}`).sort()

describe('a crash at any write of a morning', () => {
  const crashes: [string, Crash, number][] = [
    ['of the process', 'process', 0],
    ['of the machine', 'power', 0.6],
  ]
  test.each(crashes)('%s sends nothing twice, and nothing silently not', async (_, crash, share) => {
    const files = await founded()
    const calm = await newTown(files)
    await morning(calm)
    const operations = calm.disk.operations
    expect(operations).toBeGreaterThan(30)
    const whole = await afterwards(calm)
    const all = arrived(calm.wire.posts)
    expect(all.length).toBeGreaterThan(8)
    for (let at = 1; at <= operations; at++) {
      const town = await newTown(files)
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
