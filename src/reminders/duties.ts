import { z } from 'zod'

/** Who owes something, or is asked to help with it. `other` units have no role in the bot. */
export const Unit = z.enum(['organization', 'community', 'street', 'incubator', 'district', 'other'])
export type Unit = z.infer<typeof Unit>

const workingDays = z.array(z.int().min(0).max(20))

/** Working days before the last day on which a unit is reminded; `after`, if any, when the next office is asked to help. */
const Steps = { remind: workingDays.min(1).max(3), helpAfter: z.int().min(1).max(20).optional() }

/** Calendar days before the last day of validity, or after it where a number is negative. */
const days = z.array(z.int().min(-60).max(180)).max(3)

/** The kind of a date. Those of 2022 are history: they are shown and never reminded of. */
export const When = z.discriminatedUnion('type', [
  /**
   * Once. `printed` is how the document says it; before which day exactly it leaves open, so both readings stand
   * here until an officer has decided for one.
   */
  z.strictObject({
    type: z.literal('once'),
    printed: z.string().min(1),
    strict: z.iso.date(),
    wide: z.iso.date(),
    reading: z.enum(['strict', 'wide']).optional(),
    remind: workingDays.min(1).max(3).default([10, 5, 1]),
    helpAfter: Steps.helpAfter,
  }),
  /** Within a time, without a day on which something is due. */
  z.strictObject({
    type: z.literal('window'),
    printed: z.string().min(1),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
  /** Every month before this day. Whether the day itself still counts is not said: `inclusive` decides. */
  z.strictObject({
    type: z.literal('monthlyBefore'),
    day: z.int().min(2).max(28),
    inclusive: z.boolean(),
    ...Steps,
  }),
  z.strictObject({ type: z.literal('monthEnd'), ...Steps }),
  /**
   * Every month; on which day is not said, so an officer writes one: of the month itself, or with `following` of
   * the next. With `proposal` nobody has decided yet, and whoever is reminded is told so.
   */
  z.strictObject({
    type: z.literal('monthly'),
    day: z.int().min(1).max(28).optional(),
    following: z.boolean().default(false),
    proposal: z.boolean().default(false),
    ...Steps,
  }),
  z.strictObject({ type: z.literal('quarterly'), ...Steps }),
  z.strictObject({ type: z.literal('yearly'), ...Steps }),
  /** Before a filing lapses (附件1填表说明6), for each who is told. */
  z.strictObject({
    type: z.literal('validity'),
    leader: days,
    community: days,
    street: days,
  }),
  /** Something lies: working days since it was last touched, and after which the next office is asked to help. */
  z.strictObject({ type: z.literal('lying'), ...Steps }),
])
export type When = z.infer<typeof When>

/**
 * How much is to be reached: one number everywhere, or more in the key streets (重点街道); 0 where only they are
 * asked for it. `most` where it is a range.
 */
const Quantity = z.strictObject({
  of: z.string().min(1).max(30),
  least: z.int().min(0),
  most: z.int().positive().optional(),
  key: z.strictObject({ least: z.int().positive(), most: z.int().positive().optional() }).optional(),
  /** What the record knows is counted there and never typed: filed organizations, activities of the reports. */
  counted: z.enum(['organizations', 'activities']).optional(),
})

/** One row of 附件5, or a recurring duty from elsewhere in the document or from good practice. */
export const Duty = z
  .strictObject({
    id: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
    /** Where the document says so; `practice` where it does not. */
    clause: z.string().min(1),
    /** The responsible unit as printed. */
    unit: z.string().min(1),
    owes: Unit,
    title: z.string().min(1).max(40),
    /** To whom, as printed. */
    receiver: z.string().optional(),
    when: When,
    quantities: z.array(Quantity).max(4).default([]),
    /** Concerns registered organizations (登记), which filed ones are not. */
    registration: z.boolean().default(false),
    on: z.boolean(),
    start: z.iso.date(),
    /** The last day on which it is owed; open without. */
    end: z.iso.date().optional(),
  })
  .refine(({ on, when }) => !on || when.type !== 'window', {
    error: 'a duty without a date cannot be switched on',
    path: ['on'],
  })
  .refine(({ on, when }) => !on || when.type !== 'once' || when.reading !== undefined, {
    error: 'switch it on once `reading` says which of the two dates counts',
    path: ['on'],
  })
export type Duty = z.infer<typeof Duty>

const unique = (ids: string[]): boolean => new Set(ids).size === ids.length

export const Duties = z.strictObject({
  /** Codes of the key streets (重点街道), which the document does not name. */
  keyStreets: z.array(z.string().regex(/^\d{9}000$/)).default([]),
  duties: z
    .array(Duty)
    .max(200)
    .refine((duties) => unique(duties.map(({ id }) => id)), { error: 'two duties have the same id' }),
})
export type Duties = z.infer<typeof Duties>

type Kind = When['type']

/** A duty whose date is of this kind. */
export type DutyOf<K extends Kind> = Duty & { when: Extract<When, { type: K }> }

const isOf =
  <K extends Kind>(kinds: readonly K[]) =>
  (duty: Duty): duty is DutyOf<K> =>
    kinds.some((kind) => kind === duty.when.type)

/** The duties of some kinds that are switched on on this day. */
export const dutiesOf = <K extends Kind>({ duties }: Duties, day: string, ...kinds: K[]): DutyOf<K>[] =>
  duties
    .filter(({ on, start, end }) => on && start <= day && (end === undefined || day <= end))
    .filter(isOf(kinds))

/** How many activities an organization of this street or town should have at least (附件5八2); more in key streets. */
export function leastActivities({ duties, keyStreets }: Duties, authority: string): number {
  const [quantity] = duties.find(({ id }) => id === 'activities')?.quantities ?? []
  if (!quantity) return 0
  return (keyStreets.includes(authority) && quantity.key?.least) || quantity.least
}
