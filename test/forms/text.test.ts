import { describe, expect, test } from 'vitest'
import { toChinesePunctuation } from '../../src/forms/field-types/text.ts'
import { context, field, idOf, pack, read, tell, types } from './liubei.ts'

describe('a line of text', () => {
  test.each([
    ['principalPosition', '队长', 'clear 队长'],
    ['principalPosition', '我是队长', 'clear 队长'],
    ['principalPosition', '职务：队长', 'clear 队长'],
    ['principalPosition', '常务副会长兼秘书长', 'clear 常务副会长兼秘书长'],
    ['principalNativePlace', '广西柳州', 'clear 广西柳州'],
    ['principalNativePlace', '籍贯是广西柳州', 'clear 广西柳州'],
    ['principalNativePlace', '我是湖南过来的', 'clear 湖南'],
    ['principalNativePlace', '本地人', 'impossible 请说得具体一点：老家是哪个省、哪个市县。'],
    ['principalNativePlace', '我是广西柳州的', 'clear 广西柳州'],
    ['principalNativePlace', '老家是湖南', 'clear 湖南'],
    ['principalOtherPosts', '没有别的职务了', 'clear 无'],
    ['principalHomeAddress', '就在社区里面', 'doubtful 社区里面'],
    ['principalHomeAddress', '不方便说', 'unlike'],
    ['principalNativePlace', '广西　柳州。', 'clear 广西 柳州'],
    ['principalEmployer', '柳州钢铁厂退休', 'clear 柳州钢铁厂退休'],
    ['principalEmployer', '退休了', 'clear 退休'],
    ['principalEmployer', '没有', 'clear 无'],
    ['principalEmployer', '无', 'clear 无'],
    ['principalOtherPosts', '没有', 'clear 无'],
    ['principalOtherPosts', '3栋楼长,业委会委员', 'clear 3栋楼长，业委会委员'],
    [
      'principalHomeAddress',
      '柳州市柳北区跃进路58号3栋2单元501室',
      'clear 柳州市柳北区跃进路58号3栋2单元501室',
    ],
    ['principalHomeAddress', '家庭住址：跃进路58号', 'clear 跃进路58号'],
    [
      'principalPosition',
      '一二三四五六七八九十一二三四五六七八九十长',
      'impossible 太长了，最多20个字，请说短一点',
    ],
    ['principalPosition', '嗯，那个，队长。', 'clear 队长'],
    ['principalPosition', '队长呗', 'clear 队长'],
    ['principalPosition', '就是个队长吧', 'clear 队长'],
    ['principalNativePlace', '桂林的', 'clear 桂林'],
    ['principalOtherPosts', '冇得', 'clear 无'],
    ['contactPosition', '李建国 副队长 党员', 'doubtful 副队长'],
    ['contactPosition', '没有职务', 'doubtful 无'],
    ['principalOtherPosts', '冇', 'clear 无'],
    ['principalOtherPosts', '没有职务', 'clear 无'],
    ['principalNativePlace', '柳州人', 'clear 柳州'],
    ['principalNativePlace', '老家湖南', 'clear 湖南'],
    ['principalNativePlace', '我是湖南那边的', 'clear 湖南'],
    ['principalNativePlace', '没有', 'impossible 这一格要填，不能写“没有”'],
    ['principalEmployer', '柳州人民医院的工人', 'clear 柳州人民医院的工人'],
    ['principalHomeAddress', '1', 'impossible 只有数字看不懂，请用文字说'],
    ['principalHomeAddress', '同上', 'impossible 这一格要单独写，请直接说出来'],
    ['principalHomeAddress', '跟活动地方一样', 'impossible 这一格要单独写，请直接说出来'],
    ['principalPosition', '19900001234', 'unlike'],
    ['principalEmployer', '199 0000 1234', 'unlike'],
  ])('%s 「%s」 → %s', (id, text, expected) => {
    expect(tell(id, text)).toBe(expected)
  })

  test('an answer that points to another one is copied only where the form says so, and read back', () => {
    const values = { venue: { address: '跃进路58号', area: 80 }, principalPhone: '19900001234' }
    expect(tell('principalHomeAddress', '跟活动场所一样', values)).toBe('doubtful 跃进路58号')
    expect(tell('contactPhone', '和负责人的一样', values)).toBe('doubtful 19900001234')
    expect(tell('principalHomeAddress', '跟负责人一样', values)).toMatch(/^impossible/)
  })

  test('an identity number answers another question', () => {
    expect(tell('principalEmployer', idOf('1903-04-12'))).toBe('unlike')
    expect(tell('purpose', `我的是${idOf('1903-04-12')}`)).toBe('unlike')
  })

  test('control characters and zero-width signs are gone', () => {
    expect(tell('principalEmployer', '柳州\u200b钢铁\u0007厂\u202e退休')).toBe('clear 柳州钢铁厂退休')
  })
})

describe('sentences', () => {
  test.each([
    ['组织广场舞排练;参加社区文艺演出', '组织广场舞排练；参加社区文艺演出'],
    ['组织排练,参加演出.', '组织排练，参加演出。'],
    ['组织排练\n参加演出\r\n慰问老人', '组织排练；参加演出；慰问老人'],
    ['组织排练。\n参加演出。', '组织排练。参加演出。'],
    ['  每周2次   排练  ', '每周2次 排练'],
    ['业务范围：组织排练', '组织排练'],
    [
      '学习如何使用手机，怎么防诈骗，还有组织居民开展健康向上的文体活动，丰富社区文化生活',
      '学习如何使用手机，怎么防诈骗，还有组织居民开展健康向上的文体活动，丰富社区文化生活',
    ],
  ])('「%s」 → 「%s」', (text, value) => {
    expect(read('businessScope', text)).toEqual({ type: 'clear', value })
  })

  test('a word or two may have been meant for another question', () => {
    expect(read('businessScope', '王秀英')).toMatchObject({ type: 'doubtful', value: '王秀英' })
  })

  test.each(['1', '5', '嗯', '。'])('「%s」 is no sentence', (text) => {
    expect(read('purpose', text).type).toBe('unlike')
  })

  test('what is longer than allowed is refused with the limit', () => {
    expect(read('purpose', '舞'.repeat(2000)).type).toBe('clear')
    expect(tell('purpose', '舞'.repeat(2001))).toBe('impossible 太长了，最多2000个字，请说短一点')
  })
})

test('times and thousands keep their signs', () => {
  expect(toChinesePunctuation('每天19:30开始,共1,200人(含儿童)')).toBe('每天19:30开始，共1,200人（含儿童）')
})

describe('an address is shown without its number', () => {
  test.each([
    ['柳州市柳北区跃进路58号3栋2单元501室', '柳州市柳北区****'],
    ['跃进路58号', '跃进路****'],
    ['58号', '****'],
    ['雅儒街道八一路3号', '雅儒街道****'],
  ])('%s → %s', (value, shown) => {
    expect(types.text.show(value, field('principalHomeAddress'))).toBe(shown)
  })
})

test.each([
  ['principalPosition', '王秀英，副队长，党员', '副队长'],
  ['principalPosition', '我是秘书长，退休了', '秘书长'],
  ['principalEmployer', '王秀英，退休了，党员', '退休'],
  ['principalEmployer', '王秀英，柳钢退休工人，党员', '柳钢退休工人'],
  ['principalOtherPosts', '王秀英，无，党员', undefined],
  ['principalNativePlace', '王秀英，广西柳州', undefined],
])('%s in 「%s」 is %s', (id, text, value) => {
  const found = types.text.find?.(text, field(id), context())
  expect(found && 'value' in found.reading ? found.reading.value : undefined).toBe(value)
})

test.each([
  ['还剩500块，大家平分了', 'doubtful'],
  ['无债权债务，剩余的钱分给成员', 'doubtful'],
  ['无债权债务，剩余的钱没有分给成员', 'clear'],
  ['无债权债务，音响捐给明珠社区', 'clear'],
])('「%s」 of the settlement is %s', (text, kind) => {
  const settlement = pack.forms.flatMap(({ fields }) => fields).find(({ id }) => id === 'settlement')!
  expect(types.longText.read(text, settlement, context()).type).toBe(kind)
})
