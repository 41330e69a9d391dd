import { expect, test } from 'vitest'
import type { OpenQuestion } from '../../src/knowledge/questions.ts'
import type { Store } from '../../src/store/store.ts'

const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T01:00:00.000Z`

const questionOf = (id: string, day: number, events: OpenQuestion['events'] = []): OpenQuestion => ({
  id,
  question: '这摊子怎么弄才算正规',
  why: 'unanswered',
  askers: ['wang'],
  count: 1,
  firstAt: at(day),
  lastAt: at(day),
  events,
})

/** What `store.ts` promises about questions for staff. */
export function describeQuestions(store: () => Store, reopen: () => Promise<void>): void {
  test('questions for staff are kept, replaced, and listed by state, oldest first', async () => {
    const answered = {
      type: 'answered' as const,
      by: 'fang',
      name: '王芳',
      at: at(5),
      text: '先备案',
      sources: [],
    }
    const adopted = { type: 'adopted' as const, by: 'min', name: '赵敏', at: at(6) }
    await store().transact(async (tx) => {
      await tx.saveQuestion(questionOf('b', 2))
      await tx.saveQuestion(questionOf('a', 3))
      await tx.saveQuestion(questionOf('c', 1))
      await tx.saveQuestion(questionOf('a', 3, [answered]))
      await tx.saveQuestion(questionOf('c', 1, [answered, adopted]))
    })
    for (let round = 0; round < 2; round++) {
      await store().transact(async (tx) => {
        expect(await tx.findQuestion('nobody')).toBeUndefined()
        expect(await tx.findQuestion('a')).toEqual(questionOf('a', 3, [answered]))
        const ids = async (...[statuses, limit]: Parameters<typeof tx.listQuestions>) =>
          (await tx.listQuestions(statuses, limit)).map(({ id }) => id)
        expect(await ids(['answered', 'open'], 10)).toEqual(['b', 'a'])
        expect(await ids(['answered', 'open', 'adopted'], 2)).toEqual(['c', 'b'])
        expect(await ids(['closed'], 10)).toEqual([])
      })
      await reopen()
    }
  })
}
