import { describe, expect, test } from 'vitest'
import type { Answer, Content, InboundMessage } from '../../src/messages.ts'
import { overlongFields } from '../../src/wecom/card-lengths.ts'
import { checkCard } from '../../src/wecom/card-schema.ts'
import { renderRobotReply } from '../../src/wecom/robot-reply.ts'

const message = (content: Content, chat: InboundMessage['chat'] = { type: 'single' }): InboundMessage => ({
  id: 'robot:M:lihua',
  channel: 'robot',
  from: 'lihua',
  chat,
  content,
})
const card = { id: 'filing@1', title: '选一个', buttons: [{ text: '同意', key: '同意' }] }
const answer = (changed: Partial<Answer> = {}): Answer => ({
  reply: { text: '好的' },
  streamId: 'st-1',
  finished: true,
  ...changed,
})
const rendered = (content: Content, given: Answer | undefined, chat?: InboundMessage['chat']): unknown => {
  const text = renderRobotReply(message(content, chat), given, 'https://filing.example')
  return text === '' ? '' : JSON.parse(text)
}

const media = { from: 'url', url: 'https://media.example/1' } as const
const text: Content = { type: 'text', text: '一' }
const click: Content = { type: 'click', cardId: 'filing@1', key: '同意', selected: {} }
const messages: Content[] = [
  text,
  { type: 'voice', text: '一' },
  { type: 'mixed', text: '一', pictures: [media] },
  { type: 'image', media },
  { type: 'file', media },
  { type: 'video', media },
  { type: 'unknown', kind: 'hologram' },
]

test.each(messages)(
  'a message of type $type is answered by a stream, with a card when there is one',
  (content) => {
    const stream = { id: 'st-1', finish: true, content: '好的' }
    expect(rendered(content, answer())).toEqual({ msgtype: 'stream', stream })
    expect(rendered(content, answer({ reply: { text: '好的', card } }))).toMatchObject({
      msgtype: 'stream_with_template_card',
      stream,
      template_card: { card_type: 'button_interaction', task_id: 'filing@1' },
    })
  },
)

test('the card waits until the stream ends, because it may be sent once', () => {
  const unfinished = answer({ reply: { text: '正在查', card }, finished: false })
  expect(rendered(text, unfinished)).toEqual({
    msgtype: 'stream',
    stream: { id: 'st-1', finish: false, content: '正在查' },
  })
})

test('a card WeCom would refuse is left out and the words remain', () => {
  const reply = { text: '好的', card: { ...card, id: '不行' } }
  expect(rendered(text, answer({ reply }))).toMatchObject({ msgtype: 'stream' })
})

test('a long answer is cut to 20480 bytes at a whole character', () => {
  const long = rendered(text, answer({ reply: { text: `a${'𠮷'.repeat(6000)}` } })) as {
    stream: { content: string }
  }
  expect(Buffer.byteLength(long.stream.content)).toBeLessThanOrEqual(20480)
  expect(Buffer.byteLength(long.stream.content)).toBeGreaterThan(20470)
  expect(long.stream.content).toMatch(/^a𠮷+…$/u)
})

describe('a refresh', () => {
  const refresh: Content = { type: 'refresh', streamId: 'st-7' }

  test('is answered by the stream it asks for', () => {
    expect(rendered(refresh, answer({ finished: false }))).toEqual({
      msgtype: 'stream',
      stream: { id: 'st-7', finish: false, content: '好的' },
    })
  })

  test('of a stream nobody knows ends it', () => {
    expect(rendered(refresh, undefined)).toMatchObject({
      msgtype: 'stream',
      stream: { id: 'st-7', finish: true },
    })
  })
})

test('opening the chat is answered by a text, never by a stream', () => {
  expect(rendered({ type: 'entered' }, answer({ reply: { text: '您好', card } }))).toEqual({
    msgtype: 'text',
    text: { content: '您好' },
  })
})

describe('a click', () => {
  test('is answered by a notice with the same id in place of the buttons', () => {
    const update = rendered(click, answer({ reply: { text: '已选择：同意\n请看新消息。' } })) as {
      template_card: unknown
    }
    expect(update).toEqual({
      response_type: 'update_template_card',
      template_card: {
        card_type: 'text_notice',
        main_title: { title: '已选择：同意' },
        sub_title_text: '请看新消息。',
        card_action: { type: 1, url: 'https://filing.example' },
        task_id: 'filing@1',
      },
    })
    expect(checkCard(update.template_card, 'robot').ok).toBe(true)
  })

  test('says the notice once, or above a text that says more', () => {
    const below = (words: string) =>
      rendered(click, answer({ notice: '已选：同意', reply: { text: words } })) as { template_card: unknown }
    expect(below('已选：同意').template_card).toMatchObject({ main_title: { title: '已选：同意' } })
    expect(below('已选：同意').template_card).not.toHaveProperty('sub_title_text')
    expect(below('第2题').template_card).toMatchObject({ sub_title_text: '第2题' })
  })

  test.each(['', '长'.repeat(200), `${'长'.repeat(27)}\n二`, '一\n\n'])(
    'is answered properly by "%s"',
    (words) => {
      const update = rendered(click, answer({ reply: { text: words } })) as { template_card: object }
      expect(checkCard(update.template_card, 'robot').ok).toBe(true)
      expect(overlongFields(update.template_card, 'robot')).toEqual([])
    },
  )

  test('in a group changes the card for the one who clicked', () => {
    expect(rendered(click, answer(), { type: 'group', id: 'wr1' })).toMatchObject({ userids: ['lihua'] })
  })

  test('on a card without id cannot be answered', () => {
    expect(rendered({ ...click, cardId: '' }, answer())).toBe('')
  })
})

test.each<Content>([
  { type: 'feedback', about: 'FB1', verdict: 'accurate', comment: '' },
  { type: 'unknown', kind: 'event:auth_change_event' },
  { type: 'unknown', kind: 'feedback:9' },
])('nothing may be said to $type', (content) => {
  expect(rendered(content, answer())).toBe('')
})

test.each([...messages, click, { type: 'entered' } as const])(
  'no answer to $type is the empty answer',
  (content) => {
    expect(rendered(content, undefined)).toBe('')
  },
)
