import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomFillSync } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** A sealed value cannot be opened: its key is missing, or it was changed or moved to another record. */
export class SealError extends Error {
  override name = 'SealError'
}

/** Encrypts JSON text as `k<key id>.<base64url>` (AES-256-GCM) and opens it again. */
export type Seal = {
  /** `record` (for example `session:wang`) is authenticated with the text: it opens for no other record. */
  seal(text: string, record: string): string
  /** Throws SealError. */
  open(sealed: string, record: string): string
  /** Throws SealError, naming the key id, when the key of a sealed text is not there. */
  requireKey(sealed: string): void
  /** Whether a text was sealed with the first key, the one that seals now. */
  isCurrent(sealed: string): boolean
}

/** The key for one purpose (`seal`, `links`), so that no two uses share key bytes (HKDF-SHA-256). */
export function deriveKey(dataKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `filing-guide ${purpose}`, KEY_BYTES))
}

/** Names a key in sealed texts and messages; tells nothing about it. */
export const keyId = (dataKey: Buffer): string =>
  createHash('sha256').update(dataKey).digest('hex').slice(0, 8)

/** The first key seals; the others only open what they sealed before. */
export function createSeal(dataKeys: readonly Buffer[]): Seal {
  const [current] = dataKeys
  if (current === undefined || dataKeys.some((key) => key.length !== KEY_BYTES)) {
    throw new SealError(`DATA_KEY must hold at least one key, each of ${KEY_BYTES} bytes`)
  }
  const keys = new Map(dataKeys.map((key) => [keyId(key), deriveKey(key, 'seal')]))
  const sealingKey = deriveKey(current, 'seal')
  const prefix = `k${keyId(current)}.`
  const nextNonce = createNonces()

  function keyOf(sealed: string): Buffer {
    const id = /^k([0-9a-f]{8})\./.exec(sealed)?.[1]
    if (id === undefined) throw new SealError('not a sealed value')
    const key = keys.get(id)
    if (key === undefined) throw new SealError(`DATA_KEY 中缺少编号为 ${id} 的密钥，数据是用它加密的。`)
    return key
  }

  return {
    seal(text, record) {
      // Random nonces are safe for some 2^32 values of one key: a hundred a minute for eighty years.
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(record))
      const body = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return prefix + Buffer.concat(body).toString('base64url')
    },

    open(sealed, record) {
      const key = keyOf(sealed)
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(Buffer.from(record)).setAuthTag(bytes.subarray(-TAG_BYTES))
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        decipher.final() // throws unless everything is as it was sealed
        return text.toString('utf8')
      } catch (cause) {
        throw new SealError(`${record} was changed or does not belong here`, { cause })
      }
    },

    requireKey: (sealed) => void keyOf(sealed),
    isCurrent: (sealed) => sealed.startsWith(prefix),
  }
}

/** Random nonces, drawn many at a time: asking the system for twelve bytes costs as much as encrypting a session. */
function createNonces(): () => Buffer {
  const pool = Buffer.alloc(256 * NONCE_BYTES)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += NONCE_BYTES
    return pool.subarray(used - NONCE_BYTES, used)
  }
}
