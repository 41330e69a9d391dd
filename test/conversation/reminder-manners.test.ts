import { expect, test } from 'vitest'
import { comingDay } from '../../src/conversation/reminding/coming-day.ts'
import { mannerOf } from '../../src/conversation/reminding/reminder-manners.ts'
import type { ReminderWord } from '../../src/conversation/reminding/reminders.ts'

/** A Wednesday. */
const today = '2026-11-25'

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
    '帮我弄一下',
    '麻烦你帮我办一下',
    '帮我报了吧',
    '不会弄',
    '我真不会填',
    '这个我搞不来',
    '月报不会写',
    '弄不懂',
  ],
  notMine: [
    '这个不归我管',
    '不关我的事',
    '我早就不是负责人了',
    '找错人了',
    '已经换人了',
    '我不管这个了',
    '换了队长',
    '队长换了',
    '我退出了',
    '早就退出合唱队了',
    '不干了',
    '我不当了',
    '换人了',
  ],
  now: ['我马上办', '好，现在就报', '这就办'],
}
test.each(Object.entries(said))('%s is heard in several manners', (answer, texts) => {
  expect(texts.map((text) => [text, mannerOf(text, today)?.answer])).toEqual(
    texts.map((text) => [text, answer]),
  )
})

test.each([
  ['明天', '2026-11-26'],
  ['明天再说', '2026-11-26'],
  ['今天没空，明天再办吧', '2026-11-26'],
  ['明儿我再报', '2026-11-26'],
  ['后天吧', '2026-11-27'],
  ['大后天再弄', '2026-11-28'],
  ['下周', '2026-11-30'],
  ['下个星期再说', '2026-11-30'],
  ['等下礼拜我再弄', '2026-11-30'],
  ['下周三', '2026-12-02'],
  ['下个星期三再说', '2026-12-02'],
  ['下下周一', '2026-12-07'],
  ['这周五', '2026-11-27'],
  ['周四再说', '2026-11-26'],
  ['等到礼拜天', '2026-11-29'],
  ['周末再弄', '2026-11-28'],
  // It is over, so the next one.
  ['星期一', '2026-11-30'],
  ['周三我再报', '2026-12-02'],
  ['5天后', '2026-11-30'],
  ['过五天再说', '2026-11-30'],
  ['两天以后再报', '2026-11-27'],
  ['等一个星期', '2026-12-02'],
  ['两周后再说', '2026-12-09'],
  ['半个月后', '2026-12-10'],
  ['月底', '2026-11-30'],
  ['月底再报', '2026-11-30'],
  ['月底之前报', '2026-11-30'],
  ['30号', '2026-11-30'],
  ['二十八号再说', '2026-11-28'],
  ['25号再说', '2026-12-25'],
  ['下个月5号', '2026-12-05'],
  ['12月3日再报', '2026-12-03'],
  ['下个月再说', '2026-12-01'],
  ['过几天', undefined],
  ['改天再说', undefined],
])('%s names its day', (text, until) => {
  expect(mannerOf(text, today)).toEqual({ answer: 'later', ...(until ? { until } : {}) })
})

test.each(['31号', '2月30号', '本月3号', '0号', '13月5号', '99号'])('%s is no day to come', (text) => {
  expect(comingDay(text, today)).toBeUndefined()
})

test('a question, a wish or half a sentence answers no reminder', () => {
  const others =
    '办好了吗 办好了没有 月报什么时候交 月报怎么报 交给谁 交给谁了 能不能晚几天报 改天再填可以吗 明天能办吗 下周开会 周四开会 25号交吗 每月25号交 25号交什么 月底开会 五天 三周年 星期一开门吗 明天交行吗 社区能帮我做什么 社区帮我们做什么 ' +
    '请帮忙看一下章程 帮我看看办好了没有 不归街道管吗 换负责人怎么办 要换人 换队长 会员不交了 他不管了 报名了 填了一半 现在办什么 ' +
    '帮我看看 帮我查一下 你会弄吗 不会弄怎么办 会员退出了 我退休了 我们不搞了 怎么退出 月报不用写 帮我们宣传 不会 好的 知道了 收到 备案 续期'
  expect(others.split(' ').filter((text) => mannerOf(text, today))).toEqual([])
})
