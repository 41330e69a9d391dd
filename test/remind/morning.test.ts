import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import { deliver } from '../../src/deliver.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { remind } from '../../src/remind.ts'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../../src/sandbox/stand-in.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { GroupRobots } from '../../src/wecom/groups.ts'
import { submitted } from '../filings/cases.ts'
import { MemoryDisk } from '../store/memory-disk.ts'
import { botOver, loadParts } from '../support/bot.ts'
import { appKeys, robot } from '../support/trial.ts'

// What the operator reads each morning of the days before.

const parts = await loadParts()
const OPERATOR = 'chenming'

let now: Date
/** Like that of a machine it may be set back as well. */
const clock = movableClock({ now: () => now })
const goTo = (moment: string): void => void (now = new Date(`${moment}:00+08:00`))

let standIn: StandIn
let bot: Bot
beforeEach(async () => {
  goTo('2026-11-20T08:00')
  standIn = await startStandIn({ robot, app: appKeys, clock, people: sandboxPeople, groups: sandboxGroups })
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 7)],
    disk: new MemoryDisk(),
    clock,
  })
  bot = {
    ...botOver(store, parts, clock),
    client: new WecomClient({ base: standIn.url, ...appKeys, clock }),
    groups: new GroupRobots({ apiBase: standIn.url, clock }),
    apiBase: standIn.url,
  }
  appoint(OPERATOR)
})
afterEach(async () => {
  await bot.store.close()
  await standIn.stop()
})

function appoint(userid: string): void {
  const people = [...trialDirectory.people, { userid, name: '陈明', role: 'operator' as const }]
  const { staff } = staffOf({ ...trialDirectory, people }, parts.pack.jurisdiction, [])
  bot = { ...bot, directory: { current: () => staff, look: async () => {} } }
}

const filed = (n: number, applicant: string): Filing =>
  submitted({
    id: `f${n}`,
    applicant,
    organizationName: `第${n}合唱队`,
    events: [
      {
        type: 'imported',
        by: 'zhaomin',
        at: '2026-11-02T02:00:00.000Z',
        filingNumber: `柳北解备〔2026〕${n}号`,
        filedOn: '2025-03-01',
        validUntil: '2028-03-01',
      },
    ],
  })
const save = (...filings: Filing[]): Promise<void> =>
  bot.store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })

async function run(moment: string): Promise<void> {
  goTo(moment)
  await remind(bot)
  await deliver(bot)
}

const read = (userId = OPERATOR): string[] =>
  standIn
    .inbox(userId, 'app')
    .flatMap(({ body }) => (body.type === 'text' ? body.text.split('\n') : []))
    .filter((line) => line.includes('应发'))

test('what turns out not to have arrived after its day was told of is told of later, once', async () => {
  await save(filed(1, 'wangxiuying'))
  await run('2026-11-25T09:05')
  await run('2026-11-27T09:05')
  // Nobody ran on the 26th. Then the clock is set back to it, and a post into a group breaks off.
  standIn.failNext('/cgi-bin/webhook/send', 'lost')
  await run('2026-11-26T09:05')
  const before = read().length
  await run('2026-11-30T09:05')
  await run('2026-12-01T09:05')
  expect(read().slice(before)).toEqual([
    expect.stringMatching(/^11月26日应发\d+，已达\d+，未知1。$/),
    expect.stringMatching(/^11月27日应发/),
    expect.stringMatching(/^昨日应发/),
  ])
})

test.each(['unknown', 'failed'] as const)(
  'when the line itself is %s, its day is in the next',
  async (state) => {
    await save(filed(1, 'wangxiuying'))
    await run('2026-11-25T09:05')
    goTo('2026-11-26T09:05')
    await remind(bot)
    await bot.store.transact((tx) => tx.settleDelivery(`morning:2026-11-26:${OPERATOR}`, { state }))
    await deliver(bot)
    expect(read()).toEqual([])
    await run('2026-11-27T09:05')
    expect(read()).toEqual([expect.stringMatching(/^11月25日应发/), expect.stringMatching(/^昨日应发/)])
  },
)

test('the operator reads of yesterday in the first minute, however many letters leave', async () => {
  await save(filed(0, 'wangxiuying'))
  await run('2026-11-20T09:05')
  await save(...Array.from({ length: 90 }, (_, n) => filed(n + 1, `leader${n}`)))
  goTo('2026-11-23T09:05')
  await remind(bot)
  const promised = await bot.store.transact((tx) => tx.listDeliveries('waiting', 1000))
  const due = promised.map(({ dueAt }) => dueAt).sort()
  expect(due.at(-1)! > due[0]!).toBe(true)
  const line = promised.find(({ key }) => key === `morning:2026-11-23:${OPERATOR}`)
  expect(line?.dueAt).toBe(due[0])
})

test('where WeCom knows no operator, the bureau reads what did not arrive', async () => {
  appoint('nobodyhere')
  await save(filed(1, 'wangxiuying'))
  await run('2026-11-25T09:05')
  await run('2026-11-26T09:05')
  expect(read('zhaomin')).toEqual([])
  await run('2026-11-27T09:05')
  expect(read('zhaomin')).toEqual([
    expect.stringMatching(/^11月25日应发/),
    expect.stringMatching(/^昨日应发/),
  ])
})

test('without an app the operator hears of each day once', async () => {
  bot = { ...bot, client: undefined }
  await save(filed(1, 'wangxiuying'))
  for (const day of ['26', '27', '30']) await run(`2026-11-${day}T09:05`)
  const { missed = [] } = await bot.store.transact((tx) => tx.getSession(OPERATOR))
  const lines = missed.flatMap((text) => text.split('\n')).filter((line) => line.includes('应发'))
  expect(lines).toEqual([expect.stringMatching(/^昨日应发/), expect.stringMatching(/^11月27日应发/)])
})

test('what did not leave on its day and is not wanted any more has an end', async () => {
  // A Monday, on which the calendar of the next year is asked for, and nothing on the day after.
  goTo('2026-11-16T17:29')
  await remind(bot)
  const waiting = () => bot.store.transact((tx) => tx.listDeliveries('waiting', 10))
  expect((await waiting()).map(({ key }) => key)).toEqual([`morning:2026-11-16:${OPERATOR}`])
  await run('2026-11-17T09:05')
  expect(await waiting()).toEqual([])
  expect(standIn.inbox(OPERATOR, 'app')).toEqual([])
})
