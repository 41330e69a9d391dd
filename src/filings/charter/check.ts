import type { Day } from '../../clock.ts'
import type { Answers } from '../../forms/answers.ts'
import type { Jurisdiction } from '../../pack.ts'
import type { Place } from '../places.ts'
import { factFindings } from './check-facts.ts'
import { placeFindings } from './check-places.ts'
import { wordingFindings } from './check-wording.ts'
import type { CharterFinding } from './finding.ts'
import { findLeftover } from './leftovers.ts'
import { chineseNumeral } from './numerals.ts'
import { countingFindings, placeArticles, type Placed } from './place-articles.ts'
import { beforeArticles, charterIn, flat, readArticles, type ReadArticle } from './read-articles.ts'
import { charterRecord } from './record.ts'
import type { CharterText } from './text.ts'

/** What a charter is compared with. Without a filing only the charter itself is looked at. */
export type CharterChecking = {
  model: CharterText
  jurisdiction: Jurisdiction
  /** Answers of the filing form, the roster among them. */
  record?: Answers | undefined
  place?: Place | undefined
  today?: Day | undefined
}

/** The numbers of the articles in a text, as they are written. */
export const articleNumbers = (written: string, model: CharterText): number[] =>
  readArticles(charterIn(written), model).map(({ number }) => number)

/**
 * Checks a charter somebody wrote, a Word file's text or pasted, against the 19 articles, the filing form and the
 * roster. In the order of the articles, what must be put right first.
 */
export function checkCharter(written: string, given: CharterChecking): CharterFinding[] {
  const text = charterIn(written)
  const { model, jurisdiction, place, today } = given
  const read = readArticles(text, model)
  if (read.length === 0) {
    const words = '没有读到“第一条”这样的条文。请发章程的Word文件，或者把章程全文粘贴过来。'
    return [{ article: 0, level: 'hard', rule: 'articles', words }]
  }
  const placed = placeArticles(read, model)
  const articles = firstOfEach(placed.articles)
  return [
    ...articleFindings(placed, read, model),
    ...countingFindings(placed.articles, model),
    ...[beforeArticles(text, model), ...articles].flatMap(leftoverFindings),
    ...articles.flatMap(numberingFindings),
    ...feeFindings(articles),
    ...distributionFindings(articles),
    ...factFindings(articles, given.record && charterRecord(given.record), today),
    ...placeFindings(articles, jurisdiction, place),
    ...wordingFindings(articles, model),
  ].sort((a, b) => a.article - b.article || Number(a.level === 'soft') - Number(b.level === 'soft'))
}

const firstOfEach = <A extends ReadArticle>(articles: A[]): A[] =>
  articles.filter(({ number }, at) => articles.findIndex((other) => other.number === number) === at)

/** All articles of the model, once, in order, by their titles. */
function articleFindings(
  { articles, further }: Placed,
  read: ReadArticle[],
  model: CharterText,
): CharterFinding[] {
  const findings: CharterFinding[] = []
  const add = (article: number, level: CharterFinding['level'], words: string) =>
    findings.push({ article, level, rule: 'articles', words })
  const count = model.articles.length
  for (const [at, { number, title }] of model.articles.entries()) {
    const own = articles.filter((article) => article.number === at + 1)
    const [first] = own
    if (first === undefined) add(at + 1, 'hard', `没有第${number}条（${title}），请照示范文本补上。`)
    else if (first.title !== '' && first.title !== flat(title))
      add(at + 1, 'soft', `标题写的是“${first.title}”，示范文本是“${title}”。`)
    if (own.length > 1) add(at + 1, 'hard', `第${number}条有${own.length}处，请核对条号。`)
  }
  for (const { number, title } of further)
    add(
      number,
      'soft',
      `写的“第${chineseNumeral(number)}条${title === '' ? '' : `（${title}）`}”示范文本里没有，请和街道（镇）确认。`,
    )
  const beyond = articles.filter(({ number }) => number > count).map(({ number }) => number)
  if (beyond.length > 0) {
    const more = beyond.length > 1 ? `等${beyond.length}条` : ''
    const first = chineseNumeral(Math.min(...beyond))
    add(0, 'soft', `示范文本只有${chineseNumeral(count)}条，多出了第${first}条${more}，请和街道（镇）确认。`)
  }
  const numbers = firstOfEach(read).map(({ number }) => number)
  const late = numbers.find((number, at) => at > 0 && number < (numbers[at - 1] ?? 0))
  if (late !== undefined) add(late, 'hard', '条的先后顺序不对，请从第一条起按顺序排。')
  return findings
}

/** K18 */
function leftoverFindings({ number, text }: ReadArticle): CharterFinding[] {
  const found = findLeftover(text)
  return found === undefined
    ? []
    : [
        {
          article: number,
          level: 'hard',
          rule: 'leftover',
          words: `还留着示范文本的“${found}”，没有的就删掉，有的就换成自己的内容。`,
        },
      ]
}

/** Items are counted 一, 二, 三 without a gap, where they are counted by hand at all. */
function numberingFindings({ number, text }: ReadArticle): CharterFinding[] {
  const marks = [...text.matchAll(/(?<=^|[\n:;。.])\(([一二三四五六七八九十]{1,3})\)/gu)].map(
    ([, mark]) => mark,
  )
  const at = marks.findIndex((mark, index) => mark !== chineseNumeral(index + 1))
  if (at < 0) return []
  const words = `序号排到“（${marks[at]}）”，这里应当是“（${chineseNumeral(at + 1)}）”，请重新编号。`
  return [{ article: number, level: 'soft', rule: 'numbering', words }]
}

/** The four fee clauses stand or fall together: domain notes 13, K17. */
const FEE_ARTICLES = [9, 10, 11, 15]

function feeFindings(articles: ReadArticle[]): CharterFinding[] {
  const present = articles.filter(({ number }) => FEE_ARTICLES.includes(number))
  const inWords = (some: ReadArticle[]) =>
    some.map(({ number }) => `第${chineseNumeral(number)}条`).join('、')
  const having = present.filter(({ text }) => text.includes('活动费用'))
  const lacking = present.filter((article) => !having.includes(article))
  if (having.length === 0 || lacking.length === 0) return []
  return lacking.map(({ number }) => ({
    article: number,
    level: 'hard',
    rule: 'fee',
    words: `没有写活动费用，可是${inWords(having)}写了。收就四处都写，不收就四处都删。`,
  }))
}

/** Money for members, in whatever words. */
const DISTRIBUTES =
  /分红|(?<!不在)成员(?:之间|中间|间)分(?:配|掉)|(?:分|发|退)给(?:全体)?成员|按人(?:头|均)分/u

const distributionFindings = (articles: ReadArticle[]): CharterFinding[] =>
  articles
    .filter(({ number }) => number === 15 || number === 17)
    .flatMap(({ number, text }) => {
      const said = text
        .split(/[,。;\n]/u)
        .find((clause) => DISTRIBUTES.test(clause) && !/不得|不能|不可|不许|不在/u.test(clause))
      return said === undefined
        ? []
        : [
            {
              article: number,
              level: 'hard' as const,
              rule: 'distribution' as const,
              words: `“${[...said].slice(0, 30).join('')}”：财产不能在成员之间分，请删掉。`,
            },
          ]
    })
