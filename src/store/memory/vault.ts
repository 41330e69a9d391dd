import type { z } from 'zod'
import { StoreError } from '../error.ts'
import type { Seal } from '../seal.ts'

/**
 * Values kept open, the most recently used ones, up to so many characters of their sealed texts: a person in
 * mid-conversation is not read anew every turn, nor is a whole district whenever it is looked through.
 */
const KEPT_CHARACTERS = 48 * 1024 * 1024
const LONGEST_TEXT = 1024 * 1024

/** Seals values into rows, and opens and checks them when they are wanted. */
export type Vault = {
  /** `record` names what the value belongs to, for example `session:wang`; each has one schema. */
  seal(record: string, value: unknown): string
  /** The value, which nobody can change. Throws StoreError when it is not what it should be. */
  open<T>(record: string, sealed: string, schema: z.ZodType<T>): T
}

export function createVault(seal: Seal): Vault {
  const kept = new Map<string, { sealed: string; value: unknown }>()
  let characters = 0

  function drop(record: string): void {
    characters -= kept.get(record)?.sealed.length ?? 0
    kept.delete(record)
  }

  function keep(record: string, sealed: string, value: unknown): void {
    drop(record)
    kept.set(record, { sealed, value: frozen(value) })
    characters += sealed.length
    for (const oldest of kept.keys()) {
      if (characters <= KEPT_CHARACTERS) return
      drop(oldest)
    }
  }

  function read<T>(record: string, sealed: string, schema: z.ZodType<T>): T {
    const result = schema.safeParse(JSON.parse(seal.open(sealed, record)))
    if (result.success) return result.data
    // Only where and what kind: the values are personal.
    const places = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')
    throw new StoreError(`${record} is not what this version of the program keeps there (${places})`)
  }

  return {
    seal(record, value) {
      const text = JSON.stringify(value)
      if (text.length > LONGEST_TEXT) {
        throw new StoreError(`${record} is too large: ${text.length} of ${LONGEST_TEXT} characters`)
      }
      const sealed = seal.seal(text, record)
      // Most of what is sealed is never read again; what was read once will be.
      if (kept.has(record)) keep(record, sealed, value)
      return sealed
    },
    open<T>(record: string, sealed: string, schema: z.ZodType<T>) {
      const known = kept.get(record)
      const value = known?.sealed === sealed ? (known.value as T) : read(record, sealed, schema)
      keep(record, sealed, value)
      return value
    },
  }
}

/** Freezes a value and everything in it. What is frozen already is so in its depth: then only the new parts cost. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
