import type { Bot } from '../bot.ts'
import type { Turn } from '../conversation/turn.ts'
import type { InboundMessage, Reply, UserId } from '../messages.ts'
import { appText, robotText } from '../wecom/markup.ts'
import { APP_TEXT_BYTES, linkLine, splitText } from '../wecom/text.ts'

/**
 * Gives a turn's reply its way out. What the passive answer cannot carry is pushed: the rest of a long text, a
 * card and files by the app, and everything that follows a click, whose answer can only change its card.
 */
export function addressed({ reply, clicked }: Turn, message: InboundMessage, bot: Bot) {
  const { from: to, channel } = message
  const links = linksOf(reply, message, bot)
  const whole = withLinks(reply, links, channel)
  const files = bot.client && message.chat.type === 'single' ? (reply.documents ?? []) : []
  const documents = files.map((document) => ({ type: 'document' as const, to, document }))
  if (clicked !== undefined) {
    if (channel === 'robot' && message.responseUrl) {
      const inMarkdown = [robotText(reply.text), ...links].join('\n')
      const next = { type: 'responseUrl' as const, to, url: message.responseUrl, reply: { text: inMarkdown } }
      // It takes one message, text or card; the buttons take the place of those that were clicked.
      const { card } = reply
      return { reply: { text: clicked, ...(card ? { card } : {}) }, pushes: [next, ...documents] }
    }
    const silent = channel === 'robot' && !bot.client
    return {
      reply: { text: silent ? whole.text : clicked },
      pushes: [...appMessages(to, whole), ...documents],
    }
  }
  if (channel === 'robot') return { reply: whole, pushes: documents }
  const [first, ...rest] = appMessages(to, whole)
  return { reply: first?.reply ?? { text: '' }, pushes: [...rest, ...documents] }
}

/** As many app messages as the text needs, the card after them. */
export function appMessages(to: UserId, { text, card }: Reply) {
  const replies: Reply[] = splitText(text, APP_TEXT_BYTES).map((part) => ({ text: part }))
  if (card) replies.push({ text: '', card })
  return replies.map((reply) => ({ type: 'message' as const, to, reply }))
}

/** Documents become links, for one person and never in a group. */
export const linksOf = ({ documents = [] }: Reply, message: InboundMessage, bot: Bot): string[] =>
  message.chat.type === 'group'
    ? []
    : documents.map((document) =>
        linkLine(message.channel, document.name, bot.linkTo(document, message.from)),
      )

/** The links below the text. What people typed makes none: the robot's answer sees to that when it is rendered. */
export function withLinks({ text, card }: Reply, links: string[], channel: InboundMessage['channel']): Reply {
  const plain = channel === 'app' ? appText(text) : text
  return { text: [plain, ...links].join('\n'), ...(card ? { card } : {}) }
}
