import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matterId, type Matter, type MatterEvent } from '../../src/reminders/matter.ts'
import { StoreError } from '../../src/store/error.ts'
import type { Store } from '../../src/store/store.ts'
import type { Home } from './contract.ts'
import { at, ledgerOf } from './invented.ts'

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`
const instant = (number: number): string => `${day(number)}T01:00:00.000Z`

const reminded = (on: number, to: string): MatterEvent => ({
  type: 'reminded',
  at: instant(on),
  day: day(on),
  step: 'owner-5',
  to,
})

const matterOf = (target: string, ...events: MatterEvent[]): Matter => ({
  id: matterId('ledger', '2026-03', target),
  duty: 'ledger',
  period: '2026-03',
  target,
  place: '450205001000',
  events,
})

/** What `store.ts` promises about matters and letters, for any implementation. */
export function describeMatters(name: string, newHome: () => Promise<Home>): void {
  describe(`the ${name} store`, () => {
    let home: Home
    let store: Store
    const clock = { now: () => new Date(at) }
    beforeEach(async () => {
      home = await newHome()
      store = await home.open(clock)
    })
    afterEach(async () => {
      await store.close()
      await home.remove()
    })

    test('keeps matters over a restart, with the last state of each', async () => {
      const first = matterOf('a', reminded(2, 'li'))
      const second = { ...first, events: [...first.events, reminded(5, 'wang')] }
      await store.transact((tx) => tx.saveMatter(first))
      await store.transact((tx) => tx.saveMatter(second))
      await store.close()
      store = await home.open(clock)
      expect(await store.transact((tx) => tx.findMatter(first.id))).toEqual(second)
      expect(await store.transact((tx) => tx.findMatter('other'))).toBeUndefined()
    })

    test('lists matters by when something last happened and by who was reminded, the latest first', async () => {
      const a = matterOf('a', reminded(2, 'li'))
      const b = matterOf('b', reminded(3, 'wang'), reminded(4, 'li'))
      const c = matterOf('c', { type: 'reported', at: instant(3), by: 'zhao', nothing: true })
      await store.transact(async (tx) => {
        for (const matter of [a, b, c]) await tx.saveMatter(matter)
      })
      const list = (query: { since?: string; until?: string; to?: string; limit: number }) =>
        store.transact(async (tx) => (await tx.listMatters(query)).map(({ target }) => target))
      expect(await list({ limit: 10 })).toEqual(['b', 'c', 'a'])
      expect(await list({ since: instant(3), limit: 10 })).toEqual(['b', 'c'])
      expect(await list({ until: instant(4), limit: 10 })).toEqual(['c', 'a'])
      expect(await list({ to: 'wang', limit: 10 })).toEqual(['b'])
      expect(await list({ limit: 1 })).toEqual(['b'])
    })

    test('keeps a ledger as it was handed in, and refuses another for the same month', async () => {
      const street = '450205001000'
      const [october, november] = [ledgerOf('2026-10', street, 'a'), ledgerOf('2026-11', street, 'b')]
      const elsewhere = ledgerOf('2026-12', '450205002000', 'c')
      for (const ledger of [november, october, elsewhere]) await store.transact((tx) => tx.saveLedger(ledger))
      await expect(
        store.transact((tx) => tx.saveLedger(ledgerOf('2026-11', street, 'other'))),
      ).rejects.toThrow(StoreError)
      await store.close()
      store = await home.open(clock)
      await store.transact(async (tx) => {
        expect(await tx.findLedger(street, '2026-11')).toEqual(november)
        expect(await tx.findLedger(street, '2026-12')).toBeUndefined()
        expect(await tx.findLedgerBefore(street, '2027-01')).toEqual(november)
        expect(await tx.findLedgerBefore(street, '2026-11')).toEqual(october)
        expect(await tx.findLedgerBefore(street, '2026-10')).toBeUndefined()
      })
    })

    test('forgets what nothing happened in for long, and one ledger, for good', async () => {
      const street = '450205001000'
      const [october, november] = [ledgerOf('2026-10', street, 'a'), ledgerOf('2026-11', street, 'b')]
      await store.transact(async (tx) => {
        await tx.saveMatter(matterOf('old', reminded(2, 'li')))
        await tx.saveMatter(matterOf('young', reminded(2, 'li'), reminded(5, 'li')))
        for (const ledger of [october, november]) await tx.saveLedger(ledger)
      })
      await store.transact(async (tx) => {
        expect(await tx.forgetMatters(instant(5))).toBe(1)
        await tx.forgetLedger(street, '2026-10')
        await tx.forgetLedger(street, '2020-01')
      })
      await store.close()
      store = await home.open(clock)
      await store.transact(async (tx) => {
        expect((await tx.listMatters({ limit: 9 })).map(({ target }) => target)).toEqual(['young'])
        expect(await tx.findLedger(street, '2026-10')).toBeUndefined()
        expect(await tx.findLedger(street, '2026-11')).toEqual(november)
      })
    })

    test('keeps letters and group messages as they were promised', async () => {
      const bodies = [
        { type: 'letter' as const, to: 'li', reply: { text: '提醒您' } },
        {
          type: 'reminders' as const,
          to: 'li',
          day: day(2),
          reminders: [
            {
              duty: 'ledger',
              period: '2026-03',
              target: '450205001000',
              place: '450205001000',
              step: 'owner-5',
              to: { type: 'office' as const, role: 'street' as const, place: '450205001000' },
              last: day(24),
              late: false,
            },
          ],
          more: ['昨日应发1，已达1。'],
          card: 'letter@1',
        },
        {
          type: 'group' as const,
          to: '解放街道社会组织群',
          place: '450205001000',
          day: day(2),
          owing: [
            {
              duty: 'ledger',
              period: '2026-03',
              last: day(24),
              targets: [{ target: '450205001000', mentions: ['li'] }],
            },
          ],
        },
      ]
      await store.transact(async (tx) => {
        for (const [index, body] of bodies.entries())
          await tx.enqueue({ key: `k${index}`, body, enqueuedAt: instant(2), dueAt: instant(2) })
      })
      await store.close()
      store = await home.open(clock)
      const due = await store.transact((tx) => tx.claimDeliveries(instant(3), instant(4), 10))
      expect(due.map(({ body }) => body)).toEqual(bodies)
    })
  })
}
