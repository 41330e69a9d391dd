import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Card, readCard } from './card-rules.ts'

/** What the smart robot may answer to what (path 100719, 101027, 101031). */

export type Inbound = 'message' | 'refresh' | 'enter' | 'cardEvent' | 'feedback'

export type Stream = { id?: string; finish: boolean; content: string; feedbackId?: string }

export type RobotReply =
  | { type: 'text'; text: string }
  | { type: 'template_card'; card: Card }
  | { type: 'stream'; stream: Stream }
  | { type: 'stream_with_template_card'; stream: Stream; card?: Card }
  | { type: 'update_template_card'; card: Card; userIds?: string[] }

/** The permission matrix of passive replies (path 101031). */
const permitted: Record<Inbound, RobotReply['type'][]> = {
  message: ['template_card', 'stream', 'stream_with_template_card'],
  refresh: ['stream', 'stream_with_template_card'],
  enter: ['text', 'template_card'],
  cardEvent: ['update_template_card'],
  feedback: [],
}

const inboundNames: Record<Inbound, string> = {
  message: '一条消息',
  refresh: '流式刷新',
  enter: '进入会话',
  cardEvent: '卡片点击',
  feedback: '评价',
}

export const STREAM_BYTES = 20_480
const PICTURE_BYTES = 10 * 1024 * 1024

const Feedback = z.strictObject({ id: z.string().min(1) })
const Picture = z.strictObject({
  msgtype: z.literal('image'),
  image: z.strictObject({ base64: z.string(), md5: z.string() }),
})
const StreamBody = z.strictObject({
  id: z.string().min(1).optional(),
  finish: z.boolean().default(false),
  content: z.string().default(''),
  msg_item: z.array(Picture).max(10).optional(),
  feedback: Feedback.optional(),
})
const Reply = z.union([
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: z.string() }) }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
  z.strictObject({ msgtype: z.literal('stream'), stream: StreamBody }),
  z.strictObject({
    msgtype: z.literal('stream_with_template_card'),
    stream: StreamBody,
    template_card: z.unknown().optional(),
  }),
  z.strictObject({
    response_type: z.literal('update_template_card'),
    userids: z.array(z.string()).optional(),
    template_card: z.unknown(),
  }),
])

export type Problem = { rule: string; detail: string }

/** Reads the decrypted answer. Without a `reply` WeCom shows nothing, and so it does with a faulty card. */
export function readRobotReply(inbound: Inbound, plain: string): { reply?: RobotReply; problems: Problem[] } {
  const parsed = Reply.safeParse(parseJson(plain))
  if (!parsed.success) {
    return { problems: [{ rule: 'reply-schema', detail: `看不懂的回答：${plain.slice(0, 200)}` }] }
  }
  const body = parsed.data
  const type = 'response_type' in body ? body.response_type : body.msgtype
  if (!permitted[inbound].includes(type)) {
    return {
      problems: [{ rule: 'permission-matrix', detail: `${inboundNames[inbound]}不能用 ${type} 回答` }],
    }
  }
  const problems: Problem[] = []
  const take = (card: unknown): Card | undefined => {
    const read = readCard(card, 'robot')
    for (const detail of read.problems) problems.push({ rule: 'card-schema', detail })
    return read.problems.length === 0 ? read.card : undefined
  }
  if ('response_type' in body) {
    const card = take(body.template_card)
    return { problems, ...(card && { reply: { type: body.response_type, card, userIds: body.userids } }) }
  }
  switch (body.msgtype) {
    case 'text':
      if (body.text.content === '') problems.push({ rule: 'text-empty', detail: '欢迎语是空的' })
      if (Buffer.byteLength(body.text.content) > 2048)
        problems.push({ rule: 'text-bytes', detail: '欢迎语超过 2048 字节' })
      return { reply: { type: 'text', text: body.text.content }, problems }
    case 'template_card': {
      const card = take(body.template_card)
      return { problems, ...(card && { reply: { type: 'template_card', card } }) }
    }
    case 'stream':
      problems.push(...streamProblems(body.stream))
      return { reply: { type: 'stream', stream: streamOf(body.stream) }, problems }
    case 'stream_with_template_card': {
      problems.push(...streamProblems(body.stream))
      const card = body.template_card === undefined ? undefined : take(body.template_card)
      return { reply: { type: body.msgtype, stream: streamOf(body.stream), card }, problems }
    }
  }
}

const streamOf = (stream: z.infer<typeof StreamBody>): Stream => ({
  id: stream.id,
  finish: stream.finish,
  content: stream.content,
  feedbackId: stream.feedback?.id,
})

function streamProblems(stream: z.infer<typeof StreamBody>): Problem[] {
  const problems: Problem[] = []
  const bytes = Buffer.byteLength(stream.content)
  if (bytes > STREAM_BYTES)
    problems.push({ rule: 'stream-bytes', detail: `流式内容 ${bytes} 字节，最多 ${STREAM_BYTES}` })
  if (stream.msg_item && !stream.finish)
    problems.push({ rule: 'stream-pictures', detail: '图片只能和 finish:true 一起发' })
  for (const { image } of stream.msg_item ?? []) {
    const bytes = Buffer.from(image.base64, 'base64')
    if (bytes.length > PICTURE_BYTES) problems.push({ rule: 'stream-pictures', detail: '图片超过 10 MB' })
    if (createHash('md5').update(bytes).digest('hex') !== image.md5)
      problems.push({ rule: 'stream-pictures', detail: '图片的 md5 不对' })
  }
  if (stream.feedback && Buffer.byteLength(stream.feedback.id) > 256)
    problems.push({ rule: 'feedback-bytes', detail: 'feedback.id 超过 256 字节' })
  return problems
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
