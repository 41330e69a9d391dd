import type { Seal } from '../seal.ts'
import type { Data } from '../memory/data.ts'
import { recordNames } from '../memory/records.ts'

/**
 * Checks that every sealed row can be opened by a key that is there, and seals anew with the current key what
 * an older one sealed; returns how many. After the snapshot that follows, the older key is not needed any more.
 * Throws SealError naming a missing key.
 */
export function renewSeals(data: Data, seal: Seal): number {
  let renewed = 0
  for (const [table, key, row] of data.copy()) {
    const record = recordNames[table]?.(key)
    if (record === undefined || !isSealed(row) || seal.isCurrent(row.sealed)) continue
    seal.requireKey(row.sealed)
    const sealed = seal.seal(seal.open(row.sealed, record), record)
    data.load([table, key, { ...row, sealed }])
    renewed++
  }
  return renewed
}

const isSealed = (row: unknown): row is { sealed: string } =>
  typeof row === 'object' && row !== null && 'sealed' in row && typeof row.sealed === 'string'
