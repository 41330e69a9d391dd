import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { Agent, fetch as fetchWith } from 'undici'
import { afterAll, expect, test, vi } from 'vitest'
import { ended, killAll, startProcess } from '../support/process.ts'
import { appKeys, Person, robot, startTrial } from '../support/trial.ts'
import { answerIn, baseOf, delivery, nowOf, send } from './knocking.ts'

afterAll(killAll)

const STORM = 10_000
const AT_ONCE = 40
/** What a start needs, and not much more. */
const HEAP_MB = 160

/** Does `work` for every number below `count`, so many at once. */
async function each(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

type Init = { method?: string; body?: string | Buffer }

/** Requests nobody at WeCom makes: unsigned, forged, cut, huge, deep, or signed and senseless. */
function senseless(seed: number): { path: string; init: Init }[] {
  const good = delivery({ msgid: 'M', from: 'wangxiuying', text: '同意' })
  const old = delivery({
    msgid: 'M',
    from: 'wangxiuying',
    text: '同意',
    at: new Date(Date.now() - 3_600_000),
  })
  const path = (search: string) => `/wecom/robot?${search}`
  const post = (search: string, body: string | Buffer) => ({
    path: path(search),
    init: { method: 'POST', body },
  })
  const words = fc.sample(fc.string({ unit: 'binary', maxLength: 200 }), { numRuns: 50, seed })
  const large = Buffer.alloc(1024 * 1024 + 10, 'a')
  return [
    ...words.map((word) => post(good.search, word)),
    ...words.map((word) => post(String(new URLSearchParams({ msg_signature: word, nonce: word })), word)),
    ...words.slice(0, 20).map((word) => post(good.search.replace(/nonce=\d+/, 'nonce=1'), good.body + word)),
    ...words.slice(0, 20).map((_, at) => post(good.search, good.body.slice(0, at * 9))),
    post(old.search, old.body),
    post(good.search, '{"encrypt":'.repeat(5_000)),
    post(good.search, `<xml>${'<a>'.repeat(20_000)}`),
    post(good.search, large),
    { path: '/wecom/app?msg_signature=1', init: { method: 'PUT', body: 'x' } },
    { path: '/files/a/b', init: {} },
    { path: `/files/${'a'.repeat(3000)}/b.docx`, init: {} },
    { path: '/wecom/robot/../../etc/passwd', init: {} },
  ]
}

test('ten thousand senseless requests and a small memory: ready throughout, and the log stays short', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'storm-'))
  const child = await startProcess({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    DATA_KEY: Buffer.alloc(32, 3).toString('base64'),
    WECOM_API_BASE: 'http://127.0.0.1:1',
    WECOM_ROBOT_TOKEN: robot.token,
    WECOM_ROBOT_AES_KEY: robot.aesKey,
    WECOM_CORP_ID: appKeys.corpId,
    WECOM_AGENT_ID: String(appKeys.agentId),
    WECOM_APP_SECRET: appKeys.secret,
    WECOM_APP_TOKEN: appKeys.token,
    WECOM_APP_AES_KEY: appKeys.aesKey,
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
  })
  const base = `http://127.0.0.1:${child.port}`
  let log = ''
  child.stdout?.on('data', (piece: Buffer) => (log += piece.toString()))
  const handles = async () => {
    const metrics = await (await fetch(`${base}/metrics`)).text()
    return Number(/^nodejs_active_handles_total (\d+)$/m.exec(metrics)?.[1])
  }
  const quiet = await handles()

  const requests = senseless(20261123)
  const dispatcher = new Agent({ connections: AT_ONCE })
  const statuses = new Map<number, number>()
  let notReady = 0
  await each(STORM, async (n) => {
    const { path, init } = requests[n % requests.length]!
    const { status, body } = await fetchWith(`${base}${path}`, { ...init, dispatcher })
    await body?.cancel()
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (n % 500 === 0 && (await fetch(`${base}/readyz`)).status !== 200) notReady++
  })
  expect([...statuses.keys()].filter((status) => status < 400 || status >= 500)).toEqual([])
  expect(statuses.get(429)).toBeGreaterThan(STORM / 2)
  expect(notReady).toBe(0)
  // Sixty lines a minute and the one that says so.
  expect(log.split('\n').length).toBeLessThan(400)
  expect(log).toContain('more was refused')

  // A person is served from the same address, in the middle of it.
  const stream = await answerIn(
    await send(base, delivery({ msgid: 'M1', from: 'wangxiuying', text: '备案管几年？' })),
  )
  expect(stream.content).toContain('附件1填表说明6')
  await dispatcher.destroy()
  await vi.waitFor(async () => expect(await handles()).toBeLessThan(quiet + 5), 10_000)
  child.kill('SIGTERM')
  expect(await ended(child)).toBe(0)
  await rm(folder, { recursive: true })
}, 300_000)

test('one message delivered a thousand times, also over a restart, acts once and gets one answer', async () => {
  const trial = await startTrial()
  const wang = new Person(trial, 'wangxiuying')
  for (const words of ['开始备案', '继续', '同意']) await wang.says(words)
  const recorded = delivery({ msgid: 'MSG-replayed', from: 'wangxiuying', text: '1', at: nowOf(trial) })
  const answers = new Set<string>()
  const replay = async () => {
    answers.add(JSON.stringify(await answerIn(await send(baseOf(trial), recorded))))
  }
  await each(500, replay)
  await trial.restart()
  await each(500, replay)
  expect(answers.size).toBe(1)
  expect([...answers][0]).toContain('第2题')
  expect(await wang.says('再说一遍')).toContain('第2题')

  // Kept for eleven minutes by somebody who listened: worth nothing any more.
  trial.standIn.clock.forward(11 * 60_000)
  expect((await send(baseOf(trial), recorded)).status).toBe(403)
  await trial.stop()
}, 120_000)
