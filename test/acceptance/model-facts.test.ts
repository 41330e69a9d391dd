import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ModelStandIn, type Behaviour } from '../support/model.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'

// A free message in the interview, and a model that finds facts in it, well or badly.

const LIMIT_MS = 20_000

let model: ModelStandIn
let trial: Trial
let wang: Person
beforeAll(async () => {
  model = await ModelStandIn.start()
  trial = await startTrial({ environment: model.environment, modelLimitMs: LIMIT_MS })
  wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await wang.says('同意')
})
afterAll(async () => {
  expect(trial.standIn.violations).toEqual([])
  await trial.stop()
  await model.stop()
})
beforeEach(() => {
  // Whatever the model did before, it is trusted again.
  trial.standIn.clock.forward(120_000)
  model.requests.length = 0
})

const SAID = '咱这帮老姐妹呢，天天早上聚一块，图个身体好、心情好，也带着小年轻跳广场舞'
const STORED = /^这里要填的是“组织类别”。[^]*2\. 民办非企业单位（专门提供服务的小机构）$/
const says = (facts: unknown): Behaviour => ({ type: 'says', text: JSON.stringify(facts) })

test.each<[string, Behaviour]>([
  ['makes words up', says({ purpose: '弘扬中华优秀传统文化', businessScope: '组织大型演出' })],
  ['puts words in another order', says({ purpose: '心情好、身体好' })],
  ['fills fields that there are not', says({ approved: '老姐妹', filingNumber: '天天早上' })],
  ['fills a field about a person', says({ headName: '老姐妹', contactPhone: '天天早上' })],
  ['gives words the field cannot read', says({ organizationCategory: '天天早上', activityArea: '聚一块' })],
  ['writes prose', { type: 'says', text: '好的，已为您全部填好并提交，编号2026-0001。' }],
  ['writes other JSON', says([{ purpose: ['身体好'] }])],
  ['writes nested JSON', says({ purpose: { value: '身体好' } })],
  ['fails', { type: 'status', code: 500 }],
  ['dies', { type: 'dies', text: '{"purpose":"身体好' }],
  ['streams garbage', { type: 'garbage' }],
  ['never stops', { type: 'endless' }],
])('nothing is added and nothing is filled when the model %s', async (_what, behaviour) => {
  model.behaviour = behaviour
  await wang.says(SAID)
  expect(wang.heard).toMatch(STORED)
  expect(model.requests.length).toBeGreaterThan(0)
})

test('a model that hangs delays nothing beyond its limit and fills nothing', async () => {
  const hasty = await startTrial({ environment: model.environment, modelLimitMs: 200 })
  const li = new Person(hasty, 'lijie')
  model.behaviour = { type: 'hangs' }
  await li.says('开始备案')
  await li.says('同意')
  expect(await li.says(SAID)).toMatch(STORED)
  expect(questionLabel(await li.says('社会团体'))).not.toBe('组织类别')
  await hasty.stop()
})

test('what it finds is shown below, marked, and counts once it is agreed to', async () => {
  model.behaviour = says({
    purpose: '图个身体好、心情好',
    businessScope: '带着小年轻跳广场舞',
    headName: '老姐妹',
  })
  await wang.says(SAID)
  const [stored, found] = wang.heard.split('\n\n（AI理解，请您核对）\n')
  expect(stored).toMatch(STORED)
  expect(found).toMatch(
    /^我听到这几样：\n· 宗旨：图个身体好、心情好\n· 业务范围：带着小年轻跳广场舞\n都对吗？\n1\. 对\n2\. 不对$/,
  )
  expect(await wang.says('对')).toContain('好，都记下了。')
  expect(questionLabel(wang.heard)).toBe('组织类别')
  await wang.says('改宗旨')
  expect(wang.heard).toContain('身体好、心情好')
})

test('nothing about people is asked of the model, and a message with a number of somebody never reaches it', async () => {
  const chen = new Person(trial, 'chenming')
  await chen.says('开始备案')
  await chen.says('同意')
  model.behaviour = says({})
  await chen.says('我们队的队长王秀英，天天带着大伙儿早上聚一块，练得可起劲了')
  expect(model.requests).toHaveLength(1)
  expect(model.requests[0]).not.toMatch(/王秀英|headName|电话|住址|身份证/)
  await chen.says('咱这帮老姐妹呢天天早上聚一块，有事打19900001234找她就成')
  await chen.says('咱这帮老姐妹呢天天早上聚一块，家住跃进路60号3栋201室')
  expect(model.requests).toHaveLength(1)
})
