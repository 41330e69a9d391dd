import { ACTIVITY_AREA, placeIn, statusOf, type Filing } from '../../filings/filing.ts'
import { recordNumber } from '../../forms/print-form.ts'
import type { FormDefinition } from '../../forms/definition.ts'
import { advance, ask } from './advance.ts'
import { changesOf, unchangedItems } from './changes.ts'
import { keepCharter } from '../record/charter.ts'
import { askConsent, consentMissing } from '../consent.ts'
import { known } from './filling.ts'
import { missingFields, organizationName, readBack } from './read-back.ts'
import { hasSameIdTwice } from './same-id.ts'
import type { Draft } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { formFor, formOf, type Effect, type Facts, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** 确认提交 without a form: what became of the last one. */
export function nothingToSubmit({ session, facts }: Talk): Turn {
  const last = facts.filings.at(-1)
  if (session.drafts.length > 0) return turn(session, wording.draftWaiting)
  if (!last) return turn(session, wording.nothingToSubmit)
  const status = statusOf(last)
  if (status === 'withdrawn') return turn(session, wording.submittedThenWithdrawn)
  return turn(session, status === 'returned' ? wording.submittedThenReturned : wording.alreadySubmitted)
}

/** 确认提交, once: only after the whole read-back was shown and, for a helper, the leader said yes. */
export function submit(talk: Talk, draft: Draft): Turn {
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  if (consentMissing(talk)) return askConsent(talk, [])
  const { facts } = talk
  const { pending } = talk.session
  if (pending?.type === 'confirm' || pending?.type === 'choose') return standing(talk, [wording.settleFirst])
  if (draft.heard.length > 0) return advance(talk, draft, [wording.settleFirst], false)
  const form = formFor(facts, draft)
  const missing = missingFields(form, draft)
  if (missing.length > 0) {
    return ask(withoutPending(talk), { ...draft, reopened: undefined }, [
      wording.notComplete(missing.map((field) => field.label)),
    ])
  }
  if (hasSameIdTwice(form, draft))
    return readBack(talk, draft, [wording.sameIdTwice], draft.readBackSeen ? 'last' : 0)
  const unchanged = form.kind === 'change' ? unchangedItems(form, draft) : []
  const [item] = unchanged
  if (item) {
    const reopened = { field: item.fields[0]! }
    const because = wording.unchanged(unchanged.map(({ text }) => text))
    return ask(withoutPending(talk), { ...draft, reopened }, [because])
  }
  if (!draft.readBackSeen) return readBack(talk, draft, [wording.seeFirst], 0)
  const { kind } = form
  if (kind === 'charter') return keepCharter(talk, draft)
  if (draft.helper && !draft.leaderConfirmed) return readBack(talk, draft, [wording.leaderFirst], 'last')
  const session = {
    ...talk.session,
    active: undefined,
    pending: undefined,
    drafts: talk.session.drafts.filter(({ id }) => id !== draft.id),
  }
  return { session, reply: { text: '' }, effects: [submission(form, kind, draft, facts)] }
}

/** A first submission, or the corrected answers of a case that came back. */
function submission(form: FormDefinition, kind: Filing['kind'], draft: Draft, facts: Facts): Effect {
  const record = draft.record
  const answers = { ...known(draft), ...recordNumber(record?.number) }
  const changes = kind === 'change' && record ? changesOf(draft, formOf(facts, form.record ?? '')) : undefined
  const said = {
    form: { id: form.id, version: form.version },
    // A change is filed under the name and at the place on record.
    organizationName: organizationName(form, changes ? record!.answers : answers, facts) ?? '',
    place: placeIn((changes ? record!.answers : answers)[ACTIVITY_AREA]!) ?? '',
    answers,
    ...(changes ? { changes } : {}),
  }
  const helper = draft.helper ? { helper: true } : {}
  if (draft.correcting) {
    const act = { type: 'resubmit' as const, revised: said, ...helper }
    const by = { userId: facts.person, as: 'applicant' as const }
    return { type: 'review', filingId: draft.correcting, act, by }
  }
  const at = facts.now.toISOString()
  return {
    type: 'submit',
    draftId: draft.id,
    filing: {
      ...said,
      id: draft.id,
      kind,
      ...(record ? { organizationId: record.organization } : {}),
      applicant: facts.person,
      events: [{ type: 'submitted', by: facts.person, at, ...helper }],
    },
  }
}

/** Somebody was quicker with the name: everything else stays, and the name is asked again. */
export function askNameAgain(talk: Talk, draftId: string, because: string): Turn | undefined {
  const draft = talk.session.drafts.find(({ id }) => id === draftId)
  const field = draft && formFor(talk.facts, draft).fields.find(({ type }) => type === 'organizationName')
  return field && ask(withoutPending(talk), { ...draft, reopened: { field: field.id } }, [because])
}
