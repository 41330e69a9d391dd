import { type Card, readCard } from './card-rules.ts'
import { readXml, textAt, type Xml } from './xml.ts'

/** What an app may answer passively (path 90241), read from its XML. */

export type AppReply =
  | { type: 'text'; text: string }
  | { type: 'media'; mediaId: string }
  | { type: 'update_button'; replaceName: string }
  | { type: 'update_template_card'; card: Card }

export type AppInbound = 'message' | 'enter' | 'cardEvent' | 'menuEvent'

const permitted: Record<AppInbound, string[]> = {
  message: ['text', 'image', 'voice', 'video', 'news'],
  enter: ['text', 'image', 'voice', 'video', 'news'],
  cardEvent: ['update_button', 'update_template_card'],
  menuEvent: ['text', 'image', 'voice', 'video', 'news', 'update_button', 'update_template_card'],
}

export const APP_TEXT_BYTES = 2048

/** Reads the decrypted answer to `userId`; without a `reply` WeCom shows nothing. */
export function readAppReply(
  inbound: AppInbound,
  plain: string,
  head: { userId: string; corpId: string },
): { reply?: AppReply; problems: { rule: string; detail: string }[] } {
  const problems: { rule: string; detail: string }[] = []
  const fail = (rule: string, detail: string) => ({ problems: [...problems, { rule, detail }] })
  let xml: Xml | undefined
  try {
    xml = readXml(plain).children['xml']?.[0]
  } catch {
    return fail('reply-schema', '被动回复不是 XML')
  }
  if (!xml) return fail('reply-schema', '被动回复没有 <xml>')
  if (textAt(xml, 'ToUserName') !== head.userId) return fail('reply-head', `ToUserName 应当是 ${head.userId}`)
  if (textAt(xml, 'FromUserName') !== head.corpId) return fail('reply-head', 'FromUserName 应当是企业 ID')
  if (!/^\d+$/.test(textAt(xml, 'CreateTime'))) return fail('reply-head', 'CreateTime 应当是秒数')
  const type = textAt(xml, 'MsgType')
  if (!permitted[inbound].includes(type)) return fail('permission-matrix', `这里不能用 ${type} 回答`)
  switch (type) {
    case 'text': {
      const text = textAt(xml, 'Content')
      const bytes = Buffer.byteLength(text)
      if (bytes > APP_TEXT_BYTES)
        problems.push({ rule: 'text-bytes', detail: `被动回复 ${bytes} 字节，超过 2048 的部分会被截掉` })
      return { reply: { type, text: cutBytes(text, APP_TEXT_BYTES) }, problems }
    }
    case 'update_button':
      return { reply: { type, replaceName: textAt(xml, 'Button', 'ReplaceName') }, problems }
    case 'update_template_card': {
      const read = readCard(cardOf(xml.children['TemplateCard']?.[0]), 'app')
      for (const detail of read.problems) problems.push({ rule: 'card-schema', detail })
      return {
        problems,
        ...(read.card && read.problems.length === 0 && { reply: { type, card: read.card } }),
      }
    }
    case 'image':
      return { reply: { type: 'media', mediaId: textAt(xml, 'Image', 'MediaId') }, problems }
    default:
      return fail('not-shown', `沙盒不会显示 ${type}`)
  }
}

/** Cuts at a character boundary, as the client does. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  let cut = ''
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    cut += character
  }
  return cut
}

const lists = [
  'HorizontalContentList',
  'JumpList',
  'ActionList',
  'VerticalContentList',
  'ButtonList',
  'OptionList',
  'SelectList',
]
const numbers = ['Type', 'DescColor', 'Style', 'Mode', 'AspectRatio']
const flags = ['Disable', 'IsChecked']
/** Names whose JSON form is not the plain snake case (path 90241 against 90236). */
const irregular: Record<string, string> = {
  KeyName: 'keyname',
  AppId: 'appid',
  PagePath: 'pagepath',
  UserId: 'userid',
  CheckBox: 'checkbox',
}

/** The PascalCase card of a passive reply as the JSON card it stands for. */
function cardOf(xml: Xml | undefined): unknown {
  if (!xml) return undefined
  return Object.fromEntries(
    Object.entries(xml.children).map(([name, elements]) => {
      const values = elements.map((element) => valueOf(name, element))
      return [irregular[name] ?? snakeCase(name), lists.includes(name) ? values : values[0]]
    }),
  )
}

function valueOf(name: string, element: Xml): unknown {
  if (Object.keys(element.children).length > 0) return cardOf(element)
  if (numbers.includes(name)) return Number(element.text)
  if (flags.includes(name)) return ['1', 'true'].includes(element.text)
  return element.text
}

const snakeCase = (name: string): string => name.replace(/(?<=.)[A-Z]/g, '_$&').toLowerCase()
