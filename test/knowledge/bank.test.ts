import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { evaluate, isRight, OUT_OF_SCOPE, readBank, saysPhrase } from '../../src/knowledge/evaluate.ts'
import { summarise } from '../../src/knowledge/summary.ts'
import { ask, knowledge, TODAY } from './pack.ts'

for (const bank of [
  'dev.jsonl',
  'questions.jsonl',
  'fresh.jsonl',
  'plain.jsonl',
  'plain2.jsonl',
  'plain3.jsonl',
  'plain4.jsonl',
  'everyday.jsonl',
]) {
  const questions = readBank(readFileSync(`test/knowledge/${bank}`, 'utf8'))
  const verdicts = evaluate(questions, knowledge, TODAY, () => performance.now(), 1)

  test(`at least 97 of 100 answers to ${bank} are right`, () => {
    const missed = verdicts.filter((verdict) => !isRight(verdict)).map(({ question }) => question.q)
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(verdicts.length * 0.03)
  })

  test(`no answer to ${bank} says a wrong number or date`, () => {
    expect(verdicts.filter(({ wrong }) => wrong.length > 0).map(({ question }) => question.id)).toEqual([])
  })

  test(`every question of ${bank} the document does not answer is told so`, () => {
    const outside = verdicts.filter(({ question }) => question.topic === OUT_OF_SCOPE)
    expect(outside.filter((verdict) => !isRight(verdict)).map(({ question }) => question.q)).toEqual([])
  })

  test(`every answer to ${bank} names one of the expected sources`, () => {
    // Whoever wrote these banks could not know which of several clauses a refusal leans on.
    const others = /^(?:plain|everyday)/.test(bank) ? verdicts.length * 0.08 : 0
    expect(summarise(verdicts, 0).uncited).toBeLessThanOrEqual(others)
  })
}

const Way = z.union([
  z.strictObject({ q: z.string(), means: z.array(z.string()) }),
  z.strictObject({ q: z.string(), says: z.string() }),
])

test('other ways of asking lead to the same articles', () => {
  const ways = readFileSync('test/knowledge/ways.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => Way.parse(JSON.parse(line)))
  const missed = ways.filter((way) => {
    const { article, text, kind } = ask(way.q)
    if ('says' in way) return !text.includes(way.says)
    const toldSo = way.means.includes('silent') && (kind === 'refused' || /没有写/.test(text))
    return !toldSo && !way.means.includes(article ?? '')
  })
  expect(missed.length, missed.map(({ q }) => q).join('\n')).toBeLessThanOrEqual(ways.length * 0.02)
})

test.each([
  ['备案表有效期二年', '两年', true],
  ['备案表有效期二年', '2年', true],
  ['从2022年起', '2年', false],
  ['培育70—100家', '70-100', true],
  ['培育70-100家', '00家', false],
  ['至少要 20 人', '20人', true],
  ['第十二条', '第12条', false],
])('%s says %s: %s', (text, phrase, expected) => {
  expect(saysPhrase(text, phrase)).toBe(expected)
})

test('a line of a bank that is no question is named by its number', () => {
  expect(() => readBank('\n{"id":"a"}')).toThrow('第 2 行')
})

test('what has nothing to do with the document is hardly ever answered from it', () => {
  const foreign = readFileSync('test/knowledge/foreign.txt', 'utf8').trim().split('\n')
  const answered = foreign.filter((question) => ask(question).kind === 'found')
  expect(answered.length, answered.join('\n')).toBeLessThanOrEqual(foreign.length * 0.2)
})
