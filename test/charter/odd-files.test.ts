import { Document, Packer, Paragraph, Table, TableCell, TableRow, type IParagraphOptions } from 'docx'
import PizZip from 'pizzip'
import { expect, test } from 'vitest'
import { readCharterFile } from '../../src/documents/charter.ts'
import { checkCharter } from '../../src/filings/charter/check.ts'
import { findingLine } from '../../src/filings/charter/finding.ts'
import { composeAt, model, pack, places, recordAt, textOf } from './charters.ts'

/** A good charter as people type it into Word, and what is said of it. */
const good = textOf(composeAt(places.community, { collectsFee: 'yes' })).trimEnd()
const [title = '', ...lines] = good.split('\n')
const HEADING = /^(第.{1,3}条)（(.*?)）(.*)$/u

async function checked(bytes: Buffer): Promise<string[]> {
  const given = {
    model: model.text,
    jurisdiction: pack.jurisdiction,
    record: recordAt(places.community),
    place: places.community,
    today: '2026-11-23',
  }
  return checkCharter((await readCharterFile(bytes)) ?? '', given).map(findingLine)
}

const save = (children: (Paragraph | Table)[]): Promise<Buffer> =>
  Packer.toBuffer(new Document({ numbering, sections: [{ children }] }))

const numbering = {
  config: [
    {
      reference: 'articles',
      levels: [
        { level: 0, format: 'chineseCounting', text: '第%1条' },
        { level: 1, format: 'chineseCounting', text: '（%2）' },
      ],
    },
  ],
} as const

/** Every article with the lines below its heading. */
const articles = lines.reduce<string[][]>(
  (all, line) => (HEADING.test(line) ? [...all, [line]] : [...all.slice(0, -1), [...all.at(-1)!, line]]),
  [],
)
const partsOf = (heading: string): [number: string, title: string, text: string] => {
  const [, number = '', title = '', text = ''] = HEADING.exec(heading) ?? []
  return [number, title, text]
}

/** The article's line and items numbered by Word and not by hand. */
function countedByWord(begin: (heading: string) => string): Paragraph[] {
  const counted = (text: string, level: number): IParagraphOptions => ({
    text,
    numbering: { reference: 'articles', level },
  })
  return articles.flatMap(([heading = '', ...more]) => [
    new Paragraph(counted(begin(heading), 0)),
    ...more.map((line) => {
      const item = /^（.{1,3}）(.*)$/u.exec(line)?.[1]
      return new Paragraph(item === undefined ? line : counted(item, 1))
    }),
  ])
}

test.each<[how: string, begin: (heading: string) => string]>([
  ['with titles in brackets', (heading) => heading.replace(/^第.{1,3}条/u, '')],
  ['with titles', (heading) => partsOf(heading).slice(1).join('　')],
  ['without titles', (heading) => partsOf(heading)[2]],
])('articles that Word numbers are read, %s', async (_how, begin) => {
  expect(await checked(await save([new Paragraph(title), ...countedByWord(begin)]))).toEqual([])
})

test.each<[how: string, cells: (article: string[]) => string[][]]>([
  ['in one cell', (article) => [article]],
  [
    'number, title and text in a cell each',
    ([heading = '', ...more]) => {
      const [number, name, text] = partsOf(heading)
      return [[number], [name], [text, ...more]]
    },
  ],
])('a charter typed in a table is read, %s', async (_how, cells) => {
  const rows = articles.map(
    (article) =>
      new TableRow({
        children: cells(article).map(
          (texts) => new TableCell({ children: texts.map((text) => new Paragraph(text)) }),
        ),
      }),
  )
  expect(await checked(await save([new Paragraph(title), new Table({ rows })]))).toEqual([])
})

/** The charter as the body of a Word file of its own. */
function withBody(xml: string): Buffer {
  const zip = new PizZip()
  zip.file('word/document.xml', `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>${xml}</w:body></w:document>`)
  return zip.generate({ type: 'nodebuffer' })
}
const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const box = (inner: string): string =>
  `<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>${inner}</w:txbxContent></mc:Choice>` +
  `<mc:Fallback><w:txbxContent>${inner}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>`

test.each([
  [
    'in a text box',
    `<w:p>${box([title, ...lines].map(paragraph).join(''))}<w:r><w:t>盖章处</w:t></w:r></w:p>`,
  ],
  [
    'with a text box on a line',
    [title, ...lines]
      .map((line) =>
        line.startsWith('第五条')
          ? `<w:p><w:r><w:t>${line}</w:t></w:r>${box(paragraph('草稿'))}</w:p>`
          : paragraph(line),
      )
      .join(''),
  ],
  [
    'with a line that was moved',
    `${paragraph(title)}<w:p><w:moveFrom><w:r><w:t>${lines[5]}</w:t></w:r></w:moveFrom></w:p>${lines.map(paragraph).join('')}`,
  ],
])('a charter %s is read', async (_how, xml) => {
  expect(await checked(withBody(xml))).toEqual([])
})

test('a foreword of a hundred pages does not hide the charter', async () => {
  const foreword = '本册收录各社区社会组织的章程，供大家学习。'.repeat(3_000)
  expect(await checked(withBody([foreword, title, ...lines].map(paragraph).join('')))).toEqual([])
})
