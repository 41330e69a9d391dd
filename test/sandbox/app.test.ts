import { afterEach, describe, expect, test } from 'vitest'
import type { StandInOptions } from '../../src/sandbox/stand-in.ts'
import { app, type Behaviour, buttonCard, startPair } from './test-bot.ts'

const leader = 'wangxiuying'
let running: Awaited<ReturnType<typeof startPair>>[] = []

async function pair(behaviour: Behaviour = {}, options?: Partial<StandInOptions>) {
  const started = await startPair(behaviour, options)
  running.push(started)
  const { wecom } = started
  const api = async (
    path: string,
    body?: object | FormData,
    token?: string,
  ): Promise<Record<string, unknown>> => {
    const separator = path.includes('?') ? '&' : '?'
    const response = await fetch(`${wecom.url}${path}${token ? `${separator}access_token=${token}` : ''}`, {
      method: body ? 'POST' : 'GET',
      body: body instanceof FormData ? body : body && JSON.stringify(body),
    })
    return (await response.json()) as Record<string, unknown>
  }
  const token = async () =>
    String((await api(`/cgi-bin/gettoken?corpid=${app.corpId}&corpsecret=${app.secret}`))['access_token'])
  const send = async (message: object) =>
    api('/cgi-bin/message/send', { touser: leader, agentid: app.agentId, ...message }, await token())
  return { ...started, api, token, send }
}

afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()))
  running = []
})

const answer = (content: string, type = 'text', to = leader, from = app.corpId) =>
  `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>1767225701</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${content}</xml>`
const text = (content: string) => answer(`<Content><![CDATA[${content}]]></Content>`)
const sayText = (content: string) => ({ msgtype: 'text', text: { content } })

describe('the chat with the app', () => {
  test('carries a text to the bot as XML and shows its passive answer', async () => {
    const { wecom, bot, rules } = await pair({ app: () => text('收到') })
    expect((await wecom.say(leader, 'app', '备案 ]]> <好>')).text).toBe('收到')
    expect(bot.heardByApp[0]).toContain('<Content><![CDATA[备案 ]]]]><![CDATA[> <好>]]></Content>')
    expect(bot.heardByApp[0]).toMatch(/<MsgId>73\d{17}<\/MsgId><AgentID>1000007<\/AgentID>/)
    expect(rules()).toEqual([])
  })

  test('keeps a file to itself, as WeCom does', async () => {
    const { wecom, bot } = await pair()
    await wecom.say(leader, 'app', { type: 'file', attachment: { name: 'a.xlsx', bytes: Buffer.alloc(9) } })
    expect(bot.heardByApp).toEqual([])
    expect(wecom.inbox(leader, 'app')[0]).toMatchObject({ state: 'kept' })
  })

  test('changes a card by a passive answer for the clicker only', async () => {
    const { wecom, send, rules } = await pair({
      app: (xml) =>
        xml.includes('template_card_event')
          ? answer('<Button><ReplaceName><![CDATA[已同意]]></ReplaceName></Button>', 'update_button')
          : undefined,
    })
    await send({ touser: `${leader}|lijie`, msgtype: 'template_card', template_card: buttonCard('t') })
    const card = wecom.inbox(leader, 'app')[0]!
    await wecom.click(leader, card.id, 'socialGroup')
    await expect(wecom.click(leader, card.id, 'socialGroup')).rejects.toThrow('没有这个按钮')
    const other = wecom.inbox('lijie', 'app')[0]!
    expect(other.body).toMatchObject({ seenBy: {} })
    expect(rules()).toEqual([])
  })

  test('reads a whole card from the XML of a passive answer', async () => {
    const card =
      '<TemplateCard><CardType><![CDATA[button_interaction]]></CardType><MainTitle><Title><![CDATA[已办]]></Title></MainTitle><ButtonList><Text><![CDATA[好]]></Text><Style>1</Style><Key><![CDATA[ok]]></Key></ButtonList><TaskId><![CDATA[t]]></TaskId><ReplaceText><![CDATA[已确认]]></ReplaceText></TemplateCard>'
    const { wecom, send, rules } = await pair({
      app: (xml) => (xml.includes('template_card_event') ? answer(card, 'update_template_card') : undefined),
    })
    await send({ msgtype: 'template_card', template_card: buttonCard('t') })
    const shown = wecom.inbox(leader, 'app')[0]!
    const { card: updated } = await wecom.click(leader, shown.id, 'socialGroup')
    expect(updated?.body).toMatchObject({
      seenBy: { [leader]: { card: { main_title: { title: '已办' } }, greyed: '已确认' } },
    })
    expect(rules()).toEqual([])
  })

  const misbehaviours: [string, string, string][] = [
    ['answers with Markdown', 'permission-matrix', answer('<Content>x</Content>', 'markdown')],
    [
      'does not swap sender and receiver',
      'reply-head',
      answer('<Content>x</Content>', 'text', app.corpId, leader),
    ],
    ['says more than 2048 bytes', 'text-bytes', text('备'.repeat(683))],
    ['answers with JSON inside', 'reply-schema', '{"msgtype":"text"}'],
    [
      'sends a picture that was never uploaded',
      'media-id',
      answer('<Image><MediaId>x</MediaId></Image>', 'image'),
    ],
  ]
  test.each(misbehaviours)('records a bot that %s', async (_, rule, reply) => {
    const { wecom, rules } = await pair({ app: () => reply })
    const { text: shown } = await wecom.say(leader, 'app', '备案')
    expect(rules()).toEqual([rule])
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(2048)
  })

  test('is delivered up to four times with one MsgId while the bot fails', async () => {
    const { wecom, bot, rules } = await pair({ tamper: () => ({ status: 502, body: '' }) })
    await wecom.say(leader, 'app', '备案')
    expect(bot.heardByApp).toHaveLength(4)
    expect(new Set(bot.heardByApp.map((xml) => /<MsgId>(\d+)/.exec(xml)?.[1])).size).toBe(1)
    expect(rules()).toEqual(Array(4).fill('http-status'))
  })
})

describe('the server API', () => {
  test('gives one token until it expires, and refuses an old one without blaming the bot', async () => {
    const { api, token, clock, wecom, rules } = await pair()
    const first = await token()
    expect(await token()).toBe(first)
    clock.forward(7_200_000)
    expect(await api('/cgi-bin/user/get?userid=lijie', undefined, first)).toMatchObject({ errcode: 42001 })
    const second = await token()
    expect(second).not.toBe(first)
    wecom.forgetToken()
    expect(await api('/cgi-bin/user/get?userid=lijie', undefined, second)).toMatchObject({ errcode: 40014 })
    expect(await api('/cgi-bin/user/get?userid=LiJie', undefined, await token())).toMatchObject({
      name: '李杰',
    })
    expect(rules()).toEqual([])
  })

  test('delivers to the people it knows and names the others in lower case', async () => {
    const { send, wecom } = await pair()
    expect(await send({ touser: 'WangXiuYing|Nobody', ...sayText('到期提醒') })).toMatchObject({
      errcode: 0,
      invaliduser: 'nobody',
    })
    expect(wecom.inbox(leader, 'app')[0]?.body).toEqual({ type: 'text', text: '到期提醒' })
  })

  const refused: [string, number, object][] = [
    ['nobody to send to', 82001, { touser: '', ...sayText('x') }],
    ['only unknown people', 81013, { touser: 'nobody', ...sayText('x') }],
    ['another agent', 40056, { agentid: 1, ...sayText('x') }],
    ['an unknown type', 40008, { msgtype: 'stream', stream: {} }],
    ['an empty text', 44004, sayText('')],
    ['a media id that does not exist', 40007, { msgtype: 'file', file: { media_id: 'x' } }],
    ['a faulty card', 40058, { msgtype: 'template_card', template_card: { card_type: 'text_notice' } }],
  ]
  test.each(refused)('refuses %s with errcode %i', async (_, errcode, message) => {
    const { send, rules } = await pair()
    expect(await send(message)).toMatchObject({ errcode })
    expect(rules()).toEqual([`api-${errcode}`])
  })

  test('cuts a text over 2048 bytes and says so', async () => {
    const { send, wecom, rules } = await pair()
    await send(sayText('备'.repeat(700)))
    expect(wecom.inbox(leader, 'app')[0]?.body).toEqual({ type: 'text', text: '备'.repeat(682) })
    expect(rules()).toEqual(['text-bytes'])
  })

  test('drops what exceeds thirty messages a minute to one person', async () => {
    const { send, wecom, clock, rules } = await pair()
    for (let n = 0; n < 31; n++) await send(sayText(`第${n}条`))
    expect(wecom.inbox(leader, 'app')).toHaveLength(30)
    expect(rules()).toEqual(['app-member-rate'])
    clock.forward(60_000)
    await send(sayText('又可以了'))
    expect(wecom.inbox(leader, 'app')).toHaveLength(31)
  })

  test('delivers a repeated request once while the duplicate check lasts', async () => {
    const { send, wecom, clock } = await pair()
    const message = { ...sayText('今天25日'), enable_duplicate_check: 1, duplicate_check_interval: 600 }
    await send(message)
    await send(message)
    expect(wecom.inbox(leader, 'app')).toHaveLength(1)
    clock.forward(600_000)
    await send(message)
    expect(wecom.inbox(leader, 'app')).toHaveLength(2)
  })

  test('takes a file with a Chinese name and shows it to the person for whom it is sent', async () => {
    const { api, token, send, wecom, clock } = await pair()
    const form = new FormData()
    form.append('media', new Blob(['word document']), '备案申请表.docx')
    const { media_id } = await api('/cgi-bin/media/upload?type=file', form, await token())
    expect(await send({ msgtype: 'file', file: { media_id } })).toMatchObject({ errcode: 0 })
    const body = wecom.inbox(leader, 'app')[0]?.body
    expect(body).toMatchObject({ type: 'file', attachment: { name: '备案申请表.docx' } })
    expect(body?.type === 'file' && Buffer.from(body.attachment.bytes).toString()).toBe('word document')
    clock.forward(3 * 24 * 3_600_000 + 1)
    expect(await send({ msgtype: 'file', file: { media_id } })).toMatchObject({ errcode: 40007 })
  })

  test('updates a card once with its response code, within 72 hours', async () => {
    const { api, token, send, wecom } = await pair()
    const { response_code } = await send({ msgtype: 'template_card', template_card: buttonCard('t') })
    const update = {
      userids: [leader],
      agentid: app.agentId,
      response_code,
      button: { replace_name: '已办' },
    }
    const path = '/cgi-bin/message/update_template_card'
    expect(await api(path, update, await token())).toMatchObject({ errcode: 0, invaliduser: [] })
    expect(wecom.inbox(leader, 'app')[0]?.body).toMatchObject({ view: { greyed: '已办' } })
    expect(await api(path, update, await token())).toMatchObject({ errcode: 40058 })
  })

  test('refuses a task id that was used before', async () => {
    const { send } = await pair()
    const message = { msgtype: 'template_card', template_card: buttonCard('t') }
    expect(await send(message)).toMatchObject({ errcode: 0 })
    expect(await send(message)).toMatchObject({ errcode: 42014 })
  })

  test('can be made to fail, to hang up after the work, and to answer from a gateway', async () => {
    const { send, wecom, rules } = await pair()
    wecom.failNext('/cgi-bin/message/send', { errcode: 45009 })
    wecom.failNext('/cgi-bin/message/send', 'lost')
    expect(await send(sayText('一'))).toMatchObject({ errcode: 45009 })
    await expect(send(sayText('二'))).rejects.toThrow()
    expect(wecom.inbox(leader, 'app').map((entry) => entry.body)).toEqual([{ type: 'text', text: '二' }])
    expect(rules()).toEqual([])
  })
})

describe('groups', () => {
  const push = async (url: string, body: object) =>
    (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()

  test('get what their push robot posts, with the people it mentions', async () => {
    const { wecom, rules } = await pair()
    const url = wecom.webhookUrl('解放街道社会组织群')
    const message = { msgtype: 'text', text: { content: '还没交：', mentioned_list: [leader] } }
    expect(await push(url, message)).toMatchObject({ errcode: 0 })
    expect(wecom.inbox(leader, { group: '解放街道社会组织群' })[0]).toMatchObject({
      from: { type: 'groupRobot' },
      mentions: [leader],
    })
    expect(rules()).toEqual([])
  })

  test('are protected from a wrong key, long texts, interactive cards, and more than twenty a minute', async () => {
    const { wecom, rules } = await pair()
    const url = wecom.webhookUrl('解放街道社会组织群')
    expect(await push(url.replace('jiefang', 'x'), sayText('x'))).toMatchObject({ errcode: 93000 })
    expect(await push(url, sayText('备'.repeat(683)))).toMatchObject({ errcode: 45002 })
    const card = { msgtype: 'template_card', template_card: buttonCard('t') }
    expect(await push(url, card)).toMatchObject({ errcode: 40058 })
    for (let n = 0; n < 18; n++) expect(await push(url, sayText('x'))).toMatchObject({ errcode: 0 })
    expect(await push(url, sayText('x'))).toMatchObject({ errcode: 45009 })
    expect(rules()).toEqual(['api-93000', 'api-45002', 'api-40058', 'api-45009'])
  })

  test('made by the app take its messages but no cards', async () => {
    const { api, token, wecom } = await pair()
    const userlist = [leader, 'wangfang']
    const { chatid } = await api('/cgi-bin/appchat/create', { name: '备案沟通', userlist }, await token())
    const send = async (message: object) =>
      api('/cgi-bin/appchat/send', { chatid, ...message }, await token())
    expect(await send(sayText('请补交名册'))).toMatchObject({ errcode: 0 })
    expect(wecom.inbox(leader, { group: '备案沟通' })).toHaveLength(1)
    const card = { msgtype: 'template_card', template_card: buttonCard('t') }
    expect(await send(card)).toMatchObject({ errcode: 40008 })
    const foreign = { chatid: 'wrJIEFANG0001', ...sayText('x') }
    expect(await api('/cgi-bin/appchat/send', foreign, await token())).toMatchObject({ errcode: 86008 })
  })
})

test('waiting for a message ends when it arrives, also when it came before', async () => {
  const { wecom, send } = await pair()
  const waiting = wecom.waitFor(leader, 'app', (entry) => entry.from.type === 'app')
  await send(sayText('已备案'))
  const arrived = await waiting
  expect(arrived.body).toEqual({ type: 'text', text: '已备案' })
  expect(await wecom.waitFor(leader, 'app', () => true)).toEqual(arrived)
})
