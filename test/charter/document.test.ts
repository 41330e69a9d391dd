import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import PizZip from 'pizzip'
import { afterEach, expect, test } from 'vitest'
import { checkCharterModel, loadCharter, makeCharter, readCharterFile } from '../../src/documents/charter.ts'
import { problemLine } from '../../src/documents/problem.ts'
import { readWord } from '../../src/documents/read-word.ts'
import { DocumentMismatch, openTemplate } from '../../src/documents/word.ts'
import { checkCharter } from '../../src/filings/charter/check.ts'
import { composeAt, model, pack, places, recordAt, textOf, whole } from './charters.ts'

const labels = new Set((await readFile('templates/liubei/labels.txt', 'utf8')).split('\n'))

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

/** A copy of the charter's files with some of them changed. */
async function folderWith(changes: Record<string, (text: string) => string>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'charter-'))
  folders.push(folder)
  for (const file of ['charter.yaml', 'documents/charter.docx'])
    await cp(path.join(pack.folder, file), path.join(folder, file))
  for (const [name, change] of Object.entries(changes)) {
    const file = path.join(folder, name)
    const before = await readFile(file)
    if (!name.endsWith('.docx')) await writeFile(file, change(before.toString('utf8')))
    else await writeFile(file, changedWord(before, change))
  }
  return folder
}

function changedWord(bytes: Buffer, change: (xml: string) => string): Buffer {
  const zip = new PizZip(bytes)
  const xml = zip.file('word/document.xml')?.asText() ?? ''
  expect(change(xml)).not.toBe(xml)
  zip.file('word/document.xml', change(xml))
  return zip.generate({ type: 'nodebuffer' })
}

test.each(Object.values(places))(
  'the Word file of a charter at $name says the charter, line by line',
  async (place) => {
    const charter = whole(composeAt(place, { collectsFee: 'yes' }))
    const { bytes } = makeCharter(charter, model.template)
    const [title = '', ...lines] = readWord(bytes).flat()
    expect([title.replace('\n', ''), ...lines].join('\n')).toBe(textOf(charter).trimEnd())
  },
)

test('a long name breaks before the community, not within a word', () => {
  const { bytes } = makeCharter(whole(composeAt(places.community)), model.template)
  expect(readWord(bytes)[0]).toEqual(['柳州市柳北区解放街道\n明珠社区夕阳红志愿服务队章程'])
})

test('the same charter gives the same bytes, on A4, with a number on every page', () => {
  const charter = whole(composeAt(places.community))
  const { bytes, contentType } = makeCharter(charter, model.template)
  expect(contentType).toMatch(/wordprocessingml/)
  expect(makeCharter(charter, model.template).bytes.equals(bytes)).toBe(true)
  const zip = new PizZip(bytes)
  const [, width, height] =
    /<w:pgSz w:w="(\d+)" w:h="(\d+)"/.exec(zip.file('word/document.xml')?.asText() ?? '') ?? []
  expect([Math.round(Number(width) / 56.7), Math.round(Number(height) / 56.7)]).toEqual([210, 297])
  const footers = Object.keys(zip.files).filter((name) => name.startsWith('word/footer'))
  expect(footers.map((name) => zip.file(name)?.asText()).join()).toContain('PAGE')
})

test('characters that cannot be printed stay out of the file', () => {
  const charter = whole(composeAt(places.community))
  const { bytes } = makeCharter({ ...charter, title: `${charter.title}\u0007\u200b` }, model.template)
  expect(readWord(bytes)[0]?.join('')).toMatch(/章程$/u)
})

test('a made charter that is sent back passes its check', async () => {
  const { bytes } = makeCharter(whole(composeAt(places.village, { collectsFee: 'yes' })), model.template)
  const text = await readCharterFile(bytes)
  const given = {
    model: model.text,
    jurisdiction: pack.jurisdiction,
    record: recordAt(places.village),
    place: places.village,
  }
  expect(checkCharter(text ?? '', given)).toEqual([])
})

test.each([
  ['no Word file', Buffer.from('第一条（名称和性质）')],
  ['an empty file', Buffer.alloc(0)],
  [
    'another Office file',
    new PizZip().file('xl/workbook.xml', '<workbook/>').generate({ type: 'nodebuffer' }),
  ],
  [
    'a Word file with broken XML',
    new PizZip().file('word/document.xml', '<w:p>').generate({ type: 'nodebuffer' }),
  ],
  [
    'a file that would fill the memory',
    new PizZip()
      .file('word/document.xml', `<w:t>${'第'.repeat(12_000_000)}</w:t>`)
      .generate({ type: 'nodebuffer', compression: 'DEFLATE' }),
  ],
])('%s is no charter', async (_kind, bytes) => {
  expect(await readCharterFile(bytes)).toBeUndefined()
})

test.each([
  ['a paragraph', '{{段}}'],
  ['the first paragraph', '{{首段}}'],
  ['the heading', '{{条}}'],
  ['the title', '{{标题}}'],
])('a Word template that lost %s prints nothing', (_what, tag) => {
  const template = openTemplate(changedWord(model.template.bytes, (xml) => xml.replace(tag, '')))
  expect(() => makeCharter(whole(composeAt(places.community)), template)).toThrow(DocumentMismatch)
})

test('the charter of Liubei is sound', async () => {
  expect(await checkCharterModel(pack.folder, labels)).toEqual([])
})

test.each<[string, Record<string, (text: string) => string>, string | RegExp]>([
  [
    'a blank nobody fills',
    { 'charter.yaml': (text) => text.replaceAll('{{简称}}', '{{短名}}') },
    'charter.yaml {{短名}}：没有这个空',
  ],
  [
    'items nobody knows',
    { 'charter.yaml': (text) => text.replace('each: 其他义务', 'each: 别的') },
    'charter.yaml each 别的：没有这一组内容',
  ],
  [
    'an article too many',
    { 'charter.yaml': (text) => `${text}  - { number: 二十, title: 附则, paragraphs: [施行。] }\n` },
    'charter.yaml 附件4第二十条：不在 labels.txt 里',
  ],
  [
    'a Word file that lost a tag',
    { 'documents/charter.docx': (xml) => xml.replace('{{段}}', '') },
    'documents/charter.docx 标签：少了标签，章程的字会漏印',
  ],
  [
    'a misspelt key',
    { 'charter.yaml': (text) => text.replace('corrected:', 'correct:') },
    /^charter.yaml 文件：读不出来/,
  ],
  [
    'an unclosed tag',
    { 'documents/charter.docx': (xml) => xml.replace('{{/各条}}', '') },
    /^charter.yaml 文件：读不出来/,
  ],
])('%s in a pack is told', async (_fault, changes, line) => {
  const [found = '', ...more] = (await checkCharterModel(await folderWith(changes), labels)).map(problemLine)
  if (typeof line === 'string') expect(found).toBe(line)
  else expect(found).toMatch(line)
  expect(more).toEqual([])
})

test('articles in the wrong order are not loaded', async () => {
  const folder = await folderWith({ 'charter.yaml': (text) => text.replace('number: 二\n', 'number: 三\n') })
  await expect(loadCharter(folder)).rejects.toThrow('一条接一条')
})
