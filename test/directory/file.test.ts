import fc from 'fast-check'
import { expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { readWorkbook } from '../../src/documents/read-sheet.ts'
import { readDirectory } from '../../src/directory/check.ts'
import type { Directory } from '../../src/directory/directory.ts'
import { formatOf, parseDirectoryFile, writeDirectoryFile } from '../../src/directory/file.ts'
import { pathOf } from '../../src/directory/place-path.ts'
import { Role } from '../../src/directory/roles.ts'
import { allPlaces, isStreetLevel } from '../../src/filings/places.ts'
import { example, jurisdiction, OFFICIAL } from './district.ts'

const parse = (bytes: Buffer, format: 'yaml' | 'xlsx') =>
  parseDirectoryFile(bytes, format, jurisdiction, OFFICIAL)
const yaml = (text: string) => parse(Buffer.from(text), 'yaml')

type Rows = (string | { value: number; type: NumberConstructor })[][]
const workbook = async (sheets: Record<string, Rows>) =>
  parse(
    await writeExcelFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }))).toBuffer(),
    'xlsx',
  )

const HEADER = ['账号', '姓名', '角色', '街道', '社区', '电话']

const places = allPlaces(jurisdiction)
const at = (suits: (path: (typeof places)[number]) => boolean) =>
  fc.constantFrom(...places.filter(suits).map(pathOf))
const communities = at((place) => !isStreetLevel(place))
const streets = at(isStreetLevel)
const oneLine = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })

/** Any sound directory: what was made is kept only when the check takes it. */
const directories = fc
  .record({
    people: fc.uniqueArray(
      fc.tuple(
        fc.stringMatching(/^[a-z0-9_@.-]{1,64}$/),
        oneLine,
        fc.constantFrom(...Role.options),
        communities,
        streets,
        fc.option(fc.constantFrom('19900000001', '0772-2801234'), { nil: undefined }),
      ),
      { minLength: 1, maxLength: 6, selector: ([userid]) => userid },
    ),
    groups: fc.uniqueArray(fc.tuple(oneLine, streets, fc.stringMatching(/^[\w@.-]{1,32}$/)), {
      maxLength: 4,
      selector: ([name]) => name,
    }),
  })
  .map(({ people, groups }) => ({
    people: people.map(([userid, name, role, community, street, phone]) => ({
      userid,
      name,
      role,
      ...(role === 'community' ? { place: community } : {}),
      ...(role === 'street' || role === 'incubator' ? { place: street } : {}),
      ...(phone === undefined ? {} : { phone }),
    })),
    groups: groups.map(([name, place, id], index) => ({
      name,
      place,
      chatid: `${index}${id}`,
      ...(index % 2 ? { webhook: `${OFFICIAL}/cgi-bin/webhook/send?key=${index}&x=a` } : {}),
    })),
  }))
  .map((data) => readDirectory(data, jurisdiction, OFFICIAL))
  .filter((reading): reading is { ok: true; directory: Directory } => reading.ok)
  .map(({ directory }) => directory)

test.each(['yaml', 'xlsx'] as const)('what is written as %s reads back the same', async (format) => {
  expect(await parse(await writeDirectoryFile(example, format), format)).toEqual({
    ok: true,
    directory: example,
  })
  await fc.assert(
    fc.asyncProperty(directories, async (directory) => {
      const reading = await parse(await writeDirectoryFile(directory, format), format)
      expect(reading).toEqual({ ok: true, directory })
    }),
    { numRuns: format === 'yaml' ? 60 : 5 },
  )
})

test('a yaml file keeps ids and phones of digits as they are written', async () => {
  const reading = await yaml(
    'people:\n  - { userid: 007, name: 王芳, role: 区民政局, phone: 19900000001 }\n  - { userid: 0x1f, name: no, role: 运维 }\ngroups:\n',
  )
  expect(reading).toEqual({
    ok: true,
    directory: {
      people: [
        { userid: '007', name: '王芳', role: 'district', phone: '19900000001' },
        { userid: '0x1f', name: 'no', role: 'operator' },
      ],
      groups: [],
    },
  })
})

test('a sheet is read below its title, by the names of its columns, in any order', async () => {
  const reading = await workbook({
    说明: [['请填“人员”表']],
    人员: [
      ['柳北区备案助手人员表'],
      ['序号', '姓 名', '企业微信账号', '角色*', '街道（镇）', '社区（村）', '手机号', '备注'],
      ['1', '王芳', 'WangFang', '社区工作者', '解放街道', '明珠社区', '19900000001', '新来的'],
      ['2', '李杰', 'lijie', '街道经办', '解放街道', '', '', ''],
      ['3', '赵敏', 'zhaomin', '区民政局'],
    ],
    群: [
      ['群名', '街道', '社区', '群机器人地址', '群号'],
      ['解放街道社会组织群', '解放街道', '', `${OFFICIAL}/cgi-bin/webhook/send?key=jiefang-0001`, ''],
      ['明珠社区社会组织群', '解放街道', '明珠社区', '', 'wrMINGZHU0001'],
    ],
  })
  expect(reading).toEqual({
    ok: true,
    directory: { people: example.people.slice(0, 3), groups: example.groups },
  })
})

test('a problem names the row in which the clerk finds it', async () => {
  const reading = await workbook({
    人员: [
      ['人员名单'],
      HEADER,
      ['zhaomin', '赵敏', '区民政局', '', '', ''],
      [],
      ['lijie', '李杰', '街到', '解放街道', '', ''],
      ['zhaomin', '赵敏', '区民政局', '', '', ''],
    ],
  })
  expect(reading.ok ? [] : reading.problems).toEqual([
    expect.stringMatching(/^“人员”表第 5 行（李杰）：没有这种角色/),
    '“人员”表第 6 行（赵敏）：和第 3 行重复。',
  ])
})

test('a phone that Excel made a number of is still that phone', async () => {
  const reading = await workbook({
    人员: [HEADER, ['zhaomin', '赵敏', '区民政局', '', '', { value: 19900000001, type: Number }]],
  })
  expect(reading).toMatchObject({ ok: true, directory: { people: [{ phone: '19900000001' }] } })
})

test.each([
  ['without the sheet of people', { 名单: [HEADER, ['a', '王芳', '运维', '', '', '']] }, /没有名叫“人员”/],
  ['without a header', { 人员: [['a', '王芳', '运维']] }, /没有找到表头.*账号、姓名、角色/],
  [
    'without the column of roles',
    {
      人员: [
        ['账号', '姓名'],
        ['a', '王芳'],
      ],
    },
    /没有“角色”这一列/,
  ],
  [
    'with a column nobody knows',
    {
      人员: [
        [...HEADER, '工资'],
        ['a', '王芳', '运维'],
      ],
    },
    /不认识的列“工资”/,
  ],
  [
    'with a community of another street',
    { 人员: [HEADER, ['a', '王芳', '社区', '雅儒街道', '明珠社区']] },
    /没有/,
  ],
  ['of the header only', { 人员: [HEADER] }, /一个人也没有/],
] as [string, Record<string, Rows>, RegExp][])('a workbook %s is refused', async (_, sheets, line) => {
  expect(await workbook(sheets)).toEqual({ ok: false, problems: [expect.stringMatching(line)] })
})

test.each([
  ['a broken list', 'people:\n  - { userid: a, name: 王芳\n', /第 \d 行写法不对/],
  ['one key twice', 'people: []\npeople: []\n', /第 2 行写法不对/],
  ['nothing', '', /people/],
  [
    'a bomb of references',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`)
      .join('\n')}`,
    /引用/,
  ],
  ['an unknown reference', 'people: *nobody', /行写法不对|引用/],
])('a yaml file of %s is refused with a line for its keeper', async (_, text, line) => {
  const reading = await yaml(text)
  expect(reading.ok ? [] : reading.problems).toEqual([expect.stringMatching(line)])
})

test('what is neither text nor a workbook is refused', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452ff', 'hex')
  expect(await parse(png, 'yaml')).toMatchObject({ ok: false })
  expect(await parse(png, 'xlsx')).toMatchObject({ ok: false })
  expect(await parse(Buffer.alloc(3 * 1024 * 1024, 'a'), 'yaml')).toEqual({
    ok: false,
    problems: [expect.stringMatching(/太大/)],
  })
})

test('only yaml and xlsx are formats', () => {
  expect(['a.yaml', 'a.YML', '人员.xlsx', 'a.xls', 'a.csv', 'yaml'].map(formatOf)).toEqual([
    'yaml',
    'yaml',
    'xlsx',
    undefined,
    undefined,
    undefined,
  ])
})

test('all sheets of a workbook are read by their names, empty ones too, within the limits of one', async () => {
  const make = (sheets: { sheet: string; data: string[][] }[]) => writeExcelFile(sheets).toBuffer()
  const two = await make([
    { sheet: '人员', data: [['姓名'], [''], ['王芳']] },
    { sheet: '空', data: [] },
  ])
  expect(await readWorkbook(two)).toEqual({
    type: 'sheets',
    sheets: [
      { name: '人员', rows: [['姓名'], [], ['王芳']] },
      { name: '空', rows: [] },
    ],
  })
  const many = await make(Array.from({ length: 21 }, (_, index) => ({ sheet: `${index}`, data: [['a']] })))
  expect(await readWorkbook(many)).toMatchObject({ type: 'refused' })
  const long = await make([
    { sheet: 'a', data: [['a']] },
    { sheet: 'b', data: Array(5021).fill(['a']) },
  ])
  expect(await readWorkbook(long)).toMatchObject({ type: 'refused' })
})
