/** What every answer carries, and the one line that stands for a failure. */

import { EnvelopeError } from '../wecom/envelope.ts'
import type { ServerOptions } from './options.ts'

/** Pages that have more than text, as those of the sandbox, replace the policy by their own. */
export const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
}

export const TEXT = 'text/plain; charset=utf-8'

/** A request that is not served, and the status that says so. */
export class Refusal extends Error {
  override name = 'Refusal'
  status: number

  constructor(status: number, options?: ErrorOptions) {
    super(`refused with ${status}`, options)
    this.status = status
  }
}

const LINES: Record<number, string> = {
  400: '请求无法识别。',
  403: '没有通过验证。',
  404: '没有这个页面。',
  405: '不支持这种请求方式。',
  413: '内容太大。',
  503: '暂时不能服务，请稍后再试。',
}

/** The text that goes with a status: nothing of the inside. */
export const lineFor = (status: number): string => LINES[status] ?? LINES[400] ?? ''

/** Logs why a request failed, and tells what it is answered with. */
export function refuse(
  error: unknown,
  path: string,
  { log, randomId }: Pick<ServerOptions, 'log' | 'randomId'>,
): { status: number; text: string } {
  const status = statusOf(error)
  if (status !== 500) {
    log({ level: 'warn', message: 'a request was refused', status, path, why: whyOf(error) })
    return { status, text: lineFor(status) }
  }
  const reference = randomId().slice(0, 8)
  log({ level: 'error', message: 'a request failed', reference, path, error })
  return { status, text: `服务出错了，编号 ${reference}。` }
}

function statusOf(error: unknown): number {
  if (error instanceof EnvelopeError) return error.kind === 'malformed' ? 400 : 403
  // Koa's own have a status too.
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && (status in LINES || (status >= 400 && status < 500)) ? status : 500
}

const whyOf = (error: unknown): string | undefined =>
  error instanceof EnvelopeError ? `${error.kind}: ${error.message}` : undefined
