import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'

export type Listening = {
  port: number
  /** Takes no new requests, finishes the running ones, and gives up on those that last longer than `graceMs`. */
  close(graceMs?: number): Promise<void>
}

/** Puts the application on a port (0: any free one). Rejects when the port is taken. */
export async function listen(
  app: Koa,
  { host, port }: { host: string | undefined; port: number },
): Promise<Listening> {
  const handle = app.callback()
  const running = new Set<ServerResponse>()
  const server = createServer(
    {
      // A callback has at most 1 MiB and five seconds; a slow sender must not hold a socket for longer.
      requestTimeout: 15_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      running.add(response)
      response.once('close', () => running.delete(response))
      void handle(request, response)
    },
  )
  server.maxHeadersCount = 100
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs = 10_000) => close(server, running, graceMs),
  }
}

function close(server: Server, running: Set<ServerResponse>, graceMs: number): Promise<void> {
  // Without this a connection kept alive stays open behind the answer it is waiting for.
  for (const response of running) if (!response.headersSent) response.setHeader('Connection', 'close')
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(giveUp)
      resolve()
    })
    server.closeIdleConnections()
  })
}
