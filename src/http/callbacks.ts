/** The two callbacks of WeCom: path 101033 (robot), path 90238 (app). */

import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Answer, InboundMessage } from '../messages.ts'
import { parseAppEnvelope, parseAppMessage } from '../wecom/app.ts'
import { appEnvelope, renderAppReply } from '../wecom/app-reply.ts'
import { type CallbackKeys, EnvelopeError, openWithAny, sealEnvelope } from '../wecom/envelope.ts'
import { parseRobotMessage } from '../wecom/robot.ts'
import { renderRobotReply } from '../wecom/robot-reply.ts'
import { readBody } from './body.ts'
import { addressOf } from './limit.ts'
import type { ServerOptions } from './options.ts'
import { createPace, TOO_FAST } from './pace.ts'
import { HEADERS, lineFor, Refusal, type Refusals, TEXT } from './refusal.ts'

const BODY_LIMIT = 1024 * 1024

type Query = { signature: string; timestamp: string; nonce: string }
type Answered = { status?: number; type: string; body: string; allow?: string; retryAfter?: number }

type Callback = {
  keys: CallbackKeys[]
  /** One delivery: its body in, what WeCom is answered out. */
  deliver(body: string, query: Query): Promise<Answered>
}

/**
 * Takes the requests to the two callbacks; false when a request is for somebody else. They are nearly all the
 * traffic there is, so they stand before the router and write their answers without Koa's response: together these
 * take as long as everything else about a delivery.
 */
export function createCallbacks(options: ServerOptions, refusals: Refusals) {
  const callbacks = new Map<string, Callback>()
  const answerTo = inPace(options)
  if (options.robot) callbacks.set('robot', robotCallback(options.robot, options, answerTo))
  if (options.app) callbacks.set('app', appCallback(options.app, options, answerTo))

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name = '', search = ''] = /^\/wecom\/(\w+)\/?(?:\?(.*))?$/.exec(request.url ?? '') ?? []
    const callback = callbacks.get(name)
    if (!callback) return false
    answer(callback, request, new URLSearchParams(search), options)
      .catch((error: unknown): Answered => {
        const { text, ...rest } = refusals.answer(
          error,
          `/wecom/${name}`,
          addressOf(request, options.proxies),
        )
        return { ...rest, type: TEXT, body: text }
      })
      .then((answered) => send(response, answered))
    return true
  }
}

async function answer(
  { keys, deliver }: Callback,
  request: IncomingMessage,
  search: URLSearchParams,
  { isReady, clock }: ServerOptions,
): Promise<Answered> {
  switch (request.method) {
    case 'GET':
    case 'HEAD': {
      // The console sends an echo that must come back bare, within a second, whenever somebody presses save.
      // A proxy may have decoded a + to a space; Base64 has none.
      const echo = single(search, 'echostr').replaceAll(' ', '+')
      return { type: TEXT, body: openWithAny(keys, queryOf(search), echo, clock.now()).text }
    }
    case 'POST': {
      // WeCom delivers again later; an apology now would end the matter.
      if (!isReady()) throw new Refusal(503)
      // Before the body: what is not signed at all costs nothing to refuse.
      const query = queryOf(search)
      return deliver(await readBody(request, BODY_LIMIT), query)
    }
    default:
      return { status: 405, type: TEXT, body: lineFor(405), allow: 'HEAD, GET, POST' }
  }
}

function send(response: ServerResponse, { status = 200, type, body, allow, retryAfter }: Answered): void {
  response.writeHead(status, {
    ...HEADERS,
    ...(allow === undefined ? {} : { Allow: allow }),
    ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

function robotCallback(
  { keys: all, name }: NonNullable<ServerOptions['robot']>,
  options: ServerOptions,
  answerTo: AnswerTo,
): Callback {
  return {
    keys: all,
    async deliver(body, query) {
      const encrypted = parseRobotEnvelope(body)
      const { keys, text } = openWithAny(all, query, encrypted, options.clock.now())
      const message = parseRobotMessage(text, name)
      const reply = message && renderRobotReply(message, await answerTo(message), options.publicUrl)
      if (!reply) return { type: TEXT, body: '' }
      const timestamp = secondsOf(options.clock.now())
      // The robot wants its own nonce back.
      const sealed = sealEnvelope(keys, reply, String(timestamp), query.nonce)
      return {
        type: 'application/json; charset=utf-8',
        body: JSON.stringify({
          encrypt: sealed.encrypted,
          msgsignature: sealed.signature,
          timestamp,
          nonce: query.nonce,
        }),
      }
    },
  }
}

function appCallback(
  { keys: all, agentId }: NonNullable<ServerOptions['app']>,
  options: ServerOptions,
  answerTo: AnswerTo,
): Callback {
  return {
    keys: all,
    async deliver(body, query) {
      const { keys, text } = openWithAny(all, query, parseAppEnvelope(body), options.clock.now())
      const inbound = parseAppMessage(text, agentId)
      const answer = await answerTo(inbound.message)
      const now = options.clock.now()
      const reply = renderAppReply(inbound, answer, keys.receiveId, now)
      if (!reply) return { type: TEXT, body: '' }
      const timestamp = String(secondsOf(now))
      const nonce = options.randomId()
      return {
        type: 'text/xml; charset=utf-8',
        body: appEnvelope(sealEnvelope(keys, reply, timestamp, nonce), timestamp, nonce),
      }
    },
  }
}

const RobotEnvelope = z.object({ encrypt: z.string().min(1) })

function parseRobotEnvelope(body: string): string {
  try {
    return RobotEnvelope.parse(JSON.parse(body)).encrypt
  } catch (error) {
    throw new EnvelopeError('malformed', 'the body is not an envelope', { cause: error })
  }
}

const queryOf = (search: URLSearchParams): Query => ({
  signature: single(search, 'msg_signature'),
  timestamp: single(search, 'timestamp'),
  nonce: single(search, 'nonce'),
})

/** A parameter that is missing or given twice fits no signature. */
function single(search: URLSearchParams, name: string): string {
  const [value, ...more] = search.getAll(name)
  if (value === undefined || more.length > 0) {
    throw new EnvelopeError('signature', 'a parameter is missing or given twice')
  }
  return value
}

type AnswerTo = (message: InboundMessage) => Promise<Answer | undefined>

/** One answer to somebody who sends too much; it is the same when the message is delivered again. */
function inPace(options: ServerOptions): AnswerTo {
  const pace = createPace(options.clock)
  return async (message) => {
    const fate = pace(message)
    if (fate === 'taken') return answerOrApology(message, options)
    if (fate === 'passed') return undefined
    options.log({ level: 'warn', message: 'somebody sends too much', channel: message.channel })
    const streamId = createHash('sha256').update(message.id).digest('hex').slice(0, 20)
    return { reply: { text: TOO_FAST }, notice: '请等一分钟', streamId, finished: true }
  }
}

/** A message that could not be handled is answered with an apology, so that its sender is not left waiting. */
async function answerOrApology(message: InboundMessage, options: ServerOptions): Promise<Answer | undefined> {
  try {
    return await options.receive(message)
  } catch (error) {
    const reference = options.randomId().slice(0, 8)
    const { id, channel, content } = message
    options.log({
      level: 'error',
      message: 'a message was not handled',
      reference,
      id,
      channel,
      type: content.type,
      error,
    })
    if (!options.isReady()) throw new Refusal(503)
    return {
      reply: {
        text: `没有处理成功，请再发一次。\n很抱歉。如果还是不行，请把编号 ${reference} 告诉工作人员。`,
      },
      streamId: `sorry-${reference}`,
      finished: true,
    }
  }
}

const secondsOf = (now: Date) => Math.floor(now.getTime() / 1000)
