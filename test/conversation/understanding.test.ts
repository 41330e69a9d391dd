import { describe, expect, test } from 'vitest'
import { questionIn } from './chat.ts'
import { answersOfWang, answersUntil, idOfLi, idOfWang, newLeader, readsBack } from './leader.ts'

describe('several facts in one message', () => {
  test('are shown together and taken with one 对', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·姓名')
    await wang.says(`王秀英，电话19900001234，身份证${idOfWang}，党员`)
    expect(wang.heard).toContain('主要负责人·姓名：王秀英')
    expect(wang.heard).toContain('主要负责人·联系电话：199****1234')
    expect(wang.heard).toContain('主要负责人·身份证号码：450205********002X')
    expect(wang.heard).toContain('都对吗？')
    expect(wang.values['principalName']).toBeUndefined()
    await wang.says('对')
    expect(wang.values).toMatchObject({
      principalName: '王秀英',
      principalPhone: '19900001234',
      principalIdNumber: idOfWang,
      principalPolitical: 'cpcMember',
    })
    expect(questionIn(wang.heard)).toBe('主要负责人·社区社会组织职务')
  })

  test('are forgotten with 不对, and the question stands again', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·姓名')
    const values = wang.values
    await wang.goesOn('王秀英，电话19900001234', '不对')
    expect(wang.values).toEqual(values)
    expect(questionIn(wang.heard)).toBe('主要负责人·姓名')
  })

  test('are not asked again later', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·姓名')
    await wang.goesOn(`王秀英，电话19900001234，身份证${idOfWang}`, '对', '队长')
    expect(questionIn(wang.heard)).toBe('籍贯')
  })

  test.each([
    ['an answer to the standing question', ['跃进路58号社区活动室，80平方米']],
    [
      'an answer that cannot be, and then one that can',
      ['共5000000平方米', '跃进路58号社区活动室，80平方米'],
    ],
    ['a change of an earlier answer', ['改组织类别', '2']],
    ['a word put off', ['跳过']],
    ['a pause of days', ['暂停', '继续']],
    ['a step back and forth', ['上一步', '继续']],
    ['a doubtful value and its yes', ['跃进路58号 两百来平', '对']],
    ['words that only ask again', ['再说一遍', '听不懂']],
  ])('are shown again after %s, and taken with 对', async (_, between) => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    await wang.says(`队长叫王秀英，她电话19900001234`)
    expect(wang.heard).toContain('都对吗？')
    await wang.goesOn(...between)
    expect(wang.heard).toContain('主要负责人·姓名：王秀英')
    expect(wang.heard).toContain('主要负责人·联系电话：199****1234')
    await wang.says('对')
    expect(wang.values).toMatchObject({ principalName: '王秀英', principalPhone: '19900001234' })
  })

  test('of which one is a number leave the rest to the standing question', async () => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    await wang.goesOn('跃进路58号社区活动室，电话19900001234', '对')
    expect(wang.values).toMatchObject({
      principalPhone: '19900001234',
      venue: { address: '跃进路58号社区活动室' },
    })
    expect(wang.heard).toContain('多少平方米')
  })

  test('hold back what is handed in until they are settled', async () => {
    const wang = await readsBack(await newLeader())
    await wang.goesOn('电话19900005555', '确认提交')
    expect(await wang.filings()).toHaveLength(0)
    expect(wang.heard).toContain('199****5555')
    await wang.says('对')
    expect(wang.values['principalPhone']).toBe('19900005555')
  })

  test('may be a whole list or a whole career', async () => {
    const wang = await answersUntil(await newLeader(), '个人简历')
    await wang.says('七六年九月至零八年三月柳州钢铁厂工人 零八年四月至今退休')
    expect(wang.values['principalCareer']).toEqual({
      rows: [
        { period: { from: '1976-09', to: '2008-03' }, post: '柳州钢铁厂工人' },
        { period: { from: '2008-04', to: 'now' }, post: '退休' },
      ],
      done: false,
    })
    await answersUntil(wang, '负责人名单', { ...answersOfWang, 个人简历: '没有了' })
    await wang.says(`李建国 副队长 党员 ${idOfLi} 退休\n赵小兰 秘书长 群众 ${idOfLi} 退休`)
    expect(wang.heard).toContain('赵小兰 秘书长 群众 退休')
    // One number, one person: what is missing of the second row is asked.
    expect(questionIn(wang.heard)).toBe('负责人名单·身份证号码')
    expect(wang.heard).toContain('赵小兰')
    await wang.goesOn('改负责人名单', '没有别的负责人了')
  })

  test('may fill a whole row of the list of leaders', async () => {
    const wang = await answersUntil(await newLeader(), '负责人名单')
    await wang.says('李建国 副队长 中共党员 退休')
    expect(wang.values['officers']).toEqual({
      rows: [{ name: '李建国', position: '副队长', political: 'cpcMember', employer: '退休' }],
      done: false,
    })
    expect(questionIn(wang.heard)).toBe('负责人名单·身份证号码')
  })
})

describe('an answer to another question', () => {
  test('is seen where a free text is asked for', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·社区社会组织职务')
    await wang.goesOn('群众', '对')
    expect(wang.values).toMatchObject({ principalPolitical: 'masses' })
    expect(questionIn(wang.heard)).toBe('主要负责人·社区社会组织职务')
    await wang.says('队长')
    expect(wang.values['principalPosition']).toBe('队长')
  })

  test('is understood as that answer', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·社区社会组织职务')
    await wang.says(idOfWang)
    expect(wang.heard).toContain('主要负责人·身份证号码：450205********002X')
    await wang.says('对')
    expect(wang.values['principalIdNumber']).toBe(idOfWang)
    expect(questionIn(wang.heard)).toBe('主要负责人·社区社会组织职务')
  })

  test('given with its label goes where the label says', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·联系电话')
    await wang.goesOn('籍贯是广西柳州', '对')
    expect(wang.values['principalNativePlace']).toBe('广西柳州')
    expect(questionIn(wang.heard)).toBe('主要负责人·联系电话')
  })

  test('the contact told at 联系人 is taken at once', async () => {
    const wang = await answersUntil(await newLeader(), '联系人')
    await wang.goesOn('李建国，19900005678', '对')
    expect(wang.values).toMatchObject({
      contactIsPrincipal: 'no',
      contactName: '李建国',
      contactPhone: '19900005678',
    })
  })
})

describe('a doubtful answer', () => {
  test('is proposed back and taken with 对', async () => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    await wang.says('跃进路58号社区活动室，两百来平')
    expect(wang.heard).toContain('对吗？')
    expect(wang.values['venue']).toBeUndefined()
    await wang.says('对')
    expect(wang.values['venue']).toEqual({ address: '跃进路58号社区活动室', area: 200, about: true })
  })

  test('is dropped with 不对, and the question stands again', async () => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    await wang.goesOn('跃进路58号社区活动室，两百来平', '不对')
    expect(wang.values['venue']).toBeUndefined()
    expect(questionIn(wang.heard)).toBe('活动场所地址及面积')
  })

  test('may be replaced by a better one without 不对', async () => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    await wang.goesOn('跃进路58号社区活动室，两百来平', '跃进路58号社区活动室，180平方米')
    expect(wang.values['venue']).toEqual({ address: '跃进路58号社区活动室', area: 180 })
  })

  test('of several meanings is asked back with numbers', async () => {
    const wang = await answersUntil(await newLeader(), '文化程度')
    await wang.says('中学')
    expect(wang.heard).toContain('1. 初中')
    expect(wang.heard).toContain('2. 高中')
    await wang.says('2')
    expect(wang.values['principalEducation']).toBe('seniorHigh')
  })

  test('a question or a fixed word at 对吗？ takes nothing', async () => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    for (const digression of ['备案要多久？', '人工', '进度', '听不懂', '再说一遍', '😀']) {
      await wang.says('跃进路58号社区活动室，两百来平')
      expect(wang.heard).toContain('对吗？')
      await wang.says(digression)
      expect(wang.values['venue']).toBeUndefined()
      expect(questionIn(wang.heard), digression).toBe('活动场所地址及面积')
    }
  })
})

test('a community is said back with its street', async () => {
  const wang = await answersUntil(await newLeader(), '活动地域')
  await wang.says('明珠社区')
  expect(wang.heard).toContain('活动地域：明珠社区（解放街道）')
})

test('what is proposed is said once, and a home address whole', async () => {
  const wang = await answersUntil(await newLeader(), '文化程度')
  await wang.says('读到初二')
  expect(wang.heard.split('您说的是').length).toBeLessThanOrEqual(2)
  await answersUntil(wang, '家庭住址')
  await wang.says('柳北区跃进小区')
  expect(wang.heard).toContain('柳北区跃进小区”，对吗？')
})

describe('what waits for a yes', () => {
  test.each(['再说一遍', '听不懂', '备案要多久？', '进度', '人工', '帮助'])(
    'a doubtful value still stands after %s, and 对 takes it',
    async (digression) => {
      const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
      await wang.goesOn('跃进路58号社区活动室，两百来平', digression)
      expect(wang.heard).toContain('对吗？')
      expect(questionIn(wang.heard)).toBe('活动场所地址及面积')
      await wang.says('对')
      expect(wang.values['venue']).toEqual({ address: '跃进路58号社区活动室', area: 200, about: true })
    },
  )

  test('a choice between meanings still stands after a question, and its number takes it', async () => {
    const wang = await answersUntil(await newLeader(), '文化程度')
    await wang.goesOn('中学', '要交钱吗？')
    expect(wang.heard).toContain('2. 高中')
    await wang.says('2')
    expect(wang.values['principalEducation']).toBe('seniorHigh')
  })

  test('a second stray fact joins the first', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·联系电话')
    await wang.goesOn('党员', '退休了')
    expect(wang.heard).toContain('政治面貌：中共党员')
    expect(wang.heard).toContain('工作单位及职务：')
    await wang.says('对')
    expect(wang.values).toMatchObject({ principalPolitical: 'cpcMember', principalEmployer: '退休' })
    expect(questionIn(wang.heard)).toBe('主要负责人·联系电话')
  })

  test('a value about a person is not shown again in the group, and 对 in single chat still takes it', async () => {
    const wang = await answersUntil(await newLeader(), '家庭住址')
    await wang.says('柳州市柳北区')
    expect(wang.heard).toContain('对吗？')
    await wang.says('再说一遍', 'group')
    expect(wang.heard).toContain('单聊')
    expect(wang.heard).not.toContain('柳北区')
    await wang.says('对')
    expect(wang.values['principalHomeAddress']).toBe('柳州市柳北区')
  })
})

describe('an impossible answer', () => {
  test.each([
    ['主要负责人·联系电话', '1990000123', '10位'],
    ['主要负责人·身份证号码', `${idOfWang.slice(0, 17)}1`, '最后一位'],
    ['主要负责人·身份证号码', '450205190802300022', '没有这一天'],
    ['组织类别', '5', '只有1到2'],
    ['活动地域', '星星社区', '没找到'],
    ['备案社区社会组织名称', '夕阳红', '队、团、会'],
  ])(
    'at %s is refused with the reason, and the question with its example stands again',
    async (label, said, reason) => {
      const wang = await answersUntil(await newLeader(), label)
      const values = wang.values
      await wang.says(said)
      expect(wang.heard).toContain(reason)
      expect(questionIn(wang.heard)).toBe(label)
      expect(wang.heard).not.toContain(said.length > 9 ? said : '没有什么')
      expect(wang.values).toEqual(values)
    },
  )
})

test('who only knows the street is offered its communities', async () => {
  const wang = await answersUntil(await newLeader(), '活动地域')
  await wang.goesOn('解放街道', '不对')
  expect(wang.heard).toMatch(/8\. 明珠社区/)
  await wang.says('8')
  expect(wang.values['activityArea']).toEqual({ code: '450205001008' })
})

test('not to know is no question to the document', async () => {
  const wang = await answersUntil(await newLeader(), '籍贯')
  await wang.says('不知道老家是哪里的')
  expect(wang.heard).toContain('回复“跳过”先放一放')
  expect(wang.heard).not.toContain('文件里没有写')
})

test('nothing but faces and blanks gets an answer too when no form is being filled', async () => {
  const wang = await newLeader()
  await wang.says('暂停')
  for (const text of ['😀', '  ', '[呲牙]', '。。。']) expect(await wang.says(text)).not.toBe('')
})

test('a name told before its place asks for the place, and then for the name', async () => {
  const wang = await answersUntil(await newLeader(), '活动地域')
  await wang.goesOn('跳过', '夕阳红舞蹈队')
  expect(wang.heard).toContain('请先说在哪个社区')
  expect(questionIn(wang.heard)).toBe('活动地域')
  await wang.says('明珠社区')
  expect(questionIn(wang.heard)).toBe('备案社区社会组织名称')
})

describe('one answer in many surfaces', () => {
  test.each([
    [
      '组织类别',
      ['1', '１', '一', '①', '第一个', '社会团体', '选1', '我们是社会团体', '社团。'],
      'organizationCategory',
      'socialGroup',
    ],
    [
      '主要负责人·联系电话',
      [
        '19900001234',
        '１９９００００１２３４',
        '199 0000 1234',
        '幺九九零零零零幺二三四',
        '一九九〇〇〇〇一二三四',
        '电话是19900001234',
      ],
      'principalPhone',
      '19900001234',
    ],
    [
      '主要负责人·身份证号码',
      [idOfWang, idOfWang.toLowerCase(), idOfWang.replace(/(.{6})(.{8})/, '$1 $2 ')],
      'principalIdNumber',
      idOfWang,
    ],
    ['文化程度', ['2', '二', '初中', '初中毕业', '我是初中文化'], 'principalEducation', 'juniorHigh'],
    ['主要负责人·姓名', ['王秀英', '我叫王秀英', '王秀英。', '姓名：王秀英'], 'principalName', '王秀英'],
  ] as const)('%s', async (label, surfaces, field, value) => {
    for (const surface of surfaces) {
      const wang = await answersUntil(await newLeader(), label)
      await wang.says(surface)
      expect(wang.values[field], surface).toBe(value)
    }
  })

  test('speech is heard like typing', async () => {
    const wang = await answersUntil(await newLeader(), '主要负责人·联系电话')
    await wang.sends({ type: 'voice', text: '一九九零零零零一二三四。' })
    expect(wang.values['principalPhone']).toBe('19900001234')
  })
})

describe('a card', () => {
  test('pressed is the same as its words typed', async () => {
    const [pressing, typing] = [await newLeader(), await newLeader()]
    for (const text of ['社会团体']) {
      await pressing.presses(text)
      await typing.says(text)
      expect(pressing.values).toEqual(typing.values)
      expect(questionIn(pressing.heard)).toBe(questionIn(typing.heard))
    }
    expect(pressing.turn?.clicked).toContain('社会团体')
  })

  test('of yesterday opens its question with the present value and changes nothing', async () => {
    const wang = await newLeader()
    const [old] = wang.cards.slice(-1)
    await answersUntil(wang, '籍贯')
    const values = wang.values
    wang.town.daysPass(1)
    await wang.presses('民办非企业单位', old)
    expect(questionIn(wang.heard)).toBe('组织类别')
    expect(wang.heard).toContain('现在填的是：社会团体')
    expect(wang.values).toEqual(values)
    await wang.says('2')
    expect(wang.values['organizationCategory']).toBe('privateNonEnterpriseUnit')
    expect(questionIn(wang.heard)).toBe('籍贯')
  })

  test('pressed twice changes nothing the second time', async () => {
    const wang = await newLeader()
    const [card] = wang.cards.slice(-1)
    await wang.presses('社会团体', card)
    const values = wang.values
    await wang.presses('社会团体', card)
    expect(wang.values).toEqual(values)
    expect(questionIn(wang.heard)).toBe('活动地域')
  })

  test('对 on an old card confirms nothing new', async () => {
    const wang = await answersUntil(await newLeader(), '活动场所地址及面积')
    await wang.says('跃进路58号社区活动室，两百来平')
    const old = wang.cards.at(-1)
    await wang.says('红星路1号广场，三百来平')
    await wang.presses('对', old)
    expect(wang.values['venue']).toBeUndefined()
    expect(wang.heard).not.toBe('')
  })

  test('of a form that was handed in says so', async () => {
    const wang = await newLeader()
    const old = wang.cards.at(-1)
    await wang.goesOn('取消', '1')
    await wang.presses('社会团体', old)
    expect(wang.heard).toContain('已经办完')
  })

  test('every card has an id of its own', async () => {
    const wang = await answersUntil(await newLeader(), '人员名册', answersOfWang)
    const ids = wang.cards.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(10)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
