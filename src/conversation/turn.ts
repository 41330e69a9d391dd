import type { Day } from '../clock.ts'
import type { FieldType } from '../forms/field-type.ts'
import type { Field, FormDefinition } from '../forms/definition.ts'
import type { Answer } from '../knowledge/answer.ts'
import type { Filing } from '../filings/filing.ts'
import type { Media, Reply, UserId } from '../messages.ts'
import type { Pack } from '../pack.ts'
import type { Session } from './session.ts'

/** Everything the step may know besides session and message, read beforehand. */
export type Facts = {
  now: Date
  today: Day
  person: UserId
  pack: Pack
  types: Record<Field['type'], FieldType>
  /** The person's own filings, oldest first. */
  filings: Filing[]
  /** Organizations by normalized name, as far as they were asked for with a `Need`. */
  organizations: Record<string, { name: string; applicant: UserId }[]>
  /** What the policy document says; `article` is the one last answered with. */
  tell(question: string, article: string | undefined): Answer
  newId(): string
}

/** What the turn wants done inside its transaction; `perform` checks again under the lock. */
export type Effect =
  | { type: 'submit'; draftId: string; filing: Omit<Filing, 'caseNumber'> }
  | { type: 'withdraw'; filingId: string }
  | { type: 'readFile'; media: Media }

export type Turn = {
  session: Session
  reply: Reply
  effects: Effect[]
  /** For a click: the few words its card shows from now on. */
  clicked?: string
}

/** The step cannot decide yet: it must know who has this name. It is run again with the answer among the facts. */
export type Need = { needs: 'organizations'; normalizedName: string }

export const formOf = (facts: Facts, id: string): FormDefinition => {
  const form = facts.pack.forms.find((form) => form.id === id)
  if (!form) throw new Error(`the template pack has no form ${id}`)
  return form
}
