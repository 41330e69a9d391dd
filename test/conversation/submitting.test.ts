import { describe, expect, test } from 'vitest'
import { Chat, questionIn, Town } from './chat.ts'
import {
  answersAll,
  answersOfWang,
  answersUntil,
  idOfLi,
  idOfWang,
  labels,
  newLeader,
  readsBack,
} from './leader.ts'

const fullName = '柳州市柳北区解放街道明珠社区夕阳红舞蹈队'

describe('the read-back', () => {
  test('numbers every item as 改第几项 does, over several pages', async () => {
    const wang = await answersAll(await newLeader())
    const pages = [wang.heard, await wang.says('下一页'), await wang.says('下一页')]
    const items = pages.flatMap((page) => [...page.matchAll(/^(\d+)\. ([^：]+)：/gm)])
    expect(items.map(([, number, label]) => [Number(number), label])).toEqual(
      labels.map((label, at) => [at + 1, label]),
    )
    await wang.says('改第12项')
    expect(questionIn(wang.heard)).toBe(labels[11])
  })

  test('shows preview, declaration and 确认提交 only on its last page', async () => {
    const wang = await answersAll(await newLeader())
    expect(wang.heard).not.toContain('提交就是声明')
    expect(wang.reply?.documents).toBeUndefined()
    await wang.goesOn('下一页', '下一页')
    expect(wang.heard).toContain('提交就是声明')
    expect(wang.reply?.documents?.map(({ paper }) => paper)).toContain('initial')
  })

  test('must have been leafed through before 确认提交 counts', async () => {
    const wang = await answersAll(await newLeader())
    for (const asking of ['确认提交', '下一页', '确认提交', '提交']) {
      await wang.says(asking)
      expect(wang.heard).toContain('请核对一遍')
      expect(await wang.filings()).toEqual([])
    }
    await wang.goesOn('下一页', '下一页', '确认提交')
    expect(await wang.filings()).toHaveLength(1)
  })

  test('stands again, on its page, after a question in the middle', async () => {
    const wang = await answersAll(await newLeader())
    await wang.says('下一页')
    await wang.says('备案要多久？')
    expect(wang.heard).toContain('二十个工作日')
    expect(wang.heard).toContain('第2页')
  })

  test('is the last page again after a change', async () => {
    const wang = await readsBack(await newLeader())
    await wang.goesOn('改第11项', '广东广州')
    expect(wang.heard).toContain('提交就是声明')
    await wang.says('确认提交')
    expect((await wang.filings())[0]!.answers['principalNativePlace']).toMatchObject({ value: '广东广州' })
  })

  test('reminds, without stopping, of leaders who are not in the roster', async () => {
    const wang = await readsBack(await newLeader(), { ...answersOfWang, 人员名册: '赵小兰 女' })
    expect(wang.heard).toContain('名册里没有负责人王秀英')
    await wang.says('确认提交')
    expect(await wang.filings()).toHaveLength(1)
  })
})

describe('确认提交', () => {
  test('hands in what the leader said, with a case number', async () => {
    const wang = await readsBack(await newLeader())
    const { values } = wang
    await wang.says('确认提交')
    expect(wang.heard).toContain(fullName)
    expect(wang.heard).toContain('2026-0001')
    const [filing] = await wang.filings()
    expect(filing).toMatchObject({
      caseNumber: '2026-0001',
      organizationName: fullName,
      applicant: 'wang',
      place: '450205001008',
    })
    for (const [id, value] of Object.entries(values)) expect(filing!.answers[id]).toMatchObject({ value })
    expect(wang.session.drafts).toEqual([])
  })

  test('twice submits once', async () => {
    const wang = await readsBack(await newLeader())
    await wang.goesOn('确认提交', '确认提交')
    expect(wang.heard).toContain('已经提交过了')
    expect(await wang.filings()).toHaveLength(1)
  })

  test('too early names what is missing and asks it', async () => {
    const wang = await answersUntil(await newLeader(), '人员名册')
    await wang.says('确认提交')
    expect(wang.heard).toContain('还差：人员名册')
    expect(questionIn(wang.heard)).toBe('人员名册')
  })

  test('with one identity number for two people, from an older draft, is refused until one is changed', async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单')
    await wang.goesOn('李建国', '副队长', '群众', idOfLi, '退休', '没有了')
    await readsBack(wang)
    const session = structuredClone(wang.session)
    session.drafts[0]!.answers['principalIdNumber'] = {
      value: idOfLi,
      by: 'wang',
      at: '2026-11-01T00:00:00Z',
    }
    await wang.town.transact((tx) => tx.saveSession('wang', session))
    await wang.says('确认提交')
    expect(wang.heard).toContain('身份证号码一样')
    expect(await wang.filings()).toEqual([])
    await wang.goesOn('改主要负责人身份证号码', idOfWang)
    await readsBack(wang)
    await wang.says('确认提交')
    expect(await wang.filings()).toHaveLength(1)
  })

  test('after 撤回 allows a new one of the same name', async () => {
    const wang = await readsBack(await newLeader())
    await wang.goesOn('确认提交', '撤回')
    expect(wang.heard).toContain('2026-0001')
    expect(wang.heard).toContain('1. 撤回')
    await wang.says('1')
    expect(wang.heard).toContain('已撤回')
    await wang.says('开始备案')
    await readsBack(wang)
    await wang.says('确认提交')
    expect((await wang.filings()).map(({ caseNumber }) => caseNumber)).toEqual(['2026-0001', '2026-0002'])
  })
})

test('打印 with the number of somebody else’s case prints nothing', async () => {
  const wang = await answersAll(await newLeader())
  await wang.goesOn('确认提交', '打印 2026-0999')
  expect(wang.heard).toContain('您没有受理号是2026-0999的')
  expect(wang.reply?.documents).toBeUndefined()
})

test('打印 beside a case is a numbered choice of it and the form being filled', async () => {
  const wang = await readsBack(await newLeader())
  await wang.goesOn('确认提交', '开始备案', '1', '打印')
  expect(wang.heard).toMatch(/1\. 还没起名的组织（没填完）\n2\. .*夕阳红舞蹈队（2026-0001）/)
  await wang.says('1')
  expect(wang.reply?.documents?.every(({ of }) => of === 'draft')).toBe(true)
  await wang.goesOn('打印', '2')
  expect(wang.reply?.documents?.every(({ of }) => of === 'filing')).toBe(true)
  expect(questionIn(wang.heard)).toBe('活动地域')
})

describe('one identity number for two people', () => {
  test('is refused where it is told, and the question stands', async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单')
    await wang.goesOn('李建国', '副队长', '群众', idOfWang)
    expect(wang.heard).toContain('和“主要负责人·身份证号码”填的一样')
    expect(wang.heard).not.toContain(idOfWang)
    expect(questionIn(wang.heard)).toBe('负责人名单·身份证号码')
    await wang.goesOn(idOfLi, '退休')
    expect(wang.values['officers']).toMatchObject({ rows: [{ idNumber: idOfLi }] })
  })

  test('in a whole row is asked again', async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单')
    await wang.says(`李建国，副队长，群众，${idOfWang}，退休`)
    expect(wang.heard).toContain('填的一样')
    expect(questionIn(wang.heard)).toBe('负责人名单·身份证号码')
  })

  test('told again for the same person is no second one', async () => {
    const wang = await answersUntil(await newLeader(), '籍贯')
    await wang.goesOn('改主要负责人身份证号码', idOfWang)
    expect(questionIn(wang.heard)).toBe('籍贯')
  })
})

describe('撤回', () => {
  const submitted = async () => {
    const wang = await readsBack(await newLeader())
    await wang.says('确认提交')
    return wang
  }
  const isOver = async (wang: Chat) => (await wang.filings())[0]!.events.at(-1)!.type === 'withdrawn'

  test.each(['1', '撤回', '对', '确认撤回'])('asks, and %s does it', async (yes) => {
    const wang = await submitted()
    await wang.says('撤回')
    expect(await isOver(wang)).toBe(false)
    await wang.says(yes)
    expect(await isOver(wang)).toBe(true)
  })

  test.each(['2', '不撤', '不对', '备案要多久？', '到哪一步了'])(
    'asks, and %s does not, nor does 1 after that',
    async (other) => {
      const wang = await submitted()
      await wang.goesOn('撤回', other, '1')
      expect(await isOver(wang)).toBe(false)
    },
  )

  test.each(['撤回了', '已撤回', '我已经撤回了', '撤了', '刚才那条撤回了。'])(
    '%s tells of a message and asks nothing',
    async (said) => {
      const wang = await submitted()
      await wang.goesOn(said, '1')
      expect(await isOver(wang)).toBe(false)
    },
  )
})

describe('a name that is taken', () => {
  test('is told with the name as it stands', async () => {
    const wang = await answersUntil(await newLeader(new Town({ taken: [fullName] })), '备案社区社会组织名称')
    await wang.says('夕阳红的舞蹈队')
    if (wang.heard.includes('对吗？')) await wang.says('对')
    expect(wang.heard).toContain(`已经有“${fullName}”`)
  })

  test('is refused when it is told, and the question stands again', async () => {
    const wang = await answersUntil(await newLeader(new Town({ taken: [fullName] })), '备案社区社会组织名称')
    await wang.says('夕阳红舞蹈队')
    expect(wang.heard).toContain('不能重名')
    expect(questionIn(wang.heard)).toBe('备案社区社会组织名称')
    await wang.says('朝霞舞蹈队')
    expect(questionIn(wang.heard)).toBe('活动场所地址及面积')
  })

  test('is refused with spaces and signs too', async () => {
    const wang = await answersUntil(await newLeader(new Town({ taken: [fullName] })), '备案社区社会组织名称')
    for (const name of ['夕阳红 舞蹈队', '“夕阳红”舞蹈队']) {
      await wang.says(name)
      expect(wang.heard).toContain('不能重名')
    }
  })

  test('by somebody quicker is refused at 确认提交, and nothing is lost', async () => {
    const town = new Town()
    const [wang, li] = [
      await readsBack(await newLeader(town, 'wang')),
      await readsBack(await newLeader(town, 'li')),
    ]
    await li.says('确认提交')
    const { values } = wang
    await wang.says('确认提交')
    expect(wang.heard).toContain('不能重名')
    expect(questionIn(wang.heard)).toBe('备案社区社会组织名称')
    expect(wang.values).toEqual(values)
    await wang.says('朝霞舞蹈队')
    await readsBack(wang)
    await wang.says('确认提交')
    expect((await wang.filings())[0]).toMatchObject({ caseNumber: '2026-0002' })
  })
})

describe('somebody who fills in for the leader', () => {
  const helped = async (): Promise<Chat> => {
    const child = await newLeader()
    await child.says('代填')
    return readsBack(child)
  }

  test('cannot submit before the leader has heard and confirmed the read-back', async () => {
    const child = await helped()
    await child.says('确认提交')
    expect(child.heard).toContain('负责人已确认')
    expect(await child.filings()).toEqual([])
    await child.goesOn('负责人已确认', '确认提交')
    expect((await child.filings())[0]!.events).toMatchObject([
      { type: 'submitted', by: 'wang', helper: true },
    ])
  })

  test('must ask the leader again after a change', async () => {
    const child = await helped()
    await child.goesOn('负责人已确认', '改籍贯', '广东广州', '确认提交')
    expect(await child.filings()).toEqual([])
    await child.goesOn('负责人已确认', '确认提交')
    expect(await child.filings()).toHaveLength(1)
  })

  test('cannot confirm for the leader before the read-back was there to hear', async () => {
    const child = await newLeader()
    await child.goesOn('代填', '负责人已确认')
    await readsBack(child)
    await child.says('确认提交')
    expect(await child.filings()).toEqual([])
  })

  test('cannot confirm for the leader in the middle of the read-back either', async () => {
    const child = await newLeader()
    await child.says('代填')
    await answersAll(child)
    await child.goesOn('负责人已确认', '下一页', '下一页', '确认提交')
    expect(await child.filings()).toEqual([])
    await child.goesOn('负责人已确认', '确认提交')
    expect(await child.filings()).toHaveLength(1)
  })

  test('may say so at the start', async () => {
    const child = new Chat(new Town())
    await child.goesOn('代办备案', '同意')
    expect(child.draft.helper).toBe(true)
  })

  test('is stamped on every answer', async () => {
    const child = await helped()
    for (const answer of Object.values(child.draft.answers)) expect(answer.by).toBe('wang')
  })

  test('is told, when she is the leader herself, that it needs no confirmation', async () => {
    const wang = await readsBack(await newLeader())
    await wang.says('负责人已确认')
    expect(wang.heard).toContain('不用这一步')
  })
})
