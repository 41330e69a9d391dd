import { describe, expect, test } from 'vitest'
import { knownQuestions, liubei, questionIn, questionsIn, type Chat } from './chat.ts'
import { answersOfWang, answersUntil, labels, newLeader, readsBack } from './leader.ts'

const form = liubei.forms.find(({ id }) => id === 'initial')!

const wang = await readsBack(await newLeader())
const talk = wang.texts

describe('a plain leader', () => {
  test('hears at most one question a message', () => {
    for (const text of talk) expect(questionsIn(text).length, text).toBeLessThanOrEqual(1)
  })

  test('is asked every question of the form once, in its order', () => {
    const asked = talk.map(questionIn).filter((label) => label !== undefined)
    expect(asked.filter((label, index) => label !== asked[index - 1])).toEqual(labels)
  })

  test('sees with every question its label, its number, how many there are, and the sitting', () => {
    for (const text of talk.filter((text) => questionIn(text))) {
      expect(text).toMatch(/【[^】]+】第\d+题\/共20题（第[1-5]段，共5段）\n/)
    }
  })

  test('sees the numbers of the questions grow by one', () => {
    const numbers = talk.flatMap((text) => [...text.matchAll(/第(\d+)题\/共/g)].map(([, n]) => Number(n)))
    expect([...new Set(numbers)]).toEqual(labels.map((_, index) => index + 1))
  })

  test('answers at most thirty questions', () => {
    expect(talk.filter((text) => questionIn(text)).length).toBeLessThanOrEqual(30)
  })

  test('never has more than ten questions before a natural stop', () => {
    let since = 0
    for (const text of talk) {
      since = questionIn(text) ? since + 1 : 0
      expect(since).toBeLessThanOrEqual(10)
    }
    expect(talk.filter((text) => text.includes('段填完了，都存好了'))).toHaveLength(4)
  })

  test('is asked in short sentences', () => {
    for (const field of form.fields.flatMap((field) => [field, ...field.columns])) {
      for (const sentence of field.ask.split(/(?<=[。？！])/)) {
        expect([...sentence].length, sentence).toBeLessThanOrEqual(36)
      }
    }
  })

  test('never reads an identity number or a phone in full, and the door of the home only where she checks it', () => {
    expect(
      talk.filter((text) => text.includes('胜利路12号')).every((text) => text.includes('请核对一遍')),
    ).toBe(true)
    expect(talk.join('\n')).toContain('家庭住址：柳州市柳北区胜利路12号3栋2单元501室')
    for (const text of talk) {
      expect(text).not.toContain(answersOfWang['主要负责人·身份证号码'])
      expect(text.replace('13800001234', '')).not.toMatch(/199\d{8}/)
    }
  })
})

/** A person who is not the contact, so that every kind of question is met. */
const withContact = { ...answersOfWang, 联系人: '2' }

/** Every kind of standing question: how to come to it, and the label that stands there. */
const kinds: [kind: string, label: string, last?: (wang: Chat) => Promise<unknown>][] = [
  ...labels.slice(0, 17).map((label): [string, string] => [label, label]),
  ['the second half of a venue', '活动场所地址及面积', (wang) => wang.goesOn('跃进路58号社区活动室')],
  ['the words of a career row', '在何地任何职务', (wang) => wang.says('1976年9月至2008年3月')],
  ['whether there is another career row', '个人简历', (wang) => wang.says(answersOfWang['个人简历']!)],
  ['联系人', '联系人'],
  ['联系人·姓名', '联系人·姓名'],
  ['负责人名单', '负责人名单'],
  ['the position of an officer', '负责人名单·社区社会组织职务', (wang) => wang.says('李建国')],
  [
    'the identity number of an officer',
    '负责人名单·身份证号码',
    (wang) => wang.goesOn('李建国', '副队长', '群众'),
  ],
  ['人员名册', '人员名册'],
  ['more people for the roster', '人员名册', (wang) => wang.says('王秀英 女')],
]

const ownerOf: Record<string, string> = {
  在何地任何职务: '个人简历',
  '负责人名单·社区社会组织职务': '负责人名单',
  '负责人名单·身份证号码': '负责人名单',
}

async function standsAt(label: string, last?: (wang: Chat) => Promise<unknown>): Promise<Chat> {
  const answers = label === '联系人·姓名' ? withContact : answersOfWang
  const wang = await answersUntil(await newLeader(), ownerOf[label] ?? label, answers)
  await last?.(wang)
  expect(questionIn(wang.heard)).toBe(label)
  return wang
}

describe.each(kinds)('at %s', (_kind, label, last) => {
  const arrive = () => standsAt(label, last)

  test.each(['再说一遍', '听不懂', '人工', '进度', '打印', '帮助'])(
    '%s is obeyed and the same question stands again',
    async (word) => {
      const wang = await arrive()
      const before = wang.heard.slice(wang.heard.lastIndexOf('【'))
      const values = wang.values
      await wang.says(word)
      expect(wang.heard.endsWith(before), wang.heard).toBe(true)
      expect(wang.values).toEqual(values)
      expect(wang.heard).toContain(
        {
          再说一遍: label,
          听不懂: '例：',
          人工: '柳北区民政局',
          进度: '还剩',
          打印: '表格在下面',
          帮助: '我是备案助手',
        }[word]!,
      )
      if (word === '打印') expect(wang.reply?.documents?.map(({ paper }) => paper)).toContain('initial')
    },
  )

  test('a question in the middle is answered and the same question stands again', async () => {
    const wang = await arrive()
    const before = wang.heard.slice(wang.heard.lastIndexOf('【'))
    const values = wang.values
    for (const [question, answer] of Object.entries(knownQuestions)) {
      await wang.says(`${question}？`)
      expect(wang.heard).toContain(answer)
      expect(wang.heard.endsWith(before), wang.heard).toBe(true)
    }
    expect(wang.values).toEqual(values)
  })

  test('暂停 and 继续, days later, come back to the same question', async () => {
    const wang = await arrive()
    const values = wang.values
    await wang.says('暂停')
    expect(wang.heard).toContain('填过的都存好了')
    wang.town.daysPass(40)
    await wang.says('继续')
    expect(questionIn(wang.heard)).toBe(label)
    expect(wang.values).toEqual(values)
  })

  test('取消 asks once more and 不取消 comes back to the same question', async () => {
    const wang = await arrive()
    const values = wang.values
    await wang.says('取消')
    expect(wang.heard).toContain('真要取消吗')
    await wang.says('2')
    expect(questionIn(wang.heard)).toBe(label)
    expect(wang.values).toEqual(values)
  })

  test('取消 and 1 end it, and nothing is left', async () => {
    const wang = await arrive()
    await wang.goesOn('取消', '1')
    expect(wang.heard).toContain('已取消')
    expect(wang.session.drafts).toEqual([])
    await wang.says('继续')
    expect(wang.heard).toContain('没有填了一半的表')
  })

  test('上一步 opens the question before, and 继续 comes back without losing anything', async () => {
    const wang = await arrive()
    const values = wang.values
    await wang.says('上一步')
    const opened = questionIn(wang.heard)
    expect(opened).toBeDefined()
    if (label === labels[0]) return expect(wang.heard).toContain('第一题')
    await wang.says('继续')
    expect(questionIn(wang.heard)).toBe(label)
    expect(wang.values).toEqual(values)
  })

  test('改第1项 opens the first question with what was said, and 继续 comes back', async () => {
    const wang = await arrive()
    const values = wang.values
    await wang.says('改第1项')
    expect(questionIn(wang.heard)).toBe('组织类别')
    if (values['organizationCategory']) expect(wang.heard).toContain('现在填的是：社会团体')
    await wang.says('继续')
    expect(questionIn(wang.heard)).toBe(label)
    expect(wang.values).toEqual(values)
  })

  test('跳过 never loses an answer and goes on somewhere', async () => {
    const wang = await arrive()
    const values = wang.values
    await wang.says('跳过')
    expect(wang.heard).toMatch(/先放一放|空着|就剩这一题/)
    expect(wang.values).toEqual(
      label === '其他社会职务' ? { ...values, principalOtherPosts: undefined } : values,
    )
    const optionalOrLast = wang.heard.includes('空着') || wang.heard.includes('就剩')
    if (!optionalOrLast) expect(questionIn(wang.heard)).not.toBe(ownerOf[label] ?? label)
  })

  test('a sticker, a picture and a link change nothing and the question stands again', async () => {
    const wang = await arrive()
    const values = wang.values
    for (const content of [
      { type: 'text', text: '😀👍' },
      { type: 'text', text: '   ' },
      { type: 'text', text: '[呲牙][鲜花][OK]' },
      { type: 'image', media: { from: 'url', url: 'https://example.com/1' } },
      { type: 'link', title: '新闻', url: 'https://example.com' },
      { type: 'unknown', kind: 'sticker' },
    ] as const) {
      await wang.sends(content)
      expect(questionIn(wang.heard), wang.heard).toBe(label)
    }
    expect(wang.values).toEqual(values)
  })
})
