import { z } from 'zod'
import { Answer, Answers } from '../forms/answers.ts'
import type { UserId } from '../messages.ts'
import { Change, Copy, FilingEvent, type Step } from './event.ts'
import { hasCommunityStep } from './place-code.ts'

/** A filing is what was submitted plus what happened to it. It pins its form version and keeps its answers. */
export const Filing = z.strictObject({
  id: z.string(),
  /** For people: `2026-0001`, in sequence over the district. Not the filing number, which the authority gives. */
  caseNumber: z.string(),
  kind: z.enum(['initial', 'change', 'cancellation', 'renewal']),
  form: z.strictObject({ id: z.string(), version: z.int() }),
  applicant: z.string(),
  organizationName: z.string(),
  /** Id of the first filing of this organization; the first one itself has none. */
  organizationId: z.string().optional(),
  /** Code of the community or village, or of the street or town for an organization of that level. */
  place: z.string(),
  answers: Answers,
  /** What a change filing changes; `field` is one of the form of the record. */
  changes: z.array(Change).max(100).optional(),
  events: z.array(FilingEvent),
})
export type Filing = z.infer<typeof Filing>

/** Fields of the record that the procedure itself must know (glossary). */
export const ORGANIZATION_NAME = 'organizationName'
export const ACTIVITY_AREA = 'activityArea'

/** The full name an answer gives; undefined when it is not one. */
export const nameIn = (answer: Answer): string | undefined => textIn(answer, 'full')

/** The code of the place an answer gives. */
export const placeIn = (answer: Answer): string | undefined => textIn(answer, 'code')

function textIn(answer: Answer, part: string): string | undefined {
  const value: unknown = 'value' in answer ? answer.value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const text: unknown = Object.entries(value).find(([key]) => key === part)?.[1]
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** The name a change filing gives the organization. */
export const newNameOf = ({ changes = [] }: Pick<Filing, 'changes'>): string | undefined =>
  changes.flatMap(({ field, after }) => (field === ORGANIZATION_NAME ? (nameIn(after) ?? []) : [])).at(-1)

/** A return's item that is no question of the form: signatures, seals and attachments on paper. */
export const PAPERS = 'papers'

/**
 * How far a filing is, named for what was done last. `approved` waits for the seal of the authority, `sealed` for
 * the copies to be handed out, `distributed` is complete, `closed` was cancelled before it was decided.
 */
export const FilingStatus = z.enum([
  ...(['submitted', 'endorsed', 'returned', 'approved', 'sealed', 'distributed', 'declined'] as const),
  ...(['withdrawn', 'closed'] as const),
])
export type FilingStatus = z.infer<typeof FilingStatus>

type Told = Pick<Filing, 'events' | 'place'>

/** Read from what happened; never stored beside it. Any order of events has a status. */
export function statusOf(filing: Told): FilingStatus {
  const copies = copiesOf(filing.place)
  const sealed = new Set<Copy>()
  const handedOut = new Set<Copy>()
  let status: FilingStatus = 'submitted'
  let resumed: FilingStatus = 'submitted'
  for (const event of filing.events) {
    switch (event.type) {
      case 'submitted':
      case 'endorsed':
      case 'declined':
      case 'withdrawn':
      case 'approved':
        status = event.type
        break
      case 'returned':
        status = event.type
        resumed = event.step === 'street' && hasCommunityStep(filing.place) ? 'endorsed' : 'submitted'
        break
      case 'resubmitted':
        status = event.moved ? 'submitted' : resumed
        break
      case 'sealed':
        if (event.as === 'community') break
        for (const copy of event.copies) sealed.add(copy)
        if (status === 'approved' && copies.every((copy) => sealed.has(copy))) status = event.type
        break
      case 'distributed':
        for (const copy of event.copies) handedOut.add(copy)
        if (copies.every((copy) => handedOut.has(copy))) status = event.type
        break
      case 'imported':
        status = 'distributed'
        break
      case 'closed':
        status = AGREED.includes(status) ? 'distributed' : event.type
        break
      case 'corrected':
    }
  }
  return status
}

/** Before the authority decided: it can still be withdrawn, returned, declined. */
export const OPEN: readonly FilingStatus[] = ['submitted', 'endorsed', 'returned']
/** The authority agreed. */
export const AGREED: readonly FilingStatus[] = ['approved', 'sealed', 'distributed']

export const isOpen = (filing: Told): boolean => OPEN.includes(statusOf(filing))

/** Whom the filing waits for; nobody once it is complete. */
export function waitsFor(filing: Told): Step | 'applicant' | undefined {
  switch (statusOf(filing)) {
    case 'submitted':
      return hasCommunityStep(filing.place) ? 'community' : 'street'
    case 'returned':
      return 'applicant'
    case 'endorsed':
    case 'approved':
    case 'sealed':
      return 'street'
    case 'distributed':
    case 'declined':
    case 'withdrawn':
    case 'closed':
      return undefined
  }
}

/** After a correction the case goes back to the person who returned it. */
export function assigneeOf({ events }: Pick<Filing, 'events'>): UserId | undefined {
  const last = events.findLast(({ type }) => type !== 'sealed' && type !== 'corrected')
  if (last?.type !== 'resubmitted' || last.moved) return undefined
  const returned = events.findLast(({ type }) => type === 'returned')
  return returned?.by
}

/** Number and days as the authority gave them; undefined before its approval. */
export const grantOf = ({
  events,
}: Pick<Filing, 'events'>): Extract<FilingEvent, { type: 'approved' | 'imported' }> | undefined =>
  events.findLast((event) => event.type === 'approved' || event.type === 'imported')

/** An organization is known by the id of its first filing. */
export const organizationIdOf = ({ id, organizationId }: Pick<Filing, 'id' | 'organizationId'>): string =>
  organizationId ?? id

/** What the record said before this filing changed it: its answers with the changes taken back. */
export function answersBefore({ answers, changes = [] }: Pick<Filing, 'answers' | 'changes'>): Answers {
  const before = { ...answers }
  for (const change of changes) {
    if (change.before) before[change.field] = change.before
    else delete before[change.field]
  }
  return before
}

/** Without a committee there is no copy for it. */
export const copiesOf = (place: string): readonly Copy[] =>
  hasCommunityStep(place) ? Copy.options : ['authority', 'organization']
