import { createServer, type Server } from 'node:http'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkNode, examine, report } from '../src/commands/doctor.ts'
import { adviceFor } from '../src/commands/wecom-console.ts'
import type { Environment } from '../src/config.ts'

const now = new Date('2026-11-23T08:00:00Z')
const clock = { now: () => now }

let folder: string
let wecom: Server
let live: Environment
/** What the stand-in for WeCom answers, by path, and the time on its clock. */
let answers: Record<string, unknown>
let theirTime: Date
let asked: string[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'doctor-'))
  theirTime = now
  asked = []
  answers = {
    '/cgi-bin/gettoken': { errcode: 0, errmsg: 'ok', access_token: 'tok-1', expires_in: 7200 },
    '/cgi-bin/agent/get': { errcode: 0, errmsg: 'ok', agentid: 1000007 },
    '/cgi-bin/getcallbackip': { errcode: 41001, errmsg: 'access_token missing' },
  }
  wecom = createServer((request, response) => {
    asked.push(request.url ?? '')
    const body = answers[new URL(request.url ?? '', 'http://a').pathname]
    response.writeHead(body ? 200 : 502, {
      date: theirTime.toUTCString(),
      'content-type': 'application/json',
    })
    response.end(JSON.stringify(body ?? {}))
  })
  await new Promise<void>((resolve) => wecom.listen(0, '127.0.0.1', resolve))
  live = {
    DATA_DIR: path.join(folder, 'data'),
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    PUBLIC_URL: 'https://filing.example',
    WECOM_API_BASE: `http://127.0.0.1:${(wecom.address() as AddressInfo).port}`,
    WECOM_CORP_ID: 'wwsqba0000000001',
    WECOM_AGENT_ID: '1000007',
    WECOM_APP_SECRET: 'sEcr3tOfTheApp',
    WECOM_APP_TOKEN: 'AppTok',
    WECOM_APP_AES_KEY: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
  }
})
afterEach(async () => {
  wecom.closeAllConnections()
  await new Promise((resolve) => wecom.close(resolve))
  await rm(folder, { recursive: true })
})

/** What is not well, as lines. */
const complaints = async (environment: Environment): Promise<string[]> =>
  (await examine(environment, clock))
    .filter(({ well }) => !well)
    .map(({ about, says }) => `${about}：${says}`)

test('a fresh clone is well', async () => {
  expect(await complaints({ DATA_DIR: path.join(folder, 'data') })).toEqual([])
  expect(asked).toEqual([])
})

test('a complete configuration is well, and the data folder is left as it was', async () => {
  const findings = await examine(live, clock)
  expect(report(findings)).toContain('全部正常。')
  expect(findings.map((finding) => finding.about)).toEqual([
    '运行环境',
    '设置',
    'PUBLIC_URL',
    '数据文件夹',
    '模板包',
    '企业微信',
    '自建应用',
    '时钟',
  ])
  expect(await readdir(path.join(folder, 'data'))).toEqual([])
})

test.each<[string, () => void, RegExp]>([
  ['a variable nobody reads', () => (live.WECOM_ROBOT_AESKEY = 'x'), /^WECOM_ROBOT_AESKEY：没有这个设置/],
  ['a key that is too short', () => (live.WECOM_APP_AES_KEY = 'abc'), /^WECOM_APP_AES_KEY：现在是 3 位/],
  ['no data key', () => (live.DATA_KEY = ''), /^DATA_KEY：没有填/],
  ['no public address', () => (live.PUBLIC_URL = ''), /^PUBLIC_URL：没有填，手机打不开/],
  [
    'a public address only this machine can reach',
    () => (live.PUBLIC_URL = 'http://localhost:3000'),
    /^PUBLIC_URL：是本机地址/,
  ],
  ['a data folder that is a file', () => (live.DATA_DIR = 'package.json'), /^数据文件夹：写不进去（EEXIST）/],
  ['a pack that is not there', () => (live.TEMPLATE_PACK = folder), /^模板包：.*pack\.yaml/],
  ['nobody at the address of WeCom', () => wecom.close(), /^企业微信：连不上（ECONNREFUSED）/],
  [
    'a gateway that answers instead of WeCom',
    () => (answers['/cgi-bin/gettoken'] = undefined),
    /^企业微信：连不上（HTTP 502）/,
  ],
  [
    'a wrong secret',
    () => (answers['/cgi-bin/gettoken'] = { errcode: 40001, errmsg: 'invalid credential' }),
    /^企业微信：错误码 40001.*应用管理.*Secret/,
  ],
  [
    'a wrong corp id',
    () => (answers['/cgi-bin/gettoken'] = { errcode: 40013, errmsg: '' }),
    /^企业微信：错误码 40013.*企业ID/,
  ],
  [
    'an address that is not trusted',
    () =>
      (answers['/cgi-bin/agent/get'] = {
        errcode: 60020,
        errmsg:
          'not allow to access from your ip, hint: [1767225600123456789], from ip: 203.0.113.7, more info',
      }),
    /^自建应用：错误码 60020.*企业可信IP.*203\.0\.113\.7/,
  ],
  [
    'a wrong agent id',
    () => (answers['/cgi-bin/agent/get'] = { errcode: 40056, errmsg: '' }),
    /^自建应用：错误码 40056.*AgentId/,
  ],
  [
    'a clock that is six minutes fast',
    () => (theirTime = new Date(now.getTime() - 360_000)),
    /^时钟：比企业微信快 6 分钟/,
  ],
  [
    'a clock that is six minutes slow',
    () => (theirTime = new Date(now.getTime() + 360_000)),
    /^时钟：比企业微信慢 6 分钟/,
  ],
])('%s is named, with what to do', async (_, spoil, expected) => {
  spoil()
  expect((await complaints(live)).join('\n')).toMatch(new RegExp(expected, 'm'))
})

test('four minutes are no matter for the clock', async () => {
  theirTime = new Date(now.getTime() + 240_000)
  expect(await complaints(live)).toEqual([])
})

test('everything wrong is told at once', async () => {
  const lines = await complaints({
    PORT: 'x',
    DATA_DIR: 'package.json',
    TEMPLATE_PACK: folder,
    WECOM_ROBOT_TOKEN: 'a',
  })
  expect(lines.map((line) => line.split('：')[0])).toEqual([
    'PORT',
    'WECOM_ROBOT_AES_KEY',
    'DATA_KEY',
    '数据文件夹',
    '模板包',
    '企业微信',
  ])
})

test('what the sandbox wrote is not mixed with real data', async () => {
  await writeFile(path.join(folder, 'sandbox.key'), '')
  live.DATA_DIR = folder
  expect((await complaints(live)).join()).toMatch(/试用时的数据.*换一个 DATA_DIR/)
})

test('a data folder in use, and one whose bot died, are told apart', async () => {
  live.DATA_DIR = folder
  await writeFile(path.join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: '1', boot: 'b' }))
  expect(report(await examine(live, clock))).toContain(`进程 ${process.pid} 正在使用`)
  await writeFile(path.join(folder, 'lock'), JSON.stringify({ pid: 4_194_999, started: '1', boot: 'b' }))
  expect(report(await examine(live, clock))).toContain('启动时会自动接管')
})

test('no secret is shown, whatever goes wrong', async () => {
  const secrets = [
    live.DATA_KEY,
    live.WECOM_APP_SECRET,
    live.WECOM_APP_TOKEN,
    live.WECOM_APP_AES_KEY,
    'tok-1',
  ]
  answers['/cgi-bin/agent/get'] = { errcode: 40014, errmsg: 'invalid access_token tok-1' }
  for (const base of [live.WECOM_API_BASE, 'http://127.0.0.1:1']) {
    const text = report(await examine({ ...live, WECOM_API_BASE: base, PORT: 'x' }, clock))
    for (const secret of secrets) expect(text).not.toContain(secret)
  }
})

test('a robot without an app is told what it cannot do', async () => {
  const robot: Environment = {
    DATA_DIR: live.DATA_DIR,
    DATA_KEY: live.DATA_KEY,
    PUBLIC_URL: live.PUBLIC_URL,
    WECOM_API_BASE: live.WECOM_API_BASE,
    WECOM_ROBOT_TOKEN: 'RobotTok',
    WECOM_ROBOT_AES_KEY: live.WECOM_APP_AES_KEY,
  }
  const text = report(await examine(robot, clock))
  expect(text).toContain('没有自建应用，就不能主动发文件和提醒')
  expect(text).toContain('全部正常。')
  expect(asked).toEqual(['/cgi-bin/getcallbackip'])
})

test('an old Node is refused, one without security updates is pointed out', () => {
  expect(checkNode('18.20.0').well).toBe(false)
  expect(checkNode('20.18.9').well).toBe(false)
  expect(checkNode('20.19.0')).toMatchObject({ well: true, says: expect.stringContaining('停止维护') })
  expect(checkNode('24.1.0').says).toBe('Node 24.1.0。')
})

test('an error code nobody wrote down leads to where WeCom explains it', () => {
  expect(adviceFor(99999, 'x')).toContain('e=99999')
})
