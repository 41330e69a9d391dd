import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bot } from '../../src/bot.ts'
import type { Store } from '../../src/store/store.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { botOver, loadParts, talkingTo } from '../support/bot.ts'

// People who never saw the fixed words say what they want in their own.

const clock = { now: () => new Date('2026-11-23T02:03:00Z') }
let folder: string
let store: Store
let bot: Bot

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wishes-'))
  store = await openJsonStore({ folder, dataKeys: [Buffer.alloc(32, 7)], clock })
  bot = botOver(store, await loadParts(), clock)
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const { says } = talkingTo(() => bot)
let people = 0
/** A new person says these one after another; the last answer. */
async function heardBy(...texts: string[]): Promise<string> {
  const person = `person${++people}`
  let heard = ''
  for (const text of texts) heard = await says(person, text)
  return heard
}

test.each([
  ['我想备案', '填备案申请表'],
  ['我要办理', '填备案申请表'],
  ['帮我看看办好了没有', '还没有提交过备案'],
  ['材料交上去好几天了没消息', '还没有提交过备案'],
  ['我的表呢', '没有可以打印的'],
  ['表发我一下', '没有可以打印的'],
  ['上次填到哪了', '没有填了一半的表'],
  ['我想打电话问人', '民政局'],
  ['能跟真人说吗', '民政局'],
  ['我不会弄', '您可以回复'],
  ['能不能语音', '发语音'],
  ['我们想换个队长', '不能办变更'],
  ['不想搞了，注销', '不能办注销'],
])('%s is heard as what it asks for', async (text, answer) => {
  expect(await heardBy(text)).toContain(answer)
})

test.each([
  '备案收不收费',
  '会议怎么才算通过了',
  '注销以后剩的钱怎么分',
  '变更名称要不要重新开会',
  '备案要什么条件',
  '审批要几天',
  '上次开会填的到会人数要几个人',
])('%s is a question to the document, not a wish', async (text) => {
  expect(await heardBy(text)).toContain('依据：')
})

test('an answer comes with what can be done about it, in one word', async () => {
  expect(await heardBy('备案表有效期多久')).toMatch(/依据：[^]*“续期”|“续期”[^]*依据：/)
  expect(await heardBy('我们想成立一个合唱团')).toContain('接下来可以回复“开始备案”')
  expect(await heardBy('我们想成立一个合唱团', '好，办')).toContain('填备案申请表')
  expect(await heardBy('我们想成立一个合唱团', '好的')).not.toContain('填备案申请表')
  expect(await heardBy('我们的备案编号是多少', '要')).toContain('还没有提交过备案')
  // Staff are not led into the forms of leaders.
  expect(await says('lijie', '备案流程是什么')).not.toContain('接下来可以回复')
})

test('the numbers of the greeting do what stands behind them, until something else was said', async () => {
  expect(await heardBy('你好', '1')).toContain('填备案申请表')
  expect(await heardBy('你好', '2')).toContain('还没有提交过备案')
  expect(await heardBy('你好', '备案收不收费', '1')).not.toContain('填备案申请表')
})
