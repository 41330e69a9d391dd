import Koa from 'koa'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/messages.ts'
import { openDoor, robotText, says, toRobot } from './door.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open(changed: Parameters<typeof openDoor>[0] = {}) {
  const door = await openDoor(changed)
  closing.push(() => door.close())
  return { ...door, get: (path: string, init?: RequestInit) => fetch(`${door.base}${path}`, init) }
}

const lineOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  await response.text(),
]

describe('health', () => {
  test('is alive whether ready or not, and ready only when messages can be taken', async () => {
    let ready = true
    const { get } = await open({ isReady: () => ready })
    expect(await lineOf(await get('/healthz'))).toEqual([200, 'ok'])
    expect(await lineOf(await get('/readyz'))).toEqual([200, 'ready'])
    ready = false
    expect(await lineOf(await get('/healthz'))).toEqual([200, 'ok'])
    expect(await lineOf(await get('/readyz'))).toEqual([503, 'not ready'])
  })

  test('has metrics as Prometheus text', async () => {
    const { get } = await open()
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    expect(await response.text()).toBe('filings 1\n')
  })

  test.each(['/healthz', '/readyz', '/metrics'])('answers HEAD of %s without a body', async (path) => {
    const { get } = await open()
    expect(await lineOf(await get(path, { method: 'HEAD' }))).toEqual([200, ''])
  })
})

describe('a request', () => {
  test.each([
    '/',
    '/nothing',
    '/wecom',
    '/files/a',
    '/%',
    '/files/%E0%A4%A/x',
    '/wecom/robot/../../etc/passwd',
  ])('for the unknown path %s is 404', async (path) => {
    const { get } = await open()
    expect(await lineOf(await get(path))).toEqual([404, expect.stringMatching(/^.{1,40}$/)])
  })

  test.each([
    ['POST', '/healthz', 'HEAD, GET'],
    ['DELETE', '/files/a/b', 'HEAD, GET'],
    ['OPTIONS', '/wecom/robot', 'HEAD, GET, POST'],
    ['PROPFIND', '/wecom/app', 'HEAD, GET, POST'],
  ])('%s %s is 405', async (method, path, allow) => {
    const { get } = await open()
    const response = await get(path, { method })
    expect(response.headers.get('allow')).toBe(allow)
    expect(await lineOf(response)).toEqual([405, '不支持这种请求方式。'])
  })

  test('always gets headers that keep browsers from guessing and framing', async () => {
    const { get } = await open()
    for (const path of ['/healthz', '/nothing', '/wecom/robot']) {
      const { headers } = await get(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  test('that breaks off in the middle of its body takes nobody else along', async () => {
    const { base, get, received } = await open()
    const { hostname, port } = new URL(base)
    const socket = connect(Number(port), hostname)
    socket.write('POST /wecom/robot?msg_signature=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"en')
    expect(await lineOf(await get('/healthz'))).toEqual([200, 'ok'])
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).resetAndDestroy())
    expect(await lineOf(await get('/healthz'))).toEqual([200, 'ok'])
    expect(received).toEqual([])
  })

  test('that fails inside gets one line with a reference that is in the log, and no stack', async () => {
    const { get, logged } = await open({ metrics: () => Promise.reject(new Error('secret of the house')) })
    const [status, line] = await lineOf(await get('/metrics'))
    expect(status).toBe(500)
    expect(line).toMatch(/^服务出错了，编号 id\d+。$/)
    expect(logged).toMatchObject([
      { level: 'error', path: '/metrics', reference: /编号 (\w+)/.exec(line)?.[1] },
    ])
  })

  test('can be answered by routes added from outside, with a policy of their own', async () => {
    const { get } = await open({
      extend: (router) => {
        router.get('/sandbox', (ctx) => {
          ctx.set('Content-Security-Policy', "default-src 'self'")
          ctx.body = '<p>试一试</p>'
        })
      },
    })
    const response = await get('/sandbox')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'")
    expect(await response.text()).toBe('<p>试一试</p>')
  })
})

describe('a link to a document', () => {
  const bytes = Buffer.from('PK…')
  const contentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const openLink = (token: string, name: string) =>
    token === 'good.token' && name === '备案申请表 (1).docx'
      ? { person: 'wang', make: async () => ({ bytes, contentType }) }
      : undefined
  const path = `/files/good.token/${encodeURIComponent('备案申请表 (1).docx')}`

  test('gives the file under its Chinese name, to be kept by nobody on the way', async () => {
    const { get } = await open({ openLink })
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(contentType)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="document.docx"; filename*=UTF-8''${encodeURIComponent('备案申请表 (1).docx').replace('(', '%28').replace(')', '%29')}`,
    )
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
    const head = await get(path, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
  })

  test('that is wrong or too old is 404 and says what to do', async () => {
    const { get } = await open({ openLink })
    const [status, line] = await lineOf(await get('/files/bad/x.docx'))
    expect([status, line]).toEqual([404, expect.stringContaining('打印')])
  })

  test('to what is gone is 404 too, and none is opened while the bot is not ready', async () => {
    const gone = () => ({ person: 'wang', make: async () => undefined })
    const { get } = await open({ openLink: gone })
    expect((await get('/files/a/b.docx')).status).toBe(404)
    const shut = await open({ openLink: gone, isReady: () => false })
    const response = await shut.get('/files/a/b.docx')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
  })

  test('that cannot be made is 500 without a word about why', async () => {
    const { get } = await open({
      openLink: () => ({ person: 'wang', make: () => Promise.reject(new Error('no template at /srv')) }),
    })
    expect((await lineOf(await get('/files/a/b.docx')))[1]).not.toContain('srv')
  })
})

describe('closing the door', () => {
  test('finishes the running request and takes no new one', async () => {
    let finish: (answer: Answer) => void = () => {}
    let started = () => {}
    const isRunning = new Promise<void>((resolve) => (started = resolve))
    const door = await openDoor({
      receive: () => {
        started()
        return new Promise((resolve) => (finish = resolve))
      },
    })
    const running = toRobot(door.base, robotText('同意'))
    await isRunning
    const closed = door.close()
    await expect(fetch(`${door.base}/healthz`)).rejects.toThrow()
    finish(says('好的'))
    const response = await running
    expect(response.status).toBe(200)
    expect(response.headers.get('connection')).toBe('close')
    await response.arrayBuffer()
    await closed
  })

  test('does not wait for idle connections', async () => {
    const door = await openDoor()
    const idle = connect(Number(new URL(door.base).port), '127.0.0.1')
    await new Promise((resolve) => idle.once('connect', resolve))
    await (await fetch(`${door.base}/healthz`)).text()
    idle.destroy()
    await door.close()
  })

  test('gives up on a request that does not end', async () => {
    let started = () => {}
    const isRunning = new Promise<void>((resolve) => (started = resolve))
    const door = await openDoor({
      receive: () => {
        started()
        return new Promise(() => {})
      },
    })
    const running = toRobot(door.base, robotText('同意')).catch(() => 'cut off')
    await isRunning
    await door.close(1)
    expect(await running).toBe('cut off')
  })
})

test('a port that is taken is an error, not a wait', async () => {
  const { base } = await open()
  const { listen } = await import('../../src/http/listen.ts')
  await expect(listen(new Koa(), { host: '127.0.0.1', port: Number(new URL(base).port) })).rejects.toThrow(
    'EADDRINUSE',
  )
})
