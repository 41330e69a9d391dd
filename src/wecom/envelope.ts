/** The encrypted envelope every callback and every passive reply travels in. */

import { createDecipheriv, timingSafeEqual } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'

/** What the WeCom console and this program share. `receiveId` is the corp id for an app and '' for a robot. */
export type CallbackKeys = { token: string; aesKey: string; receiveId: string }

/** A callback that cannot be trusted or cannot be understood. Never carries what it contained. */
export class EnvelopeError extends Error {
  override name = 'EnvelopeError'
  kind: 'signature' | 'receiveId' | 'stale' | 'malformed'

  constructor(kind: EnvelopeError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** No page gives a largest clock skew (path 101033); nonces do not repeat within two hours, so this is well inside. */
const FRESH_SECONDS = 600

const AES_BLOCK = 16
/** WeCom pads to 32 bytes although the AES block has 16 (path 90968), so no library can take the padding off. */
const PAD_BLOCK = 32
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4

export function signature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return getSignature(token, timestamp, nonce, encrypted)
}

/**
 * Checks the signature and the age of a callback and returns the message inside.
 * @throws EnvelopeError for everything that may be wrong with it
 */
export function openEnvelope(
  keys: CallbackKeys,
  query: { signature: string; timestamp: string; nonce: string },
  encrypted: string,
  now: Date,
): string {
  if (!sameText(query.signature, signature(keys.token, query.timestamp, query.nonce, encrypted))) {
    throw new EnvelopeError('signature', 'the signature does not match')
  }
  if (!isFresh(query.timestamp, now)) {
    throw new EnvelopeError('stale', 'the timestamp is more than 10 minutes away')
  }
  return openFrame(decryptPadded(keys.aesKey, fromBase64(encrypted)), keys.receiveId)
}

/**
 * Opens a callback with whichever of the keys it was made with, so that the console and this program need not
 * change theirs at the same moment. The answer is sealed with the same ones.
 * @throws EnvelopeError
 */
export function openWithAny(
  all: readonly CallbackKeys[],
  query: { signature: string; timestamp: string; nonce: string },
  encrypted: string,
  now: Date,
): { keys: CallbackKeys; text: string } {
  let why: EnvelopeError | undefined
  for (const keys of all) {
    try {
      return { keys, text: openEnvelope(keys, query, encrypted, now) }
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error
      // That one of them fitted the signature says more than that another did not.
      if (!why || why.kind === 'signature') why = error
    }
  }
  throw why ?? new EnvelopeError('signature', 'there is no key')
}

/** Encrypts and signs a message; the signature covers the encrypted text. */
export function sealEnvelope(
  keys: CallbackKeys,
  message: string,
  timestamp: string,
  nonce: string,
): { encrypted: string; signature: string } {
  const encrypted = encrypt(keys.aesKey, message, keys.receiveId)
  return { encrypted, signature: signature(keys.token, timestamp, nonce, encrypted) }
}

/**
 * A file sent to the robot: the bare bytes, without the frame of a message (path 100719). One of the keys fits;
 * another may seem to, by a last byte that looks like padding of one. The longest padding is the true one.
 * @throws EnvelopeError when it was not encrypted with any of these keys
 */
export function decryptMedia(aesKeys: readonly string[], bytes: Buffer): Buffer {
  const fitting: Buffer[] = []
  let why: unknown
  for (const aesKey of aesKeys) {
    try {
      fitting.push(decryptPadded(aesKey, bytes))
    } catch (error) {
      why ??= error
    }
  }
  const [file] = fitting.sort((a, b) => a.length - b.length)
  if (!file) throw why
  return file
}

/** Frame: 16 random bytes, length of the message as four bytes, message, receive id (path 90968). */
function openFrame(frame: Buffer, receiveId: string): string {
  const start = RANDOM_BYTES + LENGTH_BYTES
  if (frame.length < start) throw new EnvelopeError('malformed', 'the frame is too short')
  const end = start + frame.readUInt32BE(RANDOM_BYTES)
  if (end > frame.length) throw new EnvelopeError('malformed', 'the message length is out of bounds')
  // The robot's receive id is the empty string, and must be exactly that: a wrong key leaves rubbish here.
  if (!frame.subarray(end).equals(Buffer.from(receiveId))) {
    throw new EnvelopeError('receiveId', 'the message is addressed to somebody else')
  }
  return frame.toString('utf8', start, end)
}

function decryptPadded(aesKey: string, bytes: Buffer): Buffer {
  if (bytes.length === 0 || bytes.length % AES_BLOCK !== 0) {
    throw new EnvelopeError('malformed', 'the encrypted length is not a multiple of 16')
  }
  const { key, iv } = decodeKey(aesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const padded = decipher.update(bytes)
  decipher.final()
  return withoutPadding(padded)
}

function withoutPadding(padded: Buffer): Buffer {
  const count = padded[padded.length - 1] ?? 0
  if (count < 1 || count > PAD_BLOCK || count > padded.length) {
    throw new EnvelopeError('malformed', 'the padding is wrong')
  }
  const length = padded.length - count
  for (let at = length; at < padded.length; at++) {
    if (padded[at] !== count) throw new EnvelopeError('malformed', 'the padding is wrong')
  }
  return padded.subarray(0, length)
}

/** Node skips what is not Base64; here that would be a changed message. */
function fromBase64(text: string): Buffer {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw new EnvelopeError('malformed', 'the message is not Base64')
  }
  return Buffer.from(text, 'base64')
}

function isFresh(timestamp: string, now: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= FRESH_SECONDS
}

function sameText(given: string, expected: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Decoding costs little but happens twice a turn; a process knows a handful of keys. */
const decodedKeys = new Map<string, { key: Buffer; iv: Buffer }>()

function decodeKey(aesKey: string): { key: Buffer; iv: Buffer } {
  const known = decodedKeys.get(aesKey)
  if (known) return known
  const key = Buffer.from(`${aesKey}=`, 'base64')
  if (key.length !== 32) throw new Error('an EncodingAESKey has 43 characters and decodes to 32 bytes')
  const decoded = { key, iv: key.subarray(0, 16) }
  decodedKeys.set(aesKey, decoded)
  return decoded
}
