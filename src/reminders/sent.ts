import { z } from 'zod'
import type { Audience } from './audience.ts'
import type { Duties } from './duties.ts'
import { matterId } from './matter.ts'
import type { Reminder } from './owed.ts'

const AudienceContent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('leader'), user: z.string() }),
  z.looseObject({
    type: z.literal('office'),
    role: z.enum(['community', 'street', 'incubator', 'district']),
    place: z.string(),
  }),
]) satisfies z.ZodType<Audience>

export const Help = z.enum(['overdue', 'asked', 'notMine', 'unreachable', 'declined'])
export type Help = z.infer<typeof Help>

/** A reminder as it is promised: of the duty only its id, the rest of it is in the pack. */
export const SentReminder = z.looseObject({
  duty: z.string(),
  period: z.string(),
  target: z.string(),
  place: z.string(),
  name: z.string().optional(),
  step: z.string(),
  to: AudienceContent,
  last: z.string(),
  late: z.boolean(),
  help: Help.optional(),
})
export type SentReminder = {
  duty: string
  period: string
  target: string
  place: string
  name?: string | undefined
  step: string
  to: Audience
  last: string
  late: boolean
  help?: Help | undefined
}

/** Who owes a duty for a period within the place of a group, and whom to mention for each. */
export const SentOwing = z.looseObject({
  duty: z.string(),
  period: z.string(),
  last: z.string(),
  targets: z.array(z.looseObject({ target: z.string(), mentions: z.array(z.string()) })),
})
export type SentOwing = {
  duty: string
  period: string
  last: string
  targets: { target: string; mentions: string[] }[]
}

export const asSent = ({ duty, key: _key, ...rest }: Reminder): SentReminder => ({ ...rest, duty: duty.id })

/** What was promised, as reminders again; without what the pack has no duty for any more. */
export const recalled = (sent: readonly SentReminder[], { duties }: Duties): Reminder[] =>
  sent.flatMap(({ duty: id, name, help, ...rest }) => {
    const duty = duties.find((one) => one.id === id)
    if (!duty) return []
    const key = `${matterId(id, rest.period, rest.target)}:${rest.step}`
    return [{ ...rest, key, duty, ...(name === undefined ? {} : { name }), ...(help ? { help } : {}) }]
  })

export const matterOf = ({
  duty,
  period,
  target,
}: Pick<SentReminder, 'duty' | 'period' | 'target'>): string => matterId(duty, period, target)
