import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import { timeOf } from '../../src/clock.ts'
import { deliver } from '../../src/deliver.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { remind } from '../../src/remind.ts'
import { matterId, type MatterEvent } from '../../src/reminders/matter.ts'
import { MINGZHU, submitted } from '../filings/cases.ts'
import { startSender, type Sender } from '../support/sender.ts'

// What a letter is promised of, when other processes, people and crashes come between.

let sender: Sender
beforeEach(async () => {
  sender = await startSender('2026-11-20T08:00')
})
afterEach(() => sender.stop())

const filed = (n: number, applicant: string, validUntil = '2028-03-01'): Filing =>
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
        validUntil,
      },
    ],
  })
const save = (...filings: Filing[]): Promise<void> =>
  sender.bot.store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })
const promise = () => remind(sender.bot)
const push = () => deliver(sender.bot)
const letters = (day: string, to = '') =>
  sender.bot.store.transact((tx) => tx.listKeys(`letter:${day}:${to}`))

/** Appoints a second worker of 明珠社区. */
function appointSecond(): void {
  const staff = sender.bot.directory.current()
  const second = { userId: 'chenming', name: '陈明', role: 'community' as const, place: MINGZHU }
  const current = () => ({ ...staff, appointments: [...staff.appointments, second] })
  sender.bot = { ...sender.bot, directory: { ...sender.bot.directory, current } }
}

/** The bot, of which something comes between its uses of the store. */
const interrupted = (between: (use: number) => Promise<void>): Bot => {
  const { store } = sender.bot
  let uses = 0
  return {
    ...sender.bot,
    store: {
      isReady: () => true,
      counts: () => store.counts(),
      close: () => store.close(),
      async transact(work) {
        await between(++uses)
        return store.transact(work)
      },
    },
  }
}

/** Which use of the store promises the last letters of a morning; then all is as it was before that morning. */
async function lastPromise(settle: () => Promise<void>): Promise<number> {
  let last = 0
  await settle()
  await remind(interrupted(async (use) => void (last = use)))
  await sender.stop()
  sender = await startSender('2026-11-20T08:00')
  await settle()
  // The very last is for the group of the street.
  return last - 1
}

// Forty letters are promised together: among these numbers is one at which the two workers come on both sides.
test.each([36, 37, 38, 39])(
  'a death between the letters of an office leaves nobody of it out (%i)',
  async (leaders) => {
    const last = await lastPromise(async () => {
      appointSecond()
      const known = Array.from({ length: leaders }, (_, n) => filed(n + 1, `leader${n}`))
      await save(...known, filed(90, ''))
      sender.goTo('2026-11-23T09:05')
    })
    const dies = async (use: number): Promise<void> => {
      if (use === last) throw new Error('killed')
    }
    await expect(remind(interrupted(dies))).rejects.toThrow('killed')
    await promise()
    const keys = (await letters('2026-11-23')).map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['letter:2026-11-23:wangfang', 'letter:2026-11-23:chenming']))
    expect(keys.filter((key) => /:leader\d+$/.test(key))).toHaveLength(leaders)
  },
)

test('what was handed in while it was looked for is not promised', async () => {
  const last = await lastPromise(async () => {
    await save(filed(1, 'wangxiuying'))
    sender.goTo('2026-11-23T09:05')
  })
  const handsIn = async (use: number): Promise<void> => {
    if (use === last) await report('2026-11-23T01:05:00.000Z')
  }
  await remind(interrupted(handsIn))
  expect(await letters('2026-11-23', 'wangxiuying')).toEqual([])
})

test('an office hears together: where one of it has a letter of today, all of it waits', async () => {
  await save(filed(1, ''))
  await sender.run('2026-11-23T09:05')
  appointSecond()
  await save(filed(2, ''))
  await sender.run('2026-11-23T14:40')
  expect(sender.textsTo('wangfang')).toHaveLength(1)
  expect(sender.textsTo('chenming').join()).not.toContain('第2合唱队')
  await sender.run('2026-11-24T09:05')
  for (const user of ['wangfang', 'chenming']) expect(sender.textsTo(user).join()).toContain('第2合唱队')
})

test('what another process takes while it is looked for is told once, by one of the two', async () => {
  let taken: string[] = []
  const settle = async (): Promise<void> => {
    await save(filed(1, 'wangxiuying'))
    sender.goTo('2026-11-23T17:29')
    await promise()
    sender.goTo('2026-11-24T09:05')
    await save(filed(2, 'wangxiuying', '2027-01-22'))
  }
  const last = await lastPromise(settle)
  const takes = async (use: number): Promise<void> => {
    if (use === last) taken = await sender.takeAll()
  }
  await remind(interrupted(takes))
  const dueAt = sender.bot.clock.now().toISOString()
  await sender.bot.store.transact(async (tx) => {
    for (const key of taken) await tx.settleDelivery(key, { state: 'waiting', dueAt })
  })
  await push()
  await sender.run('2026-11-25T09:05')
  const said = sender.textsTo('wangxiuying').join()
  expect(said.match(/第1合唱队[^；。]*11月月报/g)).toHaveLength(1)
})

/** The first organization hands in its report. */
const report = (at: string, ...more: MatterEvent[]): Promise<void> => {
  const about = { duty: 'monthlyReport', period: '2026-11', target: 'f1', place: MINGZHU }
  const id = matterId(about.duty, about.period, about.target)
  const reported = { type: 'reported' as const, at, by: 'wangxiuying' }
  return sender.bot.store.transact((tx) => tx.saveMatter({ ...about, id, events: [reported, ...more] }))
}

test('what happens to a matter while its news is promised stays in it', async () => {
  const last = await lastPromise(async () => {
    await save(filed(1, 'wangxiuying'))
    await report('2026-11-22T01:05:00.000Z')
    sender.goTo('2026-11-23T09:05')
  })
  const at = '2026-11-23T01:05:00.000Z'
  const sendsPictures = async (use: number): Promise<void> => {
    const pictured = { type: 'pictured' as const, at, by: 'wangxiuying', count: 2 }
    if (use === last) await report('2026-11-22T01:05:00.000Z', pictured)
  }
  await remind(interrupted(sendsPictures))
  const matter = await sender.bot.store.transact((tx) => tx.findMatter('monthlyReport:2026-11:f1'))
  expect(matter?.events.map(({ type }) => type)).toEqual(['reported', 'pictured', 'told'])
})

test('where a street has nobody, the district is asked to ask after its ledger, not to hand it in', async () => {
  await save(filed(1, 'wangxiuying'))
  await sender.run('2026-11-24T09:05')
  const [letter = ''] = sender.textsTo('zhaomin')
  expect(letter).toMatch(/还没有经办人的账号.*11月备案台账最晚11月24日报，请打电话告诉一声/)
  expect(letter).not.toContain('确认报送')
})

test('letters leave in the hours for it, forty a minute on either side of a pause', async () => {
  appointSecond()
  // The two workers, who share a letter, do not fit into the minute of the others before them.
  await save(...Array.from({ length: 157 }, (_, n) => filed(n + 1, `leader${n}`)), filed(200, ''))
  sender.goTo('2026-11-23T11:58')
  await promise()
  const minutes = new Map<string, number>()
  for (const { key, dueAt } of await sender.listed('waiting')) {
    if (!/^letter:[^#]*$/.test(key)) continue
    const time = timeOf(new Date(dueAt))
    minutes.set(time, (minutes.get(time) ?? 0) + 1)
  }
  expect([...minutes.keys()].sort()).toEqual(['11:58', '11:59', '14:31', '14:32', '14:33'])
  expect(Math.max(...minutes.values())).toBe(40)
})
