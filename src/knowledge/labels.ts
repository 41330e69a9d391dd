import type { Article } from './articles.ts'
import type { Knowledge } from './knowledge.ts'
import { bareLabel, bareText } from './plain.ts'

const ASKS_LABEL =
  /讲什么|讲啥|是什么|是啥|内容|怎么写的|说什么|说啥|写什么|写的什么|写了什么|规定了什么|原文|$/

/** The article of a clause asked for by its label: 附件5五1(2)是什么. Only labels with a place in them count. */
export function articleOfLabel(question: string, { labels, articles }: Knowledge): Article | undefined {
  const text = bareText(question)
  const label = labels
    .filter(
      (label) => /^(?:附件|实施方案)/.test(label) && bareLabel(label).length >= 4 && !label.endsWith('标题'),
    )
    .filter((label) => text.startsWith(bareLabel(label)) && ASKS_LABEL.test(text))
    .sort((a, b) => bareLabel(b).length - bareLabel(a).length)[0]
  if (label === undefined || text.length > bareLabel(label).length + 8) return undefined
  return [...articles.values()]
    .filter(({ sources }) => sources.includes(label))
    .sort((a, b) => weight(a, label) - weight(b, label))[0]
}

/** An article that says something, and is about this clause first and about little else. */
const weight = ({ silent, sources }: Article, label: string): number =>
  (silent ? 1000 : 0) + 50 * sources.indexOf(label) + sources.length
