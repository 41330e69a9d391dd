import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliver } from '../../src/deliver.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { remind } from '../../src/remind.ts'
import { matterId } from '../../src/reminders/matter.ts'
import type { Outcome } from '../../src/store/store.ts'
import { MINGZHU, submitted } from '../filings/cases.ts'
import { startSender, type Sender } from '../support/sender.ts'

// What becomes of a letter that did not leave on its day, or may have.

let sender: Sender
beforeEach(async () => {
  sender = await startSender('2026-11-20T08:00')
})
afterEach(() => sender.stop())

const filed = (n: number, validUntil = '2028-03-01'): Filing =>
  submitted({
    id: `f${n}`,
    applicant: 'wangxiuying',
    organizationName: `第${n}合唱队`,
    events: [
      {
        type: 'imported',
        by: 'zhaomin',
        at: '2026-11-02T02:00:00.000Z',
        filingNumber: `柳北解备〔2026〕${n}号`,
        filedOn: '2025-03-01',
        validUntil,
      },
    ],
  })
const save = (...filings: Filing[]): Promise<void> =>
  sender.bot.store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })
/** The first organization hands in its report. */
const report = (at: string): Promise<void> => {
  const about = { duty: 'monthlyReport', period: '2026-11', target: 'f1', place: MINGZHU }
  const id = matterId(about.duty, about.period, about.target)
  const reported = { type: 'reported' as const, at, by: 'wangxiuying' }
  return sender.bot.store.transact((tx) => tx.saveMatter({ ...about, id, events: [reported] }))
}

const promise = () => remind(sender.bot)
const push = () => deliver(sender.bot)
const texts = () => sender.textsTo('wangxiuying')
const YESTERDAY = 'letter:2026-11-23:wangxiuying'

/** A process gives back what it had taken. */
const giveBack = (keys: readonly string[], how: Partial<Outcome> = {}): Promise<void> =>
  sender.bot.store.transact(async (tx) => {
    const dueAt = sender.bot.clock.now().toISOString()
    for (const key of keys) await tx.settleDelivery(key, { state: 'waiting', dueAt, ...how })
  })

/** A letter was promised on a Monday in the last minute of its hours; there is more to say on Tuesday. */
async function promisedLate(): Promise<void> {
  await save(filed(1))
  sender.goTo('2026-11-23T17:29')
  await promise()
}
const moreToSay = () => save(filed(2, '2027-01-22'))

test('it is in the one of the next day, as soon as no other process has it', async () => {
  await promisedLate()
  sender.goTo('2026-11-24T09:05')
  await moreToSay()
  const taken = await sender.takeAll()
  await promise()
  expect(await sender.bot.store.transact((tx) => tx.listKeys('letter:2026-11-24:wangxiuying'))).toEqual([])
  await giveBack(taken)
  await promise()
  await push()
  expect(texts()).toEqual([expect.stringMatching(/第1合唱队[^]*这条晚到了/)])
  expect(texts().join()).toContain('第2合唱队')
  expect(await sender.listed('waiting')).toEqual([])
})

test('a process that died over it on another day had not begun to send it', async () => {
  await promisedLate()
  sender.goTo('2026-11-24T08:40')
  expect(await sender.takeAll()).toContain(YESTERDAY)
  sender.goTo('2026-11-24T08:50')
  await push()
  await sender.run('2026-11-24T09:05')
  expect(texts()).toEqual([expect.stringMatching(/第1合唱队[^]*这条晚到了/)])
})

test('one that may have arrived is not said again', async () => {
  await promisedLate()
  await giveBack(await sender.takeAll(), { problem: 'NetworkError: no answer', doubtful: true })
  await moreToSay()
  await sender.run('2026-11-24T09:05')
  await sender.run('2026-11-25T09:05')
  expect(texts()).toEqual([expect.stringContaining('第2合唱队')])
  expect(texts().join()).not.toContain('第1合唱队')
  const state = await sender.bot.store.transact((tx) => tx.findDelivery(YESTERDAY))
  expect(state).toMatchObject({ state: 'unknown' })
})

test('one of which only the card is left is not said again either', async () => {
  await promisedLate()
  await sender.bot.store.transact((tx) => tx.settleDelivery(YESTERDAY, { state: 'sent' }))
  await moreToSay()
  await sender.run('2026-11-24T09:05')
  expect(texts()).toEqual([expect.stringContaining('第2合唱队')])
  expect(texts().join()).not.toContain('第1合唱队')
  expect(await sender.listed('waiting')).toEqual([])
})

test('one that may have arrived on this day is not sent again with less in it', async () => {
  await save(filed(1), filed(2))
  sender.goTo('2026-11-23T09:05')
  await promise()
  expect(await sender.takeAll()).toContain(YESTERDAY)
  sender.wait(2 * 60_000)
  await report('2026-11-23T01:06:00.000Z')
  await push()
  expect(texts()).toEqual([])
  expect((await sender.listed('unknown')).map(({ key }) => key)).toContain(YESTERDAY)
})

test('news in it is told on the next day', async () => {
  await save(filed(1))
  await report('2026-11-22T01:05:00.000Z')
  sender.goTo('2026-11-23T17:29')
  await promise()
  await sender.run('2026-11-24T09:05')
  expect(sender.textsTo('wangfang')).toEqual([expect.stringContaining('第1合唱队')])
})
