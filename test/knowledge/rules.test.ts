import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expiryOf } from '../../src/knowledge/rules/expiry.ts'
import { ask, knowledge } from './pack.ts'

describe('expiry', () => {
  test.each([
    ['2022-10-15', '2024-10-15'],
    ['2023-03-31', '2025-03-31'],
    ['2024-02-29', '2026-02-28'],
    ['2023-02-28', '2025-02-28'],
    ['2022-12-31', '2024-12-31'],
  ])('of %s is %s', (filed, expired) => expect(expiryOf(filed)).toBe(expired))

  test('is the same day two years on, for every day but 29 February', () => {
    const days = fc
      .integer({ min: 0, max: 36_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, (day) => {
        fc.pre(!day.endsWith('-02-29'))
        expect(expiryOf(day)).toBe(`${Number(day.slice(0, 4)) + 2}${day.slice(4)}`)
      }),
    )
  })

  test.each([
    ['我们是2022年10月20号备的案,现在都2024年12月了,还管用吗?', /2024年10月20日[\s\S]*已经过期/],
    ['表上写有效期至2025年5月1日，还能用吗', /到期日看备案表上的备案日期/],
    ['我们2015年成立的，2025年3月1日备的案，到期没', /成立、变更、交表的日子不算/],
    ['农历二零二四年八月十五备的案，到期没', /公历/],
    ['备案日期2025-06-15,什么时候到期', /2027年6月15日[\s\S]*有效期内/],
    ['表是二零二五年三月十号备的,还能用多久', /2027年3月10日/],
    ['前年9月份备的案过期没有', /2026年9月[\s\S]*已经过期/],
    ['去年12月1号办的备案表什么时候要重办', /2027年12月1日/],
    ['22年备的案现在过期没', /2024年/],
    ['备案日期2023年2月31日哪天到期', /日期不对/],
    ['2024年11月23日备的案哪天到期', /今天到期/],
    ['2023年8月15备的 放到2025年7月底还算不算数', /2025年8月15日到期。\n那时候还有效/],
    ['2022年10月20号备的到2024年12月还有效吗', /那时候已经过期/],
    ['24年国庆备的案，到期没', /2024年10月1日[\s\S]*现在已经过期/],
    ['昨天备的案哪天到期', /2026年11月22日备的案[\s\S]*2028年11月22日到期/],
    ['上个月备的什么时候到期', /2026年10月备的案[\s\S]*2028年10月到期/],
    ['我们2025年1月8号备的案,今年要不要重新办?', /2027年1月8日/],
  ])('%s', (question, expected) => {
    const { kind, text, next } = ask(question)
    expect(kind).toBe('computed')
    expect(text).toMatch(expected)
    expect(next).toBe('续期')
  })
})

describe('the four kinds', () => {
  const words = knowledge.categories.flatMap(({ name, listed }) =>
    Object.keys(listed).map((word) => [word, name] as const),
  )

  test.each(words)('%s is %s, as the document lists it', (word, kind) => {
    const { text } = ask(`我们搞${word}的，属于哪一类`)
    expect(text).toContain(`属于${kind}类。`)
    expect(text).toContain(`“${word}”`)
  })

  test.each([
    ['助残志愿服务队归哪类', '公益慈善'],
    ['社区残疾人协会是公益慈善还是别的类', '社区事务'],
    ['老年人协会归哪类', '社区事务'],
    ['社区养老服务队归哪类', '生活服务'],
    ['资助贫困学生的队归哪类', '公益慈善'],
    ['办书法班的队归哪类', '生活服务'],
    ['书法爱好者的队归哪类', '文体活动'],
    ['心理健康辅导队归哪类', '社区事务'],
    ['村里的红白理事会归哪类', '社区事务'],
    ['摄影队归哪类', '文体活动'],
  ])('%s: %s', (question, kind) => expect(ask(question).text).toContain(`属于${kind}类`))

  test('what the document does not list is said to be inferred', () => {
    expect(ask('摄影队归哪类').text).toMatch(/没有逐字列出“摄影”.*推算/)
  })

  test('what fits two kinds is shown with both', () => {
    expect(ask('我们又唱歌又巡逻,类别怎么选').text).toMatch(/社区事务类[\s\S]*文体活动类[\s\S]*主要做什么/)
  })

  test('they are never mixed up with the kinds of the cover', () => {
    expect(ask('封面上的组织类别,我填“文体活动类”对不对?').text).toContain('社会团体，或者民办非企业单位')
    expect(ask('我们唱歌队是社会团体还是民非').text).not.toContain('文体活动类。')
    expect(ask('舞蹈队归哪类').text).toContain('民办非企业单位）是另一回事')
  })

  test('a word the document does not list is told from the one it does', () => {
    expect(ask('我们几个帮人理发的算哪一类').text).toMatch(/列了“家政维修”，您说的“理发”按意思归在里面/)
    expect(ask('舞蹈队归哪类').text).not.toContain('按意思')
  })

  test.each([
    '写书法的名字里头“书法”算哪一截',
    '读书朗诵归哪个主题活动管',
    '社区事务类列了治安巡逻,还有别的哪些?',
  ])('%s asks for no kind', (question) => expect(ask(question).kind).not.toBe('computed'))

  test('a cooperative is not classified', () => {
    expect(ask('农民合作社归哪一类').text).toContain('文件没有说清')
  })
})

describe('names', () => {
  test('a whole name is taken apart', () => {
    const { kind, text } = ask('柳州市柳北区解放街道明珠社区夕阳红志愿服务队这个名字合不合规')
    expect(kind).toBe('computed')
    expect(text).toMatch(/解放街道[\s\S]*明珠社区[\s\S]*夕阳红[\s\S]*也对得上/)
  })

  test('what is missing is said, and the street is found from the community', () => {
    expect(ask('叫明珠社区快乐舞蹈队可以吗,还缺啥').text).toMatch(
      /还缺：柳州市、柳北区、解放街道[\s\S]*柳州市柳北区解放街道明珠社区快乐舞蹈队/,
    )
  })

  test('a place where it is not is pointed out', () => {
    expect(ask('桂林市柳北区解放街道明珠社区夕阳红舞蹈队这个名字行不行').text).toContain('“桂林市”不对')
    expect(ask('柳州市柳北区胜利街道明珠社区夕阳红舞蹈队名字对吗').text).toMatch(
      /明珠社区在解放街道，不在胜利街道/,
    )
  })

  test('what is called so is put behind its place', () => {
    expect(ask('跃进社区的合唱团叫夕阳红，全名怎么写').text).toContain('跃进社区夕阳红合唱团')
  })

  test('words of companies are pointed out', () => {
    expect(ask('名字叫柳北区夕阳红文化公司行吗').text).toContain('“公司”是企业用的词')
  })

  test.each(['明珠社区 跳舞队 全名帮我写一个', '明珠社区的跳舞队，全称该怎么写'])('%s', (question) =>
    expect(ask(question).text).toContain('柳州市柳北区解放街道明珠社区跳舞队'),
  )
})

describe('dates said in passing', () => {
  test.each([
    ['二零二四年二月二十九备案的几时到', /2026年2月28日到期/],
    ['我社区有个队2020年备的案一直没来换过,还作数吗', /2022年的同一天到期[\s\S]*已经过期/],
    ['二三年腊月前备的,具体2023年12月31日,到什么时候为止', /2025年12月31日到期/],
  ])('%s', (question, expected) => expect(ask(question).text).toMatch(expected))
})

describe('absence', () => {
  test.each([
    ['老李一年半没来参加过活动,也没请假没说原因,他还算我们的人吗', /视为退出/],
    ['有个队员请假看病一年多没来,算退出吗', /不算退出/],
    ['老张半年没露面了能不能当他退队', /还不满一年/],
    ['有人一年没来中间来过一次,还算成员不', /不是连续一年/],
    ['快一年没来了算不算退出', /还不满一年/],
  ])('%s', (question, expected) => expect(ask(question).text).toMatch(expected))
})

describe('the stage of a month', () => {
  test.each([
    ['23年5月处在哪个阶段', /在作用发挥阶段（2023年4月—2023年6月）/],
    ['2023年6月算哪个阶段', /作用发挥阶段[\s\S]*总结阶段[\s\S]*重叠/],
    ['二零二二年十一月是什么阶段', /培育发展阶段/],
    ['2024年3月是哪个阶段', /不在方案的五个阶段里/],
  ])('%s', (question, expected) => expect(ask(question).text).toMatch(expected))
})

describe('targets', () => {
  test.each([
    ['我们街道6个城市社区一共45个组织,达标没', /至少要48个[\s\S]*还差3个/],
    ['12个城市社区共100个组织，达标吗', /至少要96个[\s\S]*达到了/],
    ['6个村共23个组织够不够平均数', /至少要24个[\s\S]*还差1个/],
    ['6个社区3个村一共要多少家才达标', /6个社区、3个村，一共至少要60个/],
    ['6个社区3个村一共有50家，达标没', /至少要60个[\s\S]*还差10个/],
  ])('%s', (question, expected) => expect(ask(question).text).toMatch(expected))
})

test('the next deadlines are those seen from today', () => {
  expect(ask('接下来我们要交什么材料').text).toMatch(/2026年11月30日[\s\S]*2026年11月25日/)
})
