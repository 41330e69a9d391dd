import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDirectory, readKeptDirectory, saveDirectory } from '../../src/directory/in-folder.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { checkDirectory } from '../../src/directory/check.ts'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { StoreError } from '../../src/store/error.ts'
import { createSeal, SealError } from '../../src/store/seal.ts'
import { example, jurisdiction, OFFICIAL } from './district.ts'

const key = randomBytes(32)
let folder = ''
let reported: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'directory-'))
  reported = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = () => path.join(folder, 'directory')
const open = (more: Partial<Parameters<typeof openDirectory>[0]> = {}) =>
  openDirectory({
    folder,
    dataKeys: [key],
    admins: [],
    jurisdiction,
    report: (line) => reported.push(line),
    ...more,
  })
const names = (keeper: ReturnType<typeof open>) => keeper.current().appointments.map(({ name }) => name)
const only = (name: string) => ({ people: [{ userid: 'one', name, role: 'district' as const }], groups: [] })

test('what was saved is read back, and is unreadable to anyone else', async () => {
  await saveDirectory(folder, [key], example)
  expect(readKeptDirectory(folder, [key])).toEqual(example)
  const bytes = await readFile(file(), 'utf8')
  expect(bytes).not.toMatch(/wangfang|王芳|199000|jiefang/)
  expect(bytes).not.toContain(Buffer.from('wangfang').toString('base64url'))
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['directory'])
})

test('the folder is made when it is not there', async () => {
  const inner = path.join(folder, 'a', 'b')
  await saveDirectory(inner, [key], example)
  expect(readKeptDirectory(inner, [key])).toEqual(example)
  expect((await stat(inner)).mode & 0o777).toBe(0o700)
})

test('a running bot sees what is imported from the next message on', async () => {
  const keeper = open()
  expect(names(keeper)).toEqual([])
  expect(keeper.refresh()).toBe(false)
  await saveDirectory(folder, [key], only('甲'))
  expect(keeper.refresh()).toBe(true)
  expect(keeper.refresh()).toBe(false)
  expect(names(keeper)).toEqual(['甲'])
  await saveDirectory(folder, [key], only('乙'))
  expect(names(keeper)).toEqual(['乙'])
})

test('the same staff is handed out as long as nothing was imported', async () => {
  await saveDirectory(folder, [key], example)
  const keeper = open()
  expect(keeper.current()).toBe(keeper.current())
})

test('a replacement of the same length and time is still a replacement', async () => {
  const then = new Date('2026-01-01T00:00:00Z')
  await saveDirectory(folder, [key], only('甲'))
  await utimes(file(), then, then)
  const keeper = open()
  const held = path.join(folder, 'held')
  await rename(file(), held)
  await saveDirectory(folder, [key], only('乙'))
  await utimes(file(), then, then)
  expect(names(keeper)).toEqual(['乙'])
})

test('until something is imported the cast counts, and afterwards only what was imported', async () => {
  const keeper = open({ initial: trialDirectory })
  expect(names(keeper)).toEqual(['王芳', '李杰', '赵敏'])
  await saveDirectory(folder, [key], only('甲'))
  expect(names(keeper)).toEqual(['甲'])
  expect(names(open({ initial: trialDirectory }))).toEqual(['甲'])
})

test('administrators hold their roles before and after an import', async () => {
  const keeper = open({ admins: ['root'] })
  expect(names(keeper)).toEqual(['root', 'root'])
  await saveDirectory(folder, [key], only('甲'))
  expect(names(keeper)).toEqual(['甲', 'root', 'root'])
})

test.each([
  ['cut short', (sealed: string) => sealed.slice(0, -9)],
  [
    'changed in one character',
    (sealed: string) => sealed.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
  ],
  ['empty', () => ''],
  ['something else', () => 'people: []'],
  ['sealed for another record', () => createSeal([key]).seal('{}', 'session:wang')],
  ['of another version', () => createSeal([key]).seal('{"version":2}', 'directory')],
  ['sealed with a lost key', () => createSeal([randomBytes(32)]).seal('{}', 'directory')],
])('a file that is %s is reported once, and the last good one stays in force', async (_, damage) => {
  await saveDirectory(folder, [key], only('甲'))
  const keeper = open()
  const sealed = await readFile(file(), 'utf8')
  await writeFile(`${file()}.new`, damage(sealed))
  await rename(`${file()}.new`, file())
  expect(keeper.refresh()).toBe(false)
  expect(names(keeper)).toEqual(['甲'])
  expect(names(keeper)).toEqual(['甲'])
  expect(reported).toEqual([expect.stringMatching(/读不出来，继续用原来的/)])
  expect(() => open()).toThrow(
    expect.toSatisfy((error) => error instanceof StoreError || error instanceof SealError),
  )
  await saveDirectory(folder, [key], only('乙'))
  expect(names(keeper)).toEqual(['乙'])
})

test('a file that is gone is reported once, and the last good one stays in force', async () => {
  await saveDirectory(folder, [key], only('甲'))
  const keeper = open()
  await rm(file())
  expect([names(keeper), names(keeper)]).toEqual([['甲'], ['甲']])
  expect(reported).toEqual([expect.stringMatching(/不见了/)])
})

test('a file that cannot be read for a while is read when it can be again', async () => {
  await saveDirectory(folder, [key], only('甲'))
  const keeper = open()
  await rm(file())
  await saveDirectory(path.join(folder, 'directory'), [key], only('乙'))
  expect(names(keeper)).toEqual(['甲'])
  expect(reported).toEqual([expect.stringMatching(/EISDIR/)])
  await rm(file(), { recursive: true })
  await saveDirectory(folder, [key], only('丙'))
  expect(names(keeper)).toEqual(['丙'])
})

test('an import that cannot take its place leaves nothing beside it', async () => {
  await mkdir(path.join(file(), 'inside'), { recursive: true })
  await expect(saveDirectory(folder, [key], only('乙'))).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['directory'])
})

test('after a change of keys the old file still opens, and a new import needs the new key only', async () => {
  const newer = randomBytes(32)
  await saveDirectory(folder, [key], only('甲'))
  expect(names(open({ dataKeys: [newer, key] }))).toEqual(['甲'])
  expect(() => open({ dataKeys: [newer] })).toThrow(/DATA_KEY/)
  await saveDirectory(folder, [newer, key], only('乙'))
  expect(names(open({ dataKeys: [newer] }))).toEqual(['乙'])
})

test('a place that the pack has no more is reported', async () => {
  const people = [{ userid: 'a', name: '甲', role: 'street' as const, place: '旧街道' }]
  await saveDirectory(folder, [key], { people, groups: [] })
  expect(names(open())).toEqual([])
  expect(reported).toEqual([expect.stringMatching(/旧街道/)])
})

test('the cast of the sandbox is a sound directory of the people and groups one meets there', () => {
  expect(checkDirectory(trialDirectory, jurisdiction, OFFICIAL)).toEqual([])
  for (const { userid, name } of trialDirectory.people)
    expect(sandboxPeople).toContainEqual(expect.objectContaining({ userId: userid, name }))
  for (const { name, chatid } of trialDirectory.groups)
    expect(sandboxGroups).toContainEqual(expect.objectContaining({ name, chatId: chatid }))
})
