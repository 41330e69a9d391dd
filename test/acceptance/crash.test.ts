import { beforeAll, expect, test } from 'vitest'
import { receive } from '../../src/receive.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Store } from '../../src/store/store.ts'
import { MemoryDisk, type Crash } from '../store/memory-disk.ts'
import { botOver, loadParts, textMessage } from '../support/bot.ts'
import { danceTeam, nextWords } from '../support/leader.ts'

const clock = { now: () => new Date('2026-11-23T02:00:00Z') }
const dataKeys = [Buffer.alloc(32, 7)]

let parts: Awaited<ReturnType<typeof loadParts>>
beforeAll(async () => {
  parts = await loadParts()
})

const open = (disk: MemoryDisk) =>
  openJsonStore({ folder: '/data', dataKeys, disk, clock, snapshotAfter: 40_000 })

/** What a crashed process never answers. */
const unanswered = Symbol('unanswered')

/**
 * A whole conversation, from 开始备案 to the case number. When the disk crashes, the process comes back on what
 * survived, WeCom delivers the same message again, and the talk goes on from the answer.
 */
async function converse(
  disk: MemoryDisk,
  crash: Crash,
  share: number,
): Promise<{ store: Store; answers: string[] }> {
  const given = new Map<string, number>()
  const answers: string[] = []
  let store: Store | undefined
  const say = async (id: number, text: string): Promise<string> => {
    for (let tries = 0; tries < 3; tries++) {
      const heard = await attempt(id, text)
      if (heard !== unanswered) return heard
      disk.restart(crash, share)
      store = undefined
    }
    throw new Error('no answer although the disk is whole')
  }
  const attempt = async (id: number, text: string): Promise<string | typeof unanswered> => {
    try {
      store ??= await open(disk)
      const stored = await receive(textMessage('wang', String(id), text), botOver(store, parts, clock))
      return stored?.reply.text ?? ''
    } catch {
      return unanswered
    }
  }
  answers.push(await say(0, '开始备案'))
  for (let id = 1; !answers.at(-1)!.includes('受理号'); id++) {
    if (id > 60) throw new Error(`never done: ${answers.at(-1)}`)
    const heard = answers.at(-1)!
    answers.push(
      await say(
        id,
        heard.includes('“确认提交”') && !heard.includes('下一页')
          ? '确认提交'
          : nextWords(heard, danceTeam, given),
      ),
    )
  }
  return { store: store!, answers }
}

const withoutIds = (text: string): string => text.replace(/http:\S+?\/\d?[\w-]{36}\//g, '')

test('a crash at any operation of the disk loses no answer and submits once', async () => {
  const calm = new MemoryDisk()
  const expected = await converse(calm, 'process', 1)
  const filing = await expected.store.transact(async (tx) => (await tx.listFilingsOf('wang'))[0]!)
  await expected.store.close()
  const operations = calm.operations
  expect(operations).toBeGreaterThan(80)

  for (let at = 1; at <= operations; at++) {
    // A killed process leaves all it wrote; a power cut only what was synced and, here, half of the rest.
    const [crash, share] = at % 2 === 0 ? (['process', 1] as const) : (['power', 0.5] as const)
    const disk = new MemoryDisk()
    disk.crashAt = at
    const { store: last, answers } = await converse(disk, crash, share)
    expect(answers.map(withoutIds), `crash at ${at}`).toEqual(expected.answers.map(withoutIds))

    // Whatever was answered must also survive the next crash.
    disk.restart(crash, share)
    await last.close().catch(() => {})
    disk.restart(crash, share)
    const store = await open(disk)
    const filings = await store.transact((tx) => tx.listFilingsOf('wang'))
    expect(filings).toHaveLength(1)
    expect(filings[0]?.caseNumber).toBe('2026-0001')
    expect(filings[0]?.answers).toEqual(filing.answers)
    expect((await store.transact((tx) => tx.getSession('wang'))).drafts).toEqual([])
    await store.close()
  }
}, 300_000)
