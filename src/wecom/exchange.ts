/** One HTTP request with limits on time and size; every failure is a NetworkError or a MediaError. */

import { type Dispatcher, request } from 'undici'
import { MediaError, NetworkError } from './errors.ts'

export type Exchange = {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string | Buffer
  /** From the first byte sent to the last byte read. */
  timeoutMs: number
  maxBytes: number
  dispatcher?: Dispatcher
}

export type Received = { status: number; header: (name: string) => string | undefined; bytes: Buffer }

/** Follows no redirects. Messages name neither the URL nor anything in it: it may hold a token. */
export async function exchange(url: URL, { timeoutMs, maxBytes, ...rest }: Exchange): Promise<Received> {
  try {
    const { statusCode, headers, body } = await request(url, {
      ...rest,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
    })
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length
      // Leaving the loop destroys the body.
      if (length > maxBytes) throw tooLarge(rest.method, maxBytes)
      chunks.push(chunk)
    }
    const header = (name: string) => {
      const value = headers[name]
      return Array.isArray(value) ? value[0] : value
    }
    return { status: statusCode, header, bytes: Buffer.concat(chunks, length) }
  } catch (error) {
    const ours = [error, error instanceof Error ? error.cause : undefined].find(
      (it) => it instanceof MediaError || it instanceof NetworkError,
    )
    if (ours) throw ours
    const code = codeOf(error)
    throw new NetworkError(`the exchange failed: ${code}`, {
      maybeDelivered: !NEVER_ARRIVED.test(code),
      cause: error,
    })
  }
}

/** What was posted has arrived, whatever the answer to it is. */
const tooLarge = (method: Exchange['method'], maxBytes: number): Error =>
  method === 'POST'
    ? new NetworkError(`more than ${maxBytes} bytes were answered`, { maybeDelivered: true })
    : new MediaError('size', `more than ${maxBytes} bytes were sent`)

/** Nothing was sent: no name, no connection, no trust. */
const NEVER_ARRIVED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|.*_CERT|.*_CERT_.*|UNABLE_TO_.*)$/

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
