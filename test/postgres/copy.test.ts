import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { store as command } from '../../src/commands/store.ts'
import { parseConfig } from '../../src/config.ts'
import { openDirectoryPlace } from '../../src/directory/place.ts'
import { matterId } from '../../src/reminders/matter.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { example } from '../directory/district.ts'
import {
  approvedOf,
  at,
  filingOf,
  idNumber,
  ledgerOf,
  messageTo,
  phone,
  replyOf,
  said,
  sessionOf,
} from '../store/invented.ts'
import { execute, newDatabase } from '../support/postgres.ts'

// Everything is moved from one store to the other and back, and through a backup file.

const clock = { now: () => new Date('2026-11-23T02:00:00Z') }
const key = randomBytes(32)
const number = '柳北解备〔2026〕1号'
const closed = ledgerOf('2026-03', '450205001000', '解放街道')

let folder = ''
let database: Awaited<ReturnType<typeof newDatabase>>
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copy-'))
  database = await newDatabase()
})
afterEach(async () => {
  await database.remove()
  await rm(folder, { recursive: true })
})

type Kind = 'json' | 'postgres'
const environment = (store: Kind, data = 'data', dataKey = key): Record<string, string> => ({
  DATA_DIR: path.join(folder, data),
  DATA_KEY: dataKey.toString('base64'),
  STORE: store,
  DATABASE_URL: database.url,
})
const run = (words: string, ...[kind, data, dataKey]: Parameters<typeof environment>) =>
  command(words.split(' '), environment(kind, data, dataKey), clock)
const fileIn = (name: string): string => path.join(folder, name)

async function inStore<T>(
  work: (store: Store) => Promise<T>,
  ...where: Parameters<typeof environment>
): Promise<T> {
  const store = await openStore({ ...parseConfig(environment(...where)), clock })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Something in every table. */
async function begin(kind: Kind): Promise<void> {
  await inStore(async (store) => {
    await store.transact(async (tx) => {
      await tx.saveReply(replyOf('m1'))
      await tx.saveSession('wang', sessionOf('1'))
      for (const id of ['2', '3', '4']) await tx.saveFiling(filingOf(id))
      await tx.saveFiling(approvedOf('1', { filingNumber: number }))
      await tx.voidNumber({ filingNumber: '柳北解备〔2026〕7号', reason: '写坏了', by: 'li', at })
      await tx.logAccess({ by: 'li', filingId: '1', reason: '核对', at })
      await tx.nextNumber('case:2026', 4)
      for (const n of [3, 1, 2]) await tx.enqueue(messageTo('wang', `k${n}`))
      await tx.enqueue(messageTo('li', 'gone'))
      await tx.saveMatter({
        id: matterId('ledger', '2026-03', 'a'),
        duty: 'ledger',
        period: '2026-03',
        target: 'a',
        place: '450205001000',
        events: [{ type: 'reported', at, by: 'zhao', nothing: true }],
      })
      await tx.saveLedger(closed)
      await tx.saveQuestion({
        id: 'q1',
        question: '几个人能备案',
        why: 'unanswered',
        askers: ['wang'],
        count: 1,
        firstAt: at,
        lastAt: at,
        events: [],
      })
      await tx.saveComplaint({
        number: '投2026-0001',
        by: 'wang',
        named: true,
        shared: false,
        text: said,
        at,
        answers: [],
      })
      await tx.savePurge({
        id: 'p1',
        items: [{ class: 'drafts', id: at, says: '没交的表2份' }],
        proposed: { by: 'zhao', at },
      })
    })
    await store.transact(async (tx) => {
      await tx.settleDelivery('gone', { state: 'sent' })
      await tx.forgetDeliveries('2027-01-01T00:00:00.000Z')
    })
  }, kind)
  const place = await openDirectoryPlace(parseConfig(environment(kind)))
  await place.save(example)
  await place.close()
}

/** What was there is there, and goes on from where it was. */
const expectWhole = async (...where: Parameters<typeof environment>): Promise<void> => {
  await inStore(
    async (store) => {
      await store
        .transact(async (tx) => {
          expect(await tx.findReply('m1')).toEqual(replyOf('m1'))
          expect(await tx.getSession('wang')).toEqual(sessionOf('1'))
          expect((await tx.listFilingsOf('wang')).map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
          expect(await tx.findByNumber(number)).toEqual(approvedOf('1', { filingNumber: number }))
          expect(await tx.isNumberTaken('柳北解备〔2026〕7号')).toBe(true)
          expect(await tx.listAccess({ limit: 5 })).toHaveLength(1)
          expect(await tx.findLedger(closed.authority, closed.month)).toEqual(closed)
          expect((await tx.findQuestion('q1'))?.question).toBe('几个人能备案')
          expect((await tx.listComplaints(5)).map(({ text }) => text)).toEqual([said])
          expect((await tx.listPurges(5)).map(({ id }) => id)).toEqual(['p1'])
          expect(await tx.nextNumber('case:2026')).toBe(5)
          expect(await tx.enqueue(messageTo('li', 'gone'))).toBe(false)
          expect(await tx.enqueue(messageTo('wang', 'k4'))).toBe(true)
          const claimed = await tx.claimDeliveries('2030-01-01T00:00:00.000Z', '2030-01-02T00:00:00.000Z', 9)
          expect(claimed.map((delivery) => delivery.key)).toEqual(['k3', 'k1', 'k2', 'k4'])
          throw new Error('only looking')
        })
        .catch((error: Error) => {
          if (error.message !== 'only looking') throw error
        })
    },
    ...where,
  )
  const place = await openDirectoryPlace(parseConfig(environment(...where)))
  expect(await place.read()).toEqual(example)
  await place.close()
}

const isEmpty = async (): Promise<boolean> => {
  const rows = await execute(
    database.url,
    'select (select count(*) from filings) + (select count(*) from kept) as n',
  )
  return Number(rows[0]?.['n']) === 0
}

test('everything moves into the database and back, with the same counts and fingerprints', async () => {
  await begin('json')
  const there = await run('move --from json --to postgres', 'json')
  expect(there).toMatchObject({ status: 0, problems: [] })
  expect(there.says).toContainEqual(expect.stringMatching(/^备案：4 条，指纹 [0-9a-f]{16}$/))
  expect(there.says).toHaveLength(15)
  await expectWhole('postgres')
  await expectWhole('json')
  const rows = await execute(database.url, 'select * from filings, sessions, deliveries, kept')
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${idNumber}|${phone}`))

  const back = await run('move --from postgres --to json', 'postgres', 'back')
  expect(back.says.slice(0, -1)).toEqual(there.says.slice(0, -1))
  await expectWhole('json', 'back')
})

test.each(['json', 'postgres'] as const)('a backup of %s is restored into either store', async (kind) => {
  await begin(kind)
  const file = fileIn('backup.jsonl')
  const made = await run(`backup ${file}`, kind)
  expect(made).toMatchObject({ status: 0, problems: [] })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).not.toMatch(new RegExp(`${idNumber}|${phone}|夕阳红舞蹈`))
  expect(await run(`backup ${file}`, kind)).toMatchObject({
    status: 1,
    problems: [expect.stringContaining('已经有')],
  })

  const restored = await run(`restore ${file}`, 'json', 'fresh')
  expect(restored.says.slice(0, -1)).toEqual(made.says.slice(0, -1))
  await expectWhole('json', 'fresh')
  if (kind === 'postgres') {
    await database.remove()
    database = await newDatabase()
  }
  expect(await run(`restore ${file}`, 'postgres')).toMatchObject({ status: 0 })
  await expectWhole('postgres')
})

test('a place that holds something is left as it is', async () => {
  await begin('json')
  const other = [{ userid: 'one', name: '甲', role: 'district' as const }]
  const place = await openDirectoryPlace(parseConfig(environment('postgres')))
  await place.save({ people: other, groups: [] })
  const refused = await run('move --from json --to postgres', 'json')
  expect(refused).toMatchObject({ status: 1, problems: [expect.stringContaining('已经有数据')] })
  expect(await place.read()).toMatchObject({ people: other })
  await place.close()
  const before = await readdir(fileIn('data'))
  const back = await run('move --from postgres --to json', 'postgres')
  expect(back).toMatchObject({ status: 1, problems: [expect.stringContaining('已经有数据')] })
  expect(await readdir(fileIn('data'))).toEqual(before)
  await expectWhole('json')
})

test('a backup with any byte wrong, cut off, or of another key changes nothing', async () => {
  await begin('json')
  const file = fileIn('backup.jsonl')
  await run(`backup ${file}`, 'json')
  const whole = await readFile(file)
  const lines = whole.toString().trimEnd().split('\n')
  const flipped = Buffer.from(whole)
  flipped[Math.floor(whole.length * 0.7)]! ^= 1
  const bad: [Buffer | string, RegExp][] = [
    [flipped, /坏了|不认识/],
    [whole.subarray(0, whole.length - 3), /没有写完/],
    [`${lines.slice(0, -1).join('\n')}\n`, /不完整/],
    [`${lines.toSpliced(3, 1).join('\n')}\n`, /行数不符/],
    ['', /不完整/],
    ['hello\n', /坏了/],
  ]
  for (const [content, why] of bad) {
    await writeFile(fileIn('bad'), content)
    const outcome = await run(`restore ${fileIn('bad')}`, 'postgres')
    expect(outcome).toMatchObject({ status: 1, problems: [expect.stringMatching(why)] })
    expect(await isEmpty()).toBe(true)
  }
  await writeFile(fileIn('bad'), flipped)
  expect((await run(`restore ${fileIn('bad')}`, 'json', 'fresh')).status).toBe(1)
  expect(await readdir(fileIn('fresh'))).toEqual([])
  const otherKey = await run(`restore ${file}`, 'json', 'fresh', randomBytes(32))
  expect(otherKey).toMatchObject({ status: 1, problems: [expect.stringContaining('缺少编号')] })
  expect(await readdir(fileIn('fresh'))).toEqual([])
})

test('a folder a bot runs on is not copied, and what is empty or misspelt is said', async () => {
  await begin('json')
  await inStore(async () => {
    const refused = await run('move --from json --to postgres', 'json')
    expect(refused).toMatchObject({
      status: 1,
      problems: [expect.stringContaining('先停止'), expect.anything()],
    })
  }, 'json')
  const nothing = await run('move --from json --to postgres', 'json', 'elsewhere')
  expect(nothing).toMatchObject({ status: 1, problems: [expect.stringContaining('什么都没有')] })
  for (const words of [
    'move',
    'move --from json --to json',
    'backup',
    'move --to json --from postgres',
    'x y',
  ])
    expect((await run(words, 'json')).problems).toEqual([expect.stringContaining('用法')])
  expect((await run(`restore ${fileIn('none')}`, 'postgres')).problems).toEqual([
    expect.stringContaining('没有找到'),
  ])
})
