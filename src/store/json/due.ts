import type { UserId } from '../../messages.ts'
import type { DeliveryRow } from './rows.ts'

/** What the app sends to one person arrives in the order it was promised; the other ways have no order. */
const keepsOrder = (row: DeliveryRow): boolean => ['message', 'document', 'letter'].includes(row.type)

/**
 * Chooses what to lease at `now` among the open deliveries, oldest first. A delivery that is out, or failed and
 * waits for its next attempt, holds back the younger ones of its person; one merely put off does not.
 */
export function chooseDue(
  open: readonly [string, DeliveryRow][],
  now: string,
  limit: number,
): [string, DeliveryRow][] {
  const due: [string, DeliveryRow][] = []
  const held = new Set<UserId>()
  for (const [key, row] of open) {
    if (due.length >= limit) break
    if (keepsOrder(row) && held.has(row.to)) continue
    const isOut = row.state === 'leased'
    const from = isOut ? row.leasedUntil : row.dueAt
    if (from === undefined || from <= now) due.push([key, row])
    else if (keepsOrder(row) && (isOut || row.problem !== undefined)) held.add(row.to)
  }
  return due
}
