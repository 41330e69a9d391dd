import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { blankDraft, newSession, type Session } from '../src/conversation/session.ts'
import type { Answers } from '../src/forms/answers.ts'
import type { Disk } from '../src/store/json/disk.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import type { Store } from '../src/store/store.ts'

// What a turn costs in the json store, and how long a start takes with ten thousand filings.
// Usage: tsx bench/store.ts [filings]                    turns a second
//        tsx bench/store.ts FILINGS FOLDER [fill | kill]  one start; fills the folder, or stops like a kill

const FILINGS = Number(process.argv[2] ?? 10_000)
const PEOPLE = 500
const CONCURRENCY = 64
const SECONDS = 4
const at = '2026-03-02T01:00:00.000Z'

/** About 4 KB of answers, or with 18 about 3 KB. */
const answersOf = (mark: string, count = 25): Answers =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `field${n}`,
      { value: `${mark} 丰富居民的文化生活，团结邻里，${'服务'.repeat(8)}`, by: 'wang', at },
    ]),
  )
const session = (mark: string): Session => ({
  ...newSession,
  drafts: [
    {
      ...blankDraft({ id: mark, form: 'initial', version: 1, startedAt: at }),
      answers: answersOf(mark, 18),
    },
  ],
})

async function fill(store: Store): Promise<void> {
  for (let n = 0; n < FILINGS; n += 100) {
    await store.transact(async (tx) => {
      for (let id = n; id < Math.min(n + 100, FILINGS); id++) {
        await tx.saveFiling({
          id: `filing-${id}`,
          caseNumber: `2026-${id}`,
          kind: 'initial',
          form: { id: 'initial', version: 1 },
          applicant: `user${id % 5000}`,
          organizationName: `明珠社区第${id}志愿服务队`,
          place: '450205001008',
          answers: answersOf(String(id)),
          events: [{ type: 'submitted', by: `user${id % 5000}`, at }],
        })
      }
    })
  }
}

let message = 0
async function turn(store: Store): Promise<void> {
  const messageId = `message-${++message}`
  const user = `user${message % PEOPLE}`
  await store.transact(async (tx) => {
    if (await tx.findReply(messageId)) return
    const before = await tx.getSession(user)
    const drafts = before.drafts.length > 0 ? before.drafts : session(user).drafts
    await tx.saveSession(user, { ...before, drafts, explained: message })
    await tx.saveReply({
      messageId,
      from: user,
      at,
      reply: { text: '第7题/共24题【活动场所地址及面积】\n活动场所在哪里？多大？' },
      streamId: messageId,
      finished: true,
    })
    if (message % 10 !== 0) return
    const body = { type: 'message' as const, to: user, reply: { text: '收到' } }
    await tx.enqueue({ key: messageId, body, enqueuedAt: at, dueAt: at })
  })
}

async function measure(store: Store, concurrency: number, name: string): Promise<void> {
  const waits: number[] = []
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const until = begun + SECONDS * 1000
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const from = performance.now()
      await turn(store)
      waits.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, one))
  const { user, system } = process.cpuUsage(cpu)
  waits.sort((a, b) => a - b)
  const of = (share: number): string => (waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(2)
  const rate = Math.round((waits.length / (performance.now() - begun)) * 1000)
  const micros = ((user + system) / waits.length).toFixed(1)
  console.log(
    `${name}: ${rate} turns/s, ${micros} µs CPU a turn, wait ${of(0.5)} / p99 ${of(0.99)} / max ${of(1)} ms`,
  )
}

/** Forgets everything at once: what is left is the store's own work. */
const nowhere: Disk = {
  makeFolder: async () => {},
  list: async () => [],
  read: () => {
    throw Object.assign(new Error('nothing here'), { code: 'ENOENT' })
  },
  open: async () => ({
    write: async () => {},
    truncate: async () => {},
    sync: async () => {},
    close: async () => {},
  }),
  rename: async () => {},
  remove: async () => {},
  syncFolder: async () => {},
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`
const folder = process.argv[3] ?? (await mkdtemp(path.join(tmpdir(), 'bench-store-')))
const dataKeys = [Buffer.alloc(32, 7)]
if (process.argv[3] === undefined) {
  let store = await openJsonStore({ folder, dataKeys })
  await fill(store)
  const weightless = await openJsonStore({ folder: '/nowhere', dataKeys, disk: nowhere })
  await measure(weightless, CONCURRENCY, `${CONCURRENCY} at once, without a disk`)
  await measure(store, 1, 'one at a time')
  await measure(store, CONCURRENCY, `${CONCURRENCY} at once`)
  const snapshot = performance.now()
  await Promise.all([
    measure(store, CONCURRENCY, `${CONCURRENCY} at once, with snapshots`),
    (async () => {
      for (let n = 0; n < 3; n++) await (store as Store & { snapshot(): Promise<void> }).snapshot()
      console.log(`three snapshots: ${Math.round(performance.now() - snapshot)} ms`)
    })(),
  ])
  await store.close()
  await rm(folder, { recursive: true })
} else {
  const begun = performance.now()
  const store = await openJsonStore({ folder, dataKeys })
  console.log(
    `start: ${Math.round(performance.now() - begun)} ms, ${megabytes(process.memoryUsage.rss())} resident`,
  )
  if (process.argv[4] !== undefined) await fill(store)
  console.log(await store.counts())
  if (process.argv[4] !== 'kill') await store.close()
  process.exit()
}
