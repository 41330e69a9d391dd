import { afterEach, beforeEach, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { rowsWith } from '../support/word.ts'

let trial: Trial
beforeEach(async () => {
  trial = await startTrial()
})
afterEach(async () => {
  expect(trial.standIn.violations).toEqual([])
  await trial.stop()
})

/** Wang, asked for the roster or for whatever else `label` names. */
async function askedFor(label: string): Promise<Person> {
  const wang = new Person(trial, 'wangxiuying')
  await wang.says('开始备案')
  await answers(wang, danceTeam, (text) => questionLabel(text) === label)
  return wang
}

async function rosterFile(): Promise<{ name: string; bytes: Uint8Array }> {
  const rows = [
    ['序号', '姓名', '性别', '手机', '职务'],
    ['1', '王秀英', '女', '19900001234', '队长'],
    ['2', '李建国', '男', '1990000567', '副队长'],
    ['3', '赵小兰', '女', '19900009012', ''],
  ].map((row) => row.map((value) => ({ value, type: String })))
  const bytes = await writeXlsxFile(rows).toBuffer()
  return { name: '名册.xlsx', bytes }
}

test('a roster sent to the robot as a spreadsheet is read, with a verdict on the row that is wrong', async () => {
  const wang = await askedFor('人员名册')
  await wang.says({ type: 'file', attachment: await rosterFile() })
  expect(wang.heard).toContain('3人')
  expect(wang.heard).toContain('李建国')
  expect(questionLabel(wang.heard)).toBe('人员名册')
  await wang.says('没有了')
  await answers(wang, danceTeam)
  expect(rowsWith(await wang.opens('人员名册'), '赵小兰')[0]).toContain('19900009012')
})

test('what is no spreadsheet is refused with a reason, and the question stands', async () => {
  const wang = await askedFor('人员名册')
  await wang.says({
    type: 'file',
    attachment: { name: '名册.xlsx', bytes: Buffer.from('not a workbook at all') },
  })
  expect(wang.heard).toContain('没读成')
  expect(questionLabel(wang.heard)).toBe('人员名册')
})

test('pictures and voice files are answered in words and kept by nobody', async () => {
  const wang = await askedFor('籍贯')
  await wang.says({ type: 'image', attachment: { name: '身份证.jpg', bytes: Buffer.alloc(64, 1) } })
  expect(wang.heard).toContain('没有保存')
  expect(questionLabel(wang.heard)).toBe('籍贯')
})

test('the same message delivered again, also after a restart, gets the same answer and acts once', async () => {
  const wang = await askedFor('负责人名单')
  await wang.says('李建国')
  const mine = trial.standIn.inbox('wangxiuying', 'robot').findLast((entry) => entry.from.type === 'person')!
  await trial.standIn.redeliver(mine.id)
  await trial.restart()
  await trial.standIn.redeliver(mine.id)
  const session = await trial.app.store.transact((tx) => tx.getSession('wangxiuying'))
  expect(session.drafts[0]?.answers['officers']).toMatchObject({ value: { rows: [{ name: '李建国' }] } })
  await wang.says('再说一遍')
  expect(questionLabel(wang.heard)).toBe('负责人名单·社区社会组织职务')
})

test('a button of the robot does what its words do, and the next question follows at once', async () => {
  const wang = await askedFor('文化程度')
  const card = trial.standIn.inbox('wangxiuying', 'robot').findLast((entry) => entry.body.type === 'card')!
  const next = trial.standIn.waitFor(
    'wangxiuying',
    'robot',
    (entry) => entry.body.type === 'markdown' && entry.body.text.includes('【政治面貌】'),
  )
  const [questionKey, option] = voteOf(card.body)
  await trial.standIn.click('wangxiuying', card.id, 'submit', { [questionKey]: [option] })
  await next

  // The card that was clicked carries the buttons of the next question, and they work.
  const shown = () => trial.standIn.inbox('wangxiuying', 'robot').find(({ id }) => id === card.id)!.body
  expect(JSON.stringify(shown())).toContain('【政治面貌】')
  expect(JSON.stringify(shown())).toContain('已选：初中')
  const [nextKey, chosen] = voteOf(shown())
  await trial.standIn.click('wangxiuying', card.id, 'submit', { [nextKey]: [chosen] })
  await wang.says('再说一遍')
  expect(questionLabel(wang.heard)).toBe('工作单位及职务')
  expect(trial.standIn.violations).toEqual([])

  const session = await trial.app.store.transact((tx) => tx.getSession('wangxiuying'))
  expect(session.drafts[0]?.answers).toMatchObject({
    principalEducation: { value: 'juniorHigh' },
    principalPolitical: { value: expect.any(String) },
  })
})

/** The question and the second option of a vote card. */
function voteOf(body: unknown): [string, string] {
  const { checkbox } = (
    body as { view: { card: { checkbox: { question_key: string; option_list: { id: string }[] } } } }
  ).view.card
  return [checkbox.question_key, checkbox.option_list[1]!.id]
}

test('in the app the whole form can be filled as well, long answers arriving in order', async () => {
  const wang = new Person(trial, 'wangxiuying')
  const inApp = wang.says.bind(wang)
  wang.says = (what) => inApp(what, 'app')
  await wang.says('开始备案')
  await answers(wang, danceTeam, (text) => text.includes('第3页'))
  const last = await trial.standIn.waitFor(
    'wangxiuying',
    'app',
    (entry) => entry.body.type === 'text' && entry.body.text.includes('确认提交'),
  )
  expect(last).toBeDefined()
  await wang.says('确认提交')
  const filings = await trial.app.store.transact((tx) => tx.listFilingsOf('wangxiuying'))
  expect(filings).toHaveLength(1)
})
