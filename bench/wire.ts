import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { openEnvelope, sealEnvelope, type CallbackKeys } from '../src/wecom/envelope.ts'

export const keys: CallbackKeys = {
  token: 'SheQuBeiAn2026Tok',
  aesKey: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
  receiveId: '',
}

/** One robot callback as it goes over the wire, whole, so that sending it costs the generator next to nothing. */
export function callback(from: string, text: string): Buffer {
  const message = JSON.stringify({
    msgid: randomBytes(12).toString('hex'),
    aibotid: 'aibBench01',
    chattype: 'single',
    from: { userid: from },
    msgtype: 'text',
    text: { content: text },
  })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = String(randomBytes(4).readUInt32BE())
  const { encrypted, signature } = sealEnvelope(keys, message, timestamp, nonce)
  const body = JSON.stringify({ encrypt: encrypted })
  const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`
  return Buffer.from(
    `POST /wecom/robot?${query} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  )
}

/** What the robot said, taken out of its envelope; '' where it said nothing. */
export function heard(body: Buffer): string {
  if (body.length === 0) return ''
  const reply = JSON.parse(body.toString()) as {
    encrypt: string
    msgsignature: string
    timestamp: number
    nonce: string
  }
  const query = { signature: reply.msgsignature, timestamp: String(reply.timestamp), nonce: reply.nonce }
  const opened = JSON.parse(openEnvelope(keys, query, reply.encrypt, new Date())) as {
    stream?: { content?: string }
  }
  return opened.stream?.content ?? ''
}

/** One kept-alive connection that has one request under way at a time. */
export class Lane {
  readonly #socket: Socket
  #got: Buffer = Buffer.alloc(0)
  #done: ((body: Buffer) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (piece) => this.#take(piece))
    socket.on('error', (error) => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('the server hung up')))
  }

  static open(port: number): Promise<Lane> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Lane(socket)))
      socket.once('error', reject)
    })
  }

  /** The body of the answer; rejects unless it is 200. */
  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#failed = reject
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#done = this.#failed = undefined
    this.#socket.destroy()
  }

  #take(piece: Buffer): void {
    this.#got = this.#got.length === 0 ? piece : Buffer.concat([this.#got, piece])
    const end = this.#got.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#got.toString('latin1', 0, end)
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    if (this.#got.length < end + 4 + length) return
    const body = this.#got.subarray(end + 4, end + 4 + length)
    this.#got = this.#got.subarray(end + 4 + length)
    if (head.startsWith('HTTP/1.1 200')) this.#done?.(body)
    else this.#failed?.(new Error(`${head.split('\r\n')[0]}: ${body.toString()}`))
  }
}
