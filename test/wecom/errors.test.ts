import { describe, expect, test } from 'vitest'
import { fileNameOf } from '../../src/wecom/content-disposition.ts'
import { handlingOf, WecomError } from '../../src/wecom/errors.ts'
import { isPublicAddress } from '../../src/wecom/public-address.ts'

describe('an error code', () => {
  test.each([
    [40014, 'A'],
    [42001, 'A'],
    [40001, 'A'],
    [-1, 'B'],
    [45033, 'B'],
    [45009, 'C'],
    [81013, 'D'],
    [60111, 'D'],
    [40058, 'E'],
    [45002, 'E'],
    [60020, 'F'],
    [48006, 'F'],
    [987654, 'E'],
  ] as const)('%i is handled as %s', (errcode, handling) => {
    expect(new WecomError(errcode, '').handling).toBe(handling)
  })

  test('40001 while fetching a token is for the operator, not to be tried again', () => {
    expect(handlingOf(40001, 'gettoken')).toBe('F')
  })
})

test.each([
  [
    'not allow to access from your ip, hint: [17], from ip: 203.0.113.7, more info at https://x',
    'not allow to access from your ip',
  ],
  ['invalid credential, from ip: 203.0.113.7', 'invalid credential'],
  ['bad access_token=abc.def&corpsecret=xyz', 'bad access_token=…&corpsecret=…'],
  [`${'x'.repeat(300)}`, 'x'.repeat(200)],
  ['', ''],
])('the words "%s" are told without address and secrets', (errmsg, told) => {
  expect(new WecomError(1, errmsg).errmsg).toBe(told)
})

test.each([
  ["attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C.xlsx", '名册.xlsx'],
  [`attachment; filename="x.xlsx"; filename*=utf-8'zh'%E5%90%8D.xlsx`, '名.xlsx'],
  ['attachment; filename="%E5%90%8D.docx"', '名.docx'],
  [`attachment; filename="${Buffer.from('名册.docx').toString('latin1')}"`, '名册.docx'],
  ['attachment; filename=plain.pdf', 'plain.pdf'],
  ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
  ['attachment; filename="100%.pdf"', '100%.pdf'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ["attachment; filename*=UTF-8''..%5C..%5Cboot.ini", 'boot.ini'],
  ["attachment; filename*=UTF-8''a%00%0Ab%E2%80%AEc.pdf", 'abc.pdf'],
  ["attachment; filename*=UTF-8''%FF.pdf", undefined],
  ['attachment; filename=".."', undefined],
  ['attachment', undefined],
  [undefined, undefined],
])('the name in %s is %s', (header, name) => {
  expect(fileNameOf(header)).toBe(name)
})

test.each('8.8.8.8 93.184.216.34 2606:4700::1111 172.32.0.1 100.128.0.1'.split(' '))(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

const closed =
  '127.0.0.1 10.1.2.3 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 198.18.0.1 :: ::1 ::ffff:10.0.0.1 fe80::1 fc00::1 64:ff9b::a00:1 2002:a00:1:: 2001:db8::1 ff02::1 localhost'

test.each(closed.split(' '))('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})
