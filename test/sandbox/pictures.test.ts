import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../../src/sandbox/stand-in.ts'
import { WecomClient } from '../../src/wecom/client.ts'
import { GroupRobots } from '../../src/wecom/groups.ts'
import { appKeys, robot } from '../support/trial.ts'

const clock = movableClock({ now: () => new Date('2026-12-01T01:05:00Z') })
const png = (length = 100) => {
  const bytes = Buffer.alloc(length, 7)
  Buffer.from('89504e470d0a1a0a', 'hex').copy(bytes)
  return bytes
}
const group = '明珠社区社会组织群'

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn({ robot, app: appKeys, clock, people: sandboxPeople, groups: sandboxGroups })
})
afterEach(() => standIn.stop())

async function push(image: { base64: string; md5: string }): Promise<number> {
  const body = JSON.stringify({ msgtype: 'image', image })
  const response = await fetch(standIn.webhookUrl(group), { method: 'POST', body })
  return ((await response.json()) as { errcode: number }).errcode
}
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')

test('a picture goes into a group by its robot, and to a person by the app', async () => {
  const app = new WecomClient({ base: standIn.url, ...appKeys, clock })
  await new GroupRobots({ apiBase: standIn.url, clock }).postImage(standIn.webhookUrl(group), png())
  await app.sendImage('wangfang', await app.upload('图.png', png(), 'image'), 'key-1')
  const seen = [...standIn.inbox('wangfang', { group }), ...standIn.inbox('wangfang', 'app')]
  expect(seen.map(({ body }) => body.type)).toEqual(['image', 'image'])
  expect(standIn.violations).toEqual([])
})

test.each([
  ['another digest', 301_019, () => ({ base64: png().toString('base64'), md5: md5(png(101)) })],
  [
    'no picture',
    40_005,
    () => ({ base64: Buffer.alloc(100).toString('base64'), md5: md5(Buffer.alloc(100)) }),
  ],
  ['more than 2 MB', 40_009, () => ({ base64: png(2_097_153).toString('base64'), md5: md5(png(2_097_153)) })],
  [
    'line breaks in Base64',
    40_058,
    () => ({
      base64: png()
        .toString('base64')
        .replace(/(.{76})/g, '$1\n'),
      md5: md5(png()),
    }),
  ],
])('the stand-in refuses a picture with %s', async (_, errcode, image) => {
  expect(await push(image())).toBe(errcode)
  expect(standIn.inbox('wangfang', { group })).toEqual([])
})

test('what is no picture or too large never becomes one', async () => {
  const app = new WecomClient({ base: standIn.url, ...appKeys, clock })
  await expect(app.upload('图.png', Buffer.alloc(100), 'image')).rejects.toMatchObject({ errcode: 40_005 })
  await expect(app.upload('图.png', png(2_097_153), 'image')).rejects.toMatchObject({ errcode: 45_001 })
  const posted = new GroupRobots({ apiBase: standIn.url, clock }).postImage(
    standIn.webhookUrl(group),
    png(2_097_153),
  )
  await expect(posted).rejects.toMatchObject({ errcode: 45_001 })
})
