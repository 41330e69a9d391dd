import { expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import { deliver } from '../../src/deliver.ts'
import { remind } from '../../src/remind.ts'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn } from '../../src/sandbox/stand-in.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { submitted } from '../filings/cases.ts'
import { MemoryDisk } from '../store/memory-disk.ts'
import { botOver, loadParts } from '../support/bot.ts'
import { appKeys, Person, robot, startTrial } from '../support/trial.ts'
import { baseOf } from './knocking.ts'

const HOUR_MS = 3_600_000

test.each([
  ['forward', 26 * HOUR_MS],
  ['back', -26 * HOUR_MS],
])(
  'while the clock is set wrong (%s) nothing is taken, the log says why, and set right all goes on',
  async (_, off) => {
    let wrong = 0
    const trial = await startTrial({
      botClock: (clock) => ({ now: () => new Date(clock.now().getTime() + wrong) }),
    })
    const wang = new Person(trial, 'wangxiuying')
    await wang.says('开始备案')
    await wang.says('继续')
    await wang.says('同意')
    wrong = off
    expect(await wang.says('1')).toBe('')
    expect(trial.logged.filter((line) => line.includes('stale'))[0]).toContain(
      '"why":"stale: the timestamp is more than 10 minutes away"',
    )
    expect((await fetch(`${baseOf(trial)}/readyz`)).status).toBe(200)
    const metrics = await (await fetch(`${baseOf(trial)}/metrics`)).text()
    expect(metrics).toMatch(/^filing_refused_total\{status="403"\} \d+$/m)
    wrong = 0
    expect(await wang.says('1')).toContain('第2题')
    // A difference within ten minutes is nobody's business.
    wrong = Math.sign(off) * 9 * 60_000
    expect(await wang.says('明珠社区')).toContain('第3题')
    await trial.stop()
  },
)

test('a reminder is not sent again when the clock is put back and comes to the same day once more', async () => {
  const { bot, goTo, standIn, stop } = await ready()
  await bot.store.transact((tx) => tx.saveFiling(lapsing))
  const letters = () => standIn.inbox('wangxiuying', 'app').filter(({ body }) => body.type === 'text').length
  for (const moment of ['2026-11-23T09:05', '2026-11-20T09:05', '2026-11-23T09:05', '2026-11-23T10:05']) {
    goTo(moment)
    await remind(bot)
    await deliver(bot)
    expect(letters(), moment).toBe(1)
  }
  await stop()
})

test('a refused secret is tried again a minute later whatever the clock was put back by', async () => {
  const { bot, goTo, standIn, stop } = await ready()
  goTo('2026-11-23T09:05')
  standIn.failNext('/cgi-bin/gettoken', { errcode: 40001 })
  await expect(bot.client!.sendText('wangxiuying', '甲', '甲')).rejects.toThrow('40001')
  await expect(bot.client!.sendText('wangxiuying', '甲', '甲')).rejects.toThrow('40001')
  goTo('2025-11-23T09:05')
  await bot.client!.sendText('wangxiuying', '甲', '甲')
  // The token looks good for another year, and WeCom does not think so.
  standIn.forgetToken()
  await bot.client!.sendText('wangxiuying', '乙', '乙')
  expect(standIn.inbox('wangxiuying', 'app')).toHaveLength(2)
  await stop()
})

const lapsing = submitted({
  applicant: 'wangxiuying',
  events: [
    {
      type: 'imported',
      by: 'zhaomin',
      at: '2026-11-02T02:00:00.000Z',
      filingNumber: '柳北解备〔2026〕1号',
      filedOn: '2025-03-01',
      validUntil: '2027-01-22',
    },
  ],
})

/** A bot whose clock a test sets, forward and back. */
async function ready() {
  let now = new Date('2026-11-20T00:00:00Z')
  const clock = { now: () => now }
  const standIn = await startStandIn({
    robot,
    app: appKeys,
    clock: movableClock(clock),
    people: sandboxPeople,
    groups: sandboxGroups,
  })
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 7)],
    disk: new MemoryDisk(),
    clock,
  })
  const bot: Bot = {
    ...botOver(store, await loadParts(), clock),
    client: new WecomClient({ base: standIn.url, ...appKeys, clock }),
    apiBase: standIn.url,
  }
  return {
    bot,
    standIn,
    goTo: (moment: string) => (now = new Date(`${moment}:00+08:00`)),
    stop: async () => {
      await store.close()
      await standIn.stop()
    },
  }
}
