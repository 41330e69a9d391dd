import type { Day } from '../../clock.ts'
import { numeral } from '../../forms/numbers.ts'
import { normalizeName } from '../names.ts'
import { CATEGORIES } from './blanks.ts'
import { readDay } from './day.ts'
import type { CharterFinding } from './finding.ts'
import { bareText, type ReadArticle } from './read-articles.ts'
import { splitItems, type CharterRecord } from './record.ts'

type Checking = {
  textOf(article: number): string | undefined
  record: CharterRecord | undefined
  today: Day | undefined
}

/** What a charter says of this one organization: name, kind, scope, titles, meetings, date. */
export const factFindings = (
  articles: ReadArticle[],
  record: CharterRecord | undefined,
  today: Day | undefined,
): CharterFinding[] => {
  const checking: Checking = {
    textOf: (article) => articles.find(({ number }) => number === article)?.text,
    record,
    today,
  }
  return [name, category, scope, meetings, titles, leaderBody, adopted].flatMap((check) => check(checking))
}

/** K1 */
function name({ textOf, record }: Checking): CharterFinding[] {
  const text = textOf(1)
  if (text === undefined || record?.name === undefined) return []
  if (normalizeName(text).includes(normalizeName(record.name))) return []
  const said = /名称是(.{2,60}?)[.。]/u.exec(text)?.[1]
  const standing = said === undefined ? '没有写全称' : `写的名称是“${said}”`
  return [
    { article: 1, level: 'hard', rule: 'name', words: `${standing}，备案表上是“${record.name}”，要一样。` },
  ]
}

/** K7 */
function category({ textOf }: Checking): CharterFinding[] {
  const text = textOf(1)
  if (text === undefined) return []
  const said = /本组织属于(.{0,40}?)类?社区社会组织/u.exec(text)?.[1]?.replace(/[()]/g, '')
  if (said !== undefined && CATEGORIES.includes(said)) return []
  const choose = `请写四类里的一类：${CATEGORIES.join('、')}。`
  const words = /社会团体|民办非企业/u.test(said ?? '')
    ? `“${said}”是备案表的组织类别，不写在这里。${choose}`
    : `${said === undefined || said === '' ? '没有写属于哪一类。' : `类别写的是“${said}”。`}${choose}`
  return [{ article: 1, level: 'hard', rule: 'category', words }]
}

/** K9 */
function scope({ textOf, record }: Checking): CharterFinding[] {
  const text = textOf(5)
  if (text === undefined) return []
  const items = splitItems(text.replace(/^.{0,20}活动:/u, ''))
  if (items.length === 0)
    return [{ article: 5, level: 'hard', rule: 'scope', words: '没有写开展哪些活动，请一项一项写上。' }]
  const wanted = record?.scope ?? []
  if (wanted.length === 0) return []
  const told = (differing: string) => [
    {
      article: 5,
      level: 'hard' as const,
      rule: 'scope' as const,
      words: `${differing}，要和备案表的业务范围一样。`,
    },
  ]
  if (items.length !== wanted.length) return told(`有${items.length}项，备案表的业务范围有${wanted.length}项`)
  const at = items.findIndex((item, index) => bareText(item) !== bareText(wanted[index] ?? ''))
  return at < 0
    ? []
    : told(`第${at + 1}项是“${short(items[at] ?? '')}”，备案表上是“${short(wanted[at] ?? '')}”`)
}

const short = (text: string): string => ([...text].length > 30 ? `${[...text].slice(0, 29).join('')}…` : text)

/** K19 */
function meetings({ textOf }: Checking): CharterFinding[] {
  const text = textOf(12)
  if (text === undefined) return []
  const said = /每年(?:至少)?召开(.{0,8}?)次/u.exec(text)?.[1]?.replace(/[()_]/g, '') ?? ''
  const number = numeral(said)
  if (number !== undefined && Number.isInteger(number) && number >= 1) return []
  return [
    { article: 12, level: 'hard', rule: 'meetings', words: '全体成员会议每年开几次没有写，请填上次数。' },
  ]
}

/** K11 */
function titles({ textOf, record }: Checking): CharterFinding[] {
  const text = textOf(13)
  if (text === undefined) return []
  const listed = bareText(/负责人包括(.*?)[.。\n]/su.exec(`${text}\n`)?.[1] ?? '')
  if (listed === '')
    return [{ article: 13, level: 'hard', rule: 'titles', words: '没有写负责人有哪些职务，请填上。' }]
  const told = (words: string[], where: string): CharterFinding[] => {
    const missing = words.filter((word) => !listed.includes(bareText(word)))
    if (missing.length === 0) return []
    const names = missing.map((word) => `“${word}”`).join('、')
    return [{ article: 13, level: 'soft', rule: 'titles', words: `${where}有${names}，这里没有写，请加上。` }]
  }
  const leaders = record?.positions ?? []
  const others = (record?.rosterPositions ?? []).filter((word) => !leaders.includes(word))
  return [...told(leaders, '负责人名单里'), ...told(others, '名册里')]
}

/** K25 */
function leaderBody({ textOf }: Checking): CharterFinding[] {
  const text = textOf(14)
  if (text === undefined) return []
  const first = /(负责人(?:会议)?)受全体成员/u.exec(text)?.[1]
  const second = /(负责人(?:会议)?)的职责包括/u.exec(text)?.[1]
  const chosen = !/或负责人会议/u.test(text) && first !== undefined && first === second
  return chosen
    ? []
    : [
        {
          article: 14,
          level: 'soft',
          rule: 'leaderBody',
          words: '“负责人”和“负责人会议”只选一个，这一条的两处要一样。',
        },
      ]
}

/** K19, and K16 as far as a charter alone can tell. */
function adopted({ textOf, today }: Checking): CharterFinding[] {
  const text = textOf(18)
  if (text === undefined) return []
  const said = /于(.{0,24}?)经?本组织/u.exec(text)?.[1] ?? ''
  const day = readDay(said)
  if (day === undefined) {
    const words = /\d|[一二三四五六七八九十]/u.test(said)
      ? `通过日期“${said}”不对，请写清楚年、月、日。`
      : '通过日期没有写，请填上年、月、日。'
    return [{ article: 18, level: 'hard', rule: 'adopted', words }]
  }
  return today !== undefined && day > today
    ? [{ article: 18, level: 'soft', rule: 'adopted', words: '通过日期还没到，开完会再打印。' }]
    : []
}
