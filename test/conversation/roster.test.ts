import { describe, expect, test } from 'vitest'
import type { Rows } from '../../src/forms/answers.ts'
import { questionIn, type Chat } from './chat.ts'
import { answersUntil, idOfLi, newLeader, readsBack } from './leader.ts'

const atRoster = async (): Promise<Chat> => answersUntil(await newLeader(), '人员名册')
const rowsOf = (wang: Chat): Record<string, unknown>[] => (wang.values['roster'] as Rows).rows
const namesOf = (wang: Chat): unknown[] => rowsOf(wang).map(({ name }) => name)

describe('the roster', () => {
  test('is typed one by one', async () => {
    const wang = await atRoster()
    await wang.goesOn('王秀英 女 19900001234 队长', '李建国', '赵小兰 女')
    expect(rowsOf(wang)).toEqual([
      { name: '王秀英', gender: '女', phone: '19900001234', position: '队长' },
      { name: '李建国' },
      { name: '赵小兰', gender: '女' },
    ])
    expect(wang.heard).toContain('名册现在共3人')
    expect(questionIn(wang.heard)).toBe('人员名册')
    // The end of a list is a tap away, once somebody stands in it.
    await wang.presses('没有了')
    expect(wang.values['roster']).toMatchObject({ done: true })
  })

  test('is pasted as 接龙, and in pieces', async () => {
    const wang = await atRoster()
    await wang.says('#接龙\n夕阳红舞蹈队名单\n1. 王秀英 女\n2. 李建国 男 19900005678\n3. 赵小兰')
    await wang.says('4. 周桂花 女\n5. 吴国强')
    expect(namesOf(wang)).toEqual(['王秀英', '李建国', '赵小兰', '周桂花', '吴国强'])
  })

  test('takes who is told twice once, and completes him', async () => {
    const wang = await atRoster()
    await wang.goesOn('王秀英\n李建国', '李建国 男 19900005678')
    expect(rowsOf(wang)).toEqual([{ name: '王秀英' }, { name: '李建国', gender: '男', phone: '19900005678' }])
  })

  test('tells which lines were not understood and takes the others', async () => {
    const wang = await atRoster()
    await wang.says('王秀英 女 19900001234\n李建国 男 1990000567\n赵小兰')
    expect(wang.heard).toContain('第2行')
    expect(wang.heard).not.toContain('1990000567')
    expect(namesOf(wang)).toEqual(['王秀英', '李建国', '赵小兰'])
  })

  test('keeps no identity numbers', async () => {
    const wang = await atRoster()
    await wang.says('王秀英 45020519080312002X')
    expect(wang.heard).toContain('身份证号不用交')
    expect(JSON.stringify(rowsOf(wang))).not.toContain('450205')
    expect(wang.heard).not.toContain('45020519080312002X')
  })

  test('must have somebody in it', async () => {
    const wang = await atRoster()
    await wang.says('没有了')
    expect(wang.heard).toContain('至少要有一位')
    expect(questionIn(wang.heard)).toBe('人员名册')
  })

  test('loses the one who is deleted, and nobody else', async () => {
    const wang = await atRoster()
    await wang.goesOn('王秀英\n李建国\n赵小兰', '删第2个')
    expect(wang.heard).toContain('已删掉：李建国')
    expect(namesOf(wang)).toEqual(['王秀英', '赵小兰'])
    await wang.says('删第9个')
    expect(wang.heard).toContain('没有这一位')
    expect(namesOf(wang)).toEqual(['王秀英', '赵小兰'])
  })

  test.each(['删除李建国', '把李建国删了', '李建国走了', '删掉李建国吧'])(
    'loses the one named in “%s”',
    async (said) => {
      const wang = await atRoster()
      await wang.goesOn('王秀英\n李建国\n赵小兰', said)
      expect(wang.heard).toContain('已删掉：李建国')
      expect(namesOf(wang)).toEqual(['王秀英', '赵小兰'])
      expect(questionIn(wang.heard)).toBe('人员名册')
    },
  )

  test('asks which one where two share the name, and loses nobody when nobody has it', async () => {
    const wang = await atRoster()
    await wang.goesOn('李建国 19900005678\n王秀英\n李建国 19900006789', '删除李建国')
    expect(wang.heard).toContain('(3) 李建国')
    await wang.says('删除吴国强')
    expect(wang.heard).toContain('名册里没有这个人')
    expect(rowsOf(wang)).toHaveLength(3)
    await wang.says('删第3个')
    expect(rowsOf(wang)).toHaveLength(2)
  })

  test('is not meant by 删第1个 at another question', async () => {
    for (const label of ['宗旨', '活动场所地址及面积', '籍贯']) {
      const wang = await answersUntil(await newLeader(), label)
      const values = wang.values
      await wang.says('删第1个')
      expect(wang.heard).toContain('没有这一位')
      expect(questionIn(wang.heard)).toBe(label)
      expect(wang.values).toEqual(values)
    }
  })

  test('is opened again with 改 and closed with 没有了, everybody still in it', async () => {
    const wang = await readsBack(await newLeader())
    const names = namesOf(wang)
    await wang.says('改人员名册')
    expect(wang.heard).toContain('(1) 王秀英')
    await wang.goesOn('赵小兰', '没有了')
    expect(wang.heard).toContain('提交就是声明')
    expect(namesOf(wang)).toEqual([...names, '赵小兰'])
  })

  test('comes as a file too, even while something else is asked', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.sends({ type: 'file', media: { from: 'url', url: 'https://example.com/roster' } })
    expect(wang.turn?.effects).toMatchObject([{ type: 'readFile' }])
    await wang.sends({
      type: 'sheet',
      rows: [['姓名', '性别'], ['王秀英', '女'], [], ['李建国', '男'], ['合计', '两人']],
      unread: ['新来的'],
    })
    expect(namesOf(wang)).toEqual(['王秀英', '李建国'])
    expect(wang.heard).toContain('“新来的”，没有看')
    expect(questionIn(wang.heard)).toBe('籍贯')
  })

  test('a file that cannot be read says why and changes nothing', async () => {
    const wang = await atRoster()
    const values = wang.values
    await wang.sends({ type: 'sheet', rows: [], problem: '不是Excel文件' })
    expect(wang.heard).toContain('不是Excel文件')
    expect(wang.values).toEqual(values)
    expect(questionIn(wang.heard)).toBe('人员名册')
  })
})

describe('the list of leaders', () => {
  const atOfficers = async (): Promise<Chat> => answersUntil(await newLeader(), '负责人名单')
  const li = ['李建国', '副队长', '群众', idOfLi, '退休']

  test('asks each cell with the name of whom it asks', async () => {
    const wang = await atOfficers()
    for (const text of li.slice(0, -1)) {
      await wang.says(text)
      expect(wang.heard).toContain('李建国：')
    }
  })

  test('changes one cell of one row', async () => {
    const wang = await atOfficers()
    await wang.goesOn(...li, '改第1位的职务', '秘书长')
    expect(wang.values['officers']).toMatchObject({ rows: [{ name: '李建国', position: '秘书长' }] })
    expect(questionIn(wang.heard)).toBe('负责人名单')
  })

  test('goes back a cell within a row, and on again without losing any', async () => {
    const wang = await atOfficers()
    await wang.goesOn('李建国', '副队长', '群众', '上一步')
    expect(questionIn(wang.heard)).toBe('负责人名单·政治面貌')
    await wang.says('中共党员')
    expect(questionIn(wang.heard)).toBe('负责人名单·身份证号码')
    expect(wang.values['officers']).toMatchObject({
      rows: [{ name: '李建国', position: '副队长', political: 'cpcMember' }],
    })
  })
})
