import PizZip from 'pizzip'
import type { Cell, Column, Field, FormDefinition, Paper } from '../forms/definition.ts'
import { tagsOf } from './expected.ts'
import type { Problem } from './problem.ts'
import { CONTINUATION, CONTINUED, ROW_NUMBER } from './values.ts'
import { openTemplate } from './word.ts'
import { zipProblem } from './zip-guard.ts'

/** Checks one Word file of a pack against the cells of its paper: every tag has a cell and every cell a tag. */
export async function checkTemplate(form: FormDefinition, paper: Paper, bytes: Buffer): Promise<Problem[]> {
  const file = paper.template
  if (await zipProblem(bytes)) return [{ file, place: '文件', text: '不是完好的 Word 文件（.docx）' }]
  let rows: string[][]
  try {
    rows = openTemplate(bytes).rows
  } catch (error) {
    return malformedTags(error).map(({ place, text }) => ({ file, place, text }))
  }
  return [...tagProblems(form, paper, rows), ...strayTags(bytes)].map(({ place, text }) => ({
    file,
    place,
    text,
  }))
}

type Found = { place: string; text: string }

function tagProblems(form: FormDefinition, paper: Paper, rows: string[][]): Found[] {
  const problems: Found[] = []
  const loops: string[] = []
  const used = new Set<string>()
  const tables = tablesOf(paper)
  for (const row of rows) {
    const alone = row.length === 1 && /^\s*\{\{[^{}]*\}\}\s*$/.test(row[0] ?? '')
    const before = loops.length
    for (const { mark, name } of tagsOf(row.join('\n'))) {
      const place = `标签{{${mark}${name}}}`
      const inner = loops.at(-1)
      switch (mark) {
        case '#':
          if (!tables.has(name)) problems.push({ place, text: 'papers 的 cells 里没有这一组重复的行' })
          loops.push(name)
          used.add(name)
          break
        case '/':
          loops.pop()
          break
        case '':
          if (inner !== undefined && tables.get(inner)?.includes(name)) used.add(`${inner}.${name}`)
          else if (isSingle(paper.cells[name])) used.add(name)
          else if (!(inner !== undefined && name === ROW_NUMBER))
            problems.push({
              place,
              text: inner === undefined ? 'cells 里没有这一栏' : `“${inner}”里没有这一栏`,
            })
      }
    }
    if (loops.length !== before && !alone)
      problems.push({
        place: `标签{{#${loops.at(-1) ?? ''}}}`,
        text: '重复的开头和结尾要在表格同一行里，或者各自单独成段',
      })
  }
  const continued = fieldsWithLimit(form, paper)
  for (const tag of wantedTags(paper, tables, continued.length > 0)) {
    if (!used.has(tag)) problems.push({ place: `栏目${tag}`, text: 'Word 文件里没有这个标签' })
  }
  return problems
}

/** What may repeat, and the tags inside. */
const tablesOf = (paper: Paper): Map<string, string[]> =>
  new Map([
    ...Object.entries(paper.cells).flatMap(([tag, cell]) =>
      typeof cell === 'object' && 'rows' in cell ? [[tag, Object.keys(cell.columns)] as const] : [],
    ),
    [CONTINUATION, []] as const,
    [CONTINUED.items, [CONTINUED.label, CONTINUED.text]] as const,
  ])

const isSingle = (cell: Cell | undefined): boolean =>
  cell !== undefined && (typeof cell === 'string' || !('rows' in cell))

const wantedTags = (paper: Paper, tables: Map<string, string[]>, continued: boolean): string[] =>
  [...Object.keys(paper.cells), ...(continued ? [CONTINUATION, CONTINUED.items] : [])].flatMap((tag) => [
    tag,
    ...(tables.get(tag) ?? []).map((column) => `${tag}.${column}`),
  ])

/** Fields of this paper whose text may be cut and then needs the continuation sheet. */
function fieldsWithLimit(form: FormDefinition, paper: Paper): (Field | Column)[] {
  const field = (source: string) => form.fields.find(({ id }) => id === source.split('.')[0])
  return Object.values(paper.cells)
    .flatMap((cell) => {
      if (typeof cell === 'string') return [field(cell)]
      if (Array.isArray(cell)) return cell.map(({ from }) => field(from))
      if ('blank' in cell) return []
      const ids = Object.values(cell.columns).map((source) => source.split('.')[0])
      return field(cell.rows)?.columns.filter(({ id }) => ids.includes(id)) ?? []
    })
    .filter((field) => field !== undefined)
    .filter(({ fits }) => fits !== undefined)
}

/** Headers, footers and notes are not filled. */
const strayTags = (bytes: Buffer): Found[] =>
  Object.entries(new PizZip(bytes).files)
    .filter(
      ([name, entry]) =>
        /^word\/(header|footer|footnotes|endnotes)/.test(name) && entry.asText().includes('{{'),
    )
    .map(([name]) => ({ place: name, text: '页眉、页脚和脚注里不能放标签' }))

/** docxtemplater reports every malformed tag at once; these are its facts in our words. */
function malformedTags(error: unknown): Found[] {
  const { properties } = error as { properties?: { errors?: unknown; id?: unknown } }
  const errors = Array.isArray(properties?.errors) ? properties.errors : [error]
  const found = errors.map((each: { properties?: { xtag?: unknown; openingtag?: unknown } }) => {
    const tag = each.properties?.xtag ?? each.properties?.openingtag
    return {
      place: typeof tag === 'string' ? `标签“${tag}”` : '文件',
      text: '括号不成对，或者重复的开头和结尾对不上',
    }
  })
  return [...new Map(found.map((each) => [each.place, each])).values()]
}
