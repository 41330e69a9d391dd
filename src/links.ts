import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { DocumentRef, UserId } from './messages.ts'

/** A link to a produced file opens this long (contract: 24 hours). */
export const LINK_LIFETIME_MS = 24 * 60 * 60 * 1000

export type Link = {
  document: DocumentRef
  /** The only person it was made for. */
  person: UserId
  expiresAt: Date
}

const Payload = z.tuple([
  z.enum(['draft', 'filing', 'charter', 'ledger', 'reports', 'person', 'checklist', 'chart']),
  z.string(),
  z.string(),
  z.enum(['docx', 'xlsx', 'png']),
  z.string(),
  z.int(),
  z.boolean(),
])

const NONCE = 12
const TAG = 16
const LONGEST = 2000

/** The data key also encrypts the store; links get keys of their own. */
export type LinkKey = { nonce: Buffer; text: Buffer }

export const linkKeyOf = (key: Buffer): LinkKey => ({
  nonce: derived(key, 'nonce'),
  text: derived(key, 'text'),
})

const derived = (key: Buffer, use: 'nonce' | 'text'): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `file link ${use}`, 32))

/**
 * A url-safe token that says nothing to whoever sees it and only opens beside the name it was made for, which the
 * URL carries. The same link gives the same token, so that a redelivered message gets the same reply: the nonce is
 * a digest of what is encrypted (as in AES-SIV).
 */
export function signLink(key: LinkKey, { document, person, expiresAt }: Link): string {
  const { of, id, paper, format, name, masked = false } = document
  const payload: z.infer<typeof Payload> = [of, id, paper, format, person, expiresAt.getTime(), masked]
  const text = Buffer.from(JSON.stringify(payload))
  const nonce = createHmac('sha256', key.nonce).update(text).update(name).digest().subarray(0, NONCE)
  const cipher = createCipheriv('aes-256-gcm', key.text, nonce)
  cipher.setAAD(Buffer.from(name))
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  )
}

/** What token and name were made for; undefined when not made with one of these keys, altered, or expired. */
export function openLink(keys: readonly LinkKey[], token: string, name: string, now: Date): Link | undefined {
  if (token.length > LONGEST) return undefined
  const bytes = Buffer.from(token, 'base64url')
  // Several spellings decode to the same bytes; only ours counts.
  if (bytes.toString('base64url') !== token || bytes.length <= NONCE + TAG) return undefined
  const text = keys.map((key) => decrypt(key, bytes, name)).find((text) => text !== undefined)
  if (text === undefined) return undefined
  const [of, id, paper, format, person, expiry, masked] = Payload.parse(JSON.parse(text))
  if (expiry <= now.getTime()) return undefined
  return {
    document: { of, id, paper, format, name, ...(masked ? { masked: true as const } : {}) },
    person,
    expiresAt: new Date(expiry),
  }
}

function decrypt(key: LinkKey, bytes: Buffer, name: string): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key.text, bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  })
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(bytes.subarray(-TAG))
  const text = decipher.update(bytes.subarray(NONCE, -TAG))
  try {
    return Buffer.concat([text, decipher.final()]).toString()
  } catch {
    // The tag does not fit: the only thing `final` can complain about.
    return undefined
  }
}
