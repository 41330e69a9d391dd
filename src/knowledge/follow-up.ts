import { quantities } from '../forms/numbers.ts'
import type { Knowledge } from './knowledge.ts'
import { namesNothing, PROCEDURES, procedureOf, search } from './search.ts'

/** What a filing question can be about; a follow-up exchanges one for another: 那变更呢. */
const MATTERS = [
  '变更',
  '注销',
  '续期',
  '登记',
  '备案',
  '章程',
  '名册',
  '街道',
  '社区',
  '孵化机构',
  '民政局',
  '农村',
  '城市',
  '重点街道',
]

/** The article on the four kinds: what is named after it is to be put into one as well. */
const KINDS = 'four-kinds'

const LONGEST = 14
/** 几个人算够, 交给谁: so short, and naming nothing, that it can only be asked of what was answered last. */
const ELLIPSIS = /几|多少|谁|哪|多久|什么时候|啥时候|何时/
const SHORTEST = 8
const FOLLOWS = /^(?:那|那么|要是|如果是?|换成)|呢[?？]?$/
const WHY =
  /^(?:为什么|为啥|依据是?什么|哪条写的|什么依据|再说一遍|哪里写的|真的吗|你确定吗|出处呢?|依据呢?)[?？]?$/

/** What was answered last: the article, and the question where its numbers or dates were counted with. */
export type Previous = { article: string; counted?: string }

/** The whole question a short follow-up stands for, and the procedure it is asked of. */
export type FollowUp = { question: string; procedure?: string }

const asked = (question: string): FollowUp => {
  const procedure = procedureOf(question)
  return { question, ...(procedure !== undefined && { procedure }) }
}

/** Undefined when the question stands by itself. */
export function followUp(
  question: string,
  previous: Previous | undefined,
  { articles, index }: Knowledge,
): FollowUp | undefined {
  const before = previous === undefined ? undefined : articles.get(previous.article)
  const said = question.normalize('NFKC').trim()
  if (!before) return undefined
  if (WHY.test(said)) return { question: before.title }
  if ([...said].length <= SHORTEST && ELLIPSIS.test(said)) {
    // 注销要什么材料, then 几份: of the same form, not of that for filing.
    const procedure = procedureOf(before.title)
    if (procedure !== undefined && !MATTERS.some((word) => said.includes(word)))
      return asked(`${procedure}${said}`)
    if (namesNothing(index, said, search(index, said))) return asked(`${before.title}${said}`)
  }
  if ([...said].length > LONGEST || !FOLLOWS.test(said)) return undefined
  const matter = said.replace(/^(?:那么|那|要是|如果是?|换成)/, '').replace(/[呢?？,，。的]+$/g, '')
  if (matter === '') return { question: before.title }
  // 30人到20人能开会吗, 那来了19个呢: what is said now comes before what was said then.
  if (previous?.counted !== undefined && quantities(matter).length > 0)
    return { question: `${matter}，${previous.counted}` }
  if (before.id === KINDS) return { question: `${matter}属于哪类` }
  // 那其他的呢, after an answer that speaks of the others too.
  if (matter.length >= 2 && before.text.includes(matter) && !PROCEDURES.includes(matter))
    return { question: before.title }
  const known = MATTERS.filter((word) => matter.includes(word))
  if (known.length === 0 || matter.length > 8) return undefined
  const rest = MATTERS.reduce((title, word) => title.replaceAll(word, ''), before.title)
  return asked(`${matter}${rest}`)
}
