import { describe, expect, test } from 'vitest'
import { fieldTypes } from '../../src/filings/field-types.ts'
import { grantOf, statusOf } from '../../src/filings/filing.ts'
import { readLedger } from '../../src/filings/ledger-columns.ts'
import { dayInCell } from '../../src/filings/ledger-day.ts'
import { judgeLedger, type Verdict } from '../../src/filings/ledger-import.ts'
import { valueOf } from '../../src/forms/answers.ts'
import { loadPack } from '../../src/pack.ts'
import { header, oldRow } from './old-ledger.ts'

const pack = await loadPack('templates/liubei')
const context = {
  pack,
  types: fieldTypes(pack),
  today: '2026-11-23',
  now: new Date('2026-11-23T02:00:00Z'),
  by: 'ledger',
}

/** What becomes of rows under the usual header. */
function judged(...rows: Record<string, unknown>[]): Verdict[] {
  const columns = [...new Set([...header, ...rows.flatMap((row) => Object.keys(row))])]
  const cells = rows.map((row) => columns.map((column) => String(row[column] ?? '')))
  const reading = readLedger([['解放街道台账'], columns, ...cells])
  if (!reading.ok) throw new Error(reading.because)
  return judgeLedger(reading.entries, context)
}
const one = (over: Record<string, string | number> = {}): Verdict => judged(oldRow(over))[0]!
const taken = (over: Record<string, string | number> = {}) => {
  const verdict = one(over)
  if (verdict.type !== 'taken') throw new Error(verdict.because)
  return verdict
}

test.each([
  ['2022-03-05', '2022-03-05'],
  ['2022/3/5', '2022-03-05'],
  ['2022.3.5', '2022-03-05'],
  ['2022年3月5日', '2022-03-05'],
  ['2022年3月5号', '2022-03-05'],
  ['二〇二二年三月五日', '2022-03-05'],
  ['20220305', '2022-03-05'],
  ['44625', '2022-03-05'],
  ['44625.5', '2022-03-05'],
  ['2024-02-29', '2024-02-29'],
  ['2022-02-29', undefined],
  ['2022-13-01', undefined],
  ['1999-12-31', undefined],
  ['2022年3月', undefined],
  ['长期', undefined],
  ['3', undefined],
])('a date cell %s is the day %s', (cell, day) => {
  expect(dayInCell(cell)).toBe(day)
})

test('a row in order becomes a filing of its own number, day and expiry, filed already', () => {
  const { filing, notes } = taken()
  expect(notes).toEqual([])
  expect(statusOf(filing)).toBe('distributed')
  expect(grantOf(filing)).toMatchObject({
    type: 'imported',
    filingNumber: '柳北解备〔2025〕3号',
    filedOn: '2025-03-05',
    validUntil: '2027-03-05',
  })
  expect(filing).toMatchObject({ kind: 'initial', applicant: '', place: '450205001008' })
  expect(valueOf(filing.answers, 'principalName')).toBe('李建国')
  expect(valueOf(filing.answers, 'principalPhone')).toBe('19900005678')
  expect(valueOf(filing.answers, 'organizationCategory')).toBe('socialGroup')
  expect(valueOf(filing.answers, 'venue')).toEqual({ address: '跃进路60号社区活动室', area: 90 })
  expect(valueOf(filing.answers, 'memberCount')).toBe(18)
})

describe('a row is taken with a note', () => {
  test.each<[Record<string, string | number>, RegExp]>([
    [{ 组织名称: '和事佬调解队' }, /名称记作“柳州市柳北区解放街道明珠社区和事佬调解队”/],
    [{ 到期日期: '2027年3月4日' }, /照台账记作2027-03-04，按规定是2027-03-05/],
    [{ 备案编号: '柳北解备[2025]003号' }, /编号记作柳北解备〔2025〕3号/],
    [{ 备案编号: '柳北解备〔2024〕3号' }, /不是同一年/],
    [{ 组织类别: '其他' }, /组织类别没认出来/],
    [{ 联系电话: '1990000567' }, /联系电话没认出来/],
    [{ 会员数: '约20' }, /人数不是一个数/],
    [{ 主要负责人: '' }, /没有主要负责人/],
    [{ 账号: '李 建国' }, /账号不对/],
  ])('%o', (over, note) => {
    const { notes } = taken(over)
    expect(notes.join('；')).toMatch(note)
    expect(notes.join('')).not.toMatch(/1990000/)
  })

  test('with an account the leader is bound at once', () => {
    expect(taken({ 账号: 'LiJianguo' }).filing.applicant).toBe('lijianguo')
  })

  test('of a whole street it has no community', () => {
    const name = '柳州市柳北区解放街道邻里艺术团'
    expect(taken({ '社区/村': '', 组织名称: name }).filing.place).toBe('450205001000')
  })
})

test.each<[Record<string, string | number>, RegExp]>([
  [{ 备案编号: '' }, /没有备案编号/],
  [{ 备案编号: '待定' }, /不像编号/],
  [{ 备案编号: '柳北解备2026-3' }, /格式不对，应像“柳北解备〔2026〕1号”/],
  [{ 备案编号: '柳北雅备2025-3' }, /不是解放街道的/],
  [{ 备案编号: '柳北雅备〔2025〕3号' }, /不是解放街道的/],
  [{ 备案编号: '柳北解备〔2027〕3号' }, /年份还没到/],
  [{ 组织名称: '' }, /没有组织名称/],
  [{ 组织名称: '柳州市柳北区雅儒街道明珠社区和事佬调解队' }, /名称里是雅儒街道/],
  [{ 组织名称: '柳州市柳北区解放街道北雀社区和事佬调解队' }, /名称里是/],
  [{ 街道: '幸福街道', '社区/村': '幸福社区' }, /没有“幸福街道幸福社区”这个地方/],
  [{ 街道: '雅儒街道' }, /地方对不上|不在/],
  [{ 街道: '', '社区/村': '' }, /没有写街道/],
  [{ 备案日期: '' }, /没有备案日期/],
  [{ 备案日期: '2025-02-30' }, /备案日期“2025-02-30”不对/],
  [{ 备案日期: '2026-12-01' }, /还没到/],
  [{ 到期日期: '长期' }, /到期日期“长期”不对/],
  [{ 到期日期: '2025-03-05' }, /不在备案日期之后/],
])('a row with %o is refused', (over, because) => {
  const verdict = one(over)
  expect(verdict.type === 'refused' ? verdict.because : verdict.type).toMatch(because)
})

test('a number of an older pattern is taken as it stands, once, and it says so', () => {
  const [first, next] = judged(
    oldRow({ 备案编号: '解社备2025-03' }),
    oldRow({ 备案编号: '解社备2025-3', 组织名称: '柳州市柳北区解放街道明珠社区晨光合唱团' }),
  )
  if (first?.type !== 'taken') throw new Error(first?.because)
  expect(first.notes).toEqual(['编号和现在的格式不一样，照原样收下'])
  expect(grantOf(first.filing)).toMatchObject({ filingNumber: '解社备2025-03', unordered: true })
  expect(next).toMatchObject({ because: '备案编号和第3行重复' })
})

test('of two rows with one number the first is taken, and of two with one name and day', () => {
  const other = { 备案编号: '柳北解备〔2025〕4号', 组织名称: '柳州市柳北区解放街道明珠社区晨光合唱团' }
  const verdicts = judged(
    oldRow(),
    oldRow({ ...other, 备案编号: '柳北解备〔2025〕03号' }),
    oldRow({ 备案编号: '柳北解备〔2025〕5号' }),
    oldRow(other),
  )
  expect(verdicts.map((verdict) => (verdict.type === 'refused' ? verdict.because : ''))).toEqual([
    '',
    '备案编号和第3行重复',
    '组织名称、备案日期和第3行重复',
    '',
  ])
})

test.each(['柳北解备〔2025〕3号', '柳北解备〔2023〕3号'])(
  'rows of one name are one organization filed anew each time, numbered %s the second time',
  (number) => {
    const renewed = oldRow({ 备案编号: number, 备案日期: '2025-03-05' })
    const first = oldRow({ 备案编号: '柳北解备〔2023〕3号', 备案日期: '2023-03-08' })
    const verdicts = judged(renewed, first)
    const kinds = verdicts.map((verdict) =>
      verdict.type === 'taken' ? verdict.filing.kind : verdict.because,
    )
    expect(kinds).toEqual(['renewal', 'initial'])
    expect(verdicts.map((verdict) => (verdict.type === 'taken' ? verdict.notes : []))).toEqual([
      expect.arrayContaining(['和第4行是同一个组织，记作到期重新备案']),
      [],
    ])
  },
)

test('a number of a refused row is free for the next', () => {
  const [first, second] = judged(oldRow({ 备案日期: '2025-02-30' }), oldRow())
  expect(first?.type).toBe('refused')
  expect(second?.type).toBe('taken')
})

describe('a sheet is refused', () => {
  test.each<[string, string[][], RegExp]>([
    ['without a header', [['一', '二'], ['三']], /没有找到表头/],
    ['without the number', [['组织名称', '街道', '备案日期'], ['a']], /没有：备案编号/],
    ['without a place', [['备案编号', '组织名称', '备案日期'], ['a']], /没有街道/],
    ['with a column twice', [['备案编号', '编号', '名称', '街道', '备案日期'], ['a']], /两列都像“备案编号”/],
    ['without rows', [header, ['', '', '', '合计'], ['合计', '共1家']], /没有内容/],
  ])('%s', (_, rows, because) => {
    const reading = readLedger(rows)
    expect(reading.ok ? '' : reading.because).toMatch(because)
  })
})
