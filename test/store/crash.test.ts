import { describe, expect, test, vi } from 'vitest'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Store, Transaction } from '../../src/store/store.ts'
import { filingOf, messageTo, replyOf } from './invented.ts'
import { MemoryDisk, type Crash } from './memory-disk.ts'

const dataKeys = [Buffer.alloc(32, 1)]
const TURNS = 21

/** One turn as `receive` makes it: everything about turn `n` is written together. */
const turn = (n: number) => async (tx: Transaction) => {
  const number = await tx.nextNumber('cases')
  const session = await tx.getSession('wang')
  await tx.saveSession('wang', { ...session, listed: [...session.listed, String(n)] })
  await tx.saveReply(replyOf(`m${n}`))
  await tx.saveFiling(filingOf(String(n), { caseNumber: `2026-${number}` }))
  await tx.enqueue(messageTo('wang', `k${n}`))
}

/** Opens, works with several turns under way at once, closes. Resolves to the turns that were acknowledged. */
async function work(disk: MemoryDisk, acknowledged: Set<number>): Promise<void> {
  // Small, so that several snapshots fall within the turns.
  const store = await openJsonStore({ folder: '/data', dataKeys, disk, snapshotAfter: 6000 })
  const turns = Array.from({ length: TURNS }, (_, n) => n)
  for (let n = 0; n < TURNS; n += 3) {
    const together = turns.slice(n, n + 3)
    await Promise.all(together.map((n) => store.transact(turn(n)).then(() => acknowledged.add(n))))
  }
  await store.close()
}

/** Every turn is there whole or not at all; resolves to those that are. */
async function turnsIn(store: Store): Promise<number[]> {
  return store.transact(async (tx) => {
    const { listed } = await tx.getSession('wang')
    const there = listed.map(Number)
    for (let n = 0; n < TURNS; n++) {
      const parts = [
        await tx.findReply(`m${n}`),
        await tx.findFiling(String(n)),
        await tx.findDelivery(`k${n}`),
      ]
      const expected = there.includes(n) ? 3 : 0
      if (parts.filter((part) => part !== undefined).length !== expected) {
        throw new Error(`turn ${n} is there in part`)
      }
    }
    return there
  })
}

async function checkAfter(disk: MemoryDisk, acknowledged: Set<number>): Promise<void> {
  let store = await openJsonStore({ folder: '/data', dataKeys, disk })
  const there = await turnsIn(store)
  expect([...acknowledged].filter((n) => !there.includes(n))).toEqual([])
  expect(new Set(there).size).toBe(there.length)
  const next = await store.transact((tx) => tx.nextNumber('cases'))
  expect(next).toBe(there.length + 1)
  await store.close()
  store = await openJsonStore({ folder: '/data', dataKeys, disk })
  expect(await turnsIn(store)).toEqual(there)
  expect(await store.transact((tx) => tx.nextNumber('cases'))).toBe(next + 1)
  await store.close()
}

/** Works until the disk gives up at operation `crashAt`; resolves to the turns that were acknowledged. */
async function workUntil(disk: MemoryDisk, crashAt: number): Promise<Set<number>> {
  const acknowledged = new Set<number>()
  disk.crashAt = crashAt
  await expect(work(disk, acknowledged)).rejects.toThrow()
  return acknowledged
}

async function operationsOfAWholeRun(): Promise<number> {
  const disk = new MemoryDisk()
  await work(disk, new Set())
  return disk.operations
}

describe('a crash at any single operation of the disk', () => {
  const crashes: [string, Crash, number][] = [
    ['of the process', 'process', 1],
    ['of the machine that loses all that was not synced', 'power', 0],
    ['of the machine that keeps a part of what was not synced', 'power', 0.7],
  ]
  test.each(crashes)('%s loses nothing acknowledged and leaves nothing half', async (_, crash, share) => {
    const operations = await operationsOfAWholeRun()
    expect(operations).toBeGreaterThan(60)
    for (let at = 1; at <= operations; at++) {
      const disk = new MemoryDisk()
      const acknowledged = await workUntil(disk, at)
      disk.restart(crash, share)
      await checkAfter(disk, acknowledged)
    }
  })

  test('also while starting again after a crash', async () => {
    const interrupted = async (): Promise<{ disk: MemoryDisk; acknowledged: Set<number> }> => {
      const disk = new MemoryDisk()
      const acknowledged = await workUntil(disk, 50)
      disk.restart('power', 0.5)
      return { disk, acknowledged }
    }
    const { disk: probe } = await interrupted()
    await (await openJsonStore({ folder: '/data', dataKeys, disk: probe })).close()
    for (let at = 1; at <= probe.operations; at++) {
      const { disk, acknowledged } = await interrupted()
      disk.crashAt = at
      await openJsonStore({ folder: '/data', dataKeys, disk })
        .then((store) => store.close())
        .catch(() => {})
      disk.restart('power')
      await checkAfter(disk, acknowledged)
    }
  })

  test('and what was seen after it is there for good', async () => {
    const operations = await operationsOfAWholeRun()
    for (let at = 1; at <= operations; at++) {
      const disk = new MemoryDisk()
      await workUntil(disk, at)
      disk.restart('process')
      const seen = await turnsIn(await openJsonStore({ folder: '/data', dataKeys, disk }))
      disk.restart('power')
      await checkAfter(disk, new Set(seen))
    }
  })
})

describe('a disk that fails once', () => {
  test('stops the store when it was the journal, and nothing false was acknowledged', async () => {
    const operations = await operationsOfAWholeRun()
    for (let at = 1; at <= operations; at++) {
      const disk = new MemoryDisk()
      disk.failAt = at
      const acknowledged = new Set<number>()
      await work(disk, acknowledged).catch(() => {})
      disk.restart('process')
      await checkAfter(disk, acknowledged)
    }
  })

  test('does not stop the store when only the snapshot failed', async () => {
    const disk = new MemoryDisk()
    const reports: string[] = []
    const report = (line: string): void => void reports.push(line)
    const store = await openJsonStore({ folder: '/data', dataKeys, disk, report })
    await store.transact(turn(1))
    // Closing creates the next journal, syncs the folder, closes the old journal, then writes the snapshot.
    disk.failAt = disk.operations + 5
    await store.close()
    expect(reports).toHaveLength(1)
    const again = await openJsonStore({ folder: '/data', dataKeys, disk })
    expect(await turnsIn(again)).toEqual([1])
    await again.close()
  })

  test('never shows a reader what is not durable', async () => {
    const disk = new MemoryDisk()
    const store = await openJsonStore({ folder: '/data', dataKeys, disk })
    let go = (): void => {}
    disk.pause = new Promise((resolve) => (go = resolve))
    const writing = store.transact(turn(1))
    let read = false
    const reading = store.transact(async (tx) => {
      read = true
      return tx.getSession('wang')
    })
    await vi.waitUntil(() => read)
    disk.failAt = disk.operations + 1
    go()
    await expect(writing).rejects.toThrow(/磁盘/)
    await expect(reading).rejects.toThrow(/磁盘/)
    await store.close()
  })
})
