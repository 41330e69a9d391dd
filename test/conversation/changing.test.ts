import { describe, expect, test } from 'vitest'
import { questionIn, Town } from './chat.ts'
import { answersOfWang, answersUntil, idOfLi, newLeader, readsBack } from './leader.ts'

describe('changing an earlier answer', () => {
  test.each([
    ['改第11项', '籍贯', '广东广州', 'principalNativePlace', '广东广州'],
    ['改籍贯', '籍贯', '广东广州', 'principalNativePlace', '广东广州'],
    ['我要改一下籍贯', '籍贯', '广东广州', 'principalNativePlace', '广东广州'],
    ['修改第十一项', '籍贯', '广东广州', 'principalNativePlace', '广东广州'],
    ['改电话', '主要负责人·联系电话', '19900009999', 'principalPhone', '19900009999'],
    ['改第1项', '组织类别', '2', 'organizationCategory', 'privateNonEnterpriseUnit'],
  ])(
    '%s opens it with its present value; the new one is taken and nothing else changes',
    async (words, label, said, field, value) => {
      const wang = await answersUntil(await newLeader(), '个人简历')
      const values = wang.values
      await wang.says(words)
      expect(questionIn(wang.heard)).toBe(label)
      expect(wang.heard).toContain('现在填的是：')
      await wang.says(said)
      expect(wang.heard).toContain('改好了')
      expect(wang.values).toEqual({ ...values, [field]: value })
      expect(questionIn(wang.heard)).toBe('个人简历')
    },
  )

  test('电话改成… changes at once', async () => {
    const wang = await answersUntil(await newLeader(), '个人简历')
    const values = wang.values
    await wang.says('电话改成19900009999')
    expect(wang.values).toEqual({ ...values, principalPhone: '19900009999' })
    expect(questionIn(wang.heard)).toBe('个人简历')
  })

  test('several fields of one name are offered by number', async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单', {
      ...answersOfWang,
      联系人: '2',
      '联系人·姓名': '李建国',
      '联系人·联系电话': '19900005678',
      '联系人·社区社会组织职务': '副队长',
    })
    await wang.says('改联系电话')
    const offered = wang.heard
    if (!questionIn(offered)) await wang.says(/(\d)\. 联系人·联系电话/.exec(offered)![1]!)
    expect(questionIn(wang.heard)).toMatch(/联系电话/)
  })

  test('不改了 with 继续 keeps the old value', async () => {
    const wang = await answersUntil(await newLeader(), '个人简历')
    const values = wang.values
    await wang.goesOn('改籍贯', '继续')
    expect(wang.values).toEqual(values)
    expect(questionIn(wang.heard)).toBe('个人简历')
  })

  test('a refused new value leaves the old one', async () => {
    const wang = await answersUntil(await newLeader(), '个人简历')
    const values = wang.values
    await wang.goesOn('改电话', '12345')
    expect(questionIn(wang.heard)).toBe('主要负责人·联系电话')
    expect(wang.values).toEqual(values)
  })

  test('an item that does not exist is refused with the number of items', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.says('改第77项')
    expect(wang.heard).toContain('一共20项')
    expect(questionIn(wang.heard)).toBe('籍贯')
  })
})

describe('changing what was said of somebody', () => {
  const withLi = async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单')
    await wang.goesOn('李建国', '副队长', '群众', idOfLi, '退休', '没有了', '继续')
    expect(questionIn(wang.heard)).toBe('人员名册')
    return wang
  }

  test.each(['改李建国的职务', '改一下李建国职务', '修改李建国的职务'])(
    '%s opens his cell',
    async (words) => {
      const wang = await withLi()
      await wang.says(words)
      expect(questionIn(wang.heard)).toBe('负责人名单·社区社会组织职务')
      await wang.says('秘书长')
      expect(wang.values['officers']).toMatchObject({ rows: [{ name: '李建国', position: '秘书长' }] })
      expect(wang.values['principalPosition']).toBe('队长')
      expect(questionIn(wang.heard)).toBe('人员名册')
    },
  )

  test('李建国的职务改成… changes his cell at once', async () => {
    const wang = await withLi()
    await wang.says('李建国的职务改成秘书长')
    expect(wang.values['officers']).toMatchObject({ rows: [{ position: '秘书长' }] })
  })

  test('改王秀英的职务 opens the post of the principal', async () => {
    const wang = await withLi()
    await wang.says('改王秀英的职务')
    expect(questionIn(wang.heard)).toBe('主要负责人·社区社会组织职务')
  })

  test('somebody who is in two places is a numbered choice', async () => {
    const wang = await withLi()
    await wang.goesOn('李建国 男', '没有了', '改李建国的职务')
    expect(wang.heard).toMatch(/1\. 负责人名单：李建国\n2\. 人员名册：李建国/)
    await wang.says('1')
    expect(questionIn(wang.heard)).toBe('负责人名单·社区社会组织职务')
  })

  test('a stranger opens nothing', async () => {
    const wang = await withLi()
    await wang.says('改赵小兰的职务')
    expect(wang.heard).toContain('没有叫赵小兰的')
    expect(questionIn(wang.heard)).toBe('人员名册')
  })
})

describe('going back', () => {
  test('step by step to the beginning loses nothing, and the walk goes on where it was', async () => {
    const wang = await answersUntil(await newLeader(), '文化程度')
    const values = wang.values
    const met: (string | undefined)[] = []
    for (let steps = 0; steps < 11; steps++) met.push(questionIn(await wang.says('上一步')))
    expect(met.at(-1)).toBe('组织类别')
    expect(new Set(met).size).toBe(11)
    await wang.says('上一步')
    expect(wang.heard).toContain('第一题')
    expect(wang.values).toEqual(values)
    await wang.says('继续')
    expect(questionIn(wang.heard)).toBe('文化程度')
  })

  test('and answering anew goes on where the walk was, not through everything again', async () => {
    const wang = await answersUntil(await newLeader(), '文化程度')
    await wang.goesOn('上一步', '广东广州')
    expect(wang.values['principalNativePlace']).toBe('广东广州')
    expect(questionIn(wang.heard)).toBe('文化程度')
  })

  test('from the read-back opens the last question', async () => {
    const wang = await readsBack(await newLeader())
    const values = wang.values
    await wang.says('上一步')
    expect(questionIn(wang.heard)).toBe('人员名册')
    expect(wang.heard).toContain('已经有：')
    expect(wang.values).toEqual(values)
  })
})

describe('what depends on a changed answer', () => {
  test('the full name follows the place, and the bot says so', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.goesOn('改活动地域', '广雅社区')
    expect(wang.heard).toContain('跟着改成：柳州市柳北区雅儒街道广雅社区夕阳红舞蹈队')
    expect(wang.values['organizationName']).toEqual({
      full: '柳州市柳北区雅儒街道广雅社区夕阳红舞蹈队',
      rest: '夕阳红舞蹈队',
    })
    expect(questionIn(wang.heard)).toBe('籍贯')
  })

  test('a name that is taken at the new place is asked again, by its label', async () => {
    const town = new Town({ taken: ['柳州市柳北区雅儒街道广雅社区夕阳红舞蹈队'] })
    const wang = await answersUntil(await newLeader(town), '籍贯')
    await wang.goesOn('改活动地域', '广雅社区')
    expect(wang.heard).toContain('不能重名')
    expect(wang.heard).toContain('备案社区社会组织名称跟这个有关，要重新问您一次')
    expect(questionIn(wang.heard)).toBe('备案社区社会组织名称')
    expect(wang.values['principalName']).toBe('王秀英')
    await wang.says('朝霞舞蹈队')
    expect(questionIn(wang.heard)).toBe('籍贯')
  })

  test('another contact adds the questions about the contact and nothing else', async () => {
    const wang = await readsBack(await newLeader())
    const values = wang.values
    await wang.goesOn('改第18项', '2')
    expect(questionIn(wang.heard)).toBe('联系人·姓名')
    await wang.goesOn('李建国', '19900005678', '副队长')
    expect(wang.heard).toContain('请核对一遍')
    expect(wang.values).toEqual({
      ...values,
      contactIsPrincipal: 'no',
      contactName: '李建国',
      contactPhone: '19900005678',
      contactPosition: '副队长',
    })
  })

  test('what was told about the contact is still there when the leader changes her mind twice', async () => {
    const wang = await readsBack(await newLeader())
    await wang.goesOn('改第18项', '2', '李建国', '19900005678', '副队长')
    await wang.goesOn('改第18项', '1')
    expect(wang.heard).toContain('请核对一遍')
    await wang.goesOn('改第18项', '2')
    expect(wang.heard).toContain('请核对一遍')
    expect(wang.values['contactName']).toBe('李建国')
  })
})

describe('while the form is paused', () => {
  const paused = async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.says('暂停')
    return wang
  }

  test.each([
    '上一步',
    '跳过',
    '再说一遍',
    '看看我填的',
    '下一页',
    '改第3项',
    '删第1个',
    '代填',
    '到哪一步了',
    '进度',
    '打印',
  ])('%s tells of the form that waits, and changes nothing', async (word) => {
    const wang = await paused()
    const values = wang.values
    await wang.says(word)
    expect(wang.heard).toMatch(/回复“继续”接着填|表格在下面/)
    expect(wang.values).toEqual(values)
    await wang.says('继续')
    expect(questionIn(wang.heard)).toBe('籍贯')
  })

  test('取消 asks once more, 1 ends it, 2 goes on', async () => {
    const wang = await paused()
    await wang.goesOn('取消', '2')
    expect(questionIn(wang.heard)).toBe('籍贯')
    await wang.goesOn('暂停', '取消', '1')
    expect(wang.session.drafts).toEqual([])
  })

  test('a question is answered, and the bot mentions the form', async () => {
    const wang = await paused()
    await wang.says('备案要多久？')
    expect(wang.heard).toContain('二十个工作日')
    expect(wang.heard).toContain('没填完的表')
  })

  test('yesterday’s card opens its question', async () => {
    const wang = await paused()
    await wang.presses('民办非企业单位', wang.cards[1])
    expect(questionIn(wang.heard)).toBe('组织类别')
    expect(wang.heard).toContain('现在填的是：社会团体')
  })
})

describe('postponed questions', () => {
  test('come again at the end, in their order, before the read-back', async () => {
    const wang = await answersUntil(await newLeader(), '宗旨')
    await wang.says('跳过')
    await answersUntil(wang, '主要负责人·身份证号码')
    await wang.says('跳过')
    await answersUntil(wang, '人员名册')
    await wang.goesOn('王秀英 女', '没有了')
    expect(questionIn(wang.heard)).toBe('宗旨')
    await wang.says('丰富居民文化生活。')
    expect(questionIn(wang.heard)).toBe('主要负责人·身份证号码')
    await wang.says('跳过')
    expect(wang.heard).toContain('就剩这一题')
    await wang.says(answersOfWang['主要负责人·身份证号码']!)
    expect(wang.heard).toContain('请核对一遍')
  })

  test('that may stay empty do, and are not asked again', async () => {
    const wang = await answersUntil(await newLeader(), '其他社会职务')
    await wang.says('跳过')
    expect(wang.heard).toContain('这一格空着')
    expect(questionIn(wang.heard)).toBe('个人简历')
    await readsBack(wang)
    expect(wang.texts.join('\n')).toContain('其他社会职务：（空）')
  })
})
