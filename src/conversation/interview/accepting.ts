import { normalizeName } from '../../filings/names.ts'
import type { Column, Field, FormDefinition } from '../../forms/definition.ts'
import type { Reading } from '../../forms/field-type.ts'
import { advance, ask } from './advance.ts'
import { asked, shown } from './asking.ts'
import { earlyFacts } from './early.ts'
import { currentQuestion, isSamePlace, put, questionAt, walkDraft, type Place } from './filling.ts'
import { listedFacts } from './listed.ts'
import { propose } from './proposing.ts'
import { sameId } from './same-id.ts'
import type { Draft } from '../session.ts'
import { withoutPending, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** What a reading leads to: taken, proposed back, asked back, refused, or not an answer at all. */
export function settle(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  place: Place,
  field: Field | Column,
  reading: Reading,
): Turn | Need | undefined {
  switch (reading.type) {
    case 'clear':
      return accept(talk, draft, form, place, reading.value)
    case 'doubtful': {
      const value = reading.value as never
      return propose(talk, draft, { type: 'confirm', ...place, value, because: reading.because }, [])
    }
    case 'ambiguous': {
      const options = reading.options.map(({ text, value }) => ({ text, value: value as never }))
      return propose(talk, draft, { type: 'choose', ...place, options, ask: reading.ask }, [])
    }
    case 'impossible':
      return ask(withoutPending(talk), placeFirst(draft, form, field), [reading.because])
    case 'unlike':
      return undefined
  }
}

/** A name needs its place (附件4第一条注1): where that was put off it is asked before the name again. */
function placeFirst(draft: Draft, form: FormDefinition, field: Field | Column): Draft {
  const place = form.fields.find(({ type }) => type === 'place')
  const isMissing = field.type === 'organizationName' && place && !draft.answers[place.id]
  return isMissing ? { ...draft, reopened: { field: place.id } } : draft
}

/** Takes one value: names must be free in the district; everything that depends on it follows. */
export function accept(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  place: Place,
  value: unknown,
): Turn | Need {
  const { facts } = talk
  const owner = form.fields.find((field) => field.id === place.field)!
  const field = owner.columns.find((column) => column.id === place.column) ?? owner
  if (field.type === 'organizationName') {
    const taken = nameTaken((value as { full: string }).full, draft, facts)
    if (taken !== undefined) return typeof taken === 'string' ? ask(talk, draft, [taken]) : taken
  }
  const holder = field.type === 'idNumber' ? sameId(form, draft, place, value) : undefined
  if (holder !== undefined) return ask(withoutPending(talk), draft, [wording.sameId(holder, place.row)])
  const before = currentQuestion(form, draft)
  const wasReopened = draft.reopened !== undefined
  const result = put(form, draft, place, value, facts)
  const note = wasReopened ? wording.changed : wording.noted
  const lead = [note(field.label, echo(field, value, facts)), ...result.notes]
  const renamed = result.notes.length > 0 ? checkRecomposed(result.draft, form, facts) : undefined
  if (renamed && 'needs' in renamed) return renamed
  const isAside = before !== undefined && before.field.id !== place.field
  const taken = renamed?.draft ?? result.draft
  const listed = listedFacts(form, taken, place, value, facts)
  const early = earlyFacts(value, form, taken)
  const heard = [...taken.heard.filter((other) => !isSamePlace(other, place)), ...listed, ...early]
  const notes = [...(renamed?.notes ?? []), ...(listed.length > 0 ? [wording.listed] : [])]
  return advance(talk, { ...taken, heard }, [...lead, ...notes], !isAside)
}

/** A value as it was taken. Communities of one name lie in different streets, so a place is said with its street. */
function echo(field: Field | Column, value: unknown, facts: Facts): string {
  const said = shown(field, value, facts)
  if (field.type !== 'place') return said
  const { street } = facts.types[field.type].print(value, field)
  return street && street !== said ? wording.placeIn(said, street) : said
}

/** A sentence when the name is taken, a need when that is not known yet, undefined when it is free. */
function nameTaken(full: string, draft: Draft, facts: Facts): string | Need | undefined {
  const normalizedName = normalizeName(full)
  const having = facts.organizations[normalizedName]
  if (!having) return { needs: 'organizations', normalizedName }
  const own = draft.record?.organization ?? draft.correcting
  const other = having.find(({ organizationId }) => own === undefined || organizationId !== own)
  if (!other) return undefined
  return other.applicant === facts.person ? wording.nameMine(other.name) : wording.nameTaken(other.name)
}

/** A moved place changes the full name, which must be free at the new place too. */
function checkRecomposed(
  draft: Draft,
  form: FormDefinition,
  facts: Facts,
): { draft: Draft; notes: string[] } | Need | undefined {
  const field = form.fields.find((field) => field.type === 'organizationName')
  const answer = field && draft.answers[field.id]
  if (!field || !answer || !('value' in answer)) return undefined
  const taken = nameTaken((answer.value as { full: string }).full, draft, facts)
  if (taken === undefined) return undefined
  if (typeof taken !== 'string') return taken
  const { [field.id]: _, ...answers } = draft.answers
  return { draft: { ...draft, answers }, notes: [taken, wording.askedAgain(field.label)] }
}

/** Takes the values that were shown together and agreed to; a name or number that cannot be is left out and said. */
export function acceptSeveral(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  values: (Place & { value: unknown })[],
): Turn | Need {
  let changed = draft
  const notes: string[] = []
  for (const { value, ...place } of values) {
    const { fields } = walkDraft(form, changed)
    const question = questionAt(fields, changed.answers, place)
    if (question && asked(question).type === 'organizationName') {
      const taken = nameTaken((value as { full: string }).full, draft, talk.facts)
      if (taken !== undefined && typeof taken !== 'string') return taken
      if (taken !== undefined) {
        notes.push(taken)
        continue
      }
    }
    const holder =
      question && asked(question).type === 'idNumber' ? sameId(form, changed, place, value) : undefined
    if (holder !== undefined) {
      notes.push(wording.sameId(holder))
      continue
    }
    const result = put(form, changed, place, value, talk.facts)
    changed = {
      ...result.draft,
      ...(draft.reopened && !values.some(({ field }) => field === draft.reopened!.field)
        ? { reopened: draft.reopened }
        : {}),
    }
    notes.push(...result.notes)
  }
  return advance(talk, changed, [wording.notedSeveral, ...notes])
}
