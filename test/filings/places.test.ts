import { describe, expect, test } from 'vitest'
import { allPlaces, findPlaces, placeByCode } from '../../src/filings/places.ts'
import { context, field, pack, tell, types } from '../forms/liubei.ts'

const places = allPlaces(pack.jurisdiction)

test('every street, town, community and village is found by its own name', () => {
  expect(places).toHaveLength(110)
  for (const place of places) {
    expect(findPlaces(place.name, pack.jurisdiction).map(({ code }) => code)).toEqual([place.code])
    expect(findPlaces(`我们在${place.name}那边`, pack.jurisdiction).map(({ code }) => code)).toEqual([
      place.code,
    ])
  }
})

test('every community is found under its street, and by the name of its committee', () => {
  for (const place of places.filter(({ committee }) => committee)) {
    for (const said of [
      `${place.street.name}${place.name}`,
      `柳州市柳北区${place.street.name}${place.name}`,
      place.committee!,
      `${place.name}${place.kind === 'community' ? '居委会' : '村委会'}`,
    ]) {
      expect([said, ...findPlaces(said, pack.jurisdiction).map(({ name }) => name)]).toEqual([
        said,
        place.name,
      ])
    }
  }
})

test('a place has the right words by kind', () => {
  expect(placeByCode('450205001008', pack.jurisdiction)).toEqual({
    code: '450205001008',
    name: '明珠社区',
    kind: 'community',
    street: { code: '450205001000', name: '解放街道' },
    committee: '明珠社区居民委员会',
    authority: '解放街道办事处',
  })
  expect(placeByCode('450205101203', pack.jurisdiction)).toMatchObject({
    name: '郭村',
    committee: '郭村村民委员会',
    authority: '沙塘镇人民政府',
  })
  expect(placeByCode('999999999999', pack.jurisdiction)).toBeUndefined()
})

describe('活动地域', () => {
  test.each([
    // as people say it
    ['明珠', 'clear 明珠社区'],
    ['明珠社区', 'clear 明珠社区'],
    ['明珠社区。', 'clear 明珠社区'],
    ['明珠 社区', 'clear 明珠社区'],
    ['解放街道明珠社区', 'clear 明珠社区'],
    ['解放明珠', 'clear 明珠社区'],
    ['柳州市柳北区解放街道明珠社区', 'clear 明珠社区'],
    ['我们在明珠那边', 'clear 明珠社区'],
    ['在明珠社区活动', 'clear 明珠社区'],
    ['活动地域：明珠社区', 'clear 明珠社区'],
    ['明珠社区居委会', 'clear 明珠社区'],
    ['明珠居委会', 'clear 明珠社区'],
    ['古灵村委会', 'clear 古灵村'],
    ['和兴园', 'clear 和兴园社区'],
    // same stem, two bodies
    ['雅莲', 'ambiguous 雅莲社区/雅莲村'],
    ['我们在雅莲那边', 'ambiguous 雅莲社区/雅莲村'],
    ['雅莲社区', 'clear 雅莲社区'],
    ['雅莲村', 'clear 雅莲村'],
    ['雅儒街道雅莲', 'clear 雅莲社区'],
    ['锦绣街道雅莲', 'clear 雅莲村'],
    ['锦绣雅莲', 'clear 雅莲村'],
    ['白沙', 'ambiguous 白沙社区/白沙村'],
    ['锦绣街道白沙', 'ambiguous 白沙社区/白沙村'],
    ['白沙村', 'clear 白沙村'],
    ['石碑坪', 'ambiguous 石碑坪镇/石碑坪社区/石碑坪村'],
    ['石碑坪村', 'clear 石碑坪村'],
    ['石碑坪镇石碑坪社区', 'clear 石碑坪社区'],
    ['石碑村', 'clear 石碑村'],
    ['石碑', 'ambiguous 石碑村/石碑坪镇/石碑坪社区/石碑坪村'],
    ['沙塘', 'ambiguous 沙塘镇/沙塘村/沙塘街社区/沙塘镇新区社区'],
    ['沙塘村', 'clear 沙塘村'],
    ['沙塘街', 'clear 沙塘街社区'],
    ['沙塘镇新区', 'clear 沙塘镇新区社区'],
    ['沙塘社区', 'ambiguous 沙塘街社区/沙塘镇新区社区'],
    ['前锋', 'ambiguous 前锋东社区/前锋西社区'],
    ['前锋社区', 'ambiguous 前锋东社区/前锋西社区'],
    ['前锋东', 'clear 前锋东社区'],
    // a name that suggests another street
    ['跃进社区', 'clear 跃进社区'],
    ['跃进', 'ambiguous 跃进街道/跃进社区'],
    ['柳长街道跃进社区', 'clear 跃进社区'],
    ['跃进街道跃进社区', 'doubtful 跃进社区'],
    ['雀山', 'clear 雀山社区'],
    ['雀儿山', 'doubtful 雀儿山街道'],
    ['鹧鸪社区', 'clear 鹧鸪社区'],
    ['鹧鸪江', 'clear 鹧鸪江村'],
    ['鹧鸪', 'ambiguous 鹧鸪社区/鹧鸪江村'],
    ['长塘', 'ambiguous 长塘镇/长塘村'],
    ['长塘村', 'clear 长塘村'],
    ['柳长', 'doubtful 柳长街道'],
    ['雅儒', 'ambiguous 雅儒街道/雅儒社区'],
    ['雅儒社区', 'clear 雅儒社区'],
    ['胜利', 'ambiguous 胜利街道/胜利社区'],
    ['白露', 'ambiguous 白露街道/白露村'],
    // stems that end in 村
    ['黄村', 'clear 黄村'],
    ['黄村村', 'clear 黄村'],
    ['黄村村委会', 'clear 黄村'],
    ['小村', 'clear 小村'],
    ['白露街道小村', 'clear 小村'],
    ['郭村', 'clear 郭村'],
    ['垦村', 'clear 垦村'],
    ['河北新村', 'clear 河北新村社区'],
    // whole streets and towns
    ['解放街道', 'doubtful 解放街道'],
    ['解放', 'doubtful 解放街道'],
    ['解放街道办', 'doubtful 解放街道'],
    ['整个解放街道', 'clear 解放街道'],
    ['沙塘镇', 'doubtful 沙塘镇'],
    ['全沙塘镇都去', 'clear 沙塘镇'],
    ['明珠和友谊两个社区都去', 'ambiguous 明珠社区/友谊社区/解放街道'],
    // not in the list
    ['明珠村', 'doubtful 明珠社区'],
    ['锦绣村', 'doubtful 锦绣社区'],
    ['桂景弯社区', 'doubtful 桂景湾社区'],
    ['明株社区', 'doubtful 明珠社区'],
    ['名珠社区', 'doubtful 明珠社区'],
    ['名珠', 'doubtful 明珠社区'],
    ['沙塘街道', 'doubtful 沙塘镇'],
    ['半岛', 'doubtful 半岛花园社区'],
    ['幸福社区', 'impossible'],
    ['洛埠镇', 'impossible'],
    ['跃进路58号', 'impossible'],
    ['雅莲小学', 'impossible'],
    ['你好', 'unlike'],
    ['在哪里选社区', 'unlike'],
    ['19900001234', 'unlike'],
    ['1', 'unlike'],
  ])('「%s」 → %s', (said, expected) => {
    const reading = tell('activityArea', said)
    expect(expected === 'impossible' ? reading.split(' ')[0] : reading).toBe(expected)
  })

  test('two of the same stem are told apart by their streets', () => {
    expect(types.place.read('雅莲', field('activityArea'), context())).toMatchObject({
      options: [{ text: '雅莲社区（雅儒街道）' }, { text: '雅莲村（锦绣街道）' }],
    })
  })

  test('it prints the place, its street, committee and authority', () => {
    expect(types.place.print({ code: '450205101203' }, field('activityArea'))).toEqual({
      '': '郭村',
      street: '沙塘镇',
      committee: '郭村村民委员会',
      opinion: '写意见（是否同意），盖章，写日期',
      copy: '留一份',
      authority: '沙塘镇人民政府',
      committeePhone: '',
      authorityPhone: '',
    })
    expect(types.place.print({ code: '450205001000' }, field('activityArea'))).toMatchObject({
      '': '解放街道',
      committee: '请问街道（镇）',
      opinion: '文件没有写由哪个居委会签，先问街道（镇）',
      copy: '那一份，问街道（镇）交给谁',
    })
  })

  test('in a longer message only a full name that stands alone is taken', () => {
    const find = (text: string) => types.place.find?.(text, field('activityArea'), context())
    expect(find('我们在明珠社区，叫夕阳红艺术团')).toMatchObject({ matched: '我们在明珠社区' })
    expect(find('跃进路58号明珠社区活动室，80平方米')).toBeUndefined()
    expect(find('友谊第一，比赛第二')).toBeUndefined()
  })
})

test('a body that was dissolved is not found from its last day on', () => {
  const { streets, ...rest } = pack.jurisdiction
  const dissolved = streets.map((street) => ({
    ...street,
    communities: street.communities.map((one) =>
      one.name === '明珠社区' ? { ...one, until: '2026-11-23' } : one,
    ),
  }))
  const jurisdiction = { ...rest, streets: dissolved }
  expect(findPlaces('明珠社区', jurisdiction, '2026-11-22').map(({ name }) => name)).toEqual(['明珠社区'])
  expect(findPlaces('明珠社区', jurisdiction, '2026-11-23').map(({ name }) => name)).not.toContain('明珠社区')
})
