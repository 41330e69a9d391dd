import { expect, test } from 'vitest'
import {
  groupsOf,
  isStaff,
  officeFor,
  officeInWords,
  reaches,
  reachOf,
  recipients,
  rolesOf,
  staffName,
} from '../../src/directory/scope.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { allPlaces } from '../../src/filings/places.ts'
import { authorityOf, hasCommunityStep } from '../../src/filings/place-code.ts'
import { example, JIEFANG, jurisdiction, MINGZHU, staffWith, XINFA, YALIAN, YARU } from './district.ts'

const places = allPlaces(jurisdiction)
const staff = staffWith(
  { userid: 'wangfang', name: '王芳', role: 'community', place: '解放街道/欣发社区' },
  { userid: 'hub', name: '孵化基地', role: 'incubator' },
  { userid: 'ops', name: '运维', role: 'operator' },
)
const reachedBy = (userId: string) => [...reachOf(staff, userId)].sort()
const inJiefang = places.filter(({ street }) => street.code === JIEFANG).map(({ code }) => code)

test('a community reaches its own places only, a street all of its own, the district all there are', () => {
  expect(reachedBy('wangfang')).toEqual([XINFA, MINGZHU])
  expect(reachedBy('lijie')).toEqual(inJiefang.sort())
  expect(reachedBy('sunli')).toEqual(inJiefang.sort())
  expect(reachedBy('hub')).toHaveLength(places.length)
  expect(reachedBy('zhaomin')).toHaveLength(places.length)
})

test('an operator and a leader have no cases to list', () => {
  expect(reachedBy('ops')).toEqual([])
  expect(reachedBy('wangxiuying')).toEqual([])
})

test('a place that is not in the jurisdiction is reached by the district alone', () => {
  const reaching = staff.appointments.filter((one) => reaches(staff, one, '450205099001'))
  expect(new Set(reaching.map(({ role }) => role))).toEqual(new Set(['district', 'operator', 'incubator']))
  expect(reaching.find(({ role }) => role === 'incubator')?.userId).toBe('hub')
})

test('one person may hold several appointments; others hold none', () => {
  expect(rolesOf(staff, 'wangfang').map(({ place }) => place)).toEqual([MINGZHU, XINFA])
  expect(isStaff(staff, 'wangfang')).toBe(true)
  expect(isStaff(staff, 'wangxiuying')).toBe(false)
  expect(staffName(staff, 'lijie')).toBe('李杰')
  expect(staffName(staff, 'nobody')).toBe('nobody')
})

test('a case of a community is told to its workers, else to the street, else to the district', () => {
  expect(recipients(staff, 'community', MINGZHU)).toEqual(['wangfang'])
  expect(recipients(staff, 'community', MINGZHU, ['wangfang'])).toEqual(['lijie'])
  expect(
    recipients(
      staff,
      'community',
      inJiefang.find((code) => ![JIEFANG, MINGZHU, XINFA].includes(code))!,
    ),
  ).toEqual(['lijie'])
  expect(recipients(staff, 'community', YALIAN)).toEqual(['zhaomin'])
  expect(recipients(staff, 'community', JIEFANG)).toEqual(['lijie'])
  expect(recipients(staff, 'street', MINGZHU, ['lijie'])).toEqual(['zhaomin'])
  expect(recipients(staff, 'street', YARU)).toEqual(['zhaomin'])
  expect(recipients(staff, 'incubator', MINGZHU)).toEqual(['sunli', 'hub'])
  expect(recipients(staff, 'incubator', YALIAN)).toEqual(['hub'])
  expect(recipients(staff, 'operator', MINGZHU)).toEqual(['ops'])
  expect(recipients(staff, 'district', MINGZHU, ['zhaomin'])).toEqual([])
})

test('administrators count as district and operator, each once, with the name they have in the directory', () => {
  const { staff } = staffOf(example, jurisdiction, ['zhaomin', 'root'])
  expect(recipients(staff, 'district', YALIAN)).toEqual(['zhaomin', 'root'])
  expect(recipients(staff, 'operator', YALIAN)).toEqual(['zhaomin', 'root'])
  expect(rolesOf(staff, 'zhaomin').map(({ role }) => role)).toEqual(['district', 'operator'])
  expect([staffName(staff, 'zhaomin'), staffName(staff, 'root')]).toEqual(['赵敏', 'root'])
})

test('the offices of a place are its committee and its authority; a street has no committee', () => {
  const at = (code: string) => staff.places.get(code)!
  const office = (code: string, role: 'community' | 'street') => {
    const found = officeFor(role, at(code))
    return found && officeInWords(staff, found)
  }
  expect(office(MINGZHU, 'community')).toBe('明珠社区居民委员会')
  expect(office(MINGZHU, 'street')).toBe('解放街道办事处')
  expect(office(JIEFANG, 'community')).toBeUndefined()
  expect(office(JIEFANG, 'street')).toBe('解放街道办事处')
})

test('the places of the pack agree with what the digits of their codes say', () => {
  for (const place of places) {
    expect(authorityOf(place.code)).toBe(place.street.code)
    expect(hasCommunityStep(place.code)).toBe(officeFor('community', place) !== undefined)
  }
})

test('a group belongs to its own place', () => {
  expect(groupsOf(staff, MINGZHU)).toEqual([
    { name: '明珠社区社会组织群', place: MINGZHU, chatId: 'wrMINGZHU0001' },
  ])
  expect(groupsOf(staff, JIEFANG)).toEqual([
    { name: '解放街道社会组织群', place: JIEFANG, webhook: expect.stringContaining('key=jiefang-0001') },
  ])
  expect(groupsOf(staff, XINFA)).toEqual([])
})

test('who is appointed to a place that the pack has no more holds no role there, and the place is named', () => {
  const people = [
    { userid: 'old', name: '老周', role: 'community' as const, place: '解放街道/旧社区' },
    { userid: 'lijie', name: '李杰', role: 'street' as const, place: '解放街道' },
  ]
  const groups = [{ name: '旧群', place: '旧街道', chatid: 'wr1' }]
  const { staff, unknown } = staffOf({ people, groups }, jurisdiction, [])
  expect(unknown).toEqual(['解放街道/旧社区', '旧街道'])
  expect(staff.appointments.map(({ userId }) => userId)).toEqual(['lijie'])
  expect(staff.groups).toEqual([])
})
