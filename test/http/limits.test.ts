import { afterEach, describe, expect, test } from 'vitest'
import { TOO_FAST } from '../../src/http/pace.ts'
import {
  appReply,
  appXml,
  now,
  openDoor,
  robotReply,
  robotText,
  sealed,
  robotKeys,
  toApp,
  toRobot,
} from './door.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A door whose time a test moves; requests come through one proxy that says whose they are. */
async function open(changed: Parameters<typeof openDoor>[0] = {}) {
  let ahead = 0
  const clock = { now: () => new Date(now.getTime() + ahead) }
  const refused: number[] = []
  const door = await openDoor({ clock, proxies: 1, refused: (status) => refused.push(status), ...changed })
  closing.push(() => door.close())
  const ask = (path: string, address: string, init: RequestInit = {}) =>
    fetch(`${door.base}${path}`, { ...init, headers: { 'X-Forwarded-For': address } })
  return { ...door, ask, refused, pass: (ms: number) => (ahead += ms) }
}

const forged = async (ask: Awaited<ReturnType<typeof open>>['ask'], address: string) => {
  const { query, encrypted } = sealed(robotKeys, '{}', { signature: '0'.repeat(40) })
  const body = JSON.stringify({ encrypt: encrypted })
  return ask(`/wecom/robot?${query}`, address, { method: 'POST', body })
}

describe('an address that asks in vain', () => {
  test('is told to wait after sixty in a minute, others are not, and the minute passes', async () => {
    const { ask, pass, refused } = await open()
    for (let n = 0; n < 60; n++) expect((await forged(ask, '203.0.113.9')).status).toBe(403)
    const response = await forged(ask, '203.0.113.9')
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await response.text()).toBe('请求太多，请过一分钟再试。')
    expect((await ask('/nothing', '203.0.113.9')).status).toBe(429)
    expect((await ask('/files/bad/x.docx', '203.0.113.9')).status).toBe(429)
    // Only what stands last was written by our proxy.
    expect((await ask('/nothing', '203.0.113.9, 203.0.113.10')).status).toBe(404)
    expect((await ask('/nothing', '203.0.113.7, 203.0.113.9')).status).toBe(429)
    pass(60_000)
    expect((await forged(ask, '203.0.113.9')).status).toBe(403)
    expect(refused.filter((status) => status === 429)).toHaveLength(4)
  })

  test('still delivers what is rightly signed, answers probes and opens good links', async () => {
    const make = async () => ({ bytes: Buffer.from('x'), contentType: 'text/plain' })
    const { ask, base, received } = await open({
      openLink: (t) => (t === 'ok' ? { person: 'w', make } : undefined),
    })
    for (let n = 0; n < 70; n++) await (await ask('/nothing', '203.0.113.9')).text()
    const { query, encrypted } = sealed(robotKeys, JSON.stringify(robotText('同意')))
    const init = { method: 'POST', body: JSON.stringify({ encrypt: encrypted }) }
    expect((await ask(`/wecom/robot?${query}`, '203.0.113.9', init)).status).toBe(200)
    expect(received).toHaveLength(1)
    expect((await fetch(`${base}/readyz`)).status).toBe(200)
    expect((await ask('/files/ok/x.docx', '203.0.113.9')).status).toBe(200)
  })

  test('is one address wherever in its IPv6 network it sits', async () => {
    const { ask } = await open()
    for (let n = 0; n < 60; n++) await (await ask('/nothing', `2001:db8:1:2::${n.toString(16)}`)).text()
    expect((await ask('/nothing', '2001:db8:1:2:ffff::1')).status).toBe(429)
    expect((await ask('/nothing', '2001:db8:1:3::1')).status).toBe(404)
  })

  test('counts by the connection itself where no proxy of ours stands', async () => {
    const { ask } = await open({ proxies: 0 })
    for (let n = 0; n < 60; n++) await (await ask('/nothing', `198.51.100.${n}`)).text()
    expect((await ask('/nothing', '198.51.100.200')).status).toBe(429)
  })
})

test('however much is refused, the log grows by some sixty lines a minute', async () => {
  const { ask, logged, pass } = await open()
  for (let n = 0; n < 300; n++) await (await forged(ask, `198.51.100.${n % 250}`)).text()
  expect(logged).toHaveLength(61)
  expect(logged.at(-1)).toEqual({ level: 'warn', message: expect.stringContaining('more was refused') })
  pass(60_000)
  await forged(ask, '198.51.100.1')
  expect(logged).toHaveLength(62)
})

describe('a person who sends too much', () => {
  const said = (n: number, changed = {}) => robotText('你好', { msgid: `M${n}`, ...changed })

  test('is asked to wait once, passed over until the minute is over, and then heard again', async () => {
    const { base, received, logged, pass } = await open()
    const at = () => ({ at: '1767225600' })
    for (let n = 0; n < 120; n++) await (await toRobot(base, said(n), at())).text()
    expect(received).toHaveLength(120)
    const told = (await robotReply(await toRobot(base, said(120), at()))) as { stream: object }
    expect(told.stream).toMatchObject({ content: TOO_FAST, finish: true })
    expect(await (await toRobot(base, said(121), at())).text()).toBe('')
    expect(received).toHaveLength(120)
    expect(logged).toEqual([{ level: 'warn', message: 'somebody sends too much', channel: 'robot' }])

    // Delivered again, the refused one gets the same answer, and what was taken is still taken.
    expect(await robotReply(await toRobot(base, said(120), at()))).toEqual(told)
    await toRobot(base, said(7), at())
    expect(received.at(-1)?.id).toContain('M7')

    await toRobot(base, said(0, { from: { userid: 'chenmeilan' } }), at())
    expect(received.at(-1)?.from).toBe('chenmeilan')
    pass(60_000)
    await toRobot(base, said(122), at())
    expect(received.at(-1)?.id).toContain('M122')
  })

  test('is answered the same way by the app, and files weigh more', async () => {
    const { base, received } = await open()
    const file = (n: number) =>
      appXml(`<MsgType>file</MsgType><MediaId>m${n}</MediaId><FileName>a.xlsx</FileName><MsgId>${n}</MsgId>`)
    for (let n = 0; n < 12; n++) await (await toApp(base, file(n))).text()
    const taken = received.length
    expect(await appReply(await toApp(base, file(12)))).toContain('您发得太快了')
    expect(await (await toApp(base, file(13))).text()).toBe('')
    expect(received).toHaveLength(taken)
    expect(taken).toBe(12)
  })

  test('is never kept from hearing how far an answer is', async () => {
    const { base, received } = await open()
    for (let n = 0; n < 130; n++) {
      const asked = { ...robotText(''), msgid: `S${n}`, msgtype: 'stream', stream: { id: 'st-1' } }
      await (await toRobot(base, asked)).text()
    }
    expect(received).toHaveLength(130)
  })
})

test('a link is opened at most sixty times a minute by its person', async () => {
  const make = async () => ({ bytes: Buffer.from('x'), contentType: 'text/plain' })
  const { ask, pass } = await open({ openLink: (token) => ({ person: token.slice(0, 4), make }) })
  const statuses: number[] = []
  for (let n = 0; n < 61; n++) statuses.push((await ask(`/files/wang${n}/x.docx`, `198.51.100.${n}`)).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(60)
  const late = await ask('/files/wang/x.docx', '198.51.100.99')
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
  expect((await ask('/files/chen/x.docx', '198.51.100.99')).status).toBe(200)
  pass(60_000)
  expect((await ask('/files/wang/x.docx', '198.51.100.99')).status).toBe(200)
})
