import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, printable, widthOf } from '../../src/documents/printable.ts'

test.each([
  ['a\u0000b\u0007c', 'abc'],
  ['一\r\n二\r三\u2028四', '一\n二\n三\n四'],
  ['王\u202e秀英\u200b', '王秀英'],
  ['half \ud83d of a pair', 'half  of a pair'],
  ['  𠮷野\t队👨‍👩‍👧  ', '𠮷野 队👨‍👩‍👧'],
  ['<b>&amp;{{姓名}}', '<b>&amp;{{姓名}}'],
])('what cannot be printed is left out of %j', (text, expected) => {
  expect(printable(text)).toBe(expected)
})

test('a text that fits is not touched', () => {
  expect(cut('退休', 2)).toBe('退休')
  expect(cut('1234', 2)).toBe('1234')
})

test('a text that is too long ends with a whole sentence and says where it goes on', () => {
  expect(cut('组织排练；参加演出；开展联谊活动。', 15)).toBe('组织排练；参加演出；（见附页）')
})

test.each([
  ['跃进路58号老年活动中心二楼，还有门前的小广场，260平方米', 22, '跃进路58号老年活动中心二楼，（见附页）'],
  ['跃进路58号社区老年人日间照料中心二楼', 15, '跃进路58号社区老年人（见附页）'],
  [
    '老年人日间照料中心二楼东头的多功能活动室和门前广场、停车场',
    26,
    '老年人日间照料中心二楼东头的多功能活动室（见附页）',
  ],
  ['跃进路老年活动中心1258号房间及旁边', 16, '跃进路老年活动中心（见附页）'],
])('without a sentence that ends in time %s ends with a clause or a word', (text, fits, expected) => {
  expect(cut(text, fits)).toBe(expected)
})

test('a word longer than the room ends with a whole character', () => {
  expect(cut('a'.repeat(40), 10)).toBe('aaaaaaaaaa（见附页）')
  expect(cut('👨‍👩‍👧'.repeat(9), 9)).toMatch(/^(👨‍👩‍👧)*（见附页）$/u)
})

test('whatever is cut fits and is the beginning of the whole', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.integer({ min: 5, max: 40 }),
      (text, fits) => {
        const short = cut(text, fits)
        if (short === text) return
        expect(widthOf(short)).toBeLessThanOrEqual(fits)
        expect(short.endsWith('（见附页）')).toBe(true)
        expect(text.startsWith(short.slice(0, -'（见附页）'.length))).toBe(true)
      },
    ),
  )
})
