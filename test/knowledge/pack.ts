import { loadKnowledge, type Knowledge } from '../../src/knowledge/knowledge.ts'
import { loadPack } from '../../src/pack.ts'
import type { Previous } from '../../src/knowledge/follow-up.ts'
import { answer } from '../../src/knowledge/answer.ts'
import type { Answer } from '../../src/knowledge/compose.ts'

export const TODAY = '2026-11-23'

export const knowledge: Knowledge = loadKnowledge(await loadPack('templates/liubei'))

export const ask = (question: string, previous?: Previous): Answer =>
  answer(question, { today: TODAY, ...(previous && { previous }) }, knowledge)
