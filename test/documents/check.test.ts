import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import PizZip from 'pizzip'
import { afterEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkPack } from '../../src/documents/check.ts'
import { problemLine } from '../../src/documents/problem.ts'
import { ownTypes } from '../../src/forms/field-types/own-types.ts'
import { FormDefinition } from '../../src/forms/definition.ts'
import { loadPack, type Pack } from '../../src/pack.ts'
import { must, pack } from './making.ts'
import { stubTypes } from './stub-types.ts'

const FORM = 'forms/initial.yaml'
const WORD = 'documents/initial.docx'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const types = { ...stubTypes, ...ownTypes }

/** Reads anew only what was changed. */
async function packAt(folder: string, changed: string[]): Promise<Pack> {
  if (changed.some((name) => !name.endsWith('.docx') && name !== FORM)) return loadPack(folder)
  if (!changed.includes(FORM)) return { ...pack, folder }
  const form = FormDefinition.parse(parse(await readFile(path.join(folder, FORM), 'utf8')))
  return { ...pack, folder, forms: [form] }
}

/** The problems of a copy of the pack with some files changed. */
async function problemsOf(changes: Record<string, (text: string) => string>): Promise<string[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pack-'))
  folders.push(folder)
  await cp('templates/liubei', folder, { recursive: true })
  for (const [name, change] of Object.entries(changes)) {
    const file = path.join(folder, name)
    if (name.endsWith('.docx')) {
      const zip = new PizZip(await readFile(file))
      const before = must(zip.file('word/document.xml')?.asText())
      expect(change(before)).not.toBe(before)
      zip.file('word/document.xml', change(before))
      await writeFile(file, zip.generate({ type: 'nodebuffer' }))
    } else {
      const before = await readFile(file, 'utf8')
      expect(change(before)).not.toBe(before)
      await writeFile(file, change(before))
    }
  }
  return (await checkPack(await packAt(folder, Object.keys(changes)), types)).map(problemLine)
}

test('the pack of Liubei is sound', async () => {
  expect(await problemsOf({})).toEqual([])
})

const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to)

test.each<[string, Record<string, (text: string) => string>, RegExp]>([
  [
    'a tag without a cell',
    { [WORD]: replace('{{宗旨}}', '{{宗只}}') },
    /initial\.docx 标签\{\{宗只}}：cells 里没有/,
  ],
  ['a cell without a tag', { [WORD]: replace('{{宗旨}}', '') }, /initial\.docx 栏目宗旨：/],
  ['a column without a tag', { [WORD]: replace('{{政治面貌}}', '') }, /栏目负责人名单\.政治面貌：/],
  ['a tag cut in half', { [WORD]: replace('{{宗旨}}', '{{宗旨') }, /initial\.docx 标签“.*宗旨.*括号/],
  ['a loop that is not closed', { [WORD]: replace('{{/个人简历}}', '') }, /个人简历.*对不上/],
  [
    'a loop over two rows',
    {
      [WORD]: (xml) =>
        xml.replace('{{/负责人名单}}', '').replace('{{主要负责人姓名}}', '{{主要负责人姓名}}{{/负责人名单}}'),
    },
    /initial\.docx.*(同一行|对不上)/,
  ],
  [
    'no continuation sheet',
    { [WORD]: (xml) => xml.replace(/<w:p>(?:(?!<w:p>).)*\{\{[#/]?(附页|栏目|全文).*?<\/w:p>/gs, '') },
    /栏目附页：/,
  ],
  [
    'another declaration',
    { [FORM]: replace('以上备案信息真实、准确', '以上备案信息真实') },
    /declaration：和 Word/,
  ],
  [
    'a missing Word file',
    { [FORM]: replace('documents/signing.docx', 'documents/sign.docx') },
    /documents\/sign\.docx 文件：没有找到/,
  ],
  [
    'a cell of an unknown field',
    { [FORM]: replace('籍贯: principalNativePlace', '籍贯: principalPlace') },
    /papers initial 的 籍贯：没有问题“principalPlace”/,
  ],
  [
    'a field nobody prints',
    { [FORM]: replace('籍贯: principalNativePlace', '籍贯: principalName') },
    /问题 principalNativePlace：没有印/,
  ],
  [
    'a part the type does not know',
    { [FORM]: replace('principalIdNumber.sex', 'principalIdNumber.age') },
    /“principalIdNumber”没有“age”/,
  ],
  [
    'a column that does not exist',
    { [FORM]: replace('在何地任何职务: post', '在何地任何职务: place') },
    /的 个人简历：没有问题“place”/,
  ],
  [
    'rows of a field that does not repeat',
    { [FORM]: replace('rows: principalCareer', 'rows: purpose') },
    /“purpose”不是会重复的问题/,
  ],
  [
    'a clause the document does not have',
    { [FORM]: replace('clause: 附件1表1行8', 'clause: 附件1表1行88') },
    /clause“附件1表1行88”不在 labels\.txt/,
  ],
  [
    'a condition on an unknown field',
    {
      [FORM]: replace(
        "when: { field: contactIsPrincipal, is: 'no' }",
        "when: { field: contactIs, is: 'no' }",
      ),
    },
    /contactIs/,
  ],
  [
    'a condition on an option that is not offered',
    {
      [FORM]: replace(
        "when: { field: contactIsPrincipal, is: 'no' }",
        "when: { field: contactIsPrincipal, is: 'never' }",
      ),
    },
    /条件 contactIsPrincipal：没有选项“never”/,
  ],
  [
    'an empty question',
    { [FORM]: replace('ask: 主要负责人叫什么名字？', "ask: ' '") },
    /问题 principalName：ask 是空的/,
  ],
  [
    'an unknown sitting',
    { [FORM]: replace('sitting: roster', 'sitting: people') },
    /问题 roster：sitting“people”/,
  ],
  [
    'a code used twice',
    { 'jurisdiction.yaml': replace('code: "450205001002"', 'code: "450205001001"') },
    /河北新村社区：代码 450205001001 和“欣发社区”/,
  ],
  [
    'a code of another street',
    { 'jurisdiction.yaml': replace('code: "450205001002"', 'code: "450205002099"') },
    /不属于“解放街道”/,
  ],
  [
    'an empty notice',
    { 'notices.yaml': replace(/greeting: \|-[\s\S]*?\nconsent/, "greeting: ''\nconsent") },
    /notices\.yaml greeting：是空的/,
  ],
])('%s is found and its place named', async (_, changes, expected) => {
  expect((await problemsOf(changes)).join('\n')).toMatch(expected)
})

test('a file that is no Word file is found', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pack-'))
  folders.push(folder)
  await cp('templates/liubei', folder, { recursive: true })
  await writeFile(path.join(folder, WORD), 'not a zip')
  const problems = await checkPack({ ...pack, folder }, types)
  expect(problems.map(problemLine)).toContain('documents/initial.docx 文件：不是完好的 Word 文件（.docx）')
})

test('all problems are told at once', async () => {
  const problems = await problemsOf({
    [FORM]: (text) =>
      text.replace('clause: 附件1表1行8', 'clause: 附件9').replace('.birthMonth', '.birthday'),
    [WORD]: replace('{{业务范围}}', '{{业务}}'),
  })
  expect(problems).toHaveLength(4)
})
