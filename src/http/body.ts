import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** The whole body as text. Rejects with a Refusal: 413 when it has more than `limit` bytes, 400 when it breaks off. */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return reject(new Refusal(413))
    const pieces: Buffer[] = []
    let bytes = 0
    request.on('data', (piece: Buffer) => {
      bytes += piece.length
      // What is too much still arrives, and is let go.
      if (bytes <= limit) pieces.push(piece)
      else reject(new Refusal(413))
    })
    request.on('end', () => resolve(Buffer.concat(pieces).toString()))
    request.on('error', (cause) => reject(new Refusal(400, { cause })))
  })
}
