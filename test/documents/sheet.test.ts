import PizZip from 'pizzip'
import { expect, test } from 'vitest'
import { makeDocument } from '../../src/documents/make.ts'
import { assertSheetMatches, makeSheet } from '../../src/documents/make-sheet.ts'
import { readSheet } from '../../src/documents/read-sheet.ts'
import { form, must, paper, templates, valuesOf } from './making.ts'
import { answersOf, complete, stubTypes } from './stub-types.ts'

const roster = paper('roster')

test('the roster sheet has title, name, count, header and a row a person, phones as text', async () => {
  const bytes = await makeSheet(roster, valuesOf('roster', complete))
  expect(await readSheet(bytes)).toMatchObject({
    type: 'rows',
    rows: [
      ['人员名册', '', '', '', '', ''],
      [`组织名称：${complete.organizationName}`, '', '', '', '', ''],
      ['人数：4', '', '', '', '', ''],
      ['序号', '姓名', '性别', '联系电话', '队内职务', '备注'],
      ['1', '王秀英', '女', '19900000001', '队长', ''],
      ['2', '李建国', '男', '19900000002', '副队长', ''],
      ['3', '覃美兰', '女', '19900000003', '', ''],
      ['4', '韦阿花', '', '', '', ''],
    ],
  })
})

test('a formula somebody gives as a name stays text', async () => {
  const values = valuesOf('roster', {
    roster: { done: true, rows: [{ name: '=HYPERLINK("x")', position: '+1' }] },
  })
  const bytes = await makeSheet(roster, values)
  await assertSheetMatches(bytes, roster, values)
  expect(must(new PizZip(bytes).file('xl/worksheets/sheet1.xml')?.asText())).not.toContain('<f>')
})

test('the sheet prints on A4 with its header on every page', async () => {
  const zip = new PizZip(await makeSheet(roster, valuesOf('roster', complete)))
  expect(must(zip.file('xl/workbook.xml')?.asText())).toContain(
    `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'人员名册'!$4:$4</definedName></definedNames>`,
  )
  const sheet = must(zip.file('xl/worksheets/sheet1.xml')?.asText())
  expect(sheet).toContain('<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>')
  expect(sheet).toContain('<pageSetUpPr fitToPage="1"/>')
})

test('the same roster gives the same bytes', async () => {
  const values = valuesOf('roster', complete)
  expect((await makeSheet(roster, values)).equals(await makeSheet(roster, values))).toBe(true)
})

test('a sheet that differs from its record is found', async () => {
  const values = valuesOf('roster', complete)
  const other = await makeSheet(
    roster,
    valuesOf('roster', { ...complete, organizationName: '明珠社区合唱队' }),
  )
  await expect(assertSheetMatches(other, roster, values)).rejects.toThrow(/标题/)
  const shorter = await makeSheet(
    roster,
    valuesOf('roster', { ...complete, roster: { done: true, rows: complete.roster.rows.slice(0, 3) } }),
  )
  await expect(assertSheetMatches(shorter, roster, values)).rejects.toThrow(/differs from its record/)
})

test.each([
  ['initial', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['roster', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['signing', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['roster', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
] as const)('the paper %s is made as %s, complete and empty', async (id, format, contentType) => {
  for (const answers of [complete, {}]) {
    const made = await makeDocument({
      form,
      paper: paper(id),
      format,
      answers: answersOf(answers),
      types: stubTypes,
      templates,
    })
    expect(made.contentType).toBe(contentType)
    expect(made.bytes.subarray(0, 2).toString()).toBe('PK')
  }
})
