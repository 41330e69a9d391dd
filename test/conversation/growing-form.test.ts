import { expect, test } from 'vitest'
import type { Field } from '../../src/forms/definition.ts'
import { liubei, questionIn } from './chat.ts'
import { answersUntil, newLeader, readsBack } from './leader.ts'

const [initial] = liubei.forms

const since: Field = {
  ...initial!.fields.find(({ id }) => id === 'principalNativePlace')!,
  id: 'since',
  label: '成立时间',
  sitting: 'organization',
  personal: false,
  ask: '哪年成立的？',
}

/** Version 2 of the form: 成立时间 stands behind 业务范围, 其他社会职务 is gone. */
const grown = {
  ...liubei,
  forms: [
    {
      ...initial!,
      version: 2,
      fields: initial!.fields
        .flatMap((field) => (field.id === 'businessScope' ? [field, since] : [field]))
        .filter(({ id }) => id !== 'principalOtherPosts'),
    },
  ],
}

test('a draft that meets a form with one question more is asked that question and keeps the rest', async () => {
  const wang = await answersUntil(await newLeader(), '文化程度')
  const values = wang.values
  await wang.says('暂停')
  wang.town.pack = grown
  wang.town.daysPass(3)
  await wang.says('继续')
  expect(questionIn(wang.heard)).toBe('成立时间')
  await wang.says('二〇一五年')
  expect(questionIn(wang.heard)).toBe('文化程度')
  expect(wang.values).toMatchObject(values)
})

test('a draft at its read-back that meets a form with one question more is not complete any more', async () => {
  const wang = await readsBack(await newLeader())
  wang.town.pack = grown
  await wang.says('确认提交')
  expect(await wang.filings()).toEqual([])
  expect(wang.heard).toContain('还差：成立时间')
  expect(questionIn(wang.heard)).toBe('成立时间')
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
  expect(questionIn(wang.heard)).toBe('成立时间')
})
