import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkCharter, type CharterChecking } from '../../src/filings/charter/check.ts'
import { findingLine } from '../../src/filings/charter/finding.ts'
import { chineseNumeral } from '../../src/filings/charter/numerals.ts'
import { allPlaces } from '../../src/filings/places.ts'
import { composeAt, model, pack, places, recordAt, textOf, type Kind } from './charters.ts'

const given = (kind: Kind, record: Record<string, unknown> = {}): CharterChecking => ({
  model: model.text,
  jurisdiction: pack.jurisdiction,
  record: recordAt(places[kind], record),
  place: places[kind],
  today: '2026-11-23',
})

const check = (text: string, checking = given('community')): string[] =>
  checkCharter(text, checking).map(findingLine)

const good = textOf(composeAt(places.community, { collectsFee: 'yes' }))

test.each(
  (Object.keys(places) as Kind[]).flatMap((kind) =>
    (['published', 'corrected'] as const).flatMap((edition) =>
      ['yes', 'no'].map((collectsFee) => [kind, edition, collectsFee] as const),
    ),
  ),
)('finds nothing in a good charter: %s, %s, fees %s', (kind, edition, collectsFee) => {
  const own = { addsOwnRules: 'yes', extraDuties: '爱护器材；按时参加排练', leaderBody: '负责人会议' }
  const text = textOf(composeAt(places[kind], { collectsFee, ...own }, edition))
  expect(check(text, given(kind))).toEqual([])
  expect(checkCharter(text, { model: model.text, jurisdiction: pack.jurisdiction })).toEqual([])
})

test('the charter of an organization of the whole street is not that of one in a community there', () => {
  const wholeStreet = allPlaces(pack.jurisdiction).find(({ code }) => code === places.community.street.code)!
  const text = textOf(composeAt(wholeStreet, { collectsFee: 'yes' }))
  const articles = ['第二条', '第三条', '第六条']
  const said = check(text).filter((line) => line.includes('只写了'))
  expect(said.map((line) => line.slice(0, 3))).toEqual(articles)
})

const replaced = (from: string | RegExp, to: string): string => {
  const text = good.replace(from, to)
  expect(text).not.toBe(good)
  return text.includes(ANEW) ? countedAnew(text.replace(ANEW, '')) : text
}

/** In place of the text that replaces: all articles are counted from the first again. */
const ANEW = '【重排】'
const countedAnew = (text: string): string => {
  let number = 0
  return text.replace(/(?<=^|\n)第.{1,3}条(?=（)/gu, () => `第${chineseNumeral(++number)}条`)
}

/** One fault in a good charter, and all that is said of it. */
test.each<[fault: string, from: string | RegExp, to: string, lines: (string | RegExp)[]]>([
  [
    'an article is missing',
    /第十六条.*\n/u,
    '',
    ['第十六条（要改）：没有第十六条（内部监督），请照示范文本补上。'],
  ],
  [
    'the last article is missing',
    /第十九条.*\n/u,
    '',
    ['第十九条（要改）：没有第十九条（解释权），请照示范文本补上。'],
  ],
  [
    'two articles changed places',
    /(第三条.*\n)(第四条.*\n)/u,
    '$2$1',
    ['第三条（要改）：条的先后顺序不对，请从第一条起按顺序排。'],
  ],
  ['an article stands twice', /(第三条.*\n)/u, '$1$1', ['第三条（要改）：第三条有2处，请核对条号。']],
  [
    'an article was left out and the others counted anew',
    /第八条（成员权利）[^]*?(?=第九条)/u,
    ANEW,
    [
      '第八条（要改）：没有第八条（成员权利），请照示范文本补上。',
      '第九条（要改）：您写的“第八条（成员义务）”到“第十八条（解释权）”，示范文本里是第九条到第十九条，请改条号。',
    ],
  ],
  [
    'two articles changed their places and their numbers',
    /第三条(.*\n)第四条(.*\n)/u,
    '第三条$2第四条$1',
    [
      '第三条（要改）：您写的“第四条（党的领导）”，示范文本里是第三条，请改条号。',
      '第四条（要改）：您写的“第三条（活动指导）”，示范文本里是第四条，请改条号。',
    ],
  ],
  [
    'an article of its own stands in the middle and the others are counted on',
    /第四条/u,
    '第四条（会徽）本组织的会徽是一朵向日葵。\n第四条' + ANEW,
    [
      /^第四条（要改）：您写的“第五条（活动指导）”到“第二十条（解释权）”/,
      /^第四条（请核对）：写的“第四条（会徽）”示范文本里没有/,
    ],
  ],
  [
    'a title was changed',
    '（决策规则）',
    '（开会）',
    ['第十二条（请核对）：标题写的是“开会”，示范文本是“决策规则”。'],
  ],
  [
    'an article was added',
    /$/u,
    '第二十条（附则）本章程自备案之日起生效。',
    ['全文（请核对）：示范文本只有十九条，多出了第二十条，请和街道（镇）确认。'],
  ],
  [
    'XXX is left',
    '在解放街道党组织、',
    '在XXX街道党组织、',
    ['第三条（要改）：还留着示范文本的“XXX”，没有的就删掉，有的就换成自己的内容。'],
  ],
  ['×× is left', '（四）按规定', '××××××××。\n（四）按规定', [/^第九条（要改）：还留着示范文本的“××××××××”/]],
  [
    'a note is left',
    '（三）参与',
    '〔注：业务范围应当明确〕\n（三）参与',
    [/^第五条（要改）：还留着.*“〔注”/, /^第五条（要改）：有4项/],
  ],
  [
    'a hint is left',
    '按规定交纳活动费用。',
    '按规定交纳活动费用（如本组织无交纳活动费用的情况，可删减此项）。',
    [/^第九条（要改）：还留着示范文本的“可删减”/],
  ],
  [
    'the name of the charter is not filled in',
    /^.*章程\n/u,
    'XXX章程\n',
    [/^全文（要改）：还留着示范文本的“XXX”/],
  ],
  [
    'a fee clause was dropped alone',
    /（四）按规定交纳活动费用。/u,
    '',
    ['第九条（要改）：没有写活动费用，可是第十条、第十一条、第十五条写了。收就四处都写，不收就四处都删。'],
  ],
  [
    'a fee clause in a sentence was dropped alone',
    '制定活动费用收取标准；',
    '',
    [/^第十一条（要改）：没有写活动费用/],
  ],
  [
    'three fee clauses were dropped and one was kept',
    /（四）按规定交纳活动费用。([^]*)（一）不按规定交纳活动费用；\n（二）([^]*)（三）([^]*)制定活动费用收取标准；/u,
    '$1（一）$2（二）$3',
    [
      '第九条（要改）：没有写活动费用，可是第十五条写了。收就四处都写，不收就四处都删。',
      '第十条（要改）：没有写活动费用，可是第十五条写了。收就四处都写，不收就四处都删。',
      '第十一条（要改）：没有写活动费用，可是第十五条写了。收就四处都写，不收就四处都删。',
    ],
  ],
  [
    'the name differs',
    /(名称是.*?)夕阳红/u,
    '$1朝阳红',
    [
      '第一条（要改）：写的名称是“柳州市柳北区解放街道明珠社区朝阳红志愿服务队”，备案表上是“柳州市柳北区解放街道明珠社区夕阳红志愿服务队”，要一样。',
    ],
  ],
  [
    'another community is named',
    '为解放街道、明珠社区建设',
    '为解放街道、友谊社区建设',
    ['第二条（要改）：写的是“友谊社区”，备案表上是“解放街道明珠社区”，要改成一样的。'],
  ],
  [
    'a community is named whose name holds that of a town',
    '为解放街道、明珠社区建设',
    '为解放街道、沙塘镇新区社区建设',
    ['第二条（要改）：写的是“沙塘镇新区社区”，备案表上是“解放街道明珠社区”，要改成一样的。'],
  ],
  [
    'another street is named',
    '属于解放街道居民',
    '属于跃进街道居民',
    ['第六条（要改）：写的是“跃进街道”，备案表上是“解放街道明珠社区”，要改成一样的。'],
  ],
  [
    'the committee is a villagers’ one',
    '在解放街道办事处、明珠社区居民委员会的指导下',
    '在解放街道办事处、明珠社区村民委员会的指导下',
    ['第十七条（要改）：机关的称呼不对，应当写“解放街道办事处”、“明珠社区居民委员会”。'],
  ],
  [
    'the street has a government',
    '接受解放街道办事处的管理',
    '接受解放街道人民政府的管理',
    ['第四条（要改）：机关的称呼不对，应当写“解放街道办事处”、“明珠社区居民委员会”。'],
  ],
  [
    'an office is named in short',
    '管理、明珠社区居民委员会',
    '管理、明珠社区居委会',
    ['第四条（请核对）：没有写“明珠社区居民委员会”，请写全称。'],
  ],
  [
    'the level differs',
    '用于本社区相关',
    '用于本街道相关',
    ['第十七条（请核对）：第一条写“在本社区开展活动”，这里写“用于本街道”，两处要一样。'],
  ],
  [
    'two kinds are chosen',
    '属于公益慈善类',
    '属于公益慈善、文体活动类',
    [
      '第一条（要改）：类别写的是“公益慈善、文体活动”。请写四类里的一类：公益慈善、生活服务、社区事务、文体活动。',
    ],
  ],
  [
    'the kind is the one of the form',
    '属于公益慈善类',
    '属于社会团体类',
    [
      '第一条（要改）：“社会团体”是备案表的组织类别，不写在这里。请写四类里的一类：公益慈善、生活服务、社区事务、文体活动。',
    ],
  ],
  ['no kind is chosen', '属于公益慈善类', '属于类', [/^第一条（要改）：没有写属于哪一类。/]],
  ['meetings a year are blank', '召开2次', '召开次', [/^第十二条（要改）：全体成员会议每年开几次没有写/]],
  [
    'meetings a year are underlined',
    '召开2次',
    '召开__次',
    [/^第十二条（要改）：还留着/, /^第十二条（要改）：全体成员会议/],
  ],
  ['the date is blank', '2026年11月20日', '年月日', ['第十八条（要改）：通过日期没有写，请填上年、月、日。']],
  [
    'the date is no day',
    '2026年11月20日',
    '2026年11月31日',
    ['第十八条（要改）：通过日期“2026年11月31日”不对，请写清楚年、月、日。'],
  ],
  [
    'the date is to come',
    '2026年11月20日',
    '2026年12月20日',
    ['第十八条（请核对）：通过日期还没到，开完会再打印。'],
  ],
  [
    'an activity is missing',
    /（二）开展扶老.*\n（三）/u,
    '（二）',
    ['第五条（要改）：有2项，备案表的业务范围有3项，要和备案表的业务范围一样。'],
  ],
  [
    'an activity differs',
    '（一）探访慰问困难居民；',
    '（一）探访慰问老人；',
    ['第五条（要改）：第1项是“探访慰问老人”，备案表上是“探访慰问困难居民”，要和备案表的业务范围一样。'],
  ],
  [
    'no activity is listed',
    /（一）探访.*\n.*\n.*\n/u,
    '',
    ['第五条（要改）：没有写开展哪些活动，请一项一项写上。'],
  ],
  [
    'a title of the form is missing',
    '包括队长、副队长。',
    '包括队长。',
    ['第十三条（请核对）：负责人名单里有“副队长”，这里没有写，请加上。'],
  ],
  [
    'no titles are listed',
    '包括队长、副队长。',
    '包括。',
    ['第十三条（要改）：没有写负责人有哪些职务，请填上。'],
  ],
  [
    'the body of leaders is not chosen',
    '本组织负责人受全体',
    '本组织负责人（或负责人会议）受全体',
    [/^第十四条（请核对）：“负责人”和“负责人会议”只选一个/],
  ],
  [
    'the body of leaders differs',
    '\n负责人的职责',
    '\n负责人会议的职责',
    [/^第十四条（请核对）：“负责人”和“负责人会议”只选一个/],
  ],
  ['fewer need be present', '2/3以上', '1/2以上', [/^第十二条（要改）：“2\/3以上的成员出席方能召开”/]],
  [
    'a majority is not needed',
    '半数以上表决',
    '三分之一以上表决',
    [/^第十二条（要改）：“2\/3以上的成员出席方能召开”/],
  ],
  ['the opening of the purpose is gone', '践行社会主义核心价值观，', '', [/^第二条（请核对）：宗旨开头/]],
  ['the rule against sharing is gone', '，不在成员之间分配', '', [/^第十五条（要改）：“不在成员之间分配”/]],
  [
    'money is shared',
    '不在成员之间分配',
    '年底在成员之间分配',
    [/^第十五条（要改）：“年底在成员之间分配”/, /^第十五条（要改）：“不在成员之间分配”/],
  ],
  [
    'the rest is shared',
    '剩余财产用于本社区相关的公益事业',
    '剩余财产分给成员',
    [/^第十七条（要改）：“剩余财产分给成员”/, /^第十七条（要改）：剩余财产只能/],
  ],
  [
    'a right is gone',
    '（四）对本组织活动的批评建议权和监督权；\n（五）',
    '（四）',
    [
      '第八条（请核对）：和示范文本不一样，少了或改了“对本组织活动的批评建议权和监督权”。不是有意改的，请照示范文本补上。',
    ],
  ],
  [
    'items are not counted on',
    '（二）无故连续',
    '（三）无故连续',
    ['第十条（请核对）：序号排到“（三）”，这里应当是“（二）”，请重新编号。'],
  ],
])('finds the fault when %s', (_fault, from, to, lines) => {
  const found = check(replaced(from, to))
  expect(found).toHaveLength(lines.length)
  for (const [at, line] of lines.entries()) {
    if (typeof line === 'string') expect(found[at]).toBe(line)
    else expect(found[at]).toMatch(line)
  }
})

test('a leader of the roster whose title the charter lacks is told', () => {
  const roster = {
    rows: [
      { name: '覃美兰', position: '秘书长' },
      { name: '韦阿花', position: '队员' },
    ],
    done: true,
  }
  expect(check(good, given('community', { roster }))).toEqual([
    '第十三条（请核对）：名册里有“秘书长”，这里没有写，请加上。',
  ])
})

test('a charter of a village with offices of a street-level one is told', () => {
  const text = textOf(composeAt(places.village)).replaceAll('黄村村民委员会', '黄村居民委员会')
  expect(check(text, given('village'))).toEqual([
    '第四条（要改）：机关的称呼不对，应当写“锦绣街道办事处”、“黄村村民委员会”。',
    '第十七条（要改）：机关的称呼不对，应当写“锦绣街道办事处”、“黄村村民委员会”。',
  ])
  const town = textOf(composeAt(places.town)).replaceAll('沙塘镇人民政府', '沙塘镇办事处')
  expect(check(town, given('town'))).toHaveLength(2)
})

test('an organization of a whole street may name the communities of that street and no others', () => {
  const text = textOf(composeAt(places.street, { founders: '建园社区、宏力社区居民' }))
  expect(check(text, given('street'))).toEqual([])
  expect(check(text.replaceAll('宏力社区', '友谊社区'), given('street'))).toHaveLength(1)
})

test('without a filing, places that differ from article to article are told', () => {
  const text = replaced('为解放街道、明珠社区建设', '为解放街道、友谊社区建设')
  expect(checkCharter(text, { model: model.text, jurisdiction: pack.jurisdiction }).map(findingLine)).toEqual(
    ['全文（要改）：前后写的地方不一样：“明珠社区”、“友谊社区”，各条要写同一个。'],
  )
})

test('the model as issued is told article by article, and its own slips are not', async () => {
  const findings = checkCharter(await readFile('test/charter/published.txt', 'utf8'), given('community'))
  const hard = findings.filter(({ level }) => level === 'hard').map(({ article }) => article)
  expect([...new Set(hard)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 17, 18])
  expect(findings.filter(({ rule }) => rule === 'wording')).toEqual([])
})

test.each([
  ['', 1],
  ['你好，帮我看看章程', 1],
  ['柳州市柳北区备案申请表', 1],
])('a text that is no charter is told in one line: %j', (text, count) => {
  expect(check(text)).toHaveLength(count)
  expect(check(text)[0]).toContain('没有读到')
})

test.each<[string, (text: string) => string]>([
  [
    'with the page numbers of the file it was pasted from',
    (text) => text.replace('\n（二）', '\n— 1 —\n（二）').replaceAll('\n第十二条', '\n第2页 共5页\n第十二条'),
  ],
  ['half-width', (text) => text.normalize('NFKC')],
  ['with spaces', (text) => text.replace(/(?<=[\u4e00-\u9fa5])(?=[\u4e00-\u9fa5])/gu, ' ')],
  ['with ideographic spaces at the start of lines', (text) => text.replace(/\n/g, '\n　　')],
  ['with empty lines and returns', (text) => text.replace(/\n/g, '\r\n\r\n')],
  ['in one line', (text) => text.replace(/\n/g, '')],
  ['with the heading on a line of its own', (text) => text.replace(/(第.{1,3}条（[^）]*）)/gu, '$1\n')],
  ['without titles', (text) => text.replace(/(第.{1,3}条)（[^）]*）/gu, '$1　')],
  ['with Arabic numbers', (text) => text.replace('第十二条', '第12条').replace('第五条', '第 5 条')],
  [
    'numbered by Word',
    (text) => text.replace(/\n第.{1,3}条（/gu, '\n（').replace(/\n（[一二三四五六七]）/gu, '\n'),
  ],
  ['without punctuation between clauses', (text) => text.replace(/[，、]/gu, ' ')],
  ['with lines that end with the page', (text) => text.replace(/[^\n]{22}(?=[^\n])/gu, '$&\n')],
  [
    'behind its table of contents',
    (text) => `${(text.match(/第.{1,3}条（[^）]*）/gu) ?? []).join('……1\n')}……9\n${text}`,
  ],
  [
    'with titles on a line, without brackets',
    (text) => text.replace(/(第.{1,3}条)（([^）]*)）/gu, '$1 $2\n'),
  ],
  ['with 三分之二', (text) => text.replace('2/3', '三分之二')],
  ['with 两次', (text) => text.replace('召开2次', '召开两次')],
])('a good charter is good %s', (_way, change) => {
  expect(check(change(good))).toEqual([])
})

test('no text breaks the check', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(...good.split('\n')),
          fc.constantFrom('第', '条', '（', '）', '第一百条', '第0条', '××', '\n', '第十二条（决策规则）'),
          fc.string({ maxLength: 20, unit: 'binary' }),
        ),
        { maxLength: 60 },
      ),
      (pieces) => {
        for (const { article, words } of checkCharter(pieces.join('\n'), given('community'))) {
          expect(article).toBeGreaterThanOrEqual(0)
          expect(article).toBeLessThanOrEqual(19)
          expect(words).not.toBe('')
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a text beyond all measure is read as far as a charter may go', () => {
  expect(check(`${good}${'第三十条（附则）活动。\n'.repeat(20_000)}`)[0]).toMatch(
    /^全文（请核对）：示范文本只有十九条，多出了第三十条等\d+条/,
  )
  expect(check('第一条（'.repeat(50_000)).length).toBeGreaterThan(0)
  expect(check('（一）'.repeat(50_000))[0]).toContain('没有读到')
})
