import { describe, expect, test } from 'vitest'
import { Chat, liubei, questionIn, Town } from './chat.ts'
import { answersUntil, newLeader, readsBack } from './leader.ts'
import { withNewNotice } from './packs.ts'

const start = async (town = new Town()): Promise<Chat> => {
  const wang = new Chat(town)
  await wang.says('开始备案')
  return wang
}

const newNotice = withNewNotice(liubei)

describe('the notice about personal information', () => {
  test('comes before the first question in single chat', async () => {
    const wang = await start()
    expect(wang.heard).toContain('先说一下个人信息')
    expect(questionIn(wang.heard)).toBeUndefined()
  })

  test.each(['1', '同意', '我同意', '好的', '１'])(
    'is agreed to with %s, and recorded with version and time',
    async (word) => {
      const wang = await start()
      await wang.says(word)
      expect(questionIn(wang.heard)).toBe('组织类别')
      expect(wang.session.consents).toEqual([
        {
          version: liubei.notices.consent.version,
          agreed: true,
          at: wang.town.now.toISOString(),
          channel: 'robot',
        },
      ])
    },
  )

  test('is agreed to by pressing the button', async () => {
    const wang = await start()
    await wang.presses('同意')
    expect(questionIn(wang.heard)).toBe('组织类别')
  })

  test.each(['2', '不同意', '不', '不愿意'])(
    'is refused with %s: the form ends politely, nothing is kept',
    async (word) => {
      const wang = await start()
      await wang.says(word)
      expect(wang.heard).toContain('纸质表格')
      expect(wang.session.drafts).toEqual([])
      expect(wang.session.consents).toMatchObject([{ agreed: false }])
      await wang.says('备案要多久')
      expect(wang.heard).toContain('二十个工作日')
    },
  )

  test('refused once may be agreed to later', async () => {
    const wang = await start()
    await wang.goesOn('不同意', '开始备案')
    expect(wang.heard).toContain('先说一下个人信息')
    await wang.says('同意')
    expect(questionIn(wang.heard)).toBe('组织类别')
  })

  test('is asked once, not again for the next form', async () => {
    const wang = await newLeader()
    await wang.goesOn('取消', '1', '开始备案')
    expect(questionIn(wang.heard)).toBe('组织类别')
  })

  test.each([
    '明珠社区',
    '19900001234',
    '夕阳红舞蹈队',
    '再说一遍',
    '进度',
    '上一步',
    '跳过',
    '改第1项',
    '帮助',
    '听不懂',
  ])('stands until it is answered: %s asks no question of the form', async (word) => {
    const wang = await start()
    await wang.says(word)
    expect(questionIn(wang.heard)).toBeUndefined()
    expect(wang.heard).toContain('1. 同意')
    expect(wang.values).toEqual({})
  })

  test('a question is answered while it stands', async () => {
    const wang = await start()
    await wang.says('备案要多久？')
    expect(wang.heard).toContain('二十个工作日')
    expect(wang.heard).toContain('1. 同意')
  })

  test('stands after 取消 and 不取消; 取消 and 1 end the form', async () => {
    const wang = await start()
    await wang.goesOn('取消', '2')
    expect(wang.heard).toContain('1. 同意')
    await wang.goesOn('取消', '1')
    expect(wang.heard).toContain('已取消')
    expect(wang.session.drafts).toEqual([])
  })

  test('is neither agreed to nor refused in a group: a number there answers the question of the group', async () => {
    const wang = new Chat(new Town())
    await wang.says('开始备案', 'group')
    await wang.says('社会团体')
    expect(wang.heard).toContain('1. 同意')
    await wang.says('2', 'group')
    expect(wang.values).toEqual({ organizationCategory: 'privateNonEnterpriseUnit' })
    expect(wang.session.consents).toEqual([])
    await wang.says('继续')
    await wang.says('同意', 'group')
    expect(wang.heard).toContain('单聊')
    expect(wang.session.consents).toEqual([])
    await wang.says('继续')
    expect(wang.heard).toContain('1. 同意')
  })

  test('is shown again when an old card is pressed before it was agreed to', async () => {
    const wang = new Chat(new Town())
    await wang.says('开始备案', 'group')
    await wang.goesOn('你好', '暂停')
    await wang.presses('社会团体', wang.cards[0])
    expect(wang.heard).toContain('1. 同意')
    expect(wang.values).toEqual({})
  })

  test('in a new version is asked again before the form goes on, and the answers stay', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    const values = wang.values
    wang.town.pack = newNotice
    await wang.says('广西柳州')
    expect(wang.heard).toContain('先说一下个人信息')
    expect(wang.values).toEqual(values)
    await wang.says('同意')
    expect(questionIn(wang.heard)).toBe('籍贯')
    expect(wang.values).toEqual(values)
    expect(wang.session.consents.map(({ version }) => version)).toEqual(['2026-11', '2027-01'])
  })

  test('in a new version comes before 确认提交 too', async () => {
    const wang = await readsBack(await newLeader())
    wang.town.pack = newNotice
    await wang.says('确认提交')
    expect(wang.heard).toContain('先说一下个人信息')
    expect(await wang.filings()).toEqual([])
    await wang.goesOn('同意', '确认提交')
    expect(await wang.filings()).toHaveLength(1)
  })

  test('in a new version refused keeps what was told, unanswered', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    const values = wang.values
    wang.town.pack = newNotice
    await wang.goesOn('广西柳州', '不同意')
    expect(wang.heard).toContain('纸质表格')
    expect(wang.values).toEqual(values)
    await wang.says('继续')
    expect(wang.heard).toContain('先说一下个人信息')
  })
})
