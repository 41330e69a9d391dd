import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import Router from '@koa/router'
import Koa from 'koa'
import rawBody from 'raw-body'
import { type Call, type Calls, isFile, jsonReader, Refusal, type Result } from './api-call.ts'
import { groupCalls } from './api-groups.ts'
import { mediaCalls, serveFiles } from './api-media.ts'
import { messageCalls } from './api-messages.ts'
import { responseCalls } from './api-response.ts'
import { type Platform, sameId } from './platform.ts'

/** WeCom's server API as far as the bot needs it. Every answer is HTTP 200 with an errcode (app-api). */

/** What a test can make go wrong with the next call of a path. `lost`: the work is done, the answer never arrives. */
export type Fault = { errcode: number } | { status: number } | 'hang' | 'lost'

const TOKEN_LIVES_MS = 7_200_000
const MOST_BODY_BYTES = 21 * 1024 * 1024
/** Longer than any caller waits. */
const HANG_MS = 60_000

/** Paths that carry their own credential instead of a token. */
const withoutToken = ['/cgi-bin/gettoken', '/cgi-bin/webhook/', '/cgi-bin/aibot/']

export function openApi(platform: Platform) {
  const { world, clock, app } = platform
  const faults = new Map<string, Fault[]>()
  let token: { value: string; until: number } | undefined

  const calls: Calls = {
    '/cgi-bin/gettoken': (call) => {
      if (call.query('corpid') !== app.corpId) throw new Refusal(40013, 'invalid corpid')
      if (call.query('corpsecret') !== app.secret) throw new Refusal(40001, 'invalid credential')
      const now = clock.now().getTime()
      if (!token || token.until <= now) token = { value: randomUUID(), until: now + TOKEN_LIVES_MS }
      return { access_token: token.value, expires_in: Math.floor((token.until - now) / 1000) }
    },
    '/cgi-bin/getcallbackip': () => ({ ip_list: ['127.0.0.1'] }),
    '/cgi-bin/agent/get': (call) => {
      if (call.query('agentid') !== String(app.agentId)) throw new Refusal(301002, 'no privilege for agentid')
      const user = platform.people.map((person) => ({ userid: person.userId }))
      return { agentid: app.agentId, name: '备案助手', close: 0, allow_userinfos: { user } }
    },
    '/cgi-bin/user/get': (call) => {
      const person = platform.people.find((one) => sameId(one.userId, call.query('userid')))
      if (!person) throw new Refusal(60111, 'userid not found')
      return { userid: person.userId, name: person.name, department: [1], status: 1 }
    },
    ...messageCalls(platform),
    ...mediaCalls(platform),
    ...groupCalls(platform),
    ...responseCalls(platform),
  }

  function checkToken(call: Call): void {
    const given = call.query('access_token')
    if (given === '') throw new Refusal(41001, 'access_token missing')
    // A token WeCom withdrew or that ran out is a normal event; the bot fetches a new one and goes on.
    if (given !== token?.value) throw new Refusal(40014, 'invalid access_token', true)
    if (token.until <= clock.now().getTime()) throw new Refusal(42001, 'access_token expired', true)
  }

  function answer(path: string, call: Call): Result {
    try {
      if (!withoutToken.some((start) => path.startsWith(start))) checkToken(call)
      const run = calls[path]
      if (!run) throw new Refusal(-1, `no such interface ${path}`)
      const result = run(call)
      return isFile(result) ? result : { errcode: 0, errmsg: 'ok', ...result }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (!error.quiet) world.violate(`api-${error.errcode}`, `${path}：${error.message}`)
      return { errcode: error.errcode, errmsg: `${error.message}, hint: [sandbox]` }
    }
  }

  const router = new Router()
  serveFiles(router, platform)
  router.all('/cgi-bin/{*rest}', async (ctx) => {
    const body = await rawBody(ctx.req, { limit: MOST_BODY_BYTES })
    const fault = faults.get(ctx.path)?.shift()
    if (fault === 'hang') await sleep(HANG_MS, undefined, { signal: platform.signal }).catch(() => undefined)
    if (fault === 'hang') return
    if (fault !== undefined && fault !== 'lost') {
      if ('status' in fault) ctx.status = fault.status
      ctx.body = 'status' in fault ? 'gateway' : { errcode: fault.errcode, errmsg: 'injected' }
      return
    }
    const query = (name: string) => [ctx.query[name] ?? ''].flat()[0] ?? ''
    const call = { query, body, contentType: ctx.get('content-type'), json: jsonReader(body) }
    const result = answer(ctx.path, call)
    if (fault === 'lost') {
      ctx.respond = false
      ctx.req.socket.destroy()
      return
    }
    if (isFile(result)) ctx.attachment(result.name)
    ctx.body = isFile(result) ? result.file : result
  })

  const koa = new Koa()
  koa.silent = true
  koa.use(router.routes())

  return {
    listener: koa.callback(),
    forgetToken: () => void (token = undefined),
    failNext: (path: string, fault: Fault) => void faults.set(path, [...(faults.get(path) ?? []), fault]),
  }
}
