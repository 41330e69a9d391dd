import type { Day } from '../clock.ts'
import type { Answers } from '../forms/answers.ts'
import { assemble } from '../forms/assemble.ts'
import type { FieldType } from '../forms/field-type.ts'
import type { Field, FormDefinition } from '../forms/definition.ts'
import type { Answer } from '../knowledge/compose.ts'
import type { Previous } from '../knowledge/follow-up.ts'
import type { OpenQuestion, QuestionAct } from '../knowledge/questions.ts'
import type { Wish } from '../knowledge/wishes.ts'
import type { Staff } from '../directory/staff.ts'
import type { CharterText } from '../filings/charter/text.ts'
import type { Filing } from '../filings/filing.ts'
import type { VoidedNumber } from '../filings/number.ts'
import type { Act, Actor } from '../filings/review.ts'
import type { Media, Reply, UserId } from '../messages.ts'
import type { Pack } from '../pack.ts'
import type { Asked } from './asked.ts'
import type { FreeMessage } from './interview/free-facts.ts'
import type { ServiceEffect, ServiceFacts, ServiceNeed } from './service/service-facts.ts'
import type { Matter, MatterEvent } from '../reminders/matter.ts'
import type { Overseen, OverseeNeed } from './office/overseen.ts'
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
  organizations: Record<string, { name: string; applicant: UserId; organizationId?: string }[]>
  /** The model charter of 附件4, for comparing. */
  charterModel: CharterText
  /** People with roles, and what they reach. */
  staff: Staff
  /** The cases within this person's reach, once they were asked for. */
  cases?: Filing[]
  /** Cases by what they were asked for with; undefined where there is none. */
  found: Record<string, Filing | undefined>
  /** Where the organizations of the cases found are now, by the id of the case. */
  movedTo: Record<string, string>
  /** Numbers out of use, once the cases were asked for. */
  voided?: VoidedNumber[]
  /** Matters by their ids, once they were asked for; undefined where nothing happened yet. */
  matters: Record<string, Matter | undefined>
  /** What the person was reminded of, once it was asked for. */
  reminded?: Matter[]
  /** The names of the organizations and cases it is about, by their ids. */
  remindedOf?: Record<string, string>
  /** About complaints, claims and the keeping of data, as far as it was asked for. */
  service?: ServiceFacts
  /** What the policy document says; `previous` is what was answered last. */
  tell(question: string, previous: Previous | undefined): Answer
  /** What a text wishes for. */
  wishIn(text: string): Wish | undefined
  /** Every label of the document. */
  labels: readonly string[]
  /** Questions that wait for staff, once they were asked for. */
  questions?: OpenQuestion[]
  newId(): string
} & Overseen

/** What the turn wants done inside its transaction; `perform` checks again under the lock. */
export type Effect =
  | { type: 'submit'; draftId: string; filing: Omit<Filing, 'caseNumber'> }
  /** An act on a submitted filing: by an office, or by the applicant. */
  | { type: 'review'; filingId: string; act: Act; by: Actor }
  /** Unmasked papers for a reviewer, with the reason that is kept. */
  | { type: 'showOriginal'; filingId: string; reason: string }
  | { type: 'readFile'; media: Media }
  | ServiceEffect
  /** What a person said to a reminder, or handed in; `begin` where nobody may have been reminded of it yet. */
  | {
      type: 'noteMatter'
      matter: string
      event: MatterEvent
      begin?: Pick<Matter, 'duty' | 'period' | 'target' | 'place'>
    }
  /** The ledger of this month is handed in and frozen; `nothing` only if nothing changed in it. */
  | { type: 'closeLedger'; month: string; authority: string; nothing: boolean }
  /** What staff do with a question the answers fell short of. */
  | { type: 'learn'; questionId: string; act: QuestionAct }

export type Turn = {
  session: Session
  reply: Reply
  effects: Effect[]
  /** Told to others by `perform`, privately, once the turn is durable. */
  notices?: { to: UserId; text: string }[]
  /** The question the reply answers from the document. */
  asked?: Asked
  /** The message, where its facts may be found by a model. */
  free?: FreeMessage
  /** For a click: the few words its card shows from now on. */
  clicked?: string
}

/** The step cannot decide yet. It is run again with what it asked for among the facts. */
export type Need =
  | ServiceNeed
  | OverseeNeed
  /** Who has this name. */
  | { needs: 'organizations'; normalizedName: string }
  /** The cases at these places that are not over. */
  | { needs: 'cases'; places: string[] }
  /** One case by its id, or by its case number among those at these places. */
  | { needs: 'case'; which: string; places?: string[] }
  /** The questions that wait for staff. */
  | { needs: 'questions' }
  /** Matters by their ids. */
  | { needs: 'matters'; ids: string[] }
  /** What this person was reminded of lately. */
  | { needs: 'reminded' }

/** The form as it is asked or was filed, with what it takes over from the form of the record. */
export function formFor(
  facts: Facts,
  of: { form: string | { id: string }; answers: Answers },
): FormDefinition {
  const form = formOf(facts, typeof of.form === 'string' ? of.form : of.form.id)
  return assemble(form, form.record === undefined ? undefined : formOf(facts, form.record), of.answers)
}

export const formOf = (facts: Facts, id: string): FormDefinition => {
  const form = facts.pack.forms.find((form) => form.id === id)
  if (!form) throw new Error(`the template pack has no form ${id}`)
  return form
}
