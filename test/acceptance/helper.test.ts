import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, startTrial, type Trial } from '../support/trial.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial({ withApp: false })
})
afterAll(() => trial.stop())

test('a son fills for his mother, and nothing is submitted before she has heard the read-back', async () => {
  const chen = new Person(trial, 'chenming')
  await chen.says('开始备案')
  await chen.says('同意')
  await chen.says('我帮我妈填')
  expect(chen.heard).toContain('负责人')
  await answers(chen, danceTeam)
  await chen.says('确认提交')
  expect(chen.heard).toContain('负责人已确认')
  expect(chen.heard).not.toContain('受理号')
  await chen.says('负责人已确认')
  await chen.says('确认提交')
  expect(chen.heard).toContain('受理号')

  const filing = await trial.app.store.transact(async (tx) => (await tx.listFilingsOf('chenming'))[0])
  expect(filing?.events[0]).toMatchObject({ type: 'submitted', by: 'chenming', helper: true })
  expect(Object.values(filing?.answers ?? {}).every((answer) => answer.by === 'chenming')).toBe(true)
})
