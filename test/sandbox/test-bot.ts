import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn, type StandInOptions } from '../../src/sandbox/stand-in.ts'
import { openEnvelope, sealEnvelope } from '../../src/wecom/envelope.ts'

export const robot = {
  name: '备案助手',
  token: 'RobotToken1',
  aesKey: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
}
export const app = {
  corpId: 'wwsqba0000000001',
  agentId: 1000007,
  secret: 'AppSecret1',
  token: 'AppToken1',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const robotKeys = { token: robot.token, aesKey: robot.aesKey, receiveId: '' }
const appKeys = { token: app.token, aesKey: app.aesKey, receiveId: app.corpId }

/** What a callback of the robot says, as far as the tests look at it. */
export type Callback = {
  msgid: string
  chattype?: string
  chatid?: string
  from: { userid: string }
  response_url?: string
  msgtype: string
  text?: { content: string }
  voice?: { content: string }
  file?: { url: string }
  stream?: { id: string }
  quote?: { msgtype: string; text?: { content: string } }
  event?: Record<string, unknown> & { eventtype: string }
}

export type Wire = { status?: number; body: string; delayMs?: number }

export type Behaviour = {
  /** The plaintext answer; undefined answers with an empty body. */
  robot?: (message: Callback) => object | undefined
  app?: (xml: string) => string | undefined
  /** Changes the sealed answer on its way out. */
  tamper?: (wire: Wire) => Wire
  /** Seals with other keys than agreed. */
  sealWith?: { token: string; aesKey: string; receiveId: string }
  nonce?: string
}

/** A bot of a few lines that answers as it is told, rightly or wrongly. */
export async function startTestBot(behaviour: Behaviour, now: () => Date) {
  const heard: Callback[] = []
  const heardByApp: string[] = []
  const server = createServer((request, response) => {
    void answer(request.method ?? '', request.url ?? '', text(request)).then(
      ({ status = 200, body, delayMs = 0 }) => {
        if (delayMs === 0) response.writeHead(status).end(body)
        else setTimeout(() => response.writeHead(status).end(body), delayMs).unref()
      },
    )
  })

  async function answer(method: string, address: string, incoming: Promise<string>): Promise<Wire> {
    const url = new URL(address, 'http://bot')
    const part = (name: string) => url.searchParams.get(name) ?? ''
    const isRobot = url.pathname === '/wecom/robot'
    const keys = isRobot ? robotKeys : appKeys
    const query = { signature: part('msg_signature'), timestamp: part('timestamp'), nonce: part('nonce') }
    if (method === 'GET') return { body: openEnvelope(keys, query, part('echostr'), now()) }
    const body = await incoming
    const encrypted = isRobot ? JSON.parse(body).encrypt : /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1]
    const plain = openEnvelope(keys, query, encrypted, now())
    let reply: string | undefined
    if (isRobot) {
      const message: Callback = JSON.parse(plain)
      heard.push(message)
      const said = behaviour.robot?.(message)
      reply = said && JSON.stringify(said)
    } else {
      heardByApp.push(plain)
      reply = behaviour.app?.(plain)
    }
    return (behaviour.tamper ?? ((wire) => wire))({
      body: reply === undefined ? '' : seal(reply, keys, query.nonce),
    })
  }

  function seal(reply: string, keys: typeof robotKeys, requestNonce: string): string {
    const timestamp = String(Math.floor(now().getTime() / 1000))
    const nonce = behaviour.nonce ?? requestNonce
    const { encrypted, signature } = sealEnvelope(behaviour.sealWith ?? keys, reply, timestamp, nonce)
    if (keys === robotKeys)
      return JSON.stringify({
        encrypt: encrypted,
        msgsignature: signature,
        timestamp: Number(timestamp),
        nonce,
      })
    return `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    heardByApp,
    behaviour,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A stand-in and a test bot that know each other, on a fixed morning. */
export async function startPair(behaviour: Behaviour, options: Partial<StandInOptions> = {}) {
  const clock = movableClock({ now: () => new Date('2026-11-23T01:05:00Z') })
  const bot = await startTestBot(behaviour, clock.now)
  const wecom = await startStandIn({
    botUrl: bot.url,
    robot,
    app,
    clock,
    people: sandboxPeople,
    groups: sandboxGroups,
    pollMs: 1,
    ...options,
  })
  return {
    bot,
    wecom,
    clock,
    rules: () => wecom.violations.map((violation) => violation.rule),
    stop: async () => {
      await wecom.stop()
      await bot.stop()
    },
  }
}

export const stream = (content: string, finish = true, id = 'st-1') => ({
  msgtype: 'stream',
  stream: { id, finish, content },
})

export const buttonCard = (taskId: string) => ({
  card_type: 'button_interaction',
  main_title: { title: '组织类别' },
  button_list: [
    { text: '社会团体', style: 1, key: 'socialGroup' },
    { text: '民办非企业单位', style: 2, key: 'privateNonEnterpriseUnit' },
  ],
  task_id: taskId,
})

export const noticeCard = (taskId: string) => ({
  card_type: 'text_notice',
  main_title: { title: '已选：社会团体' },
  card_action: { type: 1, url: 'https://filing.example/' },
  task_id: taskId,
})
