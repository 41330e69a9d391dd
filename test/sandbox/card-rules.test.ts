import { describe, expect, test } from 'vitest'
import { readCard } from '../../src/sandbox/card-rules.ts'
import { buttonCard, noticeCard } from './test-bot.ts'

const vote = {
  card_type: 'vote_interaction',
  main_title: { title: '组织类别' },
  checkbox: { question_key: 'kind', mode: 1, option_list: [{ id: 'a', text: '文体' }] },
  submit_button: { text: '提交', key: 'submit' },
  task_id: 'vote@1',
}
const select = {
  card_type: 'multiple_interaction',
  main_title: { title: '预约' },
  select_list: [{ question_key: 'day', title: '日期', option_list: [{ id: 'd1', text: '周一' }] }],
  submit_button: { text: '提交', key: 'book' },
  task_id: 'book@1',
}

describe('a good card', () => {
  test.each([buttonCard('t'), noticeCard('t'), vote, select])('of kind $card_type has no problem', (card) => {
    expect(readCard(card, 'robot').problems).toEqual([])
  })
})

const option = (id: string) => ({ id, text: id })
const faults: [string, object, 'robot' | 'app' | 'webhook'][] = [
  ['has no task id', { ...buttonCard('t'), task_id: undefined }, 'app'],
  ['has a task id with a space', buttonCard('t 1'), 'robot'],
  ['has a task id over 128 bytes', buttonCard('t'.repeat(129)), 'robot'],
  [
    'has seven buttons',
    { ...buttonCard('t'), button_list: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ text: `${n}`, key: `${n}` })) },
    'robot',
  ],
  [
    'uses one key twice',
    {
      ...buttonCard('t'),
      button_list: [
        { text: '甲', key: 'k' },
        { text: '乙', key: 'k' },
      ],
    },
    'robot',
  ],
  [
    'has a key over 1024 bytes',
    { ...buttonCard('t'), button_list: [{ text: '甲', key: '备'.repeat(342) }] },
    'robot',
  ],
  [
    'has a button with a link for the robot',
    { ...buttonCard('t'), button_list: [{ text: '甲', type: 1, url: 'https://a.example' }] },
    'robot',
  ],
  ['has no title', { ...buttonCard('t'), main_title: { desc: '只有说明' } }, 'robot'],
  ['is a notice without an action', { ...noticeCard('t'), card_action: undefined }, 'robot'],
  ['is a notice with an action of type 0', { ...noticeCard('t'), card_action: { type: 0 } }, 'app'],
  [
    'has a link without a scheme',
    { ...noticeCard('t'), card_action: { type: 1, url: 'filing.example' } },
    'app',
  ],
  ['has a field of another kind', { ...noticeCard('t'), button_list: buttonCard('t').button_list }, 'robot'],
  ['has a misspelt field', { ...buttonCard('t'), horizontal_contents: [] }, 'robot'],
  [
    'has seven lines',
    { ...buttonCard('t'), horizontal_content_list: Array(7).fill({ keyname: '社区', value: '明珠' }) },
    'robot',
  ],
  [
    'has a line without a name',
    { ...buttonCard('t'), horizontal_content_list: [{ keyname: '', value: '明珠' }] },
    'robot',
  ],
  [
    'has eleven options',
    {
      ...select,
      select_list: [{ question_key: 'q', option_list: Array.from({ length: 11 }, (_, n) => option(`${n}`)) }],
    },
    'robot',
  ],
  [
    'has an option id over 128 bytes',
    { ...vote, checkbox: { question_key: 'q', option_list: [option('x'.repeat(129))] } },
    'robot',
  ],
  [
    'has one option twice',
    { ...vote, checkbox: { question_key: 'q', option_list: [option('x'), option('x')] } },
    'robot',
  ],
  [
    'has a menu without a task id',
    {
      ...noticeCard('t'),
      task_id: undefined,
      action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
    },
    'app',
  ],
  ['is interactive in a webhook', buttonCard('t'), 'webhook'],
  ['asks for feedback through the app', { ...buttonCard('t'), feedback: { id: 'F1' } }, 'app'],
  [
    'asks a question through the app',
    { ...noticeCard('t'), jump_list: [{ type: 3, title: '问', question: '怎么备案' }] },
    'app',
  ],
  ['has replace_text from the robot', { ...buttonCard('t'), replace_text: '已办' }, 'robot'],
]

describe('a card is refused when it', () => {
  test.each(faults)('%s', (_, card, channel) => {
    expect(readCard(card, channel).problems).toHaveLength(1)
  })
})
