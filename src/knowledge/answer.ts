import type { Day } from '../clock.ts'
import type { Article } from './articles.ts'
import { blockOf, compose, ruled, silentOn, type Answer, type Block } from './compose.ts'
import { laterYear, tells, wantedIn } from './expected.ts'
import { followUp, type Previous } from './follow-up.ts'
import { guard } from './guard.ts'
import type { Knowledge } from './knowledge.ts'
import { articleOfLabel, noSuchPlace } from './labels.ts'
import { MOST_PARTS, partsOf } from './parts.ts'
import { absence } from './rules/absence.ts'
import { category, describedKind } from './rules/category.ts'
import type { Computed, Rule } from './rules/computed.ts'
import { expiry } from './rules/expiry.ts'
import { meeting } from './rules/meeting.ts'
import { naming } from './rules/naming.ts'
import { nextDeadline } from './rules/next-deadline.ts'
import { stage } from './rules/stage.ts'
import { targets } from './rules/targets.ts'
import { wholeName } from './rules/whole-name.ts'
import { isAbout, isSure, namesNothing, NEAR, procedureOf, search, type Hit } from './search.ts'
import * as wording from './wording.ts'

/** `today` in Asia/Shanghai; `previous` is what was answered last, for 那变更呢. */
export type Context = { today: Day; previous?: Previous }

/** What of an answer the next question may go on from. */
export const previousOf = (question: string, { article, kind }: Answer): Previous | undefined =>
  article === undefined
    ? undefined
    : { article, ...(kind === 'computed' && { counted: question.slice(0, LONGEST_COUNTED) }) }

const RULES: Rule[] = [nextDeadline, stage, targets, meeting, absence, expiry, wholeName, naming, category]
/** What is longer is no question; the end may hold anything. */
const LONGEST_QUESTION = 500
const MOST_BLOCKS = 3
const LONGEST_COUNTED = 100

/** Answers one message from the document and nothing else. Never throws, whatever is typed. */
export function answer(message: string, context: Context, knowledge: Knowledge): Answer {
  const question = [...message].slice(0, LONGEST_QUESTION).join('')
  const guarded = guard(question)
  switch (guarded?.type) {
    case 'greeting':
      return { kind: 'smallTalk', text: wording.greeting, sources: [] }
    case 'thanks':
      return { kind: 'smallTalk', text: wording.thanks, sources: [] }
    case 'ownData':
      return refused(wording.ownData, ['附件1表2行2', '附件1表2行7'], knowledge)
    case 'othersData':
      return refused(wording.othersData, ['附件1填表说明2', '附件1表2行2'], knowledge)
    case 'act':
      return refused(wording.act, ['附件1填表说明4', '附件1表2行13', '附件1表2行14'], knowledge)
    case 'orders': {
      const said = answerPlainly(guarded.rest, context, knowledge)
      return { ...said, kind: 'refused', text: `${wording.orders}\n${said.text}` }
    }
    case undefined:
      return answerPlainly(question, context, knowledge)
  }
}

const nothing = (text: string): Block => ({
  kind: 'silent',
  text,
  sources: [OF_NO_CLAUSE],
  covers: [],
  suggestions: [],
})

const refused = (text: string, sources: string[], knowledge: Knowledge): Answer => ({
  kind: 'refused',
  text: `${text}\n${wording.cite(sources, knowledge.edition)}`,
  sources,
})

function answerPlainly(question: string, context: Context, knowledge: Knowledge): Answer {
  if (new Set(question.match(/\p{Script=Han}/gu)).size < 2)
    return compose([nothing(wording.unreadable)], knowledge)
  const { question: asked, procedure } = followUp(question, context.previous, knowledge) ?? { question }
  const blocks = blocksFor(asked, context.today, knowledge)
  return compose(
    procedure === undefined ? blocks : ofProcedure(procedure, asked, blocks, knowledge),
    knowledge,
  )
}

/** 备案管几年, 那注销呢: only what is said of the procedure now asked about, if anything is. */
function ofProcedure(procedure: string, asked: string, blocks: Block[], { index }: Knowledge): Block[] {
  const said = blocks.filter(({ title }) => title?.includes(procedure))
  if (said.length > 0) return said
  const near = search(index, asked).find(({ article }) => article.title.includes(procedure))
  if (near && isSure(near)) return [blockOf(near.article)]
  // 备案管几年, 那注销呢: nothing is said of that, so what there is to say of 注销 at all.
  const [most] = search(index, procedure).filter(({ article }) => procedureOf(article.title) === procedure)
  return most ? [blockOf(most.article)] : blocks
}

function blocksFor(question: string, today: Day, knowledge: Knowledge): Block[] {
  const labelled = articleOfLabel(question, knowledge)
  if (labelled) return [blockOf(labelled)]
  const missing = noSuchPlace(question, knowledge)
  if (missing !== undefined) return [nothing(missing)]
  const given = { ...knowledge, today }
  const parts = partsOf(question)
  const blocks = chosen(partly(question, parts.slice(0, MOST_PARTS), given))
  if (blocks.length > 0)
    return parts.length > MOST_PARTS ? [...blocks, nothing(wording.mostAtOnce(MOST_PARTS))] : blocks
  const hits = search(knowledge.index, question)
  const sure = meant(question, hits)
  if (sure.length > 0) return sure
  const kind = describedKind(question, given)
  return [kind ? ruled(kind) : unsure(question, hits, knowledge)]
}

/** What is found for each part, best first; before them what a rule makes of the whole. Nothing twice. */
function partly(question: string, parts: string[], given: Knowledge & Parameters<Rule>[1]): Block[][] {
  const told: Block[] = []
  const fresh = (block: Block): boolean => {
    const { article } = block
    const isTold =
      article !== undefined && told.some((one) => one.article === article || one.covers.includes(article))
    if (!isTold) told.push(block)
    return !isTold
  }
  const whole = firstComputed(question, given)
  if (whole) told.push(ruled(whole))
  const all = parts.length > 1 ? scoresOf(question, given) : undefined
  const found = parts.map((part, at) => {
    const computed = firstComputed(part, given)
    if (computed && computed.article !== whole?.article) return [ruled(computed)].filter(fresh)
    const hits = hitsOf(part, at === 0 ? '' : (parts[0] ?? ''), all, given)
    return meant(part, whole ? hits.filter(isAskedBesides) : hits).filter(fresh)
  })
  return whole ? [[ruled(whole)], ...found] : found
}

/** The best of every part; the second best as long as a phone holds them. */
function chosen(found: Block[][]): Block[] {
  let room = MOST_BLOCKS - found.filter(([best]) => best).length
  return found.flatMap(([best, second]) => {
    if (!best || !second || room <= 0) return best ? [best] : []
    room--
    return [best, second]
  })
}

const firstComputed = (text: string, given: Parameters<Rule>[1]): Computed | undefined => {
  for (const rule of RULES) {
    const computed = rule(text, given)
    if (computed) return computed
  }
  return undefined
}

/** What an article cites that tells of none of the document's clauses: other matters altogether. */
const OF_NO_CLAUSE = '实施方案标题'

const isForeign = ({ article }: Hit): boolean => article.sources.every((label) => label === OF_NO_CLAUSE)

/** It takes more to send somebody away: 队里的锣鼓放哪里 is for staff to answer. */
const SURELY_FOREIGN = 0.42

/** Beside what was counted only what is surely asked for as well: 线上开会算不算,10个人来了8个. */
const isAskedBesides = ({ words, score }: Hit): boolean => words.length > 0 || score >= BESIDES
const BESIDES = 0.5

/** Two articles this close in score are both given: either may be meant. */
const AS_GOOD = 0.22

/** The best hit if it is sure; a second that is as good, or where two things are named: “共创平安”和“文化铸魂”. */
function meant(part: string, hits: Hit[]): Block[] {
  const [best, second] = hits
  if (!best || !isSure(best) || (isForeign(best) && best.words.length === 0 && best.alike < SURELY_FOREIGN))
    return []
  const wanted = wantedIn(part)
  const later = laterYear(part, best.article)
  if (later !== undefined) return [silentOn([later], best.article)]
  if (!tells(best.article, wanted)) {
    const better = hits.find(({ article, score }) => score >= TELLING && tells(article, wanted))
    return [
      better
        ? blockOf(better.article)
        : silentOn(
            wanted.map(({ called }) => called),
            best.article,
          ),
    ]
  }
  const both = second !== undefined && (isAsGood(best, second) || areTwoThings(part, best, second))
  return [best, ...(both ? [second] : [])].map(({ article }) => blockOf(article))
}

/** From here on an article that tells what is wanted is better than the best, which does not. */
const TELLING = 0.36

const isAsGood = (best: Hit, second: Hit): boolean => best.score - second.score <= AS_GOOD

const areTwoThings = (part: string, best: Hit, second: Hit): boolean =>
  isSure(second) &&
  /和|跟|与|及|、|分别/.test(part) &&
  best.words.length > 0 &&
  second.words.length > 0 &&
  second.words.every((word) => best.words.every((other) => !word.includes(other) && !other.includes(word)))

/** How well each article fits the whole message. */
const scoresOf = (message: string, { index }: Knowledge): Map<Article, number> =>
  new Map(search(index, message).map(({ article, score }) => [article, score]))

/** What a part is worth that fits the rest of the message too; and what it loses that does not at all. */
const OF_ALL = 0.3
const WITHOUT_ALL = 0.12

/**
 * A part is read in the light of the whole message: 一共几家留 by itself may be about anything. One that says too
 * little is read together with the first one: 备案管几年,去哪办?
 */
function hitsOf(
  part: string,
  first: string,
  all: Map<Article, number> | undefined,
  { index }: Knowledge,
): Hit[] {
  const found = search(index, part)
  // 交给谁 names nothing: it is asked of what the first part speaks of.
  if (first !== '' && namesNothing(index, part, found)) return search(index, `${first}${part}`)
  const alone = found
    .map((hit) =>
      all === undefined
        ? hit
        : { ...hit, score: hit.score + OF_ALL * Math.min(1, all.get(hit.article) ?? 0) - WITHOUT_ALL },
    )
    .sort((a, b) => b.score - a.score)
  if ((alone[0] && isSure(alone[0])) || first === '') return alone
  // What fits only because of the first part has been answered already.
  const added = search(index, `${first}${part}`).filter(({ words }) =>
    words.some((word) => part.includes(word)),
  )
  return added.length > 0 ? added : alone
}

/** Two nearest clauses only where both together fit a phone. */
const LONGEST_NEAREST = 500

/** Words of our matters may be written wrong (邻里首望): what is so much like a way of asking is not called foreign. */
const ALIKE_ENOUGH = 0.18

/** Nothing fits surely: the nearest clause is given as such, with whom to ask. */
function unsure(question: string, hits: Hit[], { index }: Knowledge): Block {
  const about = isAbout(index, question) || (hits[0]?.alike ?? 0) >= ALIKE_ENOUGH
  const foreign = hits[0] !== undefined && isForeign(hits[0])
  const near = about && !foreign ? hits.filter(({ score }) => score >= NEAR).slice(0, 3) : []
  const [nearest, second] = near.map(({ article }) => article)
  if (nearest === undefined) {
    return nothing(about && !foreign ? wording.unclear : wording.outside)
  }
  const both = second !== undefined && nearest.text.length + second.text.length <= LONGEST_NEAREST
  const shown = both ? [nearest, second] : [nearest]
  return {
    kind: 'suggest',
    text: wording.nearest(shown.map(({ text }) => text)),
    sources: shown.flatMap(({ sources }) => sources),
    article: nearest.id,
    title: nearest.title,
    covers: [],
    suggestions: near.map(({ article }) => article.title),
  }
}
