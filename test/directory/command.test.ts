import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { directory } from '../../src/commands/directory.ts'
import { parseConfig } from '../../src/config.ts'
import { writeDirectoryFile } from '../../src/directory/file.ts'
import { openDirectory, readKeptDirectory } from '../../src/directory/in-folder.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { example, jurisdiction } from './district.ts'

let folder = ''
let environment: Record<string, string> = {}
const key = randomBytes(32)

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'directory-command-'))
  environment = { DATA_DIR: path.join(folder, 'data'), DATA_KEY: key.toString('base64') }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const inFolder = (name: string) => path.join(folder, name)
const run = (verb: string, name: string) => directory([verb, inFolder(name)], environment)
const kept = () => readKeptDirectory(inFolder('data'), [key])
const live = { WECOM_ROBOT_TOKEN: 'token', WECOM_ROBOT_AES_KEY: 'a'.repeat(43) }

test('an import puts all of a file in force and says what changed', async () => {
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  expect(await run('import', 'a.yaml')).toEqual({
    status: 0,
    says: ['已导入：4 人、4 个角色、2 个群。比原来新增或改动 6 条，去掉或换下 0 条。'],
    problems: [],
  })
  expect(kept()).toEqual(example)
  const fewer = { ...example, people: example.people.slice(1) }
  await writeFile(inFolder('b.xlsx'), await writeDirectoryFile(fewer, 'xlsx'))
  expect((await run('import', 'b.xlsx')).says).toEqual([
    '已导入：3 人、3 个角色、2 个群。比原来新增或改动 0 条，去掉或换下 1 条。',
  ])
  expect(kept()).toEqual(fewer)
  expect((await run('import', 'b.xlsx')).says).toEqual([expect.stringMatching(/和原来一样/)])
})

test.each(['out.yaml', 'out.xlsx'])('what is exported to %s imports again unchanged', async (name) => {
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  await run('import', 'a.yaml')
  expect(await run('export', name)).toMatchObject({ status: 0, problems: [] })
  expect((await stat(inFolder(name))).mode & 0o777).toBe(0o600)
  expect((await run('import', name)).says).toEqual([expect.stringMatching(/和原来一样/)])
  expect(kept()).toEqual(example)
})

test('one problem refuses the whole file, and the old directory stays', async () => {
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  await run('import', 'a.yaml')
  await writeFile(
    inFolder('bad.yaml'),
    'people:\n  - { userid: new, name: 甲, role: district }\n  - { userid: b, name: 乙, role: community, place: 解放街道/明珠社 }\n',
  )
  const outcome = await run('import', 'bad.yaml')
  expect(outcome).toEqual({
    status: 1,
    says: [],
    problems: [
      expect.stringMatching(/人员第 2 条（乙）.*“解放街道\/明珠社区”/),
      expect.stringMatching(/共 1 处/),
    ],
  })
  expect(kept()).toEqual(example)
})

test('a bot that is running takes over an import, and stays as it is when one is refused', async () => {
  const bot = openDirectory({
    folder: inFolder('data'),
    dataKeys: [key],
    admins: [],
    jurisdiction,
    report: (line) => expect.fail(line),
  })
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  await run('import', 'a.yaml')
  const staff = bot.current()
  expect(staff.appointments).toHaveLength(4)
  await writeFile(inFolder('bad.yaml'), 'people: []')
  expect(await run('import', 'bad.yaml')).toMatchObject({ status: 1 })
  expect(bot.current()).toBe(staff)
})

test('without a key of its own the sandbox seals with the one the bot makes there', async () => {
  environment = { DATA_DIR: inFolder('data') }
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  expect(await run('import', 'a.yaml')).toMatchObject({ status: 0 })
  const sandboxKey = Buffer.from(await readFile(inFolder('data/sandbox.key'), 'utf8'), 'base64')
  expect(readKeptDirectory(parseConfig(environment).dataDir, [sandboxKey])).toEqual(example)
})

test('before any import the sandbox exports its cast, and a real bot an empty file to fill in', async () => {
  await run('export', 'cast.yaml')
  expect(await run('import', 'cast.yaml')).toMatchObject({ status: 0 })
  expect(kept()).toEqual(trialDirectory)
  environment = { ...environment, ...live, DATA_DIR: inFolder('live') }
  expect((await run('export', 'empty.xlsx')).says).toEqual([expect.stringMatching(/还没有导入过/)])
  expect((await run('import', 'empty.xlsx')).problems[0]).toMatch(/一个人也没有/)
})

test('a damaged directory is mended by an import; one sealed with another key is left alone', async () => {
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  await run('import', 'a.yaml')
  const sealed = await readFile(inFolder('data/directory'), 'utf8')
  environment['DATA_KEY'] = randomBytes(32).toString('base64')
  const refused = await run('import', 'a.yaml')
  expect(refused).toMatchObject({ status: 1, problems: [expect.stringMatching(/DATA_KEY/)] })
  expect(await run('export', 'b.yaml')).toMatchObject({ status: 1 })
  expect(await readFile(inFolder('data/directory'), 'utf8')).toBe(sealed)
  environment['DATA_KEY'] = key.toString('base64')
  await writeFile(inFolder('data/directory'), sealed.slice(0, 100))
  expect(await run('export', 'b.yaml')).toMatchObject({
    status: 1,
    problems: [expect.stringMatching(/重新导入/)],
  })
  expect(await run('import', 'a.yaml')).toMatchObject({ status: 0 })
  expect(kept()).toEqual(example)
})

test.each([
  [[], /用法/],
  [['import'], /用法/],
  [['delete', 'a.yaml'], /用法/],
  [['import', 'a.yaml', 'b.yaml'], /用法/],
  [['import', 'a.csv'], /\.yaml 或 \.xlsx/],
  [['import', '/nowhere/a.yaml'], /没有找到文件/],
  [['export', '/nowhere/a.yaml'], /没有|出错/],
])('%j is refused with what to do', async (args, line) => {
  expect(await directory(args, environment)).toEqual({
    status: 1,
    says: [],
    problems: [expect.stringMatching(line)],
  })
})

test('settings that are wrong are named, with the status of a wrong configuration', async () => {
  environment = { ...environment, DATA_KEY: 'short', PORT: 'x' }
  await writeFile(inFolder('a.yaml'), '')
  const { status, problems } = await run('import', 'a.yaml')
  expect(status).toBe(78)
  expect(problems.map((line) => line.split('：')[0]).sort()).toEqual(['DATA_KEY', 'PORT'])
  environment = { DATA_DIR: inFolder('data'), TEMPLATE_PACK: inFolder('no-pack') }
  expect(await run('import', 'a.yaml')).toMatchObject({ status: 1 })
})

test('as a process it says what it did on stdout, what is wrong on stderr, and ends accordingly', async () => {
  await writeFile(inFolder('a.yaml'), await writeDirectoryFile(example, 'yaml'))
  await writeFile(inFolder('bad.yaml'), 'people: []')
  const start = (...args: string[]) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
      const command = ['--import', 'tsx', 'src/commands/directory.ts', ...args]
      const env = { PATH: process.env['PATH'], ...environment }
      const child = execFile(process.execPath, command, { env }, (_, stdout, stderr) =>
        resolve({ status: child.exitCode ?? -1, stdout, stderr }),
      )
    })
  const [good, bad] = await Promise.all([
    start('import', inFolder('a.yaml')),
    start('import', inFolder('bad.yaml')),
  ])
  expect(good).toEqual({ status: 0, stdout: expect.stringMatching(/^已导入/), stderr: '' })
  expect(bad).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/一个人也没有.*\n共 1 处/) })
  expect(kept()).toEqual(example)
})
