import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { StoreError } from '../../src/store/error.ts'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import type { Store } from '../../src/store/store.ts'
import { messageTo, replyOf, sessionOf } from '../store/invented.ts'
import { wireTo, type Wire } from '../support/cut.ts'
import { execute } from '../support/postgres.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { Person, startTrial } from '../support/trial.ts'

// The database goes away and comes back, at the worst moments. A server of its own: others need theirs.

const dataKeys = [Buffer.alloc(32, 1)]

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.remove())

let wire: Wire
let store: Store
beforeEach(async () => {
  wire = await wireTo(server.url('postgres'))
  store = await openPostgresStore({ url: wire.url, dataKeys })
})
afterEach(async () => {
  await store.close()
  await wire.close()
})

async function until(condition: () => boolean, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > end) throw new Error('it never came')
    await wait(20)
  }
}

/** What a turn writes, with a number that tells how often it was done. */
const turn = (id: string): Promise<number> =>
  store.transact(async (tx) => {
    const number = await tx.nextNumber(`turns of ${id}`)
    const session = await tx.getSession(id)
    await tx.saveSession(id, { ...session, listed: [...session.listed, String(number)] })
    await tx.saveReply(replyOf(`${id}-${number}`))
    await tx.enqueue(messageTo(id, `${id}-${number}`))
    return number
  })

// What is said on the wire, where begin and commit end with a zero. Statements that were prepared before are not
// said again, but what they are asked for is.
const cuts = [
  ['while a transaction begins', 'begin\0', 'before'],
  ['while somebody reads', '{"while somebody reads"}', 'before'],
  ['when an answer is on its way', '{"when an answer is on its way"}', 'after'],
  ['while rows are written', 'stream-while rows are written', 'after'],
  ['before a commit arrives', 'commit\0', 'before'],
  ['after a commit, before anybody hears of it', 'commit\0', 'after'],
] as const

test.each(cuts)(
  'a connection that is cut %s does nothing twice and loses nothing',
  async (name, at, when) => {
    await turn(name)
    wire.cutNext({ at, when })
    expect(await turn(name)).toBe(2)
    expect(wire.cuts()).toBe(1)
    expect(await turn(name)).toBe(3)
    const { listed } = await store.transact((tx) => tx.getSession(name))
    expect(listed).toEqual(['1', '2', '3'])
  },
)

test('a claim that is cut off leases nothing, and what was promised is leased by the next', async () => {
  await turn('wang')
  wire.cutNext({ at: 'skip locked', when: 'after' })
  const [now, later] = ['2030-01-01T00:00:00.000Z', '2030-01-01T00:01:00.000Z']
  const claimed = await store.transact((tx) => tx.claimDeliveries(now, later, 1))
  expect(wire.cuts()).toBe(1)
  expect(claimed).toMatchObject([{ attempts: 1 }])
})

test('a database that restarts in the middle of a transaction is waited for', async () => {
  await store.transact((tx) => tx.saveSession('zhao', sessionOf('1')))
  let tries = 0
  const value = await store.transact(async (tx) => {
    const { listed } = await tx.getSession('zhao')
    if (++tries === 1) {
      await server.stop('kill')
      await server.start()
    }
    await tx.saveSession('zhao', sessionOf('2'))
    return listed
  })
  expect(value).toEqual(sessionOf('1').listed)
  expect((await store.transact((tx) => tx.getSession('zhao'))).listed).toEqual(sessionOf('2').listed)
})

test('a store whose database stays away says so, and is ready again by itself', async () => {
  await server.stop('kill')
  const refused = store.transact((tx) => tx.getSession('li'))
  await expect(refused).rejects.toThrow(StoreError)
  await expect(refused).rejects.toThrow(/数据库/)
  expect(store.isReady()).toBe(false)
  await server.start()
  await until(() => store.isReady())
  expect((await store.transact((tx) => tx.getSession('li'))).listed).toEqual([])
})

test('a start waits for a database that comes later, and gives up one that does not', async () => {
  await server.stop('fast')
  await expect(openPostgresStore({ url: wire.url, dataKeys, waitMs: 0 })).rejects.toThrow(/数据库连不上/)
  const said: string[] = []
  const opening = openPostgresStore({ url: wire.url, dataKeys, report: (line) => said.push(line) })
  await until(() => said.length > 0)
  await server.start()
  await (await opening).close()
  expect(said).toEqual(['数据库还连不上，等它一会儿。'])
})

test('a leader whose message meets a dead database is answered when WeCom delivers it again', async () => {
  await execute(server.url('postgres'), 'create database talk')
  const trial = await startTrial({ environment: { STORE: 'postgres', DATABASE_URL: server.url('talk') } })
  const wang = new Person(trial, 'wangxiuying')
  const ready = async () => (await fetch(`http://127.0.0.1:${trial.app.port}/readyz`)).status
  await wang.says('开始备案')
  expect(wang.heard).toContain('个人信息')
  expect(await ready()).toBe(200)

  await server.stop('kill')
  expect(await wang.says('同意')).toBe('')
  expect(await ready()).toBe(503)
  await server.start()
  await until(() => trial.app.store.isReady())
  expect(await ready()).toBe(200)

  const mine = trial.standIn.inbox('wangxiuying', 'robot').findLast(({ body }) => body.type === 'text')
  await trial.standIn.redeliver(mine!.id)
  await wang.says('再说一遍')
  expect(wang.heard).toContain('第1题')
  await wang.says('1')
  expect(wang.heard).toContain('第2题')
  await trial.stop()
})
