import { numeral } from '../forms/numbers.ts'
import type { Article } from './articles.ts'
import type { Knowledge } from './knowledge.ts'
import { bareLabel, bareText } from './plain.ts'
import { noSuchClause } from './wording.ts'

const ASKS_LABEL =
  /讲什么|讲啥|是什么|是啥|内容|怎么写的|说什么|说啥|写什么|写的什么|写了什么|规定了什么|原文|$/

/** 附件9第一条, 章程第15条写了什么, and no word besides. */
const CLAUSE =
  /^(?:附件(\d+|[一二三四五六七八九十]+))?(?:的?章程)?的?(?:第?(\d+|[一二三四五六七八九十百]+)条)?(?:规定|里面?|的)*(?:讲|说|写|是|规定)?[了的]?(?:什么|怎么写的?|内容|原文)?$/

/** A clause by its numbers. */
type Clause = { annex?: number; clause?: number }

function clauseIn(text: string): Clause | undefined {
  const [said = '', annex, clause] = CLAUSE.exec(text) ?? []
  if (said === '' || (annex === undefined && clause === undefined)) return undefined
  return {
    ...(annex !== undefined && { annex: numeral(annex) ?? 0 }),
    ...(clause !== undefined && { clause: numeral(clause) ?? 0 }),
  }
}

/** What the document has: its annexes, and the one written in clauses with the number of its last. */
function extentOf(labels: string[]): { annexes: number; inClauses: number; last: number } {
  const all = labels.flatMap((label) => clauseIn(bareLabel(label)) ?? [])
  const written = all.filter(({ clause }) => clause !== undefined)
  return {
    annexes: Math.max(...labels.map((label) => Number(/^附件(\d+)/.exec(label)?.[1] ?? 0))),
    inClauses: written[0]?.annex ?? 0,
    last: Math.max(0, ...written.map(({ clause = 0 }) => clause)),
  }
}

/** 附件9第一条, 章程第二十条: says that the document has no such place. */
export function noSuchPlace(question: string, { labels }: Knowledge): string | undefined {
  const said = clauseIn(bareText(question))
  if (!said) return undefined
  const { annexes, inClauses, last } = extentOf(labels)
  const { annex = inClauses, clause } = said
  const isThere =
    annex >= 1 &&
    annex <= annexes &&
    (clause === undefined || (annex === inClauses && clause >= 1 && clause <= last))
  return isThere ? undefined : noSuchClause(annexes, inClauses, last)
}

/** The article of a clause asked for by its label: 附件5五1(2)是什么, 章程第15条. Only labels with a place in them count. */
export function articleOfLabel(question: string, { labels, articles }: Knowledge): Article | undefined {
  const text = bareText(question)
  const place = clauseIn(text)
  const label = place ? labelAt(place, labels) : labelIn(text, labels)
  if (label === undefined) return undefined
  return [...articles.values()]
    .filter(({ sources }) => sources.includes(label))
    .sort((a, b) => weight(a, label) - weight(b, label))[0]
}

const labelAt = ({ annex, clause }: Clause, labels: string[]): string | undefined =>
  clause === undefined
    ? labels.find((label) => label === `附件${annex}标题`)
    : labels.find((label) => {
        const there = clauseIn(bareLabel(label))
        return there?.clause === clause && (annex === undefined || there.annex === annex)
      })

function labelIn(text: string, labels: string[]): string | undefined {
  const label = labels
    .filter(
      (label) => /^(?:附件|实施方案)/.test(label) && bareLabel(label).length >= 4 && !label.endsWith('标题'),
    )
    .filter((label) => text.startsWith(bareLabel(label)) && ASKS_LABEL.test(text))
    .sort((a, b) => bareLabel(b).length - bareLabel(a).length)[0]
  return label !== undefined && text.length <= bareLabel(label).length + 8 ? label : undefined
}

/** An article that says something, and is about this clause first and about little else. */
const weight = ({ silent, sources }: Article, label: string): number =>
  (silent ? 1000 : 0) + 50 * sources.indexOf(label) + sources.length
