/** `npm run evaluate -- [--today YYYY-MM-DD] FILE.jsonl …`: how right the answers to a bank of questions are. */

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { dayOf, systemClock } from '../clock.ts'
import { evaluate, readBank } from '../knowledge/evaluate.ts'
import { loadKnowledge } from '../knowledge/knowledge.ts'
import { passes, report, summarise } from '../knowledge/summary.ts'
import { loadPack } from '../pack.ts'

const USAGE = '用法：npm run evaluate -- [--today 2026-11-23] 题库.jsonl …'
const PACK = 'templates/liubei'

/** The lines to print and the exit status: 0 when every bar is reached. */
export async function evaluateFiles(words: string[]): Promise<{ lines: string[]; status: 0 | 1 }> {
  const at = words.indexOf('--today')
  const today = at < 0 ? dayOf(systemClock.now()) : z.iso.date().safeParse(words[at + 1]).data
  const files = at < 0 ? words : words.toSpliced(at, 2)
  if (today === undefined || files.length === 0) return { lines: [USAGE], status: 1 }
  const before = process.memoryUsage().rss
  const knowledge = loadKnowledge(await loadPack(PACK))
  const lines: string[] = []
  let status: 0 | 1 = 0
  for (const file of files) {
    const verdicts = evaluate(readBank(readFileSync(file, 'utf8')), knowledge, today, () => performance.now())
    const summary = summarise(verdicts, process.memoryUsage().rss - before)
    lines.push(`== ${file}`, ...report(summary, verdicts))
    if (!passes(summary)) status = 1
  }
  return { lines, status }
}

if (import.meta.filename === process.argv[1]) {
  const { lines, status } = await evaluateFiles(process.argv.slice(2))
  console.log(lines.join('\n'))
  process.exitCode = status
}
