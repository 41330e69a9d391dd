import { z } from 'zod'
import type { DocumentRef, Reply } from '../messages.ts'
import { SentOwing, SentReminder } from '../reminders/sent.ts'
import type { DeliveryBody } from './store.ts'

// What replies and deliveries hold, read back from a store. Objects are loose: a field that a version does
// not know stays where it is.

const Document = z.looseObject({
  of: z.enum(['draft', 'filing', 'charter', 'ledger', 'reports', 'person', 'checklist', 'chart']),
  id: z.string(),
  paper: z.string(),
  format: z.enum(['docx', 'xlsx', 'png']),
  name: z.string(),
}) satisfies z.ZodType<DocumentRef>

export const ReplyContent = z.looseObject({
  text: z.string(),
  card: z
    .looseObject({
      id: z.string(),
      title: z.string(),
      hint: z.string().optional(),
      buttons: z.array(z.looseObject({ text: z.string(), key: z.string() })),
    })
    .optional(),
  documents: z.array(Document).optional(),
}) satisfies z.ZodType<Reply>

const MediaContent = z.discriminatedUnion('from', [
  z.looseObject({ from: z.literal('url'), url: z.string() }),
  z.looseObject({ from: z.literal('mediaId'), mediaId: z.string(), name: z.string().optional() }),
])

export const DeliveryContent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('message'), to: z.string(), reply: ReplyContent }),
  z.looseObject({ type: z.literal('document'), to: z.string(), document: Document }),
  z.looseObject({ type: z.literal('letter'), to: z.string(), reply: ReplyContent }),
  z.looseObject({
    type: z.literal('reminders'),
    to: z.string(),
    day: z.string(),
    reminders: z.array(SentReminder),
    news: z.array(z.string()).optional(),
    more: z.array(z.string()),
    lost: z.array(z.looseObject({ day: z.string(), count: z.int() })).optional(),
    card: z.string().optional(),
    file: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal('group'),
    to: z.string(),
    // Group posts of before had a text; nobody sends them any more.
    place: z.string().default(''),
    day: z.string().default(''),
    owing: z.array(SentOwing).default([]),
    numbers: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('groupChart'), to: z.string(), place: z.string() }),
  z.looseObject({ type: z.literal('groupTable'), to: z.string(), place: z.string() }),
  z.looseObject({ type: z.literal('responseUrl'), to: z.string(), url: z.string(), reply: ReplyContent }),
  z.looseObject({
    type: z.literal('readFile'),
    to: z.string(),
    messageId: z.string(),
    channel: z.enum(['robot', 'app']),
    media: MediaContent,
  }),
]) satisfies z.ZodType<DeliveryBody>

export const StoredReplyContent = z.looseObject({
  from: z.string(),
  reply: ReplyContent,
  finished: z.boolean(),
  until: z.string().optional(),
  asked: z.string().optional(),
  disliked: z.boolean().optional(),
})
