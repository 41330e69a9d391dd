import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn } from '../../src/sandbox/stand-in.ts'
import { danceTeam, nextWords } from '../support/leader.ts'
import { newHome } from '../support/home.ts'
import { ended, freePort, killAll, startProcess } from '../support/process.ts'
import { appKeys, environmentOf, Person, robot } from '../support/trial.ts'

const KILLS = 5

afterAll(killAll)

test('a process killed with -9 again and again in the middle of a talk loses nothing and submits once', async () => {
  const home = await newHome()
  const standIn = await startStandIn({
    robot,
    app: appKeys,
    clock: movableClock(systemClock),
    people: sandboxPeople,
    groups: sandboxGroups,
    pollMs: 20,
  })
  const port = await freePort()
  const environment = { ...environmentOf(home.environment, standIn, false), PORT: String(port) }
  standIn.connect(`http://127.0.0.1:${port}`)
  let bot = await startProcess(environment)
  const wang = new Person({ standIn }, 'wangxiuying')
  // The clocks of bot and stand-in are both the system's here, so time must not be moved.
  const says = async (text: string) => (wang.heard = (await standIn.say('wangxiuying', 'robot', text)).text)

  const given = new Map<string, number>()
  let killed = 0
  let random = 20261123
  await says('开始备案')
  for (let sent = 0; sent < 200 && !wang.heard.includes('受理号'); sent++) {
    const text =
      wang.heard.includes('“确认提交”') && !wang.heard.includes('下一页')
        ? '确认提交'
        : nextWords(wang.heard, danceTeam, given)
    random = (random * 1103515245 + 12345) % 2147483648
    const kill = killed < KILLS && random % 6 === 0
    const speaking = standIn.say('wangxiuying', 'robot', text)
    if (kill) {
      // At some point while the message is on its way, taken, written, or answered.
      await new Promise((resolve) => setTimeout(resolve, random % 12))
      bot.kill('SIGKILL')
      await ended(bot)
      killed++
    }
    const { text: heard } = await speaking
    if (kill) {
      bot = await startProcess(environment)
      if (!heard) {
        const mine = standIn.inbox('wangxiuying', 'robot').findLast((entry) => entry.body.type === 'text')
        await standIn.redeliver(mine!.id)
      }
    }
    wang.heard = heard || (await says('再说一遍'))
    if (!heard && wang.heard.includes('我能做什么')) wang.heard = await says('到哪一步了')
  }
  expect(killed).toBe(KILLS)
  expect(wang.heard).toContain('2026-0001')
  await says('到哪一步了')
  expect(wang.heard.match(/受理号/g)).toHaveLength(1)
  expect(standIn.violations.filter(({ rule }) => rule === 'duplicate-answer')).toEqual([])

  bot.kill('SIGTERM')
  expect(await ended(bot)).toBe(0)
  await standIn.stop()
  await home.remove()
}, 180_000)
