import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Content } from '../../src/messages.ts'
import { parseAppEnvelope, parseAppMessage } from '../../src/wecom/app.ts'
import { renderAppReply } from '../../src/wecom/app-reply.ts'
import { EnvelopeError } from '../../src/wecom/envelope.ts'
import { cdata, childrenOf, parseXml, textOf } from '../../src/wecom/xml.ts'

const head =
  '<ToUserName><![CDATA[wwsqba0000000001]]></ToUserName><FromUserName><![CDATA[LiHua]]></FromUserName><CreateTime>1767225600</CreateTime>'
const xml = (inside: string) => `<xml>\n${head}\n${inside}\n<AgentID>1000007</AgentID>\n</xml>`
const said = (type: string, inside: string) =>
  xml(`<MsgType><![CDATA[${type}]]></MsgType>${inside}<MsgId>7300000000000000002</MsgId>`)
const event = (name: string, inside = '') =>
  xml(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${inside}`)
const parse = (text: string) => parseAppMessage(text, 1000007)
const kindOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof EnvelopeError) return error.kind
    throw error
  }
  return 'read'
}

const media = (mediaId: string) => ({ from: 'mediaId', mediaId }) as const

describe('what a member sends', () => {
  test.each<[string, Content]>([
    [said('text', '<Content><![CDATA[备案]]></Content>'), { type: 'text', text: '备案' }],
    [said('text', '<Content>1 &lt; 2 &amp; 3</Content>'), { type: 'text', text: '1 < 2 & 3' }],
    [said('text', '<Content>0035</Content>'), { type: 'text', text: '0035' }],
    [
      said(
        'image',
        '<PicUrl><![CDATA[https://media.example/81]]></PicUrl><MediaId><![CDATA[MID_1]]></MediaId>',
      ),
      { type: 'image', media: media('MID_1') },
    ],
    [
      said('voice', '<MediaId><![CDATA[MID_2]]></MediaId><Format><![CDATA[amr]]></Format>'),
      { type: 'audio', media: media('MID_2') },
    ],
    [
      said('voice', '<MediaId>MID_2</MediaId><Recognition><![CDATA[我要备案]]></Recognition>'),
      { type: 'voice', text: '我要备案' },
    ],
    [
      said('video', '<MediaId><![CDATA[MID_3]]></MediaId><ThumbMediaId><![CDATA[T]]></ThumbMediaId>'),
      { type: 'video', media: media('MID_3') },
    ],
    [
      said('file', '<MediaId>MID_4</MediaId><FileName><![CDATA[名册.xlsx]]></FileName>'),
      { type: 'file', media: { ...media('MID_4'), name: '名册.xlsx' } },
    ],
    [
      said(
        'location',
        '<Location_X>24.3</Location_X><Location_Y>109.4</Location_Y><Label><![CDATA[柳北区]]></Label>',
      ),
      { type: 'location', label: '柳北区' },
    ],
    [
      said('location', '<Location_X>24.3</Location_X><Location_Y>109.4</Location_Y>'),
      { type: 'location', label: '24.3,109.4' },
    ],
    [
      said('link', '<Title><![CDATA[通知]]></Title><Url><![CDATA[https://a.example/?a=1&b=2]]></Url>'),
      { type: 'link', title: '通知', url: 'https://a.example/?a=1&b=2' },
    ],
    [said('hologram', ''), { type: 'unknown', kind: 'hologram' }],
  ])('%s is read', (text, content) => {
    expect(parse(text)).toEqual({
      sender: 'LiHua',
      message: {
        id: 'app:7300000000000000002:lihua',
        channel: 'app',
        from: 'lihua',
        chat: { type: 'single' },
        content,
      },
    })
  })
})

describe('an event', () => {
  test.each<[string, Content]>([
    [event('enter_agent', '<EventKey><![CDATA[]]></EventKey>'), { type: 'entered' }],
    [event('subscribe'), { type: 'entered' }],
    [event('click', '<EventKey><![CDATA[我的组织]]></EventKey>'), { type: 'text', text: '我的组织' }],
    [event('unsubscribe'), { type: 'unknown', kind: 'event:unsubscribe' }],
    [event('LOCATION', '<Latitude>24.3</Latitude>'), { type: 'unknown', kind: 'event:LOCATION' }],
    [
      event(
        'open_approval_change',
        '<ApprovalInfo><ApprovalNodes><ApprovalNode><Items><Item><ItemName>a</ItemName></Item></Items></ApprovalNode></ApprovalNodes></ApprovalInfo>',
      ),
      { type: 'unknown', kind: 'event:open_approval_change' },
    ],
    [
      event(
        'template_card_event',
        '<EventKey><![CDATA[approve]]></EventKey><TaskId><![CDATA[filing@1]]></TaskId><CardType>button_interaction</CardType><ResponseCode><![CDATA[RESP_1]]></ResponseCode>',
      ),
      { type: 'click', cardId: 'filing@1', key: 'approve', selected: {}, responseCode: 'RESP_1' },
    ],
    [
      event('template_card_menu_event', '<EventKey>mute</EventKey><TaskId>filing@1</TaskId>'),
      { type: 'click', cardId: 'filing@1', key: 'mute', selected: {} },
    ],
    [
      event(
        'template_card_event',
        '<EventKey>send</EventKey><TaskId>t</TaskId><SelectedItems><SelectedItem><QuestionKey>street</QuestionKey><OptionIds><OptionId>cuihu</OptionId></OptionIds></SelectedItem><SelectedItem><QuestionKey>kind</QuestionKey><OptionIds><OptionId>a</OptionId><OptionId>b</OptionId></OptionIds></SelectedItem></SelectedItems>',
      ),
      { type: 'click', cardId: 't', key: 'send', selected: { street: ['cuihu'], kind: ['a', 'b'] } },
    ],
    [
      event(
        'template_card_event',
        '<EventKey>submit</EventKey><TaskId>t</TaskId><SelectedItems><SelectedItem><QuestionKey>choice</QuestionKey><OptionIds><OptionId>第3项</OptionId></OptionIds></SelectedItem></SelectedItems>',
      ),
      { type: 'click', cardId: 't', key: '第3项', selected: { choice: ['第3项'] } },
    ],
  ])('%s is read', (text, content) => {
    expect(parse(text).message.content).toEqual(content)
  })

  test('has an id of sender, second, kind, key and card, because it has no number', () => {
    const id = (text: string) => parse(text).message.id
    const clicked = event('template_card_event', '<EventKey>a</EventKey><TaskId>t1</TaskId>')
    expect(id(clicked)).toBe('app:lihua|1767225600|template_card_event|a|t1')
    expect(id(clicked)).toBe(id(clicked))
    const others = [
      clicked.replace('1767225600', '1767225601'),
      clicked.replace('t1', 't2'),
      clicked.replace('>a<', '>b<'),
      event('enter_agent'),
    ]
    expect(new Set([clicked, ...others].map(id)).size).toBe(5)
  })

  test('of the enterprise may come without the number of an app', () => {
    const text = event('subscribe').replace('<AgentID>1000007</AgentID>', '<AgentID></AgentID>')
    expect(parse(text).message.content).toEqual({ type: 'entered' })
  })
})

describe('a message is refused', () => {
  test('when it is for another app', () => {
    expect(kindOf(() => parse(said('text', '').replace('1000007', '1000008')))).toBe('receiveId')
  })

  test.each([
    ['no sender', said('text', '').replace('LiHua', '')],
    ['a time that is no number', said('text', '').replace('1767225600', 'now')],
    ['no number', said('text', '').replace(/<MsgId>.*<\/MsgId>/, '')],
    ['a number with letters', said('text', '').replace('7300000000000000002', '73e5')],
    ['no kind', xml('')],
    ['a picture without media id', said('image', '')],
    ['no XML', '备案'],
    ['nothing', ''],
    ['XML cut off', '<xml><MsgType>'],
    ['a document type', `<!DOCTYPE xml>${said('text', '')}`],
    ['an entity of its own', said('text', '<Content>&secret;</Content>')],
    ['thirteen levels', said('text', '<a>'.repeat(13) + '</a>'.repeat(13))],
    ['two thousand elements', said('text', '<a/>'.repeat(2000))],
  ])('for %s', (_, text) => {
    expect(kindOf(() => parse(text))).toBe('malformed')
  })

  test('when it is any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(kindOf(() => parse(text))).toBe('malformed')
        expect(kindOf(() => parseAppEnvelope(text))).toBe('malformed')
      }),
      { numRuns: 50 },
    )
  })
})

test('control characters somebody pasted do not make a message unreadable', () => {
  expect(parse(said('text', '<Content><![CDATA[一\u0008二\u0000]]></Content>')).message.content).toEqual({
    type: 'text',
    text: '一二',
  })
})

describe('a reply', () => {
  const now = new Date(1767225601_000)
  const answer = (text: string): Answer => ({ reply: { text }, streamId: '', finished: true })
  const reply = (text: string, given: Answer | undefined) =>
    renderAppReply(parse(text), given, 'wwsqba0000000001', now)

  test('is a text to the sender from the enterprise', () => {
    const root = parseXml(reply(said('text', '<Content>一</Content>'), answer('您好\n第二行')))
    expect(textOf(root, 'ToUserName')).toBe('LiHua')
    expect(textOf(root, 'FromUserName')).toBe('wwsqba0000000001')
    expect(textOf(root, 'CreateTime')).toBe('1767225601')
    expect(textOf(root, 'MsgType')).toBe('text')
    expect(textOf(root, 'Content')).toBe('您好\n第二行')
  })

  test('holds as many whole lines as fit into 2048 bytes', () => {
    const lines = Array.from({ length: 100 }, (_, at) => `${at}、${'字'.repeat(20)}`)
    const content = textOf(parseXml(reply(said('text', ''), answer(lines.join('\n')))), 'Content')
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048)
    expect(lines.join('\n').startsWith(`${content}\n`)).toBe(true)
  })

  test('to a click names on the button what was chosen', () => {
    const click = event('template_card_event', '<EventKey>同意</EventKey><TaskId>t</TaskId>')
    const root = parseXml(reply(click, { ...answer('好的'), notice: '已同意翠湖社区合唱队的备案' }))
    expect(textOf(root, 'MsgType')).toBe('update_button')
    expect(textOf(childrenOf(root, 'Button')[0], 'ReplaceName')).toBe('已同意翠湖社区合唱…')
    expect(reply(click, answer(''))).toContain('<ReplaceName><![CDATA[已收到]]>')
  })

  test('to menu words and to opening the app is a text', () => {
    expect(reply(event('click', '<EventKey>帮助</EventKey>'), answer('一'))).toContain('<Content>')
    expect(reply(event('enter_agent'), answer('一'))).toContain('<Content>')
  })

  test('is empty for unknown events, without an answer, and without words', () => {
    expect(reply(event('LOCATION'), answer('一'))).toBe('')
    expect(reply(said('text', ''), undefined)).toBe('')
    expect(reply(said('text', ''), answer(''))).toBe('')
  })

  test('cannot be broken out of by what it says', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(']]>', ']]', '<![CDATA[', '</Content>')),
        ),
        (parts) => {
          const text = parts.join('')
          const read = parseXml(`<a>${cdata(text)}</a>`)
          expect(read.children).toEqual([])
          // A carriage return is a line break in XML, and what cannot be written is left out.
          // oxlint-disable-next-line no-control-regex
          const written = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
          expect(read.text).toBe(written.replace(/\r\n?/g, '\n'))
        },
      ),
    )
  })
})
