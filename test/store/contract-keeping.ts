import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blankDraft, type Draft, type Session } from '../../src/conversation/session.ts'
import type { Complaint } from '../../src/filings/complaint.ts'
import type { Store, Transaction } from '../../src/store/store.ts'
import type { Home } from './contract.ts'
import { approvedOf, at, filingOf, sessionOf } from './invented.ts'

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}T01:00:00.000Z`

const complaintOf = (number: string, on: string): Complaint => ({
  number,
  by: 'wang',
  named: false,
  shared: false,
  text: '活动室总是锁着',
  at: on,
  answers: [],
})

const draftOf = (id: string, startedAt: string, answeredAt?: string): Draft => ({
  ...blankDraft({ id, form: 'initial', version: 1, startedAt }),
  answers: answeredAt === undefined ? {} : { purpose: { value: '唱歌', by: 'wang', at: answeredAt } },
})

/** What `store.ts` promises about complaints and about what is forgotten, for any implementation. */
export function describeKeeping(name: string, newHome: () => Promise<Home>): void {
  describe(`the ${name} store`, () => {
    let home: Home
    let store: Store
    const clock = { now: () => new Date(at) }
    const write = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => store.transact(work)
    const reopen = async (): Promise<void> => {
      await store.close()
      store = await home.open(clock)
    }
    beforeEach(async () => {
      home = await newHome()
      store = await home.open(clock)
    })
    afterEach(async () => {
      await store.close()
      await home.remove()
    })

    test('keeps complaints with their answers, latest first, until they are forgotten', async () => {
      await write(async (tx) => {
        await tx.saveComplaint(complaintOf('投2026-0001', day(1)))
        await tx.saveComplaint(complaintOf('投2026-0002', day(3)))
        await tx.saveComplaint(complaintOf('投2026-0003', day(2)))
        const answers = [{ by: 'zhao', at: day(4), text: '已经联系社区' }]
        await tx.saveComplaint({ ...complaintOf('投2026-0001', day(1)), answers })
      })
      await reopen()
      await write(async (tx) => {
        const numbers = async (limit: number) => (await tx.listComplaints(limit)).map(({ number }) => number)
        expect(await numbers(9)).toEqual(['投2026-0002', '投2026-0003', '投2026-0001'])
        expect(await numbers(1)).toEqual(['投2026-0002'])
        expect((await tx.findComplaint('投2026-0001'))?.answers).toHaveLength(1)
        await tx.forgetComplaint('投2026-0001')
        expect(await tx.findComplaint('投2026-0001')).toBeUndefined()
      })
      await reopen()
      expect(await write((tx) => tx.listComplaints(9))).toHaveLength(2)
    })

    test('forgets drafts nobody touched, and neither those of yesterday nor the rest of the session', async () => {
      await write(async (tx) => {
        const asleep = draftOf('a', day(1), day(2))
        const awake = draftOf('b', day(1), day(9))
        await tx.saveSession('wang', { ...sessionOf('1'), drafts: [asleep, awake], active: 'a' })
        await tx.saveSession('li', { ...sessionOf('2'), drafts: [draftOf('c', day(3))] })
        await tx.saveSession('zhao', sessionOf('3'))
      })
      await reopen()
      await write(async (tx) => {
        expect(await tx.countIdleDrafts(day(1))).toBe(0)
        expect(await tx.countIdleDrafts(day(5))).toBe(2)
        expect(await tx.forgetIdleDrafts(day(5))).toBe(2)
        expect(await tx.countIdleDrafts(day(5))).toBe(0)
      })
      await reopen()
      await write(async (tx) => {
        const { drafts, active, listed } = await tx.getSession('wang')
        expect(drafts.map(({ id }) => id)).toEqual(['b'])
        expect(active).toBeUndefined()
        expect(listed).toEqual(sessionOf('1').listed)
        expect((await tx.getSession('li')).drafts).toEqual([])
      })
    })

    test('knows who declined the notice last', async () => {
      const asked = (...words: boolean[]): Session => ({
        ...sessionOf('1'),
        consents: words.map((agreed) => ({ version: '1', agreed, at, channel: 'app' as const })),
      })
      await write(async (tx) => {
        await tx.saveSession('declined', asked(true, false))
        await tx.saveSession('agreed', asked(false, true))
        await tx.saveSession('new', asked())
      })
      await reopen()
      await write(async (tx) => {
        expect(await tx.listDeclined()).toEqual(['declined'])
        await tx.saveSession('declined', asked(true, false, true))
        await tx.saveSession('agreed', asked(false))
        expect(await tx.listDeclined()).toEqual(['agreed'])
      })
    })

    test('never gives the number of a forgotten filing again', async () => {
      const filingNumber = '柳北解备〔2026〕1号'
      const gone = { reason: '已注销，按保存期限清理', by: 'zhao', at }
      await write(async (tx) => {
        await tx.saveFiling(approvedOf('1', { filingNumber }))
        await tx.saveFiling(approvedOf('2', { filingNumber }, { kind: 'change', organizationId: '1' }))
        await tx.forgetFiling('1', gone)
        expect(await tx.findFiling('1')).toBeUndefined()
        expect(await tx.listVoidedNumbers()).toEqual([])
        await tx.forgetFiling('2', gone)
        expect(await tx.listVoidedNumbers()).toEqual([{ filingNumber, ...gone }])
        await tx.saveFiling(filingOf('3'))
        await tx.forgetFiling('3', gone)
        await tx.forgetFiling('unknown', gone)
      })
      await reopen()
      await write(async (tx) => {
        expect(await tx.isNumberTaken(filingNumber)).toBe(true)
        expect(await tx.listFilingsOf('wang')).toEqual([])
        await expect(tx.saveFiling(approvedOf('4', { filingNumber }))).rejects.toThrow(/taken/)
      })
    })

    test('forgets old looks at personal data, and keeps every list of what was destroyed', async () => {
      const purge = {
        id: 'p',
        items: [{ class: 'drafts' as const, id: day(1), says: '没交的表2份' }],
        proposed: { by: 'zhao', at: day(2) },
      }
      await write(async (tx) => {
        for (const number of [1, 2, 3])
          await tx.logAccess({ by: 'li', filingId: '1', reason: '核对', at: day(number) })
        expect(await tx.forgetAccess(day(3))).toBe(2)
        await tx.savePurge(purge)
        await tx.savePurge({ ...purge, done: { by: 'qian', at: day(3), items: purge.items } })
        await tx.savePurge({ ...purge, id: 'q', proposed: { by: 'zhao', at: day(4) } })
      })
      await reopen()
      await write(async (tx) => {
        expect((await tx.listAccess({ limit: 9 })).map((look) => look.at)).toEqual([day(3)])
        expect((await tx.listPurges(9)).map(({ id }) => id)).toEqual(['q', 'p'])
        expect((await tx.listPurges(9))[1]?.done?.by).toBe('qian')
      })
    })

    test('lists filings of the kinds asked for', async () => {
      await write(async (tx) => {
        await tx.saveFiling(approvedOf('1'))
        await tx.saveFiling(approvedOf('2', {}, { kind: 'cancellation', organizationId: '1' }))
        const listed = await tx.listFilings({ statuses: ['approved'], kinds: ['cancellation'], limit: 9 })
        expect(listed.map(({ id }) => id)).toEqual(['2'])
      })
    })
  })
}
