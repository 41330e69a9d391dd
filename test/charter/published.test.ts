import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readArticles } from '../../src/filings/charter/read-articles.ts'
import { CharterText, modelParts, splitAtBlanks } from '../../src/filings/charter/text.ts'
import { charterForm, model } from './charters.ts'

/** 附件4 as issued, its punctuation half-width. */
const published = await readFile('test/charter/published.txt', 'utf8')

/** Only letters, digits and Han. */
const bare = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

/** What the published article says beyond the fixed wording of ours: brackets, hints, marks. */
function beyond(article: number): string[] {
  const issued = readArticles(published, model.text).find(({ number }) => number === article)
  const ours = model.text.articles[article - 1]
  if (!issued || !ours) throw new Error(`no article ${article}`)
  const pieces = [
    ...ours.paragraphs
      .map((paragraph) => (typeof paragraph === 'string' ? paragraph : paragraph.text))
      .flat(),
    ...ours.items.filter((item) => typeof item === 'string' || 'text' in item),
  ].map((piece) => (typeof piece === 'string' ? piece : piece.text))
  let rest = bare(issued.text.replace(/〔注[^〕]*〕/gu, ''))
  const left: string[] = []
  for (const fixed of pieces.flatMap((piece) => splitAtBlanks(piece).filter((_, at) => at % 2 === 0))) {
    const at = rest.indexOf(bare(fixed))
    expect(at, `第${ours.number}条：${fixed}`).toBeGreaterThanOrEqual(0)
    left.push(rest.slice(0, at))
    rest = rest.slice(at + bare(fixed).length)
  }
  return [...left, rest].map((text) => text.replace(/^[一二三四五六]$/u, '')).filter((text) => text !== '')
}

test.each([
  [
    1,
    [
      '社会组织名称由所在XXX市XXX区XXX街道XXX社区村XXX',
      'XXX社区村XXX',
      'XXX街道乡镇居民XXX社区村居民驻区单位等',
      '街道乡镇社区村',
      '公益慈善生活服务社区事务文体活动',
    ],
  ],
  [2, ['如社区治安巡逻困难群众关爱为老志愿服务社区纠纷调解居民文体娱乐等', 'XXX街道乡镇XXX社区村']],
  [3, ['XXX街道乡镇党组织XXX社区村党组织']],
  [4, ['XXX街道办事处乡镇人民政府', 'XXX社区居民委员会村民委员会']],
  [5, ['一二']],
  [6, ['XXX街道乡镇居民XXX社区村居民驻区村单位及其人员三']],
  [7, ['负责人或负责人集体讨论']],
  [8, []],
  [9, ['如本组织无交纳活动费用的情况可删减此项']],
  [10, ['如本组织无交纳活动费用的情况可删减此项二']],
  [11, ['如本组织无交纳活动费用的情况可删减此内容']],
  [12, []],
  [13, ['职务如团长副团长队长副队长等']],
  [14, ['负责人或负责人会议', '负责人或负责人会议']],
  [15, ['如本组织无交纳活动费用的情况可删减此内容']],
  [16, []],
  [17, ['XXX街道办事处乡镇人民政府XXX社区居民委员会村民委员会', '街道乡镇社区村']],
  [18, ['年月日']],
  [19, []],
])('article %i is worded as issued, apart from what is to be filled or left out', (article, brackets) => {
  expect(beyond(article)).toEqual(brackets)
})

test('the notes are kept as issued, slips included', () => {
  const issued = [...published.matchAll(/〔注:([^〕]*)〕/gu)].map(([, note = '']) => bare(note))
  const kept = model.text.articles.flatMap(({ notes }) => notes.map(({ text }) => bare(text)))
  expect(kept).toEqual(issued)
})

test('every label of 附件4 leads to a piece of the model or a question of the form', async () => {
  const labels = (await readFile('templates/liubei/labels.txt', 'utf8'))
    .split('\n')
    .filter((label) => label.startsWith('附件4第'))
  const reached = [...modelParts(model.text), ...charterForm.fields.map(({ clause }) => ({ label: clause }))]
  expect(labels.filter((label) => !reached.some((part) => part.label === label))).toEqual([])
  expect(modelParts(model.text).filter(({ label }) => !labels.includes(label))).toEqual([])
})

test('articles that are not counted from 一 are refused', () => {
  const [first, second, ...more] = model.text.articles
  expect(CharterText.safeParse({ ...model.text, articles: [second, first, ...more] }).success).toBe(false)
})
