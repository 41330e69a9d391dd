import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/messages.ts'
import { overlongFields } from '../../src/wecom/card-lengths.ts'
import { checkCard, type CardProblem } from '../../src/wecom/card-schema.ts'
import { renderCard, renderNotice } from '../../src/wecom/cards.ts'

const buttons = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ text: `第${at + 1}项`, key: `${at}` }))
const card = (changed: Partial<Card> = {}): Card => ({
  id: 'filing@20260101-0001',
  title: '组织类别',
  buttons: buttons(2),
  ...changed,
})

describe('a card of ours', () => {
  test('with up to six buttons is a button card', () => {
    expect(renderCard(card({ hint: '选一个' }), 'robot')).toEqual({
      card_type: 'button_interaction',
      main_title: { title: '组织类别', desc: '选一个' },
      task_id: 'filing@20260101-0001',
      button_list: [
        { text: '第1项', style: 1, key: '0' },
        { text: '第2项', style: 1, key: '1' },
      ],
    })
    expect(renderCard(card({ buttons: buttons(6) }), 'robot')?.card_type).toBe('button_interaction')
  })

  test('with seven to twenty is a vote for one', () => {
    const rendered = renderCard(card({ buttons: buttons(7) }), 'app')
    expect(rendered).toMatchObject({
      card_type: 'vote_interaction',
      checkbox: { question_key: 'choice', mode: 0 },
      submit_button: { text: '确定', key: 'submit' },
    })
    expect(renderCard(card({ buttons: buttons(20) }), 'robot')?.card_type).toBe('vote_interaction')
  })

  test.each([
    ['no buttons', { buttons: [] }],
    ['twenty-one', { buttons: buttons(21) }],
    ['an id with a blank', { id: 'a b' }],
    ['an id of 129 bytes', { id: 'a'.repeat(129) }],
    ['a blank title', { title: ' ' }],
    ['a key over 1024 bytes', { buttons: [{ text: '一', key: 'k'.repeat(1025) }] }],
    ['an option key over 128 bytes', { buttons: [...buttons(6), { text: '一', key: 'k'.repeat(129) }] }],
    ['a button without words', { buttons: [{ text: '', key: 'k' }] }],
  ])('with %s is not shown, because WeCom would refuse it', (_, changed) => {
    expect(renderCard(card(changed), 'robot')).toBeUndefined()
  })

  test('shows a key once', () => {
    const rendered = renderCard(card({ buttons: [...buttons(2), { text: '又', key: '0' }] }), 'robot')
    expect(rendered?.button_list).toHaveLength(2)
  })

  test('has its texts cut to what each channel shows', () => {
    const long = card({
      title: '题'.repeat(50),
      hint: '示'.repeat(50),
      buttons: [{ text: '按'.repeat(20), key: 'k' }],
    })
    expect(renderCard(long, 'robot')).toMatchObject({
      main_title: { title: `${'题'.repeat(25)}…`, desc: `${'示'.repeat(29)}…` },
      button_list: [{ text: `${'按'.repeat(9)}…` }],
    })
    expect(renderCard(long, 'app')).toMatchObject({ main_title: { title: `${'题'.repeat(35)}…` } })
  })

  test('is shown only as WeCom takes it, whatever is in it', () => {
    const any = fc.record({
      id: fc.oneof(fc.string(), fc.constant('filing@1')),
      title: fc.string({ unit: 'binary' }),
      hint: fc.string(),
      buttons: fc.array(fc.record({ text: fc.string({ unit: 'binary' }), key: fc.string() }), {
        maxLength: 25,
      }),
    })
    fc.assert(
      fc.property(any, fc.constantFrom('robot', 'app'), (given, channel) => {
        const rendered = renderCard(given, channel)
        if (rendered === undefined) return
        expect(checkCard(rendered, channel).ok).toBe(true)
        expect(overlongFields(rendered, channel)).toEqual([])
      }),
    )
  })
})

const notice = {
  card_type: 'text_notice',
  main_title: { title: '备案指南' },
  card_action: { type: 1, url: 'https://filing.example' },
}
const news = {
  ...notice,
  card_type: 'news_notice',
  card_image: { url: 'https://filing.example/a.png', aspect_ratio: 2.25 },
}
const button = {
  card_type: 'button_interaction',
  main_title: { title: '待受理' },
  button_list: [{ text: '受理', style: 1, key: 'accept' }],
  task_id: 'filing@1',
}
const vote = {
  card_type: 'vote_interaction',
  main_title: { title: '组织类别', desc: '可多选' },
  checkbox: {
    question_key: 'filing_type',
    mode: 1,
    option_list: [
      { id: 'culture', text: '文体类', is_checked: true },
      { id: 'charity', text: '公益慈善类' },
    ],
  },
  submit_button: { text: '提交', key: 'submit' },
  task_id: 'filing@2',
}
const selects = {
  card_type: 'multiple_interaction',
  main_title: { title: '预约受理时间' },
  select_list: [
    { question_key: 'day', title: '日期', option_list: [{ id: 'd1', text: '周一' }] },
    { question_key: 'slot', title: '时段', selected_id: 'am', option_list: [{ id: 'am', text: '上午' }] },
  ],
  submit_button: { text: '提交', key: 'book' },
  task_id: 'filing@3',
}

describe('WeCom takes', () => {
  test.each([
    ['every kind on both channels', [notice, news, button, vote, selects]],
    [
      'rows, a menu and a drop-down on a button card',
      [
        {
          ...button,
          source: { desc: '备案小助手', desc_color: 3 },
          horizontal_content_list: [
            { keyname: '类别', value: '文体类' },
            { keyname: '详情', value: '打开', type: 1, url: 'https://filing.example/t/91' },
            { keyname: '提交人', value: '查看', type: 3, userid: 'lihua' },
          ],
          button_selection: {
            question_key: 'street',
            title: '街道',
            option_list: [{ id: 'cuihu', text: '翠湖' }],
            selected_id: 'cuihu',
          },
          action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
        },
      ],
    ],
  ])('%s', (_, cards) => {
    for (const given of cards) {
      expect(checkCard(given, 'robot')).toMatchObject({ ok: true, cardType: given.card_type })
      expect(checkCard(given, 'app')).toMatchObject({ ok: true })
    }
  })

  test('questions in jumps, and feedback, on robot cards only', () => {
    const given = {
      ...notice,
      jump_list: [{ type: 3, title: '材料怎么准备', question: '需要哪些材料' }],
      feedback: { id: 'FB1' },
    }
    expect(checkCard(given, 'robot').ok).toBe(true)
    expect(checkCard(given, 'app').ok).toBe(false)
  })

  test('notices from a group robot and nothing that calls back', () => {
    expect(checkCard(notice, 'groupRobot').ok).toBe(true)
    expect(checkCard(news, 'groupRobot').ok).toBe(true)
    for (const given of [button, vote, selects]) expect(checkCard(given, 'groupRobot').ok).toBe(false)
  })

  test('the notice that replaces a clicked card', () => {
    const given = renderNotice('filing@1', '已选择：同意', 'https://filing.example')
    expect(checkCard(given, 'robot')).toMatchObject({ ok: true, taskId: 'filing@1' })
  })

  test('texts that it shows cut, and it is said which', () => {
    const given = { ...button, main_title: { title: '题'.repeat(27) } }
    expect(checkCard(given, 'robot').ok).toBe(true)
    expect(overlongFields(given, 'robot')).toEqual(['main_title.title'])
    expect(overlongFields(given, 'app')).toEqual([])
  })
})

describe('WeCom refuses', () => {
  const problemsOf = (given: unknown, channel: 'robot' | 'app' = 'robot'): CardProblem[] => {
    const checked = checkCard(given, channel)
    return checked.ok ? [] : checked.problems
  }
  const options = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `${at}`, text: '一' }))

  test.each<[string, unknown, number]>([
    ['an unknown kind', { ...notice, card_type: 'news' }, 42031],
    ['no object', null, 40058],
    ['a notice that opens nothing', { ...notice, card_action: undefined }, 42045],
    ['a URL without scheme', { ...notice, card_action: { type: 1, url: 'filing.example' } }, 42028],
    ['a mini program without id', { ...notice, card_action: { type: 2 } }, 42030],
    ['a notice without words', { ...notice, main_title: {} }, 40058],
    ['a news without picture', { ...news, card_image: undefined }, 42044],
    [
      'a picture out of shape',
      { ...news, card_image: { url: 'https://a.example/a', aspect_ratio: 3 } },
      40058,
    ],
    ['no task id', { ...button, task_id: undefined }, 42014],
    ['a task id with Chinese', { ...button, task_id: '备案' }, 42014],
    ['no buttons', { ...button, button_list: [] }, 40058],
    [
      'seven buttons',
      { ...button, button_list: options(7).map(({ id, text }) => ({ key: id, text })) },
      40058,
    ],
    ['a button without key', { ...button, button_list: [{ text: '一' }] }, 42039],
    ['a button without words', { ...button, button_list: [{ text: '', key: 'a' }] }, 42038],
    ['seven rows', { ...button, horizontal_content_list: Array(7).fill({ keyname: '一' }) }, 42035],
    ['a row without name', { ...button, horizontal_content_list: [{ value: '一' }] }, 42027],
    [
      'a row that shows no member',
      { ...button, horizontal_content_list: [{ keyname: '一', type: 3 }] },
      42050,
    ],
    ['four jumps', { ...notice, jump_list: Array(4).fill({ title: '一' }) }, 42042],
    [
      'a menu without task id',
      { ...notice, action_menu: { desc: '一', action_list: [{ text: '一', key: 'a' }] } },
      42014,
    ],
    [
      'a menu with a key twice',
      { ...button, action_menu: { desc: '一', action_list: [1, 2].map(() => ({ text: '一', key: 'a' })) } },
      42051,
    ],
    ['21 options', { ...vote, checkbox: { ...vote.checkbox, option_list: options(21) } }, 42037],
    [
      'an option without id',
      { ...vote, checkbox: { ...vote.checkbox, option_list: [{ text: '一' }] } },
      42040,
    ],
    [
      'an option without words',
      { ...vote, checkbox: { ...vote.checkbox, option_list: [{ id: '1' }] } },
      42041,
    ],
    ['a vote without question', { ...vote, checkbox: { option_list: options(2) } }, 42043],
    ['a vote without key to submit', { ...vote, submit_button: { text: '提交' } }, 42046],
    ['a vote without words to submit', { ...vote, submit_button: { key: 'a' } }, 42049],
    ['four drop-downs', { ...selects, select_list: Array(4).fill(selects.select_list[0]) }, 42047],
    ['a field of another kind', { ...vote, button_list: [] }, 40058],
  ])('%s', (_, given, errcode) => {
    expect(problemsOf(given).map((problem) => problem.errcode)).toContain(errcode)
  })

  test('an attachment on a robot card and a button with URL', () => {
    const row = { keyname: '附件', type: 2, value: '表.docx', media_id: 'M' }
    expect(problemsOf({ ...button, horizontal_content_list: [row] }, 'app')).toEqual([])
    expect(problemsOf({ ...button, horizontal_content_list: [row] })).not.toEqual([])
    const opens = { ...button, button_list: [{ text: '打开', type: 1, url: 'https://a.example' }] }
    expect(problemsOf(opens, 'app')).toEqual([])
    expect(problemsOf(opens)).not.toEqual([])
  })
})
