import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type CallbackKeys, EnvelopeError, openEnvelope, sealEnvelope } from '../wecom/envelope.ts'
import type { World } from './world.ts'
import { readXml, textAt, writeXml } from './xml.ts'

/** One callback to the bot and its answer over the real, encrypted protocol (path 101033, 90238). */

/** The bot's answer decrypted, `empty` for an empty body, `lost` when none came or it cannot be read. */
export type Answer = { type: 'plain'; text: string } | { type: 'empty' } | { type: 'lost'; why: string }

export type Line = {
  /** Sends a callback and waits for the answer; after a time-out or a failure it sends it again. */
  ask(message: string, attempts: number): Promise<Answer>
  /** The check behind the console's button 保存: the decrypted echo must come back within a second. */
  verify(): Promise<boolean>
}

export type LineOptions = {
  path: '/wecom/robot' | '/wecom/app'
  botUrl: () => string
  keys: CallbackKeys
  /** The app's agent id, in the outer XML. */
  agentId?: number
  clock: Clock
  world: World
  /** WeCom cuts the connection after 5 s. */
  answerWithinMs: number
  signal: AbortSignal
}

/** More than any permitted answer: 20 KiB of stream and a card, in Base64. */
const MOST_ANSWER_BYTES = 15 * 1024 * 1024

export function openLine(options: LineOptions): Line {
  const { keys, clock, world, path } = options
  const isRobot = path === '/wecom/robot'
  const seconds = () => String(Math.floor(clock.now().getTime() / 1000))

  const address = (signature: string, timestamp: string, nonce: string, echo?: string) => {
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce })
    if (echo !== undefined) query.set('echostr', echo)
    return `${options.botUrl()}${path}?${query}`
  }

  async function once(message: string): Promise<Answer> {
    const timestamp = seconds()
    const nonce = String(randomInt(100_000_000, 2_000_000_000))
    const { encrypted, signature } = sealEnvelope(keys, message, timestamp, nonce)
    const body = isRobot
      ? JSON.stringify({ encrypt: encrypted })
      : `<xml>${writeXml({ ToUserName: keys.receiveId, AgentID: String(options.agentId ?? ''), Encrypt: encrypted })}</xml>`
    const got = await fetch(address(signature, timestamp, nonce), {
      method: 'POST',
      headers: { 'content-type': isRobot ? 'application/json' : 'text/xml' },
      body,
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.answerWithinMs)]),
    })
      .then(async (response) => ({ status: response.status, body: await response.text() }))
      .catch((error: Error) => ({ error }))
    if ('error' in got) {
      const late = got.error.name === 'TimeoutError'
      if (!options.signal.aborted)
        world.violate(
          late ? 'answer-time' : 'unreachable',
          late ? `${path} 没有在 ${options.answerWithinMs} 毫秒内回答` : `${path} 连接不上`,
        )
      return { type: 'lost', why: late ? '机器人没有及时回答' : '连接不上机器人' }
    }
    if (got.status !== 200) {
      world.violate('http-status', `${path} 回答了 HTTP ${got.status}，应当是 200`)
      return { type: 'lost', why: '机器人没有正常回答' }
    }
    if (got.body === '') return { type: 'empty' }
    if (got.body.length > MOST_ANSWER_BYTES) {
      world.violate('answer-bytes', `${path} 的回答太大`)
      return { type: 'lost', why: '机器人的回答太大' }
    }
    const text = isRobot ? openRobotAnswer(got.body, nonce) : openAppAnswer(got.body)
    return text === undefined ? { type: 'lost', why: '机器人的回答解不开' } : { type: 'plain', text }
  }

  function openRobotAnswer(body: string, nonce: string): string | undefined {
    const parsed = RobotEnvelope.safeParse(parseJson(body))
    if (!parsed.success) return broken('回答要有 encrypt、msgsignature、timestamp、nonce 四项')
    const { encrypt, msgsignature, timestamp } = parsed.data
    if (parsed.data.nonce !== nonce) {
      world.violate('nonce', '回答里的 nonce 要与请求的相同')
      return undefined
    }
    return open(encrypt, msgsignature, String(timestamp), nonce)
  }

  function openAppAnswer(body: string): string | undefined {
    let xml
    try {
      xml = readXml(body)
    } catch {
      return broken('回答不是 XML')
    }
    const part = (name: string) => textAt(xml, 'xml', name)
    return open(part('Encrypt'), part('MsgSignature'), part('TimeStamp'), part('Nonce'))
  }

  function open(encrypted: string, signature: string, timestamp: string, nonce: string): string | undefined {
    try {
      return openEnvelope(keys, { signature, timestamp, nonce }, encrypted, clock.now())
    } catch (error) {
      const kind = error instanceof EnvelopeError ? error.kind : 'malformed'
      world.violate(envelopeRules[kind].rule, `${path} ${envelopeRules[kind].detail}`)
      return undefined
    }
  }

  function broken(detail: string): undefined {
    world.violate('envelope', `${path} ${detail}`)
  }

  return {
    async ask(message, attempts) {
      let answer: Answer = { type: 'lost', why: '没有发出' }
      for (let attempt = 0; attempt < attempts && !options.signal.aborted; attempt++) {
        answer = await once(message)
        if (answer.type !== 'lost') break
      }
      return answer
    },
    async verify() {
      const timestamp = seconds()
      const nonce = String(randomInt(100_000_000, 2_000_000_000))
      const echo = String(randomInt(1_000_000_000, 9_000_000_000))
      const { encrypted, signature } = sealEnvelope(keys, echo, timestamp, nonce)
      try {
        const response = await fetch(address(signature, timestamp, nonce, encrypted), {
          signal: AbortSignal.any([options.signal, AbortSignal.timeout(1_000)]),
        })
        if (response.status === 200 && (await response.text()) === echo) return true
      } catch {
        // Said below: an answer that is late or missing is as wrong as a wrong one.
      }
      world.violate('url-verification', `GET ${path} 没有在一秒内原样返回解密后的 echostr`)
      return false
    },
  }
}

const envelopeRules = {
  signature: { rule: 'signature', detail: '回答的签名不对' },
  receiveId: { rule: 'receive-id', detail: '回答的接收方不对' },
  stale: { rule: 'timestamp', detail: '回答的时间戳与现在相差十分钟以上' },
  malformed: { rule: 'envelope', detail: '回答的密文解不开' },
} as const

const RobotEnvelope = z.strictObject({
  encrypt: z.string(),
  msgsignature: z.string(),
  timestamp: z.union([z.number(), z.string()]),
  nonce: z.string(),
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
