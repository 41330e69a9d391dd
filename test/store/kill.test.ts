import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openJsonStore } from '../../src/store/json/open.ts'
import { filingOf, replyOf } from './invented.ts'

const dataKeys = [Buffer.alloc(32, 1)]
const root = path.join(import.meta.dirname, '../..')

/** Compiled once and inside the project, where its packages are found: a process then starts in a moment. */
let compiled = ''
beforeAll(async () => {
  compiled = await mkdtemp(path.join(root, 'node_modules', '.keep-writing-'))
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const how = '--ignoreConfig --noCheck --target es2023 --module nodenext --rewriteRelativeImportExtensions'
  const where = ['--types', 'node', '--rootDir', root, '--outDir', compiled]
  execFileSync(process.execPath, [tsc, ...how.split(' '), ...where, `${import.meta.dirname}/keep-writing.ts`])
})
afterAll(() => rm(compiled, { recursive: true }))

let folder = ''
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'store-')), 'data')
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(path.dirname(folder), { recursive: true })
})

/** Another process on the same folder; yields what it says, and ends when it does. */
function start(begin: 'begin' | 'idle'): AsyncIterable<string> {
  const program = path.join(compiled, 'test/store/keep-writing.js')
  child = spawn(process.execPath, [program, folder, begin], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('no output')
  return createInterface({ input: child.stdout })
}

async function kill(): Promise<void> {
  const dying = child
  if (!dying) return
  const gone = once(dying, 'exit')
  dying.kill('SIGKILL')
  await gone
}

describe('a process that is killed', () => {
  test('loses nothing it acknowledged, fifteen times over', async () => {
    let highest = 0
    for (let round = 0; round < 15; round++) {
      // At different points of the work: after a few acknowledgements, and after some snapshots.
      const after = 1 + ((round * 37) % 120)
      let acknowledged = 0
      for await (const line of start('begin')) {
        if (line === 'open') continue
        highest = Math.max(highest, Number(line))
        if (++acknowledged === after) await kill()
      }
      const store = await openJsonStore({ folder, dataKeys })
      const { lost, next } = await store.transact(async (tx) => {
        const lost: number[] = []
        const isWhole = async (number: number): Promise<boolean> =>
          (await tx.findFiling(String(number))) !== undefined &&
          (await tx.findReply(`m${number}`)) !== undefined
        for (let number = 1; number <= highest; number++) if (!(await isWhole(number))) lost.push(number)
        const next = await tx.nextNumber('cases')
        await tx.saveFiling(filingOf(String(next)))
        await tx.saveReply(replyOf(`m${next}`))
        return { lost, next }
      })
      expect(lost).toEqual([])
      expect(next).toBeGreaterThan(highest)
      expect((await store.counts()).filings).toBe(next)
      highest = next
      await store.close()
    }
  })

  test('leaves a lock that is taken over at once', async () => {
    for await (const _ of start('idle')) await kill()
    const store = await openJsonStore({ folder, dataKeys })
    expect(store.isReady()).toBe(true)
    await store.close()
  })
})

describe('a folder', () => {
  test('belongs to one process at a time', async () => {
    for await (const _ of start('idle')) {
      await expect(openJsonStore({ folder, dataKeys })).rejects.toThrow(`pid ${child?.pid}`)
      await kill()
    }
  })

  test('belongs to one store of a process at a time', async () => {
    const store = await openJsonStore({ folder, dataKeys })
    await expect(openJsonStore({ folder, dataKeys })).rejects.toThrow(/in use/)
    await store.close()
    await (await openJsonStore({ folder, dataKeys })).close()
  })

  test('can be read by its owner only, and so can every file in it', async () => {
    const store = await openJsonStore({ folder, dataKeys })
    await store.transact((tx) => tx.nextNumber('cases'))
    await store.close()
    const names = await readdir(folder)
    expect(names.sort()).toEqual(['journal-2.jsonl', 'snapshot.jsonl'])
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const name of names) expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600)
  })
})
