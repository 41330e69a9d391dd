import { describe, expect, test } from 'vitest'
import { looksLikeQuestion } from '../../src/forms/question-words.ts'
import { column, context, read, types } from './liubei.ts'

const QUESTIONS = [
  '备案管几年？',
  '备案管几年',
  '为什么要身份证',
  '备案了是不是法人？',
  '能开账户、开发票吗？',
  '表要几份？谁留？',
  '编号自己填吗',
  '要不要交名单',
  '最少几个人？',
  '几天能办好',
  '收活动费可以吗',
  '能上街募捐吗？',
  '开会要到多少人',
  '线上开会算吗',
  '老不来的队员怎么办？',
  '队长换人要办什么',
  '队伍散了怎么办',
  '剩下的钱怎么分',
  '在两个社区活动，名字怎么起？',
  '名字里能不能没有字号',
  '谁可以当负责人',
  '每月要交什么？哪天？',
  '街道几号交台账',
  '业主委员会能备案吗',
  '达到登记条件了怎么办',
  '今天天气怎么样',
  '帮我写举报信',
  '谁家是低保',
  '请问在哪里盖章',
  '为啥要家庭住址',
  '身份证号你们拿来干嘛',
  '这个要钱吗',
  '什么是民非',
  '社团和民非有什么区别',
  '到期了咋办',
  '我能不能不填这个',
  '备案以后有啥好处',
  '什么时候能拿到编号？',
  '章程是不是一定要有',
  '我想问一下盖章的事',
  '需不需要带身份证原件',
  '村里的舞蹈队也要备案么',
  '有没有补贴',
  '这个信息会不会泄露',
  '要盖公章不',
  '填错了能改不',
  '写全称还是简称',
  '备案流程',
  '有效期',
  '社团与民非的区别',
  '你帮我写',
  '随便写一个',
]

describe('a policy question in the middle of a form', () => {
  const askedFields =
    'purpose businessScope principalPosition principalNativePlace principalEmployer principalHomeAddress principalOtherPosts venue organizationName activityArea principalName principalPhone principalIdNumber'.split(
      ' ',
    )
  test.each(QUESTIONS)('「%s」 is no answer to any free question', (question) => {
    expect(looksLikeQuestion(question)).toBe(true)
    for (const id of askedFields) expect([id, read(id, question).type]).toEqual([id, 'unlike'])
    for (const name of ['period', 'post']) {
      const asked = column('principalCareer', name)
      expect([name, types[asked.type].read(question, asked, context()).type]).toEqual([name, 'unlike'])
    }
    expect(read('principalPolitical', question).type).toBe('unlike')
    expect(read('roster', question).type).toBe('unlike')
  })
})

test.each([
  '没什么',
  '什么都不是',
  '干了好几年会计',
  '十几年',
  '柳州钢铁厂退休',
  '宣传如何防范电信诈骗，教老年人怎么用手机，组织什么活动由大家商量决定，每月至少一次。',
  '雅莲那边嘛',
  '我们在明珠呢',
  '谢谢',
  '也不欠谁的钱',
  '组织广场舞排练',
])('「%s」 asks nothing', (text) => {
  expect(looksLikeQuestion(text)).toBe(false)
})

test.each([
  '你好',
  '好的',
  '嗯',
  '不知道',
  '谢谢',
  '上一步',
  '改电话',
  '我要改第三项',
  '。。。',
  '',
  '  ',
  '😀',
])('「%s」 is no answer to a text question', (text) => {
  for (const id of ['purpose', 'principalEmployer', 'organizationName', 'principalName', 'venue']) {
    expect(read(id, text).type).toBe('unlike')
  }
})
