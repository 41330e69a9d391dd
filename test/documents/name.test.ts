import { expect, test } from 'vitest'
import { documentName } from '../../src/documents/name.ts'
import { pack } from './making.ts'

const name = (organization: string, format: 'docx' | 'xlsx' = 'docx') =>
  documentName('备案申请表', organization, '2026-11-23', format, pack.jurisdiction)

test.each([
  ['柳州市柳北区解放街道明珠社区夕阳红志愿服务队', '【备案申请表】明珠社区夕阳红志愿服务队_20261123.docx'],
  ['柳州市柳北区沙塘镇古灵村红白理事会', '【备案申请表】古灵村红白理事会_20261123.docx'],
  ['明珠社区夕阳红志愿服务队', '【备案申请表】明珠社区夕阳红志愿服务队_20261123.docx'],
  ['', '【备案申请表】20261123.docx'],
  ['../../etc/pass:wd\u0000\u202e?', '【备案申请表】....etcpasswd_20261123.docx'],
])('the file of %j is called %j', (organization, expected) => {
  expect(name(organization)).toBe(expected)
})

test('a very long name is shortened by whole characters', () => {
  expect(name('𠮷'.repeat(100), 'xlsx')).toBe(`【备案申请表】${'𠮷'.repeat(40)}_20261123.xlsx`)
})
