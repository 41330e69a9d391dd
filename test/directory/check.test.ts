import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDirectory, readDirectory } from '../../src/directory/check.ts'
import { nearestPath, pathOf, placeAt } from '../../src/directory/place-path.ts'
import { allPlaces } from '../../src/filings/places.ts'
import { example, jurisdiction, OFFICIAL } from './district.ts'

const person = { userid: 'wangfang', name: '王芳', role: 'community', place: '解放街道/明珠社区' }
const group = { name: '明珠群', place: '解放街道/明珠社区', chatid: 'wrMINGZHU0001' }
const hook = (webhook: string) => ({ name: '明珠群', place: '解放街道', webhook })
const ofPeople = (...people: unknown[]) => checkDirectory({ people, groups: [] }, jurisdiction, OFFICIAL)
const ofGroups = (groups: unknown[], base = OFFICIAL) =>
  checkDirectory({ people: [person], groups }, jurisdiction, base)

test('the example of the contract is sound, and is read as it stands', () => {
  expect(readDirectory(example, jurisdiction, OFFICIAL)).toEqual({ ok: true, directory: example })
})

test('ids are taken in lower case, roles in Chinese, places and phones as people write them', () => {
  const people = [
    {
      ...person,
      userid: ' WangFang ',
      role: '社区工作者',
      place: '解放街道 ／ 明珠社区',
      phone: '199 0000-0001',
    },
    { userid: 'li.jie@a_b-1', name: '李杰', role: '街道经办', place: '解放街道', phone: '' },
    { userid: 'sunli', name: '孙丽', role: '孵化机构', place: '' },
    { userid: 'zhaomin', name: '赵敏', role: '区民政局' },
    { userid: 'ops', name: '运维', role: '运维' },
    { userid: 'cun', name: '覃美兰', role: '村', place: '沙塘镇/沙塘街社区' },
  ]
  const reading = readDirectory({ people }, jurisdiction, OFFICIAL)
  expect(reading).toEqual({
    ok: true,
    directory: {
      people: [
        { ...person, phone: '19900000001' },
        { userid: 'li.jie@a_b-1', name: '李杰', role: 'street', place: '解放街道', phone: undefined },
        { userid: 'sunli', name: '孙丽', role: 'incubator', place: undefined },
        { userid: 'zhaomin', name: '赵敏', role: 'district' },
        { userid: 'ops', name: '运维', role: 'operator' },
        { userid: 'cun', name: '覃美兰', role: 'community', place: '沙塘镇/沙塘街社区' },
      ],
      groups: [],
    },
  })
})

test.each([
  ['an unknown community', { place: '解放街道/明珠小区' }, /没有“解放街道\/明珠小区”.*“解放街道\/明珠社区”/],
  ['a community without its street', { place: '明珠社区' }, /最接近的是“解放街道\/明珠社区”/],
  ['an unknown street', { role: 'street', place: '解放街' }, /最接近的是“解放街道”/],
  ['a community worker without a place', { place: undefined }, /要写到社区（村）/],
  ['a community worker of a street', { place: '解放街道' }, /要写到社区（村）/],
  ['a street officer of a community', { role: 'street' }, /要写街道（镇）/],
  ['a street officer without a place', { role: 'street', place: '' }, /要写街道（镇）/],
  ['an incubator of a community', { role: 'incubator' }, /写街道（镇），管全区的不写/],
  ['the district with a place', { role: 'district', place: '解放街道' }, /不分地方/],
  ['an operator with a place', { role: 'operator', place: '解放街道' }, /不分地方/],
  ['an unknown role', { role: 'boss' }, /没有这种角色.*社区工作者/],
  ['no role', { role: undefined }, /没有写角色/],
  ['no user id', { userid: undefined }, /没有写账号/],
  ['a user id with a space', { userid: 'wang fang' }, /账号.*1–64/],
  ['a user id in Chinese', { userid: '王芳' }, /账号.*1–64/],
  ['a user id of 65 characters', { userid: 'a'.repeat(65) }, /账号.*1–64/],
  ['a phone one digit short', { phone: '1990000000' }, /电话应为/],
  ['two phones', { phone: '19900000001 19900000002' }, /电话应为/],
  ['a phone with a remark', { phone: '19900000001（李）' }, /电话应为/],
  ['no name', { name: ' ' }, /没有写姓名/],
  ['a name of two lines', { name: '王\n芳' }, /一行/],
  ['an unknown key', { mail: 'a@b.cn' }, /不认识的项目“mail”/],
])('%s is a problem of one line', (_, change, line) => {
  const problems = ofPeople({ ...person, ...change })
  expect(problems).toEqual([expect.stringMatching(line)])
  expect(problems[0]).toMatch(/^人员第 1 条/)
})

test.each([
  ['neither webhook nor chatid', { name: '群', place: '解放街道' }, /至少写一个/],
  ['an unknown place', { ...group, place: '解放' }, /没有“解放”这个地方/],
  ['no place', { ...group, place: undefined }, /没有写地方/],
  ['a webhook elsewhere', hook('https://example.org/cgi-bin/webhook/send?key=a'), /不是企业微信的地址/],
  [
    'a webhook that only begins alike',
    hook(`${OFFICIAL}.example.org/cgi-bin/webhook/send?key=a`),
    /不是企业/,
  ],
  ['a webhook without https', hook('http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a'), /不是企业/],
  ['a webhook without its key', hook(`${OFFICIAL}/cgi-bin/webhook/send`), /不完整/],
  ['a webhook with a password', hook('https://a:b@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a'), /不完整/],
  ['a webhook that is no address', hook('key=a'), /不是网址/],
  ['a chatid with a space', { ...group, chatid: 'wr 1' }, /群号/],
  ['an unknown key', { ...group, members: '3' }, /不认识的项目“members”/],
])('a group with %s is a problem of one line', (_, entry, line) => {
  expect(ofGroups([entry])).toEqual([expect.stringMatching(line)])
})

test('a webhook may be where this bot finds WeCom, and nowhere else on that machine', () => {
  const base = 'http://127.0.0.1:4567'
  expect(ofGroups([hook(`${base}/cgi-bin/webhook/send?key=a`)], base)).toEqual([])
  expect(ofGroups([hook('http://127.0.0.1:4568/cgi-bin/webhook/send?key=a')], base)).toHaveLength(1)
  expect(ofGroups([hook(`${base}/cgi-bin/webhook/send?key=a`)])).toHaveLength(1)
})

test('one person may hold several roles and places, but each only once and under one name', () => {
  const street = { ...person, role: 'street', place: '解放街道' }
  expect(ofPeople(person, { ...person, place: '解放街道/欣发社区' }, street)).toEqual([])
  expect(ofPeople(person, street, { ...person, userid: 'WANGFANG' })).toEqual([
    '人员第 3 条（王芳）：和第 1 条重复。',
  ])
  expect(ofPeople(person, { ...street, name: '王方' })).toEqual([expect.stringMatching(/另一个名字/)])
})

test('groups are not the same group twice', () => {
  const other = { name: '别的群', place: '解放街道' }
  expect(ofGroups([group, { ...other, chatid: 'wrMINGZHU0002' }])).toEqual([])
  expect(ofGroups([group, { ...other, chatid: group.chatid }])).toEqual([
    expect.stringMatching(/chatid.*重复/),
  ])
  expect(ofGroups([group, { ...group, chatid: 'x' }])).toEqual([expect.stringMatching(/群名.*重复/)])
})

test('everything wrong is said at once, in the order of the file', () => {
  const problems = checkDirectory(
    {
      people: [{ ...person, userid: '', role: 'x', place: '解放街道/明珠', phone: '1' }, person, 17],
      groups: [hook('x')],
      notes: '',
    },
    jurisdiction,
    OFFICIAL,
  )
  expect(problems.map((line) => line.split('：')[0])).toEqual([
    '文件里有不认识的项目“notes”。',
    ...Array.from({ length: 4 }, () => '人员第 1 条（王芳）'),
    ...Array.from({ length: 3 }, () => '人员第 3 条'),
    '群第 1 条（明珠群）',
  ])
})

test.each([null, 'people', [], {}, { people: 'x' }, { people: [] }, { people: [person], groups: 'x' }])(
  'what is no directory at all is refused: %j',
  (data) => {
    expect(checkDirectory(data, jurisdiction, OFFICIAL)).not.toEqual([])
  },
)

test('no phone and no webhook stands in a problem', () => {
  const secret = `${OFFICIAL}/cgi-bin/webhook?key=secret-key`
  const said = [...ofPeople({ ...person, phone: '1990000000199' }), ...ofGroups([hook(secret)])].join()
  expect(said).not.toMatch(/19900|secret-key/)
})

test('any data is either sound or has a line for every problem, and what is sound reads back as itself', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '',
      '王芳',
      'wangfang',
      'community',
      '街道经办',
      '解放街道',
      '解放街道/明珠社区',
      '19900000001',
    ),
    fc.string(),
  )
  const entry = fc.dictionary(
    fc.constantFrom('userid', 'name', 'role', 'place', 'phone', 'webhook', 'chatid', '__proto__'),
    word,
  )
  const whole = fc.record({ people: fc.array(entry), groups: fc.array(entry) }, { requiredKeys: ['people'] })
  fc.assert(
    fc.property(fc.oneof(whole, fc.jsonValue()), (data) => {
      const reading = readDirectory(data, jurisdiction, OFFICIAL)
      if (!reading.ok) {
        expect(reading.problems.length).toBeGreaterThan(0)
        for (const line of reading.problems) expect(line).toMatch(/^[^\n]+。$/u)
      } else {
        expect(readDirectory(reading.directory, jurisdiction, OFFICIAL)).toEqual(reading)
      }
    }),
  )
})

test('every place has a path of its own, and a path with one wrong character is nearest to one that lacks it', () => {
  const places = allPlaces(jurisdiction)
  for (const place of places) expect(placeAt(pathOf(place), jurisdiction)?.code).toBe(place.code)
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.nat(), (place, at) => {
      const path = [...pathOf(place)]
      path.splice(at % path.length, 0, '鑫')
      // 石碑鑫村 is as near to 石碑坪村 as to 石碑村: with the wrong character gone or another in its place.
      const near = new RegExp(`^${path.join('').replace('鑫', '.?')}$`, 'u')
      expect(nearestPath(path.join(''), jurisdiction)).toMatch(near)
    }),
  )
})
