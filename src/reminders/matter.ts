import { z } from 'zod'

/** What people say to a reminder, by card or in words. */
export const ReminderAnswer = z.enum(['done', 'later', 'help', 'notMine'])
export type ReminderAnswer = z.infer<typeof ReminderAnswer>

const at = z.iso.datetime()

export const MatterEvent = z.discriminatedUnion('type', [
  /** It stands in a letter that was promised to `to` on `day`. The step is never reminded of again. */
  z.strictObject({ type: z.literal('reminded'), at, day: z.iso.date(), step: z.string(), to: z.string() }),
  /** A letter told one of those it was handed in to. */
  z.strictObject({ type: z.literal('told'), at, day: z.iso.date(), to: z.string() }),
  z.strictObject({
    type: z.literal('answered'),
    at,
    by: z.string(),
    answer: ReminderAnswer,
    /** 过几天: quiet until this day. */
    until: z.iso.date().optional(),
  }),
  /** What is owed was handed in. A later report of the same matter replaces it. */
  z.strictObject({
    type: z.literal('reported'),
    at,
    by: z.string(),
    /** 无变化 or 无活动. */
    nothing: z.literal(true).optional(),
    /** 开展活动几场. */
    activities: z.int().min(0).max(1000).optional(),
    /** How many pictures were sent with it; the pictures are not kept. */
    photos: z.int().min(0).max(1000).optional(),
    /** In the reporter's words, by question. */
    said: z.record(z.string(), z.string().max(2000)).optional(),
    /** Of the file that was closed with it: SHA-256 in hex. */
    fingerprint: z.string().optional(),
  }),
  /** Pictures sent after the report, counted with it. */
  z.strictObject({ type: z.literal('pictured'), at, by: z.string(), count: z.int().min(1).max(50) }),
  /** How far an office says it is with a row of the list of responsibilities; the last note counts. */
  z.strictObject({
    type: z.literal('noted'),
    at,
    by: z.string(),
    state: z.enum(['open', 'underway', 'done', 'notApplicable']),
    /** One for each quantity of the duty that is not counted from the record, in their order. */
    counts: z.array(z.int().min(0).max(99_999)).max(4).optional(),
    evidence: z.string().max(200).optional(),
  }),
])
export type MatterEvent = z.infer<typeof MatterEvent>

/**
 * One thing that is owed: a duty, for one period, by one target, with what happened to it, in order. What it is
 * about (a filing, a place) is kept elsewhere; this is only what was reminded, said and handed in.
 */
export const Matter = z.strictObject({
  /** `duty:period:target`. */
  id: z.string().max(200),
  duty: z.string(),
  /** `2026-11`, `2026-Q4`, the last day of validity, or the day since which something lies. */
  period: z.string(),
  /** Id of an organization, filing or draft, or code of a place. */
  target: z.string(),
  /** Code of the place it belongs to. */
  place: z.string(),
  events: z.array(MatterEvent),
})
export type Matter = z.infer<typeof Matter>

export const matterId = (duty: string, period: string, target: string): string =>
  `${duty}:${period}:${target}`

/** The report that counts: the last one. */
export const reportOf = ({ events }: Pick<Matter, 'events'>) =>
  events.findLast((event) => event.type === 'reported')

/** How many pictures were sent with the report that counts, and after it. */
export function photosOf({ events }: Pick<Matter, 'events'>): number {
  const last = events.findLastIndex(({ type }) => type === 'reported')
  return events.slice(Math.max(last, 0)).reduce((sum, event) => {
    if (event.type === 'reported') return sum + (event.photos ?? 0)
    return event.type === 'pictured' ? sum + event.count : sum
  }, 0)
}

/** Handed in, or said to be done; a later note that it is not so counts more. */
export function isDone({ events }: Pick<Matter, 'events'>): boolean {
  const last = events.findLast(
    (event) =>
      event.type === 'reported' ||
      event.type === 'noted' ||
      (event.type === 'answered' && event.answer === 'done'),
  )
  return last !== undefined && (last.type !== 'noted' || ['done', 'notApplicable'].includes(last.state))
}

/** At most so many reminders of one matter to the same people, in whatever capacity. */
export const MOST_A_MATTER = 3

/** Whether this person was reminded of it as often as may be. */
export const hasHeardEnough = ({ events }: Pick<Matter, 'events'>, user: string): boolean =>
  new Set(events.flatMap((event) => (event.type === 'reminded' && event.to === user ? [event.step] : [])))
    .size >= MOST_A_MATTER

type Answered = Extract<MatterEvent, { type: 'answered' }>

/** What each of those who answered said last; 不是我负责 stays said. */
export function lastAnswers({ events }: Pick<Matter, 'events'>): Answered[] {
  const last = new Map<string, Answered>()
  for (const event of events)
    if (event.type === 'answered' && last.get(event.by)?.answer !== 'notMine') last.set(event.by, event)
  return [...last.values()]
}

/** Until when 过几天 keeps it quiet for this person. */
export const quietUntil = (matter: Pick<Matter, 'events'>, user: string): string | undefined =>
  lastAnswers(matter).find(({ by }) => by === user)?.until

/** Whether this person wants to hear of it on a day: they neither put it off nor said 不是我负责. */
export const wantsToHear = (matter: Pick<Matter, 'events'>, user: string, day: string): boolean =>
  (quietUntil(matter, user) ?? '') <= day && !isRefusedBy(matter, user)

/** Whether this person said 不是我负责. */
export const isRefusedBy = ({ events }: Pick<Matter, 'events'>, user: string): boolean =>
  events.some((event) => event.type === 'answered' && event.answer === 'notMine' && event.by === user)
