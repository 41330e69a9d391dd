import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEnvelope, sealEnvelope, type CallbackKeys } from '../../src/wecom/envelope.ts'
import { appKeys, nonce, now, openDoor, robotKeys, robotText, timestamp } from './door.ts'

const before: CallbackKeys = { ...robotKeys, token: 'TokenBefore', aesKey: 'b'.repeat(42) + 'A' }
/** The console lets one of the two be changed alone. */
const halfway: CallbackKeys = { ...robotKeys, token: robotKeys.token, aesKey: 'c'.repeat(42) + 'A' }

let door: Awaited<ReturnType<typeof openDoor>>
beforeEach(async () => {
  door = await openDoor({ robot: { keys: [robotKeys, before, halfway], name: '备案助手' } })
})
afterEach(() => door.close())

const queryFor = (signature: string) => new URLSearchParams({ msg_signature: signature, timestamp, nonce })

function deliver(keys: CallbackKeys): Promise<Response> {
  const { encrypted, signature } = sealEnvelope(keys, JSON.stringify(robotText('同意')), timestamp, nonce)
  const body = JSON.stringify({ encrypt: encrypted })
  return fetch(`${door.base}/wecom/robot?${queryFor(signature)}`, { method: 'POST', body })
}

test.each([
  ['the present keys', robotKeys],
  ['the keys before', before],
  ['the present token and another key', halfway],
])('a message under %s is taken, and answered under the same ones', async (_, keys) => {
  const response = await deliver(keys)
  expect(response.status).toBe(200)
  const { encrypt, msgsignature } = (await response.json()) as { encrypt: string; msgsignature: string }
  const answer = openEnvelope(keys, { signature: msgsignature, timestamp, nonce }, encrypt, now)
  expect(JSON.parse(answer)).toMatchObject({ stream: { content: '您好' } })
  expect(door.received).toHaveLength(1)
})

test('the console is answered under the keys it is about to have', async () => {
  for (const keys of [robotKeys, before]) {
    const { encrypted, signature } = sealEnvelope(keys, '77132904', timestamp, nonce)
    const query = queryFor(signature)
    query.set('echostr', encrypted)
    expect(await (await fetch(`${door.base}/wecom/robot?${query}`)).text()).toBe('77132904')
  }
})

test('keys that are neither, and those of the other channel, are refused', async () => {
  expect((await deliver({ ...before, token: 'Third' })).status).toBe(403)
  expect((await deliver(appKeys)).status).toBe(403)
  expect((await deliver({ ...before, aesKey: 'd'.repeat(42) + 'A' })).status).toBe(400)
  expect((await deliver({ ...before, receiveId: 'ww1' })).status).toBe(403)
  expect(door.received).toEqual([])
})
