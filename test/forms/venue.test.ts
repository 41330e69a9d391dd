import { describe, expect, test } from 'vitest'
import { context, field, read, tell, types } from './liubei.ts'

test.each([
  ['跃进路58号社区活动室，80平方米', 'clear 跃进路58号社区活动室，80平方米'],
  ['跃进路58号社区活动室 80平', 'clear 跃进路58号社区活动室，80平方米'],
  ['跃进路58号活动室80㎡', 'clear 跃进路58号活动室，80平方米'],
  ['跃进路58号活动室，面积80平方', 'clear 跃进路58号活动室，80平方米'],
  ['跃进路58号活动室（80平米）', 'clear 跃进路58号活动室，80平方米'],
  ['80平方米，跃进路58号活动室', 'clear 跃进路58号活动室，80平方米'],
  ['我们在跃进路58号活动室，有80个平方', 'clear 跃进路58号活动室，80平方米'],
  ['地址跃进路58号，面积120.5m2', 'clear 跃进路58号，120.5平方米'],
  ['跃进路五十八号活动室，一百二十平方米', 'clear 跃进路五十八号活动室，120平方米'],
  ['跃进路58号3栋2楼，八十平', 'clear 跃进路58号3栋2楼，80平方米'],
  ['人民广场，1,200平方米', 'clear 人民广场，1200平方米'],
  ['跃进路58号活动室，两百来平', 'doubtful 跃进路58号活动室，约200平方米'],
  ['跃进路58号活动室，大概80平方米', 'doubtful 跃进路58号活动室，约80平方米'],
  ['跃进路58号活动室，80平左右', 'doubtful 跃进路58号活动室，约80平方米'],
  ['雅莲小学操场，一亩', 'doubtful 雅莲小学操场，约667平方米'],
  ['社区活动室，20乘10米', 'doubtful 社区活动室，200平方米'],
  ['社区活动室，长20米，宽10米', 'doubtful 社区活动室，200平方米'],
  ['跃进路58号活动室，80', 'doubtful 跃进路58号活动室，80平方米'],
  ['跃进路58号活动室，三四十平', 'impossible 面积要一个数，请说一个大概的，比如80平方米'],
  ['跃进路58号活动室80-100平方米', 'impossible 面积要一个数，请说一个大概的，比如80平方米'],
  ['跃进路58号活动室，八十到一百平', 'impossible 面积要一个数，请说一个大概的，比如80平方米'],
  ['跃进路58号活动室，80平或者100平', 'impossible 面积要一个数，请说一个大概的，比如80平方米'],
  ['跃进路58-3号活动室，80平方米', 'clear 跃进路58-3号活动室，80平方米'],
  ['跃进路58号一亩地', 'doubtful 跃进路58号，约667平方米'],
  ['跃进路58号后面三分地', 'doubtful 跃进路58号后面，约200平方米'],
  ['跃进路58号，一亩三分地', 'doubtful 跃进路58号，约867平方米'],
  ['人民广场，一亩多地', 'doubtful 人民广场，约667平方米'],
  ['跃进路58号，80平方米地下室', 'clear 跃进路58号，地下室，80平方米'],
  ['跃进路58号，一亩半', 'doubtful 跃进路58号，约1000平方米'],
  ['跃进路58号活动室面积80', 'doubtful 跃进路58号活动室，80平方米'],
  ['嗯，那个，跃进路58号活动室，80平方米吧', 'doubtful 跃进路58号活动室，约80平方米'],
  ['跃进路18号网吧', 'clear 跃进路18号网吧'],
  ['跃进路58号社区二楼活动室八十六点五平方米', 'clear 跃进路58号社区二楼活动室，86.5平方米'],
  ['跃进路58号一楼那个活动室大概百把平方', 'doubtful 跃进路58号一楼那个活动室，约100平方米'],
  ['同上', 'impossible 这一格要单独写，请直接说出来'],
  ['跃进路58号活动室，0平方米', 'impossible 面积不对，请再说一遍'],
  ['跃进路58号活动室', 'clear 跃进路58号活动室'],
  ['80平方米', 'clear 80平方米'],
  ['人民公园，没有量过', 'clear 人民公园'],
  ['雅莲小学操场，半亩', 'doubtful 雅莲小学操场，约333平方米'],
  ['没有固定场所', 'impossible 表上要写一个地方。常去哪里就写哪里，比如社区活动室、广场'],
  ['19900001234', 'unlike'],
  ['不知道', 'unlike'],
  ['58', 'unlike'],
  ['那就80吧', 'unlike'],
  ['场地要多大才行', 'unlike'],
])('「%s」 → %s', (text, expected) => {
  expect(tell('venue', text)).toBe(expected)
})

describe('given in two messages', () => {
  const asked = field('venue')
  const merge = (value: object, text: string) => types.venue.merge?.(value, text, asked, context())

  test('the half that is missing is asked for', () => {
    expect(types.venue.missing?.({ address: '跃进路58号' }, asked)).toBe('场地大概多少平方米？')
    expect(types.venue.missing?.({ area: 80 }, asked)).toBe('活动场所的地址在哪里？')
    expect(types.venue.missing?.({ address: '跃进路58号', area: 80 }, asked)).toBeUndefined()
  })

  test.each([
    [{ address: '跃进路58号' }, '80', { type: 'clear', value: { address: '跃进路58号', area: 80 } }],
    [{ address: '跃进路58号' }, '八十', { type: 'clear', value: { address: '跃进路58号', area: 80 } }],
    [{ address: '跃进路58号' }, '80平方米', { type: 'clear', value: { address: '跃进路58号', area: 80 } }],
    [{ area: 80 }, '跃进路58号', { type: 'clear', value: { address: '跃进路58号', area: 80 } }],
    [
      { address: '跃进路58号' },
      '80到100',
      { type: 'impossible', because: '面积要一个数，请说一个大概的，比如80平方米' },
    ],
    [{ address: '跃进路58号' }, '还没量过呢，不晓得呢？', { type: 'unlike' }],
  ])('%j and 「%s」', (value, text, expected) => {
    expect(merge(value, text)).toEqual(expected)
  })

  test('a rough area is proposed back', () => {
    expect(merge({ address: '跃进路58号' }, '两百来平')).toMatchObject({
      type: 'doubtful',
      value: { address: '跃进路58号', area: 200, about: true },
    })
  })

  test('the question itself completes a value that was stored by half', () => {
    expect(read('venue', '80', { venue: { address: '跃进路58号' } })).toEqual({
      type: 'clear',
      value: { address: '跃进路58号', area: 80 },
    })
  })
})

test.each([
  ['我叫王秀英，跃进路58号活动室，80平方米，电话199 0000 1234', '跃进路58号活动室,80平方米'],
  ['跃进路58号活动室80平', '跃进路58号活动室80平'],
  ['王秀英，80平方米', undefined],
  ['跃进路58号', undefined],
  ['跃进路58号活动室，80', undefined],
])('in 「%s」 the place to meet is %s', (text, matched) => {
  expect(types.venue.find?.(text, field('venue'), context())?.matched).toBe(matched)
})

test('address and area are printed together and apart', () => {
  expect(types.venue.print({ address: '跃进路58号', area: 200, about: true }, field('venue'))).toEqual({
    '': '跃进路58号，约200平方米',
    address: '跃进路58号',
    area: '约200平方米',
  })
})
