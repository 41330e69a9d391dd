import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { ledger } from '../../src/commands/ledger.ts'
import { oldLedger, type Cell } from '../ledger/old-ledger.ts'
import type { Trial } from './trial.ts'

/** Imports an old ledger while the bot is stopped, as of a moment. Every row must be taken. */
export async function takeOver(trial: Trial, rows: Record<string, Cell>[], now: string): Promise<void> {
  const file = path.join(trial.folder, 'old.xlsx')
  await writeFile(file, await oldLedger(rows, [...new Set(rows.flatMap(Object.keys))]))
  await trial.restart(async () => {
    const { problems } = await ledger(['import', file], trial.environment, { now: () => new Date(now) })
    expect(problems).toEqual([])
  })
}
