import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../forms/answers.ts'
import { grantOf, nameIn, ORGANIZATION_NAME, type Filing } from './filing.ts'
import { withLeaderInRoster } from './leader-in-roster.ts'
import type { Organization } from './organization.ts'

/** What an old ledger gave a filing beside its answers. What the authority gave in the bot stays as it was given. */
export const GRANT_ITEMS = ['filingNumber', 'filedOn', 'validUntil'] as const
export type GrantItem = (typeof GRANT_ITEMS)[number]

export const isGrantItem = (item: string): item is GrantItem => GRANT_ITEMS.some((one) => one === item)

/** The filing that says what the record says now: the last change of the item, else the round it belongs to. */
export function sourceOf({ versions }: Organization, item: string): Filing | undefined {
  const round = versions.findLastIndex(({ filing }) => filing.kind !== 'change')
  const changed = versions.slice(round + 1).findLast(({ filing }) => changes(filing, item))
  return (changed ?? versions[round])?.filing
}

const changes = (filing: Filing, item: string): boolean =>
  filing.changes?.some(({ field }) => field === item) === true

/** The filing with another number or day in what it was granted, where `before` stood there. */
export const withGrant = (
  filing: Filing,
  item: GrantItem,
  before: string,
  { text, unordered }: { text: string; unordered?: true | undefined },
): Filing => ({
  ...filing,
  events: filing.events.map((event) => {
    if ((event.type !== 'imported' && event.type !== 'approved') || event[item] !== before) return event
    if (event.type === 'approved' || item !== 'filingNumber') return { ...event, [item]: text }
    const { unordered: _, ...rest } = event
    return { ...rest, filingNumber: text, ...(unordered ? { unordered } : {}) }
  }),
})

/**
 * A slip put right after the approval. `item`: a field of the form, or a GrantItem. `before`: what was read back and
 * must still stand there. `unordered`: the number has no place in the authority's sequence.
 */
export type Correction = {
  type: 'correct'
  item: string
  before?: Answer
  after: Answer
  reason: string
  unordered?: true
}

type Right = { ok: true; filing: Filing; before?: Answer } | { ok: false; because: string }

/**
 * On a change filing the slip stands in the content after the change, where that item has one. Number and days are put
 * right only where an old ledger brought them.
 */
export function putRight(filing: Filing, { item, before: seen, after, unordered }: Correction): Right {
  const before = standingAt(filing, item)
  if (!isDeepStrictEqual(seen, before))
    return { ok: false, because: '不能更正：这一栏刚才有人改过，请再看一遍' }
  if (isGrantItem(item)) {
    if (before === undefined) return { ok: false, because: '不能更正：编号和日期是街道（镇）同意备案时定的' }
    const granted = { text: textOf(after), unordered }
    return { ok: true, before, filing: withGrant(filing, item, textOf(before), granted) }
  }
  const change = filing.changes?.find(({ field }) => field === item)
  const name = item === ORGANIZATION_NAME ? nameIn(after) : undefined
  const right = change
    ? { changes: filing.changes?.map((one) => (one === change ? { ...one, after } : one)) }
    : {
        answers: withLeaderInRoster(filing.answers, { ...filing.answers, [item]: after }),
        ...(name !== undefined && { organizationName: name }),
      }
  return { ok: true, filing: { ...filing, ...right }, ...(before && { before }) }
}

/** What the filing says of an item now; of number and days only what an old ledger said. */
export function standingAt(filing: Filing, item: string): Answer | undefined {
  if (!isGrantItem(item))
    return filing.changes?.find(({ field }) => field === item)?.after ?? filing.answers[item]
  const grant = grantOf(filing)
  return grant?.type === 'imported' ? { value: grant[item], by: grant.by, at: grant.at } : undefined
}

export const textOf = (answer: Answer): string =>
  'value' in answer && typeof answer.value === 'string' ? answer.value : ''
