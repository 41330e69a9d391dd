import { expect, test } from 'vitest'
import { mannerOf } from '../../src/conversation/reminding/reminder-manners.ts'
import type { ReminderWord } from '../../src/conversation/reminding/reminders.ts'

const said: Record<Exclude<ReminderWord['answer'], 'nothing' | 'close'>, string[]> = {
  done: [
    '我办好了',
    '早就弄好了呀',
    '搞定了',
    '月报已经交了',
    '交给社区了',
    '我交给王姐了',
    '11月的月报报上去了',
    '好了',
    '办了',
  ],
  later: [
    '过几天吧',
    '改天再说',
    '下周再办',
    '等几天',
    '最近忙，过几天',
    '这两天没空',
    '等我有空再弄',
    '先缓一缓',
    '我过几天再办',
  ],
  help: [
    '叫社区帮我弄',
    '麻烦社区帮我一下',
    '我不会弄，请社区帮我',
    '社区的同志帮帮我',
    '要人帮忙',
    '能不能叫居委会帮我',
  ],
  notMine: [
    '这个不归我管',
    '不关我的事',
    '我早就不是负责人了',
    '找错人了',
    '已经换人了',
    '我不管这个了',
    '换了队长',
  ],
  now: ['我马上办', '好，现在就报', '这就办'],
}
test.each(Object.entries(said))('%s is heard in several manners', (answer, texts) => {
  expect(texts.map((text) => [text, mannerOf(text)?.answer])).toEqual(texts.map((text) => [text, answer]))
})

test.each([
  ['明天', 'tomorrow'],
  ['明天再说', 'tomorrow'],
  ['今天没空，明天再办吧', 'tomorrow'],
  ['明儿我再报', 'tomorrow'],
  ['后天吧', 'dayAfter'],
  ['下周', 'nextWeek'],
  ['下个星期再说', 'nextWeek'],
  ['等下礼拜我再弄', 'nextWeek'],
  ['过几天', undefined],
  ['改天再说', undefined],
])('%s names its day', (text, until) => {
  expect(mannerOf(text)).toEqual({ answer: 'later', ...(until ? { until } : {}) })
})

test('a question, a wish or half a sentence answers no reminder', () => {
  const others =
    '办好了吗 办好了没有 月报什么时候交 月报怎么报 交给谁 交给谁了 能不能晚几天报 改天再填可以吗 明天能办吗 下周开会 明天交行吗 社区能帮我做什么 社区帮我们做什么 ' +
    '请帮忙看一下章程 帮我看看办好了没有 不归街道管吗 换负责人怎么办 要换人 换队长 会员不交了 他不管了 报名了 填了一半 现在办什么 ' +
    '好的 知道了 收到 备案 续期'
  expect(others.split(' ').filter((text) => mannerOf(text))).toEqual([])
})
