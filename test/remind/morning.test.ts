import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliver } from '../../src/deliver.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { remind } from '../../src/remind.ts'
import { submitted } from '../filings/cases.ts'
import { startSender, type Sender } from '../support/sender.ts'

// What the operator reads each morning of the days before.

const OPERATOR = 'chenming'

let sender: Sender
beforeEach(async () => {
  sender = await startSender('2026-11-20T08:00')
  sender.appoint(OPERATOR)
})
afterEach(() => sender.stop())

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
  sender.bot.store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })

const read = (userId = OPERATOR): string[] =>
  sender
    .textsTo(userId)
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes('应发'))

test('what turns out not to have arrived after its day was told of is told of later, once', async () => {
  await save(filed(1, 'wangxiuying'))
  await sender.run('2026-11-25T09:05')
  await sender.run('2026-11-27T09:05')
  // Nobody ran on the 26th. Then the clock is set back to it, and a post into a group breaks off.
  sender.standIn.failNext('/cgi-bin/webhook/send', 'lost')
  await sender.run('2026-11-26T09:05')
  const before = read().length
  await sender.run('2026-11-30T09:05')
  await sender.run('2026-12-01T09:05')
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
    await sender.run('2026-11-25T09:05')
    sender.goTo('2026-11-26T09:05')
    await remind(sender.bot)
    await sender.bot.store.transact((tx) => tx.settleDelivery(`morning:2026-11-26:${OPERATOR}`, { state }))
    await deliver(sender.bot)
    expect(read()).toEqual([])
    await sender.run('2026-11-27T09:05')
    expect(read()).toEqual([expect.stringMatching(/^11月25日应发/), expect.stringMatching(/^昨日应发/)])
  },
)

test('the operator reads of yesterday in the first minute, however many letters leave', async () => {
  await save(filed(0, 'wangxiuying'))
  await sender.run('2026-11-20T09:05')
  await save(...Array.from({ length: 90 }, (_, n) => filed(n + 1, `leader${n}`)))
  sender.goTo('2026-11-23T09:05')
  await remind(sender.bot)
  const promised = await sender.listed('waiting')
  const due = promised.map(({ dueAt }) => dueAt).sort()
  expect(due.at(-1)! > due[0]!).toBe(true)
  const line = promised.find(({ key }) => key === `morning:2026-11-23:${OPERATOR}`)
  expect(line?.dueAt).toBe(due[0])
})

test('where WeCom knows no operator, the bureau reads what did not arrive', async () => {
  sender.appoint('nobodyhere')
  await save(filed(1, 'wangxiuying'))
  await sender.run('2026-11-25T09:05')
  await sender.run('2026-11-26T09:05')
  expect(read('zhaomin')).toEqual([])
  await sender.run('2026-11-27T09:05')
  expect(read('zhaomin')).toEqual([
    expect.stringMatching(/^11月25日应发/),
    expect.stringMatching(/^昨日应发/),
  ])
})

test('without an app the operator hears of each day once', async () => {
  sender.bot = { ...sender.bot, client: undefined }
  await save(filed(1, 'wangxiuying'))
  for (const day of ['26', '27', '30']) await sender.run(`2026-11-${day}T09:05`)
  const { missed = [] } = await sender.bot.store.transact((tx) => tx.getSession(OPERATOR))
  const lines = missed.flatMap((text) => text.split('\n')).filter((line) => line.includes('应发'))
  expect(lines).toEqual([expect.stringMatching(/^昨日应发/), expect.stringMatching(/^11月27日应发/)])
})

test('what did not leave on its day and is not wanted any more has an end', async () => {
  // A Monday, on which the calendar of the next year is asked for, and nothing on the day after.
  sender.goTo('2026-11-16T17:29')
  await remind(sender.bot)
  const waiting = () => sender.listed('waiting')
  expect((await waiting()).map(({ key }) => key)).toEqual([`morning:2026-11-16:${OPERATOR}`])
  await sender.run('2026-11-17T09:05')
  expect(await waiting()).toEqual([])
  expect(sender.standIn.inbox(OPERATOR, 'app')).toEqual([])
})
