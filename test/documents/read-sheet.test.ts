import PizZip from 'pizzip'
import { expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { readSheet } from '../../src/documents/read-sheet.ts'
import { zipProblem } from '../../src/documents/zip-guard.ts'
import { must } from './making.ts'

const workbook = await writeExcelFile([
  ['姓名', '电话', '出生'],
  [
    '王秀英',
    { value: 19900000001, type: Number },
    { value: new Date(Date.UTC(1905, 2, 15)), type: Date, format: 'yyyy-mm-dd' },
  ],
  [' 李建国 ', { value: 4.5020519011201e17, type: Number }, true],
  [null, null, null],
  ['覃美兰', '019900000003', null],
]).toBuffer()

const withSheet = (change: (xml: string) => string): Buffer => {
  const zip = new PizZip(workbook)
  zip.file('xl/worksheets/sheet1.xml', change(must(zip.file('xl/worksheets/sheet1.xml')?.asText())))
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

/** Makes the directory of a zip say another size for every file in it. */
const sayingSize = (bytes: Buffer, size: number): Buffer => {
  const changed = Buffer.from(bytes)
  for (let at = changed.indexOf('PK\u0001\u0002'); at !== -1; at = changed.indexOf('PK\u0001\u0002', at + 4))
    changed.writeUInt32LE(size, at + 24)
  return changed
}

const bomb = (): Buffer => {
  const zip = new PizZip(workbook)
  zip.file('xl/media/zeros.bin', Buffer.alloc(2 * 1024 * 1024))
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

test('an uploaded workbook is read as text, each row in its place; a number that lost figures does not look whole', async () => {
  expect(await readSheet(workbook)).toEqual({
    type: 'rows',
    rows: [
      ['姓名', '电话', '出生'],
      ['王秀英', '19900000001', '1905-03-15'],
      ['李建国', '4.5020519011201e+17', 'true'],
      [],
      ['覃美兰', '019900000003', ''],
    ],
    unread: [],
  })
})

test.each([
  ['UTF-8 with commas', Buffer.from('\ufeff姓名,电话\r\n"王,秀英",199\r\n李建国,"说""好"""')],
  ['UTF-8 with tabs', Buffer.from('姓名\t电话\n王,秀英\t199\n李建国\t说"好"\n')],
  ['UTF-16', Buffer.from('\ufeff姓名\t电话\n王,秀英\t199\n李建国\t说"好"', 'utf16le')],
])('a table in %s is read', async (_, bytes) => {
  expect(await readSheet(bytes)).toEqual({
    type: 'rows',
    rows: [
      ['姓名', '电话'],
      ['王,秀英', '199'],
      ['李建国', '说"好"'],
    ],
    unread: [],
  })
})

test('a table as Excel in China writes it, in GBK, is read', async () => {
  const gbk = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xcd, 0xf5, 0xd0, 0xe3, 0xd3, 0xa2, 0x0a])
  expect(await readSheet(gbk)).toMatchObject({ rows: [['姓名'], ['王秀英']] })
})

test('of several sheets the one that is most of a table is read, a hidden one never, and the others are named', async () => {
  const sheets = await writeExcelFile([
    { sheet: '底稿', data: Array(9).fill(['旧', '女']) },
    { sheet: '封面', data: [['夕阳红舞蹈队'], ['人员名册'], ['2026年']] },
    {
      sheet: '名册',
      data: [
        ['姓名', '性别'],
        ['王秀英', '女'],
        [null, null],
        ['李建国', '男'],
      ],
    },
    {
      sheet: '新来的',
      data: [
        ['姓名', '性别'],
        ['覃美兰', '女'],
      ],
    },
  ]).toBuffer()
  const zip = new PizZip(sheets)
  const part = must(zip.file('xl/workbook.xml')?.asText())
  zip.file('xl/workbook.xml', part.replace('name="底稿"', 'name="底稿" state="hidden"'))
  const read = await readSheet(zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' }))
  expect(read).toEqual({
    type: 'rows',
    rows: [['姓名', '性别'], ['王秀英', '女'], [], ['李建国', '男']],
    unread: ['新来的'],
  })
})

test.each([
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /打不开/],
  ['half a zip', workbook.subarray(0, workbook.length - 30), /打不开/],
  ['a zip that is no workbook', new PizZip().file('a.txt', 'a').generate({ type: 'nodebuffer' }), /打不开/],
  ['a workbook with broken XML', withSheet((xml) => xml.slice(0, 200)), /打不开|没有内容/],
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /\.xls/],
  ['nothing', Buffer.alloc(0), /没有内容/],
  [
    'a workbook without content',
    withSheet((xml) => xml.replace(/<sheetData>.*<\/sheetData>/s, '<sheetData/>')),
    /没有内容|打不开/,
  ],
  ['a directory that says 4 GB', sayingSize(workbook, 0xfffffff0), /太大/],
  ['more bytes than the directory says', sayingSize(bomb(), 100), /打不开/],
  ['a very large file', Buffer.alloc(11 * 1024 * 1024, 'a'), /太大/],
  ['six thousand lines', Buffer.from('王秀英\n'.repeat(6000)), /太大/],
])('%s is refused with a reason', async (_, bytes, reason) => {
  expect(await readSheet(bytes)).toEqual({ type: 'refused', because: expect.stringMatching(reason) })
})

test('too many files in a zip are refused before any is opened', async () => {
  const zip = new PizZip()
  for (let at = 0; at < 201; at++) zip.file(`${at}.txt`, 'a')
  expect(await zipProblem(zip.generate({ type: 'nodebuffer' }))).toBe('tooLarge')
})

test('a single cell at the far corner is refused and takes nothing else down', async () => {
  const far = withSheet((xml) =>
    xml.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'),
  )
  const [first, second] = await Promise.all([readSheet(far), readSheet(workbook)])
  expect(first).toEqual({ type: 'refused', because: expect.stringMatching(/太大/) })
  expect(second.type).toBe('rows')
})
