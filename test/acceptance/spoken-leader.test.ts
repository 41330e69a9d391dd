import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, danceTeam, type Sheet } from '../support/leader.ts'
import { Person, startTrial, type Trial } from '../support/trial.ts'
import { cellAfter, rowsWith } from '../support/word.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial({ withApp: false })
})
afterAll(() => trial.stop())

/** As dictation hears an old lady: spoken numbers, no punctuation, a full stop at the end. */
const spoken: Sheet = {
  ...danceTeam,
  组织类别: '第一个。',
  活动地域: '我们在明珠那边。',
  备案社区社会组织名称: '就叫金秋合唱团吧。',
  活动场所地址及面积: ['就在跃进路五十八号社区活动室。', '两百来平吧。'],
  宗旨: '第一个。',
  业务范围: '用第一个。',
  '主要负责人·姓名': '我叫王秀英。',
  '主要负责人·联系电话': '幺九九零零零零幺二三四。',
  '主要负责人·社区社会组织职务': '团长。',
  文化程度: '读到初中。',
  政治面貌: '老党员。',
  工作单位及职务: '柳钢退休。',
  个人简历: ['七六年九月到零八年三月在柳州钢铁厂当工人。', '没有了。'],
  联系人: '就是我本人。',
  负责人名单: '没有了。',
  人员名册: ['王秀英 李建国 赵小兰', '没有了。'],
}

test('a leader who speaks instead of typing is understood, and asked back where there is doubt', async () => {
  const wang = new Person(trial, 'wangxiuying')
  const typed = wang.says.bind(wang)
  wang.says = (what, where) => typed(typeof what === 'string' ? { type: 'voice', text: what } : what, where)
  await wang.says('我要备案。')
  await answers(wang, spoken)
  const form = await wang.opens('备案申请表')
  expect(cellAfter(form, '备案社区社会组织名称')).toBe('柳州市柳北区解放街道明珠社区金秋合唱团')
  expect(cellAfter(form, '活动场所地址及面积')).toMatch(/跃进路(五十八|58)号社区活动室，约200平方米/)
  expect(cellAfter(form, '手机')).toBe('19900001234')
  expect(cellAfter(form, '文化程度')).toBe('初中')
  expect(cellAfter(form, '政治面貌', 1)).toBe('中共党员')
  expect(rowsWith(form, '1976年9月至2008年3月')).toHaveLength(1)
  expect(trial.standIn.violations).toEqual([])
})
