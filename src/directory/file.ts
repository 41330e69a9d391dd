import { parseDocument, stringify } from 'yaml'
import type { Jurisdiction } from '../pack.ts'
import { readDirectory, type DirectoryReading } from './check.ts'
import type { Directory } from './directory.ts'
import { makeDirectoryWorkbook, readDirectoryWorkbook, type RawDirectory } from './workbook.ts'

const MOST_BYTES = 10 * 1024 * 1024
const MOST_TEXT_BYTES = 2 * 1024 * 1024

/** What a directory can be written as, by the ending of the file's name. */
export type DirectoryFormat = 'yaml' | 'xlsx'

export const formatOf = (file: string): DirectoryFormat | undefined => {
  if (/\.ya?ml$/i.test(file)) return 'yaml'
  return /\.xlsx$/i.test(file) ? 'xlsx' : undefined
}

/** Reads and checks a directory file whole: the directory, or one Chinese line per problem. */
export async function parseDirectoryFile(
  bytes: Buffer,
  format: DirectoryFormat,
  jurisdiction: Jurisdiction,
  wecomApiBase: string,
): Promise<DirectoryReading> {
  if (bytes.length > (format === 'yaml' ? MOST_TEXT_BYTES : MOST_BYTES)) {
    return { ok: false, problems: ['文件太大，请只留下人员和群。'] }
  }
  const raw = format === 'yaml' ? readYaml(bytes) : await readDirectoryWorkbook(bytes)
  return raw.ok ? readDirectory(raw.data, jurisdiction, wecomApiBase, raw.rows) : raw
}

/** The mistakes people make most. */
const mistakes: Partial<Record<string, string>> = {
  DUPLICATE_KEY: '同一个项目写了两遍',
  TAB_AS_INDENT: '前面的空不能用 Tab 键，请用空格',
  MULTIPLE_DOCS: '---以下是另一份，请只留一份',
}

function readYaml(bytes: Buffer): RawDirectory {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, problems: ['文件不是 UTF-8 编码，请另存为 UTF-8 再试。'] }
  }
  // Everything stays text: a phone or a user id of digits is not a number.
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false })
  const lineOf = (position: number): number => text.slice(0, position).split('\n').length
  const problems = document.errors.map(
    ({ pos: [start], code }) =>
      `第 ${lineOf(start)} 行写法不对：${mistakes[code] ?? '请看看缩进、冒号和引号'}。`,
  )
  if (problems.length > 0) return { ok: false, problems }
  try {
    return { ok: true, data: document.toJS({ maxAliasCount: 100 }) }
  } catch {
    return { ok: false, problems: ['文件里的引用（*）太多或不对，请去掉。'] }
  }
}

const YAML_HEAD = `# 人员和群。改好后运行 npm run directory -- import 这个文件；会整个替换原来的。
# 角色：community 社区工作者、street 街道经办、incubator 孵化机构、district 区民政局、operator 运维。
`

export async function writeDirectoryFile(directory: Directory, format: DirectoryFormat): Promise<Buffer> {
  return format === 'yaml'
    ? Buffer.from(YAML_HEAD + stringify(directory, { lineWidth: 0 }))
    : makeDirectoryWorkbook(directory)
}
