import { newSession } from '../../src/conversation/session.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import type { Session } from '../../src/conversation/session.ts'
import type { DeliveryBody, Store, Transaction } from '../../src/store/store.ts'
import { StoreError } from '../../src/store/error.ts'
import { checkChain } from '../../src/store/access-chain.ts'
import { describeQuestions } from './contract-questions.ts'
import { approvedOf, at, filingOf, messageTo, replyOf, sessionOf } from './invented.ts'

/** One place where a store lives, empty at first; `open` again after `close` finds what was there. */
export type Home = { open(clock: Clock): Promise<Store>; remove(): Promise<void> }

const day = (number: number, time = '01:00'): string =>
  `2026-03-${String(number).padStart(2, '0')}T${time}:00.000Z`

/** Everything `store.ts` promises, for any implementation. */
export function describeStore(name: string, newHome: () => Promise<Home>): void {
  describe(`the ${name} store`, () => {
    let home: Home
    let store: Store
    let now = at
    const clock: Clock = { now: () => new Date(now) }
    const read = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => store.transact(work)
    const enqueue = (...keys: [to: string, key: string, dueAt?: string][]): Promise<void> =>
      store.transact(async (tx) => {
        for (const [to, key, dueAt] of keys) await tx.enqueue(messageTo(to, key, dueAt))
      })
    const claim = (from: string, until: string, limit = 10): Promise<string[]> =>
      store.transact(async (tx) => (await tx.claimDeliveries(from, until, limit)).map(({ key }) => key))
    const settle = (...[key, outcome]: Parameters<Transaction['settleDelivery']>): Promise<void> =>
      store.transact((tx) => tx.settleDelivery(key, outcome))
    const reopen = async (): Promise<void> => {
      await store.close()
      store = await home.open(clock)
    }

    beforeEach(async () => {
      now = at
      home = await newHome()
      store = await home.open(clock)
    })
    afterEach(async () => {
      await store.close()
      await home.remove()
    })

    describe('transactions', () => {
      test('keep everything they wrote, also over a restart', async () => {
        const reply = replyOf('m1', { reply: { text: '好', card: { id: 'c', title: 't', buttons: [] } } })
        await store.transact(async (tx) => {
          await tx.saveReply(reply)
          await tx.saveSession('wang', sessionOf('1'))
          await tx.saveFiling(filingOf('1'))
          await tx.enqueue(messageTo('wang', 'k1'))
          await tx.nextNumber('cases')
        })
        for (let round = 0; round < 2; round++) {
          await read(async (tx) => {
            expect(await tx.findReply('m1')).toEqual(reply)
            expect(await tx.getSession('wang')).toEqual(sessionOf('1'))
            expect(await tx.findFiling('1')).toEqual(filingOf('1'))
            expect(await tx.findDelivery('k1')).toMatchObject({ state: 'waiting', attempts: 0 })
          })
          await reopen()
        }
        expect(await store.transact((tx) => tx.nextNumber('cases'))).toBe(2)
      })

      test('see what they wrote themselves', async () => {
        await store.transact(async (tx) => {
          await tx.saveSession('wang', sessionOf('1'))
          await tx.saveFiling(filingOf('1'))
          await tx.enqueue(messageTo('wang', 'k1'))
          expect(await tx.getSession('wang')).toEqual(sessionOf('1'))
          expect(await tx.listFilingsOf('wang')).toHaveLength(1)
          expect(await tx.enqueue(messageTo('wang', 'k1'))).toBe(false)
        })
      })

      test('leave nothing behind when they fail', async () => {
        await store.transact(async (tx) => {
          await tx.saveReply(replyOf('m0'))
          await tx.saveSession('wang', sessionOf('before'))
          await tx.saveFiling(filingOf('1'))
          await tx.enqueue(messageTo('wang', 'k0'))
        })
        const failing = store.transact(async (tx) => {
          await tx.saveReply(replyOf('m1'))
          await tx.saveReply(replyOf('m0', { streamId: 'moved' }))
          await tx.saveSession('wang', sessionOf('after'))
          await tx.saveFiling(filingOf('1', { applicant: 'li', organizationName: '别的' }))
          await tx.saveFiling(filingOf('2'))
          await tx.enqueue(messageTo('wang', 'k1'))
          await tx.claimDeliveries(day(3), day(4), 10)
          await tx.nextNumber('cases')
          throw new Error('changed my mind')
        })
        await expect(failing).rejects.toThrow('changed my mind')
        for (let round = 0; round < 2; round++) {
          await read(async (tx) => {
            expect(await tx.findReply('m1')).toBeUndefined()
            expect(await tx.findReplyByStream('moved')).toBeUndefined()
            expect(await tx.findReplyByStream('stream-m0')).toEqual(replyOf('m0'))
            expect(await tx.getSession('wang')).toEqual(sessionOf('before'))
            expect(await tx.listFilingsOf('wang')).toEqual([filingOf('1')])
            expect(await tx.listFilingsOf('li')).toEqual([])
            expect(await tx.findOrganizations('别的')).toEqual([])
            expect(await tx.findDelivery('k1')).toBeUndefined()
            expect(await tx.findDelivery('k0')).toMatchObject({ state: 'waiting', attempts: 0 })
          })
          await reopen()
        }
        expect(await store.transact((tx) => tx.nextNumber('cases'))).toBe(1)
        expect(await store.transact((tx) => tx.enqueue(messageTo('wang', 'k1')))).toBe(true)
      })

      test('keep what they keep, whoever tries to change it', async () => {
        const change = (session: Session): void => {
          try {
            session.listed.push('changed')
            session.drafts.pop()
            for (const draft of session.drafts) draft.answers = {}
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError)
          }
        }
        for (const mark of ['1', '2']) {
          const session = sessionOf(mark)
          await store.transact((tx) => tx.saveSession('wang', session))
          change(session)
          change(await read((tx) => tx.getSession('wang')))
          expect(await read((tx) => tx.getSession('wang'))).toEqual(sessionOf(mark))
        }
      })

      test('never interleave on one session', async () => {
        const add = (mark: string): Promise<void> =>
          store.transact(async (tx) => {
            const session = await tx.getSession('wang')
            await tx.getSession('li')
            await tx.saveSession('wang', { ...session, listed: [...session.listed, mark] })
          })
        const marks = Array.from({ length: 40 }, (_, n) => String(n))
        await Promise.all(marks.map(add))
        const { listed } = await read((tx) => tx.getSession('wang'))
        expect([...listed].sort()).toEqual([...marks].sort())
      })

      test('cannot be used after their end', async () => {
        let kept: Transaction | undefined
        await store.transact(async (tx) => void (kept = tx))
        await expect(kept?.saveSession('wang', sessionOf('late'))).rejects.toThrow(StoreError)
      })

      test('are refused once the store is closed', async () => {
        await store.close()
        expect(store.isReady()).toBe(false)
        await expect(store.transact(async () => {})).rejects.toThrow(StoreError)
        store = await home.open(clock)
        expect(store.isReady()).toBe(true)
      })

      test('already begun are finished by close', async () => {
        const begun = store.transact((tx) => tx.saveSession('wang', sessionOf('1')))
        await store.close()
        await begun
        store = await home.open(clock)
        expect(await read((tx) => tx.getSession('wang'))).toEqual(sessionOf('1'))
      })
    })

    describe('replies', () => {
      test('are found by message and by stream, the latest version', async () => {
        await store.transact((tx) => tx.saveReply(replyOf('m1', { finished: false })))
        await store.transact((tx) => tx.saveReply(replyOf('m2')))
        const done = replyOf('m1', { reply: { text: '写好了' } })
        await store.transact((tx) => tx.saveReply(done))
        await read(async (tx) => {
          expect(await tx.findReply('m1')).toEqual(done)
          expect(await tx.findReplyByStream('stream-m1')).toEqual(done)
          expect(await tx.findReply('m3')).toBeUndefined()
          expect(await tx.findReplyByStream('stream-m3')).toBeUndefined()
        })
      })

      test('are forgotten by age', async () => {
        await store.transact(async (tx) => {
          await tx.saveReply(replyOf('old', { at: day(1) }))
          await tx.saveReply(replyOf('new', { at: day(5) }))
        })
        expect(await store.transact((tx) => tx.forgetReplies(day(5)))).toBe(1)
        await reopen()
        expect(await read((tx) => tx.findReply('old'))).toBeUndefined()
        expect(await read((tx) => tx.findReplyByStream('stream-old'))).toBeUndefined()
        expect(await read((tx) => tx.findReply('new'))).toBeDefined()
      })
    })

    test('a session nobody wrote is a new one', async () => {
      expect(await read((tx) => tx.getSession('nobody'))).toEqual(newSession)
    })

    describe('filings', () => {
      test('are listed for their applicant by case number', async () => {
        await store.transact(async (tx) => {
          await tx.saveFiling(filingOf('b', { caseNumber: '2026-10000' }))
          await tx.saveFiling(filingOf('a', { caseNumber: '2026-9999' }))
          await tx.saveFiling(filingOf('c', { applicant: 'li' }))
        })
        const ids = await read(async (tx) => (await tx.listFilingsOf('wang')).map(({ id }) => id))
        expect(ids).toEqual(['a', 'b'])
        expect(await read((tx) => tx.listFilingsOf('nobody'))).toEqual([])
      })

      test('are replaced under the same id', async () => {
        await store.transact((tx) => tx.saveFiling(filingOf('1')))
        await store.transact((tx) => tx.saveFiling(filingOf('1', { applicant: 'li' })))
        expect(await read((tx) => tx.listFilingsOf('wang'))).toEqual([])
        expect(await read((tx) => tx.findFiling('1'))).toMatchObject({ applicant: 'li' })
      })

      test('name organizations until they are withdrawn', async () => {
        const filing = filingOf('1', { organizationName: '明珠社区 夕阳红志愿服务队' })
        const name = '明珠社区夕阳红志愿服务队'
        await store.transact((tx) => tx.saveFiling(filing))
        await reopen()
        expect(await read((tx) => tx.findOrganizations(name))).toEqual([
          {
            name: filing.organizationName,
            place: filing.place,
            filingId: '1',
            organizationId: '1',
            applicant: 'wang',
          },
        ])
        expect(await read((tx) => tx.findOrganizations('夕阳红'))).toEqual([])
        const withdrawn = { type: 'withdrawn' as const, by: 'wang', at }
        await store.transact((tx) => tx.saveFiling({ ...filing, events: [...filing.events, withdrawn] }))
        expect(await read((tx) => tx.findOrganizations(name))).toEqual([])
      })
    })

    describe('organizations', () => {
      const names = async (name: string): Promise<string[]> =>
        (await read((tx) => tx.findOrganizations(name))).map(({ filingId }) => filingId)
      const name = '明珠社区夕阳红志愿服务队'
      const declined = {
        type: 'declined' as const,
        by: 'li',
        at,
        as: 'street' as const,
        reason: '不符合条件',
      }
      const renamed = {
        organizationName: name,
        kind: 'change' as const,
        organizationId: '1',
        changes: [
          {
            field: 'organizationName',
            after: { value: { full: '明珠社区朝阳志愿服务队', rest: '朝阳志愿服务队' }, by: 'wang', at },
          },
        ],
      }

      test('keep their name when filed, expired or not, and lose it when declined or cancelled', async () => {
        await store.transact((tx) =>
          tx.saveFiling(approvedOf('1', { filedOn: '2022-10-15' }, { organizationName: name })),
        )
        await store.transact((tx) =>
          tx.saveFiling(filingOf('2', { organizationName: name, events: [declined] })),
        )
        expect(await names(name)).toEqual(['1'])
        const cancellation = { organizationName: name, kind: 'cancellation' as const, organizationId: '1' }
        await store.transact((tx) => tx.saveFiling(filingOf('3', cancellation)))
        expect(await names(name)).toEqual(['1'])
        await store.transact((tx) => tx.saveFiling(approvedOf('3', {}, cancellation)))
        expect(await names(name)).toEqual([])
        await reopen()
        expect(await names(name)).toEqual([])
      })

      test('have both names while a change of name is under way, and then only the new one', async () => {
        await store.transact((tx) => tx.saveFiling(approvedOf('1', {}, { organizationName: name })))
        await store.transact((tx) => tx.saveFiling(filingOf('2', renamed)))
        expect(await names(name)).toEqual(['1'])
        expect(await names('明珠社区朝阳志愿服务队')).toEqual(['2'])
        await store.transact((tx) => tx.saveFiling(approvedOf('2', {}, renamed)))
        await reopen()
        expect(await names(name)).toEqual([])
        expect(await read((tx) => tx.findOrganizations('明珠社区朝阳志愿服务队'))).toMatchObject([
          { name: '明珠社区朝阳志愿服务队', organizationId: '1' },
        ])
      })

      test('have a chain of filings, in the order of their case numbers', async () => {
        await store.transact(async (tx) => {
          await tx.saveFiling(filingOf('10', { kind: 'renewal', organizationId: '2' }))
          await tx.saveFiling(filingOf('9', { kind: 'change', organizationId: '2' }))
          await tx.saveFiling(approvedOf('2'))
          await tx.saveFiling(filingOf('3'))
        })
        await reopen()
        const chain = await read((tx) => tx.listChain('2'))
        expect(chain.map(({ id }) => id)).toEqual(['2', '9', '10'])
        expect(await read((tx) => tx.listChain('9'))).toHaveLength(1)
        expect(await read((tx) => tx.listChain('nothing'))).toEqual([])
      })
    })

    describe('lists for staff', () => {
      const list = async (...query: Parameters<Transaction['listFilings']>): Promise<string[]> =>
        (await read((tx) => tx.listFilings(...query))).map(({ id }) => id)

      test('hold the filings of a place in a status', async () => {
        const endorsed = { type: 'endorsed' as const, by: 'li', at, as: 'community' as const }
        await store.transact(async (tx) => {
          await tx.saveFiling(filingOf('10'))
          await tx.saveFiling(filingOf('9', { place: '450205001000' }))
          await tx.saveFiling(filingOf('8', { place: '450205001001', events: [endorsed] }))
          await tx.saveFiling(filingOf('7', { place: '450205002001' }))
          await tx.saveFiling(approvedOf('6'))
        })
        for (let round = 0; round < 2; round++) {
          const statuses = ['submitted', 'endorsed'] as const
          expect(await list({ statuses, limit: 9 })).toEqual(['7', '8', '9', '10'])
          expect(await list({ statuses, limit: 2 })).toEqual(['7', '8'])
          expect(await list({ places: ['450205001000'], statuses, limit: 9 })).toEqual(['8', '9', '10'])
          expect(await list({ places: ['450205001000'], statuses: ['submitted'], limit: 9 })).toEqual([
            '9',
            '10',
          ])
          expect(await list({ places: ['450205001008'], statuses, limit: 9 })).toEqual(['10'])
          expect(
            await list({ places: ['450205001008', '450205002000', '450205001000'], statuses, limit: 9 }),
          ).toEqual(['7', '8', '9', '10'])
          expect(await list({ places: ['450205001000'], statuses: ['approved'], limit: 9 })).toEqual(['6'])
          expect(await list({ places: [], statuses, limit: 9 })).toEqual([])
          await reopen()
        }
      })

      test('follow what happens, and forget what a failed transaction did', async () => {
        await store.transact((tx) => tx.saveFiling(filingOf('1')))
        const failing = store.transact(async (tx) => {
          await tx.saveFiling(approvedOf('1'))
          throw new Error('changed my mind')
        })
        await expect(failing).rejects.toThrow()
        expect(await list({ statuses: ['submitted'], limit: 9 })).toEqual(['1'])
        await store.transact((tx) => tx.saveFiling(approvedOf('1')))
        expect(await list({ statuses: ['submitted'], limit: 9 })).toEqual([])
        expect(await list({ statuses: ['approved'], limit: 9 })).toEqual(['1'])
      })
    })

    describe('filing numbers', () => {
      const number = '柳北解备〔2026〕1号'
      const voided = { filingNumber: '柳北解备〔2026〕7号', reason: '写坏了，作废', by: 'li', at }
      const taken = expect.objectContaining({ name: 'StoreError' })

      test('find their organization, however they are written', async () => {
        await store.transact((tx) => tx.saveFiling(approvedOf('1')))
        await store.transact((tx) =>
          tx.saveFiling(approvedOf('2', {}, { kind: 'change', organizationId: '1' })),
        )
        await reopen()
        for (const said of [number, '柳北解备[2026]001号', '柳北解备（2026） 1号']) {
          expect(await read((tx) => tx.findByNumber(said))).toMatchObject({ id: '1' })
        }
        expect(await read((tx) => tx.findByNumber('柳北解备〔2026〕10号'))).toBeUndefined()
        expect(await read((tx) => tx.isNumberTaken('柳北解备〔2026〕01号'))).toBe(true)
        expect(await read((tx) => tx.isNumberTaken('柳北解备〔2026〕10号'))).toBe(false)
      })

      test('are given to one organization only, and a second approval leaves nothing behind', async () => {
        await store.transact((tx) => tx.saveFiling(approvedOf('1')))
        await reopen()
        const second = store.transact(async (tx) => {
          await tx.saveSession('li', sessionOf('1'))
          await tx.saveFiling(approvedOf('2', { filingNumber: '柳北解备〔2026〕01号' }))
        })
        await expect(second).rejects.toEqual(taken)
        expect(await read((tx) => tx.findFiling('2'))).toBeUndefined()
        expect((await read((tx) => tx.getSession('li'))).listed).toEqual([])
        await store.transact((tx) => tx.saveFiling(approvedOf('1')))
        await store.transact((tx) =>
          tx.saveFiling(approvedOf('3', {}, { kind: 'renewal', organizationId: '1' })),
        )
      })

      test('that are voided keep their reason and are never given again', async () => {
        await store.transact((tx) => tx.voidNumber(voided))
        await reopen()
        expect(await read((tx) => tx.listVoidedNumbers())).toEqual([voided])
        const { filingNumber } = voided
        expect(await read((tx) => tx.isNumberTaken(filingNumber))).toBe(true)
        await expect(
          store.transact((tx) => tx.saveFiling(approvedOf('1', { filingNumber }))),
        ).rejects.toEqual(taken)
        await expect(store.transact((tx) => tx.voidNumber({ ...voided, reason: '再来' }))).rejects.toEqual(
          taken,
        )
        await store.transact((tx) => tx.saveFiling(approvedOf('1')))
        await expect(
          store.transact((tx) => tx.voidNumber({ ...voided, filingNumber: number })),
        ).rejects.toEqual(taken)
      })

      test('begin where the paper ended, and never go back', async () => {
        const next = (first?: number): Promise<number> => store.transact((tx) => tx.nextNumber('n', first))
        expect(await next(13)).toBe(13)
        expect(await next(13)).toBe(14)
        expect(await next(5)).toBe(15)
        expect(await next()).toBe(16)
        expect(await next(30)).toBe(30)
      })
    })

    describe('looks at personal data', () => {
      test('are noted one after another and listed latest first', async () => {
        const look = (n: number, filingId: string, time: string) => ({
          by: 'li',
          filingId,
          reason: `核对 ${n}`,
          at: time,
        })
        const [a, b, c] = [look(1, 'x', day(1)), look(2, 'y', day(2)), look(3, 'x', day(3))]
        for (const one of [a, b, c]) await store.transact((tx) => tx.logAccess(one))
        await reopen()
        const listed = async (query: Parameters<Transaction['listAccess']>[0]) =>
          (await read((tx) => tx.listAccess(query))).map(({ link: _link, ...rest }) => rest)
        expect(await listed({ limit: 9 })).toEqual([c, b, a])
        expect(await listed({ limit: 1 })).toEqual([c])
        expect(await listed({ filingId: 'x', limit: 9 })).toEqual([c, a])
        expect(await listed({ from: day(2), until: day(3), limit: 9 })).toEqual([b])
      })

      test('are linked into one chain, whoever fails and however many come at once', async () => {
        const look = (n: number) =>
          store
            .transact(async (tx) => {
              await tx.logAccess({ by: 'li', filingId: `${n}`, reason: '核对', at: day(1) })
              if (n % 5 === 0) throw new Error('given up')
            })
            .catch(() => {})
        await Promise.all(Array.from({ length: 30 }, (_, n) => look(n)))
        await reopen()
        await look(31)
        const all = (await read((tx) => tx.listAccess({ limit: 99 }))).reverse()
        const last = await read((tx) => tx.lastNumber('access'))
        expect(all.map(({ link }) => link?.number)).toEqual(Array.from({ length: 25 }, (_, n) => n + 1))
        expect(checkChain(all, last)).toEqual({ entries: 25, head: all.at(-1)?.link, problems: [] })
      })
    })

    test('numbers have no gaps and no doubles, whoever fails and however many ask at once', async () => {
      const ask = (n: number): Promise<number | undefined> =>
        store
          .transact(async (tx) => {
            const number = await tx.nextNumber('cases')
            await tx.nextNumber('other')
            if (n % 3 === 0) throw new Error('failed')
            return number
          })
          .catch(() => undefined)
      const numbers = await Promise.all(Array.from({ length: 60 }, (_, n) => ask(n)))
      const given = numbers.flatMap((number) => number ?? []).sort((a, b) => a - b)
      expect(given).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    })

    describe('deliveries', () => {
      test('are taken once per key, however often and at once they are promised', async () => {
        const promise = (): Promise<boolean> => store.transact((tx) => tx.enqueue(messageTo('wang', 'k')))
        const taken = await Promise.all(Array.from({ length: 10 }, promise))
        expect(taken.filter(Boolean)).toHaveLength(1)
        await reopen()
        expect(await promise()).toBe(false)
      })

      test('keep their body whatever its kind', async () => {
        const about = { duty: 'ledger', period: '2026-11', last: '2026-11-24' }
        const kinds: { [Type in DeliveryBody['type']]: Extract<DeliveryBody, { type: Type }> } = {
          message: { type: 'message', to: 'wang', reply: { text: '好', documents: [] } },
          letter: { type: 'letter', to: 'wang', reply: { text: '好' } },
          document: {
            type: 'document',
            to: 'wang',
            document: { of: 'draft', id: 'd', paper: 'roster', format: 'xlsx', name: '人员名册.xlsx' },
          },
          reminders: {
            type: 'reminders',
            to: 'wang',
            day: '2026-11-23',
            reminders: [
              {
                ...about,
                target: 'f1',
                place: '450205001000',
                name: '合唱队',
                step: 'help-1',
                to: { type: 'office', role: 'street', place: '450205001000' },
                late: true,
                help: 'overdue',
              },
            ],
            news: ['收到月报'],
            more: ['昨日应发2，已达1，未知1。'],
            lost: [{ day: '2026-11-20', count: 1 }],
            card: 'letter@1',
            file: 'ledger:2026-11:450205001000',
          },
          group: {
            type: 'group',
            to: '合唱群',
            place: '450205001000',
            day: '2026-11-23',
            owing: [{ ...about, targets: [{ target: 'f1', mentions: ['wang'] }] }],
            numbers: '共3家',
          },
          groupChart: { type: 'groupChart', to: '合唱群', place: '450205001000' },
          groupTable: { type: 'groupTable', to: '合唱群', place: '450205001000' },
          responseUrl: {
            type: 'responseUrl',
            to: 'wang',
            url: 'https://example.com/r',
            reply: { text: '好' },
          },
          readFile: {
            type: 'readFile',
            to: 'wang',
            messageId: 'm',
            channel: 'app',
            media: { from: 'mediaId', mediaId: 'x' },
          },
        }
        const bodies: DeliveryBody[] = Object.values(kinds)
        await store.transact(async (tx) => {
          for (const body of bodies) await tx.enqueue({ ...messageTo('wang', body.type), body })
        })
        await reopen()
        const found = await read((tx) => tx.listDeliveries('waiting', 10))
        expect(found.map(({ body }) => body)).toEqual(bodies)
      })

      test('are leased when due, oldest first, once', async () => {
        await enqueue(['wang', 'w1'], ['li', 'l1'], ['wang', 'w2'], ['li', 'tomorrow', day(3)])
        expect(await claim(day(2), day(2, '01:05'), 2)).toEqual(['w1', 'l1'])
        expect(await claim(day(2), day(2, '01:05'))).toEqual([])
        const leased = await read((tx) => tx.findDelivery('w1'))
        expect(leased).toMatchObject({ state: 'leased', attempts: 1, leasedUntil: day(2, '01:05') })
        await settle('w1', { state: 'sent' })
        expect(await claim(day(2), day(2, '01:05'))).toEqual(['w2'])
        await settle('l1', { state: 'sent' })
        await settle('w2', { state: 'sent' })
        expect(await claim(day(3), day(3, '01:05'))).toEqual(['tomorrow'])
      })

      test('are leased by one of several who ask at once', async () => {
        await enqueue(...Array.from({ length: 30 }, (_, n): [string, string] => [`u${n}`, `k${n}`]))
        const claims = await Promise.all(Array.from({ length: 6 }, () => claim(day(2), day(3), 7)))
        const keys = claims.flat()
        expect(keys).toHaveLength(30)
        expect(new Set(keys).size).toBe(30)
      })

      test('are leased again when their lease ran out, and the attempt was counted', async () => {
        await enqueue(['wang', 'k'])
        await claim(day(2), day(2, '01:05'))
        await reopen()
        expect(await claim(day(2, '01:04'), day(2, '01:09'))).toEqual([])
        expect(await claim(day(2, '01:05'), day(2, '01:10'))).toEqual(['k'])
        expect(await read((tx) => tx.findDelivery('k'))).toMatchObject({ attempts: 2 })
      })

      test('of one person wait for an older one that failed, those of others do not', async () => {
        await enqueue(['wang', 'w1'], ['wang', 'w2'], ['li', 'l1'])
        await claim(day(2), day(2, '01:05'))
        await settle('w1', { state: 'waiting', dueAt: day(2, '02:00'), problem: 'errcode -1' })
        await settle('w2', { state: 'waiting', dueAt: day(2) })
        await settle('l1', { state: 'waiting', dueAt: day(2) })
        expect(await claim(day(2), day(2, '01:10'))).toEqual(['l1'])
        expect(await claim(day(2, '02:00'), day(2, '02:05'))).toContain('w1')
      })

      test('of one person do not wait for one that was merely put off', async () => {
        await enqueue(['wang', 'w1'], ['wang', 'w2'])
        await claim(day(2), day(2, '01:05'), 1)
        await settle('w1', { state: 'waiting', dueAt: day(4) })
        expect(await claim(day(2), day(2, '01:10'))).toEqual(['w2'])
      })

      test('do not wait behind an answer that goes another way', async () => {
        const url: DeliveryBody = { type: 'responseUrl', to: 'wang', url: 'https://x', reply: { text: '' } }
        await store.transact((tx) => tx.enqueue({ ...messageTo('wang', 'url'), body: url }))
        await claim(day(2), day(2, '01:05'))
        await enqueue(['wang', 'w1'])
        expect(await claim(day(2), day(2, '01:05'))).toEqual(['w1'])
      })

      test('remember how they ended', async () => {
        await enqueue(['wang', 'sent'], ['li', 'failed'], ['zhao', 'unknown'], ['sun', 'waiting'])
        await claim(day(2), day(2, '01:05'))
        now = day(2, '01:01')
        await settle('sent', { state: 'sent' })
        await settle('failed', { state: 'failed', problem: 'errcode 81013' })
        await settle('unknown', { state: 'unknown', problem: 'no answer' })
        await settle('waiting', { state: 'waiting', dueAt: day(3), problem: 'errcode -1' })
        for (let round = 0; round < 2; round++) {
          await read(async (tx) => {
            expect(await tx.findDelivery('sent')).not.toHaveProperty('leasedUntil')
            expect(await tx.findDelivery('sent')).toMatchObject({ state: 'sent', settledAt: now })
            const [failed] = await tx.listDeliveries('failed', 5)
            expect(failed).toMatchObject({ key: 'failed', problem: 'errcode 81013' })
            expect(await tx.listDeliveries('unknown', 5)).toHaveLength(1)
            expect(await tx.listDeliveries('unknown', 0)).toEqual([])
            expect(await tx.findDelivery('waiting')).toMatchObject({ dueAt: day(3), attempts: 1 })
          })
          expect(await store.counts()).toMatchObject({ waiting: 1, failed: 1, unknown: 1 })
          await reopen()
        }
        expect(await claim(day(2), day(3))).toEqual([])
      })

      test('that nobody promised cannot be settled', async () => {
        await expect(settle('nothing', { state: 'sent' })).rejects.toThrow(StoreError)
      })

      test('are doubtful once their lease ran out or an answer was lost, since that attempt', async () => {
        await enqueue(['wang', 'k'], ['li', 'lost'])
        await claim(day(2), day(2, '01:05'))
        await settle('lost', { state: 'waiting', dueAt: day(2), problem: 'no answer', doubtful: true })
        for (const time of ['01:05', '01:10']) await claim(day(2, time), day(2, '01:10'))
        await reopen()
        for (const key of ['k', 'lost'])
          expect(await read((tx) => tx.findDelivery(key))).toMatchObject({ doubtfulSince: day(2) })
        await settle('k', { state: 'waiting', dueAt: day(3) })
        expect(await read((tx) => tx.findDelivery('k'))).toMatchObject({ doubtfulSince: day(2) })
      })

      test('keep the media id of their file', async () => {
        await enqueue(['wang', 'k'])
        await store.transact((tx) => tx.noteUpload('k', 'MID_1'))
        await claim(day(2), day(2, '01:05'))
        await settle('k', { state: 'waiting', dueAt: day(3), problem: 'errcode -1' })
        await reopen()
        expect(await read((tx) => tx.findDelivery('k'))).toMatchObject({ mediaId: 'MID_1' })
        await expect(store.transact((tx) => tx.noteUpload('other', 'M'))).rejects.toThrow(StoreError)
      })

      test('that were merely put off were not attempted', async () => {
        await enqueue(['wang', 'k'])
        await claim(day(2), day(2, '01:05'))
        await settle('k', { state: 'waiting', dueAt: day(3) })
        const found = await read((tx) => tx.findDelivery('k'))
        expect(found).toMatchObject({ attempts: 0, dueAt: day(3) })
        expect(found).not.toHaveProperty('doubtfulSince')
      })

      test('are leased again when the clock was moved back before their lease', async () => {
        await enqueue(['wang', 'k'])
        await claim(day(9), day(9, '01:05'))
        expect(await claim(day(2), day(2, '01:05'))).toEqual(['k'])
      })

      test('are listed by the beginning of their key', async () => {
        await enqueue(['wang', 'letter:2026-03-02:wang'], ['li', 'letter:2026-03-02:li'], ['li', 'other'])
        await claim(day(2), day(3), 2)
        await settle('letter:2026-03-02:li', {
          state: 'waiting',
          dueAt: day(3),
          problem: 'no answer',
          doubtful: true,
        })
        const found = await read((tx) => tx.listKeys('letter:2026-03-02:'))
        expect(found.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
          { key: 'letter:2026-03-02:li', state: 'waiting', doubtfulSince: day(2) },
          { key: 'letter:2026-03-02:wang', state: 'leased' },
        ])
        expect(await read((tx) => tx.listKeys('nothing'))).toEqual([])
      })

      test('of the app are counted for each person since an instant', async () => {
        const url: DeliveryBody = { type: 'responseUrl', to: 'wang', url: 'https://x', reply: { text: '' } }
        await store.transact((tx) => tx.enqueue({ ...messageTo('wang', 'url'), body: url }))
        await enqueue(['wang', 'early'], ['wang', 'late'], ['wang', 'failed'], ['li', 'other'])
        await claim(day(2), day(2, '01:05'))
        await settle('early', { state: 'sent' })
        now = day(4)
        for (const key of ['url', 'late', 'other']) await settle(key, { state: 'sent' })
        await settle('failed', { state: 'failed' })
        const count = (since: string) => read((tx) => tx.countSent('wang', since))
        expect([await count(at), await count(day(4)), await count(day(5))]).toEqual([2, 1, 0])
      })

      test('are forgotten once settled for good, and their keys are not', async () => {
        await enqueue(['wang', 'sent'], ['li', 'failed'], ['zhao', 'later'])
        await claim(day(2), day(2, '01:05'))
        await settle('sent', { state: 'sent' })
        await settle('failed', { state: 'failed' })
        now = day(9)
        await settle('later', { state: 'sent' })
        expect(await store.transact((tx) => tx.forgetDeliveries(day(9)))).toBe(2)
        await reopen()
        await read(async (tx) => {
          expect(await tx.findDelivery('sent')).toBeUndefined()
          expect(await tx.findDelivery('failed')).toBeUndefined()
          expect(await tx.findDelivery('later')).toBeDefined()
        })
        const again = (): Promise<boolean> => store.transact((tx) => tx.enqueue(messageTo('wang', 'sent')))
        expect(await again()).toBe(false)
        await store.transact((tx) => tx.forgetDeliveries('2027-03-20T00:00:00.000Z'))
        expect(await again()).toBe(false)
        await store.transact((tx) => tx.forgetDeliveries('2027-06-20T00:00:00.000Z'))
        expect(await again()).toBe(true)
      })
    })

    describeQuestions(() => store, reopen)

    test('counts what there is', async () => {
      await store.transact(async (tx) => {
        await tx.saveFiling(filingOf('1'))
        await tx.saveSession('wang', sessionOf('1'))
        await tx.saveSession('li', sessionOf('1'))
        await tx.enqueue(messageTo('wang', 'k1'))
        await tx.enqueue(messageTo('li', 'k2'))
      })
      await claim(day(2), day(3), 1)
      expect(await store.counts()).toEqual({ filings: 1, sessions: 2, waiting: 2, failed: 0, unknown: 0 })
    })
  })
}
