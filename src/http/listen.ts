import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'

export type Listening = {
  port: number
  /** Takes no new requests, finishes the running ones, and gives up on those that last longer than `graceMs`. */
  close(graceMs?: number): Promise<void>
}

/** A callback has at most 1 MiB and five seconds; a slow sender must not hold a socket for longer. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  /** More are closed at once; each may hold a request of 1 MiB. */
  maxConnections: 1_000,
}
export type Patience = typeof PATIENCE

/** Puts the application on a port (0: any free one). Rejects when the port is taken. */
export async function listen(
  app: Koa,
  { host, port }: { host: string | undefined; port: number },
  { maxConnections, ...patience } = PATIENCE,
): Promise<Listening> {
  const handle = app.callback()
  const running = new Set<ServerResponse>()
  const server = createServer(
    {
      ...patience,
      keepAliveTimeout: 30_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      running.add(response)
      response.once('close', () => running.delete(response))
      void handle(request, response)
    },
  )
  server.maxHeadersCount = 100
  server.maxConnections = maxConnections
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
