import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { store as storeCommand } from '../../src/commands/store.ts'
import { readKeptDirectory, saveDirectory } from '../../src/directory/in-folder.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { destroy } from '../../src/privacy/purge.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { keyId } from '../../src/store/seal.ts'
import type { Transaction } from '../../src/store/store.ts'
import { filingOf, sessionOf } from '../store/invented.ts'

const [older, newer] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const encoded = (...keys: Buffer[]): string => keys.map((key) => key.toString('base64')).join(',')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-'))
  await within(async (tx) => {
    await tx.saveSession('wang', sessionOf('1'))
    await tx.saveFiling(filingOf('1'))
  })
})
afterEach(() => rm(folder, { recursive: true }))

async function within(work: (tx: Transaction) => Promise<void>, key = older): Promise<void> {
  const store = await openJsonStore({ folder, dataKeys: [key] })
  await store.transact(work)
  await store.close()
}

const run = (words: string, keys = encoded(older)) =>
  storeCommand(words.split(' '), { DATA_DIR: folder, DATA_KEY: keys })

const day = (n: number): string => `2026-03-${String(n).padStart(2, '0')}T02:00:00.000Z`
const look = (n: number) => ({ by: 'lijie', filingId: '1', reason: `核对${n}`, at: day(n) })
const looks = (...numbers: number[]) =>
  within(async (tx) => {
    for (const n of numbers) await tx.logAccess(look(n))
  })

const markIn = ({ says }: { says: string[] }): string => /\d+:[0-9a-f]{64}/.exec(says.join('\n'))?.[0] ?? ''

test('a log of looks that nobody touched is confirmed, with a mark to hold it to later', async () => {
  expect(await run('verify')).toEqual({ status: 0, says: ['查阅记录0条，还没有校验码。'], problems: [] })
  await looks(1, 2, 3)
  const first = await run('verify')
  expect([first.status, first.says[0]]).toEqual([0, '查阅记录3条，一条接一条，没有改动。'])
  await looks(4)
  expect((await run(`verify ${markIn(first)}`)).status).toBe(0)
  const other = markIn(first).replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  expect(await run(`verify ${other}`)).toMatchObject({
    status: 1,
    problems: ['查阅记录：第3条和以前抄下的不一样。'],
  })
})

test('a log that was rolled back to an earlier copy is told from the one that was noted', async () => {
  await looks(1, 2)
  const copies = await Promise.all(
    (await readdir(folder)).map(async (name) => [name, await readFile(path.join(folder, name))] as const),
  )
  await looks(3)
  const noted = markIn(await run('verify'))
  for (const name of await readdir(folder)) await rm(path.join(folder, name))
  for (const [name, bytes] of copies) await writeFile(path.join(folder, name), bytes)
  expect((await run('verify')).status).toBe(0)
  expect((await run(`verify ${noted}`)).status).toBe(1)
})

test('what two people destroyed by the rules leaves a log that can still be checked', async () => {
  await looks(1, 2, 3, 4)
  const noted = markIn(await run('verify'))
  await within((tx) => destroy({ class: 'accesses', id: day(3), says: '' }, tx, 'zhaomin', day(9)))
  const { status, says } = await run(`verify ${noted}`)
  expect([status, says[0]]).toEqual([0, '查阅记录3条，一条接一条，没有改动。'])
  await within((tx) => destroy({ class: 'accesses', id: day(20), says: '' }, tx, 'zhaomin', day(21)))
  expect((await run('verify')).says[0]).toBe('查阅记录1条，一条接一条，没有改动。')
  // Deleted without a word about it.
  await within(async (tx) => void (await tx.forgetAccess(day(31))))
  expect(await run('verify')).toMatchObject({ status: 1, problems: ['查阅记录：最后的几条不见了。'] })
})

test('rekey leaves nothing that needs the older key, and says which key it is now', async () => {
  await saveDirectory(folder, [older], trialDirectory)
  const { status, says } = await run('rekey', encoded(newer, older))
  expect(status).toBe(0)
  expect(says[0]).toBe(`全部数据（1件备案）已用密钥 ${keyId(newer)} 加密。`)
  for (const name of await readdir(folder)) {
    expect(await readFile(path.join(folder, name), 'utf8'), name).not.toContain(`k${keyId(older)}.`)
  }
  await within(async (tx) => expect(await tx.getSession('wang')).toEqual(sessionOf('1')), newer)
  expect(readKeptDirectory(folder, [newer])).toEqual(trialDirectory)
  // Once more changes nothing.
  expect((await run('rekey', encoded(newer))).status).toBe(0)
})

test('rekey without the key that is needed names it and changes nothing', async () => {
  const files = async () =>
    Promise.all(
      (await readdir(folder)).map(async (name) => [name, await readFile(path.join(folder, name), 'hex')]),
    )
  const before = await files()
  const { status, problems } = await run('rekey', encoded(newer))
  expect([status, problems.join()]).toEqual([1, expect.stringContaining(keyId(older))])
  expect(await files()).toEqual(before)
})

test('it does not touch a folder a bot works on, and explains itself', async () => {
  const store = await openJsonStore({ folder, dataKeys: [older] })
  expect(await run('verify')).toMatchObject({
    status: 1,
    problems: [expect.stringContaining('停止机器人'), expect.stringContaining('进程')],
  })
  await store.close()
  for (const words of ['', 'verify 3', 'verify 3:zz', 'rekey now', 'drop', 'verify 1:2 3']) {
    expect(await run(words)).toMatchObject({ status: 1, problems: [expect.stringContaining('用法')] })
  }
})
