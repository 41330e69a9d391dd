import { expect, test } from 'vitest'
import { withoutFillers } from '../../src/forms/fillers.ts'

test.each([
  ['嗯，那个，队长。', '队长。'],
  ['嗯那个队长', '队长'],
  ['呃…就是，李建国', '李建国'],
  ['队长呗', '队长'],
  ['跃进社区吧', '跃进社区'],
  ['跃进路18号网吧', '跃进路18号网吧'],
  ['35个吧', '35个吧'],
  ['额尔敦', '额尔敦'],
  ['那英', '那英'],
  ['嗯', '嗯'],
  ['嗯，好的', '好的'],
  ['备案要干嘛', '备案要干嘛'],
  ['那个社区要交钱吗', '那个社区要交钱吗'],
])('“%s” is “%s”', (said, meant) => {
  expect(withoutFillers(said)).toBe(meant)
})
