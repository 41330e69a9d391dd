import { describe, expect, test } from 'vitest'
import {
  checkName,
  composeName,
  nearDuplicates,
  normalizeName,
  parseName,
  shortName,
} from '../../src/filings/names.ts'
import { findPlaces, type Place } from '../../src/filings/places.ts'
import { context, field, pack, tell, types } from '../forms/liubei.ts'

const { jurisdiction, names: rules } = pack
const place = (name: string): Place => findPlaces(name, jurisdiction)[0]!
const FULL = '柳州市柳北区解放街道明珠社区夕阳红志愿服务队'

describe('a name has its parts', () => {
  test.each([
    [FULL, '柳州市|柳北区|解放街道|明珠社区|夕阳红|志愿服务|队'],
    ['柳州市柳北区雀儿山街道前锋社区金秋艺术团', '柳州市|柳北区|雀儿山街道|前锋社区|金秋|艺术|团'],
    ['柳州市柳北区解放街道夕阳红艺术团', '柳州市|柳北区|解放街道||夕阳红|艺术|团'],
    ['明珠社区夕阳红志愿服务队', '|||明珠社区|夕阳红|志愿服务|队'],
    ['夕阳红志愿服务队', '||||夕阳红|志愿服务|队'],
    ['志愿服务队', '|||||志愿服务|队'],
    ['柳州市柳北区锦绣街道黄村老年人协会', '柳州市|柳北区|锦绣街道|黄村||老年人|协会'],
    ['幸福社区舞蹈队', '|||幸福社区||舞蹈|队'],
    ['夕阳红', '||||夕阳红||'],
  ])('%s', (full, expected) => {
    const { city, district, street, community, style, business, form } = parseName(full, jurisdiction, rules)
    expect([city, district, street, community, style, business, form].join('|')).toBe(expected)
  })
})

test('the full name follows the place, and street level leaves the community out', () => {
  expect(composeName(place('明珠社区'), '夕阳红志愿服务队', jurisdiction)).toBe(FULL)
  expect(composeName(place('整个解放街道'), '夕阳红志愿服务队', jurisdiction)).toBe(
    '柳州市柳北区解放街道夕阳红志愿服务队',
  )
  expect(shortName(FULL, jurisdiction, rules)).toBe('明珠社区夕阳红志愿服务队')
  expect(shortName('柳州市柳北区解放街道夕阳红志愿服务队', jurisdiction, rules)).toBe(
    '解放街道夕阳红志愿服务队',
  )
})

describe('a full name is checked against the rule', () => {
  const check = (full: string, at: string) =>
    checkName(full, place(at), jurisdiction, rules).map(({ level, rule }) => `${level} ${rule}`)

  test.each([
    [FULL, '明珠社区', []],
    ['柳州市柳北区解放街道夕阳红志愿服务队', '解放街道', []],
    ['柳州市柳北区解放街道明珠社区艺术团', '明珠社区', []],
    ['解放街道明珠社区夕阳红志愿服务队', '明珠社区', ['hard place']],
    ['柳州市柳北区胜利街道夕阳红志愿服务队', '解放街道', ['hard street']],
    ['柳州市柳北区解放街道友谊社区夕阳红志愿服务队', '明珠社区', ['hard community']],
    [FULL, '解放街道', ['hard community']],
    ['柳州市柳北区解放街道夕阳红志愿服务队', '明珠社区', ['soft community']],
    ['柳州市柳北区雀儿山街道前锋社区金秋艺术团', '前锋东社区', ['soft oldPlace']],
    ['柳州市柳北区解放街道明珠社区中国志愿服务队', '明珠社区', ['hard forbidden']],
    ['柳州市柳北区解放街道明珠社区国际舞蹈队', '明珠社区', ['hard forbidden']],
    ['柳州市柳北区解放街道明珠社区法轮功舞蹈队', '明珠社区', ['hard forbidden']],
    ['柳州市柳北区解放街道明珠社区夕阳红🌹舞蹈队', '明珠社区', ['hard signs']],
    ['柳州市柳北区解放街道明珠社区夕阳红（老年）舞蹈队', '明珠社区', ['soft signs']],
    ['柳州市柳北区解放街道明珠社区爱国家园志愿服务队', '明珠社区', []],
    ['柳州市柳北区解放街道明珠社区家政公司', '明珠社区', ['soft businessWord', 'soft form']],
    ['柳州市柳北区白露街道马厂村舞蹈队', '马厂村', []],
    ['柳州市柳北区解放街道明珠社区夕阳红', '明珠社区', ['soft form']],
    ['柳州市柳北区解放街道明珠社区队', '明珠社区', ['soft business']],
  ])('%s at %s: %j', (full, at, expected) => {
    expect(check(full, at)).toEqual(expected)
  })
})

describe('names are compared', () => {
  test.each([
    ['明珠社区 夕阳红艺术团', '明珠社区夕阳红艺术团'],
    ['明珠社区夕阳红藝術團', '明珠社区夕阳红艺术团'],
    ['明珠社区夕阳之红艺术团', '明珠社区夕阳红艺术团'],
    ['明珠社区ＡＢ舞蹈队', '明珠社区ab舞蹈队'],
    ['明珠社区“夕阳红”艺术团', '明珠社区夕阳红艺术团'],
  ])('%s is the same as %s', (a, b) => {
    expect(normalizeName(a)).toBe(normalizeName(b))
  })

  test('one character apart is near, another community is not', () => {
    const others = [
      '柳州市柳北区解放街道明珠社区夕阳红艺术团',
      '柳州市柳北区解放街道明珠社区夕阳红艺术队',
      '柳州市柳北区解放街道东麟社区夕阳红艺术团',
      '柳州市柳北区解放街道明珠社区朝霞合唱团',
    ]
    expect(nearDuplicates('柳州市柳北区解放街道明珠社区 夕阳红艺术团', others)).toEqual({
      same: [others[0]],
      near: [others[1]],
    })
  })
})

describe('备案社区社会组织名称', () => {
  const at = (name: string) => ({ activityArea: { code: place(name).code } })
  test.each([
    ['夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['就叫夕阳红志愿服务队吧', '明珠社区', `clear ${FULL}`],
    ['我们那个夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['我们队叫夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['队名：夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['“夕阳红”志愿服务队', '明珠社区', `clear ${FULL}`],
    ['夕阳红 志愿 服务队', '明珠社区', `clear ${FULL}`],
    ['夕陽紅志願服務隊', '明珠社区', `clear ${FULL}`],
    [FULL, '明珠社区', `clear ${FULL}`],
    ['柳州市柳北区解放街道办事处明珠社区夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['我们队的名字叫做夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['社区舞蹈队', '明珠社区', 'clear 柳州市柳北区解放街道明珠社区舞蹈队'],
    [
      '明珠舞蹈队',
      '明珠社区',
      'ambiguous 柳州市柳北区解放街道明珠社区舞蹈队/柳州市柳北区解放街道明珠社区明珠舞蹈队',
    ],
    ['没有名字', '明珠社区', 'unlike'],
    ['XX舞蹈队', '明珠社区', 'impossible 名字里还有“XX”，请换成真的名字'],
    ['还没起名', '明珠社区', 'unlike'],
    ['柳北区解放街道明珠社区夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['解放街道明珠社区夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['明珠社区夕阳红志愿服务队', '明珠社区', `clear ${FULL}`],
    ['解放街道夕阳红志愿服务队', '解放街道', 'clear 柳州市柳北区解放街道夕阳红志愿服务队'],
    ['艺术团', '明珠社区', 'clear 柳州市柳北区解放街道明珠社区艺术团'],
    ['前锋社区金秋艺术团', '前锋东社区', 'doubtful 柳州市柳北区雀儿山街道前锋东社区金秋艺术团'],
    ['老年人协会', '黄村', 'clear 柳州市柳北区锦绣街道黄村老年人协会'],
    ['友谊社区夕阳红志愿服务队', '明珠社区', 'impossible'],
    ['胜利街道夕阳红志愿服务队', '明珠社区', 'impossible'],
    ['明珠社区夕阳红志愿服务队', '解放街道', 'impossible'],
    ['幸福社区夕阳红志愿服务队', '明珠社区', 'impossible'],
    ['就叫夕阳红吧', '明珠社区', 'impossible'],
    ['夕阳红', '明珠社区', 'impossible'],
    ['队', '明珠社区', 'impossible'],
    ['解放街道明珠社区', '明珠社区', 'impossible'],
    ['中国夕阳红志愿服务队', '明珠社区', 'impossible'],
    [`${'夕'.repeat(60)}队`, '明珠社区', 'impossible'],
    ['夕阳红*舞_[x](http://evil.example)`#队', '明珠社区', 'impossible'],
    ['法轮功舞蹈队', '明珠社区', 'impossible'],
    ['家政公司服务队', '明珠社区', 'doubtful 柳州市柳北区解放街道明珠社区家政公司服务队'],
    ['名字怎么起', '明珠社区', 'unlike'],
    ['还没想好', '明珠社区', 'unlike'],
    ['不知道', '明珠社区', 'unlike'],
    ['随便', '明珠社区', 'unlike'],
    ['1', '明珠社区', 'unlike'],
  ])('「%s」 at %s → %s', (said, name, expected) => {
    const reading = tell('organizationName', said, at(name))
    expect(expected === 'impossible' ? reading.split(' ')[0] : reading).toBe(expected)
  })

  test('what people chose is kept apart, so that the full name can follow the place', () => {
    expect(types.organizationName.read(FULL, field('organizationName'), context(at('明珠社区')))).toEqual({
      type: 'clear',
      value: { full: FULL, rest: '夕阳红志愿服务队' },
    })
    expect(
      types.organizationName.print({ full: FULL, rest: '夕阳红志愿服务队' }, field('organizationName')),
    ).toEqual({
      '': FULL,
      short: '明珠社区夕阳红志愿服务队',
    })
  })

  test('without a place only a name that tells its place is taken', () => {
    expect(tell('organizationName', '解放街道明珠社区夕阳红志愿服务队')).toBe(`clear ${FULL}`)
    expect(tell('organizationName', '夕阳红志愿服务队')).toMatch(/^impossible .*哪个社区/)
    expect(tell('organizationName', '胜利街道明珠社区夕阳红志愿服务队')).toMatch(/^impossible .*要一致/)
  })
})
