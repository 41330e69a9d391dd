import { expect, test } from 'vitest'
import { documentName } from '../../src/filings/document-name.ts'

test.each([
  ['明珠社区夕阳红志愿服务队', '【备案申请表】明珠社区夕阳红志愿服务队_20261123.docx'],
  [undefined, '【备案申请表】20261123.docx'],
  ['../../etc/pass:wd\u0000\u202e?', '【备案申请表】....etcpasswd_20261123.docx'],
])('the file of %j is called %j', (organization, expected) => {
  expect(documentName('备案申请表', organization, '2026-11-23', 'docx')).toBe(expected)
})

test('a very long name is shortened by whole characters', () => {
  expect(documentName('人员名册', '𠮷'.repeat(100), '2026-11-23', 'xlsx')).toBe(
    `【人员名册】${'𠮷'.repeat(40)}_20261123.xlsx`,
  )
})
