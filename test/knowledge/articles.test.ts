import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseArticle } from '../../src/knowledge/articles.ts'
import { checkKnowledge } from '../../src/knowledge/check.ts'
import { search } from '../../src/knowledge/search.ts'
import { ask, knowledge } from './pack.ts'

const FOLDER = 'templates/liubei/knowledge'

test('every label of the document is cited by an article', () => {
  const cited = new Set([...knowledge.articles.values()].flatMap(({ sources }) => sources))
  expect(knowledge.labels).toHaveLength(192)
  expect(knowledge.labels.filter((label) => !cited.has(label))).toEqual([])
})

test('the knowledge folder is sound', () => {
  expect(checkKnowledge(FOLDER)).toEqual([])
})

test('a title offered as 您是不是想问 leads to its article', () => {
  const lost = [...knowledge.articles.values()].filter(
    ({ id, title }) => search(knowledge.index, title)[0]?.article.id !== id,
  )
  expect(lost.map(({ id }) => id)).toEqual([])
})

test('hardly any way of asking leads to another article than its own', () => {
  const all = [...knowledge.articles.values()].flatMap(({ id, asked }) => asked.map((way) => ({ id, way })))
  // There are ten thousand; a sixth of them shows as well when they crowd each other out.
  const ways = all.filter((_, at) => at % 6 === 0)
  const lost = ways.filter(({ id, way }) => search(knowledge.index, way)[0]?.article.id !== id)
  expect(lost.length, lost.map(({ id, way }) => `${id}: ${way}`).join('\n')).toBeLessThanOrEqual(
    ways.length * 0.005,
  )
})

test('an article that gives a deadline of 2022 or 2023 says that it is past', () => {
  const deadline = /(?:期限|时间).{0,12}202[23]年|202[23]年(?:10|12)月前|202[23]年底/
  const bare = [...knowledge.articles.values()].filter(
    ({ text }) => deadline.test(text) && !/已经过去|已经过去了/.test(text),
  )
  expect(bare.map(({ id }) => id)).toEqual([])
})

test('a next action is a phrase the bot knows', () => {
  const known = [
    '开始备案',
    '变更',
    '注销',
    '续期',
    '章程',
    '名册',
    '月报',
    '到哪一步了',
    '打印',
    '台账',
    '人工',
    '帮助',
  ]
  expect(
    [...knowledge.articles.values()]
      .filter(({ next }) => next !== undefined && !known.includes(next))
      .map(({ id }) => id),
  ).toEqual([])
})

describe('a folder a clerk has edited', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'knowledge-'))
    cpSync(FOLDER, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const edit = (name: string, from: string | RegExp, to: string) => {
    const file = path.join(folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  }

  test('with an unknown source is told which article and which source', () => {
    edit('copies.md', '附件1填表说明5', '附件1填表说明9')
    expect(checkKnowledge(folder)).toEqual(['copies：出处“附件1填表说明9”不在文件的出处表里。'])
  })

  test('with a clause nobody explains any more is told which', () => {
    rmSync(path.join(folder, 'duty-list.md'))
    expect(checkKnowledge(folder)).toContain('没有一篇文章讲到“附件5表头”。')
  })

  test('with two articles of one id is told so', () => {
    cpSync(path.join(folder, 'copies.md'), path.join(folder, 'copies-2.md'))
    expect(checkKnowledge(folder)).toContain('copies：有两篇文章用了这个 id。')
  })

  test('with broken front matter is told the file and what is wrong', () => {
    edit('copies.md', /^title: .*$/m, 'titel: 份数')
    expect(checkKnowledge(folder).join('')).toMatch(/copies\.md:[\s\S]*title/)
  })

  test('with a new article answers from it', () => {
    expect(() => parseArticle('没有说明', 'a.md')).toThrow('a.md: 开头要有两行 ---')
    const article = parseArticle(
      '---\nid: new\ntitle: 新的\nsources: [文末]\nasked: [新问题]\n---\n正文\n',
      'new.md',
    )
    expect(article).toMatchObject({ id: 'new', silent: false, text: '正文' })
  })
})

test('a clause is found by its label', () => {
  expect(ask('附件1填表说明6是什么').article).toBe('validity')
  expect(ask('附件5五1(2)').article).toBe('ledger')
  expect(ask('实施方案三(二)1讲什么').article).toBe('project-training')
})
