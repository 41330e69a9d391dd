import type { ReadContext } from './field-type.ts'
import { maskNumbers } from './mask.ts'
import { looksLikeChatter, looksLikeQuestion } from './question-words.ts'
import { problems, readLine, type Person } from './roster-line.ts'
import { readRow, sheetLayout } from './roster-sheet.ts'
import { clean, lengthOf, plain } from './said.ts'

/** What became of one line; `said` is masked. */
export type Verdict = { line: number; said: string; problem?: string }

export type RosterReading = { people: Person[]; verdicts: Verdict[] }

const MOST_PEOPLE = 2000
const LONGEST_LINE = 400

const HEADER =
  /^(?:#?\s*接龙|#.*|.*(?:名单|花名册|名册|人员表|成员表|报名表|通讯录|如下)\s*[:]?|例[::\s].*|[-=*_—~\s]*|(?:序号|编号|姓名|性别|电话|手机号?|联系电话|联系方式|职务|备注|名字|队内职务|成员)(?:[\s,,、|/]+(?:序号|编号|姓名|性别|电话|手机号?|联系电话|联系方式|职务|备注|名字|队内职务|成员))*|\d{4}[年.\-/]\d{1,2}[月.\-/]?.*|共\s*\d+\s*人.*|合计.*|(?:大家|各位|请).*)$/u

/** Typed lines, pasted 接龙, several people a line. Takes whoever has a name; says what was left out and why. */
export function readRoster(text: string, context?: ReadContext): RosterReading {
  const reading: RosterReading = { people: [], verdicts: [] }
  // A question or a command in the middle is not a list.
  if (looksLikeChatter(text) || (!text.includes('\n') && looksLikeQuestion(text))) return reading
  const present = presentPeople(context)
  const lines = linesOf(clean(text.slice(0, MOST_PEOPLE * LONGEST_LINE)))
  for (const [index, line] of lines.entries()) takeLine(line, index + 1, lines.length, reading, present)
  return reading
}

/** 「1.王秀英 2.李建国」 in one line are two lines. */
const linesOf = (text: string): string[] =>
  text
    .replace(
      /(?<=\p{Script=Han}[)）]?|\d{4})[ ,，;；、]*(?<![\d\n])(?=\d{1,3}\s*[.、．)）]\s*\p{Script=Han})/gu,
      '\n',
    )
    .split('\n')

/** The cells of a spreadsheet, columns in any order; without headers each row is read like a typed line. */
export function readRosterSheet(cells: string[][]): RosterReading {
  const reading: RosterReading = { people: [], verdicts: [] }
  const layout = sheetLayout(cells)
  for (const [index, row] of cells.entries()) {
    const line = index + 1
    if (layout === undefined) {
      takeLine(row.map(plain).join(' '), line, cells.length, reading, [])
      continue
    }
    if (index <= layout.header) continue
    for (const { said, person, problem } of readRow(row, layout)) {
      if (person) addPerson(person, line, said, problem, reading, [])
      else reading.verdicts.push({ line, said, problem: problem ?? problems.noName })
    }
  }
  return reading
}

/** One line of a list: a sheet's row without headers is one too. */
function takeLine(
  line: string,
  number: number,
  lineCount: number,
  reading: RosterReading,
  present: Person[],
): void {
  if (HEADER.test(plain(line))) return
  const said = maskNumbers(plain(line))
  if (lengthOf(line) > LONGEST_LINE) {
    reading.verdicts.push({ line: number, said: [...said].slice(0, 12).join(''), problem: problems.tooLong })
    return
  }
  const { people, problem } = readLine(line)
  if (people.length === 0) {
    // One line of chat is no failed list; a nameless line among others is.
    if (lineCount > 1 || problem !== undefined) {
      reading.verdicts.push({ line: number, said, problem: problem ?? problems.noName })
    }
    return
  }
  for (const person of people)
    addPerson(person, number, people.length === 1 ? said : person.name, problem, reading, present)
}

/** Adds one person to a reading unless already there, with the verdict. */
function addPerson(
  person: Person,
  line: number,
  said: string,
  problem: string | undefined,
  reading: RosterReading,
  present: Person[],
): void {
  const verdict = (more?: string): void => {
    const all = [problem, more].filter((part) => part !== undefined).join('；')
    reading.verdicts.push({ line, said, ...(all === '' ? {} : { problem: all }) })
  }
  if (reading.people.length + present.length >= MOST_PEOPLE) return verdict(problems.tooMany)
  const twin = reading.people.findIndex((other) => isSame(other, person))
  if (twin >= 0) {
    reading.people[twin] = { ...person, ...reading.people[twin], name: person.name }
    return verdict(problems.repeated)
  }
  const sharesPhone =
    person.phone !== undefined &&
    [...present, ...reading.people].some(({ name, phone }) => phone === person.phone && name !== person.name)
  reading.people.push(person)
  verdict(sharesPhone ? problems.samePhone : undefined)
}

/** The same name, and no two different phones: two people may share a name. */
const isSame = (a: Person, b: Person): boolean =>
  a.name === b.name && (a.phone === undefined || b.phone === undefined || a.phone === b.phone)

/** New people added to those present; what is said again of somebody completes or corrects him. */
export function mergeRoster(present: Person[], added: Person[]): Person[] {
  const merged = [...present]
  for (const person of added) {
    const at = merged.findIndex((other) => isSame(other, person))
    if (at >= 0) merged[at] = { ...merged[at], ...person }
    else merged.push(person)
  }
  return merged
}

function presentPeople(context: ReadContext | undefined): Person[] {
  for (const answer of Object.values(context?.answers ?? {})) {
    const value: unknown = 'value' in answer ? answer.value : undefined
    if (typeof value === 'object' && value !== null && 'rows' in value && Array.isArray(value.rows)) {
      const people = value.rows.filter(isPerson)
      if (people.length > 0) return people
    }
  }
  return []
}

const isPerson = (row: unknown): row is Person =>
  typeof row === 'object' &&
  row !== null &&
  'name' in row &&
  typeof row.name === 'string' &&
  Object.keys(row).every((key) => ['name', 'gender', 'phone', 'position'].includes(key))
