import { expect, test } from 'vitest'
import { countActivities } from '../../src/forms/count-activities.ts'

test.each<[string, number | undefined]>([
  ['没有', 0],
  ['没有搞活动', 0],
  ['这个月没活动', 0],
  ['无', 0],
  ['0', 0],
  ['0场', 0],
  ['2', 2],
  ['两场', 2],
  ['十二场', 12],
  ['2场，慰问老人，教跳舞', 2],
  ['搞了３次义诊', 3],
  ['11月3日搞了1次，来了40人', 1],
  ['义诊1次，理发2次，共3次', 3],
  ['一共开展了5场', 5],
  ['教跳舞', undefined],
  ['义诊1次，理发2次', undefined],
  ['每周教2次跳舞', undefined],
  ['每周2次，一共8次', 8],
  ['好多', undefined],
  ['99999场', undefined],
  ['2.5', undefined],
])('%s tells of %s activities', (said, count) => {
  expect(countActivities(said)).toBe(count)
})
