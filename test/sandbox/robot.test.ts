import { afterEach, describe, expect, test } from 'vitest'
import { Impossible } from '../../src/sandbox/platform.ts'
import type { StandInOptions } from '../../src/sandbox/stand-in.ts'
import { decryptMedia } from '../../src/wecom/envelope.ts'
import { type Behaviour, buttonCard, noticeCard, robot, startPair, stream } from './test-bot.ts'

const leader = 'wangxiuying'
const group = { group: '明珠社区社会组织群' }
let running: Awaited<ReturnType<typeof startPair>>[] = []

async function pair(behaviour: Behaviour, options?: Partial<StandInOptions>) {
  const started = await startPair(behaviour, options)
  running.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()))
  running = []
})

describe('a faithful robot', () => {
  test('hears a message in a single chat, and its answer appears there', async () => {
    const { wecom, bot } = await pair({ robot: (message) => stream(`收到：${message.text?.content}`) })
    const reply = await wecom.say(leader, 'robot', '开始备案')
    expect(reply.text).toBe('收到：开始备案')
    expect(bot.heard[0]).toMatchObject({ chattype: 'single', from: { userid: leader } })
    expect(bot.heard[0]).not.toHaveProperty('chatid')
    expect(wecom.inbox(leader, 'robot').map((entry) => entry.state)).toEqual(['sent', 'done'])
    expect(wecom.violations).toEqual([])
  })

  test('passes the check of its address behind the console', async () => {
    const { wecom } = await pair({})
    expect(await wecom.verify()).toBe(true)
  })

  test('is asked again until its stream is finished, and the last snapshot stands', async () => {
    let asked = 0
    const { wecom, rules } = await pair({
      robot: (message) =>
        message.msgtype === 'stream'
          ? stream('查到了', ++asked === 3, message.stream?.id)
          : stream('正在查', false),
    })
    const reply = await wecom.say(leader, 'robot', '到哪一步了')
    expect(reply.text).toBe('查到了')
    expect(asked).toBe(3)
    expect(rules()).toEqual([])
  })

  test('hears a group only when it is mentioned, and its answer quotes the message', async () => {
    const { wecom, bot } = await pair({ robot: () => stream('在这里') })
    await wecom.say(leader, group, '大家好')
    await wecom.say(leader, group, { type: 'voice', text: '@备案助手 你好' })
    expect(bot.heard).toHaveLength(0)
    const reply = await wecom.say(leader, group, '@备案助手 到哪一步了')
    expect(bot.heard).toHaveLength(1)
    expect(bot.heard[0]).toMatchObject({ chattype: 'group', chatid: 'wrMINGZHU0001' })
    const asked = wecom.inbox('wangfang', group).at(-2)
    expect(reply.entries[0]?.quotes).toBe(asked?.id)
  })

  test('gets the words of a voice message and the message that is quoted', async () => {
    const { wecom, bot } = await pair({ robot: () => stream('好') })
    const { entries } = await wecom.say(leader, 'robot', { type: 'voice', text: '我想备案' })
    await wecom.say(leader, 'robot', { type: 'text', text: '这是什么意思', quotes: entries[0]?.id })
    expect(bot.heard[0]?.voice).toEqual({ content: '我想备案' })
    expect(bot.heard[1]?.quote).toEqual({ msgtype: 'text', text: { content: '好' } })
  })

  test('can download a file for five minutes, encrypted, with its Chinese name', async () => {
    const { wecom, bot, clock, rules } = await pair({ robot: () => stream('收到名册') })
    const bytes = Buffer.from('人员名册'.repeat(40))
    await wecom.say(leader, 'robot', { type: 'file', attachment: { name: '名册 (1).xlsx', bytes } })
    const url = bot.heard[0]?.file?.url ?? ''
    const response = await fetch(url)
    expect(response.headers.get('content-disposition')).toContain(
      `UTF-8''${encodeURIComponent('名册')}%20%281%29.xlsx`,
    )
    expect(decryptMedia([robot.aesKey], Buffer.from(await response.arrayBuffer()))).toEqual(bytes)
    clock.forward(5 * 60_000 + 1)
    expect((await fetch(url)).status).toBe(404)
    expect(rules()).toEqual(['media-expired'])
  })

  test('greets once a day when its chat is opened', async () => {
    const { wecom, clock } = await pair({
      robot: () => ({ msgtype: 'text', text: { content: '您好，我是备案助手。' } }),
    })
    expect((await wecom.enter(leader, 'robot')).text).toBe('您好，我是备案助手。')
    expect((await wecom.enter(leader, 'robot')).entries).toEqual([])
    clock.forward(24 * 3_600_000)
    expect((await wecom.enter(leader, 'robot')).entries).toHaveLength(1)
  })

  test('updates its card when a button is pressed, for everybody or only for some', async () => {
    let users: string[] | undefined
    const { wecom, bot, rules } = await pair({
      robot: (message) =>
        message.event
          ? { response_type: 'update_template_card', userids: users, template_card: buttonCard('t-1') }
          : {
              msgtype: 'stream_with_template_card',
              stream: { id: 's', finish: true, content: '请选' },
              template_card: buttonCard('t-1'),
            },
    })
    const { card } = await wecom.say(leader, 'robot', '开始备案')
    expect(card).toBeDefined()
    await wecom.click(leader, card!.id, 'socialGroup')
    users = [leader]
    await wecom.click(leader, card!.id, 'socialGroup')
    expect(bot.heard.at(-1)?.event).toMatchObject({
      eventtype: 'template_card_event',
      template_card_event: { event_key: 'socialGroup', task_id: 't-1', card_type: 'button_interaction' },
    })
    const body = wecom.entry(card!.id)?.body
    expect(body?.type === 'card' && Object.keys(body.seenBy)).toEqual([leader])
    expect(rules()).toEqual([])
  })

  test('sends one more message through response_url, once and within the hour', async () => {
    const { wecom, bot, clock, rules } = await pair({ robot: () => undefined })
    const push = (url?: string) =>
      fetch(url ?? '', {
        method: 'POST',
        body: JSON.stringify({ msgtype: 'markdown', markdown: { content: '办好了' } }),
      }).then((response) => response.json())
    await wecom.say(leader, 'robot', '到哪一步了')
    expect(await push(bot.heard[0]?.response_url)).toMatchObject({ errcode: 0 })
    expect(wecom.inbox(leader, 'robot').at(-1)?.body).toEqual({ type: 'markdown', text: '办好了' })
    expect(await push(bot.heard[0]?.response_url)).toMatchObject({ errcode: 40058 })
    await wecom.say(leader, 'robot', '到哪一步了')
    clock.forward(3_600_001)
    expect(await push(bot.heard[1]?.response_url)).toMatchObject({ errcode: 40058 })
    expect(rules()).toEqual(['api-40058', 'api-40058'])
  })

  test('is told what people think of an answer that asked for it', async () => {
    const { wecom, bot, rules } = await pair({
      robot: (message) =>
        message.event
          ? undefined
          : { msgtype: 'stream', stream: { id: 's', finish: true, content: '两年', feedback: { id: 'F1' } } },
    })
    const { entries } = await wecom.say(leader, 'robot', '有效期几年')
    await wecom.feedback(leader, entries[0]!.id, 'inaccurate', '没有说从哪天算')
    expect(bot.heard.at(-1)?.event).toMatchObject({
      feedback_event: { id: 'F1', type: 2, content: '没有说从哪天算' },
    })
    expect(rules()).toEqual([])
  })

  test('can have three messages of one person in hand; the fourth is not delivered', async () => {
    let finish = false
    const { wecom, bot } = await pair({
      robot: (message) =>
        stream('…', finish && message.msgtype === 'stream', message.stream?.id ?? message.msgid),
    })
    const first = [1, 2, 3].map((n) => wecom.say(leader, 'robot', `问题${n}`))
    await wecom.say(leader, 'robot', '问题4')
    expect(bot.heard.filter((message) => message.text?.content === '问题4')).toEqual([])
    expect(wecom.inbox(leader, 'robot').find((entry) => entry.state === 'kept')?.note).toContain('三条')
    finish = true
    await Promise.all(first)
  })
})

const message = { robot: () => stream('好') }
const misbehaviours: [string, string[], Behaviour][] = [
  ['answers with HTTP 500', ['http-status'], { ...message, tamper: () => ({ status: 500, body: '' }) }],
  ['answers in plain text', ['envelope'], { ...message, tamper: () => ({ body: '好' }) }],
  [
    'puts an underscore into msgsignature',
    ['envelope'],
    { ...message, tamper: (wire) => ({ body: wire.body.replace('msgsignature', 'msg_signature') }) },
  ],
  ['invents its own nonce', ['nonce'], { ...message, nonce: '123456789' }],
  [
    'signs with another token',
    ['signature'],
    { ...message, sealWith: { ...robot, token: 'x', receiveId: '' } },
  ],
  [
    'addresses its answer to the corp',
    ['receive-id'],
    { ...message, sealWith: { ...robot, receiveId: 'wwsqba' } },
  ],
  [
    'answers a message with plain text',
    ['permission-matrix'],
    { robot: () => ({ msgtype: 'text', text: { content: '好' } }) },
  ],
  [
    'answers a message with Markdown',
    ['reply-schema'],
    { robot: () => ({ msgtype: 'markdown', markdown: { content: '好' } }) },
  ],
  ['adds a field that does not exist', ['reply-schema'], { robot: () => ({ ...stream('好'), safe: 0 }) }],
  [
    'starts a stream without id',
    ['stream-id'],
    { robot: () => ({ msgtype: 'stream', stream: { finish: true, content: '好' } }) },
  ],
  ['says more than 20480 bytes', ['stream-bytes'], { robot: () => stream('备'.repeat(6827)) }],
  [
    'answers a refresh for another stream',
    ['stream-id', 'stream-id', 'stream-id', 'stream-id'],
    { robot: (heard) => (heard.stream ? stream('好', true, 'other') : stream('…', false)) },
  ],
  [
    'empties a stream at its end',
    ['stream-emptied'],
    { robot: (heard) => (heard.stream ? stream('') : stream('正在查', false)) },
  ],
  [
    'never finishes a stream',
    ['stream-window'],
    { robot: (heard) => stream('…', false, heard.stream?.id ?? 'st-1') },
  ],
  [
    'sends a second card with one stream',
    ['card-once'],
    {
      robot: (heard) => ({
        msgtype: 'stream_with_template_card',
        stream: { id: 's', finish: heard.msgtype === 'stream', content: '好' },
        template_card: buttonCard(heard.msgid),
      }),
    },
  ],
  [
    'sends a card with a button without text',
    ['card-schema'],
    {
      robot: () => ({
        msgtype: 'template_card',
        template_card: { ...buttonCard('t'), button_list: [{ text: '', key: 'a' }] },
      }),
    },
  ],
  [
    'sends pictures before the stream ends',
    ['stream-pictures'],
    {
      robot: (heard) => ({
        msgtype: 'stream',
        stream: {
          id: 's',
          finish: heard.msgtype === 'stream',
          content: '好',
          ...(heard.msgtype !== 'stream' && {
            msg_item: [{ msgtype: 'image', image: { base64: '', md5: 'd41d8cd98f00b204e9800998ecf8427e' } }],
          }),
        },
      }),
    },
  ],
]

describe('a broken rule is recorded when the bot', () => {
  test.each(misbehaviours)('%s', async (_, expected, behaviour) => {
    const { wecom, clock, rules } = await pair(behaviour)
    const stop = wecom.watch((change) => {
      if (expected[0] === 'stream-window' && change.type === 'entry' && change.entry.state === 'streaming') {
        stop()
        clock.forward(6 * 60_000 + 1)
      }
    })
    await wecom.say(leader, 'robot', '开始备案')
    expect(new Set(rules())).toEqual(new Set(expected))
  })

  test('is too slow, after three more deliveries', async () => {
    const { wecom, bot, rules } = await pair(
      { ...message, tamper: (wire) => ({ ...wire, delayMs: 60_000 }) },
      { answerWithinMs: 10 },
    )
    await wecom.say(leader, 'robot', '开始备案')
    expect(rules()).toEqual(Array(4).fill('answer-time'))
    expect(new Set(bot.heard.map((heard) => heard.msgid)).size).toBe(1)
    expect(wecom.inbox(leader, 'robot')[0]?.state).toBe('failed')
  })

  test('uses a task id twice', async () => {
    const { wecom, rules } = await pair({
      robot: () => ({ msgtype: 'template_card', template_card: buttonCard('always') }),
    })
    await wecom.say(leader, 'robot', '一')
    const second = await wecom.say(leader, 'robot', '二')
    expect(second.entries).toEqual([])
    expect(rules()).toEqual(['task-id-reused'])
  })

  test('answers a press on a button with a stream, and is asked once only', async () => {
    const { wecom, bot, rules } = await pair({
      robot: (heard) =>
        heard.event ? stream('好') : { msgtype: 'template_card', template_card: buttonCard('t') },
    })
    const { card } = await wecom.say(leader, 'robot', '开始备案')
    await wecom.click(leader, card!.id, 'socialGroup')
    expect(rules()).toEqual(['permission-matrix'])
    bot.behaviour.tamper = () => ({ status: 500, body: '' })
    const before = bot.heard.length
    await wecom.click(leader, card!.id, 'socialGroup')
    expect(bot.heard.length - before).toBe(1)
  })

  test('updates a card under another task id', async () => {
    const { wecom, rules } = await pair({
      robot: (heard) =>
        heard.event
          ? { response_type: 'update_template_card', template_card: noticeCard('other') }
          : { msgtype: 'template_card', template_card: buttonCard('t') },
    })
    const { card } = await wecom.say(leader, 'robot', '开始备案')
    await wecom.click(leader, card!.id, 'socialGroup')
    expect(rules()).toEqual(['task-id'])
  })

  test('answers a redelivered message with another stream', async () => {
    let count = 0
    const { wecom, rules } = await pair({ robot: () => stream('好', true, `st-${++count}`) })
    await wecom.say(leader, 'robot', '开始备案')
    await wecom.redeliver(wecom.inbox(leader, 'robot')[0]!.id)
    expect(rules()).toEqual(['duplicate-answer'])
  })

  test('is not there', async () => {
    const { wecom, rules } = await pair({}, { botUrl: 'http://127.0.0.1:9' })
    await wecom.say(leader, 'robot', '开始备案')
    expect(rules()).toContain('unreachable')
    expect(await wecom.verify()).toBe(false)
  })
})

test('a person cannot press a button that is not on the card as it is now, nor read another chat', async () => {
  const { wecom } = await pair({
    robot: (heard) =>
      heard.event
        ? { response_type: 'update_template_card', template_card: noticeCard('t') }
        : { msgtype: 'template_card', template_card: buttonCard('t') },
  })
  const { card } = await wecom.say(leader, 'robot', '开始备案')
  await expect(wecom.click('chenming', card!.id, 'socialGroup')).rejects.toThrow(Impossible)
  await wecom.click(leader, card!.id, 'socialGroup')
  await expect(wecom.click(leader, card!.id, 'socialGroup')).rejects.toThrow('没有这个按钮')
})
