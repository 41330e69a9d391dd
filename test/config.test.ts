import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError, knownNames, parseConfig, publicUrl, type Environment } from '../src/config.ts'
import { sandboxKey } from '../src/config/data-keys.ts'

const DATA_KEY = Buffer.alloc(32, 7).toString('base64')
const robot = {
  WECOM_ROBOT_NAME: '备案助手',
  WECOM_ROBOT_TOKEN: 'SheQuBeiAn2026Tok',
  WECOM_ROBOT_AES_KEY: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
}
const app = {
  WECOM_CORP_ID: 'wwsqba0000000001',
  WECOM_AGENT_ID: '1000007',
  WECOM_APP_SECRET: 'sEcr3t-of_the-app',
  WECOM_APP_TOKEN: 'AppTok',
  WECOM_APP_AES_KEY: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
}

/** The names of the problems, in order. */
const problemsOf = (environment: Environment): string[] => {
  try {
    parseConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    expect(error.message.split('\n')).toHaveLength(error.problems.length)
    return error.problems.map((problem) => problem.name)
  }
}

test('an empty environment is the sandbox with everything at its default', () => {
  expect(parseConfig({})).toEqual({
    sandbox: true,
    port: 3000,
    host: '0.0.0.0',
    proxies: 0,
    publicUrl: undefined,
    dataDir: './data',
    store: 'json',
    templatePack: 'templates/liubei',
    dataKeys: [],
    admins: [],
    logLevel: 'info',
    wecomApiBase: 'https://qyapi.weixin.qq.com',
    robot: undefined,
    app: undefined,
    model: undefined,
  })
})

test('empty and blank values count as absent', () => {
  const blank = Object.fromEntries(knownNames.map((name) => [name, name.length % 2 ? '' : '  ']))
  expect(parseConfig(blank)).toEqual(parseConfig({}))
})

test('a complete robot and a complete app are both served', () => {
  const config = parseConfig({ ...robot, ...app, DATA_KEY })
  expect(config).toMatchObject({
    sandbox: false,
    robot: { name: '备案助手', token: 'SheQuBeiAn2026Tok' },
    app: { corpId: 'wwsqba0000000001', agentId: 1000007, secret: 'sEcr3t-of_the-app', token: 'AppTok' },
  })
  expect(config.dataKeys).toEqual([Buffer.alloc(32, 7)])
})

test('while keys are being changed the first pair is the present one, and the others are still taken', () => {
  const old = 'b'.repeat(43)
  const config = parseConfig({
    ...robot,
    ...app,
    DATA_KEY,
    WECOM_ROBOT_TOKEN: 'New, Old',
    WECOM_ROBOT_AES_KEY: `${robot.WECOM_ROBOT_AES_KEY}，${old}`,
  })
  expect(config.robot).toEqual({
    name: '备案助手',
    token: 'New',
    aesKey: robot.WECOM_ROBOT_AES_KEY,
    older: [{ token: 'Old', aesKey: old }],
  })
  expect(config.app).not.toHaveProperty('older')
})

test.each<[string, Environment, string[]]>([
  ['a robot alone is enough', { ...robot, DATA_KEY }, []],
  ['a robot without a name is called 备案助手', { ...robot, WECOM_ROBOT_NAME: '', DATA_KEY }, []],
  ['an app alone is enough', { ...app, DATA_KEY }, []],
  ['the enterprise id may stand beside a robot', { ...robot, WECOM_CORP_ID: 'ww1', DATA_KEY }, []],
  ['the name of a robot is no credential', { WECOM_ROBOT_NAME: '小助手' }, []],
  ['half a robot', { WECOM_ROBOT_TOKEN: 'Tok', DATA_KEY }, ['WECOM_ROBOT_AES_KEY']],
  [
    'half an app beside a robot',
    { ...robot, DATA_KEY, WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1' },
    ['WECOM_APP_SECRET', 'WECOM_APP_TOKEN', 'WECOM_APP_AES_KEY'],
  ],
  [
    'the enterprise id alone',
    { WECOM_CORP_ID: 'ww1', DATA_KEY },
    ['WECOM_AGENT_ID', 'WECOM_APP_SECRET', 'WECOM_APP_TOKEN', 'WECOM_APP_AES_KEY'],
  ],
  ['credentials without a data key', { ...robot }, ['DATA_KEY']],
  ['half a model', { LLM_MODEL: 'm' }, ['LLM_BASE_URL', 'LLM_API_KEY']],
  ['a whole model', { LLM_BASE_URL: 'https://llm.example/v1', LLM_API_KEY: 'k', LLM_MODEL: 'm' }, []],
  ['PostgreSQL', { STORE: 'postgres', DATABASE_URL: 'postgres://bot:p@db:5432/filing' }, []],
  ['PostgreSQL without an address', { STORE: 'postgres' }, ['DATABASE_URL']],
  ['PostgreSQL without a database', { STORE: 'postgres', DATABASE_URL: 'postgres://db' }, ['DATABASE_URL']],
  ['another kind of database', { STORE: 'postgres', DATABASE_URL: 'mysql://db/filing' }, ['DATABASE_URL']],
  ['a store that does not exist', { STORE: 'mysql' }, ['STORE']],
  ['a port of words', { PORT: 'http' }, ['PORT']],
  ['a port beyond the last', { PORT: '65536' }, ['PORT']],
  ['the last port', { PORT: '65535' }, []],
  ['any free port', { PORT: '0' }, []],
  ['a negative port', { PORT: '-1' }, ['PORT']],
  ['a public address without scheme', { PUBLIC_URL: 'filing.example' }, ['PUBLIC_URL']],
  ['a public address of another scheme', { PUBLIC_URL: 'ftp://filing.example' }, ['PUBLIC_URL']],
  ['a public address with a query', { PUBLIC_URL: 'https://filing.example/?a=1' }, ['PUBLIC_URL']],
  ['WeCom over plain http', { WECOM_API_BASE: 'http://qyapi.weixin.qq.com' }, ['WECOM_API_BASE']],
  [
    'WeCom on a name that only begins like loopback',
    { WECOM_API_BASE: 'http://127.0.0.1.example' },
    ['WECOM_API_BASE'],
  ],
  ['a stand-in for WeCom on this machine', { WECOM_API_BASE: 'http://127.0.0.1:8080' }, []],
  ['a stand-in for WeCom on localhost', { WECOM_API_BASE: 'http://localhost:8080/' }, []],
  [
    'a key of 42 characters',
    { ...robot, DATA_KEY, WECOM_ROBOT_AES_KEY: robot.WECOM_ROBOT_AES_KEY.slice(1) },
    ['WECOM_ROBOT_AES_KEY'],
  ],
  [
    'a key with a sign in it',
    { ...robot, DATA_KEY, WECOM_ROBOT_AES_KEY: `${robot.WECOM_ROBOT_AES_KEY.slice(1)}=` },
    ['WECOM_ROBOT_AES_KEY'],
  ],
  ['two tokens for one key', { ...robot, DATA_KEY, WECOM_ROBOT_TOKEN: 'New,Old' }, ['WECOM_ROBOT_AES_KEY']],
  [
    'an older token with a sign in it',
    { ...robot, DATA_KEY, WECOM_ROBOT_TOKEN: 'New,-' },
    ['WECOM_ROBOT_TOKEN'],
  ],
  ['four tokens', { ...robot, DATA_KEY, WECOM_ROBOT_TOKEN: 'a,b,c,d' }, ['WECOM_ROBOT_TOKEN']],
  ['ten proxies', { PROXIES: '10' }, ['PROXIES']],
  ['a token with a blank in it', { ...robot, DATA_KEY, WECOM_ROBOT_TOKEN: 'a b' }, ['WECOM_ROBOT_TOKEN']],
  ['an agent id of letters', { ...app, DATA_KEY, WECOM_AGENT_ID: 'abc' }, ['WECOM_AGENT_ID']],
  ['a data key of 31 bytes', { DATA_KEY: Buffer.alloc(31).toString('base64') }, ['DATA_KEY']],
  ['a data key that is a pass phrase', { DATA_KEY: 'correct horse battery staple' }, ['DATA_KEY']],
  ['a second data key that is short', { DATA_KEY: `${DATA_KEY},AAAA` }, ['DATA_KEY']],
  ['a level nobody knows', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
  ['an administrator with a blank', { ADMIN_USERIDS: 'wang/fang' }, ['ADMIN_USERIDS']],
  [
    'everything wrong at once',
    { PORT: 'x', STORE: 'x', LOG_LEVEL: 'x', DATA_KEY: 'x', WECOM_ROBOT_TOKEN: '-', LLM_MODEL: 'm' },
    [
      'PORT',
      'STORE',
      'DATA_KEY',
      'LOG_LEVEL',
      'WECOM_ROBOT_TOKEN',
      'WECOM_ROBOT_AES_KEY',
      'LLM_BASE_URL',
      'LLM_API_KEY',
    ],
  ],
])('%s', (_, environment, names) => {
  expect(problemsOf(environment)).toEqual(names)
})

test('a problem says its name, what is wrong and what is expected', () => {
  expect(() => parseConfig({ ...robot, WECOM_ROBOT_AES_KEY: 'abc', DATA_KEY })).toThrow(
    'WECOM_ROBOT_AES_KEY：现在是 3 位，应为智能机器人的 EncodingAESKey，43 位字母和数字',
  )
  expect(() => parseConfig(robot)).toThrow(/^DATA_KEY：没有填，应为32 字节/)
})

test('no value appears in a problem, whatever it is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...knownNames), fc.string({ minLength: 1, maxLength: 60 }), (name, tail) => {
      const value = `QzQ${tail}`
      try {
        parseConfig({ ...robot, ...app, DATA_KEY, [name]: value })
      } catch (error) {
        expect(String(error)).not.toContain('QzQ')
      }
    }),
  )
})

test('addresses lose the slash at their end', () => {
  const config = parseConfig({
    PUBLIC_URL: 'https://filing.example/bot//',
    WECOM_API_BASE: 'https://proxy.example/',
  })
  expect(publicUrl(config, 3000)).toBe('https://filing.example/bot')
  expect(config.wecomApiBase).toBe('https://proxy.example')
  expect(publicUrl(parseConfig({}), 40123)).toBe('http://localhost:40123')
})

test('administrators are compared in lower case', () => {
  expect(parseConfig({ ADMIN_USERIDS: 'WangFang, lijie，ZhaoMin' }).admins).toEqual([
    'wangfang',
    'lijie',
    'zhaomin',
  ])
})

test('several data keys are kept in order, the first being the current one', () => {
  const second = Buffer.alloc(32, 9)
  expect(parseConfig({ DATA_KEY: `${DATA_KEY}, ${second.toString('base64url')}` }).dataKeys).toEqual([
    Buffer.alloc(32, 7),
    second,
  ])
})

test('.env.example names every variable and starts the sandbox as it is', () => {
  const example = parseEnv(readFileSync('.env.example', 'utf8'))
  expect(parseConfig(example).sandbox).toBe(true)
  const lines = readFileSync('.env.example', 'utf8')
  for (const name of knownNames) expect(lines).toMatch(new RegExp(`^#? ?${name}=`, 'm'))
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'config-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the sandbox keeps its key, readable by its owner only', async () => {
  const inside = path.join(folder, 'data')
  const key = await sandboxKey(inside)
  expect(key).toHaveLength(32)
  expect(await sandboxKey(inside)).toEqual(key)
  expect((await stat(path.join(inside, 'sandbox.key'))).mode & 0o777).toBe(0o600)
  expect(await readdir(inside)).toEqual(['sandbox.key'])
})

test('a damaged key of the sandbox stops the start and is not overwritten', async () => {
  await writeFile(path.join(folder, 'sandbox.key'), 'short')
  await expect(sandboxKey(folder)).rejects.toThrow('sandbox.key')
  expect((await stat(path.join(folder, 'sandbox.key'))).size).toBe(5)
})
