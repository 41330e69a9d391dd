import { describe, expect, test } from 'vitest'
import { isRemoval, removedRows } from '../../src/forms/roster-removal.ts'
import { mergeRoster, readRoster, readRosterSheet } from '../../src/forms/roster.ts'
import { context, field, idOf, types } from './liubei.ts'

const id = idOf('1903-04-12')
const inWords = (people: { name: string; gender?: string; phone?: string; position?: string }[]) =>
  people.map(({ name, gender, phone, position }) => [name, gender, phone, position].filter(Boolean).join(' '))
const people = (text: string) => inWords(readRoster(text, context()).people)
const problems = (text: string) =>
  readRoster(text, context()).verdicts.flatMap(({ line, problem }) => (problem ? [`${line} ${problem}`] : []))

describe('one line', () => {
  test.each([
    ['王秀英', ['王秀英']],
    ['1. 王秀英 女 19900001234 队长', ['王秀英 女 19900001234 队长']],
    ['1、王秀英，女，199 0000 1234，队长', ['王秀英 女 19900001234 队长']],
    ['1.王秀英', ['王秀英']],
    ['1 王秀英', ['王秀英']],
    ['1王秀英', ['王秀英']],
    ['（1）王秀英', ['王秀英']],
    ['①王秀英', ['王秀英']],
    ['一、王秀英', ['王秀英']],
    ['1）王秀英 19900001234', ['王秀英 19900001234']],
    ['- 王秀英', ['王秀英']],
    ['王秀英19900001234', ['王秀英 19900001234']],
    ['王秀英女19900001234队长', ['王秀英 女 19900001234 队长']],
    ['王秀英（队长）19900001234', ['王秀英 19900001234 队长']],
    ['王秀英队长 女', ['王秀英 女 队长']],
    ['19900001234 王秀英', ['王秀英']],
    ['姓名：王秀英 性别：女 电话：19900001234 职务：队长', ['王秀英 女 19900001234 队长']],
    ['王胜男 19900001234', ['王胜男 19900001234']],
    ['李梅女 19900001234', ['李梅 女 19900001234']],
    ['李 明 男 19900001234', ['李明 男 19900001234']],
    ['8. 刘 大海', ['刘大海']],
    ['王秀英 女 65岁 19900001234', ['王秀英 女 19900001234']],
    ['3. 王秀英 女 高音', ['王秀英 女 高音']],
    ['王秀英 女 支部书记', ['王秀英 女 支部书记']],
    ['王秀英 座机0772-2801234', ['王秀英 0772-2801234']],
    ['艾力·买买提 男', ['艾力·买买提 男']],
    ['王秀英、李建国、张桂兰', ['王秀英', '李建国', '张桂兰']],
    ['1.王秀英 2.李建国 3.张桂兰', ['王秀英', '李建国', '张桂兰']],
    ['1、王秀英2、李建国3、张桂兰', ['王秀英', '李建国', '张桂兰']],
    ['1.王秀英19900001234 2.李建国19900005678', ['王秀英 19900001234', '李建国 19900005678']],
    ['队长王秀英，副队长李建国', ['王秀英 队长', '李建国 副队长']],
    ['王秀英和李建国', ['王秀英', '李建国']],
    ['王和平', ['王和平']],
    ['1.王秀英-女-19900001234-队长', ['王秀英 女 19900001234 队长']],
    ['王秀英，李建国，张桂兰', ['王秀英', '李建国', '张桂兰']],
    ['王秀英 李建国 张桂兰', ['王秀英', '李建国', '张桂兰']],
    ['王秀英 女 19900001234、李建国 男 19900005678', ['王秀英 女 19900001234', '李建国 男 19900005678']],
    ['王秀英 女 19900001234 李建国 男 19900005678', ['王秀英 女 19900001234', '李建国 男 19900005678']],
    ['还有钱八', ['钱八']],
    ['再加一个 钱七 男', ['钱七 男']],
    ['嗯，那个，还有赵铁柱。', ['赵铁柱']],
    ['又来了两个人：王秀英、李建国', ['王秀英', '李建国']],
    ['加上李建国', ['李建国']],
    ['来福生', ['来福生']],
    ['田加兴', ['田加兴']],
    ['还有一位是李建国', ['李建国']],
    ['新增：1.王秀英 2.李建国', ['王秀英', '李建国']],
    ['钱八，他也来', ['钱八']],
    ['马上来', []],
    ['张三走了', []],
    ['退出一个', []],
    ['一共三个人', []],
    ['我们队有很多人', []],
    ['没有了', []],
    ['名册要写身份证吗？', []],
    ['你好', []],
    ['3', []],
  ])('「%s」', (text, expected) => {
    expect(people(text)).toEqual(expected)
  })
})

test('a pasted 接龙 is read with its headings, numbers and blank lines', () => {
  const text = `#接龙
明珠社区夕阳红艺术团花名册：
例 张三 男 电话 职务

1. 王秀英 女 19900001234 队长
2. 李建国 男 19900005678 副队长
3、张桂兰
4．韦 明 19900009999

姓名 性别 电话
5) 覃凤英 女
共5人`
  expect(people(text)).toEqual([
    '王秀英 女 19900001234 队长',
    '李建国 男 19900005678 副队长',
    '张桂兰',
    '韦明 19900009999',
    '覃凤英 女',
  ])
  expect(problems(text)).toEqual([])
})

describe('what is wrong is said line by line, without the numbers', () => {
  test('an identity number is not wanted', () => {
    const { people, verdicts } = readRoster(`王秀英 ${id} 19900001234\n李建国 19900005678`, context())
    expect(inWords(people)).toEqual(['王秀英 19900001234', '李建国 19900005678'])
    expect(verdicts).toEqual([
      { line: 1, said: expect.stringContaining('王秀英'), problem: '身份证号不用交，已去掉' },
      { line: 2, said: '李建国 199****5678' },
    ])
    expect(JSON.stringify(verdicts)).not.toContain(id)
    expect(JSON.stringify(verdicts)).not.toContain('19900001234')
  })

  test.each([
    ['王秀英 1990000123', ['1 电话不对，先没记，请单独再发一次“姓名 电话”'], ['王秀英']],
    ['王秀英 2801234', ['1 座机要加区号，先没记'], ['王秀英']],
    ['王秀英\n王阿姨 19900001234', ['2 请写身份证上的姓名'], ['王秀英']],
    ['王秀英\n王秀英', ['2 和前面重复，只记一次'], ['王秀英']],
    ['王秀英\n王秀英 19900001234', ['2 和前面重复，只记一次'], ['王秀英 19900001234']],
    [
      '王秀英 19900001234\n李建国 19900001234',
      ['2 电话和别人的一样，请核对'],
      ['王秀英 19900001234', '李建国 19900001234'],
    ],
    ['王秀英 女\n19900001234', ['2 没读到姓名，请写成“姓名 性别 电话”'], ['王秀英 女']],
  ])('%s', (text, expected, taken) => {
    expect(problems(text)).toEqual(expected)
    expect(people(text)).toEqual(taken)
  })

  test('two people of one name with different phones are two people', () => {
    expect(people('王秀英 19900001234\n王秀英 19900005678')).toHaveLength(2)
  })

  test('more people than a roster holds are refused', () => {
    const surnames = '王李张刘陈杨黄赵吴周'
    const names = Array.from({ length: 2001 }, (_, n) => {
      const digits = String(n).padStart(4, '0')
      return (
        surnames[Number(digits[0])] +
        digits.slice(1).replace(/\d/g, (digit) => '英华明珠兰芳秀桂凤玉'.charAt(Number(digit)))
      )
    })
    const { people, verdicts } = readRoster(names.join('\n'), context())
    expect(people).toHaveLength(2000)
    expect(verdicts.at(-1)?.problem).toMatch(/太多/)
  })
})

test('people said again are completed, not doubled', () => {
  const present = [{ name: '王秀英', phone: '19900001234' }, { name: '李建国' }]
  const added = [
    { name: '李建国', gender: '男', phone: '19900005678' },
    { name: '王秀英', position: '队长' },
    { name: '张桂兰' },
  ]
  expect(inWords(mergeRoster(present, added))).toEqual([
    '王秀英 19900001234 队长',
    '李建国 男 19900005678',
    '张桂兰',
  ])
})

describe('a spreadsheet', () => {
  const sheet = (cells: string[][]) => {
    const { people, verdicts } = readRosterSheet(cells)
    return {
      people: inWords(people),
      problems: verdicts.flatMap(({ line, problem }) => (problem ? [`${line} ${problem}`] : [])),
    }
  }

  test('has its columns in any order, under a title, above a sum', () => {
    expect(
      sheet([
        ['明珠社区夕阳红艺术团花名册', '', '', '', ''],
        ['序号', '联系方式', '姓 名', '备注', '性别'],
        ['1', '19900001234', '王秀英', '队长', '女'],
        ['2', '199 0000 5678.0', '李 明', '', '男'],
        ['', '', '', '', ''],
        ['3', '19900009999.0', '张桂兰', '无', '女'],
        ['合计', '', '', '', ''],
        ['', '', '制表人：', '', ''],
      ]),
    ).toEqual({
      people: ['王秀英 女 19900001234 队长', '李明 男 19900005678', '张桂兰 女 19900009999'],
      problems: [],
    })
  })

  test('with identity numbers loses them', () => {
    const reading = readRosterSheet([
      ['姓名', '身份证号码', '电话'],
      ['王秀英', id, '19900001234'],
    ])
    expect(inWords(reading.people)).toEqual(['王秀英 19900001234'])
    expect(reading.verdicts[0]?.problem).toBe('身份证号不用交，已去掉')
    expect(JSON.stringify(reading)).not.toContain(id)
  })

  test('may hold two lists side by side', () => {
    expect(
      sheet([
        ['姓名', '电话', '姓名', '电话'],
        ['王秀英', '19900001234', '李建国', '19900005678'],
        ['张桂兰', '', '', ''],
      ]).people,
    ).toEqual(['王秀英 19900001234', '李建国 19900005678', '张桂兰'])
  })

  test('without headings is read like typed lines', () => {
    expect(
      sheet([
        ['1', '王秀英', '女', '19900001234'],
        ['2', '李建国', '男', ''],
      ]).people,
    ).toEqual(['王秀英 女 19900001234', '李建国 男'])
  })

  test('says which row is wrong', () => {
    expect(
      sheet([
        ['姓名', '电话'],
        ['王秀英', '1990000'],
        ['', '19900001234'],
      ]).problems,
    ).toEqual(['2 电话不对，先没记，请单独再发一次“姓名 电话”', '3 没读到姓名，请写成“姓名 性别 电话”'])
  })
})

test('the roster counts its people', () => {
  const value = { rows: [{ name: '王秀英' }, { name: '李建国' }], done: true }
  expect(types.roster.show(value, field('roster'))).toBe('共2人')
  expect(types.roster.print(value, field('roster'))['count']).toBe('2')
})

describe('who is to leave is not added', () => {
  const present = [{ name: '李四' }, { name: '李四光' }, { name: '张三' }]
  test.each([
    ['删掉李四', [0]],
    ['把李四光删了', [1]],
    ['李四走了', [0]],
    ['退出一个，张三不来了', [2]],
    ['删除张三、李四', [0, 2]],
    ['删除王五', []],
  ])('「%s」 names the rows %j', (text, rows) => {
    expect(isRemoval(text)).toBe(true)
    expect(removedRows(text, present)).toEqual(rows)
  })

  test.each(['李四', '1. 李四 男', '还有李四', '李建国\n王走了'])('「%s」 is no removal', (text) => {
    expect(isRemoval(text)).toBe(false)
  })
})
