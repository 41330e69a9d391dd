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

test('a long text without a sentence ends with a whole character', () => {
  expect(cut('柳州市柳北区解放街道办事处退休职工', 10)).toBe('柳州市柳北（见附页）')
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
