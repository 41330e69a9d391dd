import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Model } from '../src/knowledge/llm/model.ts'
import { downloadRobotMedia, WecomClient } from '../src/wecom/client.ts'
import { GroupRobots } from '../src/wecom/groups.ts'
import { postResponse } from '../src/wecom/response.ts'
import { openStandIn } from './wecom/stand-in.ts'
import { appKeys } from './support/trial.ts'

// A machine of the house, and a server outside that sends everybody there.
let inside: Awaited<ReturnType<typeof openStandIn>>
let outside: Awaited<ReturnType<typeof openStandIn>>
beforeEach(async () => {
  inside = await openStandIn(() => ({ errcode: 0, access_token: 'x', expires_in: 7200 }))
  outside = await openStandIn(({ path }) => ({
    status: path === '/see-other' ? 303 : 307,
    headers: { Location: `${inside.base}/latest/meta-data` },
    bytes: Buffer.from('moved'),
  }))
})
afterEach(async () => {
  await outside.close()
  await inside.close()
})

const clock = { now: () => new Date('2026-11-23T02:00:00Z') }

test('no call follows a redirect, wherever it leads', async () => {
  const { base } = outside
  const client = new WecomClient({ base, ...appKeys, clock })
  const groups = new GroupRobots({ apiBase: base, clock })
  const model = new Model({
    baseUrl: base,
    apiKey: 'k',
    model: 'm',
    now: () => 0,
    random: () => 0,
    report: () => {},
  })
  const aesKey = 'a'.repeat(43)
  const calls: Promise<unknown>[] = [
    client.sendText('wangxiuying', '甲', 'k'),
    client.downloadMedia('M1'),
    client.upload('a.docx', Buffer.alloc(10)),
    downloadRobotMedia(`${base}/f`, [aesKey], { maxBytes: 1000, apiBase: base }),
    downloadRobotMedia(`${base}/see-other`, [aesKey], { maxBytes: 1000, apiBase: base }),
    postResponse(`${base}/cgi-bin/aibot/response?response_code=1`, '甲', { apiBase: base }),
    groups.post(`${base}/cgi-bin/webhook/send?key=k1`, '甲', []),
    model.word('问', '答'),
  ]
  const ended = await Promise.allSettled(calls)
  expect(ended.slice(0, -1).map(({ status }) => status)).toEqual(Array(7).fill('rejected'))
  expect(ended.at(-1)).toEqual({ status: 'fulfilled', value: undefined })
  expect(outside.asked.length).toBeGreaterThanOrEqual(6)
  expect(inside.asked).toEqual([])
  await model.stop()
})

test('what calls out is in three places, which these tests and those of the client know', () => {
  const calling = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('sandbox'))
    .filter((file) =>
      /\bfetch\(|from 'undici'|from 'node:(https?|net|tls|dgram)'/.test(
        readFileSync(path.join('src', file), 'utf8'),
      ),
    )
    // Types of what comes in, addresses, and the door itself.
    .filter((file) => !file.startsWith('http/'))
  expect(calling.sort()).toEqual([
    'commands/doctor.ts',
    'knowledge/llm/model.ts',
    'wecom/client.ts',
    'wecom/exchange.ts',
    'wecom/public-address.ts',
  ])
})
