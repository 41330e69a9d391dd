import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDoor, robotText, sealed, robotKeys, toRobot } from './door.ts'

const patience = {
  headersTimeout: 100,
  requestTimeout: 200,
  connectionsCheckingInterval: 20,
  maxConnections: 20,
}

let door: Awaited<ReturnType<typeof openDoor>>
beforeEach(async () => {
  door = await openDoor({}, patience)
})
afterEach(() => door.close())

/** A client that sends what it likes; `heard` is all it was answered once the connection is closed. */
function client(text: string): { socket: Socket; heard: Promise<string> } {
  const socket = connect(Number(new URL(door.base).port), '127.0.0.1')
  let said = ''
  socket.on('data', (piece) => (said += piece.toString()))
  // Cut off without an answer is an end too.
  socket.on('error', () => {})
  socket.write(text)
  return { socket, heard: new Promise((resolve) => socket.once('close', () => resolve(said))) }
}

test('a head that does not come to its end is cut off, and people are served meanwhile', async () => {
  const slow = Array.from({ length: 10 }, () => client('POST /wecom/robot HTTP/1.1\r\nHost: x\r\nX-A: '))
  expect((await toRobot(door.base, robotText('同意'))).status).toBe(200)
  for (const { heard } of slow) expect(await heard).toMatch(/^HTTP\/1.1 408 /)
  expect(door.received).toHaveLength(1)
})

test('a body that does not come to its end is cut off and acts on nothing', async () => {
  const { query, encrypted } = sealed(robotKeys, JSON.stringify(robotText('同意')))
  const body = JSON.stringify({ encrypt: encrypted })
  const head = `POST /wecom/robot?${query} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
  const slow = client(head + body.slice(0, -1))
  expect((await toRobot(door.base, robotText('不同意'))).status).toBe(200)
  expect(await slow.heard).not.toContain('200 OK')
  expect(door.received).toHaveLength(1)
})

test('a body that trickles in has no more time than one that stands still', async () => {
  const { query } = sealed(robotKeys, '{}')
  const head = `POST /wecom/robot?${query} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n`
  const { socket, heard } = client(head)
  const trickle = setInterval(() => socket.write('a'), 10)
  expect(await heard).not.toContain('200 OK')
  clearInterval(trickle)
})

test('more connections than there may be are closed at once, and the next ones are served', async () => {
  await door.close()
  door = await openDoor({}, { ...patience, headersTimeout: 60_000, requestTimeout: 60_000 })
  const held = Array.from({ length: 20 }, () => client('GET /healthz HTTP/1.1\r\nHost: x\r\n'))
  await Promise.all(held.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
  expect(await client('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n').heard).toBe('')
  for (const { socket } of held) socket.destroy()
  await Promise.all(held.map(({ heard }) => heard))
  await vi.waitFor(async () => expect(await (await fetch(`${door.base}/healthz`)).text()).toBe('ok'))
})

test('a head of more than 16 KiB, or of more than HTTP, is refused', async () => {
  const long = client(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`)
  expect(await long.heard).toMatch(/^HTTP\/1.1 431 /)
  expect(await client('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03').heard).toMatch(/^HTTP\/1.1 400 /)
})
