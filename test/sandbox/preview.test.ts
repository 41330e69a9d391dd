import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import PizZip from 'pizzip'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { preview } from '../../src/sandbox/preview.ts'

const cell = (text: string, merge: object = {}) =>
  new TableCell({ children: text.split('\n').map((line) => new Paragraph(line)), ...merge })

test('a Word form is shown with its paragraphs and its merged cells', async () => {
  const table = new Table({
    rows: [
      new TableRow({ children: [cell('组织名称'), cell('明珠社区\n志愿服务队', { columnSpan: 2 })] }),
      new TableRow({ children: [cell('负责人', { rowSpan: 2 }), cell('姓名'), cell('王秀英')] }),
      new TableRow({ children: [cell('职务'), cell('理事长')] }),
    ],
  })
  const document = new Document({ sections: [{ children: [new Paragraph('备案申请表'), table] }] })
  const one = (text: string, span = 1, rows = 1) => ({ text, span, rows })
  expect(preview('表.docx', await Packer.toBuffer(document))).toEqual([
    { type: 'paragraph', text: '备案申请表' },
    {
      type: 'table',
      rows: [
        [one('组织名称'), one('明珠社区\n志愿服务队', 2)],
        [one('负责人', 1, 2), one('姓名'), one('王秀英')],
        [one('职务'), one('理事长')],
      ],
    },
  ])
})

test('a spreadsheet is shown with its gaps', async () => {
  const data = [
    [{ value: '姓名' }, { value: '电话' }],
    [null, { value: '19900000001' }],
  ]
  const blocks = preview('名册.xlsx', await writeXlsxFile(data, { sheet: '名册' }).toBuffer())
  expect(blocks?.[0]).toMatchObject({
    rows: [
      [{ text: '姓名' }, { text: '电话' }],
      [{ text: '' }, { text: '19900000001' }],
    ],
  })
})

const packed = (xml: string) =>
  new PizZip().file('word/document.xml', xml).generate({ type: 'nodebuffer', compression: 'DEFLATE' })

test.each([
  ['is no archive', Buffer.from('hello')],
  ['has broken XML', packed('<w:document>')],
  ['brings a DOCTYPE', packed('<!DOCTYPE x [<!ENTITY a "b">]><w:document/>')],
  ['nests without end', packed(`${'<w:p>'.repeat(200)}${'</w:p>'.repeat(200)}`)],
  ['grows to many megabytes', packed(`<w:document>${' '.repeat(11 * 1024 * 1024)}</w:document>`)],
])('a file that %s is not shown', (_, bytes) => {
  expect(preview('表.docx', bytes)).toBeUndefined()
})
