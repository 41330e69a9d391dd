import { plain } from '../forms/said.ts'

/** What a row of an old ledger may say; text as it stands in the cell. */
export type LedgerEntry = {
  /** The row in the sheet as its reader counts, from 1. */
  row: number
  /** Where there are several with a ledger. */
  sheet?: string
  said: Partial<Record<LedgerColumn, string>>
}

const COLUMNS = {
  number: ['备案编号', '编号', '备案号', '备案证号'],
  name: ['组织名称', '名称', '社区社会组织名称', '备案社区社会组织名称', '组织全称', '社会组织名称'],
  street: ['街道', '镇', '街道/镇', '街道镇', '街道(镇)', '乡镇', '所属街道', '街道(乡镇)'],
  community: ['社区/村', '社区', '村', '社区村', '社区(村)', '活动地域', '所属社区', '活动地域(填社区名)'],
  category: ['组织类别', '类别', '组织类型', '类型'],
  principal: ['主要负责人', '负责人', '负责人姓名', '主要负责人姓名', '法定代表人(负责人)'],
  phone: ['联系电话', '电话', '手机', '手机号', '负责人电话', '联系方式'],
  count: ['会员数/工作人员数', '会员数', '工作人员数', '人数', '成员数', '会员数(工作人员数)'],
  venue: ['活动场所', '活动场所地址', '活动场所地址及面积', '活动地址', '地址', '住所', '场所'],
  filedOn: ['备案日期', '备案时间', '登记日期', '批准日期'],
  validUntil: ['到期日期', '有效期至', '到期时间', '有效期', '截止日期'],
  account: ['账号', '帐号', '企业微信账号', 'userid', '负责人账号'],
} as const satisfies Record<string, readonly string[]>
export type LedgerColumn = keyof typeof COLUMNS

/** Without these a row says nothing that could be filed. */
const NEEDED: readonly LedgerColumn[] = ['number', 'name', 'filedOn']

/** Above the header there may be a title and a line or two of advice. */
const HEADER_WITHIN = 10

export type LedgerReading = { ok: true; entries: LedgerEntry[] } | { ok: false; because: string }

const title = (cell: string): string => plain(cell).replace(/[\s*]/g, '').toLowerCase()

const columnOf = (cell: string): LedgerColumn | undefined => {
  const said = title(cell)
  const found = Object.entries(COLUMNS).find(([, names]) => names.some((name) => name === said))
  return found?.[0] as LedgerColumn | undefined
}

/** Finds the header and reads the rows below it; columns it does not know are left alone. */
export function readLedger(rows: readonly string[][]): LedgerReading {
  const at = rows.slice(0, HEADER_WITHIN).findIndex((row) => row.filter(columnOf).length >= 3)
  const header = rows[at]
  if (!header) return { ok: false, because: `没有找到表头，至少要有：${titles(NEEDED)}。` }
  const columns = header.map(columnOf)
  const twice = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index)
  if (twice) return { ok: false, because: `有两列都像“${COLUMNS[twice][0]}”，请只留一列。` }
  const missing = NEEDED.filter((column) => !columns.includes(column))
  if (missing.length > 0) return { ok: false, because: `表头里没有：${titles(missing)}。` }
  if (!columns.includes('street') && !columns.includes('community'))
    return { ok: false, because: '表头里没有街道，也没有社区/村。' }
  const entries = rows.slice(at + 1).flatMap((row, index): LedgerEntry[] => {
    const said: LedgerEntry['said'] = {}
    for (const [position, column] of columns.entries()) {
      const cell = row[position]?.trim() ?? ''
      if (column !== undefined && cell !== '') said[column] = cell
    }
    // A line of totals or of signatures below the table names no organization.
    const isRow = said.number !== undefined || said.name !== undefined
    const isTotal = /^(?:合计|总计|小计)/.test(row.find((cell) => cell !== '') ?? '')
    return isRow && !isTotal ? [{ row: at + index + 2, said }] : []
  })
  return entries.length > 0 ? { ok: true, entries } : { ok: false, because: '表头下面没有内容。' }
}

const titles = (columns: readonly LedgerColumn[]): string =>
  columns.map((column) => COLUMNS[column][0]).join('、')
