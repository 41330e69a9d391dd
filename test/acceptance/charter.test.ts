import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { wholeText } from '../support/word.ts'

let trial: Trial
let wang: Person
beforeAll(async () => {
  trial = await startTrial({ withApp: false })
  wang = new Person(trial, 'wangxiuying')
})
afterAll(() => trial.stop())

const charter = {
  章程里的类别: '文体活动',
  宗旨里的主要活动: '5、3',
  谁来审核: '1',
  收不收活动费用: '不收',
  每年开会次数: '一年两次',
}

test('a charter needs a filing to start from', async () => {
  await wang.says('章程')
  expect(wang.heard).toContain('开始备案')
})

test('after the filing only what it does not know is asked, and the charter comes whole', async () => {
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  await wang.says('章程')
  const asked: string[] = []
  for (let said = 0; said < 30 && !wang.heard.includes('确认提交'); said++) {
    const label = questionLabel(wang.heard) ?? ''
    if (label) asked.push(label)
    await wang.says(replyTo(wang.heard, label))
  }
  expect(new Set(asked).size).toBeLessThanOrEqual(10)
  expect(asked).not.toContain('备案社区社会组织名称')
  const paper = wholeText(await wang.opens('章程'))
  expect(paper).toContain('第十九条')
  expect(paper).toContain('柳州市柳北区解放街道明珠社区夕阳红舞蹈队')
  expect(paper).toContain('开展居民文体娱乐、为老志愿服务活动')
  expect(paper).not.toMatch(/××|XXX|〔注|可删减|活动费用/)
  await wang.says('确认提交')
  expect(wang.heard).toContain('章程写好了')
  const kept = await wang.opens('章程')
  expect(wholeText(kept)).toBe(paper)
  await wang.says('打印')
  expect(wang.heard).toContain('的章程')
  await wang.says('2')
  expect(wholeText(await wang.opens('章程'))).toBe(paper)

  // Whoever changes the charter is asked nothing again.
  await wang.says('章程')
  expect(wang.heard).toContain('请核对一遍')
  await wang.says('改活动费用')
  await wang.says('收')
  for (let said = 0; said < 5 && !wang.heard.includes('[【'); said++) await wang.says('下一页')
  expect(wholeText(await wang.opens('章程')).match(/活动费用/g)).toHaveLength(4)
  await wang.says('取消')
  await wang.says('1')
  await wang.says('撤销同意')
  expect(wang.heard).toContain('1份章程也会删掉')
  await wang.says('2')

  // The check reads what was just made, as a Word file, and what somebody spoiled, pasted.
  await wang.says('章程检查')
  await wang.says({ type: 'file', attachment: { name: '章程.docx', bytes: kept } })
  expect(wang.heard).toContain('19条都在')
  // One message holds only so much: a charter comes in pieces.
  await wang.says('章程检查')
  const half = paper.indexOf('第七条')
  await wang.says(paper.slice(0, half))
  expect(wang.heard).toContain('到第六条了')
  await wang.says(paper.slice(half, half + 300))
  await wang.says(paper.slice(half + 300))
  expect(wang.heard).toContain('19条都在')
  await wang.says('章程检查')
  await wang.says({
    type: 'file',
    attachment: { name: '章程.doc', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
  })
  expect(wang.heard).toContain('另存为不带密码的.docx')
  await wang.says(paper.replace(/2\/3|三分之二/, '二分之一'))
  expect(wang.heard).toContain('第十二条（要改）')
})

function replyTo(heard: string, label: string): string {
  if (heard.includes('对吗？')) return '对'
  if (!label) return heard.includes('下一页') ? '下一页' : '继续'
  if (label === '通过日期' || heard.includes('哪天')) return '2026年11月1日'
  const known = Object.entries(charter).find(([key]) => label.includes(key) || key.includes(label))
  if (known) return known[1]
  if (heard.includes('几次')) return '2次'
  if (heard.includes('收')) return '不收'
  return heard.includes('1. ') ? '1' : '没有'
}
