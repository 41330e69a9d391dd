/** Callbacks as WeCom makes them, one by one: what is sent, in what order and how often is the test's own affair. */

import { openEnvelope, sealEnvelope } from '../../src/wecom/envelope.ts'
import { robot, type Trial } from '../support/trial.ts'

const keys = { token: robot.token, aesKey: robot.aesKey, receiveId: '' }
const NONCE = '480215937'

export type Knock = { msgid: string; from: string; text: string; at?: Date }

/** The address and body of one delivery; sent twice it is the same to the last byte. */
export function delivery({ msgid, from, text, at = new Date() }: Knock): { search: string; body: string } {
  const message = {
    msgid,
    aibotid: 'aibSQBA01',
    chattype: 'single',
    from: { userid: from },
    msgtype: 'text',
    text: { content: text },
  }
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const { encrypted, signature } = sealEnvelope(keys, JSON.stringify(message), timestamp, NONCE)
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce: NONCE })
  return { search: String(query), body: JSON.stringify({ encrypt: encrypted }) }
}

export const send = (base: string, { search, body }: ReturnType<typeof delivery>): Promise<Response> =>
  fetch(`${base}/wecom/robot?${search}`, { method: 'POST', body })

export type Stream = { id: string; finish: boolean; content: string }

/** What the person reads. */
export async function answerIn(response: Response): Promise<Stream> {
  const sealed = (await response.json()) as Record<'encrypt' | 'msgsignature' | 'nonce', string> & {
    timestamp: number
  }
  const query = { signature: sealed.msgsignature, timestamp: String(sealed.timestamp), nonce: sealed.nonce }
  const text = openEnvelope(keys, query, sealed.encrypt, new Date(sealed.timestamp * 1000))
  return (JSON.parse(text) as { stream: Stream }).stream
}

export const baseOf = (trial: Trial): string => `http://127.0.0.1:${trial.app.port}`
export const nowOf = (trial: Trial): Date => trial.standIn.clock.now()
