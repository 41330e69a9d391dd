import { describe, expect, test } from 'vitest'
import { StoreError } from '../../src/store/error.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { keyId, SealError } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import { filingOf, idNumber, messageTo, phone, replyOf, said, sessionOf } from './invented.ts'
import { MemoryDisk } from './memory-disk.ts'

const dataKeys = [Buffer.alloc(32, 1)]
const journal = '/data/journal-2.jsonl'
const snapshot = '/data/snapshot.jsonl'

const open = (disk: MemoryDisk, report?: (line: string) => void): Promise<Store> =>
  openJsonStore({ folder: '/data', dataKeys, disk, ...(report && { report }) })

const work = (store: Store, mark: string): Promise<void> =>
  store.transact(async (tx) => {
    await tx.saveSession('wang', sessionOf(mark))
    await tx.saveFiling(filingOf(mark))
    await tx.saveReply(replyOf(mark))
    await tx.enqueue(messageTo('wang', mark))
  })

/** Five turns in the snapshot, five in the journal, and the process gone. */
async function used(): Promise<MemoryDisk> {
  const disk = new MemoryDisk()
  let store = await open(disk)
  for (let n = 0; n < 5; n++) await work(store, String(n))
  await store.close()
  store = await open(disk)
  for (let n = 5; n < 10; n++) await work(store, String(n))
  disk.restart('process')
  return disk
}

const bytesOf = (disk: MemoryDisk, file: string): Buffer => disk.files().get(file) ?? Buffer.alloc(0)
const linesOf = (disk: MemoryDisk, file: string): string[] => bytesOf(disk, file).toString().split('\n')

/** The start is refused with the file and line, and nothing on disk is touched. */
async function expectRefused(disk: MemoryDisk, place: RegExp): Promise<void> {
  const before = disk.files()
  const error = await open(disk).then(
    () => expect.unreachable('opened a damaged store'),
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(StoreError)
  expect(String(error)).toMatch(place)
  expectUntouched(disk, before)
}

/** The disk in memory replaces the bytes of a file when it writes, so the same bytes were not written to. */
function expectUntouched(disk: MemoryDisk, before: Map<string, Buffer>): void {
  const after = disk.files()
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort())
  for (const [file, bytes] of after) expect(before.get(file) === bytes, file).toBe(true)
}

const filingsIn = async (disk: MemoryDisk): Promise<number> => {
  const store = await open(disk)
  const { filings } = await store.counts()
  await store.close()
  return filings
}

describe.each([
  ['journal', journal, 6],
  ['snapshot', snapshot, 15],
])('a %s', (_, file, lines) => {
  test('with any byte of it changed is refused', async () => {
    const disk = await used()
    const whole = bytesOf(disk, file)
    expect(linesOf(disk, file).length).toBeGreaterThanOrEqual(lines)
    // But the last newline, whose loss is what an unfinished write looks like.
    const places = Array.from(whole.subarray(0, -1), (_, at) => at).filter((at) => at < 60 || at % 41 === 0)
    for (const at of places) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      disk.put(file, changed)
      const line = whole.subarray(0, at).toString().split('\n').length
      await expectRefused(disk, new RegExp(`${file} 第 ${line} 行`))
    }
  })

  test('without one of its lines is refused', async () => {
    const disk = await used()
    const all = linesOf(disk, file)
    // The last line of a journal cannot be missed: it may never have been written.
    for (let gone = 0; gone < all.length - 2; gone++) {
      disk.put(file, Buffer.from(all.filter((_, n) => n !== gone).join('\n')))
      await expectRefused(disk, new RegExp(file))
    }
  })

  test('with a line twice is refused', async () => {
    const disk = await used()
    const [first = '', second = '', ...rest] = linesOf(disk, file)
    disk.put(file, Buffer.from([first, second, second, ...rest].join('\n')))
    await expectRefused(disk, new RegExp(file))
  })

  test('that is gone is refused', async () => {
    const disk = await used()
    await disk.remove(file)
    await expectRefused(disk, /journal-\d+\.jsonl/)
  })
})

test('a snapshot cut off anywhere is refused', async () => {
  const disk = await used()
  const whole = bytesOf(disk, snapshot)
  for (let length = 0; length < whole.length; length += 101) {
    disk.put(snapshot, whole.subarray(0, length))
    await expectRefused(disk, new RegExp(snapshot))
  }
})

test('a journal whose last line was not finished opens without it, and says so', async () => {
  const disk = await used()
  const whole = bytesOf(disk, journal)
  const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1
  for (let length = lastLine; length < whole.length; length += 53) {
    const again = await used()
    again.put(journal, whole.subarray(0, length))
    const reports: string[] = []
    const store = await open(again, (line) => reports.push(line))
    expect((await store.counts()).filings).toBe(9)
    expect(reports).toHaveLength(length === lastLine ? 0 : 1)
    await work(store, 'after')
    again.restart('process')
    expect(await filingsIn(again)).toBe(10)
  }
})

test('an unfinished line in any but the last journal is damage', async () => {
  const disk = await used()
  disk.put('/data/journal-3.jsonl', Buffer.alloc(0))
  disk.put(journal, bytesOf(disk, journal).subarray(0, -5))
  await expectRefused(disk, new RegExp(`${journal} 第 5 行`))
})

test('what an older program kept differently is refused, not dropped', async () => {
  const disk = await used()
  disk.put(
    snapshot,
    Buffer.from(
      bytesOf(disk, snapshot)
        .toString()
        .replace(/"format":1/, '"format":9'),
    ),
  )
  await expectRefused(disk, new RegExp(snapshot))
})

test('nothing a person said or was told can be read in the files', async () => {
  const disk = await used()
  for (const [file, bytes] of disk.files()) {
    const text = bytes.toString()
    for (const secret of [idNumber, phone, said, '丰富居民文化生活']) {
      expect(text, file).not.toContain(secret)
      expect(text, file).not.toContain(Buffer.from(secret).toString('base64url').slice(0, -2))
    }
  }
  expect(bytesOf(disk, snapshot).toString()).toContain('夕阳红')
})

describe('a change of the data key', () => {
  const next = Buffer.alloc(32, 2)

  test('needs the old key for one start, which seals everything anew', async () => {
    const disk = await used()
    const both = await openJsonStore({ folder: '/data', dataKeys: [next, ...dataKeys], disk })
    disk.restart('power')
    expect(both.isReady()).toBe(true)
    const store = await openJsonStore({ folder: '/data', dataKeys: [next], disk })
    await store.transact(async (tx) => {
      expect(await tx.getSession('wang')).toEqual(sessionOf('9'))
      expect(await tx.listFilingsOf('wang')).toHaveLength(10)
      expect(await tx.findReply('3')).toEqual(replyOf('3'))
      expect(await tx.listDeliveries('waiting', 20)).toHaveLength(10)
    })
    await store.close()
  })

  test('without the old key stops the start and names it', async () => {
    const disk = await used()
    const before = disk.files()
    const opening = openJsonStore({ folder: '/data', dataKeys: [next], disk })
    await expect(opening).rejects.toThrow(SealError)
    await expect(openJsonStore({ folder: '/data', dataKeys: [next], disk })).rejects.toThrow(
      keyId(Buffer.alloc(32, 1)),
    )
    expectUntouched(disk, before)
  })
})
