import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  appKeys,
  appReply,
  appXml,
  now,
  openDoor,
  robotKeys,
  robotReply,
  robotText,
  says,
  sealed,
  timestamp,
  toApp,
  toRobot,
} from './door.ts'

let door: Awaited<ReturnType<typeof openDoor>>
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

const channels = [
  { channel: 'robot', keys: robotKeys },
  { channel: 'app', keys: appKeys },
] as const

describe.each(channels)('the $channel callback', ({ channel, keys }) => {
  const knock = (message: string, how = {}) => {
    const { query, encrypted } = sealed(keys, message, how)
    query.set('echostr', encrypted)
    return fetch(`${door.base}/wecom/${channel}?${query}`)
  }

  test('gives the echo back bare when the console verifies it', async () => {
    const response = await knock('7713290465118832904')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('7713290465118832904')
  })

  test('accepts an echo whose + a proxy decoded to a space', async () => {
    for (let at = 0; at < 20; at++) {
      const { query, encrypted } = sealed(keys, `${at}`)
      if (!encrypted.includes('+')) continue
      query.set('echostr', encrypted.replaceAll('+', ' '))
      const response = await fetch(`${door.base}/wecom/${channel}?${query}`)
      expect(await response.text()).toBe(`${at}`)
    }
  })

  test.each([
    ['a wrong signature', { signature: '0'.repeat(40) }],
    ['no signature', { signature: '' }],
    ['a timestamp of eleven minutes ago', { at: String(Number(timestamp) - 660) }],
    ['a timestamp that is no number', { at: 'now' }],
  ])('refuses %s with 403 and one short line', async (_, how) => {
    const response = await knock('1', how)
    expect(response.status).toBe(403)
    expect((await response.text()).split('\n')).toHaveLength(1)
  })

  test.each(['msg_signature', 'timestamp', 'nonce', 'echostr'])(
    'refuses %s missing or given twice',
    async (name) => {
      const { query, encrypted } = sealed(keys, '1')
      query.set('echostr', encrypted)
      query.append(name, query.get(name) ?? '')
      expect((await fetch(`${door.base}/wecom/${channel}?${query}`)).status).toBe(403)
      query.delete(name)
      expect((await fetch(`${door.base}/wecom/${channel}?${query}`)).status).toBe(403)
    },
  )

  test('answers another method with 405 and says which are allowed', async () => {
    const response = await fetch(`${door.base}/wecom/${channel}`, { method: 'PUT', body: '{}' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('POST')
  })

  test.each([
    ['nothing', ''],
    ['neither JSON nor XML', 'hello'],
    ['another shape of JSON', '{"encrypt":7}'],
    ['JSON null', 'null'],
    ['an empty envelope', '<xml><Encrypt></Encrypt></xml>'],
    ['XML that does not end', '<xml><Encrypt>abc'],
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'],
    ['very deep JSON', '['.repeat(100_000)],
    ['very deep XML', '<a>'.repeat(100_000)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x3c])],
  ])('refuses a body of %s with 400', async (_, body) => {
    const { query } = sealed(keys, '1')
    const response = await fetch(`${door.base}/wecom/${channel}?${query}`, { method: 'POST', body })
    expect(response.status).toBe(400)
    expect((await response.text()).length).toBeLessThan(40)
  })

  test('refuses a body over 1 MiB with 413, announced or not', async () => {
    const { query } = sealed(keys, '1')
    const url = `${door.base}/wecom/${channel}?${query}`
    const body = Buffer.alloc(1024 * 1024 + 1, 'a')
    expect((await fetch(url, { method: 'POST', body })).status).toBe(413)
    const stream = new Blob([body]).stream()
    expect((await fetch(url, { method: 'POST', body: stream, duplex: 'half' } as RequestInit)).status).toBe(
      413,
    )
    expect((await fetch(url, { method: 'POST', body: body.subarray(1) })).status).toBe(400)
  })

  test('answers 503 and takes nothing while the bot is not ready', async () => {
    const shut = await openDoor({ isReady: () => false })
    const response = await (channel === 'robot'
      ? toRobot(shut.base, robotText('你好'))
      : toApp(shut.base, appXml('<MsgType>text</MsgType><Content>你好</Content><MsgId>1</MsgId>')))
    expect(response.status).toBe(503)
    expect(shut.received).toEqual([])
    await shut.close()
  })

  test('survives any body and any query without an error of its own', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `<xml><Encrypt>${text}</Encrypt></xml>`),
        ),
        fc.dictionary(
          fc.constantFrom('msg_signature', 'timestamp', 'nonce', 'x'),
          fc.string({ unit: 'binary' }),
        ),
        fc.boolean(),
        async (body, query, signed) => {
          const search = signed ? sealed(keys, body).query : new URLSearchParams(query)
          const url = `${door.base}/wecom/${channel}?${search}`
          const response = await fetch(url, { method: 'POST', body })
          expect([400, 403, 429]).toContain(response.status)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('survives any message in a proper envelope', async () => {
    const deliver = channel === 'robot' ? toRobot : toApp
    const json = fc.record(
      {
        msgid: fc.oneof(fc.string(), fc.integer()),
        from: fc.oneof(fc.json(), fc.record({ userid: fc.string() })),
        chattype: fc.oneof(fc.string(), fc.constantFrom('single', 'group')),
        msgtype: fc.constantFrom('text', 'image', 'mixed', 'event', 'stream', 'voice', 'other'),
        text: fc.oneof(fc.jsonValue(), fc.record({ content: fc.string() })),
        mixed: fc.jsonValue(),
        quote: fc.jsonValue(),
        event: fc.oneof(
          fc.jsonValue(),
          fc.record({
            eventtype: fc.constantFrom('template_card_event', 'feedback_event', 'enter_chat'),
            template_card_event: fc.jsonValue(),
            feedback_event: fc.jsonValue(),
          }),
        ),
      },
      { requiredKeys: ['msgtype'] },
    )
    const xml = fc
      .array(
        fc.tuple(
          fc.constantFrom('MsgType', 'Event', 'MsgId', 'Content', 'EventKey', 'SelectedItems', 'MediaId'),
          fc.oneof(fc.string(), fc.constantFrom('text', 'event', '1', 'image', 'template_card_event')),
        ),
      )
      .map((parts) =>
        appXml(parts.map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`).join('')),
      )
    await fc.assert(
      fc.asyncProperty(channel === 'robot' ? json.map((it) => JSON.stringify(it)) : xml, async (message) => {
        const response = await deliver(door.base, message)
        await response.arrayBuffer()
        expect([200, 400, 429]).toContain(response.status)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a message to the robot', () => {
  test('reaches the bot and is answered with a finished stream under the nonce of the request', async () => {
    door.received.length = 0
    const response = await toRobot(door.base, robotText('到哪一步了', { from: { userid: 'LiHua' } }))
    expect(response.status).toBe(200)
    expect(await robotReply(response)).toEqual({
      msgtype: 'stream',
      stream: { id: 'st-1', finish: true, content: '您好' },
    })
    expect(door.received).toEqual([
      {
        id: 'robot:MSG0001:lihua',
        channel: 'robot',
        from: 'lihua',
        chat: { type: 'single' },
        content: { type: 'text', text: '到哪一步了' },
      },
    ])
  })

  test('is given to the bot again when it is delivered again, under the same id', async () => {
    door.received.length = 0
    await toRobot(door.base, robotText('同意'))
    await toRobot(door.base, robotText('同意'))
    expect(door.received.map(({ id }) => id)).toEqual(['robot:MSG0001:lihua', 'robot:MSG0001:lihua'])
  })

  test('for somebody else is refused with 403, an undecryptable one with 400', async () => {
    const { query, encrypted } = sealed(
      { ...robotKeys, receiveId: 'wwother' },
      JSON.stringify(robotText('一')),
    )
    const post = (search: URLSearchParams, encrypt: string) =>
      fetch(`${door.base}/wecom/robot?${search}`, { method: 'POST', body: JSON.stringify({ encrypt }) })
    expect((await post(query, encrypted)).status).toBe(403)
    const other = sealed({ ...robotKeys, aesKey: 'a'.repeat(43) }, JSON.stringify(robotText('一')))
    expect((await post(other.query, other.encrypted)).status).toBe(400)
  })

  test('gets an apology with a reference when the bot fails, and the reference is in the log', async () => {
    const broken = await openDoor({ receive: () => Promise.reject(new Error('disk full')) })
    const response = await toRobot(broken.base, robotText('我的手机是19900000001'))
    expect(response.status).toBe(200)
    const { stream } = (await robotReply(response)) as { stream: { content: string; finish: boolean } }
    expect(stream.finish).toBe(true)
    const reference = /编号 (\w+)/.exec(stream.content)?.[1]
    expect(broken.logged).toMatchObject([{ level: 'error', reference, id: 'robot:MSG0001:lihua' }])
    expect(JSON.stringify(broken.logged)).not.toContain('19900000001')
    await broken.close()
  })

  test('is left to be delivered again when the store went away meanwhile', async () => {
    let ready = true
    const failing = await openDoor({
      isReady: () => ready,
      receive: () => {
        ready = false
        return Promise.reject(new Error('the store is away'))
      },
    })
    expect((await toRobot(failing.base, robotText('同意'))).status).toBe(503)
    await failing.close()
  })

  test('gets an empty body where nothing may be said', async () => {
    const response = await toRobot(
      door.base,
      robotText('', { msgtype: 'event', event: { eventtype: 'auth_change_event' } }),
    )
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})

describe('a message to the app', () => {
  const text = (content: string) =>
    appXml(`<MsgType>text</MsgType><Content>${content}</Content><MsgId>7</MsgId>`)

  test('reaches the bot and is answered in its name with a nonce of ours', async () => {
    door.received.length = 0
    const response = await toApp(door.base, text('备案'))
    expect(response.status).toBe(200)
    const reply = await appReply(response)
    expect(reply).toContain('<ToUserName><![CDATA[LiHua]]></ToUserName>')
    expect(reply).toContain('<FromUserName><![CDATA[wwsqba0000000001]]></FromUserName>')
    expect(reply).toContain(`<CreateTime>${now.getTime() / 1000}</CreateTime>`)
    expect(reply).toContain('<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content>')
    expect(door.received).toMatchObject([{ id: 'app:7:lihua', content: { type: 'text', text: '备案' } }])
  })

  test('for another app of the enterprise is refused', async () => {
    const other = text('备案').replace('1000007', '1000008')
    expect((await toApp(door.base, other)).status).toBe(403)
  })

  test('gets an empty body when there is nothing to say', async () => {
    const silent = await openDoor({ receive: async () => undefined })
    const response = await toApp(silent.base, text('备案'))
    expect([response.status, await response.text()]).toEqual([200, ''])
    await silent.close()
  })

  test('gets an apology when the bot fails', async () => {
    const broken = await openDoor({ receive: () => Promise.reject(new Error('disk full')) })
    expect(await appReply(await toApp(broken.base, text('备案')))).toMatch(/很抱歉.*编号 \w+/)
    await broken.close()
  })
})

test('a channel that is not configured has no callback', async () => {
  const half = await openDoor({ app: undefined, receive: async () => says('') })
  expect((await toApp(half.base, appXml(''))).status).toBe(404)
  await half.close()
})
