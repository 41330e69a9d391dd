import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** When a connection is cut: before a statement reaches the database, or after, before its answer comes back. */
export type Cut = { at: string; when: 'before' | 'after' }

/** A wire to a database that can be cut in the middle of what is said on it. */
export type Wire = {
  url: string
  /** Cuts the connection on which these words are said next. */
  cutNext(cut: Cut): void
  /** How many cuts were made. */
  cuts(): number
  close(): Promise<void>
}

export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl)
  const [port, host] = [Number(target.port), target.hostname]
  const open = new Set<Socket>()
  let next: Cut | undefined
  let made = 0
  const server = createServer((near) => {
    const far = connect(port, host)
    const end = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        open.delete(socket)
        end()
      })
    }
    let isCut = false
    near.on('data', (piece: Buffer) => {
      if (isCut) return
      if (next && piece.includes(next.at)) {
        isCut = true
        made++
        const { when } = next
        next = undefined
        if (when === 'before') return end()
      }
      far.write(piece)
    })
    // Once cut, the answer of the database is lost with the connection.
    far.on('data', (piece: Buffer) => (isCut ? end() : near.write(piece)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target.port = String((server.address() as AddressInfo).port)
  return {
    url: target.href,
    cutNext(cut) {
      next = cut
    },
    cuts: () => made,
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
