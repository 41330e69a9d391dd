import { z } from 'zod'
import { Answer, Answers } from '../forms/answers.ts'
import type { Previous } from '../knowledge/follow-up.ts'
import { MONTHLY_REPORT } from '../reminders/report-forms.ts'

/** A value and where it goes: a field, or one cell of a row. */
const Placed = z.strictObject({
  field: z.string(),
  row: z.int().optional(),
  column: z.string().optional(),
  value: z.json(),
})
export type Placed = z.infer<typeof Placed>

/** What the bot waits for when it is not simply the next question of the form. */
export const Pending = z.discriminatedUnion('type', [
  /** A value read back with 对吗?; `said` is kept so that 不对 can explain. */
  z.strictObject({
    type: z.literal('confirm'),
    field: z.string(),
    row: z.int().optional(),
    column: z.string().optional(),
    value: z.json(),
    /** Why it is doubtful, for saying it again. */
    because: z.string().optional(),
  }),
  /** Numbered readings of one answer. */
  z.strictObject({
    type: z.literal('choose'),
    field: z.string(),
    row: z.int().optional(),
    column: z.string().optional(),
    options: z.array(z.strictObject({ text: z.string(), value: z.json() })),
    ask: z.string().optional(),
  }),
  /** The facts that were heard are shown together. */
  z.strictObject({ type: z.literal('confirmSeveral') }),
  /** A natural stop after a sitting. */
  z.strictObject({ type: z.literal('rest'), after: z.string() }),
  /** 撤回 asks once more, for this case. */
  z.strictObject({ type: z.literal('withdraw'), id: z.string() }),
  /** 取消 asks once more. */
  z.strictObject({ type: z.literal('cancel') }),
  /** A case a reviewer looks at, page by page. */
  z.strictObject({ type: z.literal('case'), id: z.string(), page: z.int() }),
  /** The numbered read-back, page by page. */
  z.strictObject({ type: z.literal('readBack'), page: z.int() }),
  /** The personal information notice. */
  z.strictObject({ type: z.literal('consent') }),
  /** 章程检查 waits for a Word file or the pasted text, which may need several messages. */
  z.strictObject({ type: z.literal('charterCheck'), soFar: z.string().optional() }),
  /** 投诉建议: what it is about, then whether with a name. */
  z.strictObject({ type: z.literal('complaint'), text: z.string().optional() }),
  /** 月报: of whom (id of an organization, code of a street) and of which month, and what was said so far. */
  z.strictObject({
    type: z.literal('report'),
    duty: z.string().default(MONTHLY_REPORT),
    organization: z.string(),
    period: z.string(),
    said: z.record(z.string(), z.string()),
    activities: z.int().optional(),
    /** How many activities there were did not stand in the answer, and is asked for. */
    counting: z.literal(true).optional(),
    photos: z.int().optional(),
  }),
  /** 更正 was read back and waits for 确认更正: the filing it stands in, what stood there and what is right. */
  z.strictObject({
    type: z.literal('correction'),
    filing: z.string(),
    item: z.string(),
    before: Answer.optional(),
    value: z.json(),
    unordered: z.literal(true).optional(),
    reason: z.string(),
  }),
  /** 认领 asks the name of the principal. */
  z.strictObject({ type: z.literal('claim'), filingNumber: z.string() }),
  /** 撤销同意 asks once more. */
  z.strictObject({ type: z.literal('revoke') }),
  /** A list of what is to be destroyed was shown: somebody's proposal, or what is due now. */
  z.strictObject({ type: z.literal('purge'), id: z.string().optional() }),
  /** A list of staff's, page by page: `ids` is what the numbers from `first` on mean. */
  z.strictObject({
    type: z.literal('list'),
    list: z.enum(['owing', 'sent', 'ahead', 'checklist']),
    page: z.int(),
    first: z.int(),
    ids: z.array(z.string()),
    of: z.string().optional(),
  }),
  /** A numbered menu; each entry is a phrase that is then handled as if typed. */
  z.strictObject({ type: z.literal('menu'), phrases: z.array(z.string()) }),
])
export type Pending = z.infer<typeof Pending>

export const Draft = z.strictObject({
  id: z.string(),
  form: z.string(),
  /** The version the answers were given to; a draft meets the newest form. */
  version: z.int(),
  startedAt: z.iso.datetime(),
  answers: Answers,
  /** Facts that wait for one yes, shown again after whatever is said in between. */
  heard: z.array(Placed).default([]),
  /** Fields put off with 跳过, in order; asked again at the end. */
  postponed: z.array(z.string()),
  /** Sittings after which the natural stop was made. */
  rested: z.array(z.string()),
  /** A question reopened with 改, a card or 上一步: asked before the walk goes on. The old answer stays until a new one is taken. */
  reopened: z
    .strictObject({ field: z.string(), row: z.int().optional(), column: z.string().optional() })
    .optional(),
  /** A case that came back: only `redo` is asked, and it goes back to the person who returned it. */
  correcting: z.string().optional(),
  /** Fields to be asked anew although they are answered; the old answer stays until a new one is taken. */
  redo: z.array(z.string()).default([]),
  /** What a change, cancellation, renewal or charter starts from. */
  record: z
    .strictObject({ organization: z.string(), number: z.string().optional(), answers: Answers })
    .optional(),
  /** Set when somebody fills for the leader (代办). */
  helper: z.boolean(),
  /** Every page of the read-back was shown once; 确认提交 counts only then. */
  readBackSeen: z.boolean(),
  /** The helper said that the leader heard and confirmed the read-back. */
  leaderConfirmed: z.boolean(),
})
export type Draft = z.infer<typeof Draft>

/** A form that was opened and has no answers yet. */
export const blankDraft = (opened: Pick<Draft, 'id' | 'form' | 'version' | 'startedAt'>): Draft => ({
  ...opened,
  answers: {},
  heard: [],
  postponed: [],
  rested: [],
  redo: [],
  helper: false,
  readBackSeen: false,
  leaderConfirmed: false,
})

export const Consent = z.strictObject({
  version: z.string(),
  agreed: z.boolean(),
  at: z.iso.datetime(),
  channel: z.enum(['robot', 'app']),
})
export type Consent = z.infer<typeof Consent>

/** A charter that was finished: what was answered, and the record it was written for. */
export const Charter = z.strictObject({
  id: z.string(),
  organization: z.string(),
  at: z.iso.datetime(),
  answers: Answers,
  record: Answers,
})
export type Charter = z.infer<typeof Charter>

/** Everything the bot knows about its talk with one person. One per person, not per chat. */
export const Session = z.strictObject({
  consents: z.array(Consent),
  drafts: z.array(Draft),
  /** Finished charters, one for each organization, the latest. */
  charters: z.array(Charter).default([]),
  /** The draft being filled; undefined while paused or idle. */
  active: z.string().optional(),
  pending: Pending.optional(),
  /** The card last sent; buttons of older ones reopen instead of answering. */
  card: z.string().optional(),
  /** The knowledge article last answered with, for 那变更呢. */
  article: z.string().optional(),
  /** The question that answer counted with: 30人到20人能开会吗, for 那来了19个呢. */
  counted: z.string().optional(),
  /** How often 听不懂 was said at the present question. */
  explained: z.int(),
  /** 人工: workers who were asked to get in touch, until 好了. */
  human: z.strictObject({ at: z.iso.datetime(), to: z.array(z.string()) }).optional(),
  /** The report handed in last; pictures sent right after belong to it. */
  handedIn: z
    .strictObject({ duty: z.string(), period: z.string(), target: z.string(), at: z.iso.datetime() })
    .optional(),
  /** Names said wrong at 认领. */
  wrongClaims: z.strictObject({ day: z.iso.date(), count: z.int() }).optional(),
  /** Case ids (of complaints their numbers) in the order of the list last shown; 查看 N means these. */
  listed: z.array(z.string()),
  /** How far each case was when this person last saw it or acted on it, by its id. */
  seenAt: z.record(z.string(), z.string()).optional(),
  /** What happened and could not be sent, because there is no app: said at the next message. */
  missed: z.array(z.string()).optional(),
  /** The same for the list of 待补充问题. */
  questions: z.array(z.string()).optional(),
})
export type Session = z.infer<typeof Session>

export const newSession: Session = { consents: [], drafts: [], charters: [], explained: 0, listed: [] }

/** What a follow-up goes on from. */
export const previousOf = ({ article, counted }: Session): Previous | undefined =>
  article === undefined ? undefined : { article, ...(counted !== undefined && { counted }) }
