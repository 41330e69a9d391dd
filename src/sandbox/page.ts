import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Router } from '@koa/router'
import type { Context } from 'koa'
import rawBody from 'raw-body'
import { z } from 'zod'
import { leaps, lengthOf } from './clock.ts'
import { asAttachment, pictureType } from './media.ts'
import { Impossible } from './platform.ts'
import { preview } from './preview.ts'
import type { StandIn } from './stand-in.ts'
import { changeView, clockView, findAttachment, stateView } from './view.ts'

/** The page to try the bot without a tenant: static files, what happens as events, what people do as JSON. */

/** The same from `src` and from `dist`: a build copies no pages. */
const files = new URL('../../src/sandbox/page/', import.meta.url)
const assets: Record<string, { file: string; type: string }> = {
  '/sandbox': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/sandbox/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
  '/sandbox/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/sandbox/render.js': { file: 'render.js', type: 'text/javascript; charset=utf-8' },
}
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const MOST_FILE_BYTES = 10 * 1024 * 1024
const MOST_BODY_BYTES = Math.ceil((MOST_FILE_BYTES * 4) / 3) + 64 * 1024
/** Long enough to hear that something is impossible; the answer itself comes as an event. */
const PATIENCE_MS = 300
/** Keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 20_000

const Who = z.string().min(1).max(64)
const Where = z.union([
  z.literal('robot'),
  z.literal('app'),
  z.strictObject({ group: z.string().min(1).max(64) }),
])
const Upload = z
  .strictObject({ name: z.string().min(1).max(200), base64: z.base64() })
  .transform(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))
  .refine(({ bytes }) => bytes.length > 0 && bytes.length <= MOST_FILE_BYTES, '文件是空的，或者超过 10 MB')
const Text = z.string().min(1).max(20_000)
const Quotes = z.string().max(20).optional()
const Saying = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: Text, quotes: Quotes }),
  z.strictObject({ type: z.literal('voice'), text: Text }),
  z.strictObject({ type: z.enum(['file', 'image']), attachment: Upload }),
  z.strictObject({
    type: z.literal('mixed'),
    text: Text,
    pictures: z.array(Upload).min(1).max(9),
    quotes: Quotes,
  }),
])
const Selected = z.record(z.string().max(1024), z.array(z.string().max(128)).max(20))

const Act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('say'), who: Who, where: Where, saying: Saying }),
  z.strictObject({
    act: z.literal('click'),
    who: Who,
    entry: z.string().max(20),
    key: z.string().max(1024),
    selected: Selected,
  }),
  z.strictObject({ act: z.literal('enter'), who: Who, where: z.enum(['robot', 'app']) }),
  z.strictObject({
    act: z.literal('feedback'),
    who: Who,
    entry: z.string().max(20),
    verdict: z.enum(['accurate', 'inaccurate', 'withdrawn']),
  }),
  z.strictObject({ act: z.literal('forward'), leap: z.enum(leaps) }),
])
type Act = z.infer<typeof Act>

/** Adds the sandbox page and what it needs under `/sandbox`. */
export function sandboxRoutes(router: Router, standIn: StandIn): void {
  for (const [path, { file, type }] of Object.entries(assets)) {
    router.get(path, async (ctx) => {
      ctx.set('Content-Security-Policy', policy)
      ctx.type = type
      ctx.body = await readFile(new URL(file, files))
    })
  }
  router.get('/sandbox/state', (ctx) => {
    ctx.body = stateView(standIn)
  })
  router.get('/sandbox/events', (ctx) => sendEvents(ctx, standIn))
  router.post('/sandbox/acts', (ctx) => takeAct(ctx, standIn))
  router.get('/sandbox/files/:entry/:index', (ctx) => {
    const file = findAttachment(standIn.entry(ctx.params['entry'] ?? ''), Number(ctx.params['index']))
    if (!file) return
    const picture = pictureType(file.bytes)
    ctx.type = picture ?? 'application/octet-stream'
    if (!picture) ctx.set('Content-Disposition', asAttachment(file.name))
    ctx.body = Buffer.from(file.bytes)
  })
  router.get('/sandbox/preview/:entry/:index', (ctx) => {
    const file = findAttachment(standIn.entry(ctx.params['entry'] ?? ''), Number(ctx.params['index']))
    if (!file) return
    ctx.body = { name: file.name, blocks: preview(file.name, file.bytes) ?? null }
  })
}

/** Koa takes a client who leaves for a failure, so the answer is written past it. */
function sendEvents(ctx: Context, standIn: StandIn): void {
  ctx.respond = false
  const { res } = ctx
  const send = (data: unknown) => void res.write(`data: ${JSON.stringify(data)}\n\n`)
  const tellTime = () => send({ type: 'clock', now: clockView(standIn) })
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  tellTime()
  const unwatch = standIn.watch((change) => send(changeView(change)))
  const unwatchClock = standIn.clock.onForward(tellTime)
  const heartbeat = setInterval(tellTime, HEARTBEAT_MS)
  const end = () => void res.end()
  standIn.stopped.addEventListener('abort', end)
  res.once('close', () => {
    unwatch()
    unwatchClock()
    clearInterval(heartbeat)
    standIn.stopped.removeEventListener('abort', end)
  })
}

async function takeAct(ctx: Context, standIn: StandIn): Promise<void> {
  // A form of another site cannot send this type, so it cannot act here either.
  if (!ctx.is('application/json')) ctx.throw(415)
  const act = Act.safeParse(parseJson(await rawBody(ctx.req, { limit: MOST_BODY_BYTES, encoding: 'utf8' })))
  if (!act.success) {
    ctx.status = 400
    ctx.body = { problem: act.error.issues[0]?.message ?? '看不懂' }
    return
  }
  const failed = perform(act.data, standIn).then(
    () => undefined,
    (error: unknown) => error,
  )
  const error = await Promise.race([failed, sleep(PATIENCE_MS)])
  if (error === undefined) ctx.status = 204
  else if (!(error instanceof Impossible)) throw error
  else {
    ctx.status = 409
    ctx.body = { problem: error.message }
  }
}

async function perform(act: Act, standIn: StandIn): Promise<void> {
  switch (act.act) {
    case 'say':
      await standIn.say(act.who, act.where, act.saying)
      return
    case 'click':
      await standIn.click(act.who, act.entry, act.key, act.selected)
      return
    case 'enter':
      await standIn.enter(act.who, act.where)
      return
    case 'feedback':
      await standIn.feedback(act.who, act.entry, act.verdict)
      return
    case 'forward':
      standIn.clock.forward(lengthOf(act.leap, standIn.clock.now()))
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
