import { newSession, type Session } from '../../src/conversation/session.ts'
import { closeLedger, type ClosedLedger } from '../../src/filings/monthly-ledger.ts'
import type { Filing } from '../../src/filings/filing.ts'
import type { Answers } from '../../src/forms/answers.ts'
import type { StoredReply } from '../../src/store/store.ts'

// Invented people and papers for the tests of the store.

export const idNumber = '450205190003071234'
export const phone = '19900001234'
export const said = '请告诉我活动场所在哪里'
export const at = '2026-03-02T01:00:00.000Z'

export const answers = (mark: string): Answers => ({
  principalIdNumber: { value: idNumber, by: 'wang', at },
  mobile: { value: phone, by: 'wang', at },
  purpose: { value: `丰富居民文化生活 ${mark}`, by: 'wang', at },
})

export const sessionOf = (mark: string): Session => ({ ...newSession, listed: [mark, phone] })

export const filingOf = (id: string, over: Partial<Filing> = {}): Filing => ({
  id,
  caseNumber: `2026-${id.padStart(4, '0')}`,
  kind: 'initial',
  form: { id: 'initial', version: 1 },
  applicant: 'wang',
  organizationName: `明珠社区夕阳红${id}志愿服务队`,
  place: '450205001008',
  answers: answers(id),
  events: [{ type: 'submitted', by: 'wang', at }],
  ...over,
})

/** A filing the authority has approved. */
export const approvedOf = (
  id: string,
  grant: { filingNumber?: string; filedOn?: string } = {},
  over: Partial<Filing> = {},
): Filing => {
  const filing = filingOf(id, over)
  const approved = {
    type: 'approved' as const,
    by: 'zhao',
    at,
    as: 'street' as const,
    filingNumber: '柳北解备〔2026〕1号',
    filedOn: '2026-03-02',
    validUntil: '2028-03-02',
    ...grant,
  }
  return { ...filing, events: [...filing.events, approved] }
}

export const replyOf = (messageId: string, over: Partial<StoredReply> = {}): StoredReply => ({
  messageId,
  from: 'wang',
  at,
  reply: { text: `${said} ${messageId}` },
  streamId: `stream-${messageId}`,
  finished: true,
  ...over,
})

export const messageTo = (to: string, key: string, dueAt = at) => ({
  key,
  body: { type: 'message' as const, to, reply: { text: `${said} ${key}` } },
  enqueuedAt: at,
  dueAt,
})

export const ledgerOf = (month: string, authority: string, name: string): ClosedLedger =>
  closeLedger(
    {
      month,
      authority,
      name,
      since: '2026-03-01T01:00:00.000Z',
      until: '2026-03-24T01:00:00.000Z',
      columns: ['名称'],
      rows: [{ id: 'f1', cells: ['夕阳红合唱队'] }],
      changes: [['新备案', '柳北解备〔2026〕1号']],
    },
    { by: 'li', name: '李杰', at: '2026-03-24T01:00:00.000Z' },
  )
