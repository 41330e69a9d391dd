import PizZip from 'pizzip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { readCharterFile } from '../../src/documents/charter.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { baseOf } from './knocking.ts'

const MB = 1024 * 1024

const workbook = await writeXlsxFile([['姓名', '手机'].map((value) => ({ value, type: String }))]).toBuffer()
const word = (xml: string): Buffer => zipped((zip) => zip.file('word/document.xml', xml))
const body = (inside: string): string => `<w:document><w:body>${inside}</w:body></w:document>`

function zipped(fill: (zip: PizZip) => unknown, from?: Buffer): Buffer {
  const zip = from ? new PizZip(from) : new PizZip()
  fill(zip)
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

const sheet = (change: (xml: string) => string): Buffer =>
  zipped((zip) => {
    const name = 'xl/worksheets/sheet1.xml'
    zip.file(name, change(zip.file(name)!.asText()))
  }, workbook)

/** A zip in a zip in a zip …, each as small as the first. */
const nested = (): Buffer => {
  let inner = zipped((zip) => zip.file('zeros', Buffer.alloc(20 * MB)))
  for (let depth = 0; depth < 10; depth++) inner = zipped((zip) => zip.file('inner.xlsx', inner))
  return inner
}

const bombs: [string, string, () => Buffer][] = [
  [
    'a sheet of 40 MB',
    '名册.xlsx',
    () => sheet((xml) => xml.replace('<sheetData>', `<sheetData>${' '.repeat(40 * MB)}`)),
  ],
  [
    'a cell in the last column of the last row',
    '名册.xlsx',
    () =>
      sheet((xml) =>
        xml.replace(
          '</sheetData>',
          '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>',
        ),
      ),
  ],
  [
    'half a million cells',
    '名册.xlsx',
    () =>
      sheet((xml) =>
        xml.replace('</sheetData>', `${'<row><c><v>1</v></c></row>'.repeat(500_000)}</sheetData>`),
      ),
  ],
  [
    'a thousand files',
    '名册.xlsx',
    () => zipped((zip) => Array.from({ length: 1000 }, (_, n) => zip.file(`${n}`, 'a')), workbook),
  ],
  ['a zip in a zip, ten deep', '名册.xlsx', nested],
  ['more than ten megabytes', '名册.xlsx', () => Buffer.alloc(11 * MB, 'a')],
  ['a Word file of 40 MB', '章程.docx', () => word(body('<w:p/>'.repeat((40 * MB) / 6)))],
  ['a Word file of 3 MB of text', '章程.docx', () => word(body('<w:p/>'.repeat((3 * MB) / 6)))],
  ['a Word file nested a million deep', '章程.docx', () => word('<a>'.repeat(500_000))],
]

let trial: Trial
beforeAll(async () => {
  trial = await startTrial()
})
afterAll(async () => {
  expect(trial.standIn.violations).toEqual([])
  await trial.stop()
})

test('an upload made to harm is refused in words, and meanwhile others are answered', async () => {
  const wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await answers(wang, danceTeam, (text) => questionLabel(text) === '人员名册')
  const chen = new Person(trial, 'chenming')
  for (const [what, name, make] of bombs) {
    const reading = wang.says({ type: 'file', attachment: { name, bytes: make() } })
    expect(await chen.says('备案管几年？'), what).toContain('附件1填表说明6')
    await reading
    expect(wang.heard, what).toMatch(/没读成|太大|打不开/)
    expect(questionLabel(wang.heard), what).toBe('人员名册')
    expect((await fetch(`${baseOf(trial)}/readyz`)).status, what).toBe(200)
  }
  // What is harmless is read after all of that.
  const rows = [
    ['姓名', '性别', '手机'],
    ['李建国', '男', '19900005678'],
  ]
  const bytes = await writeXlsxFile(
    rows.map((row) => row.map((value) => ({ value, type: String }))),
  ).toBuffer()
  expect(await wang.says({ type: 'file', attachment: { name: '名册.xlsx', bytes } })).toContain('收到1人')
}, 180_000)

test('a Word file is read up to what a moment suffices for', async () => {
  const paragraph = '<w:p><w:r><w:t>第一条</w:t></w:r></w:p>'
  expect(await readCharterFile(word(body(paragraph.repeat(100))))).toBe(Array(100).fill('第一条').join('\n'))
  expect(await readCharterFile(word(body(paragraph.repeat((2 * MB) / 40))))).toBeUndefined()
  expect(await readCharterFile(word(body('<w:tbl>'.repeat(300) + '</w:tbl>'.repeat(300))))).toBeUndefined()
})
