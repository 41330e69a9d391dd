/** The front door: limits, error answers, health, metrics, and the routes of the other files. */

import Koa, { type Context, type Next } from 'koa'
import { Router } from '@koa/router'
import { createCallbacks } from './callbacks.ts'
import { addFiles } from './files.ts'
import { addressOf } from './limit.ts'
import type { ServerOptions } from './options.ts'
import { HEADERS, lineFor, Refusals, TEXT, type Refused } from './refusal.ts'

/** Builds the Koa application; `listen` puts it on a port. */
export function createServer(options: ServerOptions): Koa {
  const app = new Koa()
  const router = new Router()
  addHealth(router, options)
  addFiles(router, options)
  options.extend?.(router)

  const refusals = new Refusals(options)
  const takenByCallback = createCallbacks(options, refusals)
  app.use((ctx, next) => {
    if (!takenByCallback(ctx.req, ctx.res)) {
      return answer(ctx, next, refusals, addressOf(ctx.req, options.proxies))
    }
    // The callbacks write their own answer; Koa must not write one of its own.
    ctx.respond = false
    return undefined
  })
  app.use(router.routes())
  // What happens to a connection behind an answer, such as a caller who hung up.
  app.on('error', (error: NodeJS.ErrnoException) => {
    refusals.note({ level: 'warn', message: 'a connection failed', code: error.code })
  })
  return app
}

function addHealth(router: Router, { isReady, metrics }: ServerOptions) {
  router.get('/healthz', (ctx) => {
    ctx.body = 'ok'
  })
  router.get('/readyz', (ctx) => {
    const ready = isReady()
    ctx.status = ready ? 200 : 503
    ctx.body = ready ? 'ready' : 'not ready'
  })
  router.get('/metrics', async (ctx) => {
    ctx.type = 'text/plain; version=0.0.4; charset=utf-8'
    ctx.body = await metrics()
  })
}

/** Gives every request its headers, and every failure one line of text and nothing of the inside. */
async function answer(ctx: Context, next: Next, refusals: Refusals, address: string): Promise<void> {
  ctx.set(HEADERS)
  try {
    await next()
    if (ctx.status === 404 && ctx.body == null) refuseUnmatched(ctx)
    if (ctx.status >= 400 && ctx.status < 500 && typeof ctx.body === 'string') {
      line(ctx, refusals.count({ status: ctx.status, text: ctx.body }, address))
    }
  } catch (error) {
    line(ctx, refusals.answer(error, ctx.path, address))
  }
}

/** 405 when the path exists with another method, else 404. */
function refuseUnmatched(ctx: Context) {
  const layers: { methods: string[] }[] = ctx.matched ?? []
  const allowed = new Set(layers.flatMap((layer) => layer.methods))
  const status = allowed.size === 0 || allowed.has(ctx.method) ? 404 : 405
  line(ctx, { status, text: lineFor(status) })
  if (status === 405) ctx.set('Allow', [...allowed].join(', '))
}

function line(ctx: Context, { status, text, retryAfter }: Refused) {
  ctx.status = status
  ctx.type = TEXT
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter))
  ctx.body = text
}
