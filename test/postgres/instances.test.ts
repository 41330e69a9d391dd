import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { grantOf, statusOf } from '../../src/filings/filing.ts'
import { normalizeName } from '../../src/filings/names.ts'
import { grantFor } from '../../src/receive/grant.ts'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import type { Store } from '../../src/store/store.ts'
import type { Bot } from '../../src/bot.ts'
import { DECISIONS, noteQuestion, relearn } from '../../src/receive/learn.ts'
import { receive } from '../../src/receive.ts'
import { officer, play, submitted, worker } from '../filings/cases.ts'
import { filingOf, messageTo, sessionOf } from '../store/invented.ts'
import { botOver, loadParts, textMessage } from '../support/bot.ts'
import { danceTeam, nextWords } from '../support/leader.ts'
import { emptyDatabase, newDatabase } from '../support/postgres.ts'

// Several instances on one database, as behind a balancer.

const INSTANCES = 3
const dataKeys = [Buffer.alloc(32, 1)]
const clock = { now: () => new Date('2026-11-23T02:00:00Z') }

let database: Awaited<ReturnType<typeof newDatabase>>
let parts: Awaited<ReturnType<typeof loadParts>>
beforeAll(async () => {
  ;[database, parts] = await Promise.all([newDatabase(), loadParts()])
})
afterAll(() => database.remove())

let stores: Store[] = []
beforeEach(async () => {
  const opening = Array.from({ length: INSTANCES }, () =>
    openPostgresStore({ url: database.url, dataKeys, clock }),
  )
  stores = await Promise.all(opening)
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await emptyDatabase(database.url)
})

/** The instance the balancer gives the nth request to. */
const instance = (n: number): Store => stores[n % INSTANCES]!

test('one message that reaches all of them at once is answered once and the same', async () => {
  const bots = stores.map((store) => botOver(store, parts, clock))
  const message = textMessage('wang', '1', '开始备案')
  const answers = await Promise.all([...bots, ...bots].map((bot) => receive(message, bot)))
  expect(new Set(answers.map((answer) => answer?.streamId)).size).toBe(1)
  expect(answers[0]?.reply.text).toContain('个人信息')
})

test('what one person does at different instances at once happens one after another', async () => {
  const add = (n: number): Promise<void> =>
    instance(n).transact(async (tx) => {
      const session = await tx.getSession('wang')
      await tx.saveSession('wang', { ...session, listed: [...session.listed, String(n)] })
    })
  await Promise.all(Array.from({ length: 30 }, (_, n) => add(n)))
  const { listed } = await instance(0).transact((tx) => tx.getSession('wang'))
  expect(listed.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n))
})

test('leaders who file at different instances at once get numbers without gaps and doubles', async () => {
  const bots = stores.map((store) => botOver(store, parts, clock))
  const leaders = Array.from({ length: 5 }, (_, n) => `leader${n}`)
  let sent = 0
  const file = async (leader: string, who: number): Promise<void> => {
    const given = new Map<string, number>()
    const sheet = { ...danceTeam, 备案社区社会组织名称: `夕阳红第${'一二三四五'[who]}舞蹈队` }
    let heard = ''
    const say = async (text: string): Promise<void> => {
      // Every message goes to the next instance.
      const answer = await receive(textMessage(leader, String(sent), text), bots[sent++ % INSTANCES]!)
      heard = answer?.reply.text ?? ''
    }
    await say('开始备案')
    for (let turns = 0; turns < 80 && !heard.includes('受理号'); turns++) {
      const isDone = heard.includes('“确认提交”') && !heard.includes('下一页')
      await say(isDone ? '确认提交' : nextWords(heard, sheet, given))
    }
    expect(heard).toContain('受理号')
  }
  await Promise.all(leaders.map(file))
  const filings = await instance(1).transact(async (tx) =>
    Promise.all(leaders.map((leader) => tx.listFilingsOf(leader))),
  )
  expect(filings.map((own) => own.length)).toEqual(leaders.map(() => 1))
  const numbers = filings.flat().map(({ caseNumber }) => caseNumber)
  expect(numbers.sort()).toEqual(leaders.map((_, n) => `2026-000${n + 1}`))
})

test('an authority that approves at different instances at once gives numbers without gaps and doubles', async () => {
  const ids = Array.from({ length: 8 }, (_, n) => String(n + 1))
  const endorsed = (id: string) =>
    play(submitted({ id, caseNumber: `2026-${id}`, organizationName: `第${id}队` }), [
      { type: 'endorse' },
      worker,
    ])
  await instance(0).transact(async (tx) => {
    for (const id of ids) await tx.saveFiling(endorsed(id))
  })
  const approved = (id: string, n: number): Promise<boolean> =>
    instance(n).transact(async (tx) => {
      const filing = await tx.findFiling(id)
      if (!filing || statusOf(filing) !== 'endorsed') return false
      const granted = await grantFor(filing, tx, parts.pack, '2026-11-23')
      if (!granted.ok) throw new Error(granted.because)
      await tx.saveFiling(play(filing, [{ type: 'approve', ...granted.grant }, officer]))
      return true
    })
  const told = await Promise.all(ids.flatMap((id, n) => [approved(id, n), approved(id, n + 1)]))
  expect(told.filter(Boolean)).toHaveLength(ids.length)
  const filings = await instance(1).transact((tx) => tx.listFilings({ statuses: ['approved'], limit: 100 }))
  expect(filings.map((filing) => grantOf(filing)?.filingNumber).sort()).toEqual(
    ids.map((id) => `柳北解备〔2026〕${id}号`),
  )
})

test('a name that several want at once is given to one', async () => {
  const submit = (n: number): Promise<boolean> =>
    instance(n).transact(async (tx) => {
      const filing = filingOf(`f${n}`, {
        applicant: `leader${n}`,
        organizationName: '明珠社区夕阳红志愿服务队',
      })
      if ((await tx.findOrganizations(normalizeName(filing.organizationName))).length > 0) return false
      await tx.saveFiling({ ...filing, caseNumber: `2026-${await tx.nextNumber('case:2026')}` })
      return true
    })
  const given = await Promise.all(Array.from({ length: 12 }, (_, n) => submit(n)))
  expect(given.filter(Boolean)).toHaveLength(1)
  const next = await instance(0).transact((tx) => tx.nextNumber('case:2026'))
  expect(next).toBe(2)
})

test('two first filings of one name cannot stand beside each other, whatever a program believes', async () => {
  const organizationName = '明珠社区夕阳红志愿服务队'
  const file = (id: string, over = {}): Promise<void> =>
    instance(0).transact((tx) => tx.saveFiling(filingOf(id, { organizationName, ...over })))
  await file('1')
  await expect(file('2')).rejects.toThrow('太多人')
  // A change of the same organization bears its name too.
  await file('3', { kind: 'change', organizationId: '1' })
})

test('deliveries leave once and one person’s in order, whichever instance takes them', async () => {
  const people = ['wang', 'li', 'zhao', 'sun', 'qian']
  const promised = Array.from({ length: 150 }, (_, n) => messageTo(people[n % people.length]!, `k${n}`))
  for (let begin = 0; begin < promised.length; begin += 30) {
    await instance(begin / 30).transact(async (tx) => {
      for (const one of promised.slice(begin, begin + 30)) await tx.enqueue(one)
    })
  }
  const left: string[] = []
  const now = clock.now()
  const [from, until] = [now, new Date(now.getTime() + 60_000)].map((time) => time.toISOString()) as [
    string,
    string,
  ]
  const work = async (store: Store): Promise<void> => {
    for (;;) {
      const mine = await store.transact((tx) => tx.claimDeliveries(from, until, 7))
      for (const { key } of mine) {
        left.push(key)
        await store.transact((tx) => tx.settleDelivery(key, { state: 'sent' }))
      }
      const { waiting } = await store.counts()
      if (waiting === 0) return
    }
  }
  await Promise.all(stores.map(work))
  expect(left).toHaveLength(150)
  expect(new Set(left).size).toBe(150)
  for (const [who] of people.entries()) {
    const theirs = left.map((key) => Number(key.slice(1))).filter((n) => n % people.length === who)
    expect(theirs).toEqual(theirs.toSorted((a, b) => a - b))
  }
})

test('what the district decided at one instance is answered at the others', async () => {
  const [first, second] = stores.map((store) => botOver(store, parts, clock)) as [Bot, Bot]
  await relearn(second)
  const question = '队里的锣鼓放哪里'
  expect(second.tell(question, '2026-11-23', undefined).kind).not.toBe('found')
  const at = clock.now().toISOString()
  await first.store.transact(async (tx) => {
    await noteQuestion(tx, { question, why: 'unanswered', who: 'wang', at })
    const [asked] = await tx.listQuestions(['open'], 1)
    const said = { name: '王芳', text: '可以放社区活动室，跟社区说一声。', sources: [] }
    const answered = { type: 'answered' as const, by: 'fang', at, ...said }
    const adopted = { type: 'adopted' as const, by: 'min', at, name: '赵敏' }
    await tx.saveQuestion({ ...asked!, events: [answered, adopted] })
    await tx.nextNumber(DECISIONS)
  })
  await relearn(second)
  expect(second.tell(question, '2026-11-23', undefined).text).toContain('跟社区说一声')
})

test('a transaction that fails leaves nothing for the others to see, and holds nothing', async () => {
  const failing = instance(0).transact(async (tx) => {
    await tx.saveSession('wang', sessionOf('1'))
    await tx.enqueue(messageTo('wang', 'k'))
    await tx.claimDeliveries('2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z', 5)
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect((await instance(1).transact((tx) => tx.getSession('wang'))).listed).toEqual([])
  expect(await instance(2).transact((tx) => tx.enqueue(messageTo('wang', 'k')))).toBe(true)
})
