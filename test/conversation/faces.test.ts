import { expect, test } from 'vitest'
import { withoutFaces } from '../../src/conversation/faces.ts'

test.each([
  ['好的[呲牙][OK]', '好的'],
  ['[玫瑰]夕阳红舞蹈队', '夕阳红舞蹈队'],
  ['为[困难家庭]服务', '为[困难家庭]服务'],
  ['[动画表情]', ''],
  ['[呲牙] [新表情]', ' '],
  ['[ABC]小组', '[ABC]小组'],
  ['[see here](http://example.com)', '[see here](http://example.com)'],
])('“%s” without faces is “%s”', (text, expected) => {
  expect(withoutFaces(text)).toBe(expected)
})
