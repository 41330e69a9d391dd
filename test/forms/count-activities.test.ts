import { expect, test } from 'vitest'
import { countActivities, noActivity } from '../../src/forms/count-activities.ts'

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

test.each<[string, string | undefined]>([
  ['没搞活动', undefined],
  ['没活动', undefined],
  ['这个月没活动', '这个月'],
  ['我们队这个月没搞什么活动', '这个月'],
  ['本月没开展活动。', '本月'],
  ['10月份没有开展', '10月份'],
  ['上个月我们没办活动', '上个月'],
  ['没开展', undefined],
  ['啥也没搞', undefined],
  ['这个月什么都没有', '这个月'],
  ['一场都没搞呢', undefined],
  ['没得活动', undefined],
])('%s tells of no activity', (said, month) => {
  expect(noActivity(said)).toEqual({ month })
  expect(countActivities(said)).toBe(0)
})

test.each([
  '没有',
  '没办',
  '没弄好',
  '没搞懂',
  '没活动场地',
  '没有活动怎么报',
  '还没搞完',
  '没搞成，下雨了',
  '搞了活动',
  '这个月没空',
])('%s does not', (said) => {
  expect(noActivity(said)).toBeUndefined()
})
