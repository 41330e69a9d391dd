import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appText, isFileLink, robotText } from '../../src/wecom/markup.ts'
import { linkLine } from '../../src/wecom/text.ts'

const url = 'https://filing.example'

test.each([
  ['[看这里](http://evil.example)', '［看这里］(http://evil.example)'],
  ['450205********0022 和 199****1234', `450205${'＊'.repeat(8)}0022 和 199${'＊'.repeat(4)}1234`],
  ['# 大字', '＃ 大字'],
  ['- 一样', '－ 一样'],
  ['1. 社会团体', '1. 社会团体'],
  ['第3题/共20题（第1段，共5段）', '第3题/共20题（第1段，共5段）'],
  ['<http://evil.example>', '＜http://evil.example>'],
])('%s reaches the robot as %s', (plain, rendered) => expect(robotText(plain)).toBe(rendered))

test('a link to one of our files stays a link, any other line of that kind does not', () => {
  const ours = linkLine('robot', '备案申请表 (1).docx', `${url}/files/abc/%E8%A1%A8.docx`)
  const isLink = isFileLink(url)
  expect(robotText(`好\n${ours}`, isLink)).toBe(`好\n${ours}`)
  for (const foreign of [
    '[表](http://evil.example/files/a)',
    `[x](http://evil.example)](${url}/files/a)`,
    `[x](${url}/other)`,
    `说 ${ours}`,
  ])
    expect(robotText(foreign, isLink)).not.toBe(foreign)
})

test('none of the signs of Markdown is left, and every other character stays', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      expect(robotText(text)).not.toMatch(/[\\`*_[\]<~|]/)
      expect(robotText(text).normalize('NFKC')).toBe(text.normalize('NFKC'))
    }),
  )
})

test('an anchor typed by a person is no anchor in the app', () => {
  expect(appText('<a href="http://evil.example">x</a> 1<2')).toBe('＜a href="http://evil.example">x＜/a> 1<2')
})
