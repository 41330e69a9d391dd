import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Hands requests to instances in turn; one that breaks off goes to the next instance, as a balancer is told to. */
export async function startBalancer(
  ports: readonly number[],
): Promise<{ url: string; stop(): Promise<void> }> {
  let turn = 0
  const ask = (port: number, { method, url, headers }: IncomingMessage, body: Buffer) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(pieces) }),
        )
      })
      asked.on('error', reject)
      asked.end(body)
    })
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = []
    incoming.on('data', (piece: Buffer) => pieces.push(piece))
    incoming.on('end', async () => {
      const body = Buffer.concat(pieces)
      for (let tries = 0; tries < 2 * ports.length; tries++) {
        const answer = await ask(ports[turn++ % ports.length]!, incoming, body).catch(() => undefined)
        if (!answer || answer.status === 503) continue
        outgoing.writeHead(answer.status, answer.headers).end(answer.body)
        return
      }
      outgoing.writeHead(502).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
