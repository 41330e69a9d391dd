import { walk } from '../../src/forms/walk.ts'
import type { Content } from '../../src/messages.ts'
import { currentQuestion } from '../../src/conversation/interview/filling.ts'
import type { Chat, Where } from './chat.ts'
import { activeDraft, fieldsOf, formOf, isTrue, wanted } from './mind.ts'
import type { Chance } from './random.ts'
import { otherFact, secrets, type Truth } from './truth.ts'

/** Something a leader does instead of answering, and what it may change. */
export type Digression = {
  content: Content
  where: Where
  /** Fields whose answers it may change; `*` for whatever is asked, for words that may be taken as its answer. */
  may: string[]
  /** It opens a question again. */
  opens?: boolean
  /** It may end or begin a draft. */
  drafts?: boolean
}

const say = (text: string, rest: Partial<Digression> = {}): Digression => ({
  content: { type: 'text', text },
  where: 'single',
  may: [],
  ...rest,
})

const list = (text: string): string[] => text.trim().split(/\s+/)

const harmless = list(`
  再说一遍 听不懂 人工 进度 打印 帮助 看看我填的 下一页 上一页 到哪一步了 我的组织 变更 章程 撤回 请再说一遍。
  什么意思 转人工吧 还剩多少 负责人已确认 继续 备案要多久？ 要交钱吗 请问要交钱吗？ 负责人有什么要求？ 你会不会唱歌
`)

/** Not an answer to anything, though a question that takes any words may take it. */
const nonsense = [
  ...list(`哈哈哈哈 今天天气不错 asdf 嗯 好的 谢谢 。。。 999 0 第一 二十五 不对 对 王 我也不晓得怎么说才好 {"a":1} <b> null
    -1 1.5 没有了 没有 有 用这段 3 7 12 删第1个 删第3位 百花舞蹈队 努尔兰 大概三百来平`),
  '1 2 3 4',
  '好'.repeat(3000),
  'x'.repeat(5000),
]

/** Meant as a number of some kind, and wrong: nothing may come of it. */
const mistyped = list('1990000123 199000012345 450205190803120021 45020519080332002X 45020519080312002')

const numbers = secrets.filter((secret) => /^\d/.test(secret))

const inGroup = [
  ...harmless,
  ...list('跳过 上一步 改第3项 改第9项 删第1个 取消 2 对 同意 不同意 暂停 确认提交 没有了 1'),
]

const silent: Content[] = [
  { type: 'text', text: '😀👍🌹' },
  { type: 'text', text: '  \n ' },
  { type: 'text', text: '[呲牙][鲜花]' },
  { type: 'image', media: { from: 'url', url: 'https://example.com/1' } },
  { type: 'video', media: { from: 'url', url: 'https://example.com/2' } },
  { type: 'audio', media: { from: 'url', url: 'https://example.com/3' } },
  { type: 'mixed', text: '', pictures: [] },
  { type: 'link', title: '新闻', url: 'https://example.com' },
  { type: 'unknown', kind: 'sticker' },
  { type: 'unknown', kind: 'event:menu' },
  { type: 'entered' },
  { type: 'sheet', rows: [], problem: '不是Excel文件' },
  { type: 'file', media: { from: 'url', url: 'https://example.com/4' } },
  { type: 'feedback', about: 'x', verdict: 'accurate', comment: '' },
]

/** One thing a leader may do instead of answering. Changes `truth` when she changes her mind. */
export function digression(chat: Chat, truth: Truth, chance: Chance): Digression {
  const draft = activeDraft(chat)
  const question = draft && currentQuestion(formOf(chat), draft)
  switch (chance.pick(kinds)) {
    case 'harmless':
      return say(chance.pick(harmless), { opens: true })
    case 'skip':
      return say(chance.pick(['跳过', '先跳过', '不填']), { may: ['principalOtherPosts'], opens: true })
    case 'back':
      return say(chance.pick(['上一步', '返回', '上一题']), { opens: true })
    case 'edit': {
      if (!draft) return say('改电话')
      const fields = fieldsOf(chat, draft)
      const field = chance.pick(fields)
      const number = fields.indexOf(field) + 1
      return say(
        chance.pick([`改第${number}项`, `改${field.label.split('·').at(-1)}`, `我要改一下${field.label}`]),
        {
          opens: true,
        },
      )
    }
    case 'change': {
      const told = draft && fieldsOf(chat, draft).filter(({ id }) => truth.fields[id] && draft.answers[id])
      if (!draft || !told || told.length === 0) return say('进度')
      const field = chance.pick(told)
      truth.fields[field.id] = otherFact(field.id, chance)
      return say(`改第${fieldsOf(chat, draft).indexOf(field) + 1}项`, { opens: true })
    }
    case 'changeTo': {
      const field = draft?.answers['principalPhone'] && 'principalPhone'
      if (!field) return say('打印')
      truth.fields[field] = otherFact(field, chance)
      return say(`主要负责人·联系电话改成${String(wanted(chat, truth, field))}`, {
        may: [field],
        opens: true,
      })
    }
    case 'aside': {
      const id = chance.pick(['principalIdNumber', 'principalNativePlace'])
      const known = !draft || !question || draft.answers[id]
      const wordy = ['rows', 'roster', 'text', 'longText', 'venue'].includes(question?.field.type ?? '')
      if (known || wordy) return say('人工')
      const value = String(truth.fields[id]!.value)
      return say(id === 'principalIdNumber' ? value : `籍贯是${value}`, { may: [id] })
    }
    case 'several': {
      const ids = ['principalName', 'principalPhone', 'principalIdNumber']
      if (question?.field.id !== 'principalName') return say('听不懂')
      const [name, phone, id] = ids.map((id) => String(truth.fields[id]!.value))
      return say(`${name}，电话${phone}，身份证${id}`, { may: ids })
    }
    case 'nonsense':
      return say(chance.pick(nonsense), { may: ['*'], opens: true })
    case 'mistyped':
      return say(chance.pick(mistyped))
    case 'silent':
      return { content: chance.pick(silent), where: chance.happens(0.9) ? 'single' : 'group', may: [] }
    case 'sheet': {
      const rows = truth.people.map(({ row }) => [
        row['name'] ?? '',
        row['gender'] ?? '',
        row['phone'] ?? '',
        row['position'] ?? '',
      ])
      return {
        ...say(''),
        content: { type: 'sheet', rows: [['姓名', '性别', '电话', '职务'], ...rows] },
        may: ['roster'],
      }
    }
    case 'card':
      return press(chat, truth, chance)
    case 'pause':
      return say(chance.pick(['暂停', '先这样吧', '明天再填']))
    case 'cancel':
      return say(chance.pick(['取消', '不办了', '算了']))
    case 'helper':
      return say('代填')
    case 'submit':
      return isWrong(chat, truth) ? say('看看我填的') : say('确认提交', { opens: true, drafts: true })
    case 'group':
      return say(chance.pick(inGroup), { where: 'group', may: ['*'], opens: true })
    case 'secretInGroup':
      return say(`是${chance.pick(numbers)}`, { where: 'group' })
  }
}

const kinds = [
  ...(['harmless', 'harmless', 'harmless', 'skip', 'back', 'edit', 'change', 'change', 'changeTo'] as const),
  ...(['aside', 'several', 'nonsense', 'nonsense', 'mistyped', 'silent', 'sheet', 'card', 'card'] as const),
  ...(['pause', 'cancel', 'helper', 'submit', 'group', 'group', 'secretInGroup'] as const),
]

/** Complete, but not (any more) what she means: then she does not hand it in. */
function isWrong(chat: Chat, truth: Truth): boolean {
  const draft = activeDraft(chat)
  if (!draft || walk(formOf(chat), draft.answers).next) return false
  return fieldsOf(chat, draft).some((field) => !isTrue(chat, truth, field.id, draft.answers[field.id]))
}

/** Any button of any card that ever came, the newest likelier than others. */
function press(chat: Chat, truth: Truth, chance: Chance): Digression {
  if (chat.cards.length === 0) return say('帮助')
  const card = chance.happens(0.3) ? chat.cards.at(-1)! : chance.pick(chat.cards)
  const { key, text } = chance.pick(card.buttons)
  if (text === '确认提交' && isWrong(chat, truth)) return say('看看我填的')
  return {
    content: { type: 'click', cardId: card.id, key, selected: {} },
    where: 'single',
    may: ['*'],
    opens: true,
    drafts: text === '确认提交' || text === '不同意',
  }
}
