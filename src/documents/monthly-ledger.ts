import { dayOf, inChinese, timeOf } from '../clock.ts'
import { CHANGE_COLUMNS, CHANGE_KINDS } from '../filings/ledger-changes.ts'
import { LEDGER_COLUMNS } from '../filings/ledger.ts'
import type { ClosedLedger, LedgerRow, MonthlyLedger } from '../filings/monthly-ledger.ts'
import type { Table } from './make-table.ts'

const time = (at: string): string => `${inChinese(dayOf(new Date(at)))}${timeOf(new Date(at))}`

/** 2026年11月 */
export const monthInChinese = (month: string): string => inChinese(`${month}-01`).replace(/1日$/, '')

const isClosed = (ledger: MonthlyLedger): ledger is ClosedLedger => 'closed' in ledger

const FOOT =
  '填报单位（盖章）：　　　　　　　　　　审核人：　　　　　　　　填报人：　　　　　　　　填报日期：'

/**
 * The ledger of one authority for one month, as a clerk lays it out. Of a closed one everything comes from what was
 * frozen, so that the same file can be made again whenever it is wanted.
 */
export function ledgerTables(ledger: MonthlyLedger): Table[] {
  const { name, month, until, rows, changes } = ledger
  const title = `${name}社区社会组织备案情况统计台账`
  const made = isClosed(ledger)
    ? [`报送：${ledger.closed.name}　${time(ledger.closed.at)}`, `校验码：${ledger.fingerprint}`]
    : [`草稿，还没有报送。按${time(until)}的记录做成。`]
  const notes = [`${monthInChinese(month)}　截至${time(until)}　${totals(ledger)}`, ...made]
  const foot = [FOOT]
  return [
    {
      sheet: '台账',
      title,
      notes,
      columns: ledgerColumns(ledger),
      rows: numbered(rows.map(({ cells }) => cells)),
      foot,
    },
    {
      sheet: '本月变动',
      title: `${title}本月变动`,
      notes,
      columns: [...CHANGE_COLUMNS],
      rows: numbered(changes),
      foot,
    },
    {
      sheet: '汇总',
      title: `${title}汇总`,
      notes,
      columns: SUMMARY,
      rows: summary([ledger], byCommunity),
      foot,
    },
  ]
}

/** All ledgers of a month that were handed in, for the district: who did, every row, every change. */
export function districtTables(
  district: string,
  month: string,
  authorities: readonly string[],
  ledgers: readonly ClosedLedger[],
): Table[] {
  const title = `${district}社区社会组织备案情况统计台账`
  const missing = authorities.filter((name) => !ledgers.some((ledger) => ledger.name === name))
  const notes = [
    `${monthInChinese(month)}　已报${ledgers.length}个，未报送${missing.length}个${missing.length > 0 ? `：${missing.join('、')}` : ''}`,
  ]
  const [first] = ledgers
  const handedIn = authorities.map((name) => {
    const ledger = ledgers.find((one) => one.name === name)
    return ledger
      ? [
          name,
          '已报',
          ledger.closed.name,
          time(ledger.closed.at),
          String(present(ledger).length),
          String(ledger.changes.length),
          ledger.fingerprint,
        ]
      : [name, NOT_HANDED_IN, '', '', '', '', '']
  })
  return [
    { sheet: '报送情况', title: `${title}报送情况`, notes, columns: HANDED_IN, rows: numbered(handedIn) },
    {
      sheet: '台账',
      title,
      notes,
      columns: first ? ledgerColumns(first) : [...LEDGER_COLUMNS],
      rows: numbered(ledgers.flatMap(({ rows }) => rows.map(({ cells }) => cells))),
    },
    {
      sheet: '本月变动',
      title: `${title}本月变动`,
      notes,
      columns: [...CHANGE_COLUMNS],
      rows: numbered(ledgers.flatMap(({ changes }) => changes)),
    },
    {
      sheet: '汇总',
      title: `${title}汇总`,
      notes,
      columns: SUMMARY,
      rows: districtSummary(authorities, ledgers),
    },
  ]
}

const present = ({ columns, rows }: MonthlyLedger): LedgerRow[] => {
  const at = columns.indexOf('状态')
  return rows.filter(({ cells }) => cells[at] !== CANCELLED)
}

const HANDED_IN = [
  { title: '序号', width: 6 },
  { title: '街道（镇）', width: 16 },
  { title: '报送', width: 8 },
  { title: '报送人', width: 12 },
  { title: '报送时间', width: 24 },
  { title: '家数', width: 8 },
  { title: '变动', width: 8 },
  { title: '校验码', width: 36 },
]

const numbered = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row, index) => [String(index + 1), ...row])

/** The columns it was frozen with, as wide as they are now. */
const ledgerColumns = ({ columns }: MonthlyLedger) => [
  { title: '序号', width: 6 },
  ...columns.map((title) => ({
    title,
    width: LEDGER_COLUMNS.find((column) => column.title === title)?.width ?? 16,
  })),
]

/** Who was cancelled stands in the list and among the changes, but is not counted any more. */
const CANCELLED = '已注销'
const STATES = ['待盖章', '待分发', '已备案', '已过期'] as const

/** 共32家：已备案30，已过期2。本月变动3处：新备案2，变更1。 */
export function totals(ledger: MonthlyLedger): string {
  const { columns, changes } = ledger
  const at = columns.indexOf('状态')
  const counted = (words: readonly string[], of: readonly string[]): string => {
    const found = words.flatMap((word) => {
      const count = of.filter((one) => one === word).length
      return count > 0 ? [`${word}${count}`] : []
    })
    return found.length > 0 ? `：${found.join('，')}` : ''
  }
  const states = present(ledger).map(({ cells }) => cells[at] ?? '')
  const kinds = changes.map(([kind = '']) => kind)
  const changed =
    changes.length > 0 ? `本月变动${changes.length}处${counted(CHANGE_KINDS, kinds)}` : '本月无变化'
  return `共${states.length}家${counted(STATES, states)}。${changed}。`
}

const SUMMARY = [
  { title: '单位', width: 20 },
  { title: '合计', width: 8 },
  ...['社会团体', '民办非企业单位', ...STATES, ...CHANGE_KINDS].map((title) => ({
    title,
    width: title.length > 4 ? 16 : 10,
  })),
]

type Part = { name: string; rows: string[][]; changes: string[][] }

const byAuthority = ({ name, rows, changes }: MonthlyLedger): Part[] => [
  { name, rows: rows.map(({ cells }) => cells), changes },
]

/** Every community, those with nothing too; first what belongs to the whole street, last whoever is not there any more. */
function byCommunity(ledger: MonthlyLedger): Part[] {
  const at = ledger.columns.indexOf('社区/村')
  const changedAt = CHANGE_COLUMNS.findIndex(({ title }) => title === '社区/村') - 1
  const named = new Set([
    ...ledger.rows.map(({ cells }) => cells[at] ?? ''),
    ...ledger.changes.map((cells) => cells[changedAt] ?? ''),
  ])
  const whole = named.has('') ? [''] : []
  const names = [...new Set([...whole, ...(ledger.communities ?? []), ...named])]
  return names.map((name) => ({
    name: name === '' ? `${ledger.name}直属` : name,
    rows: ledger.rows.map(({ cells }) => cells).filter((cells) => cells[at] === name),
    changes: ledger.changes.filter((cells) => (cells[changedAt] ?? '') === name),
  }))
}

/** Of every authority in their order, whoever did not hand in too: their numbers are not known, and not in the sum. */
function districtSummary(authorities: readonly string[], ledgers: readonly ClosedLedger[]): string[][] {
  const lines = summary(ledgers, byAuthority)
  const missing = authorities.filter((name) => !ledgers.some((ledger) => ledger.name === name))
  const parts = lines.slice(0, -1)
  const known = new Map(parts.map((line) => [line[0], line]))
  const former = parts.filter(([name = '']) => !authorities.includes(name))
  return [
    ...authorities.map((name) => known.get(name) ?? [name, NOT_HANDED_IN]),
    ...former,
    ...lines
      .slice(-1)
      .map(([name = '', ...sums]) => [
        missing.length > 0 ? `${name}（不含未报送的${missing.length}个）` : name,
        ...sums,
      ]),
  ]
}

const NOT_HANDED_IN = '未报送'

/** A line for each part and one for all together. */
function summary(ledgers: readonly MonthlyLedger[], partsOf: (ledger: MonthlyLedger) => Part[]): string[][] {
  const columns = ledgers[0]?.columns ?? []
  const line = (name: string, parts: readonly Part[]): string[] => {
    const state = columns.indexOf('状态')
    const rows = parts.flatMap((part) => part.rows).filter((cells) => cells[state] !== CANCELLED)
    const among = (column: string, word: string): string =>
      String(rows.filter((cells) => cells[columns.indexOf(column)] === word).length)
    const changes = parts.flatMap((part) => part.changes)
    return [
      name,
      String(rows.length),
      among('组织类别', '社会团体'),
      among('组织类别', '民办非企业单位'),
      ...STATES.map((state) => among('状态', state)),
      ...CHANGE_KINDS.map((kind) => String(changes.filter(([one]) => one === kind).length)),
    ]
  }
  const parts = ledgers.flatMap(partsOf)
  return [...parts.map((part) => line(part.name, [part])), line('合计', parts)]
}
