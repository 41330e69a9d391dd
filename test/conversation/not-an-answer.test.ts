import { describe, expect, test } from 'vitest'
import { Chat, questionIn, Town } from './chat.ts'
import { answersOfWang, answersUntil, newLeader, readsBack } from './leader.ts'

describe('a statement that answers nothing', () => {
  test.each([
    ['主要负责人·联系电话', '没有电话', '跳过'],
    ['主要负责人·联系电话', '跟上面一样', '单独写'],
    ['主要负责人·身份证号码', '67岁', '18位'],
    ['主要负责人·身份证号码', '不晓得', '人工'],
    ['组织类别', '不知道', '跳过'],
    ['文化程度', '👌', '读到哪一级'],
  ])('at %s hears why “%s” is none, and the question stands', async (label, said, why) => {
    const wang = await answersUntil(await newLeader(), label)
    const { values } = wang
    await wang.says(said)
    expect(wang.heard).toContain(why)
    expect(wang.heard).not.toContain('文件里没有写')
    expect(questionIn(wang.heard)).toBe(label)
    expect(wang.values).toEqual(values)
  })

  test.each([
    ['活动场所地址及面积', '好了'],
    ['宗旨', '行了'],
    ['组织类别', '知道了'],
  ])('at %s “%s” is heard, and the question stands', async (label, said) => {
    const wang = await answersUntil(await newLeader(), label)
    const { values } = wang
    await wang.says(said)
    expect(wang.heard).toMatch(/^好的。\n/)
    expect(questionIn(wang.heard)).toBe(label)
    expect(wang.values).toEqual(values)
  })

  test('错了 after an answer was taken hears how to mend it', async () => {
    const wang = await answersUntil(await newLeader(), '宗旨')
    await wang.says('说错了')
    expect(wang.heard).toContain('回复“上一步”')
    expect(questionIn(wang.heard)).toBe('宗旨')
  })

  test('a question is still answered from the document', async () => {
    const wang = await answersUntil(await newLeader(), '组织类别')
    await wang.says('天气怎么样？')
    expect(wang.heard).toContain('文件里没有写')
  })

  test('a digit in a box is a digit', async () => {
    const wang = await answersUntil(await newLeader(), '组织类别')
    await wang.says('2️⃣')
    expect(wang.values['organizationCategory']).toBe('privateNonEnterpriseUnit')
  })
})

test.each(['确认', '好的', '对'])(
  '%s at the end of the read-back hands nothing in, and says what does',
  async (yes) => {
    const wang = await readsBack(await newLeader())
    await wang.says(yes)
    expect(wang.heard).toContain('回复“确认提交”才算交')
    expect(await wang.filings()).toEqual([])
  },
)

test('好的 turns the pages of the read-back', async () => {
  const wang = await readsBack(await newLeader())
  await wang.goesOn('看看我填的', '好的')
  expect(wang.heard).toContain('第2页')
})

describe('at a natural stop', () => {
  const stops = async () => {
    const wang = await answersUntil(await newLeader(), '业务范围')
    await wang.says(answersOfWang['业务范围']!)
    expect(wang.heard).toContain('下一段')
    return wang
  }

  test('the next question is told, and its answer is taken', async () => {
    const wang = await stops()
    expect(wang.heard).toContain('主要负责人叫什么名字')
    await wang.says('王秀英')
    expect(wang.values['principalName']).toBe('王秀英')
    expect(questionIn(wang.heard)).toBe('主要负责人·联系电话')
  })

  test.each(['继续', '1', '好的', '2'])('%s goes on and answers nothing', async (word) => {
    const wang = await stops()
    const { values } = wang
    await wang.says(word)
    expect(questionIn(wang.heard)).toBe('主要负责人·姓名')
    expect(wang.values).toEqual(values)
  })

  test('what was put off is not called done', async () => {
    const wang = await newLeader()
    while (!wang.heard.includes('下一段')) await wang.says('跳过')
    expect(wang.heard).not.toContain('填完了')
    expect(wang.heard).toContain('6题没填')
  })
})

describe('改 without an open form', () => {
  test('says what can be done with what was handed in', async () => {
    const wang = await readsBack(await newLeader())
    await wang.goesOn('确认提交', '改电话')
    expect(wang.heard).toMatch(/撤回.*变更/)
  })

  test('points to the form that waits', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.goesOn('暂停', '改电话')
    expect(wang.heard).toContain('回复“继续”')
  })

  test('means nothing to somebody who has nothing', async () => {
    const wang = new Chat(new Town())
    await wang.says('改电话')
    expect(wang.heard).toContain('文件里没有写')
  })
})

describe('somebody who fills in for another', () => {
  test.each(['我是替我妈王秀英填的', '我帮我妈填的', '是替我爸填的', '我是帮邻居填表的', '代填'])(
    'is understood in the middle of the form: %s',
    async (said) => {
      const wang = await answersUntil(await newLeader(), '组织类别')
      await wang.says(said)
      expect(wang.draft.helper).toBe(true)
      expect(questionIn(wang.heard)).toBe('组织类别')
    },
  )

  test('is understood before any form: it begins one', async () => {
    const child = new Chat(new Town())
    await child.goesOn('我是替我妈王秀英填的', '同意')
    expect(child.draft.helper).toBe(true)
  })

  test.each(['给老人办手续；帮老人写信', '我们帮邻居办手续', '帮我们队填写'])(
    'is not meant by %s',
    async (said) => {
      const wang = await answersUntil(await newLeader(), '业务范围')
      await wang.says(said)
      expect(wang.draft.helper).toBe(false)
    },
  )
})

describe.each(['我不识字', '不会打字', '我不识字啊。', '我眼睛不好'])('%s', (said) => {
  test('hears of speech, of a helper and of people', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.says(said)
    expect(wang.heard).toContain('按住说话')
    expect(wang.heard).toMatch(/代填.*人工/)
    expect(questionIn(wang.heard)).toBe('籍贯')
  })
})
