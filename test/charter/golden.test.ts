import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { composeAt, places, textOf, type Kind } from './charters.ts'

const golden = (name: string): Promise<string> =>
  readFile(path.join('test/charter/golden', `${name}.txt`), 'utf8')

test.each(
  (Object.keys(places) as Kind[]).flatMap((kind) => [
    [kind, 'fee', 'yes'] as const,
    [kind, 'no-fee', 'no'] as const,
  ]),
)('the charter of a %s organization with %s reads as agreed', async (kind, name, collectsFee) => {
  expect(textOf(composeAt(places[kind], { collectsFee }))).toBe(await golden(`${kind}-${name}`))
})

test('the corrected edition reads as agreed', async () => {
  const composed = composeAt(places.community, { collectsFee: 'yes' }, 'corrected')
  expect(textOf(composed)).toBe(await golden('community-fee-corrected'))
})

test('rules of their own follow the printed ones and are counted on', async () => {
  const own = {
    addsOwnRules: 'yes',
    extraConditions: '年满十八周岁；身体健康，适合参加活动。',
    extraProcedure: '登记入册',
    extraRights: '使用本组织的器材',
    extraDuties: '爱护公共场地和器材；按时参加排练',
    extraWithdrawal: '本人书面提出退出',
    extraLeaderConditions: '热心公益，为人公道',
    leaderBody: '负责人会议',
  }
  expect(textOf(composeAt(places.community, own))).toBe(await golden('community-own-rules'))
})

test('the editions differ only in the places the bureau may have corrected', async () => {
  const published = (await golden('community-fee')).split('\n')
  const corrected = (await golden('community-fee-corrected')).split('\n')
  const changed = published.flatMap((line, at) => (line === corrected[at] ? [] : [line.slice(0, 4)]))
  expect(changed).toEqual(['第四条（', '第十六条', '第十九条'])
  expect(published).toHaveLength(corrected.length)
})
