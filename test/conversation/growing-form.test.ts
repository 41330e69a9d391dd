import { expect, test } from 'vitest'
import { liubei, questionIn } from './chat.ts'
import { answersUntil, newLeader, readsBack } from './leader.ts'
import { withGrownForm } from './packs.ts'

const grown = withGrownForm(liubei)

test('a draft that meets a form with one question more is asked that question and keeps the rest', async () => {
  const wang = await answersUntil(await newLeader(), '文化程度')
  const values = wang.values
  await wang.says('暂停')
  wang.town.pack = grown
  wang.town.daysPass(3)
  await wang.says('继续')
  expect(questionIn(wang.heard)).toBe('缘起')
  await wang.says('二〇一五年')
  expect(questionIn(wang.heard)).toBe('文化程度')
  expect(wang.values).toMatchObject(values)
})

test('a draft at its read-back that meets a form with one question more is not complete any more', async () => {
  const wang = await readsBack(await newLeader())
  wang.town.pack = grown
  await wang.says('确认提交')
  expect(await wang.filings()).toEqual([])
  expect(wang.heard).toContain('还差：缘起')
  expect(questionIn(wang.heard)).toBe('缘起')
  await wang.says('2015年')
  await readsBack(wang)
  await wang.says('确认提交')
  expect((await wang.filings())[0]!.form).toEqual({ id: 'initial', version: 2 })
})

test('a card of a question that is gone says so and the standing question stands', async () => {
  const wang = await answersUntil(await newLeader(), '其他社会职务')
  const old = wang.cards.at(-1)
  wang.town.pack = grown
  await wang.presses('无', old)
  expect(wang.heard).not.toBe('')
  expect(questionIn(wang.heard)).toBe('缘起')
})
