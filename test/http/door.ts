/** A bot's front door on a real port, and a WeCom that knocks with encrypted bodies. */

import { sealEnvelope, openEnvelope, type CallbackKeys } from '../../src/wecom/envelope.ts'
import { listen, type Patience } from '../../src/http/listen.ts'
import type { LogEvent, ServerOptions } from '../../src/http/options.ts'
import { createServer } from '../../src/http/server.ts'
import type { Answer, InboundMessage } from '../../src/messages.ts'

export const robotKeys: CallbackKeys = {
  token: 'SheQuBeiAn2026Tok',
  aesKey: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
  receiveId: '',
}
export const appKeys: CallbackKeys = { ...robotKeys, token: 'AppTok2026', receiveId: 'wwsqba0000000001' }

export const now = new Date(1767225600_000)
export const timestamp = '1767225600'
export const nonce = '480215937'

/** Opens a door; what was received and logged is in the lists. */
export async function openDoor(changed: Partial<ServerOptions> = {}, patience?: Patience) {
  const received: InboundMessage[] = []
  const logged: LogEvent[] = []
  let ids = 0
  const options: ServerOptions = {
    robot: { keys: [robotKeys], name: '备案助手' },
    app: { keys: [appKeys], agentId: 1000007 },
    publicUrl: 'https://filing.example',
    receive: async (message) => {
      received.push(message)
      return says('您好')
    },
    openLink: () => undefined,
    proxies: 0,
    isReady: () => true,
    metrics: async () => 'filings 1\n',
    clock: { now: () => now },
    randomId: () => `id${++ids}`,
    log: (event) => logged.push(event),
    ...changed,
  }
  const listening = await listen(createServer(options), { host: '127.0.0.1', port: 0 }, patience)
  return { received, logged, base: `http://127.0.0.1:${listening.port}`, close: listening.close }
}

export const says = (text: string): Answer => ({ reply: { text }, streamId: 'st-1', finished: true })

type Knock = { at?: string; once?: string; signature?: string }

/** The query of a signed request, and the encrypted text it is for. */
export function sealed(
  keys: CallbackKeys,
  message: string,
  { at = timestamp, once = nonce, signature }: Knock = {},
) {
  const envelope = sealEnvelope(keys, message, at, once)
  const query = new URLSearchParams({
    msg_signature: signature ?? envelope.signature,
    timestamp: at,
    nonce: once,
  })
  return { query, encrypted: envelope.encrypted }
}

/** WeCom delivers a message to the robot. */
export async function toRobot(base: string, message: unknown, knock?: Knock): Promise<Response> {
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  const { query, encrypted } = sealed(robotKeys, text, knock)
  return fetch(`${base}/wecom/robot?${query}`, {
    method: 'POST',
    body: JSON.stringify({ encrypt: encrypted }),
  })
}

/** WeCom delivers a message to the app. */
export async function toApp(base: string, message: string, knock?: Knock): Promise<Response> {
  const { query, encrypted } = sealed(appKeys, message, knock)
  const body = `<xml><ToUserName><![CDATA[wwsqba0000000001]]></ToUserName><AgentID><![CDATA[1000007]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  return fetch(`${base}/wecom/app?${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body,
  })
}

/** The decrypted reply of the robot, after every check WeCom makes. */
export async function robotReply(response: Response): Promise<Record<string, unknown>> {
  const envelope = (await response.json()) as Record<'encrypt' | 'msgsignature' | 'nonce', string> & {
    timestamp: unknown
  }
  if (typeof envelope.timestamp !== 'number') throw new Error('the timestamp is a number')
  if (envelope.nonce !== nonce) throw new Error('the nonce is that of the request')
  const query = {
    signature: envelope.msgsignature,
    timestamp: String(envelope.timestamp),
    nonce: envelope.nonce,
  }
  return JSON.parse(openEnvelope(robotKeys, query, envelope.encrypt, now)) as Record<string, unknown>
}

/** The decrypted reply of the app. */
export async function appReply(response: Response): Promise<string> {
  const xml = await response.text()
  const field = (name: string) =>
    new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:]]>)?</${name}>`).exec(xml)?.[1] ?? ''
  const query = { signature: field('MsgSignature'), timestamp: field('TimeStamp'), nonce: field('Nonce') }
  return openEnvelope(appKeys, query, field('Encrypt'), now)
}

export const robotText = (content: string, changed: object = {}) => ({
  msgid: 'MSG0001',
  aibotid: 'aibSQBA01',
  chattype: 'single',
  from: { userid: 'lihua' },
  msgtype: 'text',
  text: { content },
  ...changed,
})

export const appXml = (inside: string) =>
  `<xml><ToUserName><![CDATA[wwsqba0000000001]]></ToUserName><FromUserName><![CDATA[LiHua]]></FromUserName><CreateTime>1767225600</CreateTime>${inside}<AgentID>1000007</AgentID></xml>`
