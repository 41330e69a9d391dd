import type { UserId } from '../../messages.ts'
import { KEEPS_ORDER, type Outcome } from '../store.ts'
import type { DeliveryRow } from './rows.ts'

// What deliveries go through, row by row.

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

/** Out from `now` on. Who takes over from a process that died over it does not know whether it arrived. */
export function leasedRow(row: DeliveryRow, now: string, leaseUntil: string): DeliveryRow {
  const doubtfulSince = row.doubtfulSince ?? (row.state === 'leased' ? row.leasedAt : undefined)
  return {
    ...row,
    state: 'leased',
    leasedAt: now,
    leasedUntil: leaseUntil,
    attempts: row.attempts + 1,
    ...(doubtfulSince !== undefined && { doubtfulSince }),
  }
}

/** Back with how the attempt ended. To be put off is no attempt. */
export function settledRow(row: DeliveryRow, outcome: Outcome, now: string): DeliveryRow {
  const { state, dueAt = row.dueAt, problem, doubtful } = outcome
  const isPutOff = state === 'waiting' && problem === undefined
  const { leasedAt = now, leasedUntil: _lease, problem: _problem, ...rest } = row
  return {
    ...rest,
    state,
    dueAt,
    settledAt: now,
    attempts: row.attempts - (isPutOff && row.state === 'leased' ? 1 : 0),
    ...(doubtful && { doubtfulSince: row.doubtfulSince ?? leasedAt }),
    ...(problem !== undefined && { problem }),
  }
}

/** The states in which nothing more is to come. */
export const SETTLED = ['sent', 'failed', 'unknown', 'dropped'] as const

export const settledAtOf = (row: DeliveryRow): string => row.settledAt ?? row.enqueuedAt
