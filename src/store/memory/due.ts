import type { UserId } from '../../messages.ts'
import { KEEPS_ORDER } from '../store.ts'
import type { DeliveryRow } from './rows.ts'

export const keepsOrder = ({ type }: DeliveryRow): boolean => KEEPS_ORDER.some((one) => one === type)

/**
 * Chooses what to lease at `now` among the open deliveries, oldest first. A delivery that is out, or failed and
 * waits for its next attempt, holds back the younger ones of its person; one merely put off does not.
 */
export function chooseDue(
  open: readonly [string, DeliveryRow][],
  now: string,
  leaseUntil: string,
  limit: number,
): [string, DeliveryRow][] {
  const due: [string, DeliveryRow][] = []
  const held = new Set<UserId>()
  for (const [key, row] of open) {
    if (due.length >= limit) break
    if (keepsOrder(row) && held.has(row.to)) continue
    const isOut = row.state === 'leased'
    if (isOut ? isOver(row, now, leaseUntil) : row.dueAt <= now) due.push([key, row])
    else if (keepsOrder(row) && (isOut || row.problem !== undefined)) held.add(row.to)
  }
  return due
}

/** Ran out, or was taken at a time that has not come yet. */
const isOver = ({ leasedUntil = '', leasedAt = '' }: DeliveryRow, now: string, leaseUntil: string): boolean =>
  leasedUntil <= now || leasedAt > leaseUntil
