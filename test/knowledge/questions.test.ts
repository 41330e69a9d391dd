import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseArticle } from '../../src/knowledge/articles.ts'
import { keepKnowledge } from '../../src/knowledge/keeper.ts'
import { articleMarkdown } from '../../src/knowledge/markdown.ts'
import {
  decideQuestion,
  learnedArticle,
  noted,
  OpenQuestion,
  questionId,
  statusOfQuestion,
  type QuestionAct,
} from '../../src/knowledge/questions.ts'
import { knowledge, TODAY } from './pack.ts'

const at = '2026-11-23T02:03:00.000Z'
const fang = { userId: 'fang', name: '王芳' }
const min = { userId: 'min', name: '赵敏' }
const asked = noted(undefined, { question: '队里的锣鼓放哪里', why: 'unanswered', who: 'wang', at })

const after = (question: OpenQuestion, ...acts: QuestionAct[]): OpenQuestion =>
  acts.reduce((now, act) => {
    const decided = decideQuestion(now, act, act.type === 'answer' ? fang : min, at)
    if (!decided.ok) throw new Error(decided.because)
    return decided.question
  }, question)

const answer: QuestionAct = { type: 'answer', text: '放社区活动室，跟社区说一声。', sources: [] }
const adopt: QuestionAct = { type: 'adopt' }
const reject: QuestionAct = { type: 'reject', reason: '写清楚' }

test('the same question in other punctuation is the same question', () => {
  expect(questionId('队里的锣鼓放哪里？')).toBe(questionId('队里的锣鼓，放哪里'))
  const again = noted(asked, { question: '队里的锣鼓放哪里？', why: 'unanswered', who: 'li', at })
  expect(again).toMatchObject({ count: 2, askers: ['wang', 'li'], why: 'unanswered' })
})

test.each<[string, QuestionAct[], string]>([
  ['nothing', [], 'open'],
  ['an answer', [answer], 'answered'],
  ['a better answer', [answer, answer], 'answered'],
  ['an answer sent back', [answer, reject], 'open'],
  ['an adopted answer', [answer, adopt], 'adopted'],
  ['nothing needed', [reject], 'closed'],
])('after %s a question is where it should be', (_what, acts, status) => {
  expect(statusOfQuestion(after(asked, ...acts))).toBe(status)
})

test('nothing is adopted without an answer, nor decided twice', () => {
  expect(decideQuestion(asked, adopt, min, at)).toMatchObject({ ok: false })
  expect(decideQuestion(after(asked, answer, adopt), answer, fang, at)).toMatchObject({ ok: false })
  expect(decideQuestion(after(asked, reject), answer, fang, at)).toMatchObject({ ok: false })
})

test('a dislike opens an adopted question again, and its article stays until there is a better one', () => {
  const adopted = after(asked, answer, adopt)
  const disliked = noted(adopted, { question: asked.question, why: 'disliked', who: 'li', at })
  expect(statusOfQuestion(disliked)).toBe('open')
  expect(learnedArticle(disliked, '')?.text).toContain('社区活动室')
  const better = after(disliked, { ...answer, text: '放街道文化站。' })
  expect(learnedArticle(better, '')?.text).toContain('社区活动室')
  expect(learnedArticle(after(better, adopt), '')?.text).toContain('文化站')
})

test('an adopted answer answers, with author and date in place of a label, and a pack article keeps its place', () => {
  const keeper = keepKnowledge(knowledge)
  expect(keeper.answer('队里的锣鼓放哪里', { today: TODAY }).kind).not.toBe('found')
  const article = learnedArticle(after(asked, answer, adopt), knowledge.edition)!
  keeper.learn([article], 1)
  const told = keeper.answer('队里的锣鼓放哪里呀', { today: TODAY })
  expect(told).toMatchObject({ kind: 'found', title: '队里的锣鼓放哪里' })
  expect(told.text).toMatch(/跟社区说一声。\n依据：王芳答复，区民政局2026年11月23日采纳$/)
  expect(keeper.answer('备案有效期几年', { today: TODAY }).sources).toEqual(['附件1填表说明6'])
  keeper.learn([], 2)
  expect(keeper.answer('队里的锣鼓放哪里', { today: TODAY }).kind).not.toBe('found')
})

test('a learned article can be written into the pack and read back, whatever was typed', () => {
  const typed = fc
    .string({ unit: 'grapheme', minLength: 2, maxLength: 60 })
    .filter((text) => /\p{L}{2}/u.test(text))
  fc.assert(
    fc.property(typed, typed, (question, text) => {
      const kept = noted(undefined, {
        question: `怎么${question.trim()}`,
        why: 'unanswered',
        who: 'wang',
        at,
      })
      const article = learnedArticle(after(kept, { type: 'answer', text, sources: [] }, adopt), 'x')!
      const read = parseArticle(articleMarkdown(article), 'file.md')
      expect(read).toMatchObject({ id: article.id, asked: article.asked, edition: article.edition })
      expect(read.text).toBe(text.trim())
    }),
  )
})
