import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutBytes, cutCharacters, linkLine, splitText } from '../../src/wecom/text.ts'

const lines = fc
  .array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 12 })
  .map((parts) => parts.join('\n'))

describe('splitting a text', () => {
  test('keeps what fits in one piece', () => {
    expect(splitText('一\n二', 7)).toEqual(['一\n二'])
  })

  test('breaks between lines', () => {
    expect(splitText('一二\n三四\n五六', 13)).toEqual(['一二\n三四', '五六'])
    expect(splitText('一二\n三四\n五六', 12)).toEqual(['一二', '三四', '五六'])
  })

  test('breaks inside a line only when the line is too long', () => {
    expect(splitText('一二三四五', 7)).toEqual(['一二', '三四', '五'])
  })

  test('never breaks a character of four bytes', () => {
    expect(splitText('𠮷𠮷𠮷', 9)).toEqual(['𠮷𠮷', '𠮷'])
    expect(splitText('a𠮷𠮷', 6)).toEqual(['a𠮷', '𠮷'])
  })

  test('has no piece for nothing', () => {
    expect(splitText('', 100)).toEqual([])
    expect(splitText('一\n\n\n\n', 4)).toEqual(['一'])
  })

  test('gives pieces within the limit that together are the text', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 4, max: 40 }), (text, limit) => {
        const pieces = splitText(text, limit)
        for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(limit)
        const visible = (shown: string) => shown.replace(/\s/g, '')
        expect(visible(pieces.join(''))).toBe(visible(text))
      }),
    )
  })
})

test('a cut text has at most so many bytes, ends in … and is whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 8, max: 30 }), (text, limit) => {
      const cut = cutBytes(text, limit)
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit)
      if (cut !== text) expect(text.startsWith(cut.slice(0, -1))).toBe(true)
      expect(Buffer.from(cut).toString()).toBe(cut)
    }),
  )
  expect(cutBytes('一二三四', 9)).toBe('一二…')
})

test('a cut title counts characters, not code units', () => {
  expect(cutCharacters('𠮷一二三', 4)).toBe('𠮷一二三')
  expect(cutCharacters('𠮷一二三四', 4)).toBe('𠮷一二…')
})

describe('a link to a document', () => {
  test('is Markdown for the robot and an anchor for the app', () => {
    expect(linkLine('robot', '备案申请表.docx', 'https://a.example/f/1')).toBe(
      '[备案申请表.docx](https://a.example/f/1)',
    )
    expect(linkLine('app', '备案申请表.docx', 'https://a.example/f/1')).toBe(
      '<a href="https://a.example/f/1">备案申请表.docx</a>',
    )
  })

  test('cannot be broken out of by its name or its address', () => {
    expect(linkLine('robot', 'a](b)[c\nd', 'https://a.example/(1) 2')).toBe(
      '[a］(b)［c d](https://a.example/%281%29%202)',
    )
    expect(linkLine('app', '<b>"a', 'https://a.example/"><script>')).toBe(
      '<a href="https://a.example/%22%3E%3Cscript%3E">＜b＞"a</a>',
    )
  })
})
