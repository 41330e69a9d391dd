import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MemoryDisk } from '../store/memory-disk.ts'
import { startProcess } from '../support/process.ts'
import { Person, startTrial, type Trial } from '../support/trial.ts'
import { answerIn, baseOf, delivery, nowOf, send } from './knocking.ts'

let disk: MemoryDisk
let trial: Trial
beforeEach(async () => {
  disk = new MemoryDisk()
  trial = await startTrial({ disk })
})
afterEach(() => trial.stop())

const health = async (which: string): Promise<number> => (await fetch(`${baseOf(trial)}/${which}`)).status

test('while the disk is full nobody is promised anything, and it goes on by itself', async () => {
  const wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await wang.says('继续')
  await wang.says('同意')
  disk.refuses = 'ENOSPC'

  // The person: no answer, which the phone shows as not arrived; not an apology for something that will be taken.
  expect(await wang.says('1')).toBe('')
  const lost = trial.standIn.inbox('wangxiuying', 'robot').findLast(({ body }) => body.type === 'text')!
  expect(lost.state).toBe('failed')
  expect(await wang.says('2')).toBe('')
  // The operator: not ready, alive, and one plain line; what people wrote is not in it.
  expect([await health('readyz'), await health('healthz')]).toEqual([503, 200])
  await vi.waitFor(() => {
    const lines = trial.logged.filter((line) => line.includes('"event":"store"'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('ENOSPC: the disk is full')
    expect(lines[0]).toContain('It goes on by itself once the disk works')
  }, 15_000)
  const metrics = await (await fetch(`${baseOf(trial)}/metrics`)).text()
  expect(metrics).toMatch(/^filing_refused_total\{status="503"\} \d+$/m)

  disk.refuses = undefined
  await vi.waitFor(async () => expect(await health('readyz')).toBe(200), 15_000)
  // WeCom delivers again: taken now, and the talk stands where it stood.
  await trial.standIn.redeliver(lost.id)
  expect(await wang.says('再说一遍')).toContain('第2题')
  await trial.restart()
  expect(await new Person(trial, 'wangxiuying').says('再说一遍')).toContain('第2题')
}, 60_000)

test('a slow disk delays the answer and changes nothing about it', async () => {
  const wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await wang.says('继续')
  let release = (): void => {}
  disk.pause = new Promise((resolve) => (release = resolve))
  const said = (msgid: string, from: string, text: string) =>
    send(baseOf(trial), delivery({ msgid, from, text, at: nowOf(trial) }))
  let answered = 0
  const counted = (response: Response) => {
    answered++
    return response
  }
  // WeCom gives up after five seconds and sends the same again, while the first still waits for the disk.
  const both = [said('MSG-slow', 'wangxiuying', '同意'), said('MSG-slow', 'wangxiuying', '同意')]
  const other = said('MSG-other', 'chenguizhi', '备案管几年？')
  for (const one of [...both, other]) void one.then(counted)
  // Alive and ready all the while; nothing is answered that is not safe.
  expect([await health('readyz'), await health('healthz')]).toEqual([200, 200])
  expect(answered).toBe(0)

  release()
  const [first, second] = await Promise.all(both.map(async (one) => answerIn(await one)))
  expect(first!.content).toContain('第1题')
  expect(second).toEqual(first)
  expect((await answerIn(await other)).content).toContain('附件1填表说明6')
})

test('a data folder or a port that cannot be used is told at the start in words', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'folder-'))
  const file = path.join(folder, 'data')
  await writeFile(file, '')
  const environment = { PORT: String(trial.app.port), HOST: '127.0.0.1' }
  await expect(startProcess({ ...environment, DATA_DIR: file })).rejects.toThrow(
    /ended with 1: [^]*没有启动：.*data 写不进去或读不出来（EEXIST）/,
  )
  await expect(startProcess({ ...environment, DATA_DIR: path.join(folder, 'good') })).rejects.toThrow(
    /ended with 1: [^]*没有启动：端口 \d+ 用不了（EADDRINUSE）/,
  )
  await rm(folder, { recursive: true })
})
