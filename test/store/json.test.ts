import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { StoreError } from '../../src/store/error.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { FilingRow } from '../../src/store/memory/rows.ts'
import type { Store } from '../../src/store/store.ts'
import { describeKeeping } from './contract-keeping.ts'
import { describeMatters } from './contract-matters.ts'
import { describeStore } from './contract.ts'
import { sessionOf } from './invented.ts'
import { MemoryDisk } from './memory-disk.ts'

const dataKeys = [Buffer.alloc(32, 1)]
const inMemory = (disk: MemoryDisk): Promise<Store> => openJsonStore({ folder: '/data', dataKeys, disk })

for (const describeContract of [describeStore, describeKeeping, describeMatters]) {
  describeContract('json', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'store-'))
    return {
      open: (clock) => openJsonStore({ folder, dataKeys, clock }),
      remove: () => rm(folder, { recursive: true }),
    }
  })
}

afterEach(() => void vi.useRealTimers())

test('a transaction that never ends is given up after ten seconds, and the next one goes on', async () => {
  const store = await inMemory(new MemoryDisk())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let started = (): void => {}
  const isRunning = new Promise<void>((resolve) => (started = resolve))
  const stuck = store.transact(async (tx) => {
    started()
    await tx.saveSession('wang', sessionOf('1'))
    await new Promise(() => {})
  })
  const next = store.transact((tx) => tx.getSession('wang'))
  const given = expect(stuck).rejects.toThrow(StoreError)
  await isRunning
  await vi.advanceTimersByTimeAsync(10_000)
  await given
  expect((await next).listed).toEqual([])
  await store.close()
})

test('a session that grew beyond all reason is refused, and what was there stays', async () => {
  const store = await inMemory(new MemoryDisk())
  await store.transact((tx) => tx.saveSession('wang', sessionOf('1')))
  const huge = { ...sessionOf('1'), listed: Array.from({ length: 200_000 }, () => '12345678') }
  await expect(store.transact((tx) => tx.saveSession('wang', huge))).rejects.toThrow(/too large/)
  expect(await store.transact((tx) => tx.getSession('wang'))).toEqual(sessionOf('1'))
  await store.close()
})

test('a session that is not one any more says where, and not what it holds', async () => {
  const store = await inMemory(new MemoryDisk())
  const broken: unknown = { ...sessionOf('1'), explained: '19900001234' }
  await store.transact((tx) => tx.saveSession('wang', broken as never))
  const error = await store.transact((tx) => tx.getSession('wang')).catch(String)
  expect(error).toMatch(/session:wang .*explained/)
  expect(error).not.toContain('19900001234')
  await store.close()
})

test('a lock that names no living process is taken over, by one of two who try at once', async () => {
  const stale = ['', '{"pid":4194999,"started":"1","boot":"b"}', 'half a lo']
  // After a restart of the machine another process may have got the same number.
  const sameNumber = JSON.stringify({ pid: process.pid, started: '1', boot: 'b' })
  for (const lock of [...stale, sameNumber]) {
    const disk = new MemoryDisk()
    disk.put('/data/lock', Buffer.from(lock))
    const tried = await Promise.allSettled([inMemory(disk), inMemory(disk)])
    const opened = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(opened).toHaveLength(1)
    await opened[0]?.close()
    expect([...disk.files().keys()]).not.toContain('/data/lock')
  }
})

test('a filing that was written before there was a review has the status that follows from what happened', () => {
  const old = {
    caseNumber: '2026-0001',
    kind: 'initial',
    applicant: 'wang',
    organizationName: '明珠社区夕阳红志愿服务队',
    place: '450205001008',
    sealed: 'x',
  }
  expect(FilingRow.parse({ ...old, happened: ['submitted', 'withdrawn'] })).toEqual({
    ...old,
    status: 'withdrawn',
  })
  expect(FilingRow.safeParse(old).success).toBe(false)
})
