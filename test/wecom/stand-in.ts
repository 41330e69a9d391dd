/** An HTTP server that answers as a test says and remembers what was asked. */

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = {
  method: string
  path: string
  query: Record<string, string>
  body: Buffer
  type: string
}
export type Answering = (
  asked: Asked,
) => object | { status: number; headers?: Record<string, string>; bytes: Buffer } | 'hang up' | 'silence'

export async function openStandIn(answering: Answering) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const one = await read(request)
    asked.push(one)
    const answer = answering(one)
    if (answer === 'silence') return
    if (answer === 'hang up') return void request.socket.destroy()
    if ('bytes' in answer && Buffer.isBuffer(answer.bytes)) {
      const { status, headers, bytes } = answer as {
        status: number
        headers?: Record<string, string>
        bytes: Buffer
      }
      response.writeHead(status, headers).end(bytes)
      return
    }
    response.writeHead(200, { 'Content-Type': 'application/json; charset=UTF-8' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    asked,
    port,
    base: `http://127.0.0.1:${port}`,
    to: (path: string) => asked.filter((one) => one.path === path),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const url = new URL(request.url ?? '/', 'http://stand-in')
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: Buffer.concat(chunks),
    type: request.headers['content-type'] ?? '',
  }
}
