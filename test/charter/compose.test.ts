import fc from 'fast-check'
import { expect, test } from 'vitest'
import { charterBlanks } from '../../src/filings/charter/blanks.ts'
import { charterLines, composeCharter, type Composed } from '../../src/filings/charter/compose.ts'
import { readDay } from '../../src/filings/charter/day.ts'
import { charterDefaults } from '../../src/filings/charter/defaults.ts'
import { findLeftover } from '../../src/filings/charter/leftovers.ts'
import { chineseNumeral } from '../../src/filings/charter/numerals.ts'
import { splitItems } from '../../src/filings/charter/record.ts'
import { allPlaces } from '../../src/filings/places.ts'
import { answersAt, composeAt, model, pack, places, recordAt, textOf, whole } from './charters.ts'

const { community } = places

const gapsOf = (composed: Composed): [field: string, article: number][] =>
  composed.type === 'complete' ? [] : composed.gaps.map(({ field, article }) => [field, article])

test.each([
  ['shortName', 1],
  ['founders', 1],
  ['category', 1],
  ['purposeActivities', 2],
  ['partyOrganization', 3],
  ['admission', 7],
  ['collectsFee', 9],
  ['meetingsPerYear', 12],
  ['leaderTitles', 13],
  ['leaderBody', 14],
  ['adoptedOn', 18],
])('without %s there is no charter, and the question of article %i is named', (field, article) => {
  const answers = answersAt(community)
  delete answers[field]
  const composed = composeCharter(model.text, 'published', answers, recordAt(community), community)
  expect(gapsOf(composed)).toEqual([[field, article]])
})

test('everything that is missing is told at once, in the order of the articles', () => {
  const composed = composeCharter(model.text, 'published', {}, {}, community)
  const articles = gapsOf(composed).map(([, article]) => article)
  expect(articles).toEqual([1, 1, 1, 1, 2, 3, 5, 7, 9, 12, 13, 14, 18])
})

test.each([
  ['shortName', 'XX社区舞蹈队'],
  ['founders', 'XXX街道居民'],
  ['purposeActivities', '××××'],
  ['purposeActivities', '活动'],
  ['partyOrganization', '〔注：党组织〕'],
  ['partyOrganization', '{{党组织}}'],
  ['activities', '唱歌；××××××'],
  ['leaderTitles', '（职务，如团长'],
  ['leaderTitles', '。'],
  ['category', '社会团体'],
  ['admission', '会长'],
  ['meetingsPerYear', 0],
  ['meetingsPerYear', 1.5],
  ['adoptedOn', '2026年2月30日'],
  ['adoptedOn', '下周五'],
  ['activities', '收取活动费用后组织旅游'],
])('%s answered with %s stands in the way', (field, value) => {
  expect(gapsOf(composeAt(community, { [field]: value })).map(([named]) => named)).toEqual([field])
})

test('a fee may be spoken of where fees are collected', () => {
  const composed = composeAt(community, { collectsFee: 'yes', activities: '用活动费用组织出游' })
  expect(composed.type).toBe('complete')
})

test('further rules count only while the person wants to add any', () => {
  const composed = composeAt(community, { addsOwnRules: 'no', extraDuties: '爱护器材' })
  expect(textOf(composed)).not.toContain('爱护器材')
})

test('the business scope of the filing is listed when nothing else was said', () => {
  const { articles } = whole(composeAt(community, { activities: '' }))
  expect(articles[4]?.items).toHaveLength(3)
})

test.each([
  ['组织排练；参加演出；开展交流。', ['组织排练', '参加演出', '开展交流']],
  ['1.组织排练2.参加演出', ['组织排练2.参加演出']],
  ['1.组织排练，2.参加演出', ['组织排练', '参加演出']],
  ['（一）组织排练；（二）参加演出。', ['组织排练', '参加演出']],
  ['一、组织排练\n二、参加演出', ['组织排练', '参加演出']],
  ['①组织排练 ②参加演出', ['组织排练', '参加演出']],
  ['开展舞蹈、健身排练和交流', ['开展舞蹈、健身排练和交流']],
  ['组织3.5公里健步走', ['组织3.5公里健步走']],
  ['一月一次义诊', ['一月一次义诊']],
  ['；；。', []],
])('the scope %j has the items %j', (text, items) => {
  expect(splitItems(text)).toEqual(items)
})

test.each([
  ['2026年11月20日', '2026-11-20'],
  ['2026年3月5号', '2026-03-05'],
  ['二〇二六年十一月二十日', '2026-11-20'],
  ['２０２６年１１月２０日', '2026-11-20'],
  ['2026-11-20', '2026-11-20'],
  ['2028年2月29日', '2028-02-29'],
  ['2026年2月29日', undefined],
  ['2026年13月1日', undefined],
  ['2026年11月', undefined],
  ['去年底', undefined],
  ['', undefined],
])('the day %j is %s', (said, day) => {
  expect(readDay(said)).toBe(day)
})

test('numerals count articles and items', () => {
  expect([1, 9, 10, 11, 19, 20, 21, 99].map(chineseNumeral)).toEqual(
    '一 九 十 十一 十九 二十 二十一 九十九'.split(' '),
  )
})

test('what follows from the filing is filled in beforehand', () => {
  expect(charterDefaults(recordAt(places.village), places.village, pack)).toEqual({
    shortName: '黄村夕阳红志愿服务队',
    founders: '黄村居民',
    partyOrganization: '锦绣街道党组织、黄村党组织',
    activities: '探访慰问困难居民；开展扶老、助残、助学等志愿服务；参与社区环境卫生和公益宣传',
    leaderTitles: '队长、副队长',
  })
  expect(charterDefaults({}, places.town, pack)).toEqual({
    founders: '沙塘镇居民',
    partyOrganization: '沙塘镇党组织',
  })
})

/** Mostly what people say; now and then anything at all. */
const said = (...usual: string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...usual) },
    { weight: 2, arbitrary: fc.stringMatching(/^[\u4e00-\u9fa5，。；、：（）\n 0-9]{0,40}$/u) },
    { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'XXX街道',
        '××××',
        '（如合唱）',
        '〔注：',
        '可删减',
        '{{简称}}',
        '____',
        '活动费用',
        '$&$1',
      ),
    },
  )

const someAnswers = fc.record(
  {
    shortName: said('明珠社区夕阳红志愿服务队', '夕阳红，', '$1队'),
    founders: said('明珠社区居民', '居民；驻区单位', '热爱舞蹈的居民自愿举办'),
    category: said('公益慈善', '生活服务', '社区事务', '文体活动'),
    purposeActivities: said('开展为老志愿服务等活动', '居民文体娱乐', '活动室开放'),
    partyOrganization: said('明珠社区党委', '解放街道党工委。'),
    activities: said(
      '',
      '跳舞',
      '跳舞；唱歌；',
      '1、跳舞\n2、唱歌',
      Array(23).fill('跳舞').join('；'),
      Array(50).fill('唱').join('；'),
    ),
    admission: said('负责人', '负责人集体讨论'),
    collectsFee: fc.constantFrom('yes', 'no'),
    meetingsPerYear: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) },
      fc.constantFrom(0, -1, 1.5, '两'),
    ),
    leaderTitles: said('队长', '队长，副队长', '团长 副团长'),
    leaderBody: fc.constantFrom('负责人', '负责人会议'),
    adoptedOn: said('2026年11月20日', '2024年2月29日', '二〇二六年一月一日'),
    addsOwnRules: fc.constantFrom('yes', 'no'),
    extraConditions: said('年满十八周岁；身体健康', '。'),
    extraDuties: said('爱护器材', ''),
    extraWithdrawal: said('本人提出', '搬走；去世'),
    extraLeaderConditions: said('热心', '会用手机；会写字'),
  },
  { requiredKeys: [] },
)

test('whatever is answered, a charter is whole: nothing left to fill, items counted on, fees together', () => {
  let complete = 0
  fc.assert(
    fc.property(
      someAnswers,
      fc.constantFrom(...allPlaces(pack.jurisdiction)),
      fc.constantFrom('published' as const, 'corrected' as const),
      (values, place, edition) => {
        const fee = values.collectsFee === 'yes'
        const composed = composeAt(place, values, edition)
        if (composed.type === 'incomplete') {
          expect(composed.gaps.length).toBeGreaterThan(0)
          return
        }
        complete += 1
        const { articles } = composed
        const lines = charterLines(articles)
        expect(lines.flatMap((line) => findLeftover(line) ?? [])).toEqual([])
        expect(articles.map(({ number }) => number)).toEqual(
          Array.from({ length: 19 }, (_, at) => chineseNumeral(at + 1)),
        )
        for (const { paragraphs, items } of articles) {
          expect(paragraphs.every((text) => text.trim() !== '')).toBe(true)
          for (const [at, item] of items.entries()) {
            expect(item.startsWith(`（${chineseNumeral(at + 1)}）`)).toBe(true)
            expect(item.endsWith(at === items.length - 1 ? '。' : '；')).toBe(true)
            expect(item.length).toBeGreaterThan(chineseNumeral(at + 1).length + 3)
          }
        }
        const fees = [8, 9, 10, 14].map((at) => JSON.stringify(articles[at]).includes('活动费用'))
        expect(new Set(fees)).toEqual(new Set([fee]))
        if (!fee) expect(lines.join('')).not.toContain('活动费用')
        expect(articles[3]?.paragraphs[0]).toContain(place.authority)
        expect(articles[16]?.paragraphs[1]).toContain(place.committee ?? place.authority)
      },
    ),
    { numRuns: 400 },
  )
  expect(complete).toBeGreaterThan(40)
})

test('every blank of every place is filled with words of its own kind', () => {
  for (const place of allPlaces(pack.jurisdiction)) {
    const { single } = charterBlanks({}, {}, place)
    expect(single.活动范围).toBe({ community: '社区', village: '村', street: '街道', town: '镇' }[place.kind])
    expect(single.清算指导单位).toMatch(
      { community: /社区居民委员会$/, village: /村民委员会$/, street: /街道办事处$/, town: /镇人民政府$/ }[
        place.kind
      ],
    )
  }
})
