import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receive } from '../../src/receive.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Store } from '../../src/store/store.ts'
import { botOver, loadParts, textMessage } from '../support/bot.ts'

const parts = await loadParts()
const clock = { now: () => new Date('2026-11-23T02:03:00Z') }
const UNSURE = '表格角落的花纹几个瓣'
let folder: string
let store: Store
let said = 0
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'near-'))
  store = await openJsonStore({ folder, dataKeys: [Buffer.alloc(32, 7)], clock })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})
const says = async (text: string): Promise<string> =>
  (await receive(textMessage('wang', String(said++), text), botOver(store, parts, clock)))!.reply.text

test('near misses are chosen by their number', async () => {
  const second = /\n2\. (.+)/.exec(await says(UNSURE))?.[1]
  expect(second).toBeDefined()
  const chosen = await says('2')
  expect(chosen).toContain('依据：')
  expect(chosen).not.toContain('您是不是想问')
})

test('beside a question of the form near misses have no numbers, for 2 means what the form says', async () => {
  await says('开始备案')
  const text = await says(UNSURE)
  expect(text).toMatch(/您是不是想问：\n· [^]*\n1\. 同意\n2\. 不同意$/)
})

test('那变更呢 asks on about what was answered, and begins no form', async () => {
  await says('备案表要打几份')
  const text = await says('那变更呢')
  expect(text).toContain('附件2')
  expect(text).not.toContain('不能办变更')
})

test.each([
  ['全体会要多少人才算数', '几个人算够', '2/3'],
  ['全体会要多少人才算数？几个人算够', '那30个人来了19个呢', '至少要20人'],
  ['备案表要打几份', '交给谁', '居委会'],
])('after %s, %s is asked of the same', async (before, after, told) => {
  await says(before)
  expect(await says(after)).toContain(told)
})

test('名册 says what it is for, and later leads to the list of the form that waits', async () => {
  expect(await says('名册')).toMatch(/每人一行.*“开始备案”/s)
  await says('开始备案')
  await says('同意')
  await says('暂停')
  expect(await says('名册')).toMatch(/【人员名册】.*把参加的人报给我/s)
})
