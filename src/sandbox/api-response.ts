import { z } from 'zod'
import { type Calls, Refusal } from './api-call.ts'
import { readCard } from './card-rules.ts'
import type { Platform } from './platform.ts'
import { STREAM_BYTES } from './robot-rules.ts'
import type { Body } from './world.ts'

/** The robot's one active reply to a message or a click (path 101138). */

const Feedback = z.strictObject({ id: z.string().min(1).max(256) }).optional()
const Response = z.looseObject({ msgtype: z.string() })
const Markdown = z.strictObject({
  msgtype: z.literal('markdown'),
  markdown: z.strictObject({ content: z.string().min(1), feedback: Feedback }),
})

export function responseCalls(platform: Platform): Calls {
  const { world, responseUrls } = platform
  return {
    '/cgi-bin/aibot/response': (call) => {
      const code = call.query('response_code')
      const about = responseUrls.find(code)
      if (!about) throw new Refusal(40058, 'response_code is unknown, used, or older than an hour')
      const isGroup = about.conversation.startsWith('group:')
      const body = bodyOf(call.json(Response), isGroup)
      responseUrls.use(code)
      world.add({
        conversation: about.conversation,
        from: { type: 'robot' },
        body: body.body,
        state: 'done',
        feedbackId: body.feedbackId,
        ...(isGroup && { quotes: about.entryId }),
      })
      return {}
    },
  }

  function bodyOf(response: z.infer<typeof Response>, isGroup: boolean): { body: Body; feedbackId?: string } {
    if (response.msgtype === 'markdown') {
      const parsed = Markdown.safeParse(response)
      if (!parsed.success) throw new Refusal(40058, 'invalid markdown')
      const { content, feedback } = parsed.data.markdown
      if (Buffer.byteLength(content) > STREAM_BYTES) throw new Refusal(40058, 'content exceeds 20480 bytes')
      return { body: { type: 'markdown', text: content }, feedbackId: feedback?.id }
    }
    if (response.msgtype !== 'template_card') throw new Refusal(40008, 'invalid message type')
    if (isGroup) throw new Refusal(40058, 'template_card only from a single chat')
    const { card, problems } = readCard(response['template_card'], 'robot')
    if (!card || problems.length > 0) throw new Refusal(40058, `template_card: ${problems.join('；')}`)
    if (card.task_id !== undefined && !platform.tasks.take('robot', card.task_id))
      throw new Refusal(42014, `invalid task_id ${card.task_id}: used before`)
    return { body: { type: 'card', view: { card }, seenBy: {} }, feedbackId: card.feedback?.id }
  }
}
