import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { directory } from '../../src/commands/directory.ts'
import { examine, report } from '../../src/commands/doctor.ts'
import { exportKnowledge } from '../../src/commands/knowledge.ts'
import { ledger } from '../../src/commands/ledger.ts'
import { parseConfig } from '../../src/config.ts'
import { writeDirectoryFile } from '../../src/directory/file.ts'
import { openDirectoryPlace } from '../../src/directory/place.ts'
import { openStore } from '../../src/store/open.ts'
import { SealError } from '../../src/store/seal.ts'
import { example, jurisdiction } from '../directory/district.ts'
import { oldLedger, oldRow } from '../ledger/old-ledger.ts'
import { filingOf, sessionOf } from '../store/invented.ts'
import { execute, newDatabase } from '../support/postgres.ts'

// The commands on a database, with instances running on it.

const clock = { now: () => new Date('2026-11-23T02:00:00Z') }
const key = randomBytes(32)

let database: Awaited<ReturnType<typeof newDatabase>>
let folder = ''
let environment: Record<string, string> = {}
beforeAll(async () => {
  database = await newDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'commands-'))
  environment = {
    DATA_DIR: path.join(folder, 'data'),
    DATA_KEY: key.toString('base64'),
    STORE: 'postgres',
    DATABASE_URL: database.url,
  }
})
afterAll(async () => {
  await database.remove()
  await rm(folder, { recursive: true })
})

const config = () => parseConfig(environment)

test('a directory that is imported counts for every running instance, and is unreadable in the database', async () => {
  const reported: string[] = []
  const options = { admins: [], jurisdiction, report: (line: string) => void reported.push(line) }
  const places = await Promise.all([openDirectoryPlace(config()), openDirectoryPlace(config())])
  const [one, other] = await Promise.all(places.map((place) => place.keep(options)))
  expect(one?.current().appointments).toEqual([])
  const file = path.join(folder, 'people.yaml')
  await writeFile(file, await writeDirectoryFile(example, 'yaml'))
  const outcome = await directory(['import', file], environment)
  expect(outcome).toMatchObject({ status: 0, problems: [] })
  for (const keeper of [one!, other!]) {
    await keeper.look()
    expect(keeper.current().appointments.map(({ name }) => name)).toContain('王芳')
    const staff = keeper.current()
    await keeper.look()
    expect(keeper.current()).toBe(staff)
  }
  const again = await directory(['import', file], environment)
  expect(again.says).toEqual([expect.stringMatching(/和原来一样/)])
  expect(await directory(['export', path.join(folder, 'out.xlsx')], environment)).toMatchObject({ status: 0 })
  const rows = await execute(database.url, 'select * from kept')
  expect(JSON.stringify(rows)).not.toMatch(/wangfang|王芳|199000/)

  await execute(database.url, `update kept set sealed = 'k00000000.x', revision = revision + 1`)
  await one?.look()
  expect(one?.current().appointments.map(({ name }) => name)).toContain('王芳')
  expect(reported).toEqual([expect.stringContaining('继续用原来的')])
  await Promise.all(places.map((place) => place.close()))
  await execute(database.url, 'delete from kept')
})

test('an old ledger is taken over while an instance runs', async () => {
  const store = await openStore({ ...config(), clock })
  const file = path.join(folder, 'old.xlsx')
  await writeFile(file, await oldLedger([oldRow()]))
  const outcome = await ledger(['import', file], environment, clock)
  expect(outcome).toMatchObject({ status: 0, problems: [] })
  const held = await store.transact((tx) => tx.listFilings({ statuses: ['distributed'], limit: 10 }))
  expect(held.map(({ caseNumber }) => caseNumber)).toEqual(['2025-0001'])
  const exported = await exportKnowledge(['export', path.join(folder, 'articles')], environment)
  expect(exported.status).toBe(0)
  await store.close()
})

test('the doctor tries the database, and never shows its password', async () => {
  const lines = async (more: Record<string, string> = {}): Promise<string> =>
    report(await examine({ ...environment, ...more }, clock))
  expect(await lines()).toMatch(/好　 {2}数据库：PostgreSQL 18，连得上，提交一次约 [\d.]+ 毫秒/)
  const wrong = await lines({ DATABASE_URL: database.url.replace(/test_\w+$/, 'nothing') })
  expect(wrong).toMatch(/不好 {2}数据库：.*数据库不存在，请先建好/)
  const dead = await lines({ DATABASE_URL: 'postgres://bot:geheim@127.0.0.1:9/filing' })
  expect(dead).toMatch(/不好 {2}数据库：.*连不上/)
  expect(dead).not.toContain('geheim')
  expect(await lines({ DATABASE_URL: '' })).toMatch(/不好 {2}DATABASE_URL：没有填/)
})

test('a new key seals everything anew, and a missing one is named', async () => {
  const fresh = randomBytes(32)
  const before = await openStore({ ...config(), dataKeys: [key] })
  await before.transact(async (tx) => {
    await tx.saveSession('wang', sessionOf('1'))
    await tx.saveFiling(filingOf('1'))
  })
  await before.close()
  await expect(openStore({ ...config(), dataKeys: [fresh] })).rejects.toThrow(SealError)
  const both = await openStore({ ...config(), dataKeys: [fresh, key] })
  await both.close()
  const after = await openStore({ ...config(), dataKeys: [fresh] })
  await after.transact(async (tx) => {
    expect(await tx.getSession('wang')).toEqual(sessionOf('1'))
    expect(await tx.findFiling('1')).toEqual(filingOf('1'))
  })
  await after.close()
  await expect(openStore({ ...config(), dataKeys: [key] })).rejects.toThrow(/缺少/)
})

test('tables that a newer program made are left alone', async () => {
  await execute(database.url, 'insert into migrations values (1000)')
  await expect(openStore(config())).rejects.toThrow(/更新的版本/)
  await execute(database.url, 'delete from migrations where version = 1000')
})
