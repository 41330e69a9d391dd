import { timeOf } from '../../src/clock.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../support/trial.ts'
import { caseIn, fill, handIn, startTown, type Town } from './review-town.ts'

let town: Town
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town.stop())

const DAY_MS = 86_400_000

test('a renewed organization no longer expires, and an expired one is told so', async () => {
  const [wang, zhou] = [town.person('wangxiuying'), town.person('zhouguilan')]
  const [fang, li] = [town.person('wangfang'), town.person('lijie')]
  for (const number of [await handIn(wang), await handIn(zhou, { 备案社区社会组织名称: '金秋合唱团' })]) {
    await fang.says(`同意 ${number}`)
    for (const act of ['同意', '已盖章', '已分发']) await li.says(`${act} ${number}`)
  }
  town.clock.forward(690 * DAY_MS)
  await li.says('到期')
  expect(li.heard).toContain('夕阳红舞蹈队')
  await wang.says('续期')
  await wang.says('没有')
  await fill(wang, {})
  await wang.says('改宗旨')
  await wang.says('陪伴社区里的老人，丰富文化生活。')
  await wang.says('确认提交')
  const number = caseIn(wang)
  town.clock.forward(14 * DAY_MS)
  await fang.says('待办')
  expect.soft(fang.heard).toMatch(/已\d+个工作日（一般5个工作日内办好）/)
  await fang.says(`查看 ${number}`)
  await fang.says('下一页')
  await fang.says('上一页')
  expect.soft(fang.heard).toContain('和上次备案比：变了1处：宗旨')
  await fang.says(`同意 ${number}`)
  await li.says(`同意 ${number}`)
  await li.says('到期')
  expect.soft(li.heard).toContain('金秋合唱团')
  expect.soft(li.heard).not.toContain('夕阳红舞蹈队')
  await li.says('台账')
  expect.soft(li.heard.match(/夕阳红舞蹈队/g) ?? []).toHaveLength(1)
  town.clock.forward(60 * DAY_MS)
  await zhou.says('我的组织')
  expect(zhou.heard).toMatch(/已到期|已过期|过期/)
})

test('what could not be delivered by day is not sent in the night', async () => {
  // Tuesday, 16:45 in China.
  const evening = await startTown(new Date('2026-11-24T08:45:00Z'))
  try {
    const leader = evening.person('liudahai')
    const number = await handIn(leader)
    await filesOf(evening, 'liudahai', leader)
    evening.standIn.failNext('/cgi-bin/message/send', { errcode: -1 })
    evening.standIn.failNext('/cgi-bin/message/send', { errcode: -1 })
    await evening.person('huangmei').says(`同意 ${number}`)
    evening.clock.forward(6 * 3_600_000)
    await evening.restart()
    // Files somebody waits for do leave at night, and in order after what was due before.
    await filesOf(evening, 'liudahai', leader)
    const atNight = evening.standIn
      .inbox('liudahai', 'app')
      .filter(({ body }) => body.type === 'text' && body.text.includes('社区已同意'))
      .map(({ at }) => timeOf(new Date(at)))
      .filter((time) => time > '17:30')
    expect(atNight).toEqual([])
  } finally {
    await evening.stop()
  }
})

/** Asks for the papers and waits until they have come as files. */
async function filesOf(place: Town, userId: string, person: Person): Promise<void> {
  const files = () => place.standIn.inbox(userId, 'app').filter(({ body }) => body.type === 'file').length
  const before = files()
  await person.says('打印')
  await expect.poll(files, { timeout: 30_000 }).toBeGreaterThan(before + 3)
}
