import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJsonStore } from '../../src/store/json/open.ts'

const dataKeys = [Buffer.alloc(32, 1)]
const program = path.join(import.meta.dirname, 'keep-writing.ts')

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
  child = spawn(process.execPath, ['--import', 'tsx', program, folder, begin], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
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
      // At different points of the work: between a few and a few hundred acknowledgements.
      const after = 1 + ((round * 37) % 400)
      let acknowledged = 0
      for await (const line of start('begin')) {
        if (line === 'open') continue
        highest = Math.max(highest, Number(line))
        if (++acknowledged === after) await kill()
      }
      const store = await openJsonStore({ folder, dataKeys })
      await store
        .transact(async (tx) => {
          for (let number = 1; number <= highest; number++) {
            expect(await tx.findFiling(String(number)), `filing ${number}`).toBeDefined()
            expect(await tx.findReply(`m${number}`)).toBeDefined()
          }
          const next = await tx.nextNumber('cases')
          expect(await tx.findFiling(String(next))).toBeUndefined()
          expect(await tx.findFiling(String(next - 1))).toBeDefined()
          throw new Error('only looking')
        })
        .catch((error: Error) => expect(error.message).toBe('only looking'))
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
