/** The front door: limits, error answers, health, metrics, and the routes of the other files. */

import Koa, { type Context, type Next } from 'koa'
import { Router } from '@koa/router'
import { EnvelopeError } from '../wecom/envelope.ts'
import { addCallbacks } from './callbacks.ts'
import { addFiles } from './files.ts'
import type { ServerOptions } from './options.ts'

/** Builds the Koa application; `listen` puts it on a port. */
export function createServer(options: ServerOptions): Koa {
  const app = new Koa()
  const router = new Router()
  addHealth(router, options)
  addCallbacks(router, options)
  addFiles(router, options)
  options.extend?.(router)

  app.use((ctx, next) => answer(ctx, next, options))
  app.use(router.routes())
  // What happens to a connection behind an answer, such as a caller who hung up.
  app.on('error', (error: NodeJS.ErrnoException) => {
    options.log({ level: 'warn', message: 'a connection failed', code: error.code })
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

/** Pages that have more than text, as those of the sandbox, replace the policy by their own. */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
}

const LINES: Record<number, string> = {
  400: '请求无法识别。',
  403: '没有通过验证。',
  404: '没有这个页面。',
  405: '不支持这种请求方式。',
  413: '内容太大。',
  503: '暂时不能服务，请稍后再试。',
}

/** Gives every request its headers, and every failure one line of text and nothing of the inside. */
async function answer(ctx: Context, next: Next, options: ServerOptions): Promise<void> {
  ctx.set(HEADERS)
  try {
    await next()
    if (ctx.status === 404 && ctx.body == null) refuseUnmatched(ctx)
  } catch (error) {
    const status = statusOf(error)
    if (status === 500) {
      const reference = options.randomId().slice(0, 8)
      options.log({ level: 'error', message: 'a request failed', reference, path: ctx.path, error })
      line(ctx, 500, `服务出错了，编号 ${reference}。`)
    } else {
      options.log({
        level: 'warn',
        message: 'a request was refused',
        status,
        path: ctx.path,
        why: whyOf(error),
      })
      line(ctx, status)
    }
  }
}

/** 405 when the path exists with another method, else 404. */
function refuseUnmatched(ctx: Context) {
  const layers: { methods: string[] }[] = ctx.matched ?? []
  const allowed = new Set(layers.flatMap((layer) => layer.methods))
  if (allowed.size === 0 || allowed.has(ctx.method)) return line(ctx, 404)
  line(ctx, 405)
  ctx.set('Allow', [...allowed].join(', '))
}

function line(ctx: Context, status: number, text = LINES[status] ?? LINES[400]) {
  ctx.status = status
  ctx.type = 'text/plain; charset=utf-8'
  ctx.body = text
}

function statusOf(error: unknown): number {
  if (error instanceof EnvelopeError) return error.kind === 'malformed' ? 400 : 403
  // Koa's and raw-body's own: aborted, too large, wrong length, not ready.
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && (status in LINES || (status >= 400 && status < 500)) ? status : 500
}

const whyOf = (error: unknown): string | undefined =>
  error instanceof EnvelopeError ? `${error.kind}: ${error.message}` : undefined
