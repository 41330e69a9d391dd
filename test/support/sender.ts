import type { Bot } from '../../src/bot.ts'
import { deliver } from '../../src/deliver.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { remind } from '../../src/remind.ts'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../../src/sandbox/stand-in.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Delivery, DeliveryBody } from '../../src/store/store.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { GroupRobots } from '../../src/wecom/groups.ts'
import { MemoryDisk } from '../store/memory-disk.ts'
import { botOver, loadParts } from './bot.ts'
import { appKeys, robot } from './trial.ts'

const parts = await loadParts()

/** The bot as the sender of what nobody asks for: it has no doors, a folder in memory, and a stand-in of WeCom. */
export type Sender = {
  bot: Bot
  standIn: StandIn
  /** Sets the clock to a moment in Liuzhou, `2026-11-23T09:05` or with seconds: back as well. */
  goTo(moment: string): void
  wait(ms: number): void
  /** Gives somebody the role of an operator. */
  appoint(operator: string): void
  enqueue(key: string, body: DeliveryBody): Promise<boolean>
  listed(state: Delivery['state']): Promise<Delivery[]>
  /** Another process takes everything that is due, for a minute; the keys of it. */
  takeAll(): Promise<string[]>
  /** Promises and sends what is due at a moment. */
  run(moment: string): Promise<void>
  textsTo(userId: string): string[]
  stop(): Promise<void>
}

export async function startSender(moment: string): Promise<Sender> {
  const instant = (text: string): Date => new Date(`${text.length === 16 ? `${text}:00` : text}+08:00`)
  let now = instant(moment)
  const clock = movableClock({ now: () => now })
  const standIn = await startStandIn({
    robot,
    app: appKeys,
    clock,
    people: sandboxPeople,
    groups: sandboxGroups,
  })
  const disk = new MemoryDisk()
  const store = await openJsonStore({ folder: '/data', dataKeys: [Buffer.alloc(32, 7)], disk, clock })
  const sender: Sender = {
    bot: {
      ...botOver(store, parts, clock),
      client: new WecomClient({ base: standIn.url, ...appKeys, clock }),
      groups: new GroupRobots({ apiBase: standIn.url, clock }),
      apiBase: standIn.url,
    },
    standIn,
    goTo: (text) => void (now = instant(text)),
    wait: (ms) => void (now = new Date(now.getTime() + ms)),
    appoint(userid) {
      const people = [...trialDirectory.people, { userid, name: '陈明', role: 'operator' as const }]
      const { staff } = staffOf({ ...trialDirectory, people }, parts.pack.jurisdiction, [])
      sender.bot = { ...sender.bot, directory: { current: () => staff, look: async () => {} } }
    },
    enqueue(key, body) {
      const at = now.toISOString()
      return store.transact((tx) => tx.enqueue({ key, body, enqueuedAt: at, dueAt: at }))
    },
    listed: (state) => store.transact((tx) => tx.listDeliveries(state, 1000)),
    async takeAll() {
      const until = new Date(now.getTime() + 60_000).toISOString()
      const taken = await store.transact((tx) => tx.claimDeliveries(now.toISOString(), until, 1000))
      return taken.map(({ key }) => key)
    },
    async run(text) {
      sender.goTo(text)
      await remind(sender.bot)
      await deliver(sender.bot)
    },
    textsTo: (userId) =>
      standIn.inbox(userId, 'app').flatMap(({ body }) => (body.type === 'text' ? [body.text] : [])),
    async stop() {
      await store.close()
      await standIn.stop()
    },
  }
  return sender
}
