import { createCipheriv } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { downloadRobotMedia, WecomClient } from '../../src/wecom/client.ts'
import { postResponse } from '../../src/wecom/response.ts'
import { MediaError, NetworkError, WecomError } from '../../src/wecom/errors.ts'
import { type Answering, type Asked, openStandIn } from './stand-in.ts'

const ok = { errcode: 0, errmsg: 'ok' }
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A client of a WeCom that gives out tokens T1, T2, … and answers the rest as told. */
async function open(answering: Answering = () => ok, token: () => object = () => ({})) {
  let now = Date.parse('2026-01-01T00:00:00Z')
  let tokens = 0
  const wecom = await openStandIn((asked) =>
    asked.path === '/cgi-bin/gettoken'
      ? { ...ok, access_token: `T${++tokens}`, expires_in: 7200, ...token() }
      : answering(asked),
  )
  closing.push(wecom.close)
  const client = new WecomClient({
    base: wecom.base,
    corpId: 'wwsqba0000000001',
    secret: 'the-secret',
    agentId: 1000007,
    clock: { now: () => new Date(now) },
  })
  return { wecom, client, pass: (seconds: number) => (now += seconds * 1000) }
}

const caught = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  )
const bodyOf = (asked: Asked | undefined) =>
  JSON.parse(asked?.body.toString() ?? '') as Record<string, unknown>

describe('the token', () => {
  test('is fetched once for calls at the same time and kept until five minutes before its end', async () => {
    const { client, wecom, pass } = await open()
    await Promise.all([client.sendText('lihua', '一', 'k'), client.sendText('wangwei', '二', 'k')])
    pass(6899)
    await client.sendText('lihua', '三', 'k')
    expect(wecom.to('/cgi-bin/gettoken')).toHaveLength(1)
    expect(wecom.to('/cgi-bin/gettoken')[0]?.query).toEqual({
      corpid: 'wwsqba0000000001',
      corpsecret: 'the-secret',
    })
    pass(1)
    await client.sendText('lihua', '四', 'k')
    expect(wecom.to('/cgi-bin/message/send').map(({ query }) => query.access_token)).toEqual([
      'T1',
      'T1',
      'T1',
      'T2',
    ])
  })

  test.each([40014, 42001, 40001])(
    'that WeCom withdrew (%i) is replaced and the call repeated once',
    async (errcode) => {
      const { client, wecom } = await open(({ query }) =>
        query.access_token === 'T1' ? { errcode, errmsg: 'invalid' } : ok,
      )
      await client.sendText('lihua', '一', 'k')
      expect(wecom.to('/cgi-bin/message/send').map(({ query }) => query.access_token)).toEqual(['T1', 'T2'])
    },
  )

  test('is not replaced for ever', async () => {
    const { client, wecom } = await open(() => ({ errcode: 42001, errmsg: 'expired' }))
    expect(await caught(client.sendText('lihua', '一', 'k'))).toMatchObject({ errcode: 42001 })
    expect(wecom.to('/cgi-bin/message/send')).toHaveLength(2)
  })

  test('is not asked for again and again with a wrong secret', async () => {
    const { client, wecom, pass } = await open(
      () => ok,
      () => ({
        errcode: 40001,
        errmsg: 'invalid credential, hint: [17], from ip: 203.0.113.7',
        access_token: '',
      }),
    )
    expect(await caught(client.sendText('lihua', '一', 'k'))).toMatchObject({ errcode: 40001, handling: 'F' })
    expect(await caught(client.sendText('lihua', '一', 'k'))).toMatchObject({ errcode: 40001, handling: 'F' })
    expect(wecom.asked).toHaveLength(1)
    pass(61)
    await caught(client.sendText('lihua', '一', 'k'))
    expect(wecom.asked).toHaveLength(2)
  })
})

describe('a text', () => {
  test('goes to one person, once within the interval', async () => {
    const { client, wecom } = await open()
    await client.sendText('lihua', '翠湖社区合唱队 “已受理”\n<a href="https://a.example">查看</a>', 'k')
    expect(bodyOf(wecom.to('/cgi-bin/message/send')[0])).toEqual({
      touser: 'lihua',
      agentid: 1000007,
      msgtype: 'text',
      text: { content: '翠湖社区合唱队 “已受理”\n<a href="https://a.example">查看</a>' },
      enable_duplicate_check: 1,
      duplicate_check_interval: expect.any(Number),
    })
  })

  test.each([
    { invaliduser: 'wangwei|lihua', unlicenseduser: '' },
    { invaliduser: '', unlicenseduser: 'LIHUA' },
  ])('does not count as sent to one in a list although errcode is 0: %o', async (lists) => {
    const { client } = await open(() => ({ ...ok, ...lists }))
    expect(await caught(client.sendText('LiHua', '一', 'k'))).toMatchObject({
      name: 'WecomError',
      handling: 'D',
    })
  })

  test('counts as sent when somebody else is invalid', async () => {
    const { client } = await open(() => ({ ...ok, invaliduser: 'lihua2', unlicenseduser: '' }))
    await client.sendText('lihua', '一', 'k')
  })

  test.each(['@all', 'a|b', '', 'x'.repeat(65), '李华'])(
    'does not leave for the receiver "%s"',
    async (to) => {
      const { client, wecom } = await open()
      expect(await caught(client.sendText(to, '一', 'k'))).toBeInstanceOf(WecomError)
      expect(wecom.asked).toEqual([])
    },
  )

  test('over 2048 bytes does not leave, because WeCom would cut it', async () => {
    const { client, wecom } = await open()
    expect(await caught(client.sendText('lihua', '字'.repeat(683), 'k'))).toMatchObject({ errcode: 45002 })
    expect(wecom.asked).toEqual([])
    await client.sendText('lihua', '字'.repeat(682), 'k')
  })
})

describe('a failure', () => {
  test('of WeCom carries its number and class, and no address of ours', async () => {
    const { client } = await open(() => ({
      errcode: 60020,
      errmsg:
        'not allow to access from your ip, hint: [1767225600123456789], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020',
    }))
    const error = await caught(client.sendText('lihua', '一', 'k'))
    expect(error).toMatchObject({ errcode: 60020, handling: 'F', errmsg: 'not allow to access from your ip' })
  })

  test('of the network may have been delivered when the connection broke', async () => {
    const { client } = await open(() => 'hang up')
    expect(await caught(client.sendText('lihua', '一', 'k'))).toMatchObject({
      name: 'NetworkError',
      maybeDelivered: true,
    })
  })

  test('of a gateway may have been delivered', async () => {
    const { client } = await open(() => ({ status: 502, bytes: Buffer.from('<html>Bad Gateway') }))
    expect(await caught(client.sendText('lihua', '一', 'k'))).toMatchObject({
      name: 'NetworkError',
      maybeDelivered: true,
    })
  })

  test.each([
    ['text that is no JSON', Buffer.from('<html>')],
    ['JSON without an errcode', Buffer.from('{}')],
  ])('is %s', async (_, bytes) => {
    const { client } = await open(() => ({ status: 200, bytes }))
    expect(await caught(client.sendText('lihua', '一', 'k'))).toMatchObject({
      name: 'NetworkError',
      maybeDelivered: true,
    })
  })

  test('was certainly not delivered when nobody listens or the token cannot be had', async () => {
    const { client, wecom } = await open()
    await wecom.close()
    const error = await caught(client.sendText('lihua', '一', 'k'))
    expect(error).toMatchObject({ name: 'NetworkError', maybeDelivered: false })
    expect(`${String(error)}${String((error as Error).cause)}`).not.toContain('the-secret')
  })
})

describe('a card', () => {
  const card = { id: 'filing@1', title: '待受理', buttons: [{ text: '同意', key: '同意 1' }] }

  test('goes to one person as a template card', async () => {
    const { client, wecom } = await open()
    await client.sendCard('lihua', card, 'k')
    expect(bodyOf(wecom.to('/cgi-bin/message/send')[0])).toMatchObject({
      touser: 'lihua',
      msgtype: 'template_card',
      template_card: { card_type: 'button_interaction', task_id: 'filing@1' },
    })
  })

  test('that WeCom would refuse does not leave', async () => {
    const { client, wecom } = await open()
    await client.sendCard('lihua', { ...card, id: '有汉字' }, 'k')
    expect(wecom.asked).toEqual([])
  })

  test('is greyed for one person, who must not be in the list of invalid ones', async () => {
    let invaliduser: string[] = []
    const { client, wecom } = await open(() => ({ ...ok, invaliduser }))
    await client.updateCardButton('RESP_1', 'lihua', '已受理')
    expect(bodyOf(wecom.to('/cgi-bin/message/update_template_card')[0])).toEqual({
      userids: ['lihua'],
      agentid: 1000007,
      response_code: 'RESP_1',
      button: { replace_name: '已受理' },
    })
    invaliduser = ['lihua']
    expect(await caught(client.updateCardButton('RESP_1', 'lihua', '已受理'))).toBeInstanceOf(WecomError)
  })
})

describe('a file', () => {
  test('is uploaded with its Chinese name and sent', async () => {
    const { client, wecom } = await open(() => ({ ...ok, media_id: 'MID_1', type: 'file', created_at: '1' }))
    const bytes = Buffer.from([0, 1, 2, 13, 10, 45, 45, 255])
    expect(await client.upload('备案"申请表".docx', bytes)).toBe('MID_1')
    const [asked] = wecom.to('/cgi-bin/media/upload')
    expect(asked?.query).toEqual({ access_token: 'T1', type: 'file' })
    const form = await new Response(asked?.body, {
      headers: { 'Content-Type': asked?.type ?? '' },
    }).formData()
    const part = form.get('media')
    if (!(part instanceof File)) throw new Error('no file in the form')
    expect(part.name).toMatch(/^备案.*申请表.*\.docx$/)
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes)
    await client.sendFile('lihua', 'MID_1', 'k')
    expect(bodyOf(wecom.to('/cgi-bin/message/send')[0])).toMatchObject({
      msgtype: 'file',
      file: { media_id: 'MID_1' },
    })
  })

  test('of five bytes or over 20 MB is not uploaded', async () => {
    const { client, wecom } = await open()
    expect(await caught(client.upload('a', Buffer.alloc(5)))).toMatchObject({ errcode: 44001 })
    expect(await caught(client.upload('a', Buffer.alloc(20 * 1024 * 1024 + 1)))).toMatchObject({
      errcode: 45001,
    })
    expect(wecom.asked).toEqual([])
  })

  test('sent to the app is fetched with its name', async () => {
    const bytes = Buffer.from('名册')
    const headers = { 'Content-Disposition': 'attachment; filename="roster.xlsx"' }
    const { client, wecom } = await open(() => ({ status: 200, headers, bytes }))
    expect(await client.downloadMedia('MID_9')).toEqual({ name: 'roster.xlsx', bytes })
    expect(wecom.to('/cgi-bin/media/get')[0]?.query).toEqual({ access_token: 'T1', media_id: 'MID_9' })
    expect(await caught(client.downloadMedia('MID_9', { maxBytes: 5 }))).toMatchObject({ reason: 'size' })
  })

  test('that is no longer there is a refusal, although the answer is 200', async () => {
    const { client } = await open(() => ({ errcode: 40007, errmsg: 'invalid media_id' }))
    expect(await caught(client.downloadMedia('MID_9'))).toMatchObject({ errcode: 40007, handling: 'E' })
  })

  test('is fetched again with a new token when the old one was withdrawn', async () => {
    const bytes = Buffer.from('file')
    const { client } = await open(({ query }) =>
      query.access_token === 'T1' ? { errcode: 40014, errmsg: '' } : { status: 200, bytes },
    )
    expect(await client.downloadMedia('MID_9')).toEqual({ bytes })
  })
})

describe('a response_url', () => {
  test('takes one Markdown text without a token', async () => {
    const { wecom } = await open()
    await postResponse(`${wecom.base}/cgi-bin/aibot/response?response_code=RC1`, '**已受理**', {
      apiBase: wecom.base,
    })
    expect(bodyOf(wecom.asked[0])).toEqual({ msgtype: 'markdown', markdown: { content: '**已受理**' } })
    expect(wecom.asked[0]?.query).toEqual({ response_code: 'RC1' })
  })

  test('is tried once, whatever comes back', async () => {
    for (const answer of [
      'hang up',
      { errcode: -1, errmsg: 'busy' },
      { status: 500, bytes: Buffer.alloc(0) },
    ] as const) {
      const { wecom } = await open(() => answer)
      const error = await caught(postResponse(`${wecom.base}/r`, '一', { apiBase: wecom.base }))
      expect(error).toBeInstanceOf(Error)
      expect(wecom.asked).toHaveLength(1)
    }
  })

  test.each(['http://127.0.0.1:1/x', 'https://evil.example/x', 'http://qyapi.weixin.qq.com/x', 'nonsense'])(
    'on another host is not used: %s',
    async (url) => {
      const error = await caught(postResponse(url, '一', { apiBase: 'https://qyapi.weixin.qq.com' }))
      expect(error).toMatchObject({ name: 'WecomError', handling: 'E' })
    },
  )
})

describe('a file sent to the robot', () => {
  const aesKey = 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI'
  const key = Buffer.from(`${aesKey}=`, 'base64')
  function encrypted(bytes: Buffer) {
    const count = 32 - (bytes.length % 32)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    return Buffer.concat([cipher.update(Buffer.concat([bytes, Buffer.alloc(count, count)])), cipher.final()])
  }
  const file = Buffer.from('名册的内容'.repeat(10))

  test('is decrypted and keeps its Chinese name', async () => {
    const headers = { 'Content-Disposition': "attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C.xlsx" }
    const { wecom } = await open(() => ({ status: 200, headers, bytes: encrypted(file) }))
    const got = await downloadRobotMedia(`${wecom.base}/BHo/757?sign=a `, [aesKey], {
      maxBytes: 1000,
      apiBase: wecom.base,
    })
    expect(got).toEqual({ name: '名册.xlsx', bytes: file })
  })

  test.each([
    ['size', () => ({ status: 200, bytes: encrypted(Buffer.alloc(2000)) })],
    ['gone', () => ({ status: 403, bytes: Buffer.from('expired') })],
    ['gone', () => ({ status: 302, headers: { Location: 'http://127.0.0.1/' }, bytes: Buffer.alloc(0) })],
    ['content', () => ({ status: 200, bytes: Buffer.alloc(64) })],
    ['content', () => ({ status: 200, bytes: Buffer.alloc(0) })],
  ])('is refused by its %s', async (reason, answer) => {
    const { wecom } = await open(answer)
    const error = await caught(
      downloadRobotMedia(`${wecom.base}/f`, [aesKey], { maxBytes: 1000, apiBase: wecom.base }),
    )
    expect(error).toBeInstanceOf(MediaError)
    expect(error).toMatchObject({ reason })
  })

  test.each([
    'http://127.0.0.1/f',
    'https://127.0.0.1/f',
    'https://localhost:1/f',
    'https://2130706433/f',
    'https://0x7f.1/f',
    'https://10.0.0.1/f',
    'https://172.16.3.4/f',
    'https://192.168.1.1/f',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/f',
    'https://0.0.0.0/f',
    'https://[::1]/f',
    'https://[::ffff:127.0.0.1]/f',
    'https://[fd00::1]/f',
    'https://[fe80::1]/f',
    'https://[64:ff9b::7f00:1]/f',
    'http://93.184.216.34/f',
    'ftp://93.184.216.34/f',
    'file:///etc/passwd',
    'not a url',
  ])('is not fetched from inside the house or in the clear: %s', async (url) => {
    const error = await caught(
      downloadRobotMedia(url, [aesKey], { maxBytes: 1000, apiBase: 'https://qyapi.weixin.qq.com' }),
    )
    expect(error).toMatchObject({ name: 'MediaError', reason: 'address' })
  })

  test('is fetched from this machine only when WeCom itself is played by this machine', async () => {
    const { wecom } = await open(() => ({ status: 200, bytes: encrypted(file) }))
    const error = await caught(
      downloadRobotMedia(`${wecom.base}/f`, [aesKey], { maxBytes: 1000, apiBase: 'http://localhost:3000' }),
    )
    expect(error).toMatchObject({ reason: 'address' })
    expect(wecom.asked).toEqual([])
  })
})

test('a network failure names no address and no token', async () => {
  const { client, wecom } = await open(() => 'hang up')
  const error = await caught(client.downloadMedia('MID_SECRET'))
  expect(error).toBeInstanceOf(NetworkError)
  expect(String(error)).not.toMatch(/T1|MID_SECRET|127\.0\.0\.1/)
  expect(wecom.asked).toHaveLength(2)
})
