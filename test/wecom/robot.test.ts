import { describe, expect, test } from 'vitest'
import { EnvelopeError } from '../../src/wecom/envelope.ts'
import { parseRobotMessage } from '../../src/wecom/robot.ts'

const url = 'https://media.example/BHo/757?sign=a'
const quoteOf = (quote: object) => ({ msgtype: 'text', text: { content: '这张可以吗' }, quote })

function parse(changed: object) {
  const common = {
    msgid: 'MSG0001',
    aibotid: 'aibSQBA01',
    chattype: 'single',
    from: { userid: 'LiHua' },
    response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC0001',
    attachment_count: 0,
  }
  return parseRobotMessage(JSON.stringify({ ...common, ...changed }), '备案助手')
}

const event = (eventtype: string, inside: object = {}) => ({
  msgtype: 'event',
  create_time: 1767225600,
  event: { eventtype, [eventtype]: inside },
})

describe('what a member sends', () => {
  test.each([
    [
      { msgtype: 'text', text: { content: '查询' } },
      { type: 'text', text: '查询' },
    ],
    [
      { msgtype: 'voice', voice: { content: '我想备案' } },
      { type: 'voice', text: '我想备案' },
    ],
    [
      { msgtype: 'image', image: { url } },
      { type: 'image', media: { from: 'url', url } },
    ],
    [
      { msgtype: 'file', file: { url: `${url} ` } },
      { type: 'file', media: { from: 'url', url } },
    ],
    [
      { msgtype: 'video', video: { url } },
      { type: 'video', media: { from: 'url', url } },
    ],
    [
      {
        msgtype: 'mixed',
        mixed: {
          msg_item: [
            { msgtype: 'text', text: { content: '一' } },
            { msgtype: 'image', image: { url } },
            { msgtype: 'text', text: { content: '二' } },
            { msgtype: 'sticker', sticker: {} },
          ],
        },
      },
      { type: 'mixed', text: '一\n二', pictures: [{ from: 'url', url }] },
    ],
    [
      { msgtype: 'stream', stream: { id: 'st-7f3a' } },
      { type: 'refresh', streamId: 'st-7f3a' },
    ],
    [
      { msgtype: 'hologram', hologram: {} },
      { type: 'unknown', kind: 'hologram' },
    ],
    [event('enter_chat'), { type: 'entered' }],
    [event('auth_change_event', { auth_list: [] }), { type: 'unknown', kind: 'event:auth_change_event' }],
    [
      event('feedback_event', { id: 'FB1', type: 1 }),
      { type: 'feedback', about: 'FB1', verdict: 'accurate', comment: '' },
    ],
    [
      event('feedback_event', {
        id: 'FB1',
        type: 2,
        content: '没有说明盖章',
        inaccurate_reason_list: [2, 4, 9],
      }),
      {
        type: 'feedback',
        about: 'FB1',
        verdict: 'inaccurate',
        comment: '内容不完整；数据分析有误；没有说明盖章',
      },
    ],
    [
      event('feedback_event', { id: 'FB1', type: 3 }),
      { type: 'feedback', about: 'FB1', verdict: 'withdrawn', comment: '' },
    ],
    [event('feedback_event', { id: 'FB1', type: 9 }), { type: 'unknown', kind: 'feedback:9' }],
  ])('%j is read', (given, content) => {
    expect(parse(given)).toEqual({
      id: 'robot:MSG0001:lihua',
      channel: 'robot',
      from: 'lihua',
      chat: { type: 'single' },
      content,
      responseUrl: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC0001',
    })
  })

  test.each([
    [
      { msgtype: 'text', text: { content: '备案申请表' } },
      { type: 'text', text: '备案申请表' },
    ],
    [
      { msgtype: 'file', file: { url } },
      { type: 'file', media: { from: 'url', url } },
    ],
    [
      { msgtype: 'video', video: { url } },
      { type: 'video', media: { from: 'url', url } },
    ],
    [
      { msgtype: 'voice', voice: { content: '你好' } },
      { type: 'voice', text: '你好' },
    ],
    [
      { msgtype: 'mixed', mixed: { msg_item: [{ msgtype: 'image', image: { url } }] } },
      { type: 'mixed', text: '', pictures: [{ from: 'url', url }] },
    ],
    [{ msgtype: 'poll' }, { type: 'unknown', kind: 'poll' }],
    [{ msgtype: 'image' }, { type: 'unknown', kind: 'image' }],
  ])('with the quote %j is read with it', (quote, content) => {
    expect(parse(quoteOf(quote))).toMatchObject({ content: { type: 'text' }, quote: content })
  })
})

describe('a click on a card', () => {
  const expected = {
    type: 'click',
    cardId: 'filing@20260101-0001',
    key: 'submit_filing_type',
    selected: { filing_type: ['culture', 'sport'] },
  }

  test.each([
    [
      'spelled as in the samples',
      event('template_card_event', {
        card_type: 'vote_interaction',
        event_key: 'submit_filing_type',
        task_id: 'filing@20260101-0001',
        selected_items: {
          selected_item: [{ question_key: 'filing_type', option_ids: { option_id: ['culture', 'sport'] } }],
        },
      }),
    ],
    [
      'spelled as in the tables',
      event('template_card_event', {
        cardtype: 'vote_interaction',
        eventkey: 'submit_filing_type',
        taskid: 'filing@20260101-0001',
        selecteditems: {
          selecteditem: [{ questionkey: 'filing_type', optionids: { optionid: ['culture', 'sport'] } }],
        },
      }),
    ],
    [
      'directly under the event, a single item bare',
      {
        msgtype: 'event',
        event: {
          eventtype: 'template_card_event',
          event_key: 'submit_filing_type',
          task_id: 'filing@20260101-0001',
          selected_items: {
            selected_item: { question_key: 'filing_type', option_ids: { option_id: ['culture', 'sport'] } },
          },
        },
      },
    ],
  ])('is read when %s', (_, given) => {
    expect(parse(given)?.content).toEqual(expected)
  })

  test('of a button selects nothing', () => {
    expect(parse(event('template_card_event', { event_key: '同意 1', task_id: 't' }))?.content).toEqual({
      type: 'click',
      cardId: 't',
      key: '同意 1',
      selected: {},
    })
  })

  test('in a vote of ours counts as the button that was chosen', () => {
    const content = parse(
      event('template_card_event', {
        event_key: 'submit',
        task_id: 't',
        selected_items: { selected_item: [{ question_key: 'choice', option_ids: { option_id: ['第3项'] } }] },
      }),
    )?.content
    expect(content).toMatchObject({ type: 'click', key: '第3项' })
  })
})

describe('the chat', () => {
  const text = { msgtype: 'text', text: { content: '你好' } }

  test.each([
    [
      { chattype: 'group', chatid: 'wr1' },
      { type: 'group', id: 'wr1' },
    ],
    [{ chattype: 'single' }, { type: 'single' }],
    [{ chattype: 'single', chatid: 'wr1' }, { type: 'single' }],
    [{ chattype: undefined }, { type: 'single' }],
    [
      { chattype: undefined, chatid: 'wr1' },
      { type: 'group', id: 'wr1' },
    ],
    [
      { chattype: 'community', chatid: 'wr1' },
      { type: 'group', id: 'wr1' },
    ],
    [{ chattype: 'group' }, { type: 'group', id: '' }],
  ])('%j is taken for a group in doubt', (given, chat) => {
    expect(parse({ ...text, ...given })?.chat).toEqual(chat)
  })

  test('of enter_chat is single when nothing is said', () => {
    expect(parse({ ...event('enter_chat'), chattype: undefined, chatid: 'wr1' })?.chat).toEqual({
      type: 'single',
    })
  })
})

describe('the name of the robot', () => {
  const said = (content: string, name = '备案助手', chattype = 'group') =>
    parseRobotMessage(
      JSON.stringify({
        msgid: 'M',
        chattype,
        chatid: 'c',
        from: { userid: 'a' },
        msgtype: 'text',
        text: { content },
      }),
      name,
    )?.content

  test.each([
    ['@备案助手 到哪一步了', '到哪一步了'],
    ['@备案助手\u2005到哪一步了', '到哪一步了'],
    ['@备案助手\u3000\n 到哪一步了 ', '到哪一步了'],
    ['@备案助手\u200b到哪一步了', '到哪一步了'],
    ['@备案助手到哪一步了', '到哪一步了'],
    ['@备案助手', ''],
    ['到哪一步了 @备案助手', '到哪一步了'],
    ['请问@备案助手 到哪一步了', '请问到哪一步了'],
    ['@王芳 @备案助手 到哪一步了', '@王芳 到哪一步了'],
    ['@备案助手 请找 @王芳', '请找 @王芳'],
    ['@备案助手二号 和 @备案助手 说', '@备案助手二号 和 说'],
    ['@小助手 到哪一步了', '到哪一步了'],
    ['到哪一步了', '到哪一步了'],
    ['邮箱 a@备案.cn 对吗', '邮箱 a@备案.cn 对吗'],
  ])('is taken out of "%s"', (content, text) => {
    expect(said(content)).toEqual({ type: 'text', text })
  })

  test('may contain blanks and signs', () => {
    expect(said('@Filing (Bot)+ 你好', 'Filing (Bot)+')).toEqual({ type: 'text', text: '你好' })
  })

  test('stays in a single chat, where nobody is mentioned', () => {
    expect(said('@备案助手 你好', '备案助手', 'single')).toEqual({ type: 'text', text: '@备案助手 你好' })
  })

  test('is taken out of a text with pictures', () => {
    const content = parse({
      chattype: 'group',
      chatid: 'c',
      msgtype: 'mixed',
      mixed: { msg_item: [{ msgtype: 'text', text: { content: '@备案助手 可以吗' } }] },
    })?.content
    expect(content).toEqual({ type: 'mixed', text: '可以吗', pictures: [] })
  })
})

test('what nobody did is no message', () => {
  expect(parse({ ...event('disconnected_event'), from: undefined })).toBeUndefined()
})

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['a missing id', JSON.stringify({ from: { userid: 'a' }, msgtype: 'text', text: { content: '' } })],
  ['an id that is a number', JSON.stringify({ msgid: 7, from: { userid: 'a' }, msgtype: 'x' })],
  ['a text without content', JSON.stringify({ msgid: 'M', from: { userid: 'a' }, msgtype: 'text' })],
  ['a file without URL', JSON.stringify({ msgid: 'M', from: { userid: 'a' }, msgtype: 'file', file: {} })],
  [
    'an event without type',
    JSON.stringify({ msgid: 'M', from: { userid: 'a' }, msgtype: 'event', event: {} }),
  ],
])('%s is refused without repeating what was sent', (_, plaintext) => {
  expect(() => parseRobotMessage(plaintext, '备案助手')).toThrow(EnvelopeError)
})
