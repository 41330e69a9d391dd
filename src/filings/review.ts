import { maskPersonal } from '../forms/mask.ts'
import { lengthOf } from '../forms/said.ts'
import type { Answers } from '../forms/answers.ts'
import type { UserId } from '../messages.ts'
import { LONGEST_REASON, type Copy, type FilingEvent, type Step } from './event.ts'
import { putRight, type Correction } from './correcting.ts'
import { copiesOf, PAPERS, type Filing } from './filing.ts'
import { whyNot } from './possible.ts'

/** Who acts, for whom: the applicant, or one of the offices. */
export type Actor = {
  userId: UserId
  /** The office whose step this is, also when a deputy takes it. */
  as: 'applicant' | Step
  /** The person or office stood in for, by name. */
  deputyFor?: string
}

/** What somebody wants to do with a submitted filing. */
export type Act =
  | { type: 'endorse'; note?: string }
  /** `items`: field ids of the form, or PAPERS. `note`: why it was not said at the first return. */
  | { type: 'return'; items: readonly string[]; reason: string; note?: string }
  | { type: 'resubmit'; revised: Revised; helper?: boolean }
  | { type: 'approve'; filingNumber: string; filedOn: string; validUntil: string; note?: string }
  | { type: 'decline'; reason: string }
  | { type: 'withdraw' }
  /** Without `copies`, all of them. */
  | { type: 'seal'; copies?: readonly Copy[] }
  | { type: 'distribute'; copies?: readonly Copy[] }
  | Correction
export type ActType = Act['type']

/** What a correction by the applicant may replace. */
export type Revised = Pick<Filing, 'answers' | 'organizationName' | 'place'> &
  Partial<Pick<Filing, 'changes' | 'form'>>

export type Decision =
  /** `filing` is the filing with the event in it. */
  | { ok: true; event: FilingEvent; filing: Filing }
  /** `needs`: what must be said for it to be possible. */
  | { ok: false; because: string; needs?: 'items' | 'reason' | 'note' }

const SHORTEST_REASON = { return: 2, decline: 4, correct: 2, note: 4 }

/**
 * Decides one act: the event it becomes, or why it cannot be. Whether the person holds that office is for the
 * directory; here stands which office may do what at which point. `at` is the present instant; `nameOf` names
 * colleagues in `because`.
 */
export function decide(
  filing: Filing,
  act: Act,
  by: Actor,
  at: string,
  nameOf: (userId: UserId) => string = (userId) => userId,
): Decision {
  const because = whyNot(filing, act.type, by, nameOf)
  if (because !== undefined) return { ok: false, because }
  const person = { by: by.userId, at }
  const office = {
    ...person,
    as: by.as === 'applicant' ? 'community' : by.as,
    ...(by.deputyFor === undefined ? {} : { deputyFor: by.deputyFor }),
  } as const
  switch (act.type) {
    case 'endorse':
      return done(filing, { type: 'endorsed', ...office, ...noted(act.note) })
    case 'return':
      return decideReturn(filing, act, office)
    case 'resubmit':
      return resubmit(filing, act, person)
    case 'approve': {
      const { filingNumber, filedOn, validUntil } = act
      return done(filing, {
        type: 'approved',
        ...office,
        filingNumber,
        filedOn,
        validUntil,
        ...noted(act.note),
      })
    }
    case 'decline': {
      const problem = reasonProblem(act.reason, 'decline', '不予备案要写明理由')
      return problem ?? done(filing, { type: 'declined', ...office, reason: told(act.reason) })
    }
    case 'withdraw':
      return done(filing, { type: 'withdrawn', ...person })
    case 'seal':
    case 'distribute': {
      const type = act.type === 'seal' ? 'sealed' : 'distributed'
      if (act.copies && !act.copies.some((copy) => copiesOf(filing.place).includes(copy)))
        return { ok: false, because: '不能登记：街道（镇）层面的组织没有居（村）委会那一份' }
      const copies = stillToDo(filing, type, by.as, act.copies)
      return copies.length > 0
        ? done(filing, { type, ...office, copies })
        : { ok: false, because: `不能重复登记：这${act.copies?.length === 1 ? '一' : '几'}份已经登记过了` }
    }
    case 'correct': {
      const problem = reasonProblem(act.reason, 'correct', '更正要写明理由')
      if (problem) return problem
      const right = putRight(filing, act)
      if (!right.ok) return right
      const { item, reason } = act
      const { before } = right
      return done(right.filing, {
        type: 'corrected',
        ...office,
        item,
        reason: told(reason),
        ...(before && { before }),
      })
    }
  }
}

const done = (filing: Filing, event: FilingEvent): Decision => ({
  ok: true,
  event,
  filing: { ...filing, events: [...filing.events, event] },
})

/** Why an office does something is read by others; numbers of people are nobody's reason. */
const told = (reason: string): string => maskPersonal(reason.trim())

const noted = (note: string | undefined): { note?: string } =>
  note === undefined || note.trim() === '' ? {} : { note: told(note).slice(0, LONGEST_REASON) }

function reasonProblem(
  reason: string,
  of: keyof typeof SHORTEST_REASON,
  asked: string,
): Extract<Decision, { ok: false }> | undefined {
  const length = lengthOf(reason.trim())
  const needs = of === 'note' ? 'note' : 'reason'
  if (length < SHORTEST_REASON[of]) {
    return { ok: false, because: `${asked}，至少${SHORTEST_REASON[of]}个字`, needs }
  }
  return reason.trim().length > LONGEST_REASON
    ? { ok: false, because: `太长了，最多${LONGEST_REASON}个字`, needs }
    : undefined
}

/** 一次性告知: everything that is wrong is named at the first return. */
function decideReturn(
  filing: Filing,
  { items, reason, note }: Extract<Act, { type: 'return' }>,
  office: { by: UserId; at: string; as: Step; deputyFor?: string },
): Decision {
  const named = [...new Set(items)]
  if (named.length === 0) return { ok: false, because: '没有说退回哪一栏，请写明', needs: 'items' }
  const problem = reasonProblem(reason, 'return', '退回要写明理由')
  if (problem) return problem
  const { as: step, ...person } = office
  const event = { type: 'returned' as const, ...person, step, items: named, reason: told(reason) }
  if (lateItems(filing, step, named).length === 0) return done(filing, event)
  if (note === undefined || note.trim() === '') {
    const because = '上次退回时就能看到，当时没有提出。再退回要写明为什么上次没有一起说'
    return { ok: false, because, needs: 'note' }
  }
  const noteProblem = reasonProblem(note, 'note', '说明')
  return noteProblem ?? done(filing, { ...event, repeat: true, note: told(note) })
}

/** Items that this office could see at an earlier return of its own and did not name then. */
export function lateItems(filing: Filing, step: Step, items: readonly string[]): string[] {
  const earlier = filing.events.flatMap((event) =>
    event.type === 'returned' && event.step === step ? [event] : [],
  )
  const [first] = earlier
  if (!first) return []
  const named = new Set(earlier.flatMap((event) => event.items))
  return items.filter((item) => item !== PAPERS && !named.has(item) && !isNewSince(filing, item, first.at))
}

const isNewSince = (filing: Filing, item: string, at: string): boolean => {
  const change = filing.changes?.find(({ field }) => field === item)
  const answer = change?.after ?? filing.answers[item]
  return answer !== undefined && answer.at > at
}

/** The old answers go into the event, the new ones into the filing. */
function resubmit(
  filing: Filing,
  { revised, helper }: Extract<Act, { type: 'resubmit' }>,
  person: { by: UserId; at: string },
): Decision {
  const before = replaced(filing.answers, revised.answers)
  const changesBefore = isSame(filing.changes, revised.changes ?? filing.changes) ? undefined : filing.changes
  return done({ ...filing, ...revised }, {
    type: 'resubmitted',
    ...person,
    ...(helper ? { helper } : {}),
    ...(Object.keys(before).length > 0 ? { before } : {}),
    ...(changesBefore === undefined ? {} : { changesBefore }),
    ...(revised.place === filing.place ? {} : { moved: true as const }),
  } satisfies FilingEvent)
}

const replaced = (before: Answers, after: Answers): Answers =>
  Object.fromEntries(Object.entries(before).filter(([id, answer]) => !isSame(answer, after[id])))

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Of the copies meant, those for which this was not recorded yet. */
function stillToDo(
  filing: Filing,
  type: 'sealed' | 'distributed',
  as: Actor['as'],
  copies: readonly Copy[] = copiesOf(filing.place),
): Copy[] {
  const recorded = new Set(
    filing.events.flatMap((event) =>
      event.type === type && (type === 'distributed' || event.as === as) ? event.copies : [],
    ),
  )
  return copiesOf(filing.place).filter((copy) => copies.includes(copy) && !recorded.has(copy))
}

/** The acts that are possible now, in the order of the procedure. */
export const possibleActs = (filing: Filing, by: Actor): ActType[] => {
  const all: ActType[] = [
    'endorse',
    'approve',
    'return',
    'decline',
    'seal',
    'distribute',
    'correct',
    'resubmit',
    'withdraw',
  ]
  return all.filter((type) => whyNot(filing, type, by) === undefined)
}
