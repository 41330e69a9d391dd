import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, danceTeam, type Sheet } from '../support/leader.ts'
import { Person, questionLabel, startTrial, type Trial } from '../support/trial.ts'
import { cellAfter, rowsWith, wholeText } from '../support/word.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial({ withApp: false })
})
afterAll(() => trial.stop())

async function filed(userId: string, sheet: Sheet): Promise<{ person: Person; form: Buffer }> {
  const person = new Person(trial, userId)
  await person.says('开始备案')
  await answers(person, sheet)
  return { person, form: await person.opens('备案申请表') }
}

test('a village organization is filed under its town', async () => {
  const { form } = await filed('wangxiuying', {
    ...danceTeam,
    活动地域: '沙塘村',
    备案社区社会组织名称: '红白理事会',
  })
  expect(cellAfter(form, '备案社区社会组织名称')).toBe('柳州市柳北区沙塘镇沙塘村红白理事会')
  expect(cellAfter(form, '活动地域（填社区名）')).toBe('沙塘村')
})

test('an organization of a whole street names the street and no community', async () => {
  const { form } = await filed('chenming', {
    ...danceTeam,
    活动地域: '解放街道',
    备案社区社会组织名称: '夕阳红志愿服务队',
  })
  expect(cellAfter(form, '备案社区社会组织名称')).toBe('柳州市柳北区解放街道夕阳红志愿服务队')
  expect(cellAfter(form, '活动地域（填社区名）')).toBe('解放街道')
})

test('a private non-enterprise unit has its staff counted and no members', async () => {
  const { form } = await filed('wangfang', {
    ...danceTeam,
    组织类别: '民办非企业单位',
    备案社区社会组织名称: '邻里托管中心',
  })
  expect(cellAfter(form, '工作人员数（民非填）')).toBe('3')
  expect(cellAfter(form, '会员数（社团填）')).toBe('')
})

test('two bodies of one stem are asked back before anything is taken', async () => {
  const person = new Person(trial, 'lijie')
  await person.says('开始备案')
  await person.says('同意')
  await person.says('1')
  await person.says('雅莲')
  expect(person.heard).toContain('雅儒街道')
  expect(person.heard).toContain('锦绣街道')
  await person.says('2')
  expect(questionLabel(person.heard)).toBe('备案社区社会组织名称')
})

test('what does not fit a cell goes to the continuation sheet, whole', async () => {
  const purpose = '遵守法律法规，团结邻里，丰富文化生活，帮助有困难的居民。'.repeat(12)
  const { form } = await filed('zhaomin', { ...danceTeam, 备案社区社会组织名称: '清风太极队', 宗旨: purpose })
  expect(cellAfter(form, '宗旨')).toContain('附页')
  expect(wholeText(form)).toContain(purpose)
  expect(rowsWith(form, '宗旨').length).toBeGreaterThanOrEqual(2)
})
