import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import { deliver } from '../../src/deliver.ts'
import { receive } from '../../src/receive.ts'
import { remind } from '../../src/remind.ts'
import type { Role } from '../../src/directory/roles.ts'
import { matterId } from '../../src/reminders/matter.ts'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import type { Store } from '../../src/store/store.ts'
import { JIEFANG, submitted } from '../filings/cases.ts'
import { arrived, playYesterday, settle, smallTown, type SmallTown } from '../reminders/small-town.ts'
import { textMessage } from '../support/bot.ts'
import { emptyDatabase, newDatabase } from '../support/postgres.ts'

// What the timers of several instances do, and what people ask of two at once, happens once.

const INSTANCES = 3
const MINUTE_MS = 60_000
const dataKeys = [Buffer.alloc(32, 1)]

const dispatcher = getGlobalDispatcher()
let database: Awaited<ReturnType<typeof newDatabase>>
beforeAll(async () => {
  database = await newDatabase()
})
afterAll(async () => {
  setGlobalDispatcher(dispatcher)
  await database.remove()
})

let stores: Store[] = []
const openStores = async ({ clock }: SmallTown): Promise<Store[]> => {
  const opening = Array.from({ length: INSTANCES }, () =>
    openPostgresStore({ url: database.url, dataKeys, clock }),
  )
  return (stores = await Promise.all(opening))
}
const closeStores = async (): Promise<void> => {
  await Promise.all(stores.map((store) => store.close()))
  stores = []
  await emptyDatabase(database.url)
}
beforeEach(() => void (stores = []))
afterEach(closeStores)

/** What arrives on a morning on which so many instances run, and what is noted of it. */
async function morningOf(instances: number): Promise<{ posts: string[]; keys: string[]; noted: string[] }> {
  const town = smallTown()
  const [first, ...others] = await openStores(town)
  await settle(first!)
  await playYesterday(first!, town)
  town.wire.posts.length = 0
  const bots = [first!, ...others].slice(0, instances).map((store) => town.bot(store))
  for (let minute = 0; minute < 5; minute++) {
    await Promise.all(
      bots.map(async (bot) => {
        await remind(bot)
        await deliver(bot)
      }),
    )
    town.wait(MINUTE_MS)
  }
  const { keys, matters } = await first!.transact(async (tx) => ({
    keys: await tx.listKeys(''),
    matters: await tx.listMatters({ limit: 1000 }),
  }))
  await closeStores()
  return {
    posts: arrived(town.wire.posts),
    keys: keys.map(({ key, state }) => `${key} ${state}`).sort(),
    noted: matters.map(({ id, events }) => `${id} ${events.map(({ type }) => type).join(' ')}`).sort(),
  }
}

test('a morning of several instances at once is the morning of one', async () => {
  const alone = await morningOf(1)
  expect(alone.posts.length).toBeGreaterThan(8)
  expect(alone.keys.filter((key) => !/ (sent|failed|dropped)$/.test(key))).toEqual([])
  expect(alone.noted.join()).toMatch(/reported told/)
  for (let round = 0; round < 2; round++) expect(await morningOf(INSTANCES)).toEqual(alone)
})

/** Each says it to an instance of their own, all at the same moment. */
async function say(people: readonly string[], words: string): Promise<string[]> {
  const heard = people.map(async (who, n) => {
    const answer = await receive(textMessage(who, words, words), bots[n]!)
    return answer?.reply.text ?? ''
  })
  return Promise.all(heard)
}

let bots: Bot[] = []
/** The town with more people in its offices. */
async function openOffices(role: Role, place: string | undefined, people: readonly string[]): Promise<void> {
  const town = smallTown()
  bots = (await openStores(town)).map((store) => {
    const bot = town.bot(store)
    const staff = bot.directory.current()
    const more = people.map((userId) => ({ userId, name: userId, role, place }))
    const appointed = { ...staff, appointments: [...staff.appointments, ...more] }
    return { ...bot, directory: { ...bot.directory, current: () => appointed } }
  })
}

test('a ledger that several officers hand in at once is closed once, and all hear that it is', async () => {
  const officers = ['anning', 'boning', 'chuning']
  await openOffices('street', JIEFANG, officers)
  await settle(stores[0]!)
  const heard = await say(officers, '确认报送 2026-11')
  expect(heard.filter((text) => text.includes('11月台账已报送'))).toHaveLength(1)
  expect(heard.filter((text) => text.includes('没有再报一次'))).toHaveLength(2)
  const id = matterId('ledger', '2026-11', JIEFANG)
  const matter = await stores[1]!.transact((tx) => tx.findMatter(id))
  expect(matter?.events.map(({ type }) => type)).toEqual(['reported'])
})

test('what two propose to destroy at once is one list, and two who agree destroy it once', async () => {
  const district = ['zhaomin', 'anning', 'boning']
  await openOffices('district', undefined, district.slice(1))
  const filing = submitted()
  const withdrawn = { type: 'withdrawn' as const, by: 'wang', at: '2020-01-06T02:00:00.000Z' }
  await stores[0]!.transact((tx) => tx.saveFiling({ ...filing, events: [...filing.events, withdrawn] }))
  await say(district, '清理')
  const proposed = await say(district, '同意清理')
  expect(proposed.filter((text) => text.includes('已记下'))).toHaveLength(1)
  expect(proposed.filter((text) => text.includes('名单已经变了'))).toHaveLength(2)
  const others = district.filter((_, n) => !proposed[n]!.includes('已记下'))
  await say(others, '清理。')
  const agreed = await say(others, '同意清理。')
  expect(agreed.filter((text) => text.includes('已清理1项'))).toHaveLength(1)
  expect(agreed.filter((text) => text.includes('名单已经变了'))).toHaveLength(1)
  const purges = await stores[2]!.transact((tx) => tx.listPurges(10))
  expect(purges.map(({ items }) => items.length)).toEqual([1])
})
