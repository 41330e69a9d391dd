import type { Knowledge } from '../../src/knowledge/knowledge.ts'
import type { Previous } from '../../src/knowledge/follow-up.ts'
import { answer } from '../../src/knowledge/answer.ts'
import type { Answer } from '../../src/knowledge/compose.ts'
import { contentsOf } from '../support/contents.ts'

export const TODAY = '2026-11-23'

export const { knowledge }: { knowledge: Knowledge } = await contentsOf('templates/liubei')

export const ask = (question: string, previous?: Previous): Answer =>
  answer(question, { today: TODAY, ...(previous && { previous }) }, knowledge)
