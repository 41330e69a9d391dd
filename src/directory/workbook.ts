import writeExcelFile from 'write-excel-file/node'
import { readWorkbook, type Sheet } from '../documents/read-sheet.ts'
import { plain } from '../forms/said.ts'
import type { Directory } from './directory.ts'
import { roleInWords } from './roles.ts'

/** One column of a sheet: what it is called when written, and what else it may be called when read. */
type Column = { key: string; title: string; others: string[]; width: number; needed?: true }

const PEOPLE: Column[] = [
  { key: 'userid', title: '账号', others: ['帐号', '企业微信账号', 'userid'], width: 18, needed: true },
  { key: 'name', title: '姓名', others: ['名字', 'name'], width: 12, needed: true },
  { key: 'role', title: '角色', others: ['身份', 'role'], width: 14, needed: true },
  { key: 'street', title: '街道', others: ['镇', '街道/镇', '街道镇', '乡镇', 'street'], width: 16 },
  { key: 'community', title: '社区', others: ['村', '社区/村', '社区村', 'community'], width: 18 },
  { key: 'phone', title: '电话', others: ['手机', '手机号', '联系电话', 'phone'], width: 16 },
]
const GROUPS: Column[] = [
  { key: 'name', title: '群名', others: ['群名称', '名称', 'name'], width: 28, needed: true },
  { key: 'street', title: '街道', others: ['镇', '街道/镇', '街道镇', '乡镇'], width: 16, needed: true },
  { key: 'community', title: '社区', others: ['村', '社区/村', '社区村'], width: 18 },
  { key: 'webhook', title: '群机器人地址', others: ['webhook', '推送地址'], width: 60 },
  { key: 'chatid', title: '群号', others: ['chatid', '群id'], width: 24 },
]
const SHEETS = { people: { name: '人员', columns: PEOPLE }, groups: { name: '群', columns: GROUPS } }

/** Columns people add for themselves. */
const IGNORED = ['序号', '备注', '']

/** Above the header there may be a title and a line or two of advice. */
const HEADER_WITHIN = 10

/** Where the entries of a file stand, as whoever keeps it counts: by list, in the order of the entries. */
export type Rows = { people: readonly number[]; groups: readonly number[] }

/** What a directory's file says, not yet checked; or why it cannot be read, one line per problem. */
export type RawDirectory = { ok: true; data: unknown; rows?: Rows } | { ok: false; problems: string[] }

export async function readDirectoryWorkbook(bytes: Buffer): Promise<RawDirectory> {
  const reading = await readWorkbook(bytes)
  if (reading.type === 'refused') return { ok: false, problems: [reading.because] }
  const find = (name: string) => reading.sheets.find((sheet) => plain(sheet.name) === name)
  const people = find(SHEETS.people.name)
  const groups = find(SHEETS.groups.name)
  if (!people) {
    const others = reading.sheets.map(({ name }) => `“${name.slice(0, 30)}”`).join('、')
    const { name } = SHEETS.people
    return {
      ok: false,
      problems: [`没有名叫“${name}”的工作表，只有${others}。请把放人员的那张改名“${name}”。`],
    }
  }
  const lists = {
    people: entriesOf(people, PEOPLE),
    groups:
      groups && groups.rows.length > 0 ? entriesOf(groups, GROUPS) : { entries: [], rows: [], problems: [] },
  }
  const problems = [...lists.people.problems, ...lists.groups.problems]
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    data: { people: lists.people.entries, groups: lists.groups.entries },
    rows: { people: lists.people.rows, groups: lists.groups.rows },
  }
}

const bareTitle = (cell: string): string =>
  plain(cell)
    .replace(/[\s*()]/g, '')
    .toLowerCase()

type Entries = { entries: Record<string, string>[]; rows: number[]; problems: string[] }

function entriesOf({ name, rows }: Sheet, columns: Column[]): Entries {
  const columnOf = (cell: string) =>
    columns.find(({ title, others }) => [title, ...others].includes(bareTitle(cell)))
  const at = rows.slice(0, HEADER_WITHIN).findIndex((row) => row.filter(columnOf).length >= 2)
  if (at === -1) {
    const titles = columns.map(({ title }) => title).join('、')
    return { entries: [], rows: [], problems: [`“${name}”表里没有找到表头，应有：${titles}。`] }
  }
  const header = rows[at] ?? []
  const missing = columns.filter(
    (column) => column.needed && !header.some((cell) => columnOf(cell) === column),
  )
  const strange = header.filter((cell) => !columnOf(cell) && !IGNORED.includes(bareTitle(cell)))
  const keys = header.map((cell) => columnOf(cell)?.key)
  const said = rows
    .map((row, index) => ({ entry: entryOf(keys, row), row: index + 1 }))
    .slice(at + 1)
    .filter(({ entry }) => Object.keys(entry).length > 0)
  return {
    entries: said.map(({ entry }) => entry),
    rows: said.map(({ row }) => row),
    problems: [
      ...missing.map(({ title }) => `“${name}”表里没有“${title}”这一列。`),
      ...strange.map((cell) => `“${name}”表里有不认识的列“${cell.slice(0, 30)}”。`),
    ],
  }
}

function entryOf(keys: (string | undefined)[], row: string[]): Record<string, string> {
  const said: Record<string, string> = {}
  for (const [index, key] of keys.entries()) {
    const cell = row[index] ?? ''
    if (key !== undefined && cell !== '') said[key] ??= cell
  }
  const { street = '', community = '', ...rest } = said
  const place = community === '' ? street : street === '' ? community : `${street}/${community}`
  return place === '' ? rest : { ...rest, place }
}

/** The directory as a workbook of the sheets 人员 and 群, all cells text. */
export async function makeDirectoryWorkbook({ people, groups }: Directory): Promise<Buffer> {
  return writeExcelFile(
    [
      sheetOf(
        SHEETS.people,
        people.map(({ role, ...person }) => ({ ...person, role: roleInWords[role] })),
      ),
      sheetOf(SHEETS.groups, groups),
    ],
    { fontFamily: '宋体', fontSize: 12 },
  ).toBuffer()
}

function sheetOf(
  { name, columns }: { name: string; columns: Column[] },
  entries: Record<string, string | undefined>[],
) {
  const text = (value: string, style: object = {}) => ({ value, type: String, ...style })
  return {
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape' as const,
    data: [
      columns.map(({ title }) => text(title, { fontWeight: 'bold' })),
      ...entries.map(({ place = '', ...entry }) => {
        const [street = '', community = ''] = place.split('/')
        const cells: Record<string, string | undefined> = { ...entry, street, community }
        return columns.map(({ key }) => (cells[key] ? text(cells[key]) : null))
      }),
    ],
  }
}
