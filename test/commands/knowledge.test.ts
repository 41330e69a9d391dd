import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { templates } from '../../src/commands/templates.ts'
import { exportKnowledge } from '../../src/commands/knowledge.ts'
import { systemClock } from '../../src/clock.ts'
import { loadKnowledge } from '../../src/knowledge/knowledge.ts'
import { answer } from '../../src/knowledge/answer.ts'
import { decideQuestion, noted, type OpenQuestion, type QuestionAct } from '../../src/knowledge/questions.ts'
import { loadPack } from '../../src/pack.ts'
import { openJsonStore } from '../../src/store/json/open.ts'

const at = '2026-11-23T02:03:00.000Z'
const QUESTION = '队里的锣鼓放哪里'

/** A question that was answered and adopted. */
const adopted = (): OpenQuestion => {
  const acts: [QuestionAct, { userId: string; name: string }][] = [
    [
      { type: 'answer', text: '放社区活动室，跟社区说一声。', sources: [] },
      { userId: 'fang', name: '王芳' },
    ],
    [{ type: 'adopt' }, { userId: 'min', name: '赵敏' }],
  ]
  return acts.reduce(
    (now, [act, by]) => {
      const decided = decideQuestion(now, act, by, at)
      if (!decided.ok) throw new Error(decided.because)
      return decided.question
    },
    noted(undefined, { question: QUESTION, why: 'unanswered', who: 'wang', at }),
  )
}

test('adopted answers are written as articles that a pack takes and answers from', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'export-'))
  const key = randomBytes(32)
  const store = await openJsonStore({
    folder: path.join(folder, 'data'),
    dataKeys: [key],
    clock: systemClock,
  })
  await store.transact((tx) => tx.saveQuestion(adopted()))
  await store.close()
  const out = path.join(folder, 'articles')
  const { lines, status } = await exportKnowledge(['export', out], {
    DATA_DIR: path.join(folder, 'data'),
    DATA_KEY: key.toString('base64'),
    WECOM_ROBOT_TOKEN: 'token',
    WECOM_ROBOT_AES_KEY: 'a'.repeat(43),
  })
  expect(lines.join('\n')).toContain('写出1篇')
  expect(status).toBe(0)
  const [file] = await readdir(out)
  expect(await readFile(path.join(out, file!), 'utf8')).toContain('跟社区说一声')
  const packFolder = path.join(folder, 'pack')
  await cp('templates/liubei', packFolder, { recursive: true })
  await cp(out, path.join(packFolder, 'knowledge'), { recursive: true })
  expect(await templates(['check', packFolder])).toMatchObject({ status: 0 })
  const knowledge = loadKnowledge(await loadPack(packFolder))
  expect(answer(`${QUESTION}？`, { today: '2026-11-23' }, knowledge)).toMatchObject({
    kind: 'found',
    title: QUESTION,
  })
  await rm(folder, { recursive: true, force: true })
})
