import { holdsIdNumber } from './field-types/id-number.ts'
import { isClearName } from './field-types/person-name.ts'
import { phonesIn } from './field-types/phone.ts'
import { maskNumbers } from './mask.ts'
import { problems, type Person } from './roster-line.ts'
import { bare, plain } from './said.ts'

/** A roster as a spreadsheet: which columns mean what, and what one row says. */

type Kind = 'name' | 'gender' | 'phone' | 'position' | 'idNumber'

const KINDS: [Kind, RegExp][] = [
  ['idNumber', /身份证|证件号/],
  ['phone', /电话|手机|联系方式|号码/],
  ['gender', /^性别/],
  ['name', /^(?:会员|成员|队员|志愿者|学员|人员)?(?:姓名|名字|名单)$|^(?:成员|会员|队员|名)$|姓名/],
  ['position', /职务|职位|备注|角色|岗位|分工/],
]

/** One group of columns; a sheet may hold two side by side, each beginning with a name. */
type Layout = Partial<Record<Kind, number>>

const HEADER_ROWS = 15

export type SheetLayout = { header: number; groups: Layout[] }

/** Finds the row of headings, columns in any order; undefined when there is none. */
export function sheetLayout(cells: string[][]): SheetLayout | undefined {
  for (const [header, row] of cells.slice(0, HEADER_ROWS).entries()) {
    const groups = layoutsOf(row)
    if (groups.length > 0) return { header, groups }
  }
  return undefined
}

function layoutsOf(header: string[]): Layout[] {
  const layouts: Layout[] = []
  for (const [column, cell] of header.entries()) {
    const kind = KINDS.find(([, pattern]) => pattern.test(bare(cell)))?.[0]
    if (kind === undefined) continue
    const last = layouts.at(-1)
    if (last === undefined || (kind === 'name' && last.name !== undefined)) layouts.push({ [kind]: column })
    else if (last[kind] === undefined) last[kind] = column
  }
  return layouts.filter(({ name }) => name !== undefined)
}

/** Numbers of spreadsheets may arrive as 13800001234.0. */
const cellText = (cell: string): string => plain(cell).replace(/^(\d{5,})\.0+$/, '$1')

export type SheetPerson = { said: string; person?: Person; problem?: string }

/** The people of one row; sums and signatures below the list are nobody. */
export const readRow = (row: string[], layout: SheetLayout): SheetPerson[] =>
  NOBODY.test(bare(row.find((cell) => cell !== '') ?? ''))
    ? []
    : layout.groups.map((group) => readGroup(row, group)).filter((person) => person !== undefined)

const NOBODY = /^(?:合计|总计|共|姓名|制表|填表|审核|负责人签|备注|说明|注)/u

function readGroup(row: string[], layout: Layout): SheetPerson | undefined {
  const cell = (kind: Kind): string => cellText(row[layout[kind] ?? -1] ?? '')
  const used = Object.values(layout).map((column) => cellText(row[column] ?? ''))
  const said = maskNumbers(used.filter((text) => text !== '').join(' '))
  if (said === '' || NOBODY.test(bare(said))) return undefined
  const name = cell('name').replace(/ /g, '')
  if (!isClearName(name) && !/^\p{Script=Han}{2,6}$/u.test(name)) return { said, problem: problems.noName }
  const person: Person = { name }
  const found: string[] = []
  const gender = /^(男|女)/u.exec(cell('gender'))?.[1]
  if (gender !== undefined) person.gender = gender
  const phoneText = cell('phone')
  const [phone] = phonesIn(phoneText)
  if (phone) person.phone = phone.value
  if (cell('idNumber') !== '' || used.some(holdsIdNumber)) found.push(problems.idNumber)
  else if (!phone && /\d/.test(phoneText)) {
    found.push(/^[2-8]\d{6}$/.test(phoneText.replace(/\D/g, '')) ? problems.needsAreaCode : problems.badPhone)
  }
  const position = cell('position')
  if (/[^无\d]/.test(position) && !/\d{5}/.test(position))
    person.position = [...position].slice(0, 20).join('')
  return found.length > 0 ? { said, person, problem: found.join('；') } : { said, person }
}
