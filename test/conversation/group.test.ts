import { describe, expect, test } from 'vitest'
import { Chat, questionIn, Town } from './chat.ts'
import { answersUntil, idOfLi, idOfWang, newLeader, readsBack } from './leader.ts'

describe('the group shield', () => {
  const secrets: [string, string][] = [
    ['an identity number', `我的身份证是${idOfWang}`],
    ['an identity number with spaces', idOfWang.replace(/(.{6})(.{8})/, '$1 $2 ')],
    [
      'a full-width identity number',
      [...idOfWang].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''),
    ],
    ['a mobile number', '电话19900001234'],
    ['a mobile number in groups', '199-0000-1234'],
    ['a spoken mobile number', '幺九九零零零零幺二三四'],
    ['a landline', '0772-2801234'],
    ['a home address', '我家住胜利路12号3栋2单元501室'],
  ]
  test.each(secrets)('stops %s without repeating or keeping it', async (_what, said) => {
    for (const wang of [new Chat(new Town()), await answersUntil(await newLeader(), '主要负责人·联系电话')]) {
      const before = wang.texts.length > 0 ? wang.session : undefined
      await wang.says(said, 'group')
      expect(wang.heard).toContain('撤回')
      expect(wang.heard).toContain('单聊')
      expect(wang.heard).not.toMatch(/\d{4}|501/)
      if (before) expect(wang.session).toEqual(before)
      expect(JSON.stringify(wang.session)).not.toContain(idOfWang)
    }
  })

  test('lets the address of the meeting place through', async () => {
    const wang = new Chat(new Town())
    await wang.says('开始备案', 'group')
    for (const text of ['1', '明珠社区', '夕阳红舞蹈队', '跃进路58号社区活动室，80平方米'])
      await wang.says(text, 'group')
    expect(wang.values['venue']).toEqual({ address: '跃进路58号社区活动室', area: 80 })
  })

  test('does not take a roster file in a group', async () => {
    const wang = await answersUntil(await newLeader(), '人员名册')
    await wang.sends({ type: 'file', media: { from: 'url', url: 'https://example.com/roster' } }, 'group')
    expect(wang.heard).toContain('群里不要发')
    expect(wang.turn?.effects).toEqual([])
  })
})

async function startsInGroup(): Promise<Chat> {
  const wang = new Chat(new Town())
  for (const text of [
    '开始备案',
    '1',
    '明珠社区',
    '夕阳红舞蹈队',
    '跃进路58号社区活动室，80平方米',
    '1',
    '1',
  ]) {
    await wang.says(text, 'group')
  }
  return wang
}

describe('a filing started in a group', () => {
  test('asks about the organization there, and then sends the leader to the single chat', async () => {
    const wang = await startsInGroup()
    expect(questionIn(wang.heard)).toBeUndefined()
    expect(wang.heard).toContain('单聊')
    expect(Object.keys(wang.values)).toHaveLength(6)
  })

  test('asks no question about a person in the group, whatever is said there', async () => {
    const wang = await startsInGroup()
    for (const text of [
      '继续',
      '王秀英',
      '跳过',
      '再说一遍',
      '进度',
      '改第7项',
      '改籍贯',
      '看看我填的',
      '下一页',
      '打印',
      '确认提交',
      '代填',
      '负责人已确认',
      '帮助',
    ]) {
      await wang.says(text, 'group')
      expect(questionIn(wang.heard) ?? '', `${text}: ${wang.heard}`).toBe('')
      expect(wang.values['principalName']).toBeUndefined()
    }
  })

  test('goes on in single chat after the notice, with every answer kept', async () => {
    const wang = await startsInGroup()
    const values = wang.values
    await wang.says('继续')
    expect(wang.heard).toContain('先说一下个人信息')
    await wang.says('同意')
    expect(questionIn(wang.heard)).toBe('主要负责人·姓名')
    expect(wang.values).toEqual(values)
  })

  test.each([
    '你好',
    '帮助',
    '进度',
    '上一步',
    '改第7项',
    '听不懂',
    '跳过',
    '再说一遍',
    '王秀英',
    '备案要多久？',
  ])(
    'asks nothing about a person in single chat before the notice was agreed to, at %s either',
    async (text) => {
      const wang = await startsInGroup()
      await wang.says(text)
      expect(questionIn(wang.heard) ?? '', wang.heard).not.toMatch(/主要负责人/)
    },
  )

  test('may go on in the group with what is not about persons', async () => {
    const wang = await startsInGroup()
    await wang.says('改第5项', 'group')
    expect(questionIn(wang.heard)).toBe('宗旨')
    await wang.says('丰富居民文化生活。', 'group')
    expect(wang.values['purpose']).toBe('丰富居民文化生活。')
  })
})

describe('a leader who is in the middle of the single chat', () => {
  const persons = ['王秀英', '199****1234', '450205', '广西桂林', '柳州棉纺厂', '3栋']

  test.each([
    '继续',
    '再说一遍',
    '帮助',
    '人工',
    '进度',
    '听不懂',
    '到哪一步了',
    '看看我填的',
    '下一页',
    '上一页',
    '打印',
    '确认提交',
    '备案要多久？',
    '上一步',
    '跳过',
    '删第1个',
    '负责人已确认',
    '你好呀',
    '没有了',
  ])('shows nothing of a person in the group with %s', async (text) => {
    const places = [
      await answersUntil(await newLeader(), '籍贯'),
      await answersUntil(await newLeader(), '负责人名单'),
      await readsBack(await newLeader()),
    ]
    for (const wang of places) {
      await wang.says(text, 'group')
      for (const person of persons) expect(wang.heard).not.toContain(person)
      expect(questionIn(wang.heard) ?? '').not.toMatch(/负责人|籍贯|文化|政治|单位|住址|简历|联系人|名册/)
    }
  })

  test('cannot confirm a value about a person in the group', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·姓名')
    await wang.says('努尔兰')
    expect(wang.heard).toContain('对吗？')
    await wang.says('对', 'group')
    expect(wang.heard).not.toContain('努尔兰')
  })

  test('leaves nothing blank and puts nothing off from the group', async () => {
    for (const label of ['籍贯', '其他社会职务']) {
      const wang = await answersUntil(await newLeader(), label)
      const draft = wang.draft
      await wang.says('跳过', 'group')
      expect(wang.draft).toEqual(draft)
    }
  })

  test('deletes no row from the group', async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单')
    await wang.goesOn('李建国', '副队长', '群众', idOfLi, '退休')
    const values = wang.values
    await wang.says('删第1个', 'group')
    expect(wang.heard).not.toContain('李建国')
    expect(wang.values).toEqual(values)
  })
})
