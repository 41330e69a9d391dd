import type { Day } from '../clock.ts'
import { communityOf, helperOf, type Audience } from './audience.ts'
import type { Duty } from './duties.ts'
import { isDone, isRefusedBy, matterId, MOST_A_MATTER, quietUntil, type Matter } from './matter.ts'
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
 * have come only the last counts; the word before the `-` of its name is the kind.
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

/** The one who owes it; the same word for all of them, so that the limit holds over all steps. */
export const OWNER = 'owner'

/** For what has no day of its own. */
const AT_ONCE = ''

/** What of a subject is to be reminded of on this day: of each kind of steps the last that has come. */
export function chosen(subject: Subject, planned: Step[], since: Day, owed: Owed, day: Day): Reminder[] {
  const matter = owed.matters.get(matterId(subject.duty.id, subject.period, subject.target))
  if (matter && isDone(matter)) return []
  const quiet = matter && quietUntil(matter)
  if (quiet !== undefined && day < quiet) return []
  const come = new Map<string, Step>()
  for (const step of matter ? [...planned, ...afterAnswer(subject, matter, owed)] : planned) {
    if (step.day > day || (step.day < since && step.day !== AT_ONCE)) continue
    const other = come.get(step.kind)
    if (!other || other.day <= step.day) come.set(step.kind, step)
  }
  if (come.size === 0) return []
  return [...come.values()]
    .flatMap((step) => redirected(step, subject, matter, owed))
    .filter((step) => !wasSent(step, matter) && !isEnough(step, matter))
    .map((step) => reminderOf(subject, step, day))
}

const reminderOf = (subject: Subject, { step, day, to, help }: Step, today: Day): Reminder => {
  const { owner: _owner, ...about } = subject
  const key = `${matterId(about.duty.id, about.period, about.target)}:${step}`
  return { ...about, key, step, to, late: day !== AT_ONCE && day < today, ...(help ? { help } : {}) }
}

/** 过几天 brings the matter back once, to whoever has it then; 请社区帮我 and 不是我负责 bring it before the next office. */
function afterAnswer({ owner, place }: Subject, matter: Matter, owed: Owed): Step[] {
  const answers = matter.events.filter((event) => event.type === 'answered')
  const last = answers.at(-1)
  if (!last || last.answer === 'done') return []
  const handedOn = answers.findLast(({ answer }) => answer === 'help' || answer === 'notMine')
  const help = handedOn?.answer === 'help' ? 'asked' : 'notMine'
  const to = helperOf(owner, place, owed.district)
  const { until } = last
  if (last.answer !== 'later') return to ? [stepOf(help, 1, { day: AT_ONCE, to, help })] : []
  if (until === undefined) return []
  // What somebody said is not theirs stays so; who only asked for help may put it off themselves.
  return handedOn && to && (handedOn.answer === 'notMine' || handedOn.by !== last.by)
    ? [stepOf(help, until, { day: until, to, help })]
    : [stepOf(OWNER, until, { day: until, to: owner })]
}

/**
 * A leader whom nothing reaches, or who declined the notice, is not written to: the community is asked. Nor is one
 * who said 不是我负责.
 */
function redirected(step: Step, { place }: Subject, matter: Matter | undefined, owed: Owed): Step[] {
  const { to } = step
  if (to.type !== 'leader') return [step]
  if (matter && isRefusedBy(matter, to.user)) return []
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
    event.type === 'reminded' && event.step.startsWith(`${kind}-`) ? [event.step] : [],
  )
  return new Set(steps).size >= MOST_A_MATTER
}
