import writeExcelFile from 'write-excel-file/node'

/** The header of the invented old ledgers. */
export const header = [
  '序号',
  '备案编号',
  '组织名称',
  '街道',
  '社区/村',
  '组织类别',
  '主要负责人',
  '联系电话',
  '会员数',
  '活动场所',
  '备案日期',
  '到期日期',
]

export type Cell = string | number | Date

/** A row of the old ledger that is in order, with what is different about it. */
export const oldRow = (over: Record<string, Cell> = {}): Record<string, Cell> => ({
  备案编号: '柳北解备〔2025〕3号',
  组织名称: '柳州市柳北区解放街道明珠社区和事佬调解队',
  街道: '解放街道',
  '社区/村': '明珠社区',
  组织类别: '社会团体',
  主要负责人: '李建国',
  联系电话: '19900005678',
  会员数: 18,
  活动场所: '跃进路60号社区活动室，90平方米',
  备案日期: '2025-03-05',
  ...over,
})

/** An .xlsx as an office keeps it: a title, the header, the rows. */
export const oldLedger = (rows: Record<string, Cell>[], columns = header): Promise<Buffer> =>
  writeExcelFile(
    [
      [{ value: '解放街道社区社会组织备案台账', type: String }],
      columns.map((value) => ({ value, type: String })),
      ...rows.map((row, index) =>
        columns.map((column) => {
          const value = column === '序号' ? index + 1 : row[column]
          if (value === undefined || value === '') return null
          if (value instanceof Date) return { value, type: Date, format: 'yyyy/m/d' }
          return typeof value === 'number' ? { value, type: Number } : { value, type: String }
        }),
      ),
    ],
    { sheet: '台账' },
  ).toBuffer()
