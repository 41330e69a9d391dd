import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openEnvelope, sealEnvelope } from '../src/wecom/envelope.ts'
import { keys } from './wire.ts'

// The limit everything is measured against: a server that verifies, decrypts, encrypts, and knows nothing.

/** As long as the answer to a typical question. */
const answer = JSON.stringify({
  msgtype: 'stream',
  stream: {
    id: 'AAAAAAAAAAAAAAAA',
    finish: true,
    content: `【活动场所地址及面积】第4题/共24题\n${'平时在哪里活动，'.repeat(8)}`,
  },
})

let turns = 0
const server = createServer((request, response) => {
  if (request.url === '/metrics') {
    const { user, system } = process.cpuUsage()
    response.end(
      `process_cpu_seconds_total ${(user + system) / 1e6}\nfiling_turn_seconds_count{channel="robot"} ${turns}\n`,
    )
    return
  }
  turns++
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const { searchParams } = new URL(request.url ?? '', 'http://bench')
    const parameter = (name: string) => searchParams.get(name) ?? ''
    const query = {
      signature: parameter('msg_signature'),
      timestamp: parameter('timestamp'),
      nonce: parameter('nonce'),
    }
    const now = new Date()
    const { encrypt } = JSON.parse(Buffer.concat(pieces).toString()) as { encrypt: string }
    JSON.parse(openEnvelope(keys, query, encrypt, now))
    const timestamp = Math.floor(now.getTime() / 1000)
    const sealed = sealEnvelope(keys, answer, String(timestamp), query.nonce)
    const body = JSON.stringify({
      encrypt: sealed.encrypted,
      msgsignature: sealed.signature,
      timestamp,
      nonce: query.nonce,
    })
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ msg: 'listening', port: (server.address() as AddressInfo).port }))
})
