/** The two callbacks of WeCom: path 101033 (robot), path 90238 (app). */

import type { Router, RouterContext } from '@koa/router'
import rawBody from 'raw-body'
import { z } from 'zod'
import type { Answer, InboundMessage } from '../messages.ts'
import { parseAppEnvelope, parseAppMessage } from '../wecom/app.ts'
import { appEnvelope, renderAppReply } from '../wecom/app-reply.ts'
import { type CallbackKeys, EnvelopeError, openEnvelope, sealEnvelope } from '../wecom/envelope.ts'
import { parseRobotMessage } from '../wecom/robot.ts'
import { renderRobotReply } from '../wecom/robot-reply.ts'
import type { ServerOptions } from './options.ts'

const BODY_LIMIT = 1024 * 1024

export function addCallbacks(router: Router, options: ServerOptions) {
  if (options.robot) addRobot(router, options.robot, options)
  if (options.app) addApp(router, options.app, options)
}

function addRobot(router: Router, robot: NonNullable<ServerOptions['robot']>, options: ServerOptions) {
  router.get('/wecom/robot', (ctx) => verify(ctx, robot.keys, options))
  router.post('/wecom/robot', async (ctx) => {
    const encrypted = parseRobotEnvelope(await readBody(ctx, options))
    const query = queryOf(ctx)
    const message = parseRobotMessage(
      openEnvelope(robot.keys, query, encrypted, options.clock.now()),
      robot.name,
    )
    const reply =
      message && renderRobotReply(message, await answerTo(message, ctx, options), options.publicUrl)
    if (!reply) return empty(ctx)
    const timestamp = secondsOf(options.clock.now())
    // The robot wants its own nonce back.
    const sealed = sealEnvelope(robot.keys, reply, String(timestamp), query.nonce)
    ctx.type = 'application/json'
    ctx.body = JSON.stringify({
      encrypt: sealed.encrypted,
      msgsignature: sealed.signature,
      timestamp,
      nonce: query.nonce,
    })
  })
}

function addApp(router: Router, app: NonNullable<ServerOptions['app']>, options: ServerOptions) {
  router.get('/wecom/app', (ctx) => verify(ctx, app.keys, options))
  router.post('/wecom/app', async (ctx) => {
    const encrypted = parseAppEnvelope(await readBody(ctx, options))
    const opened = openEnvelope(app.keys, queryOf(ctx), encrypted, options.clock.now())
    const inbound = parseAppMessage(opened, app.agentId)
    const answer = await answerTo(inbound.message, ctx, options)
    const now = options.clock.now()
    const reply = renderAppReply(inbound, answer, app.keys.receiveId, now)
    if (!reply) return empty(ctx)
    const timestamp = String(secondsOf(now))
    const nonce = options.randomId()
    ctx.type = 'text/xml'
    ctx.body = appEnvelope(sealEnvelope(app.keys, reply, timestamp, nonce), timestamp, nonce)
  })
}

/** The console sends an echo that must come back bare, within a second, whenever somebody presses save. */
function verify(ctx: RouterContext, keys: CallbackKeys, { clock }: ServerOptions) {
  // A proxy may have decoded a + to a space; Base64 has none.
  const echo = single(ctx.query.echostr).replaceAll(' ', '+')
  const message = openEnvelope(keys, queryOf(ctx), echo, clock.now())
  ctx.type = 'text/plain'
  ctx.body = message
}

async function readBody(ctx: RouterContext, { isReady }: ServerOptions): Promise<string> {
  // WeCom delivers again later; an apology now would end the matter.
  if (!isReady()) ctx.throw(503)
  const body = await rawBody(ctx.req, { limit: BODY_LIMIT, length: ctx.get('content-length') || null })
  return body.toString('utf8')
}

const RobotEnvelope = z.object({ encrypt: z.string().min(1) })

function parseRobotEnvelope(body: string): string {
  try {
    return RobotEnvelope.parse(JSON.parse(body)).encrypt
  } catch (error) {
    throw new EnvelopeError('malformed', 'the body is not an envelope', { cause: error })
  }
}

function queryOf(ctx: RouterContext) {
  const { msg_signature: signature, timestamp, nonce } = ctx.query
  return { signature: single(signature), timestamp: single(timestamp), nonce: single(nonce) }
}

/** A parameter that is missing or given twice fits no signature. */
function single(value: string | string[] | undefined): string {
  if (typeof value !== 'string') throw new EnvelopeError('signature', 'a parameter is missing or given twice')
  return value
}

/** A message that could not be handled is answered with an apology, so that its sender is not left waiting. */
async function answerTo(
  message: InboundMessage,
  ctx: RouterContext,
  options: ServerOptions,
): Promise<Answer | undefined> {
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
    if (!options.isReady()) ctx.throw(503)
    return {
      reply: {
        text: `没有处理成功，请再发一次。\n很抱歉。如果还是不行，请把编号 ${reference} 告诉工作人员。`,
      },
      streamId: `sorry-${reference}`,
      finished: true,
    }
  }
}

function empty(ctx: RouterContext) {
  ctx.body = ''
}

const secondsOf = (now: Date) => Math.floor(now.getTime() / 1000)
