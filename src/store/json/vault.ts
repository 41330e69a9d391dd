import type { z } from 'zod'
import { StoreError } from '../error.ts'
import type { Seal } from '../seal.ts'

/** Texts kept open, the most recently used ones: a person in mid-conversation is not decrypted every turn. */
const KEPT_OPEN = 1000
const LONGEST_TEXT = 1024 * 1024

/** Seals values into rows, and opens and checks them when they are wanted. */
export type Vault = {
  /** `record` names what the value belongs to, for example `session:wang`. */
  seal(record: string, value: unknown): string
  /** A value of its own: changing it changes nothing here. Throws StoreError when it is not what it should be. */
  open<T>(record: string, sealed: string, schema: z.ZodType<T>): T
}

export function createVault(seal: Seal): Vault {
  const kept = new Map<string, { sealed: string; text: string }>()

  function keep(record: string, sealed: string, text: string): void {
    kept.delete(record)
    kept.set(record, { sealed, text })
    if (kept.size <= KEPT_OPEN) return
    for (const oldest of kept.keys()) return void kept.delete(oldest)
  }

  function textOf(record: string, sealed: string): string {
    const known = kept.get(record)
    const text = known?.sealed === sealed ? known.text : seal.open(sealed, record)
    keep(record, sealed, text)
    return text
  }

  return {
    seal(record, value) {
      const text = JSON.stringify(value)
      if (text.length > LONGEST_TEXT) {
        throw new StoreError(`${record} is too large: ${text.length} of ${LONGEST_TEXT} characters`)
      }
      const sealed = seal.seal(text, record)
      // Most of what is sealed is never read again; what was read once will be.
      if (kept.has(record)) keep(record, sealed, text)
      return sealed
    },
    open(record, sealed, schema) {
      const result = schema.safeParse(JSON.parse(textOf(record, sealed)))
      if (result.success) return result.data
      // Only where and what kind: the values are personal.
      const places = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')
      throw new StoreError(`${record} is not what this version of the program keeps there (${places})`)
    },
  }
}
