import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person, startTrial, type Trial } from '../support/trial.ts'
import { reach } from './at.ts'

let trial: Trial
let wang: Person
beforeAll(async () => {
  trial = await startTrial({ withApp: false })
  wang = new Person(trial, 'wangxiuying')
  await reach(wang, '人员名册')
  await wang.says('张三、李四、王五')
})
afterAll(() => trial.stop())

async function listed(): Promise<string[]> {
  await wang.says('改名册')
  return [...wang.heard.matchAll(/^\(\d+\) (\S+)/gm)].map(([, name]) => name!)
}

test.each(['删掉李四', '张三走了', '退出一个，赵小兰不来了', '一共三个人', '把李四删了'])(
  '“%s” adds nobody to the roster',
  async (said) => {
    const before = await listed()
    await wang.says(said)
    expect(before).toEqual(expect.arrayContaining(await listed()))
  },
)

test.each([
  ['再加一个 钱七 男', '钱七'],
  ['还有钱八', '钱八'],
  ['嗯，那个，还有钱九。', '钱九'],
])('“%s” adds %s and nobody else', async (said, name) => {
  const before = await listed()
  await wang.says({ type: 'voice', text: said })
  expect(await listed()).toEqual([...before, name])
})

test('a given name that is also a form of address is a name: 陆小妹', async () => {
  await wang.says('陆小妹 女 19900001113')
  expect(await listed()).toContain('陆小妹')
})
