import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn } from '../../src/sandbox/stand-in.ts'
import { startBalancer } from '../support/balancer.ts'
import { newHome } from '../support/home.ts'
import { danceTeam, nextWords } from '../support/leader.ts'
import { ended, freePort, killAll, startProcess } from '../support/process.ts'
import { appKeys, environmentOf, robot } from '../support/trial.ts'

afterAll(killAll)

const leaders = ['甲', '乙', '丙'].map((who) => ({
  userId: `leader-${who.charCodeAt(0)}`,
  name: who,
  role: '',
}))

test('an instance killed with -9 under load is not missed: every leader goes on at the others', async () => {
  const home = await newHome()
  const clock = movableClock(systemClock)
  const standIn = await startStandIn({ robot, app: appKeys, clock, people: leaders, groups: [], pollMs: 20 })
  const environment = environmentOf(home.environment, standIn, true)
  const ports = await Promise.all([freePort(), freePort()])
  const start = (port: number) => startProcess({ ...environment, PORT: String(port) })
  // Both make the tables, at the same time.
  let bots = await Promise.all(ports.map(start))
  const balancer = await startBalancer(ports)
  standIn.connect(balancer.url)

  let answered = 0
  const says = async (userId: string, text: string): Promise<string> => {
    const { text: heard } = await standIn.say(userId, 'robot', text)
    answered++
    return heard
  }
  const file = async ({ userId, name }: (typeof leaders)[number]): Promise<string> => {
    const given = new Map<string, number>()
    const sheet = { ...danceTeam, 备案社区社会组织名称: `夕阳红${name}舞蹈队` }
    let heard = await says(userId, '开始备案')
    for (let sent = 0; sent < 80 && !heard.includes('受理号'); sent++) {
      const isDone = heard.includes('“确认提交”') && !heard.includes('下一页')
      heard = await says(userId, isDone ? '确认提交' : nextWords(heard, sheet, given))
    }
    return heard
  }
  const killing = async (): Promise<void> => {
    for (const [round, at] of [20, 45].entries()) {
      while (answered < at) await new Promise((resolve) => setTimeout(resolve, 2))
      const dying = bots[round]!
      dying.kill('SIGKILL')
      await ended(dying)
      bots = bots.with(round, await start(ports[round]!))
    }
  }
  const [heard] = await Promise.all([Promise.all(leaders.map(file)), killing()])
  for (const last of heard) expect(last).toContain('受理号')

  const store = await openPostgresStore({
    url: environment['DATABASE_URL']!,
    dataKeys: [Buffer.from(environment['DATA_KEY']!, 'base64')],
  })
  const filings = await store.transact(async (tx) =>
    (await Promise.all(leaders.map(({ userId }) => tx.listFilingsOf(userId)))).flat(),
  )
  const promised = await store.transact(async (tx) => {
    const states = ['sent', 'waiting', 'leased', 'failed', 'unknown'] as const
    return (await Promise.all(states.map((state) => tx.listDeliveries(state, 1000)))).flat()
  })
  await store.close()
  expect(filings).toHaveLength(leaders.length)
  const year = filings[0]!.caseNumber.slice(0, 4)
  expect(filings.map(({ caseNumber }) => caseNumber).sort()).toEqual(
    leaders.map((_, n) => `${year}-000${n + 1}`),
  )
  for (const { userId } of leaders) {
    const theirs = promised.filter(({ body }) => body.to === userId)
    const arrived = standIn.inbox(userId, 'app').length
    expect(arrived).toBeGreaterThanOrEqual(theirs.filter(({ state }) => state === 'sent').length)
    expect(arrived).toBeLessThanOrEqual(theirs.length)
    expect(theirs.filter(({ state }) => state === 'failed' || state === 'unknown')).toEqual([])
  }
  expect(standIn.violations.filter(({ rule }) => rule === 'duplicate-answer')).toEqual([])

  for (const bot of bots) bot.kill('SIGTERM')
  expect(await Promise.all(bots.map(ended))).toEqual([0, 0])
  await balancer.stop()
  await standIn.stop()
  await home.remove()
}, 240_000)
