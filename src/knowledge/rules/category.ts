import { z } from 'zod'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import type { Computed, Rule } from './computed.ts'

/** The charter's four kinds (附件4第一条注2): what the document lists, and the words people use for it. */
export const Categories = z.array(
  z.strictObject({
    name: z.string(),
    /** A word of the document to what people say for it. */
    listed: z.record(z.string(), z.array(z.string())),
    /** Not in the document; by the nature of the activity. */
    inferred: z.array(z.string()),
  }),
)
export type Categories = z.infer<typeof Categories>

type Found = { kind: string; word: string; said: string; listed: boolean }

const ASKS_KIND =
  /哪一?类|什么类|啥类|哪个类|哪种类|类别|归类|分类|四类|属于|属哪|归到?哪|归在哪|算.{0,6}类|选哪|勾哪|一个类|同一类|都一类|哪一?种|算什么|算啥|算哪/
const OTHER_KIND =
  /组织类别|封面|社会团体|民非|民办非企业|重点街道|阶段|哪个街道|哪项|哪个活动|主题活动|名字里|名称里|全称|字号|起错|哪一截|还有(?:别的)?(?:哪些|什么)|(?:列|写)了哪些|包括哪些/
const NO_KIND = /合作社|经济合作/

/** Which of the four kinds are we. Never mixed up with 社会团体 and 民办非企业单位. */
export const category: Rule = (question, given) => {
  const named = given.categories.some(({ name }) => question.includes(name))
  const halfNamed = given.categories.some(({ name }) => question.includes(name.slice(0, 2)))
  const asks =
    ASKS_KIND.test(question) ||
    (named && /还是|别的|算不算|对不对|行不行|吗/.test(question)) ||
    (halfNamed && /还是|是不是|算不算|吧[?？。]?$|对不对|对吗|算吗/.test(question))
  return asks ? kindOf(question, given.categories) : undefined
}

const isTold = (text: string): boolean => text.length <= 20 && !looksLikeQuestion(text)

/** 帮老百姓打官司的法律服务组; 给老人做饭送餐: what an organization does is described and nothing asked. */
export const describedKind: Rule = (question, { categories }) =>
  /(?:队|组|团|社|会|协会|的)$/.test(question) || isTold(question) ? kindOf(question, categories) : undefined

function kindOf(question: string, categories: Categories): Computed | undefined {
  if (OTHER_KIND.test(question) || NO_KIND.test(question)) return undefined
  const text = categories.reduce((rest, { name }) => rest.replaceAll(name, ' '), question.normalize('NFKC'))
  const found = findKinds(text, categories)
  if (found.length === 0) return undefined
  return {
    text: tell(found, categories).join('\n'),
    sources: ['附件4第一条注2', '附件4第一条第3段'],
    article: 'four-kinds',
    covers: COVERED,
  }
}

/** Articles that share words with what organizations do. */
const COVERED =
  'four-kinds kind-charity kind-living kind-affairs kind-recreation classify-doubt charter-name rural-revival charter-damage org-type org-type-meaning noise place-support safe-community culture-soul neighbour-watch outsiders other-services leader-titles finance-hosting owners-committee project-ability'.split(
    ' ',
  )

/** The longest words first, each part of the text used once: 残疾人协会 is not 助残. */
function findKinds(text: string, categories: Categories): Found[] {
  const ways = categories
    .flatMap(({ name, listed, inferred }) => [
      ...Object.entries(listed).flatMap(([word, others]) =>
        [word, ...others].map((said) => ({ kind: name, word, said, listed: true })),
      ),
      ...inferred.map((said) => ({ kind: name, word: said, said, listed: false })),
    ])
    .sort((a, b) => b.said.length - a.said.length)
  const found: (Found & { at: number })[] = []
  let rest = text
  for (const way of ways) {
    const at = rest.indexOf(way.said)
    if (at < 0) continue
    found.push({ ...way, at })
    rest = rest.replaceAll(way.said, '＿'.repeat(way.said.length))
  }
  return found.sort((a, b) => a.at - b.at)
}

function tell(found: Found[], categories: Categories): string[] {
  const kinds = categories.map(({ name }) => name).filter((name) => found.some(({ kind }) => kind === name))
  const because = (kind: string): string => {
    const listed = [
      ...new Set(found.filter((one) => one.kind === kind && one.listed).map(({ word }) => `“${word}”`)),
    ]
    if (listed.length > 0) return `文件在这一类里列了${listed.join('、')}${meaning(kind)}`
    const said = [...new Set(found.filter((one) => one.kind === kind).map(({ said }) => `“${said}”`))]
    return `文件没有逐字列出${said.join('、')}，按性质推算，请街道办事处（镇政府）确认`
  }
  /** What was said in other words than the document's: it lists 家政维修, not 理发. */
  const meaning = (kind: string): string => {
    const other = found.filter((one) => one.kind === kind && one.listed && !one.said.includes(one.word))
    return other.length === 0
      ? ''
      : `，您说的${[...new Set(other.map(({ said }) => `“${said}”`))].join('、')}按意思归在里面`
  }
  const notBoth = '这是章程第一条的四类之一；封面的“组织类别”（社会团体、民办非企业单位）是另一回事。'
  if (kinds.length === 1 && kinds[0] !== undefined)
    return [`属于${kinds[0]}类。`, `${because(kinds[0])}。`, notBoth]
  return [
    '您说的活动占了几类：',
    ...kinds.map((kind) => `${kind}类：${because(kind)}。`),
    '按你们主要做什么选一类；文件没有写能不能多选，拿不准请问街道办事处（镇政府）。',
    notBoth,
  ]
}
