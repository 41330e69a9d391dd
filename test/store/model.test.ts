import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openJsonStore } from '../../src/store/json/open.ts'
import { normalizeName } from '../../src/filings/names.ts'
import type { Delivery, Store, Transaction } from '../../src/store/store.ts'
import { filingOf, messageTo, replyOf, sessionOf } from './invented.ts'
import { MemoryDisk } from './memory-disk.ts'

const dataKeys = [Buffer.alloc(32, 1)]
const people = ['wang', 'li']
const names = ['夕阳红舞蹈队', '夕阳红 舞蹈队', '和事佬调解队']
const ids = ['1', '2', '3', '4']
const keys = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8']
const instants = Array.from({ length: 6 }, (_, n) => `2026-03-${String(n + 10)}T00:00:00.000Z`)

type ModelDelivery = { to: string } & Pick<
  Delivery,
  'state' | 'dueAt' | 'attempts' | 'leasedUntil' | 'doubtfulSince' | 'problem'
> & { leasedAt?: string }

/** What a store should hold, kept in the plainest way. */
type Model = {
  replies: Map<string, { at: string; streamId: string }>
  sessions: Map<string, string>
  filings: Map<string, { applicant: string; name: string; withdrawn: boolean }>
  /** In the order they were enqueued. */
  deliveries: Map<string, ModelDelivery>
  numbers: number
}

const empty: Model = {
  replies: new Map(),
  sessions: new Map(),
  filings: new Map(),
  deliveries: new Map(),
  numbers: 0,
}

type Step = (tx: Transaction, model: Model) => Promise<void>

const person = fc.constantFrom(...people)
const key = fc.constantFrom(...keys)
const instant = fc.constantFrom(...instants)

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(person, fc.string()).map(([user, mark]): Step => async (tx, model) => {
    await tx.saveSession(user, sessionOf(mark))
    model.sessions.set(user, mark)
  }),
  fc.tuple(key, instant, fc.constantFrom('s1', 's2')).map(([id, at, stream]): Step => async (tx, model) => {
    const streamId = `${id}-${stream}`
    await tx.saveReply(replyOf(id, { at, streamId }))
    model.replies.set(id, { at, streamId })
  }),
  instant.map((before): Step => async (tx, model) => {
    const old = [...model.replies].filter(([, { at }]) => at < before)
    expect(await tx.forgetReplies(before)).toBe(old.length)
    for (const [id] of old) model.replies.delete(id)
  }),
  fc
    .tuple(fc.constantFrom(...ids), person, fc.constantFrom(...names), fc.boolean())
    .map(([id, applicant, name, withdrawn]): Step => async (tx, model) => {
      const { events } = filingOf(id)
      const end = { type: 'withdrawn' as const, by: applicant, at: instants[0] ?? '' }
      const all = withdrawn ? [...events, end] : events
      await tx.saveFiling(filingOf(id, { applicant, organizationName: name, events: all }))
      model.filings.set(id, { applicant, name, withdrawn })
    }),
  fc.constant<Step>(async (tx, model) => {
    expect(await tx.nextNumber('cases')).toBe(++model.numbers)
  }),
  fc.tuple(key, person, instant).map(([key, to, dueAt]): Step => async (tx, model) => {
    const taken = await tx.enqueue(messageTo(to, key, dueAt))
    expect(taken).toBe(!model.deliveries.has(key))
    if (taken) model.deliveries.set(key, { to, state: 'waiting', dueAt, attempts: 0 })
  }),
  fc.tuple(instant, instant, fc.nat(4)).map(([now, until, limit]): Step => async (tx, model) => {
    const claimed = await tx.claimDeliveries(now, until, limit)
    const all = [...model.deliveries.values()]
    const isDue = ({ state, leasedUntil = '', leasedAt = '', dueAt }: ModelDelivery): boolean =>
      state === 'leased' ? leasedUntil <= now || leasedAt > until : dueAt <= now
    const isOpen = (one: ModelDelivery): boolean => one.state === 'waiting' || one.state === 'leased'
    const holds = (one: ModelDelivery): boolean =>
      isOpen(one) && !isDue(one) && (one.state === 'leased' || one.problem !== undefined)
    const expected = [...model.deliveries].filter(
      ([, one], place) =>
        isOpen(one) && isDue(one) && !all.slice(0, place).some((old) => old.to === one.to && holds(old)),
    )
    expect(claimed.map(({ key }) => key)).toEqual(expected.slice(0, limit).map(([key]) => key))
    for (const { key } of claimed) {
      const known = model.deliveries.get(key)
      if (!known) continue
      model.deliveries.set(key, {
        ...known,
        state: 'leased',
        leasedAt: now,
        leasedUntil: until,
        doubtfulSince: known.doubtfulSince ?? (known.state === 'leased' ? known.leasedAt : undefined),
        attempts: known.attempts + 1,
      })
    }
  }),
  fc
    .tuple(key, fc.constantFrom('sent', 'failed', 'unknown', 'waiting'), instant, fc.boolean())
    .map(([key, state, dueAt, hasProblem]): Step => async (tx, model) => {
      const known = model.deliveries.get(key)
      if (!known) return
      const problem = hasProblem ? 'errcode -1' : undefined
      await tx.settleDelivery(key, { state, dueAt, ...(problem !== undefined && { problem }) })
      model.deliveries.set(key, {
        to: known.to,
        state,
        dueAt,
        attempts: known.attempts - (known.state === 'leased' && state === 'waiting' && !hasProblem ? 1 : 0),
        doubtfulSince: known.doubtfulSince,
        ...(problem !== undefined && { problem }),
      })
    }),
)

type Act = { type: 'work'; steps: Step[]; fails: boolean } | { type: 'reopen' } | { type: 'crash' }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('work' as const),
      steps: fc.array(step, { minLength: 1, maxLength: 8 }),
      fails: fc.nat(3).map((n) => n === 0),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ type: 'reopen' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ type: 'crash' }) },
)

async function compare(store: Store, model: Model): Promise<void> {
  await store.transact(async (tx) => {
    for (const user of people) {
      const mark = model.sessions.get(user)
      const session = await tx.getSession(user)
      expect(session.listed).toEqual(mark === undefined ? [] : sessionOf(mark).listed)
      const own = [...model.filings].filter(([, filing]) => filing.applicant === user).map(([id]) => id)
      expect((await tx.listFilingsOf(user)).map(({ id }) => id)).toEqual(own.sort())
    }
    for (const name of names) {
      const found = (await tx.findOrganizations(normalizeName(name))).map(({ filingId }) => filingId)
      const expected = [...model.filings].filter(
        ([, filing]) => !filing.withdrawn && normalizeName(filing.name) === normalizeName(name),
      )
      expect(found.sort()).toEqual(expected.map(([id]) => id).sort())
    }
    for (const key of keys) {
      const reply = await tx.findReply(key)
      expect(reply && { at: reply.at, streamId: reply.streamId }).toEqual(model.replies.get(key))
      for (const stream of [`${key}-s1`, `${key}-s2`]) {
        const found = await tx.findReplyByStream(stream)
        expect(found?.messageId).toBe(model.replies.get(key)?.streamId === stream ? key : undefined)
      }
      const delivery = await tx.findDelivery(key)
      const known = model.deliveries.get(key)
      const { to, leasedAt: _leasedAt, doubtfulSince, ...rest } = known ?? { to: undefined }
      expect(delivery?.body.to).toBe(to)
      expect(delivery?.doubtfulSince).toBe(doubtfulSince)
      if (known) expect(delivery).toMatchObject(rest)
    }
  })
}

test('whatever is done and however it is restarted, the store holds what a plain model holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const disk = new MemoryDisk()
      const open = (): Promise<Store> =>
        openJsonStore({ folder: '/data', dataKeys, disk, snapshotAfter: 4000 })
      let store = await open()
      let model = structuredClone(empty)
      for (const act of acts) {
        switch (act.type) {
          case 'work': {
            const next = structuredClone(model)
            const done = store.transact(async (tx) => {
              for (const step of act.steps) await step(tx, next)
              if (act.fails) throw new Error('meant to fail')
            })
            if (act.fails) await expect(done).rejects.toThrow('meant to fail')
            else {
              await done
              model = next
            }
            break
          }
          case 'reopen':
            await store.close()
            store = await open()
            break
          case 'crash':
            // The process it was in is gone; its snapshot, if one was under way, is not finished.
            disk.crashAt = disk.operations + 1
            await store.close().catch(() => {})
            disk.restart('power', 0.5)
            store = await open()
        }
        await compare(store, model)
      }
      await store.close()
    }),
    { numRuns: 150 },
  )
})
