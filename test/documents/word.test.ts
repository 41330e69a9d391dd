import fc from 'fast-check'
import PizZip from 'pizzip'
import { describe, expect, test } from 'vitest'
import { readWord } from '../../src/documents/read-word.ts'
import { assertMatches, DocumentMismatch, fillWord } from '../../src/documents/word.ts'
import { must, template, valuesOf } from './making.ts'
import { complete } from './stub-types.ts'

const initial = template('initial')
const fill = (answers: Record<string, unknown>) => {
  const values = valuesOf('initial', answers)
  const bytes = fillWord(initial, values)
  return { values, bytes, rows: readWord(bytes) }
}

/** The cell right of a label, in the nth row that has it. */
const beside = (rows: string[][], label: string, nth = 0): string | undefined => {
  const row = rows.filter((cells) => cells.some((cell) => cell.replaceAll('\n', '') === label))[nth]
  return row?.[row.findIndex((cell) => cell.replaceAll('\n', '') === label) + 1]
}

test.each([
  ['组织名称：', complete.organizationName],
  ['备案编号：', ''],
  ['组织类别：', '社会团体'],
  ['备案日期：', ''],
  ['备案社区社会组织名称', complete.organizationName],
  ['活动地域（填社区名）', '明珠社区'],
  ['活动场所地址及面积', '跃进路58号社区活动室，80平方米'],
  ['会员数（社团填）', '4'],
  ['工作人员数（民非填）', ''],
  ['联系电话', '19900000001'],
  ['社区社会组织职务', '队长'],
  ['宗旨', complete.purpose],
  ['业务范围', complete.businessScope],
  ['性别', '女'],
  ['出生年月', '1905年3月'],
  ['籍贯', '广西柳州'],
  ['文化程度', '初中'],
  ['工作单位及职务', '柳州钢铁厂退休'],
  ['手机', '19900000001'],
  ['家庭住址', '柳州市柳北区跃进路58号3栋2单元501室'],
  ['在备案社区社会组织中职务', '队长'],
  ['其他社会职务', '楼栋长'],
])('the cell beside %s says %j', (label, expected) => {
  expect(beside(fill(complete).rows, label)).toBe(expected)
})

test('the list of leaders has a row a person, then empty rows, and room to sign', () => {
  const { rows } = fill(complete)
  const start = rows.findIndex((row) => row.includes('本人签名') && row.includes('身份证号码'))
  expect(rows.slice(start + 1, start + 6).map((row) => [row[0], row[4], row[5]])).toEqual([
    ['王秀英', '队长', ''],
    ['李建国', '副队长', ''],
    ['覃美兰', '秘书长', ''],
    ['', '', ''],
    ['', '', ''],
  ])
})

test('the career has a row a stage', () => {
  const { rows } = fill(complete)
  const start = rows.findIndex((row) => row.includes('何年何月至何年何月'))
  expect(rows[start + 2]).toEqual(['', '1960年7月至今', '退休，社区志愿者'])
})

test('signatures, opinions and seals are left to ink', () => {
  const { rows } = fill(complete)
  const text = rows.flat()
  expect(text.find((cell) => cell.includes('本人声明'))).toBe(
    '本人声明以上备案信息真实、准确，依法依规开展活动，接受社区、街道（乡镇）监督指导。\n' +
      '备案社区社会组织主要负责人签字：\n年    月    日',
  )
  expect(text.filter((cell) => cell.endsWith('（是否同意备案）\n（盖章）\n年    月    日'))).toHaveLength(2)
})

test('the six notes are printed as they were issued', () => {
  const notes = fill({})
    .rows.flat()
    .filter((line) => /^[1-6]\./.test(line))
  expect(notes).toHaveLength(6)
  expect(notes[5]).toBe('6.本备案表有效期二年，到期需重新备案。')
})

const sets: [string, Record<string, unknown>][] = [
  ['a complete filing', complete],
  ['an empty draft', {}],
  ['a draft left in the middle', Object.fromEntries(Object.entries(complete).slice(0, 9))],
  [
    'texts that go on overleaf',
    { ...complete, purpose: '服务社区邻里。'.repeat(60), principalEmployer: '厂'.repeat(60) },
  ],
  [
    'twelve officers',
    { ...complete, officers: { done: true, rows: Array.from({ length: 12 }, () => ({ name: '覃美兰' })) } },
  ],
  [
    'text that looks like markup',
    { ...complete, purpose: '<w:p>&amp;]]></w:p>"\'', businessScope: '{{姓名}}{{#负责人名单}}{{/宗旨}}}}{{' },
  ],
  ['control characters', { ...complete, purpose: 'a\u0000\u0008b\ufffe\r\nc\td', principalName: '\ud800王' }],
  [
    'emoji and rare characters',
    { ...complete, purpose: '跳舞💃🏽👨‍👩‍👧', principalName: '𠮷䶮', organizationName: '㙍㛃队' },
  ],
  ['tags as words', { ...complete, purpose: '__proto__', principalPosition: 'constructor' }],
]
describe.each(sets)('with %s', (_, answers) => {
  test('the filled file says what the answers say, cell by cell', () => {
    const { bytes, values } = fill(answers)
    expect(() => assertMatches(bytes, initial, values)).not.toThrow()
  })

  test('the same answers give the same bytes', () => {
    expect(fill(answers).bytes.equals(fill(answers).bytes)).toBe(true)
  })
})

test('a file does not tell when it was made', () => {
  const years = Object.values(new PizZip(fill(complete).bytes).files).map(({ date }) => date.getFullYear())
  expect(new Set(years)).toEqual(new Set([2022]))
})

test('what a person types is printed and never taken for a tag', () => {
  const { rows } = fill({ ...complete, businessScope: '{{姓名}}{{#负责人名单}}' })
  expect(beside(rows, '业务范围')).toBe('{{姓名}}{{#负责人名单}}')
})

test('any text survives the way into the file and back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      (one, two) => {
        const { bytes, values } = fill({ purpose: one, principalHomeAddress: two })
        assertMatches(bytes, initial, values)
      },
    ),
    { numRuns: 25 },
  )
})

/** Changes the text of the filled file behind our back. */
const tamper = (bytes: Buffer, change: (xml: string) => string): Buffer => {
  const zip = new PizZip(bytes)
  const before = must(zip.file('word/document.xml')?.asText())
  const after = change(before)
  expect(after).not.toBe(before)
  zip.file('word/document.xml', after)
  return zip.generate({ type: 'nodebuffer' })
}

test.each([
  ['a changed value', '宗旨', (xml: string) => xml.replace('弘扬志愿精神', '弘扬志愿')],
  [
    'one wrong figure',
    '身份证号码',
    (xml: string) => xml.replace('450205190112010016', '450205190112010018'),
  ],
  ['a lost value', '籍贯', (xml: string) => xml.replace('广西柳州', '')],
  ['a value in another cell', '主要负责人姓名', (xml: string) => xml.replace('王秀英', '李建国')],
  ['a changed label', '印刷文字', (xml: string) => xml.replace('家庭住址', '住址')],
  ['a changed declaration', '印刷文字', (xml: string) => xml.replace('真实、准确', '基本真实')],
  ['a lost row', '姓名', (xml: string) => xml.replace(/<w:tr>(?:(?!<\/w:tr>).)*覃美兰.*?<\/w:tr>/s, '')],
  [
    'more at the end',
    '表格',
    (xml: string) => xml.replace('</w:body>', '<w:p><w:r><w:t>又</w:t></w:r></w:p></w:body>'),
  ],
])('%s is found and named without being repeated', (_, tag, change) => {
  const { bytes, values } = fill(complete)
  const tampered = tamper(bytes, change)
  const found = (() => {
    try {
      assertMatches(tampered, initial, values)
    } catch (error) {
      return error
    }
    return undefined
  })()
  expect(found).toBeInstanceOf(DocumentMismatch)
  expect((found as DocumentMismatch).message).not.toMatch(/王秀英|4502|柳州/)
  expect((found as DocumentMismatch).tag).toBe(tag)
})

test('a blank that was filled in is found', () => {
  const { values } = fill(complete)
  const bytes = fillWord(initial, { ...values, 备案编号: '1' })
  expect(() => assertMatches(bytes, initial, values)).toThrow(/备案编号/)
})
