import { expect, test } from 'vitest'
import { LISTS, SINGLE } from '../../src/filings/charter/blanks.ts'
import { composeCharter } from '../../src/filings/charter/compose.ts'
import { charterDefaults } from '../../src/filings/charter/defaults.ts'
import { fieldTypes } from '../../src/filings/field-types.ts'
import { walk } from '../../src/forms/walk.ts'
import { answered, charterForm, model, pack, places, recordAt } from './charters.ts'

const types = fieldTypes(pack)
const fromFiling = ['organizationName', 'activityArea']

test('every blank of the charter has its question, and every question its blank', () => {
  const asked = charterForm.fields.map(({ id }) => id)
  const needed = [...Object.values(SINGLE), ...Object.values(LISTS)].map(({ field }) => field)
  expect(needed.filter((id) => !asked.includes(id) && !fromFiling.includes(id))).toEqual([])
  expect(asked.filter((id) => !needed.includes(id))).toEqual(['collectsFee', 'addsOwnRules'])
})

test('a gap is named by the label its question bears', () => {
  const labels = Object.fromEntries(charterForm.fields.map(({ id, label }) => [id, label]))
  for (const { field, label } of [...Object.values(SINGLE), ...Object.values(LISTS)]) {
    if (!fromFiling.includes(field)) expect(label).toBe(labels[field])
  }
})

test.each(
  charterForm.fields
    .filter(({ example }) => !example.startsWith('回复'))
    .map((field) => [field.id, field] as const),
)('the example of %s is understood', (_id, field) => {
  const reading = types[field.type].read(field.example, field, { today: '2026-11-23', answers: {} })
  expect(reading.type).toBe('clear')
})

test.each([
  ['category', '我们跳广场舞的', '文体活动'],
  ['category', '巡逻', '社区事务'],
  ['category', '4', '文体活动'],
  ['category', '公益慈善类', '公益慈善'],
  ['admission', '大家商量', '负责人集体讨论'],
  ['admission', '负责人集体讨论', '负责人集体讨论'],
  ['admission', '队长', '负责人'],
  ['collectsFee', '不收', 'no'],
  ['collectsFee', '从来不收钱', 'no'],
  ['collectsFee', '要收的', 'yes'],
  ['collectsFee', '收一点', 'yes'],
  ['leaderBody', '负责人会议', '负责人会议'],
  ['meetingsPerYear', '一年两次', 2],
  ['meetingsPerYear', '每年开4次', 4],
  ['meetingsPerYear', '1次', 1],
  ['addsOwnRules', '不用', 'no'],
  ['purposeActivities', '为老志愿服务', '为老志愿服务'],
  ['adoptedOn', '2026年11月20日', '2026-11-20'],
  ['adoptedOn', '昨天', '2026-11-22'],
  ['adoptedOn', '2026.11.20', '2026-11-20'],
])('at %s, “%s” is %s', (id, said, value) => {
  const field = charterForm.fields.find((field) => field.id === id)!
  expect(types[field.type].read(said, field, { today: '2026-11-23', answers: {} })).toEqual({
    type: 'clear',
    value,
  })
})

test.each([
  ['2026年12月20日', 'impossible'],
  ['2026年2月30日', 'impossible'],
  ['11月', 'impossible'],
  ['2026', 'impossible'],
  ['12月1日', 'doubtful'],
  ['还没开会', 'unlike'],
  ['哪天好？', 'unlike'],
])('at adoptedOn, “%s” is %s', (said, type) => {
  const field = charterForm.fields.find(({ id }) => id === 'adoptedOn')!
  expect(types[field.type].read(said, field, { today: '2026-11-23', answers: {} }).type).toBe(type)
})

test('with the defaults, eight questions are left, and their answers make the charter whole', () => {
  const place = places.community
  const record = recordAt(place)
  let answers = answered(charterDefaults(record, place, pack))
  const asked: string[] = []
  for (let { next } = walk(charterForm, answers); next; { next } = walk(charterForm, answers)) {
    const { field } = next
    asked.push(field.id)
    const said = field.options[0]?.text ?? field.example
    const reading = types[field.type].read(said, field, { today: '2026-11-23', answers })
    if (reading.type !== 'clear') throw new Error(`${field.id} is ${reading.type}`)
    answers = { ...answers, ...answered({ [field.id]: reading.value }) }
  }
  expect(asked).toEqual([
    'category',
    'purposeActivities',
    'admission',
    'collectsFee',
    'meetingsPerYear',
    'leaderBody',
    'adoptedOn',
    'addsOwnRules',
  ])
  expect(composeCharter(model.text, 'published', answers, record, place).type).toBe('complete')
})
