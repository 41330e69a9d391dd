import fc from 'fast-check'
import readSheets from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { makeTables, type Table } from '../../src/documents/make-table.ts'
import { ledgerSummary, LEDGER_COLUMNS } from '../../src/filings/ledger.ts'

const table: Table = {
  sheet: '台账',
  title: '备案台账',
  notes: ['导出：李杰'],
  columns: [
    { title: '名称', width: 20 },
    { title: '电话', width: 16 },
  ],
  rows: [],
}

test('whatever stands in a row stands in the file', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '=1+1',
      '00123',
      '199****5678',
      '第一行\n第二行',
      '<a&"b">',
      '2026-11-23',
      '真',
      'constructor',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), async (rows) => {
      // Read back and compared inside: it throws when a cell differs.
      await makeTables([
        { ...table, rows },
        { ...table, sheet: '汇总' },
      ])
    }),
    { numRuns: 30 },
  )
})

test('the same rows give the same bytes, with the title above and text in every cell', async () => {
  const tables = [{ ...table, rows: [['夕阳红舞蹈队', '0772-2801234']] }]
  const bytes = await makeTables(tables)
  expect(bytes.equals(await makeTables(tables))).toBe(true)
  const [sheet] = await readSheets(bytes)
  expect(sheet?.data).toEqual([
    ['备案台账', null],
    ['导出：李杰', null],
    ['名称', '电话'],
    ['夕阳红舞蹈队', '0772-2801234'],
  ])
})

test('the summary counts by street, those that have none too, without what was cancelled', () => {
  const row = (street: string, category: string, state: string, change = ''): string[] =>
    LEDGER_COLUMNS.map(
      ({ title }) =>
        ({ 街道: street, 组织类别: category, 状态: state, 本月变化: change })[title as '街道'] ?? '',
    )
  expect(
    ledgerSummary(
      [
        row('解放街道', '社会团体', '已备案', '新备案、变更'),
        row('解放街道', '民办非企业单位', '已过期'),
        row('解放街道', '社会团体', '已注销', '注销'),
        row('雅儒街道', '社会团体', '待盖章', '续办'),
      ],
      ['解放街道', '雅儒街道', '长塘镇'],
    ),
  ).toEqual([
    ['解放街道', '2', '1', '1', '1', '1', '1', '1', '0'],
    ['雅儒街道', '1', '1', '0', '0', '0', '0', '0', '1'],
    ['长塘镇', '0', '0', '0', '0', '0', '0', '0', '0'],
    ['合计', '3', '2', '1', '1', '1', '1', '1', '1'],
  ])
})
