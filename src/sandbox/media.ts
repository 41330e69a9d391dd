import { createCipheriv, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Attachment } from './world.ts'

/** Files WeCom keeps for a while: temporary media by id (3 days) and the robot's downloads (5 minutes). */

const MEDIA_LIVES_MS = 3 * 24 * 3_600_000
export const DOWNLOAD_LIVES_MS = 5 * 60_000
/** The sandbox keeps so many files and forgets the oldest. */
const MOST_FILES = 500

type Kept = Attachment & { type: string; owner: string; until: number }

export function openMediaShelf(clock: Clock) {
  const kept = new Map<string, Kept>()
  const keep = (attachment: Attachment, type: string, owner: string, livesMs: number): string => {
    const id = `${owner}-${randomUUID().replaceAll('-', '')}`
    kept.set(id, { ...attachment, type, owner, until: clock.now().getTime() + livesMs })
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_FILES) break
      kept.delete(oldest)
    }
    return id
  }
  return {
    /** Temporary media of the corp or of one group robot; `owner` says whose. */
    upload: (attachment: Attachment, type: string, owner: string) =>
      keep(attachment, type, owner, MEDIA_LIVES_MS),
    /** A file a person sent to the robot. */
    offer: (attachment: Attachment) => keep(attachment, 'download', 'robot', DOWNLOAD_LIVES_MS),
    /** The file, unless it is unknown, another's, or too old. */
    find(id: string, owner: string): Kept | undefined {
      const file = kept.get(id)
      return file && file.owner === owner && file.until >= clock.now().getTime() ? file : undefined
    },
  }
}

export type MediaShelf = ReturnType<typeof openMediaShelf>

/** Encrypts a file as the robot's media host does (crypto §8): AES-256-CBC of the bare bytes, PKCS#7 to 32. */
export function encryptMedia(encodingAesKey: string, bytes: Uint8Array): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const pad = 32 - (bytes.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(pad, pad)), cipher.final()])
}

/** Pictures are PNG or JPG (path 90253, 91770), told by their first bytes. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  if (start === '89504e470d0a1a0a') return 'image/png'
  return start.startsWith('ffd8ff') ? 'image/jpeg' : undefined
}

/** A header that carries any file name. */
export const asAttachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
