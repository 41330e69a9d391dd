import { expect, test } from 'vitest'
import { openJsonStore } from '../../src/store/json/open.ts'
import { StoreError } from '../../src/store/error.ts'
import type { Transaction } from '../../src/store/store.ts'
import { replyOf } from './invented.ts'
import { MemoryDisk } from './memory-disk.ts'

const dataKeys = [Buffer.alloc(32, 1)]

async function opened() {
  const disk = new MemoryDisk()
  const reports: string[] = []
  const open = () =>
    openJsonStore({
      folder: '/data',
      dataKeys,
      disk,
      report: (line) => void reports.push(line),
      spareBytes: 1000,
    })
  return { disk, reports, open, store: await open() }
}

const turn = (n: number) => (tx: Transaction) => tx.saveReply(replyOf(`m${n}`))

const there = (n: number) => async (tx: Transaction) => (await tx.findReply(`m${n}`)) !== undefined

test.each([
  ['full', 'ENOSPC', 'the disk is full'],
  ['read-only', 'EROFS', 'the file system is read-only'],
  ['failing', 'EIO', 'the disk does not read or write'],
] as const)('a disk that is %s stops the store until it works again', async (_, code, words) => {
  const { disk, reports, open, store } = await opened()
  await store.transact(turn(1))
  disk.refuses = code
  await expect(store.transact(turn(2))).rejects.toThrow(StoreError)
  expect(store.isReady()).toBe(false)
  for (let tries = 0; tries < 3; tries++) {
    await expect(store.transact(turn(3))).rejects.toThrow(`${code}: ${words}`)
    await expect(store.transact(there(1))).rejects.toThrow(/磁盘/)
  }
  // Once, however often it is tried.
  expect(reports).toEqual([expect.stringMatching(/不必重启.*disk/)])

  disk.refuses = undefined
  await store.transact(turn(4))
  expect(store.isReady()).toBe(true)
  expect(reports).toHaveLength(2)
  expect(reports[1]).toContain('继续接收')
  for (const [n, kept] of [true, false, false, true].entries()) {
    expect(await store.transact(there(n + 1)), `turn ${n + 1}`).toBe(kept)
  }
  await store.close()

  // What was taken back is not in the files either, and what was acknowledged is.
  disk.restart('power')
  const again = await open()
  expect(await again.transact(there(2))).toBe(false)
  expect(await again.transact(there(4))).toBe(true)
  await again.close()
})

test('a disk with a little room is not used again before there is more', async () => {
  const { disk, store } = await opened()
  await store.transact(turn(1))
  disk.refuses = 'ENOSPC'
  await expect(store.transact(turn(2))).rejects.toThrow(/磁盘/)
  // The journal is cut and the file opened, and then the disk is full again.
  disk.refuses = undefined
  disk.failAt = disk.operations + 4
  await expect(store.transact(turn(3))).rejects.toThrow(/磁盘/)
  expect(store.isReady()).toBe(false)
  await store.transact(turn(4))
  expect([...disk.files().keys()].sort()).toEqual(['/data/journal-1.jsonl', '/data/lock'])
  await store.close()
})

test('turns that waited for the same failed write are refused together, and none of them is half there', async () => {
  const { disk, store } = await opened()
  disk.refuses = 'ENOSPC'
  const turns = await Promise.allSettled([1, 2, 3].map((n) => store.transact(turn(n))))
  expect(turns.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  disk.refuses = undefined
  for (const n of [1, 2, 3]) expect(await store.transact(there(n))).toBe(false)
  await store.close()
})

test('a disk that is still full when the bot stops holds nothing back', async () => {
  const { disk, store, open } = await opened()
  await store.transact(turn(1))
  disk.refuses = 'ENOSPC'
  await expect(store.transact(turn(2))).rejects.toThrow()
  await store.close()
  await expect(store.transact(turn(3))).rejects.toThrow('已关闭')
  await expect(open()).rejects.toThrow(/写不进去.*ENOSPC/)
  disk.refuses = undefined
  const again = await open()
  expect(await again.transact(there(1))).toBe(true)
  await again.close()
})

test('a folder that cannot be written is said at the start, in words', async () => {
  const disk = new MemoryDisk()
  disk.refuses = 'EROFS'
  await expect(openJsonStore({ folder: '/data', dataKeys, disk })).rejects.toThrow(
    '数据目录 /data 写不进去，请检查它的权限和磁盘空间。 (EROFS: the file system is read-only)',
  )
})
