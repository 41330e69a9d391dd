import { grantOf } from './filing.ts'
import { LEDGER_COLUMNS, type LedgerColumn } from './ledger.ts'
import type { ClosedLedger, Standing } from './monthly-ledger.ts'
import type { Organization } from './organization.ts'

/** The columns of the second part, 本月变动. */
export const CHANGE_COLUMNS = [
  { title: '序号', width: 6 },
  { title: '变动', width: 10 },
  { title: '备案编号', width: 16 },
  { title: '名称', width: 28 },
  { title: '社区/村', width: 12 },
  { title: '项目', width: 14 },
  { title: '原来', width: 28 },
  { title: '现在', width: 28 },
  { title: '日期', width: 12 },
] as const

export const CHANGE_KINDS = [
  ...(['新备案', '补录', '迁入', '变更', '续办', '到期', '注销', '迁出', '更正'] as const),
]
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export type LedgerChange = { id: string; kind: ChangeKind; cells: string[] }

/** What the renewal itself changes, said in one line; and what follows from the calendar or from other columns. */
const OF_THE_TERM: readonly LedgerColumn[] = ['备案编号', '备案日期', '到期日期', '状态', '备注', '本月变化']

const COLUMNS = LEDGER_COLUMNS.slice(1).map(({ title }) => title)
const cell = (cells: readonly string[], title: string): string =>
  cells[COLUMNS.findIndex((column) => column === title)] ?? ''

type Row = Standing['here'][number]

/**
 * What became of the organizations of an authority between two instants, kind by kind. `handedIn` is what the ledger
 * of the earlier one said: whatever is otherwise by now was put right since, and is told with what it was (更正).
 */
export function ledgerChanges(
  before: Standing,
  after: Standing,
  handedIn: ClosedLedger | undefined,
): LedgerChange[] {
  const earlier = new Map(before.here.map((row) => [row.organization.id, row]))
  const later = new Set(after.here.map(({ organization }) => organization.id))
  const found = [
    ...after.here.flatMap((row) => {
      const old = earlier.get(row.organization.id)
      return old ? changesOf(old, row) : arrived(row, before)
    }),
    ...before.here.flatMap((row) =>
      !later.has(row.organization.id) && row.organization.state.type !== 'cancelled' ? left(row, after) : [],
    ),
    ...(handedIn ? corrections(handedIn, before) : []),
  ]
  return CHANGE_KINDS.flatMap((kind) => found.filter((change) => change.kind === kind))
}

const line = (
  kind: ChangeKind,
  { organization: { id, filingNumber, name }, cells }: Row,
  rest: { item?: string; was?: string; is?: string; on?: string } = {},
): LedgerChange => {
  const { item = '', was = '', is = '', on = '' } = rest
  return { id, kind, cells: [kind, filingNumber, name, cell(cells, '社区/村'), item, was, is, on] }
}

const lastChange = ({ versions }: Organization): string => versions.at(-1)?.from ?? ''

function arrived(row: Row, before: Standing): LedgerChange[] {
  const { id, filedOn, versions, state } = row.organization
  const [first] = versions
  const isImported = first !== undefined && grantOf(first.filing)?.type === 'imported'
  const kind = before.anywhere.has(id) ? '迁入' : isImported ? '补录' : '新备案'
  const on = kind === '迁入' ? lastChange(row.organization) : filedOn
  const gone = state.type === 'cancelled' ? [line('注销', row, { on: state.on })] : []
  return [line(kind, row, { on }), ...gone]
}

function left(row: Row, after: Standing): LedgerChange[] {
  const elsewhere = after.anywhere.get(row.organization.id)
  return elsewhere ? [line('迁出', row, { on: lastChange(elsewhere) })] : []
}

function changesOf(old: Row, row: Row): LedgerChange[] {
  const { organization: was } = old
  const { organization: is } = row
  const changes: LedgerChange[] = []
  const isRenewed = is.round > was.round
  if (isRenewed)
    changes.push(
      line('续办', row, { item: '备案编号、有效期', was: termOf(was), is: termOf(is), on: is.filedOn }),
    )
  for (const title of COLUMNS) {
    if (OF_THE_TERM.includes(title)) continue
    const [from, to] = [cell(old.cells, title), cell(row.cells, title)]
    if (from !== to) changes.push(line('变更', row, { item: title, was: from, is: to, on: lastChange(is) }))
  }
  if (is.state.type === 'cancelled' && was.state.type !== 'cancelled')
    changes.push(line('注销', row, { on: is.state.on }))
  if (is.state.type === 'expired' && (was.state.type !== 'expired' || isRenewed))
    changes.push(
      line('到期', row, { item: '状态', was: cell(old.cells, '状态'), is: '已过期', on: is.validUntil }),
    )
  return changes
}

const termOf = ({ filingNumber, validUntil }: Organization): string => `${filingNumber}，至${validUntil}`

function corrections(handedIn: ClosedLedger, restated: Standing): LedgerChange[] {
  const now = new Map(restated.here.map((row) => [row.organization.id, row]))
  const then = new Map(handedIn.rows.map(({ id, cells }) => [id, cells]))
  const changed = handedIn.rows.flatMap(({ id, cells }): LedgerChange[] => {
    const said = (title: string): string => cells[handedIn.columns.indexOf(title)] ?? ''
    const row = now.get(id)
    if (!row) {
      const about = [said('备案编号'), said('名称'), said('社区/村')]
      return [{ id, kind: '更正', cells: ['更正', ...about, '整行', '列入', '不再列入', ''] }]
    }
    return COLUMNS.filter((title) => title !== '本月变化' && handedIn.columns.includes(title))
      .filter((title) => said(title) !== cell(row.cells, title))
      .map((title) => line('更正', row, { item: title, was: said(title), is: cell(row.cells, title) }))
  })
  const missing = restated.here
    .filter(({ organization }) => !then.has(organization.id))
    .map((row) => line('更正', row, { item: '整行', was: '没有列入', is: '列入' }))
  return [...changed, ...missing]
}
