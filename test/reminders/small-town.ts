import { setGlobalDispatcher } from 'undici'
import type { Bot } from '../../src/bot.ts'
import type { Clock } from '../../src/clock.ts'
import { deliver } from '../../src/deliver.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { remind } from '../../src/remind.ts'
import type { Store } from '../../src/store/store.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { GroupRobots } from '../../src/wecom/groups.ts'
import { botOver, loadParts, talkingTo } from '../support/bot.ts'
import { appKeys } from '../support/trial.ts'
import { filingOf, robotUrl } from './simulation/town.ts'
import { Wire, type Post } from './simulation/wire.ts'

// Two communities' worth of people: a morning on which a report, a ledger and the end of a filing are due.

const MINGZHU = '450205001008'
const DAY_MS = 24 * 60 * 60_000
const MORNING = '2026-11-26T09:05:00+08:00'

const parts = await loadParts()
const noStore = new Proxy({} as Store, { get: () => () => Promise.reject(new Error('not of a town')) })
const common = botOver(noStore, parts, { now: () => new Date(MORNING) })

const people = [
  { userid: 'wangfang', name: '王芳', role: 'community' as const, place: '解放街道/明珠社区' },
  { userid: 'lijie', name: '李杰', role: 'street' as const, place: '解放街道' },
  { userid: 'zhaomin', name: '赵敏', role: 'district' as const },
  { userid: 'chenming', name: '陈明', role: 'operator' as const },
]
const groups = [
  { name: '解放街道群', place: '解放街道', webhook: robotUrl('jiefang') },
  { name: '明珠社区群', place: '解放街道/明珠社区', chatid: 'mingzhu' },
]
const { staff } = staffOf({ ...trialDirectory, people, groups }, parts.pack.jurisdiction, [])

export type SmallTown = {
  clock: Clock
  wire: Wire
  /** One process over a store. */
  bot(store: Store): Bot
  wait(ms: number): void
}

/** The town on its morning, with a WeCom of its own through which everything goes from now on. */
export function smallTown(): SmallTown {
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
  let cards = 0
  return {
    clock,
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

/** Three organizations, of one of which nobody knows the leader's account. */
export async function settle(store: Store): Promise<void> {
  const at = new Date('2026-11-02T01:00:00Z')
  await store.transact(async (tx) => {
    for (const [n, validUntil] of ['2028-03-01', '2027-01-25', '2028-05-01'].entries()) {
      const leader = n === 2 ? 'nobody' : `leader${n + 1}`
      const about = { id: `o${n}`, number: `000${n}`, leader, place: MINGZHU, validUntil, renewals: [] }
      await tx.saveFiling(filingOf({ ...about, rounds: 1 }, at))
    }
  })
}

/** The letters of the day before have left, and the street has handed in its ledger since. */
export async function playYesterday(store: Store, { clock, bot }: SmallTown): Promise<void> {
  const yesterday = { now: () => new Date(clock.now().getTime() - DAY_MS) }
  const early = { ...bot(store), clock: yesterday }
  await remind(early)
  await deliver(early)
  await talkingTo(() => early).says('lijie', '确认报送')
}

/** What arrived, each post in a line. */
export const arrived = (posts: readonly Post[]): string[] =>
  posts.map(({ to, type, text }) => `${to} ${type} ${text}`).sort()
