import { addDays, type Day } from '../clock.ts'
import { communityOf, type Audience } from './audience.ts'
import { audienceIn, capacityIn, capacityOf, handedOn, helpIn, OWNER } from './capacity.ts'
import type { Duty } from './duties.ts'
import { isDone, lastAnswers, matterId, wantsToHear, MOST_A_MATTER, type Matter } from './matter.ts'
import type { Owed, Reminder } from './owed.ts'

/** What is owed, by whom, and until when. */
export type Subject = {
  duty: Duty
  period: string
  target: string
  place: string
  name?: string
  last: Day
  owner: Audience
}

/**
 * One reminder of a subject, on the day it should go out. Steps of one kind follow each other, and of several that
 * have come only the last counts; the word before the `-` of its name is the kind, a capacity.
 */
export type Step = { kind: string; step: string; day: Day; to: Audience; help?: Reminder['help'] }

export const stepOf = (
  kind: string,
  when: number | string,
  rest: Pick<Step, 'day' | 'to' | 'help'>,
): Step => ({
  kind,
  step: `${kind}-${when}`,
  ...rest,
})

/** For what has no day of its own. */
const AT_ONCE = ''

/** What of a subject is to be reminded of on this day: of each kind of steps the last that has come. */
export function chosen(subject: Subject, planned: Step[], since: Day, owed: Owed, day: Day): Reminder[] {
  const matter = owed.matters.get(matterId(subject.duty.id, subject.period, subject.target))
  if (matter && isDone(matter)) return []
  const come = new Map<string, Step>()
  const steps = matter
    ? [...planned.filter((step) => !isAskedTooSoon(step, matter, day)), ...afterAnswer(subject, matter, owed)]
    : planned
  for (const step of steps) {
    if (step.day > day || (step.day < since && step.day !== AT_ONCE)) continue
    const other = come.get(step.kind)
    if (!other || other.day <= step.day) come.set(step.kind, step)
  }
  if (come.size === 0) return []
  return [...come.values()]
    .flatMap((step) => redirected(step, subject, matter, owed, day))
    .filter((step) => !wasSent(step, matter) && !isEnough(step, matter))
    .map((step) => reminderOf(subject, step, day))
}

const reminderOf = (subject: Subject, { step, day, to, help }: Step, today: Day): Reminder => {
  const { owner: _owner, ...about } = subject
  const key = `${matterId(about.duty.id, about.period, about.target)}:${step}`
  return { ...about, key, step, to, late: day !== AT_ONCE && day < today, ...(help ? { help } : {}) }
}

/** So many days the next office waits for whoever owes it and said 过几天. */
const MOST_PATIENCE = 7

/** Nobody is asked to help with what its owner has just asked some days for. */
function isAskedTooSoon({ help, day: planned }: Step, matter: Matter, day: Day): boolean {
  if (help !== 'overdue' || day >= addDays(planned, MOST_PATIENCE)) return false
  return lastAnswers(matter).some(
    ({ by, until }) => until !== undefined && day < until && capacityOf(matter, by) === OWNER,
  )
}

/**
 * 过几天 brings the matter back once, to those who had it when it was said; 请社区帮我 and 不是我负责 bring it before
 * the office above them.
 */
function afterAnswer(subject: Subject, matter: Matter, { district }: Owed): Step[] {
  return lastAnswers(matter).flatMap(({ by, answer, until }) => {
    const capacity = capacityOf(matter, by)
    switch (answer) {
      case 'done':
        return []
      case 'later': {
        const to = audienceIn(capacity, subject, district)
        if (until === undefined || !to) return []
        return [stepOf(capacity, until, { day: until, to, ...helping(capacity) })]
      }
      case 'help':
      case 'notMine': {
        const next = handedOn(answer === 'help' ? 'asked' : answer, capacity, subject, district)
        if (!next) return []
        return [stepOf(next.capacity, 1, { day: AT_ONCE, to: next.to, ...helping(next.capacity) })]
      }
    }
  })
}

function helping(capacity: string): Pick<Step, 'help'> {
  const help = helpIn(capacity)
  return help ? { help } : {}
}

/**
 * A leader whom nothing reaches, or who declined the notice, is not written to: the community is asked. Nor is one
 * who put it off or said 不是我负责.
 */
function redirected(
  step: Step,
  { place }: Subject,
  matter: Matter | undefined,
  owed: Owed,
  day: Day,
): Step[] {
  const { to } = step
  if (to.type !== 'leader') return [step]
  if (matter && !wantsToHear(matter, to.user, day)) return []
  const help = owed.unreachable.has(to.user)
    ? 'unreachable'
    : owed.declined.has(to.user)
      ? 'declined'
      : undefined
  return help ? [stepOf(help, 1, { day: step.day, to: communityOf(place), help })] : [step]
}

const wasSent = ({ step }: Step, matter: Matter | undefined): boolean =>
  matter?.events.some((event) => event.type === 'reminded' && event.step === step) ?? false

/** After so many only the next office hears of it. */
function isEnough({ kind }: Step, matter: Matter | undefined): boolean {
  if (!matter || matter.events.length < MOST_A_MATTER) return false
  const steps = matter.events.flatMap((event) =>
    event.type === 'reminded' && capacityIn(event.step) === kind ? [event.step] : [],
  )
  return new Set(steps).size >= MOST_A_MATTER
}
