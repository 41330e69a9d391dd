import { describe, expect, test } from 'vitest'
import { choiceLines } from '../../src/forms/field-types/choice.ts'
import { context, field, read, tell, types } from './liubei.ts'

describe('组织类别', () => {
  test.each([
    ['1', 'clear 社会团体'],
    ['１', 'clear 社会团体'],
    ['①', 'clear 社会团体'],
    ['2️⃣', 'clear 民办非企业单位'],
    ['嗯，那个，2', 'clear 民办非企业单位'],
    ['社团呗', 'clear 社会团体'],
    ['一', 'clear 社会团体'],
    ['壹', 'clear 社会团体'],
    ['第一个', 'clear 社会团体'],
    ['第1种', 'clear 社会团体'],
    ['选1', 'clear 社会团体'],
    ['我选第二个', 'clear 民办非企业单位'],
    ['2吧', 'clear 民办非企业单位'],
    ['2。', 'clear 民办非企业单位'],
    ['（2）', 'clear 民办非企业单位'],
    ['A', 'clear 社会团体'],
    ['我觉得是第二种', 'clear 民办非企业单位'],
    ['社会团体（大家一起活动的队伍）', 'clear 社会团体'],
    ['2. 民办非企业单位（专门提供服务的小机构）', 'clear 民办非企业单位'],
    ['b', 'clear 民办非企业单位'],
    ['社会团体', 'clear 社会团体'],
    ['1 社会团体', 'clear 社会团体'],
    ['1.社会团体', 'clear 社会团体'],
    ['我们是社团', 'clear 社会团体'],
    ['民非', 'clear 民办非企业单位'],
    ['非企业', 'clear 民办非企业单位'],
    ['不是民非，是社团', 'clear 社会团体'],
    ['1 民非', 'ambiguous 社会团体/民办非企业单位'],
    ['社团或者民非', 'ambiguous 社会团体/民办非企业单位'],
    ['3', 'impossible 只有1到2，请选一个'],
    ['0', 'impossible 只有1到2，请选一个'],
    ['不是社团', 'impossible 请从下面选一个'],
    ['社会团题', 'doubtful 社会团体'],
    ['王秀英', 'unlike'],
    ['社团是什么', 'unlike'],
    ['明珠社区', 'unlike'],
  ])('「%s」 → %s', (text, expected) => {
    expect(tell('organizationCategory', text)).toBe(expected)
  })
})

describe('政治面貌', () => {
  test.each([
    ['党员', 'clear 中共党员'],
    ['老党员', 'clear 中共党员'],
    ['我是党员', 'clear 中共党员'],
    ['入了党的', 'clear 中共党员'],
    ['群众', 'clear 群众'],
    ['群仲', 'doubtful 群众'],
    ['啥也不是', 'clear 群众'],
    ['什么都不是', 'clear 群众'],
    ['没入党', 'clear 群众'],
    ['没有入党', 'clear 群众'],
    ['1985年入的党', 'clear 中共党员'],
    ['没有', 'doubtful 群众'],
    ['无', 'clear 群众'],
    ['团员', 'clear 共青团员'],
    ['预备党员', 'clear 中共预备党员'],
    ['中共预备党员', 'clear 中共预备党员'],
    ['预备', 'doubtful 中共预备党员'],
    ['积极分子', 'doubtful 群众'],
    ['我是入党积极分子', 'doubtful 群众'],
    ['民盟', 'clear 民盟盟员'],
    ['九三', 'clear 九三学社社员'],
    ['不是党员', 'impossible 请从下面选一个'],
    ['不是群众', 'impossible 请从下面选一个'],
    ['党员或者团员', 'ambiguous 中共党员/共青团员'],
    ['13', 'clear 台盟盟员'],
    ['十三', 'clear 台盟盟员'],
    ['14', 'impossible 只有1到13，请选一个'],
    ['要不要是党员', 'unlike'],
  ])('「%s」 → %s', (text, expected) => {
    expect(tell('principalPolitical', text)).toBe(expected)
  })
})

describe('文化程度', () => {
  test.each([
    ['小学毕业', 'clear 小学'],
    ['高小', 'clear 小学'],
    ['初中', 'clear 初中'],
    ['初中文化', 'clear 初中'],
    ['高中毕业', 'clear 高中'],
    ['中师', 'clear 中专（技校、职高）'],
    ['技校', 'clear 中专（技校、职高）'],
    ['大专', 'clear 大专'],
    ['大学本科', 'clear 本科'],
    ['大学', 'ambiguous 大专/本科'],
    ['函授', 'ambiguous 大专/本科'],
    ['夜大', 'ambiguous 大专/本科'],
    ['函授大专', 'clear 大专'],
    ['中学', 'ambiguous 初中/高中'],
    ['硕士', 'clear 研究生'],
    ['没读过书', 'clear 其他'],
  ])('「%s」 → %s', (text, expected) => {
    expect(tell('principalEducation', text)).toBe(expected)
  })
})

test.each([
  ['是', 'yes'],
  ['是的', 'yes'],
  ['对', 'yes'],
  ['就是本人', 'yes'],
  ['就是我', 'yes'],
  ['我自己', 'yes'],
  ['1', 'yes'],
  ['不是', 'no'],
  ['不', 'no'],
  ['不是本人', 'no'],
  ['另有其人', 'no'],
  ['是别人', 'no'],
])('联系人: 「%s」 means %s', (text, value) => {
  expect(read('contactIsPrincipal', text)).toEqual({ type: 'clear', value })
})

test('the lines of a choice are numbered and carry the hint', () => {
  expect(choiceLines(field('organizationCategory'))).toEqual([
    '1. 社会团体（大家一起活动的队伍）',
    '2. 民办非企业单位（专门提供服务的小机构）',
  ])
})

test('in a longer message only a word that stands alone is taken', () => {
  const asked = field('principalPolitical')
  expect(types.choice.find?.('王秀英，电话见群，党员', asked, context())).toMatchObject({
    reading: { type: 'clear', value: 'cpcMember' },
    matched: '党员',
  })
  expect(types.choice.find?.('我们队里党员很多', asked, context())).toBeUndefined()
  expect(types.choice.find?.('是', field('contactIsPrincipal'), context())).toBeUndefined()
})
